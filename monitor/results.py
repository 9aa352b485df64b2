"""What one poll changed, as one value that the store writes in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from monitor.model import Alert, Delivery, DeliveryId, DigestItem, Event, EventId, Feed, FeedId, Match, Story, StoryId
from monitor.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryKey:
    """How a feed names a story. Keys outlive stories, so that a clean-up never makes an old entry new."""

    feed_id: FeedId
    key: str  # digest of the rung of the identity ladder that held: guid, canonical link, or title and summary
    story_id: StoryId
    fingerprint: str  # digest of title, summary and link: changes when the publisher edits
    last_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A story's place in an event. ``related`` links without merging: interviews, reactions, near cases."""

    event_id: EventId
    story_id: StoryId
    relation: Literal["founder", "member", "related"]
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A reason from pure code, for the shell to log."""

    message: str
    fields: tuple[tuple[str, str | int | float], ...] = ()
    level: Literal["debug", "info", "warning"] = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """Everything one poll of one feed changes: written whole or not at all, validators included."""

    feed: Feed
    stories: tuple[Story, ...] = ()  # new
    updated: tuple[Story, ...] = ()  # edited by their publisher
    keys: tuple[StoryKey, ...] = ()  # new, changed or seen again
    matches: tuple[Match, ...] = ()  # of new and updated stories; replaces what was stored for these stories
    events: tuple[Event, ...] = ()  # new or changed, whole
    memberships: tuple[Membership, ...] = ()
    # events that turned out to be one, in their order: the one that is gone, and the one it is part of now
    folded: tuple[tuple[EventId, EventId], ...] = ()
    alerts: tuple[Alert, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    digest_items: tuple[DigestItem, ...] = ()
    notes: tuple[Note, ...] = ()


ANSWER_LIMIT = 4096  # kept of what a receiver says: so many bytes are read, and as many characters stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a delivery, for the log of attempts. ``status`` None: no answer came."""

    delivery_id: DeliveryId
    number: int  # 1 is the first
    at: datetime
    status: int | None = None
    duration_ms: float = 0.0
    answer: str = ""  # the receiver's words, secrets taken off; the store keeps ``ANSWER_LIMIT`` characters
    error: str = ""
    next_attempt: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery to send, what it carries, and where its channel already holds something of the same alert ("": nowhere), perhaps
    of a later revision."""

    delivery: Delivery
    subject: Subject
    post: str = ""
    overtaken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How an attempt ended, to be recorded: the delivery as it is now, and what the channel's state is judged by."""

    delivery: Delivery
    at: datetime
    attempt: Attempt | None = None
    post: str = ""  # where the channel holds it now
    gone: bool = False  # the destination is no more: the channel is switched off
    missed: str = ""  # of what was sent: whom of several it did not reach


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """What the store remembers of a channel. ``failures`` counts failed attempts in a row, since ``failing_since``.

    ``reason``: why it is disabled, or why the last of these attempts failed.
    """

    name: str
    disabled: bool = False
    reason: str = ""
    failures: int = 0
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """One poll in a feed's history. ``outcome`` is the word the collector used: new, unchanged, failed, gone."""

    feed_id: FeedId
    at: datetime
    outcome: str
    status: int | None = None
    new_entries: int = 0
    seconds: float = 0.0
    error: str = ""


class SubscriptionState(StrEnum):
    OFFERED = "offered"  # the feed names a hub
    ASKED = "asked"  # the hub was asked and has not confirmed yet
    ACTIVE = "active"  # the hub pushes until its lease ends
    OFF = "off"  # the hub did not push what polling found


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed at its WebSub hub. ``token`` names it in the callback's address, ``secret`` signs what is pushed."""

    feed_id: FeedId
    hub: str
    topic: str  # the feed's address in the hub's words
    token: str
    secret: str = field(repr=False)
    state: SubscriptionState = SubscriptionState.OFFERED
    verified_at: datetime | None = None
    lease_until: datetime | None = None
    next_request: datetime  # to the hub
    failures: int = 0
    pushes: int = 0
    missed: int = 0  # polls that found what it did not push, since it was confirmed
    last_push: datetime | None = None
    last_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """The last sign of life of a part of Movewire, with what it said of itself (JSON values)."""

    name: str
    at: datetime
    info: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token of the API without its secret. ``scope`` write includes read."""

    id: str
    name: str
    scope: Literal["read", "write"]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used: datetime | None = None  # within an hour

    def good_at(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A filter with a name. ``words`` are of the filter language: ``org:Meta since:7d "data center"``."""

    name: str
    words: str
    created_at: datetime
