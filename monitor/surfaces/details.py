"""One event, alert, story, delivery or feed with all that belongs to it, as the API and the command line give it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

# (typing_extensions' own, because pydantic needs it to describe these in the API's document before Python 3.12.)
from typing_extensions import TypedDict

from monitor import summaries
from monitor.classify.naming import BuildoutRow, MoveRow, buildout_row, move_row
from monitor.errors import NotFoundError
from monitor.filtering import Filter
from monitor.membership import why_there
from monitor.model import Change, Correction, Event, Label, Match, Span, Status
from monitor.notify.message import title_of
from monitor.query import AlertDetail, DeliveryDetail, EventDetail, FeedDetail, StoryDetail
from monitor.results import Attempt, FeedPoll, Membership, Subscription
from monitor.surfaces.rows import (
    AlertRow,
    DeliveryRow,
    EventRow,
    FeedRow,
    StoryRow,
    WaitingRow,
    alert_row,
    delivery_row,
    event_row,
    feed_row,
    story_row,
    waiting_row,
)

if TYPE_CHECKING:
    from monitor.app import App


class MatchTold(TypedDict):
    """What a story was flagged as. ``evidence``: words of its title or summary by their offsets, and the slot they prove."""

    label: Label
    score: float
    moves: list[MoveRow]
    buildout: BuildoutRow | None
    evidence: list[Span]


class MemberTold(TypedDict):
    """A story of an event: founder, member, or related without being of it; why, by the names that grouping goes by and in words
    for people; and the words that say what it tells."""

    story: StoryRow
    relation: str
    score: float
    reasons: list[str]
    why: str
    joined_at: datetime
    matches: list[MatchTold]


class ChangeTold(TypedDict):
    at: datetime
    kind: str
    before: str
    after: str
    story_id: str


class CorrectionTold(TypedDict):
    """What a person said of grouping. ``stories``: the founder of the event that stays, then those that were moved; ``same``:
    whether they tell one happening."""

    at: datetime
    kind: Literal["merge", "split"]
    event_id: str
    other_id: str
    stories: list[str]
    by: str
    note: str
    same: bool
    id: str


class EventTold(TypedDict):
    """``sources``: each slot (``moves.0.person``) with the id of the story it is from."""

    event: EventRow
    severity_reasons: list[str]
    timeline: list[ChangeTold]
    members: list[MemberTold]
    sources: dict[str, str]
    alerts: list[AlertRow]
    deliveries: list[DeliveryRow]
    waiting: list[WaitingRow]
    related: list[EventRow]
    corrections: list[CorrectionTold]


class AlertTold(TypedDict):
    revisions: list[AlertRow]
    deliveries: list[DeliveryRow]
    waiting: list[WaitingRow]


class AttemptTold(TypedDict):
    """One try. ``status``: null where no answer came; ``answer``: the receiver's words, secrets taken off."""

    number: int
    at: datetime
    status: int | None
    duration_ms: float
    answer: str
    error: str
    next_attempt: datetime | None


class DeliveryTold(TypedDict):
    """``says``: the first line of its message."""

    delivery: DeliveryRow
    says: str
    attempts: list[AttemptTold]


class PollTold(TypedDict):
    """A poll of a feed: new, unchanged, failed or gone. ``status``: null where no answer came."""

    feed_id: str
    at: datetime
    outcome: str
    status: int | None
    new_entries: int
    seconds: float
    error: str


class HubTold(TypedDict):
    """How a feed stands at its hub, without the token and the secret that only the hub may know."""

    hub: str
    state: str
    lease_until: datetime | None
    pushes: int
    last_push: datetime | None
    last_error: str


class FeedTold(TypedDict):
    """``hub``: null where the feed names none; ``polls``: the last ones, newest first."""

    feed: FeedRow
    hub: HubTold | None
    polls: list[PollTold]


class StoryTold(TypedDict):
    story: StoryRow
    matches: list[MatchTold]
    events: list[str]


