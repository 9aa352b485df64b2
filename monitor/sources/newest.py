"""Which entries of a long document are read: most feeds have their newest first, some last, and some follow no order at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from heapq import nlargest

_NO_DATE = datetime.min.replace(tzinfo=UTC)


def newest(dates: Sequence[datetime | None], most: int) -> list[int]:
    """The places of at most ``most`` entries, by the date of each: half of them the newest, and a quarter from each end, where
    what is new also stands that has no date or a wrong one. Without dates more are taken from the beginning."""
    ends = most // 4 if len(dates) > most else 0
    between = range(ends, len(dates) - ends)
    chosen = nlargest(most - 2 * ends, between, key=lambda n: (dates[n] or _NO_DATE, -n))
    return [*range(ends), *sorted(chosen), *range(len(dates) - ends, len(dates))]


def told(count: int, most: int, *, more: bool = False) -> str:
    """What is to be known of a document of which not all was read. ``more``: not all of it was counted either."""
    return f"it has {'more than ' if more else ''}{count} entries, of which {most} were read: the newest, the first and the last"
