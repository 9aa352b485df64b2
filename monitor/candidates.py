"""Which events may be a story's own: how an index of keys ranks what it finds, the same in the store and in memory. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TypeVar

POSTINGS = 6  # events looked at for one key, the newest: a word of every day costs as much as a rare one
# The least a candidate's keys may weigh: one key that at most five recent events share, or several that more do. Of 640 stories
# with an event of their own, one has less in common with it; of all that shares some key, it is two thirds.
LEAST = 0.2
MOST = 6  # candidates of one story; of those 640, none found its own event after the sixth

T = TypeVar("T", bound=str | int)


def ranked(found: Collection[tuple[str, T, int]]) -> list[T]:
    """Of ``(key, event, last seen)`` the events that share the rarest keys, then the most recently seen, the best first.

    A key shared with one event says more than one shared with many: each counts by one over its events.
    """
    common = Counter(key for key, _, _ in found)
    weight: dict[T, float] = {}
    seen: dict[T, int] = {}
    for key, event, last in found:
        weight[event] = weight.get(event, 0.0) + 1 / common[key]
        seen[event] = last
    enough = [event for event, total in weight.items() if total >= LEAST]
    return sorted(enough, key=lambda event: (weight[event], seen[event], event), reverse=True)[:MOST]
