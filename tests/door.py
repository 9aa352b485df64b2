"""The HTTP door and a server that says what a test tells it, in one loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import ip_network
from typing import Any

import httpx

from monitor.doors.http_client import HttpClient
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
