"""What every request passes before any route: its Host, its origin, the size of its body; and what every answer carries."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.settings.schema import Server
from monitor.surfaces.api.problems import HEADERS, problem

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


class TooMuch(HTTPException):
    """The body passed its cap while it was read. (Of this kind, so that who reads the body lets it through.)"""


class Guard:
    """A Host that is a name must be one of ours: a page elsewhere whose name was pointed at us (DNS rebinding) has another.

    A Host in figures cannot be rebound and is let through. Requests that change something must not come from a page
    of another origin: browsers say so in Sec-Fetch-Site and Origin; programs send neither.
    """

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self._app, self._cap = app, server.max_body
        self._too_much = f"a request may hold {self._cap} bytes"
        own = [server.host, urlsplit(server.public_url).hostname or "", *server.allowed_hosts]
        self._hosts = frozenset({"localhost", *(name.lower() for name in own if name)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope, receive, send = _headers_alone(scope, send)
        headers = Headers(scope=scope)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    kept.setdefault(name, value)
                kept.setdefault("cache-control", "no-cache")
            await send(message)

        if refused := self._refusal(scope["method"], headers):
            status, why = refused
            await problem(status, why)(scope, receive, answer)
            return
        await self._app(scope, self._counted(receive), answer)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return 400, "this server does not answer to that Host; server.allowed_hosts names the ones it does"
        if method not in _SAFE and not _same_origin(headers, host):
            return 403, "a page of another origin may not change anything here"
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return 400, "content-length is not a number"
        if int(length) > self._cap:
            return 413, self._too_much
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in self._hosts:
                return True
            ip_address(name)
        except ValueError:
            return False
        return True

    def _counted(self, receive: Receive) -> Receive:
        room = self._cap

        async def counted() -> Message:
            nonlocal room
            message = await receive()
            room -= len(message.get("body", b""))
            if room < 0:
                raise TooMuch(413, self._too_much)
            return message

        return counted


def _headers_alone(scope: Scope, send: Send) -> tuple[Scope, Receive, Send]:
    """A HEAD as the GET it stands for, whose caller leaves once the headers are out: no list is read on, and no stream."""
    left = asyncio.Event()

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def answer(message: Message) -> None:
        if not left.is_set():
            body = message["type"] == "http.response.body"
            await send({"type": message["type"]} if body else message)
            if body:
                left.set()

    # (In this version of the protocol who streams learns of a caller that left by listening.)
    return {**scope, "method": "GET", "asgi": {**scope.get("asgi", {}), "spec_version": "2.3"}}, receive, answer


def _same_origin(headers: Headers, host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host
