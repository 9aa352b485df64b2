"""The demo's small internet: three feeds that grow while you look, and a receiver that shows what a webhook gets.

Every organisation, person and sentence here is invented for the demo.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Item:
    """A story that appears ``after`` seconds from the demo's start; a negative number is how long it has stood there."""

    feed: str
    after: float
    title: str
    summary: str


HOUR = 3600.0
FEEDS = {"compute-ledger": "Compute Ledger", "harbour-post": "The Harbour Post", "corvid-newsroom": "Corvid Systems Newsroom"}
ITEMS = (
    Item(
        "compute-ledger",
        -30 * HOUR,
        "Halden Grid breaks ground on 800 MW data center in Ostvik",
        "Halden Grid has begun building its first campus in Ostvik, it said on Monday.",
    ),
    Item(
        "compute-ledger", -20 * HOUR, "Review: five quiet keyboards for a shared office", "We typed on all of them for a month."
    ),
    Item("harbour-post", -26 * HOUR, "Ferry timetable changes for the winter", "Two evening crossings move by half an hour."),
    Item("corvid-newsroom", -50 * HOUR, "Corvid Systems opens a visitor centre", "Guided tours run on weekdays."),
    Item(
        "compute-ledger",
        3,
        "Corvid Systems in talks to hire senior leaders of Northlight AI's Meridian project, sources say",
        "Three senior executives who built Northlight AI's $90 billion Meridian data center programme are in advanced talks "
        "to join Corvid Systems, according to people familiar with the matter.",
    ),
    Item(
        "harbour-post",
        6,
        "Corvid Systems in talks to hire Northlight AI's Meridian leaders",
        "Three senior leaders of Northlight AI's Meridian data center programme may join Corvid Systems, reports say.",
    ),
    Item(
        "compute-ledger",
        9,
        "Skagen Power to supply Corvid Systems with 1.2 GW for data center campus in Lindholm",
        "Skagen Power signed a 15-year agreement worth $14 billion to power a data center campus that Corvid Systems is "
        "building in Lindholm.",
    ),
    Item(
        "harbour-post",
        12,
        "Corvid Systems hires Mara Lindqvist from Northlight AI to lead data centers",
        "Mara Lindqvist, head of infrastructure at Northlight AI, is joining Corvid Systems as vice president of data centers, "
        "people familiar with the matter said.",
    ),
    Item("harbour-post", 14, "Corvid Systems shows a faster chat assistant", "The new model answers in half the time."),
    Item(
        "corvid-newsroom",
        17,
        "Corvid Systems appoints Mara Lindqvist vice president of data centers",
        "Corvid Systems today announced that Mara Lindqvist joins from Northlight AI as vice president of data centers.",
    ),
    Item(
        "compute-ledger",
        21,
        "Northlight AI names Tomas Adeyemi chief infrastructure officer",
        "Tomas Adeyemi, who led supply planning, succeeds Mara Lindqvist, Northlight AI said in a statement.",
    ),
)


@dataclass
class Internet:
    """Serves the feeds and receives webhooks on 127.0.0.1; ``secret`` is the receiver's signing secret."""

    secret: str
    say: Callable[[str], None]
    clock: Callable[[], datetime]
    base: str = ""
    received: int = 0
    bodies: list[object] = field(default_factory=list)  # of what was received, oldest first

    async def __aenter__(self) -> Internet:
        self._start = self.clock()
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.base = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ", 2)
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            status, kind, answer = self._answer(method, path, headers, body)
            writer.write(
                f"HTTP/1.1 {status}\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {len(answer)}\r\n"
                "connection: close\r\n\r\n".encode()
                + answer
            )
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            return  # a client that went away in the middle has nothing more to be told
        finally:
            writer.close()

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[str, str, bytes]:
        """Status, media type and body."""
        if path == "/hook":
            if method == "POST":
                status, words = self._receive(headers, body)
                return status, "text/plain", words
            return "200 OK", "application/json", json.dumps(self.bodies, indent=2, ensure_ascii=False).encode()
        name = path.removeprefix("/feeds/").removesuffix(".xml")
        if name in FEEDS:
            return "200 OK", "application/xml", self._document(name)
        listed = "".join(f"{title}: {self.base}/feeds/{slug}.xml\n" for slug, title in FEEDS.items())
        return "200 OK" if path == "/feeds/" else "404 Not Found", "text/plain", listed.encode()

    def _receive(self, headers: dict[str, str], body: bytes) -> tuple[str, bytes]:
        signed = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode() + body
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        want = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        if not any(hmac.compare_digest(want, given) for given in headers.get("webhook-signature", "").split()):
            return "401 Unauthorized", b"bad signature"
        self.received += 1
        message = json.loads(body)
        self.bodies.append(message)
        self.say(f"receiver: {message['type']}, {len(body)} bytes, signature valid, webhook-id {headers.get('webhook-id')}\n")
        return "200 OK", b"ok"

    def _document(self, name: str) -> bytes:
        now = self.clock()
        age = (now - self._start).total_seconds()
        items = "".join(
            f"<item><title>{escape(i.title)}</title><link>https://{name}.example/{n}</link>"
            f'<guid isPermaLink="false">{name}-{n}</guid><description>{escape(i.summary)}</description>'
            f"<pubDate>{format_datetime(self._start + timedelta(seconds=i.after))}</pubDate></item>"
            for n, i in reversed(list(enumerate(ITEMS)))
            if i.feed == name and i.after <= age
        )
        title = escape(FEEDS[name])
        return (
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
            f"<link>https://{name}.example/</link><description>{title}</description>{items}</channel></rss>"
        ).encode()
