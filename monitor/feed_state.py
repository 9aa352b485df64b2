"""How a poll changes its feed: pure functions from the feed before to the feed after.

``ok`` can be used and says something, ``failing`` could not be used, ``quiet`` answers as it should but what it had to say
has stopped (one of the silent deaths), ``resting`` is not asked. 410 alone ends polling; everything else is probed on, at
least once a day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from monitor import schedule
from monitor.interfaces import Answer, Reading
from monitor.model import Feed, FeedState
from monitor.settings.schema import Polling

OUR_NETWORK = "most hosts cannot be reached: the fault is in our network, not in this feed"
GONE = "the publisher says this feed is gone for good (410); it is not polled until you change its address"
EMPTIED = "the feed is empty, though it had stories before"
NOT_ASKED = "it answers with not modified (304), though it was asked in full"
UNREACHED = "entries were missed, and a page that may hold them failed; it will be fetched again"
FOREIGN = "its titles look like somebody else's: another publisher may have its address"
# A stored address follows a permanent redirect after this many polls that all said so, over this time at least.
MOVED_POLLS, MOVED_FOR = 5, timedelta(days=2)
LONGEST_VALIDATOR = 2000  # characters: servers refuse requests whose headers take a few thousand
SILENT_GAPS = 10  # usual gaps between stories without one
FADING = 0.99  # a poll: what the longest gap loses, so that one holiday does not hide the next death for ever
_Changes = dict[str, Any]  # fields of a feed
_STATUS_WORDS = {
    401: "the address requires a login",
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
    return f"{_STATUS_WORDS.get(status, 'an unusable answer')} ({status})"


def succeeded(
    feed: Feed,
    answer: Answer,
    reading: Reading | None,
    *,
    now: datetime,
    settings: Polling,
    rnd: float,
    overlap: float | None = None,
    foreign: bool = False,
) -> Feed:
    """After an answer that could be used; ``reading`` is None where it held nothing new (304, the same body).

    ``overlap`` is the share of its entries that were known (None: a first poll, or nothing to compare), ``foreign`` says
    that they belong to somebody else.
    """
    words = _words(feed, reading)
    fresh, haste = reading is not None, schedule.haste(feed.haste, overlap)
    gap = _gap(feed, reading, now) if reading else None
    interval = schedule.interval(feed, now=now, settings=settings, gap_seconds=gap, fresh=fresh, haste=haste)
    wishes = schedule.Wishes(
        seconds=schedule.publisher_wait(answer.headers, words["ttl_seconds"], now),
        skip_hours=_numbers(words["skip_hours"]),
        skip_days=_numbers(words["skip_days"]),
    )
    next_check = schedule.after_success(feed, interval, wishes, now=now, settings=settings, rnd=rnd)
    # One replacement for all of it: most polls of most feeds come through here, and each costs 15 µs.
    after: _Changes = {
        **_checked(feed, now, next_check),
        **_moving(feed, answer, now),
        **words,
        **(_changed(feed, reading, gap, now, news=overlap != 1.0) if reading else {}),
        "haste": haste,
        "overruns": feed.overruns + (overlap == 0.0),
        "interval_seconds": interval,
        "failures": 0,
        "last_success": now,
    }
    why = FOREIGN if foreign or _still_foreign(feed) else _silence(feed, after, now)
    return replace(feed, **after, state=FeedState.QUIET if why else FeedState.OK, last_error=why)


def _changed(feed: Feed, reading: Reading, gap: float | None, now: datetime, news: bool) -> _Changes:
    """What a changed document teaches: its title, its rhythm, and, where it holds ``news``, that the feed lives."""
    return {
        "changed_at": now if news or feed.changed_at is None else feed.changed_at,
        "title": reading.title or feed.title,
        "gap_seconds": gap or feed.gap_seconds,
        "longest_gap": max(feed.longest_gap * FADING, longest_gap(reading, now)),
    }


def _words(feed: Feed, reading: Reading | None) -> _Changes:
    """What the last document says of when to ask again: it holds for as long as nothing changes."""
    if reading is None:
        return {"ttl_seconds": feed.ttl_seconds, "skip_hours": feed.skip_hours, "skip_days": feed.skip_days}
    hours, days = (sum(1 << number for number in numbers) for numbers in (reading.skip_hours, reading.skip_days))
    return {"ttl_seconds": reading.ttl_seconds or 0.0, "skip_hours": hours, "skip_days": days}


def _numbers(bits: int) -> frozenset[int]:
    return frozenset(number for number in range(bits.bit_length()) if bits >> number & 1)


def _gap(feed: Feed, reading: Reading, now: datetime) -> float | None:
    """The usual time between a feed's stories, which only a whole document shows."""
    return feed.gap_seconds or None if reading.partial else mean_gap(reading, now)


