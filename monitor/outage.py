"""Is it them or us? When most hosts cannot be reached at once, it is our network, and no feed is blamed. Pure.

A host counts once, with the last it did. Only hosts that answered before count as signs: one that has been dead for a
week says nothing of our line.

What was asked and cannot be kept, as on a full disk, is our fault too: its feed is due still, and rests all the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import FeedId

WINDOW = timedelta(minutes=5)
LATEST = 12  # hosts looked at
LEAST = 5  # hosts without which nothing is said
MOST = 0.75  # of them unreachable: ours


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    reached: bool
    at: datetime


class Outage:
    """What was heard of hosts lately. ``ours`` says whether it is our network that is down."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, _Seen] = OrderedDict()

    def heard(self, host: str, *, reached: bool, at: datetime) -> None:
        self._seen.pop(host, None)
        self._seen[host] = _Seen(reached=reached, at=at)
        while len(self._seen) > LATEST:
            self._seen.popitem(last=False)

    def ours(self, now: datetime) -> bool:
        lately = [seen for seen in self._seen.values() if now - seen.at <= WINDOW]
        lost = sum(not seen.reached for seen in lately)
        return len(lately) >= LEAST and lost >= MOST * len(lately)


class Setbacks:
    """Feeds whose last poll left nothing behind by a fault of ours. Their rows say that they are due, so that each tick would ask
    them again, and a publisher twice a second for as long as a disk is full."""

    def __init__(self) -> None:
        self._met: dict[FeedId, tuple[int, datetime, timedelta]] = {}  # times in a row, the last one, and the wait from it on

    def met(self, feed_id: FeedId, now: datetime, wait: Callable[[int], timedelta]) -> timedelta:
        """Once more; returns the wait, which ``wait`` gives for so many in a row."""
        times = self._met[feed_id][0] + 1 if feed_id in self._met else 1
        self._met[feed_id] = times, now, wait(times)
        return self._met[feed_id][2]

    def over(self, feed_id: FeedId) -> None:
        self._met.pop(feed_id, None)

    def rests(self, feed_id: FeedId, now: datetime) -> bool:
        if feed_id not in self._met:
            return False
        _, at, wait = self._met[feed_id]
        return at <= now < at + wait  # (a clock that was put back holds nobody up)
