"""The way out for what is no plain GET: requests with a body, proxies, and answers the lean way has to doubt.

httpx's words over aiohttp, under the same guard of addresses. It costs a tenth of a second and 12 MB to import, which is done
with the first request that needs it.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Collection

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from httpx_aiohttp import AiohttpTransport

from monitor.doors.address_guard import GuardedResolver, Network, forbidden, refusal
from monitor.errors import BlockedAddress, ConnectionFailed, FetchError, TimedOut

# Bytes of one response header: some content security policies pass aiohttp's 8,190.
MAX_HEADER = 64 * 1024
ERRORS = (aiohttp.ClientError,)
Session = aiohttp.ClientSession


class _Resolver(AbstractResolver):
    """Ours, as aiohttp wants to have it. Whoever made ours closes it."""

    def __init__(self, ours: GuardedResolver) -> None:
        self._ours = ours

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        return await self._ours.resolve(host, port, family)

    async def close(self) -> None:
        return


def session(allow: Collection[Network], resolver: GuardedResolver | None, tls: ssl.SSLContext) -> aiohttp.ClientSession:
    """Without a ``resolver`` it is for a proxy named on purpose: the only host dialled, and it resolves for us."""
    connector = aiohttp.TCPConnector(
        ssl=tls,
        limit=0,  # the collector and the deliverer bound what is in flight
        force_close=True,  # an idle TLS connection costs 0.44 MB; channels are told minutes apart
        resolver=None if resolver is None else _Resolver(resolver),
        use_dns_cache=False,
        socket_factory=None if resolver is None else lambda target: guarded_socket(target, allow),
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        max_line_size=MAX_HEADER,
        max_field_size=MAX_HEADER,
    )


def guarded_socket(target: aiohttp.AddrInfoType, allow: Collection[Network]) -> socket.socket:
    """The last look before dialling: whatever got past the resolver as a literal ends here. Raises BlockedAddress."""
    family, kind, proto, _, to = target
    if why := forbidden(str(to[0]), allow):
        raise BlockedAddress(str(to[0]), refusal(str(to[0]), why))
    return socket.socket(family, kind, proto)


def transport(
    allow: Collection[Network], resolver: GuardedResolver | None, tls: ssl.SSLContext, proxy: httpx.Proxy | None
) -> httpx.AsyncBaseTransport:
    """To be closed by the caller."""
    return AiohttpTransport(client=lambda: session(allow, resolver, tls), proxy=proxy, verify=tls, trust_env=False)


def kind(where: str, cause: BaseException) -> FetchError | None:
    """An error of aiohttp as one of ours; None for what is not its own."""
    if isinstance(cause, aiohttp.ServerTimeoutError):
        return TimedOut(where, "no answer in time")
    if isinstance(cause, aiohttp.ClientConnectorDNSError):
        return ConnectionFailed.unresolved(where)
    if isinstance(cause, (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError)):
        return ConnectionFailed.untrusted(where)
    if isinstance(cause, aiohttp.ClientConnectorError):
        return ConnectionFailed(where, f"no connection ({cause.os_error.strerror or 'refused'})")
    if isinstance(cause, (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError)):
        return ConnectionFailed.dropped(where)
    return None
