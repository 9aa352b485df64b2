"""What was made of documents of late, known again by their digest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The values of the ``most`` documents asked for last, made by ``make``. Any thread may ask; values are frozen and shared.

    The key is the digest of what a value was made of, so that none can be stale. ``functools.lru_cache`` would keep the text too,
    twice the size of what is made of it: one curly quote makes each of its characters two bytes.
    """

    def __init__(self, make: Callable[[str], T], most: int) -> None:
        self._make, self._most, self._lock = make, most, Lock()
        self._found: OrderedDict[bytes, T] = OrderedDict()

    def __call__(self, text: str) -> T:
        key = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
        with self._lock:
            if (found := self._found.get(key)) is not None:
                self._found.move_to_end(key)
                return found
        made = self._make(text)
        with self._lock:
            self._found[key] = made
            if len(self._found) > self._most:
                self._found.popitem(last=False)
        return made

    def cache_clear(self) -> None:
        """Forgets them all, as what ``functools.lru_cache`` makes does: the next of each is made anew."""
        with self._lock:
            self._found.clear()

    def __len__(self) -> int:
        return len(self._found)
