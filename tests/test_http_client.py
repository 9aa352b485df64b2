"""The HTTP door against real sockets on 127.0.0.1: what it asks with, that it keeps turning, that it ends."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
from datetime import timedelta
from typing import Any

import httpx
import pytest

from monitor.doors.http_client import HttpClient
from monitor.errors import ConnectionFailed
from monitor.interfaces import Answer
from monitor.settings.schema import Network, Polling
from tests.door import Door, Talk, asking, head, run, says


def test_an_answer_comes_back_whole_with_lower_case_headers() -> None:
    answer = run(asking, says(200, b"hello", {"ETag": '"one"', "X-Mixed-Case": "Yes"}))
    assert (answer.status, answer.body, answer.headers["etag"], answer.headers["x-mixed-case"]) == (200, b"hello", '"one"', "Yes")
    assert answer.url.startswith("http://127.0.0.1:")
    assert answer.permanent_url == ""


def test_every_request_says_who_asks_and_wants_gzip_only() -> None:
    async def work(door: Door) -> dict[str, str]:
        await door.get(headers={"if-none-match": '"x"', "accept-encoding": "br, zstd"})
        return door.asked[0][1]

    said = run(work, says(304))
    assert said["user-agent"] == "movewire/test (+ops@example.org)"
    assert said["accept-encoding"] == "gzip"
    assert said["if-none-match"] == '"x"'
    assert "cookie" not in said


def test_the_callers_request_is_left_as_it_was() -> None:
    request = httpx.Request("POST", "http://127.0.0.1:1/x", content=b"{}", headers={"x-own": "1"})

    async def work(door: Door) -> None:
        again = httpx.Request("POST", door.url("/x"), content=b"{}", headers=request.headers)
        before = dict(again.headers)
        await door.client.send(again)
        assert dict(again.headers) == before
        assert door.asked[0][2] == b"{}"
        assert door.asked[0][1]["x-own"] == "1"

    run(work, says(200))


async def _stall_after_the_head(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {}, 100) + b"thanks")
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("talk", "begins"),
    [
        (says(200, b"x" * 10_000), b"x" * 1000),
        (says(200, gzip.compress(b"x" * 10_000), {"content-encoding": "gzip"}), b"x" * 1000),
        (says(200, b"not gzip", {"content-encoding": "gzip"}), b""),
        (says(200, b"?", {"content-encoding": "br"}), b""),
        (_stall_after_the_head, b"thanks"),
    ],
)
def test_where_only_the_status_counts_no_body_spoils_it(talk: Talk, begins: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver that took a delivery has taken it, whatever it writes after its status line."""
    monkeypatch.setattr("monitor.doors.http_client.START_OF_BODY", 0.2)

    async def work(door: Door) -> Answer:
        return await door.get(max_body=1000, body_matters=False)

    answer = run(work, talk)
    assert (answer.status, answer.body) == (200, begins)


def test_a_body_that_is_slow_when_the_time_is_nearly_over_spoils_no_status() -> None:
    """The request's own end would come before that of the body: what was taken would be sent again."""

    async def work(door: Door) -> Answer:
        return await door.get(body_matters=False, total=timedelta(seconds=0.5))

    answer = run(work, _stall_after_the_head)
    assert (answer.status, answer.body) == (200, b"thanks")


def test_large_headers_of_honest_sites_are_read() -> None:
    assert run(asking, says(200, b"ok", {"content-security-policy": "x" * 20_000})).body == b"ok"


def test_slow_name_servers_hold_up_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    release, real = threading.Event(), socket.getaddrinfo

    def slow(host: str, *rest: Any) -> Any:
        if host == "slow.example":
            release.wait(10)
            raise socket.gaierror("no")
        return real(host, *rest)

    monkeypatch.setattr(socket, "getaddrinfo", slow)

    async def work(door: Door) -> None:
        try:
            late = [asyncio.create_task(door.client.send(httpx.Request("GET", "http://slow.example/"))) for _ in range(8)]
            await asyncio.sleep(0)
            assert (await door.get()).body == b"fast"
            assert await asyncio.to_thread(lambda: "free") == "free"
        finally:
            release.set()
        assert all(isinstance(e, ConnectionFailed) for e in await asyncio.gather(*late, return_exceptions=True))

    run(work, says(200, b"fast"))


def test_many_requests_at_once_all_come_back() -> None:
    async def work(door: Door) -> list[Answer]:
        return await asyncio.gather(*(door.get(f"/{n}") for n in range(50)))

    assert {a.body for a in run(work, says(200, b"x"))} == {b"x"}


def test_a_client_that_asked_nothing_closes_quietly() -> None:
    asyncio.run(HttpClient(Polling(), Network()).close())
