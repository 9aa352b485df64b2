"""What many events come to: who goes from where to where, what is built for how much, and both for one organisation.

Each event counts once, however many stories told it; what was denied counts for nothing unless it is asked for; a figure
told again of the same project counts once. ``Names`` brings the spellings of one organisation together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Protocol

import monitor.store.ledger as ledger
from monitor.filtering import Filter
from monitor.model import Event
from monitor.standing import Progress, org_key
from monitor.store import Reads, Store
from monitor.store.ledger import Figures, MoveGroup

EVERYTHING = Filter()
_STAGES = tuple(stage.value for stage in Progress)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Names(Protocol):
    """Other names of organisations."""

    def canonical(self, name: str) -> str: ...
    def spellings(self, name: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Events that take people from one organisation to another; "" where one is not said. ``by_seniority`` adds up to events."""

    from_org: str
    to_org: str
    events: int
    people: int
    by_seniority: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What an organisation gained and lost, in events."""

    org: str
    gained_by_seniority: dict[str, int]
    lost_by_seniority: dict[str, int]

    @property
    def gained(self) -> int:
        return sum(self.gained_by_seniority.values())

    @property
    def lost(self) -> int:
        return sum(self.lost_by_seniority.values())

    @property
    def net(self) -> int:
        return self.gained - self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """The largest first. ``events`` counts every event once, also one that tells of several flows."""

    events: int
    flows: tuple[Flow, ...]
    balances: tuple[Balance, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What one month did to an organisation: moves in and out (events), and what it announced."""

    month: str
    gained: int
    lost: int
    amount: float
    capacity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who is being hired to spend which money: moves in and out beside what is built."""

    name: str
    spellings: tuple[str, ...]
    balance: Balance
    gained_from: tuple[Flow, ...]
    lost_to: tuple[Flow, ...]
    joined: tuple[Event, ...]  # newest first, as the two below
    left: tuple[Event, ...]
    buildouts: tuple[Event, ...]
    built: Sum
    projects: tuple[Sum, ...]
    months: tuple[Month, ...]


# -- talent flows


def flows(store: Store, names: Names, filter: Filter = EVERYTHING) -> Flows:
    def find(reads: Reads) -> tuple[list[MoveGroup], int]:
        return ledger.moves(reads, filter), ledger.moving_events(reads, filter)

    groups, events = store.read(find)
    found = _flows(groups, names)
    return Flows(events=events, flows=found, balances=_balances(found))


def _flows(groups: Sequence[MoveGroup], names: Names) -> tuple[Flow, ...]:
    """Groups by the one name of their organisations; what then stays within one organisation is no flow."""
    one = _one_name(groups, names)
    counted: dict[tuple[str, str], dict[str, int]] = {}
    people: Counter[tuple[str, str]] = Counter()
    for group in groups:
        pair = one[group.from_org], one[group.to_org]
        if pair[0] != pair[1]:
            _add(counted.setdefault(pair, {}), group.seniority, group.events)
            people[pair] += group.people
    made = [
        Flow(from_org=pair[0], to_org=pair[1], events=sum(by.values()), people=people[pair], by_seniority=by)
        for pair, by in counted.items()
    ]
    return tuple(sorted(made, key=lambda flow: (-flow.events, flow.from_org, flow.to_org)))


def _add(counts: dict[str, int], name: str, count: int) -> None:
    """(A Counter does the same at five times the cost, which tens of thousands of pairs are felt by.)"""
    counts[name] = counts.get(name, 0) + count


def _one_name(groups: Iterable[MoveGroup], names: Names) -> dict[str, str]:
    """For every spelling one name: the lexicon's, or of those it does not know the spelling that is used most, of several the
    first by the alphabet (databases give groups in orders of their own)."""
    used: Counter[str] = Counter()
    for group in groups:
        used[group.from_org] += group.events
        used[group.to_org] += group.events
    by_key: dict[str, str] = {}
    ranked = sorted(used, key=lambda name: (-used[name], name))
    return {name: by_key.setdefault(org_key(known := names.canonical(name)), known) for name in ranked}


def _balances(found: Iterable[Flow]) -> tuple[Balance, ...]:
    gained: dict[str, dict[str, int]] = {}
    lost: dict[str, dict[str, int]] = {}
    for flow in found:
        into, out = gained.setdefault(flow.to_org, {}), lost.setdefault(flow.from_org, {})
        for height, count in flow.by_seniority.items():
            _add(into, height, count)
            _add(out, height, count)
    made = [
        Balance(org=org, gained_by_seniority=gained.get(org, {}), lost_by_seniority=lost.get(org, {}))
        for org in {*gained, *lost}
        if org
    ]
    return tuple(sorted(made, key=lambda b: (-(b.gained + b.lost), b.org)))


# -- buildouts


def totals(store: Store, names: Names, filter: Filter = EVERYTHING) -> Totals:
    by_org, by_day, lines = store.read(
        lambda reads: (ledger.plain(reads, filter, "org"), ledger.plain(reads, filter, "day"), ledger.lines(reads, filter))
    )
    canonical = cache(names.canonical)
    newest = lines[::-1]  # a figure told again stands at the stage its project has reached
    events = [line for line in newest if line.n == 0]
    announced = ledger.add_up(events[::-1], lambda line: _month(line.day))
    projects = ledger.add_up(events, lambda line: line.project)
    by_org += ledger.add_up(newest, lambda line: canonical(line.org) if line.org else None, apart=True)
    return Totals(
        whole=_sum("", [*by_day, *projects]),
        organisations=_largest((canonical(f.name), f) for f in by_org),
        projects=_largest((f.name, f) for f in projects),
        months=_sums([*((_month(f.name), f) for f in by_day), *((f.name, f) for f in announced)]),
    )


@cache
def _month(day: int) -> str:
    """``2026-05``, of a day since 1970."""
    return (_EPOCH + timedelta(days=day)).strftime("%Y-%m")


def _sums(named: Iterable[tuple[str, Figures]]) -> tuple[Sum, ...]:
    """By name, in the order of names."""
    groups: defaultdict[str, list[Figures]] = defaultdict(list)
    for name, one in named:
        groups[name].append(one)
    return tuple(_sum(name, groups[name]) for name in sorted(groups))


def _largest(named: Iterable[tuple[str, Figures]]) -> tuple[Sum, ...]:
    return tuple(sorted(_sums(named), key=lambda s: (-s.amount, -s.capacity, -s.events, s.name)))


def _sum(name: str, found: Sequence[Figures]) -> Sum:
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


# -- one organisation


def organisation(store: Store, names: Names, name: str, filter: Filter = EVERYTHING, *, recent: int = 20) -> Organisation:
    """Everything of one organisation under any of its spellings; ``recent`` events of each kind."""
    one, spellings = names.canonical(name), names.spellings(name)
    keys = frozenset(key for key in map(org_key, spellings) if key)

    def find(reads: Reads) -> Organisation:
        into, out = _flows(ledger.moves(reads, filter, to=keys), names), _flows(ledger.moves(reads, filter, gone=keys), names)
        built = ledger.lines(reads, filter, keys)
        # A figure told again stands at the stage its project has reached; what names no project is named "".
        projects = ledger.add_up(built[::-1], lambda line: line.project)
        return Organisation(
            name=one,
            spellings=spellings,
            balance=Balance(org=one, gained_by_seniority=_heights(into), lost_by_seniority=_heights(out)),
            gained_from=into,
            lost_to=out,
            joined=tuple(ledger.recent_moves(reads, filter, to=keys, limit=recent)),
            left=tuple(ledger.recent_moves(reads, filter, gone=keys, limit=recent)),
            buildouts=tuple(ledger.recent_buildouts(reads, filter, keys, limit=recent)),
            built=_sum(one, projects),
            projects=_largest((f.name, f) for f in projects if f.name),
            months=_months(ledger.days_of_moves(reads, filter, keys), ledger.add_up(built, lambda line: _month(line.day))),
        )

    return store.read(find)


def _heights(found: Iterable[Flow]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for flow in found:
        for height, count in flow.by_seniority.items():
            _add(counted, height, count)
    return counted


def _months(moves: Iterable[tuple[int, int, int]], announced: Iterable[Figures]) -> tuple[Month, ...]:
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for day, into, out in moves:
        gained[_month(day)] += into
        lost[_month(day)] += out
    built = {total.name: total for total in _sums((f.name, f) for f in announced)}
    return tuple(
        Month(
            month=month,
            gained=gained[month],
            lost=lost[month],
            amount=built[month].amount if month in built else 0.0,
            capacity=built[month].capacity if month in built else 0.0,
        )
        for month in sorted({*gained, *lost, *built})
    )
