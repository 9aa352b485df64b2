"""Whom the HTTP door may dial: nobody who is not public, however it is written, and only the proxy that was named."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
import pytest

from monitor.doors.address_guard import GuardedResolver
from monitor.doors.http_client import HttpClient, shared_tls
from monitor.doors.http_library import guarded_socket
from monitor.doors.http_lines import Lines
from monitor.errors import BlockedAddress, ConnectionFailed
from monitor.interfaces import Answer
from monitor.settings.schema import Network, Polling
from tests.door import Door, asking, run, says


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.1/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://2130706433/",
        "http://0/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25lo]/",
        "http://169.254.169.254/",
        "https://10.1.2.3/",
        "http://localhost/",
        "http://user:secret@192.168.0.1/",
        "http://127。0。0。1/",
    ],
)
def test_addresses_that_are_not_public_are_refused_however_they_are_written(url: str) -> None:
    async def work(door: Door) -> Answer:
        return await door.client.send(httpx.Request("GET", url))

    with pytest.raises(BlockedAddress) as caught:
        run(work, says(200), network=Network())
    assert not caught.value.retry
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://1.2.3.4.5/", "http://99999999999/", "http://%31%32%37.0.0.1/", "http://127%2e0.0.1/"])
def test_hosts_that_are_neither_name_nor_address_reach_no_socket(url: str) -> None:
    async def work(door: Door) -> Answer:
        return await door.client.send(httpx.Request("GET", url))

    with pytest.raises((BlockedAddress, ConnectionFailed)):
        run(work, says(200), network=Network())


def test_the_socket_itself_is_guarded() -> None:
    """Should a connector take something for a literal that we did not, the last look is at what is dialled."""
    for address in ("127.0.0.1", "no-address"):
        with pytest.raises(BlockedAddress):
            guarded_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, 80)), ())
        with pytest.raises(BlockedAddress):
            Lines((), GuardedResolver, shared_tls).judge(address)


def test_a_name_is_refused_if_one_of_its_addresses_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the addresses checked are the addresses dialled, and one bad one spoils the answer."""

    def look_up(*_: Any) -> list[Any]:
        kinds = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kinds, ("93.184.215.14", 80)), (*kinds, ("10.0.0.7", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    async def work(_: Door) -> Answer:
        client = HttpClient(Polling(), Network())
        try:
            return await client.send(httpx.Request("GET", "http://rebind.example/"))
        finally:
            await client.close()

    async def main() -> None:
        with pytest.raises(BlockedAddress, match=r"10\.0\.0\.7"):
            await work(None)  # type: ignore[arg-type]

    asyncio.run(main())


def test_other_schemes_are_refused() -> None:
    async def work(door: Door) -> Answer:
        return await door.client.send(httpx.Request("GET", "ftp://example.org/x"))

    with pytest.raises(BlockedAddress, match="only http"):
        run(work, says(200))


def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert run(asking, says(200, b"direct")).body == b"direct"


def test_a_proxy_named_on_purpose_is_asked_and_literals_stay_guarded() -> None:
    async def work(door: Door) -> None:
        client = HttpClient(Polling(), Network(proxy=f"http://127.0.0.1:{door.port}"))  # type: ignore[arg-type]
        try:
            answer = await client.send(httpx.Request("GET", "http://feed.example/x"))
            assert answer.body == b"by proxy"
            assert door.asked[0][0] == "http://feed.example/x"
            with pytest.raises(BlockedAddress):
                await client.send(httpx.Request("GET", "http://10.0.0.1/"))
        finally:
            await client.close()

    run(work, says(200, b"by proxy"), network=Network())
