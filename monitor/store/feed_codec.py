"""Feeds to rows and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from monitor.model import Feed, FeedId, FeedState
from monitor.store.values import clean, finite, micros_or_none, micros_or_now, moment_or_none, moment_or_now

FEED_DEFINITION = ("name", "source", "category", "declared", "paused")  # what people decide; a poll never writes it
_STATES = {state.value: state for state in FeedState}
_TEXTS = ("name", "url", "source", "category", "etag", "last_modified", "last_error", "title", "given_url", "moved_to")
_FLOATS = ("interval_seconds", "gap_seconds", "longest_gap", "haste", "ttl_seconds")
_TIMES = (
    *("last_checked", "last_success", "last_story", "moved_since", "changed_at", "added_at", "state_since"),
    *("pushed_until", "missed_since"),
)
_AS_THEY_ARE = (
    *("id", "declared", "paused", "body_digest", "baseline_done"),
    *("failures", "polls", "stories", "matches", "moved_polls", "overruns", "rung", "skip_hours", "skip_days"),
)


_DIGITS = 12  # of one fingerprint


def prints_row(feed_id: FeedId, prints: Iterable[int]) -> dict[str, Any]:
    return {"feed_id": feed_id, "prints": "".join(f"{mark:0{_DIGITS}x}" for mark in prints)}


def prints_of(text: str) -> frozenset[int]:
    return frozenset(int(text[at : at + _DIGITS], 16) for at in range(0, len(text), _DIGITS))


def feed_row(feed: Feed) -> dict[str, Any]:
    return {
        "state": feed.state.value,
        "told_state": feed.told_state.value,
        "next_check": micros_or_now(feed.next_check),
        **{name: getattr(feed, name) for name in _AS_THEY_ARE},
        **{name: clean(getattr(feed, name)) for name in _TEXTS},
        **{name: finite(getattr(feed, name)) for name in _FLOATS},
        **{name: micros_or_none(getattr(feed, name)) for name in _TIMES},
    }


def feed_of(row: Any) -> Feed:
    return Feed(
        id=FeedId(row.id),
        name=row.name,
        url=row.url,
        source=row.source,
        category=row.category,
        declared=row.declared,
        state=_STATES[row.state],
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
        title=row.title,
        given_url=row.given_url,
        moved_to=row.moved_to,
        moved_polls=row.moved_polls,
        moved_since=moment_or_none(row.moved_since),
        changed_at=moment_or_none(row.changed_at),
        added_at=moment_or_none(row.added_at),
        gap_seconds=row.gap_seconds,
        longest_gap=row.longest_gap,
        haste=row.haste,
        overruns=row.overruns,
        rung=row.rung,
        state_since=moment_or_none(row.state_since),
        told_state=_STATES[row.told_state],
        pushed_until=moment_or_none(row.pushed_until),
        missed_since=moment_or_none(row.missed_since),
        ttl_seconds=row.ttl_seconds,
        skip_hours=row.skip_hours,
        skip_days=row.skip_days,
    )
