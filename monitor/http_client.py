"""The one door out: every request of Movewire, to feeds and to channels, goes through ``HttpClient.send``.

It guards addresses at dial time, follows and counts redirects by hand, caps the body on the wire and after
decompression while it streams, bounds every wait, keeps no cookies, reads no environment, and raises only the
FetchError kinds of ``monitor.errors``.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from monitor import __version__
from monitor.address_guard import GuardedResolver, forbidden, literal, looks_numeric, refusal
from monitor.errors import BlockedAddress, ConnectionFailed, FetchError, TimedOut, TooManyRedirects
from monitor.http_body import read_body, read_into
from monitor.interfaces import Answer
from monitor.settings.schema import Network, Polling
from monitor.urls import redacted

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Bytes of one response header: some content security policies pass aiohttp's 8,190.
MAX_HEADER = 64 * 1024
# Seconds spent on a body that does not matter.
START_OF_BODY = 2.0
# All that goes along when a redirect leads to another origin. Everything else may say who we are.
TRAVELS = frozenset({"accept", "accept-encoding", "a-im", "content-type", "if-modified-since", "if-none-match", "user-agent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    """What one ``send`` may cost: bytes, redirects and seconds."""

    body: int
    redirects: int | None  # None: not followed
    body_matters: bool
    connect: float
    read: float
    total: float


class HttpClient:
    """Make it and close it on one event loop. ``send`` may be called from any number of tasks."""

    def __init__(self, polling: Polling, network: Network, user_agent: str = f"movewire/{__version__}") -> None:
        self._polling, self._user_agent = polling, user_agent
        self._allow = network.allow_networks
        self._proxy = httpx.Proxy(network.proxy.get_secret_value()) if network.proxy else None
        self._resolver: GuardedResolver | None = None
        self._transport = AiohttpTransport(client=self.session, proxy=self._proxy, verify=_shared_ssl(), trust_env=False)

    def session(self) -> aiohttp.ClientSession:
        """A session under the guard, for whoever cannot say a request as a value; to be closed by the caller.

        A proxy named on purpose is the only host dialled; it resolves for us.
        """
        if self._proxy is None and self._resolver is None:
            self._resolver = GuardedResolver(self._allow)
        connector = aiohttp.TCPConnector(
            ssl=_shared_ssl(),
            limit=0,  # the collector and the deliverer bound what is in flight
            force_close=True,  # an idle TLS connection costs 0.44 MB; feeds are asked minutes apart
            resolver=self._resolver,
            use_dns_cache=False,
            socket_factory=self._socket if self._proxy is None else None,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            max_line_size=MAX_HEADER,
            max_field_size=MAX_HEADER,
        )

    def _socket(self, target: aiohttp.AddrInfoType) -> socket.socket:
        """The last look before dialling: whatever got past the resolver as a literal ends here."""
        family, kind, proto, _, to = target
        if why := forbidden(str(to[0]), self._allow):
            raise BlockedAddress(str(to[0]), refusal(str(to[0]), why))
        return socket.socket(family, kind, proto)

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
        limits = _Limits(
            body=polling.max_body if max_body is None else max_body,
            body_matters=body_matters,
            redirects=polling.max_redirects if follow_redirects else None,
            connect=(connect or polling.connect_timeout).total_seconds(),
            read=(read or polling.read_timeout).total_seconds(),
            total=(total or polling.total_timeout).total_seconds(),
        )
        started = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(limits.total):
                answer = await self._follow(request, limits)
        except TimeoutError:
            raise TimedOut(redacted(str(request.url)), f"no whole answer within {limits.total:g} s") from None
        return replace(answer, elapsed_seconds=asyncio.get_running_loop().time() - started)

    async def _follow(self, request: httpx.Request, limits: _Limits) -> Answer:
        permanent, hops = True, 0
        while True:
            answer, target = await self._once(request, limits)
            if target is None:
                return replace(answer, permanent_url=str(request.url) if hops and permanent else "")
            hops += 1
            permanent = permanent and answer.status in (301, 308)
            if hops > (limits.redirects or 0):
                raise TooManyRedirects(redacted(str(request.url)), f"more than {limits.redirects} redirects")
            request = _redirected(request, target, answer.status)

    async def _once(self, request: httpx.Request, limits: _Limits) -> tuple[Answer, httpx.URL | None]:
        """One request, one answer, and where it redirects to; the body of a redirect that is followed is not read."""
        where = redacted(str(request.url))
        self._check(request.url, where)
        with translated(where):
            response = await self._transport.handle_async_request(self._dressed(request, limits))
            try:
                headers = {name.lower(): value for name, value in response.headers.items()}
                target = None if limits.redirects is None else _target(request, response)
                body = b"" if target is not None else await _body(response, headers, limits, where)
            finally:
                await response.aclose()
        url = str(request.url.copy_with(username=None, password=None))  # links are made absolute with it: no login in it
        return Answer(status=response.status_code, headers=headers, body=body, url=url), target

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
        await self._transport.aclose()
        if self._resolver is not None:
            await self._resolver.close()


_ssl: ssl.SSLContext | None = None


def _shared_ssl() -> ssl.SSLContext:
    """One context for the process: making one costs 30 ms."""
    global _ssl
    if _ssl is None:
        _ssl = ssl.create_default_context()
    return _ssl


async def _body(response: httpx.Response, headers: dict[str, str], limits: _Limits, where: str) -> bytes:
    if limits.body_matters:
        return await read_body(response, headers, limits.body, where)
    parts: list[bytes] = []
    with suppress(FetchError, TimeoutError):
        async with asyncio.timeout(START_OF_BODY):
            with translated(where):
                await read_into(parts, response, headers, limits.body, where)
    return b"".join(parts)[: limits.body]


def _target(request: httpx.Request, response: httpx.Response) -> httpx.URL | None:
    """Where a redirect leads, None where the answer is none. Raises TooManyRedirects for what is no HTTP address."""
    if response.status_code not in REDIRECTS or "location" not in response.headers:
        return None
    where = redacted(str(request.url))
    try:
        target = request.url.join(response.headers["location"])
    except (httpx.InvalidURL, ValueError) as error:
        raise TooManyRedirects(where, f"a redirect to something that is no address ({error})") from None
    if target.scheme not in ("http", "https") or not target.host:
        raise TooManyRedirects(where, f"a redirect to a {target.scheme or 'nameless'} address")
    return target.copy_with(fragment=None)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _redirected(request: httpx.Request, target: httpx.URL, status: int) -> httpx.Request:
    """The request after a redirect. A POST stays one after 307 and 308 only (RFC 9110, 15.4)."""
    keep = status in (307, 308) or request.method in ("GET", "HEAD")
    remade = {"host", "content-length", "transfer-encoding"} | (set() if keep else {"content-type"})
    headers = {
        name: value
        for name, value in request.headers.items()
        if (name in TRAVELS or _origin(target) == _origin(request.url)) and name not in remade
    }
    method, content = (request.method, request.content) if keep else ("GET", b"")
    return httpx.Request(method, target, headers=headers, content=content or None)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Foreign errors to ours, with words a person understands. Ours pass through."""
    try:
        yield
    except FetchError:
        raise
    except (httpx.HTTPError, aiohttp.ClientError, OSError, ValueError) as error:
        cause = error.__cause__ or error
        raise _kind(where, cause) from error


def _kind(where: str, cause: BaseException) -> FetchError:
    if isinstance(cause, (aiohttp.ServerTimeoutError, TimeoutError, httpx.TimeoutException)):
        return TimedOut(where, "no answer in time")
    if isinstance(cause, aiohttp.ClientConnectorDNSError):
        return ConnectionFailed(where, "the host's name cannot be resolved")
    if isinstance(cause, (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError, ssl.SSLError)):
        return ConnectionFailed(where, "the TLS certificate or handshake is not acceptable")
    if isinstance(cause, aiohttp.ClientConnectorError):
        return ConnectionFailed(where, f"no connection ({cause.os_error.strerror or 'refused'})")
    if isinstance(cause, (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, ConnectionError)):
        return ConnectionFailed(where, "the line dropped before the answer was whole")
    return ConnectionFailed(where, f"the answer is not valid HTTP ({type(cause).__name__})")
