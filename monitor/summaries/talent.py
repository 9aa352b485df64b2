"""Talent flows: who goes from where to where, and what each organisation gained and lost by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import monitor.store.ledger as ledger
from monitor.filtering import Filter
from monitor.standing import org_key
from monitor.store import Reads, Store
from monitor.store.ledger import MoveGroup

EVERYTHING = Filter()


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


def flows(store: Store, names: Names, filter: Filter = EVERYTHING) -> Flows:
    def find(reads: Reads) -> tuple[list[MoveGroup], int]:
        return ledger.moves(reads, filter), ledger.moving_events(reads, filter)

    groups, events = store.read(find)
    found = flows_of(groups, names)
    return Flows(events=events, flows=found, balances=_balances(found))


def flows_of(groups: Sequence[MoveGroup], names: Names) -> tuple[Flow, ...]:
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


def by_seniority(found: Iterable[Flow]) -> dict[str, int]:
    """How many events of these are of each height."""
    counted: dict[str, int] = {}
    for flow in found:
        for height, count in flow.by_seniority.items():
            _add(counted, height, count)
    return counted
