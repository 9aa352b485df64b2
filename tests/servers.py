"""A real HTTP server on 127.0.0.1 for tests: answers by path, remembers what was asked, ends with the test."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape


def free_port() -> int:
    """For who has to be told a port: nobody listens on it now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Asked], Reply]


@dataclass
class LocalServer:
    """``routes`` maps a path to a handler; ``asked`` is every request so far. A reply of status 0 drops the line."""

    routes: dict[str, Handler] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list, repr=False)
    url: str = ""
    pause: float = 0.0  # seconds between the two halves of each body
    fallback: Handler = lambda _: Reply(404, b"not here")

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while raw := await reader.readuntil(b"\r\n\r\n"):
                lines = raw.decode("latin-1").split("\r\n")
                method, path, _ = lines[0].split(" ", 2)
                headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
                asked = Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", "0"))))
                self.asked.append(asked)
                reply = self.routes.get(path, self.fallback)(asked)
                if not reply.status:
                    break
                extra = "".join(f"{k}: {v}\r\n" for k, v in reply.headers.items())
                head = f"HTTP/1.1 {reply.status} X\r\ncontent-length: {len(reply.body)}\r\n{extra}\r\n"
                writer.write(head.encode("utf-8", "surrogateescape"))
                middle = len(reply.body) // 2 if self.pause else 0
                writer.write(reply.body[:middle])
                await asyncio.sleep(self.pause)
                writer.write(reply.body[middle:])
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client is done
        finally:
            writer.close()


@contextmanager
def local_server(listen: str = "127.0.0.1") -> Iterator[LocalServer]:
    """A LocalServer running in a thread of its own until the block ends. ``listen="0.0.0.0"``: on all of 127.0.0.0/8."""
    server, ready, loop = LocalServer(), threading.Event(), asyncio.new_event_loop()

    async def main() -> None:
        listener = await asyncio.start_server(server.talk, listen, 0)
        server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        stop = asyncio.Event()
        server.stop = lambda: loop.call_soon_threadsafe(stop.set)  # type: ignore[attr-defined]
        ready.set()
        await stop.wait()
        listener.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield server
    finally:
        server.stop()  # type: ignore[attr-defined]
        thread.join(5)
        loop.close()


def rss(items: list[tuple[str, str, str, datetime]], title: str = "Sample Wire") -> bytes:
    """A document of (guid, title, summary, published) items, newest first as given."""
    body = "".join(
        f'<item><title>{escape(t)}</title><link>https://wire.example/{g}</link><guid isPermaLink="false">{g}</guid>'
        f"<description>{escape(s)}</description><pubDate>{format_datetime(at.astimezone(UTC))}</pubDate></item>"
        for g, t, s, at in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>https://wire.example/</link><description>d</description>{body}</channel></rss>"
    ).encode()


def document(data: Callable[[], bytes], content_type: str = "application/rss+xml") -> Handler:
    """A handler that serves ``data()`` with an ETag and answers 304 to it."""

    def handle(asked: Asked) -> Reply:
        body = data()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if asked.headers.get("if-none-match") == etag:
            return Reply(304, headers={"etag": etag})
        return Reply(200, body, {"etag": etag, "content-type": content_type})

    return handle
