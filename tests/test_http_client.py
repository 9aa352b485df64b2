"""The HTTP door against real sockets on 127.0.0.1: every bound, every refusal, every translation."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
import zlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import httpx
import pytest

from monitor.address_guard import GuardedResolver
from monitor.errors import BlockedAddress, ConnectionFailed, FetchError, TimedOut, TooLarge, TooManyRedirects
from monitor.http_client import HttpClient, shared_tls
from monitor.http_library import guarded_socket
from monitor.http_lines import Lines
from monitor.interfaces import Answer
from monitor.settings.schema import Network, Polling

LOOPBACK = Network(allow_networks=(ip_network("127.0.0.0/8"),))
Talk = Callable[[str, dict[str, str], bytes, asyncio.StreamWriter], Awaitable[None]]


def head(status: int, headers: dict[str, str] | None = None, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status} X", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if length is not None:
        lines.append(f"content-length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Door:
    """A server in this very loop and the client that asks it. ``asked`` is every request: path, headers, body."""

    def __init__(self, talk: Talk, polling: Polling, network: Network) -> None:
        self._talk, self.asked = talk, list[tuple[str, dict[str, str], bytes]]()
        self.client = HttpClient(polling, network, "movewire/test (+ops@example.org)")
        self.port = 0

    async def __aenter__(self) -> Door:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    _tasks: set[asyncio.Task[Any]]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks = {*getattr(self, "_tasks", set()), asyncio.current_task()}  # type: ignore[arg-type]
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            path = lines[0].split(" ")[1]
            self.asked.append((path, {**headers, ":method": lines[0].split(" ")[0]}, body))
            await self._talk(path, headers, body, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as some tests want
        finally:
            writer.close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def get(self, path: str = "/", *, headers: dict[str, str] | None = None, **options: Any) -> Answer:
        return await self.client.send(httpx.Request("GET", self.url(path), headers=headers), **options)


def run(work: Callable[[Door], Awaitable[Any]], talk: Talk, network: Network = LOOPBACK, **polling: Any) -> Any:
    async def main() -> Any:
        async with Door(talk, Polling(**polling), network) as door:
            door._tasks = set()
            return await work(door)

    return asyncio.run(main())


def says(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> Talk:
    async def talk(_path: str, _headers: dict[str, str], _body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head(status, headers, len(body)) + body)

    return talk


async def asking(door: Door) -> Answer:
    return await door.get()


def test_an_answer_comes_back_whole_with_lower_case_headers() -> None:
    answer = run(asking, says(200, b"hello", {"ETag": '"one"', "X-Mixed-Case": "Yes"}))
    assert (answer.status, answer.body, answer.headers["etag"], answer.headers["x-mixed-case"]) == (200, b"hello", '"one"', "Yes")
    assert answer.url.startswith("http://127.0.0.1:")
    assert answer.permanent_url == ""
    assert answer.elapsed_seconds > 0


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


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "identity, gzip"])
def test_one_gzip_coding_is_taken_off(coding: str) -> None:
    text = b"<rss/>" * 1000
    assert run(asking, says(200, gzip.compress(text), {"content-encoding": coding})).body == text


def test_deflate_members_and_padding_are_read_as_browsers_do() -> None:
    assert run(asking, says(200, zlib.compress(b"abc"), {"content-encoding": "deflate"})).body == b"abc"
    two = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0padding"
    assert run(asking, says(200, two, {"content-encoding": "gzip"})).body == b"one two"


def test_members_cut_anywhere_by_the_network_are_joined() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"two")

    async def talk(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"content-encoding": "gzip"}, len(data)))
        for at in range(len(data)):
            writer.write(data[at : at + 1])
            await writer.drain()

    assert run(asking, talk).body == b"one two"


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "gzip,deflate", "made-up"])
def test_any_other_coding_is_refused(coding: str) -> None:
    with pytest.raises(FetchError, match="only one coding") as caught:
        run(asking, says(200, gzip.compress(gzip.compress(b"x")), {"content-encoding": coding}))
    assert not caught.value.retry


@pytest.mark.parametrize(
    "body",
    [b"not gzip at all", gzip.compress(bytes(range(256)), mtime=0)[:90], gzip.compress(b"", mtime=0)[:10]],
    ids=("none", "cut", "head alone"),
)
def test_a_damaged_or_cut_coding_is_a_failed_answer(body: bytes) -> None:
    with pytest.raises(ConnectionFailed, match="compressed body"):
        run(asking, says(200, body, {"content-encoding": "gzip"}))


def test_a_bomb_is_stopped_at_the_cap_and_the_loop_keeps_turning() -> None:
    """200 MB of zeros in 200 KB, inflated in pieces: nothing holds the loop for 50 ms of CPU."""
    bomb = gzip.compress(bytes(200_000_000), 6)

    async def work(door: Door) -> float:
        gaps, stop = [0.0], False

        async def tick() -> None:
            last = time.thread_time()
            while not stop:
                await asyncio.sleep(0)
                gaps.append(time.thread_time() - last)
                last = time.thread_time()

        ticker = asyncio.create_task(tick())
        with pytest.raises(TooLarge, match="once decompressed"):
            await door.get()
        stop = True
        await ticker
        return max(gaps)

    assert run(work, says(200, bomb, {"content-encoding": "gzip"})) < 0.05


def test_a_large_honest_body_leaves_the_loop_turning() -> None:
    text = b"".join(b"<item>%d</item>" % n for n in range(700_000))
    body = gzip.compress(text, 1)

    async def work(door: Door) -> tuple[bool, float]:
        worst, last = 0.0, time.thread_time()
        task = asyncio.create_task(door.get())
        while not task.done():
            await asyncio.sleep(0)
            worst, last = max(worst, time.thread_time() - last), time.thread_time()
        return (await task).body == text, worst

    same, worst = run(work, says(200, body, {"content-encoding": "gzip"}))
    assert same
    assert worst < 0.05


@pytest.mark.parametrize("sized", [True, False])
def test_a_body_over_the_cap_on_the_wire_is_refused(sized: bool) -> None:
    async def talk(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"connection": "close"}, 10_000 if sized else None))
        for _ in range(10):
            writer.write(b"x" * 1000)
            await writer.drain()

    async def work(door: Door) -> Answer:
        return await door.get(max_body=4000)

    with pytest.raises(TooLarge, match="larger than 4000 bytes"):
        run(work, talk)


def test_incompressible_gzip_over_the_cap_is_refused_on_the_wire() -> None:
    async def talk(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"content-encoding": "gzip", "connection": "close"}))
        for _ in range(100):
            writer.write(gzip.compress(b""))
            await writer.drain()

    async def work(door: Door) -> Answer:
        return await door.get(max_body=1024)

    with pytest.raises(TooLarge, match="on the wire"):
        run(work, talk)


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
    monkeypatch.setattr("monitor.http_client.START_OF_BODY", 0.2)

    async def work(door: Door) -> Answer:
        return await door.get(max_body=1000, body_matters=False)

    answer = run(work, talk)
    assert (answer.status, answer.body) == (200, begins)


def test_large_headers_of_honest_sites_are_read() -> None:
    assert run(asking, says(200, b"ok", {"content-security-policy": "x" * 20_000})).body == b"ok"


# -- redirects


def redirecting(hops: dict[str, tuple[int, str]], last: bytes = b"there") -> Talk:
    async def talk(path: str, headers: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        status, location = hops.get(path, (200, ""))
        location = location.replace("HOST", headers["host"])
        writer.write(head(status, {"location": location} if location else {}, 0 if location else len(last)))
        writer.write(b"" if location else last)

    return talk


def test_redirects_are_followed_and_permanent_only_if_all_were() -> None:
    async def work(door: Door) -> tuple[Answer, str]:
        return await door.get("/a"), door.url("/c?d=1")

    answer, target = run(work, redirecting({"/a": (301, "/b"), "/b": (308, "http://HOST/c?d=1#part")}))
    assert (answer.body, answer.url, answer.permanent_url) == (b"there", target, target)
    answer, target = run(work, redirecting({"/a": (301, "/b"), "/b": (302, "/c?d=1")}))
    assert (answer.url, answer.permanent_url) == (target, "")


def test_a_redirect_is_an_answer_where_it_is_not_to_be_followed() -> None:
    async def work(door: Door) -> Answer:
        return await door.get("/a", follow_redirects=False)

    answer = run(work, redirecting({"/a": (302, "/b")}))
    assert (answer.status, answer.headers["location"]) == (302, "/b")


@pytest.mark.parametrize(("limit", "fine"), [(2, True), (1, False)])
def test_redirects_are_counted(limit: int, fine: bool) -> None:
    async def work(door: Door) -> Answer:
        return await door.get("/a")

    talk = redirecting({"/a": (302, "/b"), "/b": (303, "/c")})
    if fine:
        assert run(work, talk, max_redirects=limit).body == b"there"
    else:
        with pytest.raises(TooManyRedirects, match="more than 1"):
            run(work, talk, max_redirects=limit)


def test_a_loop_of_redirects_ends() -> None:
    async def work(door: Door) -> None:
        with pytest.raises(TooManyRedirects):
            await door.get("/a")
        assert len(door.asked) == 6

    run(work, redirecting({"/a": (302, "/a")}))


@pytest.mark.parametrize(
    "target", ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1", "data:,x"]
)
def test_a_redirect_to_what_is_no_web_address_is_refused(target: str) -> None:
    async def work(door: Door) -> Answer:
        return await door.get("/a")

    with pytest.raises(TooManyRedirects):
        run(work, redirecting({"/a": (302, target)}))


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://0x0a.1/",
        "http://10.0.0.1./",
        "http://2852039166/",
        "http://[::ffff:10.0.0.1]/",
    ],
)
def test_each_hop_passes_the_guard(target: str) -> None:
    async def work(door: Door) -> Answer:
        return await door.get("/a")

    with pytest.raises(BlockedAddress, match="not public"):
        run(work, redirecting({"/a": (302, target)}))


def test_secrets_do_not_travel_to_another_origin() -> None:
    """localhost and 127.0.0.1 are one server here and two origins: exactly what is needed."""
    secrets = {"authorization": "Bearer x", "cookie": "a=b", "x-api-key": "k", "proxy-authorization": "Basic eA=="}

    async def work(door: Door) -> list[dict[str, str]]:
        await door.get("/a", headers={**secrets, "if-none-match": '"v"', "accept": "text/xml"})
        return [headers for _, headers, _ in door.asked]

    async def talk(path: str, headers: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        port = headers["host"].partition(":")[2]
        target = {"/a": "/b", "/b": f"http://localhost:{port}/c"}.get(path)
        writer.write(head(302, {"location": target}, 0) if target else head(200, {}, 0))

    first, same, other = run(work, talk)
    assert secrets.items() <= first.items()
    assert secrets.items() <= same.items()
    assert not secrets.keys() & other.keys()
    assert (other["if-none-match"], other["accept"]) == ('"v"', "text/xml")


def test_a_post_stays_one_after_307_only() -> None:
    async def work(door: Door, path: str) -> tuple[str, bytes, dict[str, str]]:
        await door.client.send(httpx.Request("POST", door.url(path), content=b"{}", headers={"content-type": "application/json"}))
        _, headers, body = door.asked[-1]
        return headers[":method"], body, headers

    talk = redirecting({"/keep": (307, "/end"), "/turn": (302, "/end")})
    method, body, headers = run(lambda door: work(door, "/keep"), talk)
    assert (method, body, headers["content-type"]) == ("POST", b"{}", "application/json")
    method, body, headers = run(lambda door: work(door, "/turn"), talk)
    assert (method, body) == ("GET", b"")
    assert "content-type" not in headers


def test_a_login_in_the_address_is_used_and_never_shown() -> None:
    async def work(door: Door) -> None:
        answer = await door.client.send(httpx.Request("GET", f"http://user:secret@127.0.0.1:{door.port}/x"))
        assert door.asked[0][1]["authorization"].startswith("Basic ")
        assert "secret" not in answer.url

    run(work, says(200))


def test_cookies_are_not_kept() -> None:
    async def work(door: Door) -> None:
        await door.get()
        await door.get()
        assert "cookie" not in door.asked[1][1]

    run(work, says(200, b"", {"set-cookie": "id=1; Path=/"}))


# -- who may be dialled


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


# -- waits and broken lines


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


@pytest.mark.parametrize("host", ["xn--a", "a..example", "b" * 70])
def test_a_host_that_no_name_can_be_made_of_is_no_unforeseen_error_of_a_redirect(host: str) -> None:
    async def work(door: Door) -> None:
        with pytest.raises((ConnectionFailed, TooManyRedirects), match=r"cannot be resolved|no address"):
            await door.get("/a")

    run(work, redirecting({"/a": (302, f"http://{host}/")}))


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
