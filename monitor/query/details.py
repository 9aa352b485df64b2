"""One thing by its id, by the beginning of one, or by its name, with all that belongs to it.

All raise NotFoundError, or AmbiguousError where the beginning of an id fits several.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import monitor.store.care as care
import monitor.store.corrections as stored_corrections
import monitor.store.lookup as lookup
import monitor.store.waiting as waiting
from monitor.errors import NotFoundError
from monitor.filtering import MOST_NAMES, near
from monitor.model import Alert, AlertId, Correction, Delivery, DigestItem, Event, Feed, Match, Story, StoryId
from monitor.results import Attempt, FeedPoll, Membership, Subscription
from monitor.store import Reads, Store
from monitor.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDetail:
    """An event with every story of it that is still stored, in the order they joined, and what was told about it."""

    event: Event
    memberships: tuple[Membership, ...]
    stories: dict[StoryId, Story]
    matches: dict[StoryId, tuple[Match, ...]]
    alerts: tuple[Alert, ...]  # every revision, oldest first
    deliveries: tuple[Delivery, ...]
    waiting: tuple[DigestItem, ...] = ()  # what of the alerts waits for a digest
    corrections: tuple[Correction, ...] = ()  # what people said of its grouping, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDetail:
    """The latest revision of an alert, all its revisions, its deliveries with their attempts, and its event today."""

    alert: Alert
    revisions: tuple[Alert, ...]
    deliveries: tuple[Delivery, ...]
    waiting: tuple[DigestItem, ...]
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
    subscription: Subscription | None  # at its hub, where it names one


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
        waiting=tuple(waiting.of_alerts(reads, [a.id for a in told])),
        corrections=tuple(stored_corrections.of_event(reads, found.id)),
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
        waiting=tuple(waiting.of_alerts(reads, [alert_id])),
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


def channel(store: Store, name: str, configured: Collection[str]) -> str:
    """The name, where it is that of a channel that is ``configured`` or ever had a delivery."""
    known = {*configured, *(state.name for state in store.channels())}
    if name not in known:
        raise NotFoundError("channel", name, instead=near(name, sorted(known), most=MOST_NAMES))
    return name


def feed(store: Store, name_or_id: str) -> FeedDetail:
    found = store.feed(name_or_id)
    subscription = store.read(lambda reads: care.subscription_of(reads, feed_id=found.id))
    return FeedDetail(feed=found, polls=tuple(store.feed_polls(found.id)), subscription=subscription)