def _still_foreign(feed: Feed) -> bool:
    """Until a person has looked, whatever happens in between."""
    return feed.state in (FeedState.QUIET, FeedState.FAILING) and feed.last_error.startswith(FOREIGN)


def _told(feed: Feed, why: str) -> str:
    """``why``, behind what a person has not looked at yet."""
    return f"{FOREIGN}; {why}" if _still_foreign(feed) else why


def _silence(feed: Feed, after: _Changes, now: datetime) -> str:
    """Why a feed that answers is quiet all the same; "" where it is not.

    Unchanged for longer than ten times its usual gap, and than any gap lately: a desk that rests on Sundays is not dead.
    """
    since, gap = after.get("changed_at", feed.changed_at), after.get("gap_seconds", feed.gap_seconds)
    if not gap or since is None:
        return ""
    silent = (now - since).total_seconds()
    if silent <= max(SILENT_GAPS * gap, 1.5 * after.get("longest_gap", feed.longest_gap)):
        return ""
    return f"unchanged for {_long(silent)}, though it usually has a story every {_long(gap)}"


def _long(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return "minute or less"


def _moving(feed: Feed, answer: Answer, now: datetime) -> _Changes:
    """Count polls that were answered by permanent redirects alone, and follow them for good when it is time."""
    to = answer.permanent_url
    if not to or to == feed.url:
        return {"moved_to": "", "moved_polls": 0, "moved_since": None} if feed.moved_polls else {}
    if to != feed.moved_to:
        return {"moved_to": to, "moved_polls": 1, "moved_since": now}
    polls = feed.moved_polls + 1
    if polls < MOVED_POLLS or now - (feed.moved_since or now) < MOVED_FOR:
        return {"moved_polls": polls}
    # What it says at its new address was read by these very polls: that was its baseline there.
    given = feed.given_url or feed.url
    return {"url": to, "given_url": given, "moved_to": "", "moved_polls": 0, "moved_since": None}


def read(feed: Feed, answer: Answer, body_digest: str) -> Feed:
    """``feed`` with the validators of an answer whose entries are about to be written in the same transaction."""
    return replace(validated(feed, answer), body_digest=body_digest, baseline_done=True, missed_since=None)


def validated(feed: Feed, answer: Answer) -> Feed:
    """``feed`` with the validators of an answer that holds nothing but what is stored."""
    return replace(feed, etag=_validator(answer, "etag"), last_modified=_validator(answer, "last-modified"))


def unvalidated(feed: Feed) -> Feed:
    """``feed``, which is asked in full at its next poll, and read whatever it says."""
    return replace(feed, etag="", last_modified="", body_digest="")


def _validator(answer: Answer, name: str) -> str:
    """A validator that can be given back as it came; "" where there is none: bytes that are no text cannot be stored."""
    value = answer.headers.get(name, "")
    try:
        value.encode()
    except UnicodeEncodeError:
        return ""
    return value if len(value) <= LONGEST_VALIDATOR else ""


def unreached(feed: Feed, why: str, answer: Answer | None, *, now: datetime, missed_since: datetime | None, rnd: float) -> Feed:
    """``feed``, read, after a page before its newest entries failed with ``answer``: entries that were missed are left behind it.

    No validator is kept, so that the next poll asks in full, and goes on. ``missed_since`` is what was left behind before.
    """
    held = replace(unvalidated(feed), missed_since=missed_since or now)
    asked = _asked_rest(answer, now)
    if asked is not None and held.next_check is not None:
        held = replace(held, next_check=max(held.next_check, now + schedule.rest(asked, rnd)))
    return held if held.last_error else replace(held, last_error=f"{UNREACHED}: {why}")


def missed_since(feed: Feed, *, now: datetime, max_age: timedelta) -> datetime | None:
    """When entries were missed that are still to be reached; None where there are none, or they are too old to tell anybody."""
    since = feed.missed_since
    return since if since is not None and now - since <= max_age else None


def _asked_rest(answer: Answer | None, now: datetime) -> timedelta | None:
    return schedule.retry_after(answer.headers, now) if answer is not None and answer.status in (429, 503) else None


def failed(feed: Feed, why: str, answer: Answer | None, *, now: datetime, settings: Polling, rnd: float) -> Feed:
    """After a poll that brought nothing we can use. Validators stay as they were."""
    asked = _asked_rest(answer, now)
    failures = feed.failures + 1
    next_check = schedule.after_failure(failures, now=now, settings=settings, rnd=rnd, retry_after=asked)
    after = replace(feed, **_checked(feed, now, next_check), state=FeedState.FAILING, failures=failures)
    return replace(after, last_error=_told(feed, why))


def emptied(feed: Feed, answer: Answer, *, now: datetime, settings: Polling, rnd: float) -> Feed:
    """After a document without entries where there were some: quiet, and asked in full until it speaks again."""
    after = succeeded(feed, answer, None, now=now, settings=settings, rnd=rnd)
    return replace(unvalidated(after), state=FeedState.QUIET, last_error=_told(feed, EMPTIED))


def spared(feed: Feed, *, now: datetime, settings: Polling, rnd: float) -> Feed:
    """After a poll that failed when most of them did: it is our network, and the feed is not blamed. One that was well says so,
    since it may never have answered."""
    next_check = schedule.after_failure(1, now=now, settings=settings, rnd=rnd)
    after = replace(feed, **(_checked(feed, now, next_check) | {"polls": feed.polls}))
    return replace(after, last_error=OUR_NETWORK) if feed.state == FeedState.OK else after


def gone(feed: Feed, *, now: datetime) -> Feed:
    """After a 410: the only answer that ends polling."""
    return replace(feed, **_checked(feed, now, now), state=FeedState.RESTING, failures=feed.failures + 1, last_error=GONE)


def lasted(before: Feed, after: Feed, *, now: datetime, settle: timedelta) -> tuple[Feed, bool]:
    """``after`` with its state's age, and whether the operator is to be told of the state now: once a change.

    A failure is told once it has lasted for ``settle``, so that a line that drops for a minute says nothing; what is quiet or
    rests is told at once, and so is the end of what was told.
    """
    if after.state != before.state or after.state_since is None:
        after = replace(after, state_since=now)
    age = abs(now - (after.state_since or now))  # (what a clock that was ahead began is young for no longer)
    young = after.state == FeedState.FAILING and age < settle
    if after.state == after.told_state or young:
        return after, False
    return replace(after, told_state=after.state), True


def _checked(feed: Feed, now: datetime, next_check: datetime) -> _Changes:
    return {"polls": feed.polls + 1, "last_checked": now, "next_check": next_check, "added_at": feed.added_at or now}


def mean_gap(reading: Reading, now: datetime) -> float | None:
    """Mean seconds between the stories of a document's last four weeks; None where fewer than two are dated."""
    times = _times(reading, now)
    return (times[-1] - times[0]).total_seconds() / (len(times) - 1) if len(times) > 1 else None


def longest_gap(reading: Reading, now: datetime) -> float:
    """The longest time in seconds between two stories of a document's last four weeks; 0 where fewer than two are dated."""
    times = _times(reading, now)
    return max(((b - a).total_seconds() for a, b in pairwise(times)), default=0.0)


def _times(reading: Reading, now: datetime) -> list[datetime]:
    floor = now - timedelta(weeks=4)
    return sorted(e.published for e in reading.entries if e.published is not None and floor <= e.published <= now)
