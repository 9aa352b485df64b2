"""Frozen values to rows and back: the only place that knows both."""

from __future__ import annotations

from typing import Any

from monitor.model import (
    Alert,
    AlertId,
    Buildout,
    Change,
    EventId,
    Feed,
    FeedId,
    FeedState,
    Label,
    Match,
    Move,
    Span,
    Story,
    StoryId,
)
from monitor.results import Membership, StoryKey
from monitor.store.values import (
    clean,
    document,
    event_of,
    finite,
    micros,
    micros_or_none,
    micros_or_now,
    moment,
    moment_or_none,
    moment_or_now,
    read_document,
)
from monitor.text import fold, title_digest
from monitor.urls import canonical

Row = dict[str, Any]
_Reasons = tuple[str, ...]
_Changes = tuple[Change, ...]
_Slots = tuple[tuple[Move, ...], Buildout | None]
_Spans = tuple[Span, ...]

# -- feeds, stories, keys, matches

FEED_DEFINITION = ("name", "source", "category", "declared", "paused")  # what people decide; a poll never writes it
_FEED_STATES = {state.value: state for state in FeedState}


def feed_row(feed: Feed) -> Row:
    return {
        "id": feed.id,
        "name": clean(feed.name),
        "url": clean(feed.url),
        "source": clean(feed.source),
        "category": clean(feed.category),
        "declared": feed.declared,
        "state": feed.state.value,
        "paused": feed.paused,
        "etag": clean(feed.etag),
        "last_modified": clean(feed.last_modified),
        "body_digest": feed.body_digest,
        "interval_seconds": finite(feed.interval_seconds),
        "next_check": micros_or_now(feed.next_check),
        "last_checked": micros_or_none(feed.last_checked),
        "last_success": micros_or_none(feed.last_success),
        "last_story": micros_or_none(feed.last_story),
        "baseline_done": feed.baseline_done,
        "failures": feed.failures,
        "last_error": clean(feed.last_error),
        "polls": feed.polls,
        "stories": feed.stories,
        "matches": feed.matches,
    }


def feed_of(row: Any) -> Feed:
    return Feed(
        id=FeedId(row.id),
        name=row.name,
        url=row.url,
        source=row.source,
        category=row.category,
        declared=row.declared,
        state=_FEED_STATES[row.state],
        paused=row.paused,
        etag=row.etag,
        last_modified=row.last_modified,
        body_digest=row.body_digest,
        interval_seconds=row.interval_seconds,
        next_check=moment_or_now(row.next_check),
        last_checked=moment_or_none(row.last_checked),
        last_success=moment_or_none(row.last_success),
        last_story=moment_or_none(row.last_story),
        baseline_done=row.baseline_done,
        failures=row.failures,
        last_error=row.last_error,
        polls=row.polls,
        stories=row.stories,
        matches=row.matches,
    )


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


def key_row(key: StoryKey) -> Row:
    return {
        "feed_id": key.feed_id,
        "key": key.key,
        "story_id": key.story_id,
        "fingerprint": key.fingerprint,
        "last_seen": micros(key.last_seen),
    }


def key_of(row: Any) -> StoryKey:
    return StoryKey(
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


def membership_row(membership: Membership) -> Row:
    return {
        "event_id": membership.event_id,
        "story_id": membership.story_id,
        "relation": membership.relation,
        "score": finite(membership.score),
        "reasons": document(_Reasons, membership.reasons),
        "at": micros(membership.at),
    }


def membership_of(row: Any) -> Membership:
    return Membership(
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
