"""What a process remembers of each feed's last document is small, and no more feeds than it may."""

from __future__ import annotations

import random
import tracemalloc

from monitor.last_entries import LastEntries
from monitor.model import FeedId


def prints(number: int, count: int = 30) -> frozenset[int]:
    rnd = random.Random(number)
    return frozenset(rnd.getrandbits(48) for _ in range(count))


def test_the_fingerprints_kept_last_are_known() -> None:
    last = LastEntries()
    last.keep(FeedId("a"), prints(1))
    last.keep(FeedId("a"), prints(2) | {0, 2**48 - 1})
    last.keep(FeedId("b"), frozenset())
    assert last.get(FeedId("a")) == prints(2) | {0, 2**48 - 1}
    assert last.get(FeedId("b")) == frozenset()
    assert last.get(FeedId("c")) is None


def test_the_feed_that_was_kept_longest_ago_is_forgotten() -> None:
    last = LastEntries(most=2)
    for name in "abac":
        last.keep(FeedId(name), prints(3))
    assert [name for name in "abc" if last.get(FeedId(name)) is not None] == ["a", "c"]


def test_a_feed_of_thirty_entries_takes_half_a_kilobyte() -> None:
    last = LastEntries()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for n in range(1000):
            last.keep(FeedId(f"{n:016x}"), prints(n))
        held = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert held / 1000 < 600, "a set of as many numbers takes 3 KB"