def event_told(found: EventDetail, related: Iterable[Event]) -> EventTold:
    return EventTold(
        event=event_row(found.event),
        severity_reasons=list(found.event.severity_reasons),
        timeline=[_change(change) for change in found.event.timeline],
        members=[_member(found, one) for one in found.memberships if one.story_id in found.stories],
        sources={slot: str(story_id) for slot, story_id in found.event.sources.items()},
        alerts=[alert_row(alert) for alert in found.alerts],
        deliveries=[delivery_row(delivery) for delivery in found.deliveries],
        waiting=[waiting_row(item) for item in found.waiting],
        related=[event_row(event) for event in related],
        corrections=[correction_told(one) for one in found.corrections],
    )


def correction_told(one: Correction) -> CorrectionTold:
    return CorrectionTold(
        at=one.at,
        kind=one.kind,
        event_id=one.event_id,
        other_id=one.other_id,
        stories=list(one.stories),
        by=one.by,
        note=one.note,
        same=one.same,
        id=one.id,
    )


def alert_told(found: AlertDetail) -> AlertTold:
    return AlertTold(
        revisions=[alert_row(revision) for revision in found.revisions],
        deliveries=[delivery_row(delivery) for delivery in found.deliveries],
        waiting=[waiting_row(item) for item in found.waiting],
    )


def delivery_told(found: DeliveryDetail) -> DeliveryTold:
    return DeliveryTold(
        delivery=delivery_row(found.delivery),
        says=title_of(found.subject),
        attempts=[_attempt(attempt) for attempt in found.attempts],
    )


def feed_told(found: FeedDetail) -> FeedTold:
    return FeedTold(
        feed=feed_row(found.feed),
        hub=_hub(found.subscription) if found.subscription else None,
        polls=[poll_told(poll) for poll in found.polls],
    )


def poll_told(poll: FeedPoll) -> PollTold:
    return PollTold(
        feed_id=poll.feed_id,
        at=poll.at,
        outcome=poll.outcome,
        status=poll.status,
        new_entries=poll.new_entries,
        seconds=poll.seconds,
        error=poll.error,
    )


def _hub(at: Subscription) -> HubTold:
    return HubTold(
        hub=at.hub,
        state=at.state.value,
        lease_until=at.lease_until,
        pushes=at.pushes,
        last_push=at.last_push,
        last_error=at.last_error,
    )


def _attempt(one: Attempt) -> AttemptTold:
    return AttemptTold(
        number=one.number,
        at=one.at,
        status=one.status,
        duration_ms=one.duration_ms,
        answer=one.answer,
        error=one.error,
        next_attempt=one.next_attempt,
    )


def _member(found: EventDetail, one: Membership) -> MemberTold:
    story = found.stories[one.story_id]
    return MemberTold(
        story=story_row(story),
        relation=one.relation,
        score=one.score,
        reasons=list(one.reasons),
        why=why_there(one.relation, one.reasons, story.at - found.event.told_by[0].at),
        joined_at=one.at,
        matches=[_match(match) for match in found.matches.get(one.story_id, ())],
    )


def _change(change: Change) -> ChangeTold:
    return ChangeTold(at=change.at, kind=change.kind, before=change.before, after=change.after, story_id=change.story_id)


def _match(match: Match) -> MatchTold:
    return MatchTold(
        label=match.label,
        score=match.score,
        moves=[move_row(move) for move in match.moves],
        buildout=buildout_row(match.buildout) if match.buildout else None,
        evidence=list(match.evidence),
    )


def story_told(found: StoryDetail) -> StoryTold:
    return StoryTold(
        story=story_row(found.story),
        matches=[_match(match) for match in found.matches],
        events=[one.event_id for one in found.memberships],
    )


def organisation_of(app: App, name: str, filter: Filter, *, recent: int = 20) -> summaries.Organisation:
    """An organisation as the filter sees it. Raises NotFoundError where nothing is stored of it, whenever and however sure."""
    found = summaries.organisation(app.store, app.names, name, filter, recent=recent)
    if not _has_anything(found):
        anything = Filter(status=tuple(status.value for status in Status))
        if not _has_anything(summaries.organisation(app.store, app.names, name, anything, recent=1)):
            meant = " or ".join(repr(one) for one in summaries.namesakes(app.store, app.names, name))
            instead = f"did you mean {meant}?" if meant else "nothing that is stored names it"
            raise NotFoundError("organisation", name, instead=instead)
    return found


def _has_anything(found: summaries.Organisation) -> bool:
    return bool(found.joined or found.left or found.buildouts)
