"""The one door out: every request of Movewire, to feeds and to channels, goes through ``HttpClient.send``.

It guards addresses at dial time, follows and counts redirects by hand, caps the body on the wire and after
decompression while it streams, bounds every wait, keeps no cookies, reads no environment, and raises only the
FetchError kinds of ``monitor.errors``.
"""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from monitor import __version__
from monitor.doors.address_guard import GuardedResolver, forbidden, literal, looks_numeric, refusal
from monitor.doors.http_body import read_body, read_into
from monitor.doors.http_errors import translated
from monitor.doors.http_head import Doubt
from monitor.doors.http_lines import Lines, Waits
from monitor.doors.http_redirects import redirected, target_of
from monitor.errors import BlockedAddress, FetchError, TimedOut, TooManyRedirects
from monitor.interfaces import Answer
from monitor.settings.schema import Network, Polling
from monitor.urls import redacted

if TYPE_CHECKING:
    from monitor.doors.http_library import Session

START_OF_BODY = 2.0  # seconds spent on a body that does not matter, or half of what is left


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    """What one ``send`` may cost: bytes, redirects and seconds."""

    body: int
    redirects: int | None  # None: not followed
    body_matters: bool
    connect: float
    read: float
    ends: float  # by the loop's clock


class HttpClient:
    """Make it and close it on one event loop. ``send`` may be called from any number of tasks."""

    def __init__(self, polling: Polling, network: Network, user_agent: str = f"movewire/{__version__}") -> None:
        self._polling, self._user_agent = polling, user_agent
        self._allow = network.allow_networks
        self._proxy = httpx.Proxy(network.proxy.get_secret_value()) if network.proxy else None
        self._guard: GuardedResolver | None = None
        self._lines = Lines(self._allow, self._resolver, shared_tls)
        self._library: httpx.AsyncBaseTransport | None = None

    def _resolver(self) -> GuardedResolver:
        if self._guard is None:
            self._guard = GuardedResolver(self._allow)
        return self._guard

    def session(self) -> Session:
        """A session under the guard, for whoever cannot say a request as a value; to be closed by the caller."""
        from monitor.doors import http_library  # noqa: PLC0415 - start-up

        return http_library.session(self._allow, None if self._proxy else self._resolver(), shared_tls())

    def _transport(self) -> httpx.AsyncBaseTransport:
        if self._library is None:
            from monitor.doors import http_library  # noqa: PLC0415 - start-up

            resolver = None if self._proxy else self._resolver()
            self._library = http_library.transport(self._allow, resolver, shared_tls(), self._proxy)
        return self._library

    async def send(
        self,
        request: httpx.Request,
        *,
        max_body: int | None = None,
        body_matters: bool = True,
        follow_redirects: bool = True,
        connect: timedelta | None = None,
        read: timedelta | None = None,
        total: timedelta | None = None,
    ) -> Answer:
        """Send ``request`` and read the whole answer. What is not given is taken from the polling settings.

        Without ``body_matters`` the status is the answer, and of the body only what comes quickly is kept, up to
        ``max_body``: no fault of a body then turns a done thing into a failed one.

        Raises BlockedAddress, TooLarge, TooManyRedirects, TimedOut, ConnectionFailed, or their parent FetchError where the
        answer is coded in a way that was not asked for.
        """
        polling = self._polling
        seconds = (total or polling.total_timeout).total_seconds()
        limits = _Limits(
            body=polling.max_body if max_body is None else max_body,
            body_matters=body_matters,
            redirects=polling.max_redirects if follow_redirects else None,
            connect=(connect or polling.connect_timeout).total_seconds(),
            read=(read or polling.read_timeout).total_seconds(),
            ends=asyncio.get_running_loop().time() + seconds,
        )
        try:
            async with asyncio.timeout_at(limits.ends):
                return await self._follow(request, limits)
        except TimeoutError:
            raise TimedOut(redacted(str(request.url)), f"no whole answer within {seconds:g} s") from None

    async def _follow(self, request: httpx.Request, limits: _Limits) -> Answer:
        permanent, hops = True, 0
        while True:
            answer, target = await self._once(request, limits)
            if target is None:
                return replace(answer, permanent_url=str(request.url)) if hops and permanent else answer
            hops += 1
            permanent = permanent and answer.status in (301, 308)
            if hops > (limits.redirects or 0):
                raise TooManyRedirects(redacted(str(request.url)), f"more than {limits.redirects} redirects")
            request = redirected(request, target, answer.status)

    async def _once(self, request: httpx.Request, limits: _Limits) -> tuple[Answer, httpx.URL | None]:
        """One request, one answer, and where it redirects to; the body of a redirect that is followed is not read."""
        where = redacted(str(request.url))
        with translated(where):
            self._check(request.url, where)
            if request.method == "GET" and self._proxy is None and not request.content:
                with suppress(Doubt):
                    return await self._lean(request, limits, where)
            response = await self._transport().handle_async_request(self._dressed(request, limits))
            try:
                headers = {name.lower(): value for name, value in response.headers.items()}
                assert isinstance(response.stream, httpx.AsyncByteStream)
                return await _answer(request, response.status_code, headers, aiter(response.stream), limits, where)
            finally:
                await response.aclose()

    async def _lean(self, request: httpx.Request, limits: _Limits, where: str) -> tuple[Answer, httpx.URL | None]:
        """The same without a library. Raises Doubt where the answer needs one."""
        url = request.url
        origin = url.scheme, url.raw_host.decode("ascii").strip("[]"), url.port or (443 if url.scheme == "https" else 80)
        waits = Waits(connect=limits.connect, read=limits.read)
        reply = await self._lines.get(origin, written(request, self._user_agent), waits)
        try:
            return await _answer(request, reply.head.status, reply.head.headers, reply.body(), limits, where)
        finally:
            reply.end()

    def _check(self, url: httpx.URL, where: str) -> None:
        """Literal addresses never reach a resolver, so they are judged here; names are judged when they are resolved."""
        if url.scheme not in ("http", "https") or not url.host:
            raise BlockedAddress(where, "only http and https addresses are asked")
        address = literal(url.host)
        if address and (why := forbidden(address, self._allow)):
            raise BlockedAddress(where, refusal(address, why))
        if not address and looks_numeric(url.host):
            raise BlockedAddress(where, "the host is neither a name nor an address")

    def _dressed(self, request: httpx.Request, limits: _Limits) -> httpx.Request:
        """``request`` with what every request of ours says; the caller's own is left as it was."""
        headers = httpx.Headers(request.headers)
        headers.setdefault("user-agent", self._user_agent)
        headers.setdefault("accept", "*/*")
        headers["accept-encoding"] = "gzip"
        timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": None}
        extensions = {**request.extensions, "timeout": timeout}
        return httpx.Request(request.method, request.url, headers=headers, content=request.content or None, extensions=extensions)

    async def close(self) -> None:
        """Close every connection. The client cannot be used afterwards."""
        await self._lines.close()
        if self._library is not None:
            await self._library.aclose()
        if self._guard is not None:
            await self._guard.close()


