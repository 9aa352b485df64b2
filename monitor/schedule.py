"""When to ask again and when to try again: pure functions of what is known, ``now`` and one random number.

``rnd`` is uniform in [0, 1). The rules and figures are those of docs/operations.md; ``min_interval`` and ``max_interval``
are the settings' words. A publisher's word (Cache-Control, Expires, ttl, sy:update) is never undercut, up to
``max_interval``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.model import Feed
from monitor.settings.schema import Polling

JITTER = 0.1
FIRST_FAILURE_WAIT = timedelta(minutes=5)
DAY = timedelta(days=1)
# Svix's schedule in spirit: quick at first, about 76 hours in all.
DELIVERY_WAITS = tuple(
    timedelta(seconds=s) for s in (0, 5, 60, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
DELIVERY_JITTER = 0.2


def after_success(
    feed: Feed,
    *,
    now: datetime,
    settings: Polling,
    rnd: float,
    publisher_seconds: float | None = None,
    gap_seconds: float | None = None,
    skip_hours: Collection[int] = (),
    skip_days: Collection[int] = (),
) -> datetime:
    """The next check after an answer that could be used.

    The base is half the feed's mean gap between stories (``gap_seconds``), else the wait it had before; the publisher's
    word lengthens it; the settings bound it; jitter spreads it but never takes it below what the publisher asked.
    """
    low, high = settings.min_interval.total_seconds(), settings.max_interval.total_seconds()
    base = gap_seconds / 2 if gap_seconds else (feed.interval_seconds or low)
    base = min(max(base, low), high)
    asked = min(publisher_seconds or 0.0, high)
    wait = base * (1 - JITTER + 2 * JITTER * rnd)
    wait = min(max(wait, asked, low * (1 - JITTER)), high)
    if asked > base:  # above the publisher's word only, never below it
        wait = min(asked * (1 + JITTER * rnd), high)
    return _not_skipped(now + timedelta(seconds=wait), now, timedelta(seconds=high), skip_hours, skip_days)


def _not_skipped(at: datetime, now: datetime, high: timedelta, hours: Collection[int], days: Collection[int]) -> datetime:
    """``at``, moved to the first hour the publisher does not ask us to skip, but never past ``now + high``."""
    if not hours and not days:
        return at
    moved = at
    while moved - now <= high:
        utc = moved.astimezone(UTC)
        if utc.hour not in hours and utc.weekday() not in days:
            return moved
        moved = (moved + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return max(at, now + high)


def after_failure(
    failures: int, *, now: datetime, settings: Polling, rnd: float, retry_after: timedelta | None = None
) -> datetime:
    """The next check after ``failures`` failures in a row: 5 min doubling to a day with jitter; ``retry_after`` is kept.

    With a ``min_interval`` under 5 minutes the first wait is that interval.
    """
    first = min(FIRST_FAILURE_WAIT, max(settings.min_interval, timedelta(seconds=1)))
    wait = min(first.total_seconds() * 2 ** min(max(failures - 1, 0), 20), DAY.total_seconds() / (1 + JITTER))
    wait *= 1 - JITTER + 2 * JITTER * rnd
    if retry_after is not None:
        wait = max(wait, min(retry_after, DAY).total_seconds())
    return now + timedelta(seconds=wait)


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
        if name == "max-age" and value.strip('"').isdigit():
            age = headers.get("age", "")
            return max(float(value.strip('"')) - (float(age) if age.isdigit() else 0.0), 0.0)
    return None


def _expires(headers: Mapping[str, str], now: datetime) -> float | None:
    if "cache-control" in headers and "max-age" in headers["cache-control"].lower():
        return None  # max-age overrules Expires (RFC 9111, 5.3)
    at = http_date(headers.get("expires", ""))
    return (at - now).total_seconds() if at else None


def http_date(text: str) -> datetime | None:
    """An HTTP date as an aware datetime in UTC, None where it is none."""
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """``Retry-After`` in either form (seconds, HTTP date), between 0 and a day; None where absent or unusable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), DAY.total_seconds()))
    at = http_date(value) if value else None
    return None if at is None else min(max(at - now, timedelta(0)), DAY)


def delivery_wait(attempt: int, rnd: float) -> timedelta | None:
    """The wait before the attempt after ``attempt`` failed ones (1 or more); None when there is none left."""
    if attempt >= len(DELIVERY_WAITS):
        return None
    return DELIVERY_WAITS[attempt] * (1 - DELIVERY_JITTER + 2 * DELIVERY_JITTER * rnd)
