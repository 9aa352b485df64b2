"""How a poll changes its feed: pure functions from the feed before to the feed after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor import schedule
from monitor.interfaces import Answer, Reading
from monitor.model import Feed, FeedState
from monitor.settings.schema import Polling

GONE = "the publisher says this feed is gone for good (410); it rests until you change its address"
EMPTIED = "the feed is empty, though it had stories before"
_STATUS_WORDS = {
    401: "the address wants a login",
    403: "the publisher refuses us",
    404: "nothing at this address",
    429: "the publisher asks us to slow down",
    500: "the publisher's server failed",
    502: "the publisher's server failed",
    503: "the publisher's server is not available",
    504: "the publisher's server did not answer in time",
}


def status_words(status: int) -> str:
    """An HTTP status in plain words, with its number."""
    return f"{_STATUS_WORDS.get(status, 'an answer we cannot use')} ({status})"


def succeeded(feed: Feed, answer: Answer, reading: Reading | None, *, now: datetime, settings: Polling, rnd: float) -> Feed:
    """After an answer that could be used; ``reading`` is None where it held nothing new (304, the same body)."""
    gap, fresh = mean_gap(reading, now) if reading else None, reading is not None
    interval = schedule.interval(feed, now=now, settings=settings, gap_seconds=gap, fresh=fresh)
    next_check = schedule.after_success(
        feed,
        now=now,
        settings=settings,
        rnd=rnd,
        publisher_seconds=schedule.publisher_wait(answer.headers, reading.ttl_seconds if reading else None, now),
        gap_seconds=gap,
        fresh=fresh,
        skip_hours=reading.skip_hours if reading else frozenset(),
        skip_days=reading.skip_days if reading else frozenset(),
    )
    after = _checked(feed, now, next_check)
    return replace(after, interval_seconds=interval, state=FeedState.OK, failures=0, last_error="", last_success=now)


def read(feed: Feed, answer: Answer, body_digest: str) -> Feed:
    """``feed`` with the validators of an answer whose entries are about to be written in the same transaction."""
    return replace(
        feed,
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
        body_digest=body_digest,
        baseline_done=True,
    )


def failed(feed: Feed, why: str, answer: Answer | None, *, now: datetime, settings: Polling, rnd: float) -> Feed:
    """After a poll that brought nothing we can use. Validators stay as they were."""
    asked = schedule.retry_after(answer.headers, now) if answer is not None and answer.status in (429, 503) else None
    failures = feed.failures + 1
    next_check = schedule.after_failure(failures, now=now, settings=settings, rnd=rnd, retry_after=asked)
    return replace(_checked(feed, now, next_check), state=FeedState.FAILING, failures=failures, last_error=why)


def gone(feed: Feed, *, now: datetime) -> Feed:
    """After a 410: the only answer that ends polling."""
    return replace(_checked(feed, now, now), state=FeedState.RESTING, failures=feed.failures + 1, last_error=GONE)


def _checked(feed: Feed, now: datetime, next_check: datetime) -> Feed:
    return replace(feed, polls=feed.polls + 1, last_checked=now, next_check=next_check)


def mean_gap(reading: Reading, now: datetime) -> float | None:
    """Mean seconds between the stories of a document's last four weeks; None where fewer than two are dated."""
    floor = now - timedelta(weeks=4)
    times = sorted(e.published for e in reading.entries if e.published is not None and floor <= e.published <= now)
    return (times[-1] - times[0]).total_seconds() / (len(times) - 1) if len(times) > 1 else None
