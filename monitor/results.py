"""What one poll changed, as one value that the store writes in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model import Alert, Delivery, Event, EventId, Feed, FeedId, Match, Story, StoryId


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
    alerts: tuple[Alert, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    notes: tuple[Note, ...] = ()
