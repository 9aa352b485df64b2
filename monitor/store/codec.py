"""Frozen values to rows and back: the only place that knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.later import Later
from monitor.model import (
    Alert,
    AlertId,
    Buildout,
    Change,
    EventId,
    FeedId,
    Label,
    Match,
    Move,
    Span,
    Story,
    StoryId,
)
from monitor.store.values import (
    clean,
    document,
    event_of,
    finite,
    micros,
    micros_or_none,
    moment,
    moment_or_none,
    read_document,
)
from monitor.text import fold, title_digest
from monitor.urls import canonical

if TYPE_CHECKING:
    import monitor.results as results
else:  # what asks for lists needs none of them
    results = Later("monitor.results")

Row = dict[str, Any]
_Reasons = tuple[str, ...]
_Changes = tuple[Change, ...]
_Slots = tuple[tuple[Move, ...], Buildout | None]
_Spans = tuple[Span, ...]

# -- stories, keys, matches


def story_row(story: Story) -> Row:
    title, url, outlet = clean(story.title), clean(story.url), clean(story.outlet)
    return {
        "id": story.id,
        "feed_id": story.feed_id,
        "url": url,
        "canonical_url": canonical(url),
        "title": title,
        "title_digest": title_digest(title),
        "summary": clean(story.summary),
        "outlet": outlet,
        "outlet_folded": fold(outlet),
        "published": micros_or_none(story.published),
        "first_seen": micros(story.first_seen),
    }


def story_of(row: Any) -> Story:
    return Story(
        id=StoryId(row.id),
        feed_id=FeedId(row.feed_id),
        url=row.url,
        title=row.title,
        summary=row.summary,
        outlet=row.outlet,
        published=moment_or_none(row.published),
        first_seen=moment(row.first_seen),
    )


def key_row(key: results.StoryKey) -> Row:
    return {
        "feed_id": key.feed_id,
        "key": key.key,
        "story_id": key.story_id,
        "fingerprint": key.fingerprint,
        "last_seen": micros(key.last_seen),
    }


def key_of(row: Any) -> results.StoryKey:
    return results.StoryKey(
        feed_id=FeedId(row.feed_id),
        key=row.key,
        story_id=StoryId(row.story_id),
        fingerprint=row.fingerprint,
        last_seen=moment(row.last_seen),
    )


def match_row(match: Match) -> Row:
    return {
        "story_id": match.story_id,
        "label": match.label.value,
        "score": finite(match.score),
        "slots": document(_Slots, (match.moves, match.buildout)),
        "evidence": document(_Spans, match.evidence),
    }


def match_of(row: Any) -> Match:
    moves, buildout = read_document(_Slots, row.slots)
    return Match(
        story_id=StoryId(row.story_id),
        label=Label(row.label),
        score=row.score,
        moves=moves,
        buildout=buildout,
        evidence=read_document(_Spans, row.evidence),
    )


# -- memberships, alerts, deliveries, attempts


def membership_row(membership: results.Membership) -> Row:
    return {
        "event_id": membership.event_id,
        "story_id": membership.story_id,
        "relation": membership.relation,
        "score": finite(membership.score),
        "reasons": document(_Reasons, membership.reasons),
        "at": micros(membership.at),
    }


def membership_of(row: Any) -> results.Membership:
    return results.Membership(
        event_id=EventId(row.event_id),
        story_id=StoryId(row.story_id),
        relation=row.relation,
        score=row.score,
        reasons=read_document(_Reasons, row.reasons),
        at=moment(row.at),
    )


def alert_row(alert: Alert) -> Row:
    """All but its event."""
    return {
        "id": alert.id,
        "revision": alert.revision,
        "event_id": alert.event_id,
        "created_at": micros(alert.created_at),
        "reasons": document(_Reasons, alert.reasons),
        "changes": document(_Changes, alert.changes),
    }


def alert_of(row: Any) -> Alert:
    return Alert(
        id=AlertId(row.id),
        event_id=EventId(row.event_id),
        revision=row.revision,
        created_at=moment(row.created_at),
        reasons=read_document(_Reasons, row.reasons),
        changes=read_document(_Changes, row.changes),
        event=event_of(row.event),
    )
