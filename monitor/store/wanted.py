"""A filter's conditions that terms answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.filtering import Filter
from monitor.store.terms import EXACT, Term, phrase, runs, step_below

_NAMED = {"org": "org", "from_org": "from", "to_org": "to", "person": "person", "role": "role"} | {
    name: name for name in ("outlet", "project", "location")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One condition on terms: the thing has one of these."""

    name: str  # of the condition, as the filter calls it
    terms: tuple[Term, ...]


def _fewest(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Those of ``terms`` that find what no other does: who has "meta platforms" has "meta", which is a run of its words."""
    unique = dict.fromkeys(terms)
    return tuple(one for one in unique if not any((one[0], run) in unique for run in runs(one[1]) if run != one[1]))


def terms_wanted(filter: Filter) -> list[Wanted]:
    """The conditions of ``filter`` that terms answer. A name without a single word matches nothing."""
    wanted = [
        Wanted(name=kind, terms=tuple((kind, value) for value in given)) for kind in EXACT if (given := getattr(filter, kind))
    ]
    for field, kind in _NAMED.items():
        if names := getattr(filter, field):
            wanted.append(Wanted(name=field, terms=_fewest((kind, phrase(name)) for name in names)))
    if filter.watchlist:
        wanted.append(Wanted(name="watchlist", terms=_fewest((kind, phrase(name)) for kind, name in filter.watchlist)))
    for kind, least in (("amount", filter.amount_min), ("capacity", filter.capacity_min)):
        if least is not None:
            wanted.append(Wanted(name=kind, terms=((kind, str(step_below(least))),)))
    return wanted
