"""Waits, broken lines and servers that are not there, each a failure of the HTTP door in plain words."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from monitor.doors.http_client import HttpClient
from monitor.errors import ConnectionFailed, FetchError, MovewireError, TimedOut
from monitor.interfaces import Answer
from monitor.settings.schema import Polling
from tests.door import LOOPBACK, Door, Talk, asking, head, run, says


async def _never(_p: str, _h: dict[str, str], _b: bytes, _w: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def _trickle(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {}, 1_000_000))
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("talk", "options"),
    [
        (_never, {"read": timedelta(seconds=0.1)}),
        (_never, {"total": timedelta(seconds=0.1)}),
        (_trickle, {"total": timedelta(seconds=0.2), "read": timedelta(seconds=5)}),
    ],
)
def test_no_wait_is_without_end(talk: Talk, options: dict[str, timedelta]) -> None:
    async def work(door: Door) -> Answer:
        return await door.get(**options)

    with pytest.raises(TimedOut) as caught:
        run(work, talk)
    assert caught.value.retry


async def _drop(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _cut(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {}, 100) + b"half")


async def _gibberish(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.7\r\n\r\n")


async def _bad_chunks(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {"transfer-encoding": "chunked"}) + b"zz\r\nnot a size\r\n")


@pytest.mark.parametrize("talk", [_drop, _cut, _gibberish, _bad_chunks])
def test_a_broken_answer_is_a_failed_connection_in_plain_words(talk: Talk) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        run(asking, talk)
    assert caught.value.retry
    assert caught.value.where.endswith("/…")
    assert "Error" not in caught.value.why or "valid HTTP" in caught.value.why


def test_nobody_listening_and_no_such_name_are_failed_connections() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    async def work(door: Door) -> None:
        with pytest.raises(ConnectionFailed, match="no connection"):
            await door.client.send(httpx.Request("GET", f"http://127.0.0.1:{port}/"))
        with pytest.raises(ConnectionFailed, match="cannot be resolved"):
            await door.client.send(httpx.Request("GET", "http://no-such-host.invalid/"))

    run(work, says(200))


def test_a_plain_server_asked_for_tls_is_a_failed_connection() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        client = HttpClient(Polling(), LOOPBACK)
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionFailed, match="TLS"):
            await client.send(httpx.Request("GET", f"https://127.0.0.1:{port}/"))
        await client.close()
        server.close()

    asyncio.run(main())


def _every_file(hard: int) -> list[int]:
    """Files opened until no more may be, with a limit little above what is open."""
    top, held = max(int(one.name) for one in Path("/dev/fd").iterdir()), list[int]()
    resource.setrlimit(resource.RLIMIT_NOFILE, (top + 16, hard))
    with suppress(OSError):
        while True:
            held.append(os.open(os.devnull, os.O_RDONLY))
    return held


def test_where_this_process_may_open_no_socket_more_nobody_is_blamed_who_is_asked() -> None:
    """Feeds had been told to fail by it, and a channel by another's fault."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    held: list[int] = []

    async def ask() -> None:
        client = HttpClient(Polling(), LOOPBACK)
        held.extend(_every_file(hard))
        with pytest.raises(MovewireError, match=r"Too many open files: raise the limit \(ulimit -n\)") as raised:
            await client.send(httpx.Request("GET", "http://127.0.0.1:9/"))
        assert not isinstance(raised.value, FetchError)

    try:
        asyncio.run(ask())
    finally:
        for one in held:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
