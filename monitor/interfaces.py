"""The three contracts. To add a source, a classifier or a notifier, implement one of them and register it.

Both network edges have one form: describe a request (pure), send it through the door (I/O), read the answer (pure).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import httpx

from monitor.model import Alert, Feed, Story, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the HTTP door brought back: status, headers (lower-case names), the body after decompression.

    ``url`` is where the answer came from after redirects; ``permanent_url`` is set where every hop was a 301 or 308.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""
    permanent_url: str = ""
    elapsed_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as the feed gives it, markup already taken off ``title`` and ``summary``."""

    id: str = ""  # guid or atom:id as written; "" where the feed gives none
    link: str = ""  # absolute
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    outlet: str = ""  # the item's own <source>, where it names one


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, read: the feed's own words about itself and its entries, newest as the document orders them."""

    title: str = ""
    link: str = ""
    format: str = ""  # "rss20", "atom10", "rss10", "json1.1" …
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    ttl_seconds: float | None = None  # the publisher's word on when to ask again: <ttl>, sy:updatePeriod
    skip_hours: frozenset[int] = frozenset()  # UTC
    skip_days: frozenset[int] = frozenset()  # Monday is 0
    hubs: tuple[str, ...] = ()  # WebSub


class Source(Protocol):
    """One kind of feed: how to ask for it and how to read what it answers. Pure."""

    name: str

    def request(self, feed: Feed, *, conditional: bool = True) -> httpx.Request:
        """The request that polls ``feed``; without ``conditional`` it carries no validators."""
        ...

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Read a document. Raises ReadingError with a plain reason where it holds no feed; never opens a file or URL."""
        ...


class Classifier(Protocol):
    """Says of one story whether it is one of the two kinds, with slots and evidence. Pure and deterministic."""

    name: str
    version: str

    def classify(self, story: Story) -> Verdict: ...


class Judgement(StrEnum):
    """What an answer to a delivery means."""

    SENT = "sent"
    AGAIN = "again"  # by the channel's schedule, or not before ``wait``
    DEAD = "dead"  # this delivery never
    DISABLE = "disable"  # the channel itself is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    judgement: Judgement
    why: str = ""
    wait: timedelta | None = None  # Retry-After, bounded
    refused: bool = False  # with AGAIN: three attempts in all, then dead


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What a notifier is asked to say. ``delivery_id`` is stable over attempts; ``page_url`` may be empty."""

    delivery_id: str
    alert: Alert
    page_url: str = ""
    plain: bool = False  # the receiver could not read the rich form: say it in plain text
    kind: str = "alert"  # "alert" or "test"


class Notifier(Protocol):
    """One kind of channel: build one request, judge one answer. Pure; constructed from the channel's options."""

    kind: str

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        """The request that says it. A notifier that needs no network returns a request with the scheme ``local:``."""
        ...

    def judge(self, answer: Answer) -> Judged:
        """What an answer means. Connection errors never reach it: they are always tried again."""
        ...
