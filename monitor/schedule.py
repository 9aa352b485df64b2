"""When to ask again and when to try again: pure functions of what is known, ``now`` and one random number.

``rnd`` is uniform in [0, 1). The rules and figures are those of docs/operations.md; ``min_interval`` and ``max_interval``
are the settings' words. A publisher's word (Cache-Control, Expires, ttl, sy:update) is never undercut, up to
``max_interval``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.model import Feed
from monitor.settings.schema import Polling

JITTER = 0.1
FIRST_FAILURE_WAIT = timedelta(minutes=5)
FIRST_SETBACK_WAIT = timedelta(seconds=5)
DAY = timedelta(days=1)
# Where a hub pushes a feed's entries, polling is the safety net: this many times its usual wait.
PUSHED_SLOWER = 4.0
LEAST_HASTE = 1 / 16
# Svix's schedule in spirit: quick at first, about 76 hours in all.
DELIVERY_WAITS = tuple(
    timedelta(seconds=s) for s in (0, 5, 60, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
DELIVERY_JITTER = 0.2
LONGEST_DELIVERY_WAIT = DELIVERY_WAITS[-1] * (1 + DELIVERY_JITTER)
# Times that a shorter wait of the receiver's replaces one of these: it must not use up in seconds what is to last for days.
TOLD_WAITS = 3
LOST_WAITS = tuple(timedelta(seconds=s) for s in (0, 5, 60, 300))
MAX_LOST = 24  # two hours in which whoever sends it dies: nobody is killed by chance so often at the same message


def interval(
    feed: Feed,
    *,
    now: datetime,
    settings: Polling,
    gap_seconds: float | None = None,
    fresh: bool = False,
    haste: float | None = None,
) -> float:
    """The wait that the feed's own rhythm asks for, in seconds, within the settings' bounds and without jitter.

    Half the mean gap between its stories (``gap_seconds``). Where that is not known: the wait it had (``interval_seconds``,
    which is to hold what this function said last), but no less than a 24th of the time since its last story, so that a feed
    silent for a day is asked hourly and a dead one every ``max_interval``. ``fresh``: a changed document was just read.
    ``haste``: what the feed's rhythm is multiplied by, the feed's own where it is left out.
    """
    low, high = settings.min_interval.total_seconds(), settings.max_interval.total_seconds()
    if gap_seconds:
        base = gap_seconds / 2
    elif feed.last_story is not None:
        silence = (now - feed.last_story).total_seconds()
        base = max(0.0 if fresh else feed.interval_seconds, silence / 24)
    else:
        base = 1.5 * feed.interval_seconds  # never a story: ask less and less often
    if gap_seconds:
        base *= feed.haste if haste is None else haste
    return min(max(base, low), high)


def haste(before: float, overlap: float | None) -> float:
    """What an interval is multiplied by from now on, in [1/16, 1], given the share of a document's entries that was known.

    None known: entries were missed, so twice as often; few: a little more often; most: slowly back to the feed's rhythm.
    """
    if overlap is None:
        return before
    factor = 0.5 if overlap == 0 else 0.8 if overlap < 0.25 else 1.1 if overlap > 0.5 else 1.0
    return min(max(before * factor, LEAST_HASTE), 1.0)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a publisher asks of who polls it: ``seconds`` to wait (None: nothing is said), hours and weekdays in UTC to skip."""

    seconds: float | None = None
    skip_hours: Collection[int] = ()
    skip_days: Collection[int] = ()


def after_success(feed: Feed, base: float, wishes: Wishes, *, now: datetime, settings: Polling, rnd: float) -> datetime:
    """The next check after an answer that could be used.

    The ``base`` is what ``interval`` says; the publisher's word lengthens it; the settings bound it; jitter spreads it but never
    takes it below ``min_interval`` or what the publisher asked.
    """
    low, high = settings.min_interval.total_seconds(), settings.max_interval.total_seconds()
    if feed.pushed_until is not None and feed.pushed_until > now:
        base = min(base * PUSHED_SLOWER, high)
    asked = min(wishes.seconds or 0.0, high)
    wait = max(base * (1 - JITTER + 2 * JITTER * rnd), asked, low)
    if asked > base:  # spread above the publisher's word only
        wait = asked * (1 + JITTER * rnd)
    return _not_skipped(now + timedelta(seconds=min(wait, high)), wishes, now, timedelta(seconds=high), rnd)


def _not_skipped(at: datetime, wishes: Wishes, now: datetime, high: timedelta, rnd: float) -> datetime:
    """``at``, moved into the first hour the publisher does not ask us to skip, but never past ``now + high``."""
    moved = at
    while wishes.skip_hours or wishes.skip_days:
        utc = moved.astimezone(UTC)
        if utc.hour not in wishes.skip_hours and utc.weekday() not in wishes.skip_days:
            break
        moved = utc.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1, minutes=10 * rnd)
        if moved - now > high:
            return now + high
    return moved


