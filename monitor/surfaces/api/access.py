"""Who asks: a token (bearer, the password of HTTP Basic, or the cookie of the pages), or anybody where none is needed."""

from __future__ import annotations

import base64
import binascii
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

import monitor.store.access as stored
from monitor.app import App
from monitor.results import Token
from monitor.surfaces.exposure import asks_for_tokens

COOKIE = "movewire_token"
_BUCKETS = 4096  # callers remembered for the rate limit; the one not seen for longest is forgotten first


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, by the name of the token; "anybody" where none is needed."""

    name: str
    may_write: bool


ANYBODY = Caller("anybody", True)


class Gate:
    """Lets callers in, each at its rate."""

    def __init__(self, app: App) -> None:
        self._app, self.closed = app, asks_for_tokens(app.settings.server)
        self._limit = app.settings.server.rate_per_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # a caller's requests left, and when counted
        self._counting = threading.Lock()

    def admit(self, request: Request, text: str | None = None) -> Caller:
        """Raises HTTPException: 401 without a good token, 429 over the rate (of an address, for those without)."""
        token = self.token(text or _token_in(request)) if self.closed else None
        address = request.client.host if request.client else ""
        self._count(f"token {token.id}" if token else f"address {address}")
        if not self.closed:
            return ANYBODY
        if token is None:
            why = "a token is needed: Authorization: Bearer TOKEN (movewire tokens create makes one)"
            raise HTTPException(401, why, {"www-authenticate": _challenge(request)})
        return Caller(token.name, token.scope == "write")

    def remembers(self, request: Request) -> bool:
        """Has this browser logged in?"""
        return self.closed and COOKIE in request.cookies

    def token(self, text: str) -> Token | None:
        store, now = self._app.store, self._app.clock()
        found = store.read(lambda reads: stored.token_of(reads, text, now)) if text else None
        if found and stored.use_is_news(found, now):
            store.transact(lambda tx: stored.used(tx, found, now))
        return found

    def _count(self, who: str) -> None:
        """A bucket that holds a minute's requests and fills as the minute goes by."""
        now = self._app.clock().timestamp()
        with self._counting:
            left, at = self._left.pop(who, (float(self._limit), now))
            left = min(self._limit, left + max(0.0, now - at) * self._limit / 60)
            self._left[who] = (max(0.0, left - 1), now)
            if len(self._left) > _BUCKETS:
                self._left.popitem(last=False)
        if left < 1:
            wait = max(1, round((1 - left) * 60 / self._limit))
            raise HTTPException(429, f"more than {self._limit} requests a minute", {"retry-after": str(wait)})


def _challenge(request: Request) -> str:
    """How a token may be given. Most feed readers send a password only where they are asked for one; on other addresses a browser
    would ask its user in the middle of a page."""
    bearer = 'Bearer realm="movewire"'
    return f'Basic realm="movewire", charset="UTF-8", {bearer}' if request.url.path.startswith("/feeds/") else bearer


def _token_in(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":  # feed readers know names and passwords: the token is the password
        try:
            return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, ValueError):
            return ""
    return request.cookies.get(COOKIE, "")


def reader(request: Request) -> Caller:
    """A dependency: whoever may read."""
    gate: Gate = request.app.state.gate
    return gate.admit(request)


def writer(caller: Annotated[Caller, Depends(reader)]) -> Caller:
    """A dependency: whoever may change something."""
    if not caller.may_write:
        raise HTTPException(403, "this token may read only; movewire tokens create NAME --scope write makes one that may write")
    return caller
