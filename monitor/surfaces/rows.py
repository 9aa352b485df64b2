"""Frozen values as flat rows: the one shape of lists on the command line, over HTTP, for agents and in pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

# (typing_extensions' own, because pydantic needs it to describe the rows in the API's document before Python 3.12.)
from typing_extensions import TypedDict

from monitor.classify.naming import BuildoutRow, MoveRow, buildout_row, move_row
from monitor.headlines import headline
from monitor.model import (
    Alert,
    Delivery,
    DeliveryState,
    DigestItem,
    Event,
    Feed,
    Feedback,
    FeedbackKind,
    Label,
    Severity,
    Silence,
    Status,
    Story,
)

if TYPE_CHECKING:
    from monitor.results import SavedSearch


class ChangeRow(TypedDict):
    kind: str
    before: str
    after: str


class HappeningRow(TypedDict):
    """What events and alerts, which are events as they stood, have in common."""

    labels: list[Label]
    status: Status
    severity: Severity
    headline: str  # what we say
    title: str  # what the founding story said
    stories: int
    outlets: list[str]
    moves: list[MoveRow]
    buildout: BuildoutRow | None


class EventRow(HappeningRow):
    id: str
    first_seen: datetime
    last_seen: datetime


class AlertRow(HappeningRow):
    id: str
    revision: int
    at: datetime
    event_id: str
    reasons: list[str]
    changes: list[ChangeRow]


class StoryRow(TypedDict):
    id: str
    at: datetime
    title: str
    summary: str
    outlet: str
    url: str
    published: datetime | None
    first_seen: datetime
    feed_id: str


class FeedRow(TypedDict):
    name: str
    state: str
    last_success: datetime | None
    next_check: datetime | None
    stories: int
    matches: int
    per_day: float | None
    share: str
    last_error: str
    failures: int
    overruns: int
    polls: int
    pushed_until: datetime | None
    url: str
    source: str
    category: str
    declared: bool
    id: str


class DeliveryRow(TypedDict):
    id: str
    created_at: datetime
    channel: str
    kind: str
    state: DeliveryState
    attempts: int
    next_attempt: datetime | None
    sent_at: datetime | None
    last_status: int | None
    last_error: str
    alert_id: str
    revision: int
    later: list[str]  # of several recipients those who have not got it yet


class WaitingRow(TypedDict):
    """A revision of an alert that waits for a digest, which is made at ``due_at``."""

    channel: str
    route: str
    due_at: datetime
    alert_id: str
    revision: int


class SearchRow(TypedDict):
    name: str
    words: str
    created_at: datetime


class SilenceRow(TypedDict):
    id: str
    state: Literal["holds", "to come", "over"]
    match: dict[str, Any]  # the conditions of a route
    starts_at: datetime
    ends_at: datetime
    author: str
    comment: str
    created_at: datetime
    expired_by: str


class FeedbackRow(TypedDict):
    at: datetime
    kind: FeedbackKind
    by: str
    via: str
    note: str
    title: str
    target_kind: str
    target: str
    story_id: str
    labels: list[Label]
    version: str
    trace: list[str]
    current: bool
    id: str


def _happening(event: Event, slots: bool) -> HappeningRow:
    return HappeningRow(
        labels=list(event.labels),
        status=event.status,
        severity=event.severity,
        headline=headline(event),
        title=event.headline,
        stories=event.story_count,
        outlets=list(event.outlets),
        moves=[move_row(move) for move in event.moves] if slots else [],
        buildout=buildout_row(event.buildout) if slots and event.buildout else None,
    )


def event_row(event: Event, *, slots: bool = True) -> EventRow:
    """Without ``slots`` for who shows neither moves nor buildout: their ids are looked up in the whole lexicon."""
    return EventRow(id=event.id, first_seen=event.first_seen, last_seen=event.last_seen, **_happening(event, slots))


def alert_row(alert: Alert, *, slots: bool = True) -> AlertRow:
    """``slots`` as in ``event_row``."""
    return AlertRow(
        id=alert.id,
        revision=alert.revision,
        at=alert.created_at,
        event_id=alert.event_id,
        **_happening(alert.event, slots),
        reasons=list(alert.reasons),
        changes=[ChangeRow(kind=c.kind, before=c.before, after=c.after) for c in alert.changes],
    )


def story_row(story: Story) -> StoryRow:
    return StoryRow(
        id=story.id,
        at=story.at,
        title=story.title,
        summary=story.summary,
        outlet=story.outlet,
        url=story.url,
        published=story.published,
        first_seen=story.first_seen,
        feed_id=story.feed_id,
    )


def _a_day(feed: Feed) -> float | None:
    """Stories a day: by its usual gap, else by its count over the time it has been polled; None where neither says enough."""
    if feed.gap_seconds:
        return round(86400 / feed.gap_seconds, 1)
    days = (feed.last_checked - feed.added_at).total_seconds() / 86400 if feed.last_checked and feed.added_at else 0.0
    return round(feed.stories / days, 1) if days >= 1 else None


def feed_row(feed: Feed) -> FeedRow:
    return FeedRow(
        name=feed.name,
        state=feed.shown.value,
        last_success=feed.last_success,
        next_check=feed.next_check,
        stories=feed.stories,
        matches=feed.matches,
        per_day=_a_day(feed),
        share=f"{100 * feed.matches / feed.stories:.0f}%" if feed.stories else "",
        last_error=feed.last_error,
        failures=feed.failures,
        overruns=feed.overruns,
        polls=feed.polls,
        pushed_until=feed.pushed_until,
        url=feed.url,
        source=feed.source,
        category=feed.category,
        declared=feed.declared,
        id=feed.id,
    )


def delivery_row(delivery: Delivery) -> DeliveryRow:
    return DeliveryRow(
        id=delivery.id,
        created_at=delivery.created_at,
        channel=delivery.channel,
        kind=delivery.kind,
        state=delivery.state,
        attempts=delivery.attempts,
        next_attempt=delivery.next_attempt if delivery.state == DeliveryState.PENDING else None,
        sent_at=delivery.sent_at,
        last_status=delivery.last_status,
        last_error=delivery.last_error,
        alert_id=delivery.alert_id,
        revision=delivery.revision,
        later=list(delivery.later),
    )


def waiting_row(item: DigestItem) -> WaitingRow:
    return WaitingRow(channel=item.channel, route=item.route, due_at=item.due_at, alert_id=item.alert_id, revision=item.revision)


def search_row(search: SavedSearch) -> SearchRow:
    return SearchRow(name=search.name, words=search.words, created_at=search.created_at)


def silence_row(silence: Silence, now: datetime) -> SilenceRow:
    return SilenceRow(
        id=silence.id,
        state="holds" if silence.holds(now) else "over" if silence.ends_at <= now else "to come",
        match=dict(silence.match),
        starts_at=silence.starts_at,
        ends_at=silence.ends_at,
        author=silence.author,
        comment=silence.comment,
        created_at=silence.created_at,
        expired_by=silence.expired_by,
    )


def feedback_row(said: Feedback) -> FeedbackRow:
    return FeedbackRow(
        at=said.at,
        kind=said.kind,
        by=said.by,
        via=said.via,
        note=said.note,
        title=said.title,
        target_kind=said.target_kind,
        target=said.target,
        story_id=said.story_id,
        labels=list(said.labels),
        version=said.version,
        trace=list(said.trace),
        current=said.current,
        id=said.id,
    )
