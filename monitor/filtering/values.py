"""Times and quantities as people write them."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta

from monitor.errors import QueryError

_SCALES: dict[str, dict[str, float]] = {
    "amount": {"": 1, "k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "t": 1e12, "tn": 1e12},
    "capacity": {"": 1, "mw": 1, "gw": 1e3, "kw": 1e-3, "megawatt": 1, "megawatts": 1, "gigawatt": 1e3, "gigawatts": 1e3},
}
FIGURES = {"amount": "dollars as 5e9, 5000000000 or 5bn", "capacity": "megawatts as 500, 500MW or 1.2GW"}  # how they are written
_NUMBER = re.compile(r"\$?\s*([0-9][0-9.,_]*(?:e[+-]?[0-9]{1,3})?|\.[0-9]+)\s*([a-z]*)", re.ASCII)


def parse_number(name: str, text: str) -> float:
    """Dollars (``name`` amount) or megawatts (capacity). ``>=`` may stand before it, as before a severity: it is meant anyway."""
    found = _NUMBER.fullmatch(text.removeprefix(">=").strip().lower())
    scale = _SCALES[name].get(found[2]) if found else None
    try:
        number = float(found[1].replace(",", "")) * scale if found and scale else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise QueryError(f"{name}: {text!r} is not a number; write {FIGURES[name]}", name)
    return number


_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks", "y": "years"}
_AGO = re.compile(r"([0-9]{1,6})\s*(?:([smhdwy])|(second|minute|hour|day|week|year)s?)", re.ASCII)
TIMES = "12h, 7d, 2w, today, yesterday, 2026-01-31 or 2026-01-31T08:00Z"  # how they are written
_DAYS = {"today": 0, "yesterday": 1}  # how long ago each began, in days


def parse_time(text: str, now: datetime, name: str = "") -> datetime:
    """A time ago (``90s``, ``30m``, ``12h``, ``7d``, ``2 weeks``, ``1y``), the beginning of ``today`` or ``yesterday``, or an ISO
    8601 date or time; UTC where no zone is said.

    >>> parse_time("7d", datetime(2026, 1, 8, tzinfo=UTC)).isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    before, given = f"{name}: " if name else "", text.strip()
    if ago := _AGO.fullmatch(given.lower()):
        number, unit = int(ago[1]), ago[2] or ago[3][0]
        span = timedelta(days=365 * number) if unit == "y" else timedelta(**{_UNITS[unit]: number})
        try:
            return now - span
        except OverflowError as error:
            raise QueryError(f"{before}{text!r} is too far in the past", name) from error
    if (days := _DAYS.get(given.lower())) is not None:
        return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
    try:
        when = datetime.fromisoformat(given.replace(" ", "+") if _SPACE_FOR_PLUS.search(given) else given)
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise QueryError(f"{before}{text!r} is not a time; write {TIMES}", name) from error


# An address in which a zone's + was not escaped: it arrives as a space.
_SPACE_FOR_PLUS = re.compile(r"T[0-9:.]+ [0-9]{2}:?[0-9]{2}$")
