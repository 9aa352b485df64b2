"""What happened, and the decision to tell people of it: events with their timeline, alerts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType

from monitor.model.matches import Buildout, Label, Move, Span, Status
from monitor.model.stories import FeedId, Story, StoryId

EventId = NewType("EventId", str)
AlertId = NewType("AlertId", str)


class Severity(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


SEVERITIES = tuple(Severity)  # rising


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStory:
    """A story as an event remembers it: enough to cite it and to compare the next story with it."""

    story_id: StoryId
    title: str
    url: str
    outlet: str
    at: datetime
    summary: str = ""  # first 500 characters
    status: Status = Status.CONFIRMED
    evidence: tuple[Span, ...] = ()
    news: bool = True  # flagged, and neither comment nor round-up

    def as_story(self) -> Story:
        """What is left of the story; which feed brought it is not remembered."""
        return Story(
            id=self.story_id,
            feed_id=FeedId(""),
            url=self.url,
            title=self.title,
            summary=self.summary,
            outlet=self.outlet,
            first_seen=self.at,
        )


ChangeKind = Literal[
    "founded",
    "status",
    "person",
    "destination",
    "role",
    "amount",
    "capacity",
    "confirmation",
    "correction",
    "denial",
    "merged",
    "split",
    "folded",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of an event's timeline.

    A ``confirmation`` goes from one status to another, or names in ``after`` the outlet that stands behind it now.
    """

    at: datetime
    kind: ChangeKind
    before: str = ""
    after: str = ""
    story_id: StoryId


MAX_EVENT_STORIES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One real happening, told by one or more stories.

    ``stories`` holds the founder first and at most ``MAX_EVENT_STORIES`` in all, so that an event of a thousand copies
    costs as much to carry as one of ten; ``story_count`` counts them all and the store keeps every link.
    """

    id: EventId
    labels: tuple[Label, ...]
    headline: str
    status: Status
    severity: Severity = Severity.NORMAL
    severity_reasons: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    buildout: Buildout | None = None
    first_seen: datetime
    last_seen: datetime
    story_count: int = 1
    stories: tuple[EventStory, ...]
    outlets: tuple[str, ...] = ()
    orgs: tuple[str, ...] = ()  # canonical names, for grouping and routes
    people: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()  # what the candidate index finds it by
    sources: dict[str, StoryId] = field(default_factory=dict)  # slot ("moves.0.person") to the story it came from
    timeline: tuple[Change, ...] = ()

    @property
    def told_by(self) -> tuple[EventStory, ...]:
        """The stories that speak for the event: its news. What only goes on about it never decides what else belongs."""
        return tuple(s for s in self.stories if s.news) or self.stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The decision to tell people about an event. Revision 1 is the first message; later ones say what changed, or, where
    nothing did, are the first message of channels that want the event only since it weighs more.

    ``event`` is the event as it stood at this revision, so that a message sent late or twice says the same.
    """

    id: AlertId
    event_id: EventId
    revision: int
    created_at: datetime
    reasons: tuple[str, ...]
    changes: tuple[Change, ...] = ()  # empty for a first message
    event: Event

    @property
    def update(self) -> bool:
        """Were those it goes to told of the event before?"""
        return self.revision > 1 and bool(self.changes)
