"""Hours of the day in a time zone: is it quiet, when does that end, when is the next digest. Pure; instants are in UTC.

What people write is wall-clock time; what we keep are instants. On the night the clocks go forward a time that does not exist
means the moment of the change; on the night they go back a span begins at the first occurrence of its start and ends at the
second of its end, so that quiet is never cut short, and a digest goes out once, at the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60  # minutes
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_DAILY = re.compile(r"daily\s+(\S+)")
_LONGEST = 15  # days that spans may follow each other without a gap; a week that is all quiet never ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From ``start`` to ``end``, minutes after midnight; over midnight where ``end`` is not after ``start``.

    ``days`` are those it begins on, Monday is 0; none means every day.
    """

    start: int
    end: int
    days: frozenset[int] = frozenset()

    def words(self) -> str:
        """``22:00 to 07:00``, ``00:00 to 24:00 sat sun``."""
        days = " ".join(DAYS[day] for day in sorted(self.days))
        return f"{clock_words(self.start)} to {clock_words(self.end)} {days}".rstrip()

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """The instants it begins and ends where it begins on ``day``; None where it does not."""
        if self.days and day.weekday() not in self.days:
            return None
        last = day if self.end > self.start else day + timedelta(days=1)
        return instant(day, self.start, zone), instant(last, self.end, zone, second=True)


def clock_minutes(text: str) -> int:
    """``"22:30"`` to 1350; ``"24:00"`` is the end of the day. Raises ValueError."""
    found = _CLOCK.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minutes > DAY:
        raise ValueError("expected a time such as 08:00")
    return minutes


def clock_words(minutes: int) -> str:
    """1350 to ``"22:30"``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def zone_of(name: str) -> ZoneInfo:
    """The time zone of an IANA name. Raises ValueError where there is none."""
    try:
        return _zone(name)
    except (KeyError, OSError, ValueError) as error:  # each of them, by what is odd about the name
        raise ValueError("expected a time zone such as Europe/Berlin or UTC") from error


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def instant(day: date, minutes: int, zone: ZoneInfo, second: bool = False) -> datetime:
    """The moment the clocks of ``zone`` show this time; the later of two where ``second``, the change where there is none."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 - wall-clock time, zone below
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early <= late:  # alike, or the hour that comes twice
        return late if second else early
    low, high = late, early  # the hour that is missing: the change lies between the two readings of it
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high.replace(microsecond=0)


def current(spans: Sequence[Span], zone: ZoneInfo, now: datetime) -> Span | None:
    """The first of ``spans`` that ``now`` lies in."""
    today = now.astimezone(zone).date()
    for span in spans:
        for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
            times = span.on(day, zone)
            if times and times[0] <= now < times[1]:
                return span
    return None


def ends(spans: Sequence[Span], zone: ZoneInfo, now: datetime) -> datetime:
    """When the last of the spans that follow on each other from ``now`` has ended; ``now`` where none holds.

    Raises ValueError where there is no end within two weeks.
    """
    at, limit = now, now + timedelta(days=_LONGEST)
    while at < limit:
        today = at.astimezone(zone).date()
        times = (span.on(today + timedelta(days=n), zone) for span in spans for n in (-1, 0, 1))
        after = max((end for start, end in filter(None, times) if start <= at < end), default=at)
        if after == at:
            return at
        at = after
    raise ValueError("expected hours that end: these leave no minute of the week")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a digest goes out: at ``minutes`` after midnight every day, or every full hour where it is None."""

    minutes: int | None = None

    @classmethod
    def of(cls, text: str) -> Rhythm:
        """``hourly`` or ``daily HH:MM``. Raises ValueError."""
        if text.strip() == "hourly":
            return cls()
        found = _DAILY.fullmatch(text.strip())
        try:
            minutes = clock_minutes(found[1]) if found else DAY
        except ValueError:
            minutes = DAY
        if minutes == DAY:
            raise ValueError("expected hourly or daily HH:MM, such as daily 08:00")
        return cls(minutes=minutes)

    def words(self) -> str:
        """As people write it: what ``of`` reads."""
        return "hourly" if self.minutes is None else f"daily {clock_words(self.minutes)}"

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first due moment after ``now``."""
        if self.minutes is None:
            return _next_hour(now, zone)
        today = now.astimezone(zone).date()
        due = (instant(today + timedelta(days=n), self.minutes, zone) for n in range(-1, 4))
        return next(at for at in due if at > now)


def _next_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """The next moment at which the clocks of ``zone`` show a full hour, over changes of half an hour too."""
    at = now
    while True:
        local = at.astimezone(zone)
        at += timedelta(hours=1) - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        if at.astimezone(zone).minute == 0:
            return at.astimezone(UTC)
