"""The one door out: every request of Movewire, to feeds and to channels, goes through ``HttpClient.send``.

It guards addresses at dial time, follows and counts redirects by hand, caps the body on the wire and after
decompression while it streams, bounds every wait, keeps no cookies, reads no environment, and raises only the
FetchError kinds of ``monitor.errors``.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from monitor.address_guard import GuardedResolver, forbidden, literal, refusal
from monitor.errors import BlockedAddress, ConnectionFailed, FetchError, TimedOut, TooLarge, TooManyRedirects
from monitor.interfaces import Answer
from monitor.settings.schema import Network, Polling
from monitor.urls import redacted

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Inflated in pieces, with a turn of the event loop between them, so that no body holds it for long.
PIECE = 256 * 1024
# Headers that say who we are to one host and are nobody else's business.
PRIVATE_HEADERS = ("authorization", "cookie", "proxy-authorization")


class HttpClient:
    """Make it and close it on one event loop. ``send`` may be called from any number of tasks."""

    def __init__(self, polling: Polling, network: Network, user_agent: str) -> None:
        self._polling, self._network, self._user_agent = polling, network, user_agent
        proxy = network.proxy.get_secret_value() if network.proxy else None
        self._proxied = proxy is not None
        self._transport = AiohttpTransport(
            client=self._session, proxy=httpx.Proxy(proxy) if proxy else None, verify=_shared_ssl(), trust_env=False
        )

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            ssl=_shared_ssl(),
            limit=0,  # the collector and the deliverer bound what is in flight
            force_close=True,  # an idle TLS connection costs 0.44 MB; feeds are asked minutes apart
            resolver=GuardedResolver(self._network.allow_networks),
            use_dns_cache=False,
        )
        return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)

    async def send(
        self,
        request: httpx.Request,
        *,
        max_body: int | None = None,
        follow_redirects: bool = True,
        total: timedelta | None = None,
    ) -> Answer:
        """Send ``request`` and read the whole answer. ``max_body`` and ``total`` default to the polling settings'.

        Raises BlockedAddress, TooLarge, TooManyRedirects, TimedOut or ConnectionFailed.
        """
        cap = self._polling.max_body if max_body is None else max_body
        limit = (total or self._polling.total_timeout).total_seconds()
        started = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(limit):
                return await self._follow(request, cap, follow_redirects, started)
        except TimeoutError:
            raise TimedOut(redacted(str(request.url)), f"no whole answer within {limit:g} s") from None

    async def _follow(self, request: httpx.Request, cap: int, follow: bool, started: float) -> Answer:
        permanent, hops = True, 0
        while True:
            answer, target = await self._once(request, cap, started, follow)
            if target is None or not follow:
                moved = answer.url if hops and permanent else ""
                return Answer(
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    url=answer.url,
                    permanent_url=moved,
                    elapsed_seconds=answer.elapsed_seconds,
                )
            hops += 1
            permanent = permanent and answer.status in (301, 308)
            if hops > self._polling.max_redirects:
                raise TooManyRedirects(redacted(str(request.url)), f"more than {self._polling.max_redirects} redirects")
            request = _redirected(request, target, answer.status)

    async def _once(self, request: httpx.Request, cap: int, started: float, follow: bool) -> tuple[Answer, httpx.URL | None]:
        where = redacted(str(request.url))
        self._check(request)
        self._dress(request)
        with translated(where):
            response = await self._transport.handle_async_request(request)
            try:
                headers = {k.lower(): v for k, v in response.headers.items()}
                target = _target(request, response) if follow else None
                body = b"" if target is not None else await _body(response, headers, cap, where)
            finally:
                await response.aclose()
        elapsed = asyncio.get_running_loop().time() - started
        return Answer(
            status=response.status_code, headers=headers, body=body, url=str(request.url), elapsed_seconds=elapsed
        ), target

    def _check(self, request: httpx.Request) -> None:
        """Literal addresses never reach a resolver, so they are judged here; names are judged when they are resolved."""
        where = redacted(str(request.url))
        if request.url.scheme not in ("http", "https") or not request.url.host:
            raise BlockedAddress(where, "only http and https addresses are asked")
        address = literal(request.url.host)
        if address and not self._proxied and (why := forbidden(address, self._network.allow_networks)):
            raise BlockedAddress(where, refusal(address, why))

    def _dress(self, request: httpx.Request) -> None:
        request.headers.setdefault("user-agent", self._user_agent)
        request.headers.setdefault("accept", "*/*")
        request.headers["accept-encoding"] = "gzip"
        connect, read = self._polling.connect_timeout.total_seconds(), self._polling.read_timeout.total_seconds()
        request.extensions = {**request.extensions, "timeout": {"connect": connect, "read": read, "pool": None, "write": read}}

    async def close(self) -> None:
        await self._transport.aclose()


_ssl: ssl.SSLContext | None = None


def _shared_ssl() -> ssl.SSLContext:
    """One context for the process: making one costs 30 ms."""
    global _ssl
    if _ssl is None:
        _ssl = ssl.create_default_context()
    return _ssl


def _target(request: httpx.Request, response: httpx.Response) -> httpx.URL | None:
    """Where a redirect leads, None where the answer is none. Raises TooManyRedirects for what is no HTTP address."""
    if response.status_code not in REDIRECTS or "location" not in response.headers:
        return None
    where = redacted(str(request.url))
    try:
        target = request.url.join(response.headers["location"])
    except (httpx.InvalidURL, ValueError) as error:
        raise TooManyRedirects(where, f"a redirect to something that is no address ({error})") from None
    if target.scheme not in ("http", "https"):
        raise TooManyRedirects(where, f"a redirect to a {target.scheme or 'nameless'} address")
    return target.copy_with(fragment=None)


def _redirected(request: httpx.Request, target: httpx.URL, status: int) -> httpx.Request:
    headers = httpx.Headers(request.headers)
    for name in ("host", "content-length", "transfer-encoding"):
        headers.pop(name, None)
    if (target.scheme, target.host, target.port) != (request.url.scheme, request.url.host, request.url.port):
        for name in PRIVATE_HEADERS:
            headers.pop(name, None)
    keep = status in (307, 308)
    method = request.method if keep or request.method in ("GET", "HEAD") else "GET"
    return httpx.Request(method, target, headers=headers, content=request.content if keep and request.content else None)


async def _body(response: httpx.Response, headers: dict[str, str], cap: int, where: str) -> bytes:
    """The body after at most one gzip or deflate coding; no more than ``cap`` bytes on the wire or after it."""
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        return await _raw(response, cap, where)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise TooLarge(where, f"the body is coded as {coding!r}; only one coding, gzip, was asked for")
    return await _inflated(response, cap, where)


def _stream(response: httpx.Response) -> AsyncIterator[bytes]:
    stream = response.stream
    assert isinstance(stream, httpx.AsyncByteStream)
    return stream.__aiter__()


async def _raw(response: httpx.Response, cap: int, where: str) -> bytes:
    parts, size = [], 0
    async for chunk in _stream(response):
        size += len(chunk)
        if size > cap:
            raise TooLarge(where, f"the body is larger than {cap} bytes")
        parts.append(chunk)
    return b"".join(parts)


async def _inflated(response: httpx.Response, cap: int, where: str) -> bytes:
    inflate, parts, size, wire = zlib.decompressobj(47), [], 0, 0
    async for chunk in _stream(response):
        wire += len(chunk)
        if wire > cap:
            raise TooLarge(where, f"the body is larger than {cap} bytes on the wire")
        while chunk:
            try:
                part = inflate.decompress(chunk, min(PIECE, cap - size + 1))
            except zlib.error as error:
                raise ConnectionFailed(where, f"the compressed body is damaged ({error})") from None
            size += len(part)
            if size > cap:
                raise TooLarge(where, f"the body is larger than {cap} bytes once decompressed")
            parts.append(part)
            chunk = inflate.unconsumed_tail
            if chunk:
                await asyncio.sleep(0)
    if not inflate.eof and wire:
        raise ConnectionFailed(where, "the compressed body ends too early")
    return b"".join(parts)


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
