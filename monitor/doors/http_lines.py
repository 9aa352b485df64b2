"""The lean way out: one GET over a line of our own, at a third of the cost of a client library and of its start-up.

It speaks HTTP/1.1 as the standard has it and nothing else. What it has to doubt raises ``Doubt``, and the request is asked
again by the library. A line that may be used again is kept for a few seconds: feeds of one host are asked one after another.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from monitor.doors.address_guard import GuardedResolver, Network, forbidden, literal, refusal
from monitor.doors.http_head import Doubt, Head, head_of
from monitor.errors import BlockedAddress

KEPT = 5.0  # seconds that a line waits for its next request
MOST_KEPT = {"http": 64, "https": 8}  # an idle TLS connection costs 0.44 MB, a plain one next to nothing
MAX_HEAD = 256 * 1024  # bytes of all headers
PIECE = 64 * 1024  # bytes of a body read at once
_FEW = 8  # answers of the 100s before the one that counts
Origin = tuple[str, str, int]  # scheme, host, port
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Unresolved(OSError):
    """The host's name has no address."""


class BrokenBody(ValueError):
    """What comes is not framed as its head said."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds for a connection, and for each piece of what comes."""

    connect: float
    read: float


class Lines:
    """Make it and close it on one event loop."""

    def __init__(self, allow: Collection[Network], resolver: Callable[[], GuardedResolver], tls: Callable[[], ssl.SSLContext]):
        self._allow, self._resolver, self._tls = tuple(allow), resolver, tls
        self._idle: list[tuple[Origin, Stream, float]] = []  # the longest idle first
        self._sweep: asyncio.TimerHandle | None = None

    async def get(self, origin: Origin, request: bytes, waits: Waits) -> Reply:
        """Send ``request``, which is a whole GET, and read the head of its answer.

        Raises Doubt, OSError, TimeoutError, EOFError where the line ends too early, BlockedAddress.
        """
        while (kept := self._kept(origin)) is not None:
            # It may have ended the moment it was used, and a GET may be asked twice (RFC 9112, 9.3.1).
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                return await self._ask(origin, kept, request, waits)
        return await self._ask(origin, await self._dial(origin, waits), request, waits)

    async def _ask(self, origin: Origin, stream: Stream, request: bytes, waits: Waits) -> Reply:
        reader, writer = stream
        try:
            writer.write(request)
            for _ in range(_FEW):
                async with asyncio.timeout(waits.read):
                    raw = await reader.readuntil(b"\r\n\r\n")
                head = head_of(raw[:-4])
                if head.status >= 200:
                    return Reply(self, origin, stream, head, waits)
            raise Doubt("nothing but answers of the 100s")
        except asyncio.IncompleteReadError as end:
            drop(writer)
            if end.partial:
                raise Doubt("the head has no end") from None
            raise
        except asyncio.LimitOverrunError:
            drop(writer)
            raise Doubt("a head of great length") from None
        except BaseException:  # a time-out cancels: a line given up in the middle of an answer is no line to keep
            drop(writer)
            raise

    # -- dialling

    async def _dial(self, origin: Origin, waits: Waits) -> Stream:
        scheme, host, port = origin
        dialled = await self._socket(host, port, waits.connect)
        if scheme == "http":
            return await asyncio.open_connection(sock=dialled, limit=MAX_HEAD)
        try:
            async with asyncio.timeout(waits.read):
                return await asyncio.open_connection(sock=dialled, limit=MAX_HEAD, ssl=self._tls(), server_hostname=host)
        except BaseException:  # cancelled too: nobody else knows the socket
            dialled.close()
            raise

    async def _socket(self, host: str, port: int, wait: float) -> socket.socket:
        """Connected to an address that may be dialled: what is checked is what is dialled."""
        if address := literal(host):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            return await self._connected(family, (address, port), wait)
        try:
            found = await self._resolver().resolve(host, port)
        except socket.gaierror as error:
            raise Unresolved(host) from error
        places = [(answer["family"], (answer["host"], port)) for answer in found]
        if len(places) == 1:
            return await self._connected(*places[0], wait)
        return await self._first_of(places, wait)

    async def _connected(self, family: int, place: tuple[str, int], wait: float) -> socket.socket:
        self.judge(place[0])
        dialled = socket.socket(family, socket.SOCK_STREAM)
        dialled.setblocking(False)
        try:
            async with asyncio.timeout(wait):
                await asyncio.get_running_loop().sock_connect(dialled, place)
        except BaseException:  # cancelled too: nobody else knows the socket
            dialled.close()
            raise
        dialled.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return dialled

    async def _first_of(self, places: list[tuple[int, tuple[str, int]]], wait: float) -> socket.socket:
        """The first of several addresses that answers, each a little later than the one before (RFC 8305)."""
        from aiohappyeyeballs import start_connection  # noqa: PLC0415 - start-up

        for _, (address, _port) in places:
            self.judge(address)
        known = [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", place) for family, place in places]
        async with asyncio.timeout(wait * len(places)):
            return await start_connection(known, happy_eyeballs_delay=0.25, interleave=1)

    def judge(self, address: str) -> None:
        """The last look before dialling. Raises BlockedAddress."""
        if why := forbidden(address, self._allow):
            raise BlockedAddress(address, refusal(address, why))

    # -- lines that wait

    def keep(self, origin: Origin, stream: Stream) -> None:
        """Put a line aside whose answer was read to its end."""
        loop = asyncio.get_running_loop()
        self._idle.append((origin, stream, loop.time()))
        same = [kept for kept in self._idle if kept[0][0] == origin[0]]
        if len(same) > MOST_KEPT[origin[0]]:
            self._idle.remove(same[0])
            drop(same[0][1][1])
        if self._sweep is None:
            self._sweep = loop.call_later(KEPT, self._let_go)

    def _kept(self, origin: Origin) -> Stream | None:
        """The line to ``origin`` that was used last; those that ended meanwhile are dropped."""
        for n in range(len(self._idle) - 1, -1, -1):
            if self._idle[n][0] == origin:
                _, (reader, writer), _ = self._idle.pop(n)
                # What nobody asked for, or an end: either way the line is done for.
                if not reader.at_eof() and not _waiting(reader) and not writer.is_closing():
                    return reader, writer
                drop(writer)
        return None

    def _let_go(self) -> None:
        """Close what has waited long enough, and come again while anything waits."""
        self._sweep = None
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._idle and now - self._idle[0][2] >= KEPT:
            drop(self._idle.pop(0)[1][1])
        if self._idle:
            self._sweep = loop.call_later(self._idle[0][2] + KEPT - now, self._let_go)

    async def close(self) -> None:
        """Close every line that waits."""
        if self._sweep is not None:
            self._sweep.cancel()
        for _, (_, writer), _ in self._idle:
            drop(writer)
        self._idle.clear()
        await asyncio.sleep(0)  # the loop's turn, in which it lets go of them


class Reply:
    """An answer whose head was read. Iterate over its body once, then ``end`` it."""

    def __init__(self, lines: Lines, origin: Origin, stream: Stream, head: Head, waits: Waits) -> None:
        self._lines, self._origin, self._stream, self.head, self._waits = lines, origin, stream, head, waits
        self._whole = head.length == 0

    async def body(self) -> AsyncIterator[bytes]:
        """As it comes, its coding left on. Raises OSError, TimeoutError, EOFError, BrokenBody."""
        if self.head.chunked:
            async for piece in self._chunks():
                yield piece
        elif self.head.length is None:
            while piece := await self._some(PIECE):
                yield piece
        else:
            async for piece in self._exactly(self.head.length):
                yield piece
        self._whole = True

    async def _exactly(self, left: int) -> AsyncIterator[bytes]:
        while left:
            piece = await self._some(min(left, PIECE))
            if not piece:
                raise EOFError
            left -= len(piece)
            yield piece

    async def _some(self, most: int) -> bytes:
        async with asyncio.timeout(self._waits.read):
            return await self._stream[0].read(most)

    async def _line(self) -> bytes:
        try:
            async with asyncio.timeout(self._waits.read):
                return (await self._stream[0].readuntil(b"\r\n"))[:-2]
        except asyncio.LimitOverrunError as error:
            raise BrokenBody("chunks") from error

    async def _chunks(self) -> AsyncIterator[bytes]:
        while size := _chunk_size(await self._line()):
            async for piece in self._exactly(size):
                yield piece
            if await self._line():
                raise BrokenBody("chunks")
        for _ in range(100):  # trailers
            if not await self._line():
                return
        raise BrokenBody("trailers")

    def end(self) -> None:
        """Keep the line where its answer was read to the end, else close it."""
        if self._whole and self.head.stays:
            self._lines.keep(self._origin, self._stream)
        else:
            drop(self._stream[1])


def _chunk_size(line: bytes) -> int:
    digits = line.partition(b";")[0].strip(b" \t")
    if not 0 < len(digits) <= 15 or digits.strip(b"0123456789abcdefABCDEF"):
        raise BrokenBody("chunks")
    return int(digits, 16)


def _waiting(reader: asyncio.StreamReader) -> bool:
    """Has anything come that nobody has read?"""
    return bool(reader._buffer)  # type: ignore[attr-defined]


def drop(writer: asyncio.StreamWriter) -> None:
    """End a line at once: nothing is on its way that anybody waits for."""
    writer.transport.abort()