def after_failure(
    failures: int, *, now: datetime, settings: Polling, rnd: float, retry_after: timedelta | None = None
) -> datetime:
    """The next check after ``failures`` failures in a row: 5 min doubling to a day with jitter; ``retry_after`` is kept.

    With a ``min_interval`` under 5 minutes the first wait is that interval.
    """
    first = min(FIRST_FAILURE_WAIT, max(settings.min_interval, timedelta(seconds=1)))
    wait = min(first.total_seconds() * 2 ** min(max(failures - 1, 0), 20), DAY.total_seconds() / (1 + JITTER))
    wait *= 1 - JITTER + 2 * JITTER * rnd
    asked = timedelta(0) if retry_after is None else rest(retry_after, rnd)
    return now + max(timedelta(seconds=wait), asked)


def after_setback(times: int, *, settings: Polling, rnd: float) -> timedelta:
    """The wait after ``times`` polls in a row (1 or more) whose answers we could not keep: 5 s doubling to ``min_interval``, with
    jitter. A database that was away for a moment costs a moment, a full disk no publisher more than a feed that changes."""
    wait: timedelta = min(FIRST_SETBACK_WAIT * 2 ** min(times - 1, 20), max(settings.min_interval, FIRST_SETBACK_WAIT))
    return wait * (1 - JITTER + 2 * JITTER * rnd)


def rest(retry_after: timedelta, rnd: float) -> timedelta:
    """How long a publisher that asks for it is left alone, a day at most: spread above what it asks, so that the feeds of a
    domain do not come back in one moment."""
    return min(retry_after * (1 + JITTER * rnd), DAY)


def publisher_wait(headers: Mapping[str, str], reading_ttl: float | None, now: datetime) -> float | None:
    """Seconds the publisher asks us to wait, the longest of its words; None where it says nothing usable."""
    waits = [w for w in (_max_age(headers), _expires(headers, now), reading_ttl) if w is not None and w > 0]
    return max(waits) if waits else None


def _max_age(headers: Mapping[str, str]) -> float | None:
    directives = [d.strip().lower() for d in headers.get("cache-control", "").split(",")]
    if "no-store" in directives or "no-cache" in directives:
        return None
    for directive in directives:
        name, _, value = directive.partition("=")
        if name == "max-age" and (seconds := _digits(value.strip('"'))) is not None:
            return max(seconds - (_digits(headers.get("age", "")) or 0.0), 0.0)
    return None


def _digits(text: str) -> float | None:
    """A number of seconds, at most a billion; None for anything but ASCII digits."""
    return min(float(text), 1e9) if text.isascii() and text.isdigit() else None


def _expires(headers: Mapping[str, str], now: datetime) -> float | None:
    if "cache-control" in headers and "max-age" in headers["cache-control"].lower():
        return None  # max-age overrules Expires (RFC 9111, 5.3)
    at = http_date(headers.get("expires", ""))
    return (at - now).total_seconds() if at else None


def http_date(text: str) -> datetime | None:
    """An HTTP date as an aware datetime in UTC, None where it is none."""
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)  # the first and last days may have no other zone
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def retry_after(headers: Mapping[str, str], now: datetime | None) -> timedelta | None:
    """``Retry-After`` in either form (seconds, HTTP date), between 0 and a day; None where absent or unusable.

    Seconds may have a fraction: no standard knows it, and some services write it. ``now`` None: a date cannot be counted from.
    """
    value = headers.get("retry-after", "").strip()
    whole, _, fraction = value.partition(".")
    if (seconds := _digits(whole)) is not None and _digits(fraction or "0") is not None:
        return min(timedelta(seconds=seconds + float(f"0.{fraction[:6] or 0}")), DAY)
    at = http_date(value) if value and now else None
    return None if at is None or now is None else min(max(at - now, timedelta(0)), DAY)


def lost_wait(lost: int) -> timedelta | None:
    """The wait after ``lost`` attempts (1 or more) that never ended; None when no more are to be begun.

    What a killed process was sending goes out again at once; what is under way each time a process dies comes ever later, so
    that others have their turn in between: it may be what the process dies of.
    """
    return None if lost >= MAX_LOST else LOST_WAITS[min(lost, len(LOST_WAITS)) - 1]


def delivery_wait(attempt: int, rnd: float, told: timedelta | None = None) -> timedelta | None:
    """The wait before the attempt after ``attempt`` failed ones (1 or more); None when there is none left.

    ``told``: what the receiver asks for. It is kept, also where it is shorter, but after ``TOLD_WAITS`` attempts no wait is
    shorter than the schedule's.
    """
    if attempt >= len(DELIVERY_WAITS):
        return None
    if told is not None and attempt <= TOLD_WAITS:
        return told
    wait = DELIVERY_WAITS[attempt] * (1 - DELIVERY_JITTER + 2 * DELIVERY_JITTER * rnd)
    return wait if told is None else max(told, wait)
