"""Organisations in one line each: who hires, who loses people, and who builds, the busiest first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.filtering import Filter
from monitor.query import Page
from monitor.standing import org_key
from monitor.store import Store
from monitor.store.cursor import Cursor
from monitor.store.terms import phrase, runs
from monitor.summaries.buildouts import Sum, totals
from monitor.summaries.talent import EVERYTHING, Balance, Names, flows

_LARGEST = 2**62  # what a cursor holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """People gained and lost, in events, beside what was announced: buildouts, dollars and megawatts."""

    name: str
    gained: int
    lost: int
    builds: int
    amount: float
    capacity: float

    @property
    def net(self) -> int:
        return self.gained - self.lost

    @property
    def place(self) -> tuple[int, int, str]:
        """What the list is in the order of."""
        return -(self.gained + self.lost + self.builds), -min(int(self.amount), _LARGEST), self.name


def standings(store: Store, names: Names, filter: Filter = EVERYTHING) -> tuple[Standing, ...]:
    """Every organisation that moves people or builds by ``filter``, once under its one name; where it asks for organisations,
    these alone, and not whom they hire from or build with."""
    found = _standings(flows(store, names, filter).balances, totals(store, names, filter).organisations)
    asked = {phrase(name) for name in filter.org}
    return tuple(one for one in found if not asked.isdisjoint(_words(one, names))) if asked else found


def _words(one: Standing, names: Names) -> set[str]:
    """What a name is found by, under every spelling."""
    return {run for spelling in names.spellings(one.name) for run in runs(spelling)}


def standings_page(found: Sequence[Standing], *, cursor: str | None = None, limit: int = 50) -> Page[Standing]:
    """A page of what ``standings`` found. What has changed its place since the page before may come twice, or not at all."""
    after = Cursor.decode(cursor, "o") if cursor else None
    begin = bisect_right(found, (after.at, after.seq, after.name), key=lambda one: one.place) if after else 0
    kept = tuple(found[begin : begin + limit])
    if begin + limit >= len(found):
        return Page(items=kept)
    at, seq, name = kept[-1].place
    return Page(items=kept, next=Cursor(order="o", at=at, seq=seq, name=name).encode())


def _standings(moved: Iterable[Balance], built: Iterable[Sum]) -> tuple[Standing, ...]:
    people, money = {org_key(b.org): b for b in moved}, {org_key(s.name): s for s in built}
    found = []
    for key in {**people, **money}:
        b, s = people.get(key), money.get(key)
        found.append(
            Standing(
                name=b.org if b else s.name if s else key,
                gained=b.gained if b else 0,
                lost=b.lost if b else 0,
                builds=s.events if s else 0,
                amount=s.amount if s else 0.0,
                capacity=s.capacity if s else 0.0,
            )
        )
    return tuple(sorted(found, key=lambda one: one.place))
