"""Is it them or us? When most hosts cannot be reached at once, it is our network, and no feed is blamed. Pure.

A host counts once, with the last it did. Only hosts that answered before count as signs: one that has been dead for a
week says nothing of our line.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

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
