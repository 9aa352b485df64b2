"""A filter's conditions that terms answer."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.filtering import Filter
from monitor.store.terms import EXACT, Term, phrase, step_below

_NAMED = {"org": "org", "from_org": "from", "to_org": "to", "person": "person", "role": "role"} | {
    name: name for name in ("outlet", "project", "location")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One condition on terms: the thing has one of these."""

    name: str  # of the condition, as the filter calls it
    terms: tuple[Term, ...]


def terms_wanted(filter: Filter) -> list[Wanted]:
    """The conditions of ``filter`` that terms answer. A name without a single word matches nothing."""
    wanted = [
        Wanted(name=kind, terms=tuple((kind, value) for value in given)) for kind in EXACT if (given := getattr(filter, kind))
    ]
    for field, kind in _NAMED.items():
        if names := getattr(filter, field):
            wanted.append(Wanted(name=field, terms=tuple(dict.fromkeys((kind, phrase(name)) for name in names))))
    if filter.watchlist:
        wanted.append(Wanted(name="watchlist", terms=tuple(dict.fromkeys((kind, phrase(n)) for kind, n in filter.watchlist))))
    for kind, least in (("amount", filter.amount_min), ("capacity", filter.capacity_min)):
        if least is not None:
            wanted.append(Wanted(name=kind, terms=((kind, str(step_below(least))),)))
    return wanted
