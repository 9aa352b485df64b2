"""What a redirect asks for: where it leads, and the request that follows it (pure)."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from monitor.errors import TooManyRedirects
from monitor.urls import redacted

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# All that goes along when a redirect leads to another origin. Everything else may say who we are.
TRAVELS = frozenset({"accept", "accept-encoding", "a-im", "content-type", "if-modified-since", "if-none-match", "user-agent"})


def target_of(request: httpx.Request, status: int, headers: Mapping[str, str]) -> httpx.URL | None:
    """Where a redirect leads, None where the answer is none. Raises TooManyRedirects for what is no HTTP address."""
    if status not in REDIRECTS or "location" not in headers:
        return None
    where = redacted(str(request.url))
    try:
        host = (target := request.url.join(headers["location"])).host  # an error where it is none, and not when it is asked
    except (httpx.InvalidURL, ValueError) as error:
        raise TooManyRedirects(where, f"a redirect to something that is no address ({error})") from None
    if target.scheme not in ("http", "https") or not host:
        raise TooManyRedirects(where, f"a redirect to a {target.scheme or 'nameless'} address")
    return target.copy_with(fragment=None)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def redirected(request: httpx.Request, target: httpx.URL, status: int) -> httpx.Request:
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
