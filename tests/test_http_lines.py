"""Lines of our own: what is kept for the next request, what is asked again, and what the standard leaves no doubt about."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import monitor.doors.http_lines as http_lines
from monitor.doors.http_client import HttpClient, written
from monitor.doors.http_head import Doubt, head_of
from monitor.errors import ConnectionFailed, TimedOut
from monitor.interfaces import Answer
from monitor.settings.schema import Network, Polling

LOOPBACK = Network(allow_networks=(ip_network("127.0.0.0/8"),))
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"


class Server:
    """Says ``answers`` one after another, the last of them for ever; None ends the line without a word. Counts its lines."""

    def __init__(self, *answers: bytes | None, ends: bool = False) -> None:
        self._answers, self._ends = list(answers), ends
        self.lines, self.asked = 0, list[bytes]()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.lines += 1
        try:
            while True:
                self.asked.append(await reader.readuntil(b"\r\n\r\n"))
                answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                if answer is None:
                    break
                writer.write(answer)
                await writer.drain()
                if self._ends:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client is done
        finally:
            writer.close()


def run(server: Server, work: Callable[[Callable[[], Awaitable[Answer]]], Awaitable[Any]]) -> Any:
    """``work`` is given a way to ask ``server`` once."""

    async def main() -> Any:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        client = HttpClient(Polling(), LOOPBACK, "movewire/test")
        url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/feed?a=1"

        async def ask() -> Answer:
            return await client.send(httpx.Request("GET", url), read=timedelta(seconds=0.5))

        try:
            return await work(ask)
        finally:
            await client.close()
            listening.close()
            await asyncio.gather(*server._tasks, return_exceptions=True)

    return asyncio.run(main())


async def thrice(ask: Callable[[], Awaitable[Answer]]) -> list[bytes]:
    return [(await ask()).body for _ in range(3)]


@pytest.mark.parametrize(
    "answer",
    [
        OK,
        CHUNKED + b"1\r\no\r\n1;x=y\r\nk\r\n0\r\ntrailer: 1\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + OK,
    ],
)
def test_a_line_is_used_again(answer: bytes) -> None:
    server = Server(answer)
    assert run(server, thrice) == [b"ok"] * 3
    assert server.lines == 1


def test_after_a_304_a_line_is_used_again_whatever_length_it_names() -> None:
    server = Server(b"HTTP/1.1 304 Not Modified\r\ncontent-length: 48000\r\netag: x\r\n\r\n")
    assert run(server, thrice) == [b""] * 3
    assert server.lines == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok",
        OK + b"HTTP/1.1 200 OK\r\n\r\nsmuggled",
    ],
)
def test_a_line_that_ends_or_says_more_than_was_asked_is_not_used_again(answer: bytes) -> None:
    server = Server(answer)
    assert run(server, thrice) == [b"ok"] * 3
    assert server.lines == 3


def test_a_body_without_a_length_goes_on_until_the_line_ends() -> None:
    server = Server(b"HTTP/1.1 200 OK\r\n\r\nok", ends=True)
    assert run(server, thrice) == [b"ok"] * 3


def test_a_kept_line_that_has_ended_is_replaced_and_nobody_notices() -> None:
    server = Server(OK, None, OK)

    async def work(ask: Callable[[], Awaitable[Answer]]) -> list[bytes]:
        return [(await ask()).body, (await ask()).body]

    assert run(server, work) == [b"ok", b"ok"]
    assert server.lines == 2


def test_a_new_line_that_ends_without_a_word_is_a_failed_connection() -> None:
    server = Server(None)
    with pytest.raises(ConnectionFailed, match="line dropped"):
        run(server, thrice)
    assert server.lines == 1


def test_lines_are_let_go_when_they_have_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_lines, "KEPT", 0.0)
    server = Server(OK)

    async def work(ask: Callable[[], Awaitable[Answer]]) -> None:
        await ask()
        while not all(task.done() for task in server._tasks):  # noqa: ASYNC110 - the loop's turns, until the server sees the end
            await asyncio.sleep(0)

    run(server, work)


def test_no_more_lines_are_kept_than_their_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_lines, "MOST_KEPT", {"http": 2, "https": 1})
    server = Server(OK)

    async def work(ask: Callable[[], Awaitable[Answer]]) -> int:
        await asyncio.gather(*(ask() for _ in range(6)))
        before = server.lines
        await asyncio.gather(*(ask() for _ in range(2)))
        return server.lines - before

    assert run(server, work) == 0
    assert server.lines == 6


@pytest.mark.parametrize(
    "doubtful",
    [
        b"HTTP/1.1 200 OK\r\nx-folded: one\r\n two\r\ncontent-length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\ncontent-length: 2\r\n\r\nok",
    ],
)
def test_what_has_to_be_doubted_is_asked_again_by_the_library(doubtful: bytes) -> None:
    """Which may read it or not: here it gets an answer that nobody doubts."""
    server = Server(doubtful, OK)

    async def work(ask: Callable[[], Awaitable[Answer]]) -> bytes:
        return (await ask()).body

    assert run(server, work) == b"ok"
    assert server.lines == 2


@pytest.mark.parametrize(
    "body", [b"zz\r\n", b"\r\n", b"2\r\nokXX0\r\n\r\n", b"-1\r\n", b"1" * 16 + b"\r\n", b"0\r\n" + b"a: b\r\n" * 101]
)
def test_chunks_that_are_none_are_a_failed_connection(body: bytes) -> None:
    with pytest.raises(ConnectionFailed, match="not valid HTTP"):
        run(Server(CHUNKED + body), thrice)


@pytest.mark.parametrize("answer", [CHUNKED + b"5\r\nok", b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok"])
def test_a_body_cut_short_is_a_failed_connection(answer: bytes) -> None:
    with pytest.raises(ConnectionFailed, match="line dropped"):
        run(Server(answer, ends=True), thrice)


def test_a_body_that_stops_coming_is_waited_for_no_longer_than_said() -> None:
    async def work(ask: Callable[[], Awaitable[Answer]]) -> None:
        await ask()

    with pytest.raises(TimedOut, match="in time"):
        run(Server(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok"), work)


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/2 200",
        b"HTTP/1.1 099 X",
        b"ICY 200 OK",
        b"HTTP/1.1 200 OK\r\nname : x",
        b"HTTP/1.1 200 OK\r\nno colon",
        b"HTTP/1.1 200 OK\r\nx: a\x00b",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2",
        b"HTTP/1.1 200 OK\r\ncontent-length: +1",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked",
        b"HTTP/1.1 200 OK" + b"\r\na: b" * 501,
    ],
)
def test_heads_that_two_readers_might_read_differently_are_doubted(raw: bytes) -> None:
    with pytest.raises(Doubt):
        head_of(raw)


def test_values_of_one_name_are_joined_and_the_same_length_twice_is_one() -> None:
    head = head_of(
        b"HTTP/1.1 200\r\nCache-Control: max-age=60\r\ncache-control:  private \r\nContent-Length: 5\r\ncontent-length: 5"
    )
    assert head.headers == {"cache-control": "max-age=60, private", "content-length": "5"}
    assert (head.length, head.chunked, head.stays) == (5, False, True)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_head_or_a_doubt(raw: bytes) -> None:
    with suppress(Doubt):
        head_of(b"HTTP/1.1 200 OK\r\n" + raw)


def test_a_header_cannot_carry_a_second_request() -> None:
    request = httpx.Request("GET", "http://example.org/", headers={"if-none-match": "x\r\nGET /other HTTP/1.1"})
    with pytest.raises(ValueError, match="line end"):
        written(request, "movewire/test")


def test_what_goes_over_the_line() -> None:
    request = httpx.Request("GET", "http://me:s%C3%A4@b\u00fccher.example:8080/f%20e\u00e9d?q=1#part", headers={"A-IM": "feed"})
    assert written(request, "movewire/test").split(b"\r\n") == [
        b"GET /f%20e%C3%A9d?q=1 HTTP/1.1",
        b"Host: xn--bcher-kva.example:8080",
        b"A-IM: feed",
        b"User-Agent: movewire/test",
        b"Accept: */*",
        b"Authorization: Basic bWU6c8Ok",
        b"Accept-Encoding: gzip",
        b"",
        b"",
    ]
