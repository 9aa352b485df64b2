"""Bodies of unknown size and honesty, read with bounds: counted on the wire and again after decompression.

httpx would inflate before anybody can count (1.8 KB of doubly gzipped zeros become 1 GiB in one piece), so this is done
here, a piece at a time, with a turn of the event loop between pieces.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping

from monitor.errors import ConnectionFailed, FetchError, TooLarge

PIECE = 256 * 1024  # bytes inflated between two turns of the event loop, about 1 ms
# One gzip body may be several, one after another (RFC 1952, 2.2); nobody honest sends many.
MAX_MEMBERS = 64
GZIP = b"\x1f\x8b"


async def read_body(stream: AsyncIterator[bytes], headers: Mapping[str, str], cap: int, where: str) -> bytes:
    """The body after at most one gzip or deflate coding; no more than ``cap`` bytes on the wire or after it.

    Raises TooLarge, ConnectionFailed for a damaged coding, FetchError for one that was not asked for.
    """
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:18]) > cap:
        raise TooLarge(where, f"the body is larger than {cap} bytes")
    parts: list[bytes] = []
    await read_into(parts, stream, headers, cap, where)
    return b"".join(parts)


async def read_into(parts: list[bytes], stream: AsyncIterator[bytes], headers: Mapping[str, str], cap: int, where: str) -> None:
    """The same, a piece at a time into ``parts``: what was read before an error stays there."""
    codings = [c for c in headers.get("content-encoding", "").lower().replace(" ", "").split(",") if c not in ("", "identity")]
    if not codings:
        await _raw(parts, stream, cap, where)
    elif codings in (["gzip"], ["x-gzip"], ["deflate"]):
        await _inflated(parts, stream, cap, where)
    else:
        raise FetchError(where, f"the body is coded as {', '.join(codings)[:60]!r}; only one coding, gzip, was asked for")


async def _raw(parts: list[bytes], stream: AsyncIterator[bytes], cap: int, where: str) -> None:
    size = 0
    async for chunk in stream:
        size += len(chunk)
        parts.append(chunk)
        if size > cap:
            raise TooLarge(where, f"the body is larger than {cap} bytes")


async def _inflated(parts: list[bytes], stream: AsyncIterator[bytes], cap: int, where: str) -> None:
    inflater, wire = _Inflater(parts, cap, where), 0
    async for chunk in stream:
        wire += len(chunk)
        if wire > cap:
            raise TooLarge(where, f"the body is larger than {cap} bytes on the wire")
        inflater.add(chunk)
        while inflater.step():  # noqa: ASYNC110 - this waits for nothing, it gives the loop its turn
            await asyncio.sleep(0)
    if not inflater.whole:
        raise ConnectionFailed(where, "the compressed body ends too early")


class _Inflater:
    """Inflates what it is given into ``parts``, a piece a step, and refuses to hold more than ``cap`` bytes."""

    def __init__(self, parts: list[bytes], cap: int, where: str) -> None:
        self._parts = parts
        self._cap, self._where = cap, where
        self._size = self._members = 0
        self._left, self._begun = b"", False
        self._inflate = zlib.decompressobj(47)  # gzip or zlib, as the body says

    @property
    def whole(self) -> bool:
        """At the end of a member, or nothing came at all."""
        return self._inflate.eof or not self._begun

    def add(self, chunk: bytes) -> None:
        self._left += chunk
        self._begun = self._begun or bool(chunk)

    def step(self) -> bool:
        """Inflate one piece; is there more to do?"""
        if self._inflate.eof:
            if self._left == GZIP[:1]:
                return False  # perhaps half a head: the next chunk tells
            if self._left[:2] != GZIP or self._members >= MAX_MEMBERS:
                self._left = b""  # padding after the end: not a part of the body
                return False
            self._inflate = zlib.decompressobj(47)
        if not self._left:
            return False
        try:
            part = self._inflate.decompress(self._left, min(PIECE, self._cap - self._size + 1))  # 0 would mean no limit
        except zlib.error as error:
            raise ConnectionFailed(self._where, f"the compressed body is damaged ({error})") from None
        self._left = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self._members += self._inflate.eof
        self._size += len(part)
        self._parts.append(part)
        if self._size > self._cap:
            raise TooLarge(self._where, f"the body is larger than {self._cap} bytes once decompressed")
        return bool(self._left)
