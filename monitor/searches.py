"""Saved searches: a filter with a name, the same for lists, pages, feeds, agents and routes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import monitor.store.access as access
import monitor.store.silences as silences
from monitor.errors import ConflictError, QueryError
from monitor.filtering import A_SEARCH_NAME, SEARCH_NAME, Context, Pair, parse, write
from monitor.later import Later
from monitor.model import Silence
from monitor.settings.routes import Matcher
from monitor.settings.schema import Settings
from monitor.settings.searched import Searched, names_in, searched, worded
from monitor.store import Reads, Store, Transaction

if TYPE_CHECKING:
    import monitor.results as results
else:  # what asks for lists needs none of them
    results = Later("monitor.results")


def named(store: Store, name: str) -> results.SavedSearch:
    """Raises NotFoundError."""
    return store.read(lambda reads: access.search(reads, name))


def context(store: Store, settings: Settings, names: Callable[[str], Sequence[str]], now: datetime) -> Context:
    """What a filter is read with: the watchlists, the saved searches, the other ``names`` of an organisation, the feeds."""
    return Context(
        now=now,
        watchlists=settings.watchlists,
        saved=lambda name: named(store, name).words,
        names=names,
        feed=lambda name: store.feed(name).id,
    )


def save(
    store: Store,
    name: str,
    given: Sequence[Pair],
    now: datetime,
    settings: Settings,
    *,
    replace: bool = False,
) -> results.SavedSearch:
    """Keep a filter under a name, with ``replace`` in place of the one that has it.

    Raises QueryError where one cannot be used, or not by a route that names it, ConflictError where the name is in use.
    """
    if not SEARCH_NAME.fullmatch(name):
        raise QueryError(f"name: {name!r} cannot be used; write {A_SEARCH_NAME}", "name")
    if any(key == "search" for key, _ in given):
        raise QueryError("search: one saved search cannot use another", "search")
    if not given:
        raise QueryError("words: say what to search for, such as org:Meta since:7d", "words")
    parse(given, Context(now=now, watchlists=settings.watchlists))
    saved = results.SavedSearch(name=name, words=write(given), created_at=now)
    for place in in_routes(settings, name):
        if why := place.why_not({name: saved.words}, settings.watchlists):
            raise QueryError(f"words: the route {place.route!r} uses this search; {why}", "words")

    def work(tx: Transaction) -> None:
        if _silencing(tx, name, now):
            try:
                worded(Matcher(search=name), {name: saved.words}, settings.watchlists)
            except ValueError as error:
                raise QueryError(f"words: a silence uses this search; {error}", "words") from error
        access.save_search(tx, saved, replace=replace)

    store.transact(work)
    return saved


def every(store: Store) -> list[results.SavedSearch]:
    """By name."""
    return store.read(access.searches)


def delete(store: Store, name: str, settings: Settings, now: datetime) -> None:
    """Raises NotFoundError, and ConflictError where a route names it, which would take nothing without it, or a silence."""

    def work(tx: Transaction) -> None:
        found = access.search(tx, name)
        if routes := in_routes(settings, found.name):
            by = ", ".join(dict.fromkeys(repr(one.route) for one in routes))
            raise ConflictError(
                f"the search {found.name!r} is named by the route {by}, which would take nothing without it: "
                f"take it out there first, or replace the search (`movewire searches add --replace {found.name!r} WORDS`)"
            )
        if held := _silencing(tx, found.name, now):
            raise ConflictError(
                f"the search {found.name!r} is named by the silence {held[0].id}, which would silence nothing without it: "
                f"end that first (`movewire silences expire {held[0].id}`), or replace the search"
            )
        access.delete_search(tx, name)

    store.transact(work)


# -- of silences


def by_name(store: Store) -> dict[str, str]:
    """The words of every saved search, for who is to name one."""
    return {one.name: one.words for one in every(store)}


def _silencing(reads: Reads, name: str, now: datetime) -> list[Silence]:
    """The silences not yet over that go by this search."""
    return [silence for silence in silences.not_over(reads, now) if name in names_in(silence.match)]


def of_silences(reads: Reads, held: Iterable[Silence]) -> dict[str, str]:
    """The words of the saved searches that silences name, as far as they are there; the database is asked where they do."""
    names = set().union(*(names_in(silence.match) for silence in held))
    return access.words_of(reads, names) if names else {}


# -- of routes


def in_routes(settings: Settings, name: str = "") -> list[Searched]:
    """Where routes name this search, or any."""
    return [one for one in searched(settings.routes) if name in ("", one.matcher.search)]


def of_routes(store: Store, settings: Settings) -> dict[str, str]:
    """The words of the saved searches that routes name, as far as they are there; the database is asked where they do."""
    names = {one.matcher.search for one in in_routes(settings)}
    return store.read(lambda reads: access.words_of(reads, names)) if names else {}


def wrong(settings: Settings, saved: Mapping[str, str]) -> list[str]:
    """A line for each saved search that a route names and cannot use: where it is named, why, and what to do."""
    every = ((one, one.why_not(saved, settings.watchlists)) for one in in_routes(settings))
    return [settings.origin.problem(one.path, f"{why}; {one.until_then}") for one, why in every if why]
