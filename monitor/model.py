"""The words of Movewire as frozen values: Feed, Story, Match (Move, Buildout), Event, Alert, Delivery.

Times are aware datetimes in UTC. Every value is complete in itself: rows never leave the store, these do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType

FeedId = NewType("FeedId", str)
StoryId = NewType("StoryId", str)
EventId = NewType("EventId", str)
AlertId = NewType("AlertId", str)
DeliveryId = NewType("DeliveryId", str)
SilenceId = NewType("SilenceId", str)


class Label(StrEnum):
    """The two kinds of story Movewire flags."""

    EXECUTIVE_MOVE = "executive_move"
    INFRASTRUCTURE = "infrastructure"


class Status(StrEnum):
    """How sure the world is of an event. Only evidence moves it."""

    RUMORED = "rumored"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class MoveAction(StrEnum):
    HIRE = "hire"
    APPOINT = "appoint"
    PROMOTE = "promote"
    DEPART = "depart"
    DISMISS = "dismiss"
    RETIRE = "retire"
    BOARD = "board"
    FOUND = "found"
    OTHER = "other"


class BuildoutAction(StrEnum):
    BUILD = "build"
    EXPAND = "expand"
    OPEN = "open"
    INVEST = "invest"
    COMPUTE_DEAL = "compute_deal"
    POWER_DEAL = "power_deal"
    FINANCE = "finance"
    ACQUIRE = "acquire"
    LEASE = "lease"
    POLICY = "policy"
    OPPOSE = "oppose"
    CANCEL = "cancel"
    OTHER = "other"


class Severity(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


SEVERITIES = tuple(Severity)  # rising


class RoleLevel(StrEnum):
    """How senior a post is."""

    TOP = "top"  # chief executive, chair, founder, president, managing director
    CHIEF = "chief"  # other chief officers, partners, directors, general managers, board members
    HEAD = "head"  # heads of a unit, vice presidents, leaders
    OTHER = "other"


class Nature(StrEnum):
    """What a story is: only news may found an event."""

    NEWS = "news"
    ROUNDUP = "roundup"
    COMMENT = "comment"  # opinion, interview, analysis, profile


class FeedState(StrEnum):
    OK = "ok"
    FAILING = "failing"  # the last poll could not be used
    QUIET = "quiet"  # it answers, but what it had to say has stopped: empty, unchanged for too long, or another's
    RESTING = "resting"  # paused by a person, gone (410), or taken out of config/feeds.yaml


class DeliveryState(StrEnum):
    PENDING = "pending"  # waiting for its first or next attempt
    SENDING = "sending"  # claimed, under a lease
    SENT = "sent"
    DEAD = "dead"  # no further attempt without a person's word


class FeedbackKind(StrEnum):
    """What a person says of an event or a story."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    WRONG_SLOT = "wrong_slot"  # rightly told, with a name, place, sum or status that is wrong
    WRONG_EVENT = "wrong_event"  # grouped with what it does not belong to


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscribed address and its polling state. ``etag`` and ``last_modified`` are kept exactly as they were sent.

    ``url`` is asked; ``given_url`` is what a person wrote, where permanent redirects have led elsewhere since.
    """

    id: FeedId
    name: str
    url: str
    source: str = "syndication"  # key of the source registry
    category: str = ""
    declared: bool = True  # ruled by config/feeds.yaml; False: added by command
    state: FeedState = FeedState.OK
    paused: bool = False
    etag: str = ""
    last_modified: str = ""
    body_digest: str = ""
    interval_seconds: float = 0.0  # the wait its own rhythm asks for, without jitter; 0 before the first poll
    next_check: datetime | None = None  # None: due now
    last_checked: datetime | None = None
    last_success: datetime | None = None
    last_story: datetime | None = None
    baseline_done: bool = False
    failures: int = 0  # in a row
    last_error: str = ""
    polls: int = 0
    stories: int = 0
    matches: int = 0
    title: str = ""  # in the feed's own words
    given_url: str = ""  # "": the same as url
    moved_to: str = ""  # where permanent redirects lead, not yet followed for good
    moved_polls: int = 0  # that said so, in a row
    moved_since: datetime | None = None
    changed_at: datetime | None = None  # when a document last brought something new
    added_at: datetime | None = None  # when it was first polled
    gap_seconds: float = 0.0  # usual time between its stories; 0: not known yet
    longest_gap: float = 0.0  # seconds; fades slowly
    haste: float = 1.0  # what its interval is multiplied by since polls overlapped too little; 1 is none
    overruns: int = 0  # polls that shared no entry with the one before: entries were missed
    rung: int = 0  # of the identity ladder it stands on: 0 guid, 1 link, 2 words
    state_since: datetime | None = None
    told_state: FeedState = FeedState.OK  # what the operator was told last
    pushed_until: datetime | None = None  # a hub pushes its entries until then
    missed_since: datetime | None = None  # when a page failed behind which missed entries stand; None: all were reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One news item, normalised: plain text, markup off, the outlet's suffix still on the title."""

    id: StoryId
    feed_id: FeedId
    url: str
    title: str
    summary: str = ""
    outlet: str = ""
    published: datetime | None = None  # as the publisher said, possibly absent, wrong or in the future
    first_seen: datetime

    @property
    def at(self) -> datetime:
        """The time to order and window by: published, unless it is absent or after we saw it."""
        return self.published if self.published is not None and self.published <= self.first_seen else self.first_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words of a story that prove something. ``start``/``end`` are offsets into the named field of the story."""

    field: Literal["title", "summary"]
    start: int
    end: int
    text: str
    supports: str  # a slot ("moves.0.person", "buildout.amounts") or a rule ("rule:hire.poach")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One person or group changing post. Empty string: not said. Words as written, no "Mr"."""

    person: str = ""
    group: str = ""
    action: MoveAction
    from_org: str = ""
    from_role: str = ""
    to_org: str = ""
    to_role: str = ""
    status: Status = Status.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount or a capacity as written, with its normalised bounds.

    ``unit``: "USD" or another ISO 4217 code for amounts, "MW" or "accelerators" for capacity, "" where unknown.
    """

    text: str
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buildout:
    """Who builds, buys, supplies, finances or opposes what, where, for how much."""

    orgs: tuple[str, ...] = ()
    action: BuildoutAction = BuildoutAction.OTHER
    amounts: tuple[Quantity, ...] = ()
    capacity: tuple[Quantity, ...] = ()
    location: str = ""
    project: str = ""
    status: Status = Status.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A classifier's yes: the label, how sure (0 to 1), the slots, and the words that say so."""

    story_id: StoryId
    label: Label
    score: float
    moves: tuple[Move, ...] = ()  # for executive_move
    buildout: Buildout | None = None  # for infrastructure
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Why a label was given or not. From ``high`` on it is a yes, below ``low`` a no; between them lies the band, in which
    ``threshold`` decides unless a second opinion is asked. ``by`` "rule": the grammar was certain whatever the model said.
    """

    label: Label
    yes: bool
    score: float
    threshold: float
    low: float
    high: float
    by: Literal["rule", "model", "band", "second opinion"]
    weights: tuple[tuple[str, float], ...] = ()  # the model's loudest features and what each adds to the log odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Everything a classifier says of one story; ``matches`` is empty for most.

    ``orgs`` and ``people`` are the canonical names found (for grouping), ``trace`` the rules that fired or refused.
    ``possible`` holds the matches of the labels that were refused in the band, as they would read if they were given.
    """

    story_id: StoryId
    scores: dict[Label, float] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()
    nature: Nature = Nature.NEWS
    orgs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    possible: tuple[Match, ...] = ()

    def match(self, label: Label) -> Match | None:
        return next((m for m in self.matches if m.label == label), None)


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


