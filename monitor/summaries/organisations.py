"""Everything of one organisation: who it hires to spend which money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import monitor.store.ledger as ledger
from monitor import query
from monitor.filtering import Filter
from monitor.model import Event
from monitor.standing import org_key
from monitor.store import Reads, Store
from monitor.store.ledger import Figures
from monitor.store.terms import phrase, runs
from monitor.summaries.buildouts import Sum, largest, month_of, sum_of, sums_by_name
from monitor.summaries.talent import EVERYTHING, Balance, Flow, Names, by_seniority, flows_of


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


def organisation(store: Store, names: Names, name: str, filter: Filter = EVERYTHING, *, recent: int = 20) -> Organisation:
    """Everything of one organisation under any of its spellings; ``recent`` events of each kind."""
    one, spellings = names.canonical(name), names.spellings(name)
    keys = frozenset(key for key in map(org_key, spellings) if key)

    def find(reads: Reads) -> Organisation:
        into, out = flows_of(ledger.moves(reads, filter, to=keys), names), flows_of(ledger.moves(reads, filter, gone=keys), names)
        built = ledger.lines(reads, filter, keys)
        # A figure told again stands at the stage its project has reached; what names no project is named "".
        projects = ledger.add_up(built[::-1], lambda line: line.project)
        return Organisation(
            name=one,
            spellings=spellings,
            balance=Balance(org=one, gained_by_seniority=by_seniority(into), lost_by_seniority=by_seniority(out)),
            gained_from=into,
            lost_to=out,
            joined=tuple(ledger.recent_moves(reads, filter, to=keys, limit=recent)),
            left=tuple(ledger.recent_moves(reads, filter, gone=keys, limit=recent)),
            buildouts=tuple(ledger.recent_buildouts(reads, filter, keys, limit=recent)),
            built=sum_of(one, projects),
            projects=largest((f.name, f) for f in projects if f.name),
            months=_months(ledger.days_of_moves(reads, filter, keys), ledger.add_up(built, lambda line: month_of(line.day))),
        )

    return store.read(find)


_LOOKED_AT, _MEANT = 50, 3  # events whose names are compared, and names told


def namesakes(store: Store, names: Names, name: str) -> tuple[str, ...]:
    """Organisations with the words of ``name`` among theirs, the one told most often first: what somebody may have meant."""
    words, told = phrase(name), Counter[str]()
    for event in query.events(store, Filter(org=(name,)), limit=_LOOKED_AT).items if words else ():
        built = event.buildout.orgs if event.buildout else ()
        every = {*event.orgs, *built, *(org for move in event.moves for org in (move.from_org, move.to_org))}
        told.update({names.canonical(org) for org in every if words in runs(org)})
    return tuple(sorted(told, key=lambda org: (-told[org], org))[:_MEANT])


def _months(moves: Iterable[tuple[int, int, int]], announced: Iterable[Figures]) -> tuple[Month, ...]:
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for day, into, out in moves:
        gained[month_of(day)] += into
        lost[month_of(day)] += out
    built = {total.name: total for total in sums_by_name((f.name, f) for f in announced)}
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
