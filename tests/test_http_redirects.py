"""Where redirects lead the HTTP door: counted, guarded at each hop, without secrets for another origin."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from monitor.errors import BlockedAddress, ConnectionFailed, TooManyRedirects
from monitor.interfaces import Answer
from tests.door import Door, Talk, head, run, says


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


@pytest.mark.parametrize("host", ["xn--a", "a..example", "b" * 70])
def test_a_host_that_no_name_can_be_made_of_is_no_unforeseen_error_of_a_redirect(host: str) -> None:
    async def work(door: Door) -> None:
        with pytest.raises((ConnectionFailed, TooManyRedirects), match=r"cannot be resolved|no address"):
            await door.get("/a")

    run(work, redirecting({"/a": (302, f"http://{host}/")}))


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
