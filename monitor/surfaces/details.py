"""One event, alert or story with all that belongs to it, as the API and the command line give it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

# (typing_extensions' own, because pydantic needs it to describe these in the API's document before Python 3.12.)
from typing_extensions import TypedDict

from monitor import summaries
from monitor.classify.naming import BuildoutRow, MoveRow, buildout_row, move_row
from monitor.errors import NotFoundError
from monitor.filtering import Filter
from monitor.membership import why_there
from monitor.model import Change, Event, Label, Match, Span, Status
from monitor.notify.message import title_of
from monitor.query import AlertDetail, DeliveryDetail, EventDetail, StoryDetail
from monitor.results import Attempt, Membership
from monitor.surfaces.rows import (
    AlertRow,
    DeliveryRow,
    EventRow,
    StoryRow,
    alert_row,
    delivery_row,
    event_row,
    story_row,
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


class EventTold(TypedDict):
    event: EventRow
    severity_reasons: list[str]
    timeline: list[ChangeTold]
    members: list[MemberTold]
    alerts: list[AlertRow]
    deliveries: list[DeliveryRow]
    related: list[EventRow]


class AlertTold(TypedDict):
    revisions: list[AlertRow]
    deliveries: list[DeliveryRow]


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
        alerts=[alert_row(alert) for alert in found.alerts],
        deliveries=[delivery_row(delivery) for delivery in found.deliveries],
        related=[event_row(event) for event in related],
    )


def alert_told(found: AlertDetail) -> AlertTold:
    return AlertTold(
        revisions=[alert_row(revision) for revision in found.revisions],
        deliveries=[delivery_row(delivery) for delivery in found.deliveries],
    )


def delivery_told(found: DeliveryDetail) -> DeliveryTold:
    return DeliveryTold(
        delivery=delivery_row(found.delivery),
        says=title_of(found.subject),
        attempts=[_attempt(attempt) for attempt in found.attempts],
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
            raise NotFoundError("organisation", name, instead="nothing that is stored names it")
    return found


def _has_anything(found: summaries.Organisation) -> bool:
    return bool(found.joined or found.left or found.buildouts)
