"""The one read path: a filter, a page, a cursor. Every surface asks here, and gets frozen values.

``events``, ``alerts`` and ``stories`` take a ``Filter``; newest first, or with ``changed_after`` oldest change first.
``event``, ``alert`` and ``delivery`` find one thing by its id, or by the beginning of one, with all that belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import monitor.store.corrections as grouped
import monitor.store.facets as counting
import monitor.store.feedback as said
import monitor.store.lookup as lookup
import monitor.store.search as lists
import monitor.store.silences as quiet
from monitor.errors import QueryError
from monitor.filtering import Filter
from monitor.model import (
    Alert,
    AlertId,
    Correction,
    Delivery,
    DeliveryId,
    DeliveryState,
    Event,
    Feed,
    Feedback,
    FeedbackKind,
    FeedState,
    Match,
    Silence,
    Story,
    StoryId,
)
from monitor.results import Attempt, FeedPoll, Membership
from monitor.store import Reads, Store
from monitor.subjects import Subject

__all__ = [
    "EVERYTHING",
    "MAX_LIMIT",
    "AlertDetail",
    "DeliveryDetail",
    "EventDetail",
    "FeedDetail",
    "Filter",
    "Page",
    "StoryDetail",
    "alert",
    "alerts",
    "deliveries",
    "delivery",
    "event",
    "events",
    "facets",
    "feed",
    "feedback",
    "feeds",
    "silences",
    "stories",
    "story",
    "stream",
]

MAX_LIMIT = 1000
EVERYTHING = Filter()
T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """``next`` goes on where this page ended; None at the end. With ``changed_after`` there is no end: keep it and ask again."""

    items: tuple[T, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDetail:
    """An event with every story of it that is still stored, in the order they joined, and what was told about it."""

    event: Event
    memberships: tuple[Membership, ...]
    stories: dict[StoryId, Story]
    matches: dict[StoryId, tuple[Match, ...]]
    alerts: tuple[Alert, ...]  # every revision, oldest first
    deliveries: tuple[Delivery, ...]
    corrections: tuple[Correction, ...] = ()  # what people said of its grouping, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDetail:
    """The latest revision of an alert, all its revisions, its deliveries with their attempts, and its event today."""

    alert: Alert
    revisions: tuple[Alert, ...]
    deliveries: tuple[Delivery, ...]
    attempts: tuple[Attempt, ...]
    event: EventDetail


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDetail:
    story: Story
    matches: tuple[Match, ...]
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDetail:
    delivery: Delivery
    subject: Subject
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDetail:
    feed: Feed
    polls: tuple[FeedPoll, ...]  # newest first


class Lists(Protocol[T]):
    """``events``, ``alerts`` and ``stories``."""

    def __call__(self, store: Store, filter: Filter = ..., *, cursor: str | None = ..., limit: int = ...) -> Page[T]: ...


# -- lists


def events(store: Store, filter: Filter = EVERYTHING, *, cursor: str | None = None, limit: int = 50) -> Page[Event]:
    return _page(store, lambda reads: lists.events(reads, filter, cursor, limit), limit)


def alerts(store: Store, filter: Filter = EVERYTHING, *, cursor: str | None = None, limit: int = 50) -> Page[Alert]:
    """Every revision is an item; the filter is held against the event as it stood then."""
    return _page(store, lambda reads: lists.alerts(reads, filter, cursor, limit), limit)


def facets(store: Store, filter: Filter = EVERYTHING) -> dict[str, dict[str, int]]:
    """Of the newest alerts that fit, how many events are of each label, status and severity."""
    return store.read(lambda reads: counting.facets(reads, filter))


def stories(store: Store, filter: Filter = EVERYTHING, *, cursor: str | None = None, limit: int = 50) -> Page[Story]:
    """Conditions on organisations, people and the like are held against the event a story belongs to."""
    return _page(store, lambda reads: lists.stories(reads, filter, cursor, limit), limit)


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


def feeds(store: Store, *, states: Collection[FeedState] = (), cursor: str | None = None, limit: int = MAX_LIMIT) -> Page[Feed]:
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
    return _page(store, lambda reads: said.page(reads, kind=kind, by=by, history=history, after=cursor, limit=limit), limit)


def silences(store: Store, now: datetime, *, over: bool = False, cursor: str | None = None, limit: int = 50) -> Page[Silence]:
    """Newest first: those that hold at ``now`` or will; with ``over`` also those that are over."""
    return _page(store, lambda reads: quiet.page(reads, now=now, over=over, after=cursor, limit=limit), limit)


def _page(store: Store, find: Callable[[Reads], tuple[tuple[T, ...], str | None]], limit: int) -> Page[T]:
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"limit: {limit} is not between 1 and {MAX_LIMIT}", "limit")
    items, place = store.read(find)
    return Page(items=items, next=place)


def stream(of: Lists[T], store: Store, filter: Filter = EVERYTHING, *, page: int = 200) -> Iterator[T]:
    """Everything a list holds, page by page: ``stream(alerts, store, filter)``. Holds no more than one page in memory."""
    return every(lambda cursor: of(store, filter, cursor=cursor, limit=page))


def every(page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """As ``stream``, of any list: ``every(lambda cursor: feeds(store, cursor=cursor))``."""
    cursor: str | None = None
    while True:
        found = page(cursor)
        yield from found.items
        if found.next is None or not found.items:
            return
        cursor = found.next


# -- one thing. All raise NotFoundError, or AmbiguousError where the beginning of an id fits several.


def event(store: Store, reference: str) -> EventDetail:
    return store.read(lambda reads: _event(reads, reference))


def _event(reads: Reads, reference: str) -> EventDetail:
    found = lookup.event(reads, lookup.full_id(reads, "event", reference))
    members, told = reads.members(found.id), lookup.revisions(reads, event_id=found.id)
    ids = [m.story_id for m in members]
    return EventDetail(
        event=found,
        memberships=tuple(members),
        stories=reads.stories(ids),
        matches=reads.matches(ids),
        alerts=tuple(told),
        deliveries=tuple(lookup.deliveries_of(reads, [a.id for a in told])),
        corrections=tuple(grouped.of_event(reads, found.id)),
    )


def related(store: Store, detail: EventDetail, limit: int = 8) -> list[Event]:
    """Events that share a story with this one without being it: reactions, near cases, other items of a round-up."""
    return store.read(lambda reads: lookup.related(reads, detail.event.id, detail.stories, limit))


def alert(store: Store, reference: str) -> AlertDetail:
    return store.read(lambda reads: _alert(reads, reference))


def _alert(reads: Reads, reference: str) -> AlertDetail:
    alert_id = lookup.full_id(reads, "alert", reference)
    found = lookup.revisions(reads, alert_id=AlertId(alert_id))
    sent = lookup.deliveries_of(reads, [alert_id])
    return AlertDetail(
        alert=found[-1],
        revisions=tuple(found),
        deliveries=tuple(sent),
        attempts=tuple(lookup.attempts_of(reads, [d.id for d in sent])),
        event=_event(reads, found[-1].event_id),
    )


def story(store: Store, reference: str) -> StoryDetail:
    def find(reads: Reads) -> StoryDetail:
        story_id = StoryId(lookup.full_id(reads, "story", reference))
        return StoryDetail(
            story=reads.stories([story_id])[story_id],
            matches=reads.matches([story_id]).get(story_id, ()),
            memberships=tuple(lookup.memberships_of_stories(reads, [story_id])),
        )

    return store.read(find)


def delivery(store: Store, reference: str) -> DeliveryDetail:
    def find(reads: Reads) -> DeliveryDetail:
        found, told = lookup.delivery(reads, lookup.full_id(reads, "delivery", reference))
        return DeliveryDetail(delivery=found, subject=told, attempts=tuple(lookup.attempts_of(reads, [found.id])))

    return store.read(find)


def feed(store: Store, name_or_id: str) -> FeedDetail:
    found = store.feed(name_or_id)
    return FeedDetail(feed=found, polls=tuple(store.feed_polls(found.id)))
