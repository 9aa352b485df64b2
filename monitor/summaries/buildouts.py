"""Buildouts added up: dollars and megawatts, by organisation, by project, by month and by how far they have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import monitor.store.ledger as ledger
from monitor.filtering import Filter
from monitor.model import Event
from monitor.standing import Progress
from monitor.store import Store
from monitor.store.ledger import Figures
from monitor.summaries.talent import EVERYTHING, Names

_STAGES = tuple(stage.value for stage in Progress)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Announced dollars and megawatts under one name, and of each stage the events, dollars and megawatts."""

    name: str
    events: int
    amount: float
    capacity: float
    stages: dict[str, tuple[int, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Buildouts added up: everything, by organisation and by project (the largest first), and by month of announcement.

    An event of two organisations counts for both, and once in the whole.
    """

    whole: Sum
    organisations: tuple[Sum, ...]
    projects: tuple[Sum, ...]
    months: tuple[Sum, ...]  # named 2026-05, in order


def totals(store: Store, names: Names, filter: Filter = EVERYTHING) -> Totals:
    by_org, by_day, lines = store.read(
        lambda reads: (ledger.plain(reads, filter, "org"), ledger.plain(reads, filter, "day"), ledger.lines(reads, filter))
    )
    canonical = cache(names.canonical)
    newest = lines[::-1]  # a figure told again stands at the stage its project has reached
    events = [line for line in newest if line.n == 0]
    announced = ledger.add_up(events[::-1], lambda line: month_of(line.day))
    projects = ledger.add_up(events, lambda line: line.project)
    by_org += ledger.add_up(newest, lambda line: canonical(line.org) if line.org else None, apart=True)
    return Totals(
        whole=sum_of("", [*by_day, *projects]),
        organisations=largest((canonical(f.name), f) for f in by_org),
        projects=largest((f.name, f) for f in projects),
        months=sums_by_name([*((month_of(f.name), f) for f in by_day), *((f.name, f) for f in announced)]),
    )


@cache
def month_of(day: int) -> str:
    """``2026-05``, of a day since 1970."""
    return (_EPOCH + timedelta(days=day)).strftime("%Y-%m")


def sums_by_name(named: Iterable[tuple[str, Figures]]) -> tuple[Sum, ...]:
    """By name, in the order of names."""
    groups: defaultdict[str, list[Figures]] = defaultdict(list)
    for name, one in named:
        groups[name].append(one)
    return tuple(sum_of(name, groups[name]) for name in sorted(groups))


def largest(named: Iterable[tuple[str, Figures]]) -> tuple[Sum, ...]:
    """By name, the largest first."""
    return tuple(sorted(sums_by_name(named), key=lambda s: (-s.amount, -s.capacity, -s.events, s.name)))


def sum_of(name: str, found: Sequence[Figures]) -> Sum:
    """All of ``found`` as one."""
    stages = dict.fromkeys(_STAGES, (0, 0.0, 0.0))
    for f in found:
        events, amount, capacity = stages[f.progress]
        stages[f.progress] = events + f.events, amount + f.amount, capacity + f.capacity
    events, amount, capacity = (sum(of) for of in zip(*stages.values(), strict=True))
    return Sum(name=name, events=int(events), amount=amount, capacity=capacity, stages=stages)


def told_before(store: Store, events: Sequence[Event]) -> frozenset[str]:
    """The ids of those events whose dollars an earlier event of the same project told already."""
    projects = {e.buildout.project for e in events if e.buildout and e.buildout.project}
    if not projects:
        return frozenset()
    return store.read(lambda reads: ledger.told_before(reads, events, projects))
