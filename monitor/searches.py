"""Saved searches: a filter with a name, the same for lists, pages, feeds and agents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import monitor.store.access as access
from monitor.errors import QueryError
from monitor.filtering import Context, Pair, Watched, parse, write
from monitor.results import SavedSearch
from monitor.settings.schema import Settings
from monitor.store import Store

_NAME = re.compile(r"\w[\w .-]{0,63}")


def named(store: Store, name: str) -> SavedSearch:
    return store.read(lambda reads: access.search(reads, name))


def context(store: Store, settings: Settings, names: Callable[[str], Sequence[str]], now: datetime) -> Context:
    """What a filter is read with: the watchlists, the saved searches, and the other ``names`` of an organisation."""
    return Context(now=now, watchlists=settings.watchlists, saved=lambda name: named(store, name).words, names=names)


def save(
    store: Store, name: str, given: Sequence[Pair], now: datetime, watchlists: Mapping[str, Watched] | None = None
) -> SavedSearch:
    """Keep a filter under a name. Raises QueryError where one cannot be used, ConflictError where the name is in use."""
    if not _NAME.fullmatch(name):
        raise QueryError(f"name: {name!r} cannot be used; write up to 64 letters, digits, spaces, . _ -", "name")
    if any(key == "search" for key, _ in given):
        raise QueryError("search: one saved search cannot use another", "search")
    if not given:
        raise QueryError("words: say what to search for, such as org:Meta since:7d", "words")
    parse(given, Context(now=now, watchlists=watchlists or {}))
    saved = SavedSearch(name=name, words=write(given), created_at=now)
    store.transact(lambda tx: access.save_search(tx, saved))
    return saved


def every(store: Store) -> list[SavedSearch]:
    """By name."""
    return store.read(access.searches)


def delete(store: Store, name: str) -> None:
    """Raises NotFoundError."""
    store.transact(lambda tx: access.delete_search(tx, name))
