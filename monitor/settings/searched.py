"""Saved searches in routes: found in the tree of routes, and their words in place of their names. Pure.

Searches live in the database and change while the daemon runs, so settings know their names only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from monitor.settings.explain import in_short
from monitor.settings.origin import Path_
from monitor.settings.routes import Matcher, Route, conditions
from monitor.text import shorten

_SAID_AS = {"severity_at_least": "severity"}  # a search has one word for both
_SHOWN = 80  # characters of a search's words in a reason or a complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A matcher that names a saved search. ``path``: its place in the settings; ``excepts``: it says what must not hold."""

    path: Path_
    route: str
    matcher: Matcher
    excepts: bool

    def why_not(self, saved: Mapping[str, str], watchlists: Collection[str]) -> str:
        """Why its search cannot be used, and what to do; "" where it can. ``saved``: words by name."""
        try:
            worded(self.matcher, saved, watchlists)
        except ValueError as error:
            return str(error)
        return ""

    @property
    def until_then(self) -> str:
        """What follows for the route."""
        return f"until then the route {'makes no exception by it' if self.excepts else 'takes nothing'}"


def searched(routes: Iterable[Route], at: Path_ = ("routes",)) -> Iterator[Searched]:
    """Every matcher of the tree that names a saved search."""
    for n, route in enumerate(routes):
        for depth, matcher in enumerate(nested(route.match)):
            if matcher.search:
                path = (*at, n, "match", *["unless"] * depth)
                yield Searched(path=path, route=route.name, matcher=matcher, excepts=depth % 2 == 1)
        yield from searched(route.routes, (*at, n, "routes"))


def nested(matcher: Matcher) -> Iterator[Matcher]:
    """The matcher, its exception, the exception of that, and so on."""
    inner: Matcher | None = matcher
    while inner is not None:
        yield inner
        inner = inner.unless


def names_in(match: Mapping[str, object]) -> set[str]:
    """The saved searches that a stored matcher names; none where this version does not understand it."""
    try:
        return {one.search for one in nested(Matcher.model_validate(match)) if one.search}
    except ValidationError:
        return set()


def worded(matcher: Matcher, saved: Mapping[str, str], watchlists: Collection[str]) -> Matcher:
    """``matcher`` with the words of the saved search that it names in place of the name. As wherever a saved search is used,
    what is given beside it replaces what it says. ``unless`` is left as it is.

    ``saved``: words by name. Raises ValueError, saying what to do, where the search is not there or is no matcher.
    """
    name = matcher.search
    if name not in saved:
        raise ValueError(f"there is no saved search {name!r}: `movewire searches add {name!r} WORDS` makes it")
    found = _read(name, saved[name])
    given = {_SAID_AS.get(key, key) for key in _said(matcher)}
    kept = {key: value for key, value in _said(found).items() if _SAID_AS.get(key, key) not in given}
    if unknown := [one for one in found.watchlist if "watchlist" in kept and one not in watchlists]:
        raise ValueError(f"{_called(name, saved[name])} names the watchlist {unknown[0]!r}: configure it, or save it without")
    return matcher.model_copy(update={**kept, "search": ""})


def by_words(name: str, words: str) -> str:
    """For reasons: ``by the saved search 'meta' (org:Meta severity>=high)``."""
    return f"by {_called(name, words)}"


def _called(name: str, words: str) -> str:
    return f"the saved search {name!r} ({shorten(words, _SHOWN)})"


def _read(name: str, words: str) -> Matcher:
    try:
        return Matcher.model_validate(conditions(words))
    except ValidationError as error:
        why = in_short(error)
    except ValueError as error:
        why = str(error)
    raise ValueError(f"{_called(name, words)} cannot be a route's or a silence's ({why}): save it without that, or name another")


def _said(matcher: Matcher) -> dict[str, object]:
    """The conditions of a matcher that were given."""
    every = ((key, getattr(matcher, key), one.default) for key, one in Matcher.model_fields.items())
    return {key: value for key, value, default in every if value != default}
