"""Identifiers that sort by time and follow from what they name.

An id is 26 characters of Crockford base32, the form of a ULID: 48 bits of Unix milliseconds, then 80 bits. Unlike a
ULID's, those 80 bits are a BLAKE2b digest of the parts named, so doing a thing twice gives the same id.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from functools import lru_cache

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BEGINNING = re.compile(r"0[0-9A-HJKMNP-TV-Z]{7,25}", re.I)  # the first character is 0 until the year 3084
_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode())


def make_id(when: datetime, *parts: str) -> str:
    """The id of the thing named by ``parts`` that began at ``when`` (aware; years 1970 to 10889)."""
    milliseconds = min(max(int(when.timestamp() * 1000), 0), (1 << 48) - 1)
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return _time_part(milliseconds) + b32encode(digest).translate(_CROCKFORD).decode("ascii")


@lru_cache(maxsize=256)  # a poll makes all of its ids at one time
def _time_part(milliseconds: int) -> str:
    """Ten characters, the first of which says no more than 3 bits."""
    return "".join(ALPHABET[(milliseconds >> shift) & 31] for shift in range(45, -1, -5))


def begins_id(text: str) -> bool:
    """Is ``text`` an id, or as much of the beginning of one as no headline looks like? Small letters do as well."""
    return _BEGINNING.fullmatch(text) is not None


def time_of(made: str) -> datetime:
    """When the thing that ``made`` (of ``make_id``) names began, to the millisecond; the epoch for what is no such id."""
    value = 0
    for character in made[:10]:
        position = ALPHABET.find(character)
        if position < 0:
            return datetime(1970, 1, 1, tzinfo=UTC)
        value = value << 5 | position
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=min(value, (1 << 47) - 1))


def digest(*parts: str, size: int = 16) -> str:
    """A stable hexadecimal digest of ``parts``, ``2 * size`` characters long."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