_tls: ssl.SSLContext | None = None


def shared_tls() -> ssl.SSLContext:
    """One context for the process, made when it is first needed: making one costs 30 ms."""
    global _tls
    if _tls is None:
        _tls = ssl.create_default_context()
    return _tls


def written(request: httpx.Request, user_agent: str) -> bytes:
    """A GET as it goes over the line, with what every request of ours says. Raises ValueError for a header with a line end."""
    fields = dict(request.headers.raw)
    names = {name.lower() for name in fields}
    fields |= {b"User-Agent": user_agent.encode()} if b"user-agent" not in names else {}
    fields |= {b"Accept": b"*/*"} if b"accept" not in names else {}
    if b"authorization" not in names and request.url.userinfo:
        login = f"{request.url.username}:{request.url.password}"
        fields[b"Authorization"] = b"Basic " + b64encode(login.encode("latin-1" if login.isascii() else "utf-8"))
    fields = {name: value for name, value in fields.items() if name.lower() != b"accept-encoding"}
    lines = [b"%b: %b" % field for field in fields.items()]
    if any(b"\r" in line or b"\n" in line or b"\0" in line for line in lines):
        raise ValueError("a header holds a line end")
    return b"\r\n".join([b"GET %b HTTP/1.1" % request.url.raw_path, *lines, b"Accept-Encoding: gzip", b"", b""])


async def _answer(
    request: httpx.Request, status: int, headers: Mapping[str, str], body: AsyncIterator[bytes], limits: _Limits, where: str
) -> tuple[Answer, httpx.URL | None]:
    target = None if limits.redirects is None else target_of(request, status, headers)
    url = request.url
    if url.userinfo:  # links are made absolute with it: no login in it
        url = url.copy_with(username=None, password=None)
    read = b"" if target is not None else await _body(body, headers, limits, where)
    return Answer(status=status, headers=headers, body=read, url=str(url)), target


async def _body(stream: AsyncIterator[bytes], headers: Mapping[str, str], limits: _Limits, where: str) -> bytes:
    if limits.body_matters:
        return await read_body(stream, headers, limits.body, where)
    parts: list[bytes] = []
    left = limits.ends - asyncio.get_running_loop().time()  # where the request's time ended first, it would count as unanswered
    with suppress(FetchError, TimeoutError):
        async with asyncio.timeout(min(START_OF_BODY, left / 2)):
            with translated(where):
                await read_into(parts, stream, headers, limits.body, where)
    return b"".join(parts)[: limits.body]