ChangeKind = Literal[
    "founded",
    "status",
    "person",
    "destination",
    "role",
    "amount",
    "capacity",
    "site",
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


MAX_EVENT_STORIES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The decision to tell people about an event. Revision 1 is the first message; later ones say what changed.

    ``event`` is the event as it stood at this revision, so that a message sent late or twice says the same.
    """

    id: AlertId
    event_id: EventId
    revision: int
    created_at: datetime
    reasons: tuple[str, ...]
    changes: tuple[Change, ...] = ()  # empty for revision 1
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One person's word on an event or a story, with all that is needed to learn from it when the story is long deleted.

    ``target`` is the id of the event or story, ``title`` and ``summary`` the words judged (of an event: its founder's),
    ``labels``, ``trace`` and ``version`` what the classifier said of them. ``current``: this person said nothing newer.
    """

    id: str = ""  # given by the store
    target: str
    target_kind: Literal["event", "story"]
    kind: FeedbackKind
    by: str
    via: str = ""  # the surface or channel: cli, api, page, slack
    note: str = ""
    story_id: StoryId
    title: str
    summary: str = ""
    url: str = ""
    labels: tuple[Label, ...] = ()
    trace: tuple[str, ...] = ()
    version: str = ""
    at: datetime
    current: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One revision of one alert to one channel.

    Made with a ``next_attempt``, it is held until then (quiet hours): the channel's order goes by that time.
    """

    id: DeliveryId
    alert_id: AlertId
    revision: int
    channel: str
    created_at: datetime
    route: str = ""  # the route that sent it here
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0  # begun
    lost: int = 0  # of them, those that never ended: their process was killed
    next_attempt: datetime | None = None  # None: now
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    last_status: int | None = None
    last_error: str = ""
    kind: str = "alert"  # alert, notice, digest; where it is no alert, ``alert_id`` is "" and ``revision`` 1
    plain: bool = False  # the receiver could not read the rich form
    unsure: bool = False  # an attempt ended without an answer: it may have arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """A revision that waits for a digest. ``digest`` is the same for all that one route tells one channel at one time."""

    digest: str
    channel: str
    route: str
    due_at: datetime
    alert_id: AlertId
    revision: int
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What people asked not to hear of from ``starts_at`` until ``ends_at``. ``match``: a route's conditions, as JSON values."""

    id: SilenceId
    match: dict[str, object]
    starts_at: datetime
    ends_at: datetime
    author: str
    comment: str = ""
    created_at: datetime
    expired_by: str = ""  # who took it back before its end

    def holds(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's word on grouping, kept for ever: two events were one, or stories of one event were another.

    ``stories``: the founder of the event that stays, then those that were moved. Each of them with the founder is a pair that
    tells one happening (``same``) or not: what grouping learns from.
    """

    id: str
    kind: Literal["merge", "split"]
    event_id: EventId  # the event that stays
    other_id: EventId  # the event that went into it, or came out of it
    stories: tuple[StoryId, ...]
    by: str
    note: str = ""
    at: datetime

    @property
    def same(self) -> bool:
        return self.kind == "merge"
