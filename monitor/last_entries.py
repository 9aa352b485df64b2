"""The fingerprints of the entries of each feed's last document, as a process remembers them."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Collection

from monitor.model import FeedId

FEEDS_REMEMBERED = 20_000  # of 30 entries each 8 MB; of others the store knows


class LastEntries:
    """Numbers of 48 bits, eight bytes each: a set of them takes eight times as much, and a feed has new ones now and then only.

    The feed that was kept longest ago is forgotten where there are more than ``most``.
    """

    def __init__(self, most: int = FEEDS_REMEMBERED) -> None:
        self._most = most
        self._prints: OrderedDict[FeedId, bytes] = OrderedDict()

    def get(self, feed_id: FeedId) -> frozenset[int] | None:
        """None where nothing is remembered of the feed."""
        found = self._prints.get(feed_id)
        return None if found is None else frozenset(array("Q", found))

    def keep(self, feed_id: FeedId, prints: Collection[int]) -> None:
        self._prints.pop(feed_id, None)
        self._prints[feed_id] = array("Q", prints).tobytes()
        if len(self._prints) > self._most:
            self._prints.popitem(last=False)
