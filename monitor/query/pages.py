"""Lists: a filter, a page, a cursor. Newest first, or with ``changed_after`` oldest change first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import monitor.store.facets as stored_facets
import monitor.store.feedback as stored_feedback
import monitor.store.lookup as lookup
import monitor.store.search as search
import monitor.store.silences as stored_silences
from monitor.errors import QueryError
from monitor.filtering import Filter
from monitor.model import (
    Alert,
    Delivery,
    DeliveryId,
    DeliveryState,
    Event,
    Feed,
    Feedback,
    FeedbackKind,
    FeedShown,
    Silence,
    Story,
)
from monitor.store import Reads, Store
from monitor.subjects import Subject

MAX_LIMIT = 1000
EVERYTHING = Filter()
T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """``next`` goes on where this page ended; None at the end. With ``changed_after`` there is no end: keep it and ask again."""

    items: tuple[T, ...]
    next: str | None = None


class Pages(Protocol[T]):
    """Any list here once it is said of which store, and of what in it: ``partial(alerts, store, filter)``."""

    def __call__(self, *, cursor: str | None, limit: int) -> Page[T]: ...


def events(store: Store, filter: Filter = EVERYTHING, *, cursor: str | None = None, limit: int = 50) -> Page[Event]:
    return _page(store, lambda reads: search.events(reads, filter, cursor, limit), limit)


def alerts(store: Store, filter: Filter = EVERYTHING, *, cursor: str | None = None, limit: int = 50) -> Page[Alert]:
    """Every revision is an item; the filter is held against the event as it stood then."""
    return _page(store, lambda reads: search.alerts(reads, filter, cursor, limit), limit)


def facets(store: Store, filter: Filter = EVERYTHING) -> dict[str, dict[str, int]]:
    """Of the newest alerts that fit, how many events are of each label, status and severity."""
    return store.read(lambda reads: stored_facets.facets(reads, filter))


def stories(store: Store, filter: Filter = EVERYTHING, *, cursor: str | None = None, limit: int = 50) -> Page[Story]:
    """Conditions on organisations, people and the like are held against the event a story belongs to."""
    return _page(store, lambda reads: search.stories(reads, filter, cursor, limit), limit)


def end_of_alerts(store: Store) -> str:
    """The cursor of who has seen every alert there is: ``alerts`` goes on from it, oldest change first."""
    return store.read(lookup.end_of_alerts)


def place_of_alert(store: Store, alert: Alert) -> str:
    """The cursor of who has seen ``alert`` and all that was told before it."""
    return store.read(lambda reads: lookup.place_of_alert(reads, alert))


def deliveries(
    store: Store,
    *,
    states: Collection[DeliveryState] = (),
    channel: str = "",
    since: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Delivery]:
    """Newest first."""
    return _page(
        store,
        lambda reads: lookup.deliveries(reads, states=states, channel=channel, since=since, after=cursor, limit=limit),
        limit,
    )


def carried(store: Store, deliveries: Iterable[Delivery]) -> dict[DeliveryId, Subject | None]:
    """What each of these tells; None where its row is damaged."""
    return store.read(lambda reads: lookup.subjects_of(reads, [d.id for d in deliveries]))


def feeds(store: Store, *, states: Collection[FeedShown] = (), cursor: str | None = None, limit: int = MAX_LIMIT) -> Page[Feed]:
    """By name."""
    return _page(store, lambda reads: lookup.feeds(reads, states=states, after=cursor, limit=limit), limit)


def feedback(
    store: Store,
    *,
    kind: FeedbackKind | None = None,
    by: str = "",
    history: bool = False,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Feedback]:
    """Newest first: what counts, or with ``history`` also what was said before."""
    return _page(
        store,
        lambda reads: stored_feedback.page(reads, kind=kind, by=by, history=history, after=cursor, limit=limit),
        limit,
    )


def silences(store: Store, now: datetime, *, over: bool = False, cursor: str | None = None, limit: int = 50) -> Page[Silence]:
    """Newest first: those that hold at ``now`` or will; with ``over`` also those that are over."""
    return _page(store, lambda reads: stored_silences.page(reads, now=now, over=over, after=cursor, limit=limit), limit)


def _page(store: Store, find: Callable[[Reads], tuple[tuple[T, ...], str | None]], limit: int) -> Page[T]:
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"limit: {limit} is not between 1 and {MAX_LIMIT}", "limit")
    items, place = store.read(find)
    return Page(items=items, next=place)


def every(pages: Pages[T], *, cursor: str | None = None, page: int = 200) -> Iterator[T]:
    """Everything a list holds from ``cursor`` on: ``every(partial(alerts, store, filter))``. Holds one page of it in memory."""
    while True:
        found = pages(cursor=cursor, limit=page)
        yield from found.items
        if found.next is None or not found.items:
            return
        cursor = found.next
