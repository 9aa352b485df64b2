"""The three contracts. To add a source, a classifier or a notifier, implement one of them and register it.

Both network edges have one form: describe a request (pure), send it through the door (I/O), read the answer (pure).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

import httpx

from monitor.model import Feed, Story, Verdict
from monitor.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the HTTP door brought back: status, headers (lower-case names), the body after decompression.

    ``url`` is where the answer came from after redirects; ``permanent_url`` is set where every hop was a 301 or 308. ``refused``:
    recipients a mail server does not take the mail for, each with its code and words.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""
    permanent_url: str = ""
    refused: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as the feed gives it, markup already taken off ``title`` and ``summary``."""

    id: str = ""  # guid or atom:id as written; "" where the feed gives none
    link: str = ""  # absolute
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    outlet: str = ""  # the item's own <source>, where it names one
    outlet_url: str = ""  # and that outlet's address
    wanted: bool = True  # False: remembered, so that it is known when it comes again, and no story
    known: bool = False  # its publisher's words are those of the document before: they were not read again


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
    topic: str = ""  # the address it names as its own, which is what a hub knows it by
    ends_early: bool = False  # the rest of it never came: it is to be asked for again
    partial: bool = False  # only what is new stands in it: a delta, or what a hub pushed


@dataclass(frozen=True, slots=True, kw_only=True)
class Skim:
    """A document read by the first tier. ``prints`` are its entries' fingerprints, numbers of 48 bits."""

    reading: Reading
    prints: frozenset[int] = frozenset()


class Source(Protocol):
    """One kind of feed: how to ask for it and how to read what it answers. Pure."""

    name: str
    # The budget its requests share over all processes, with how many a second; None: the limits on hosts suffice.
    budget: tuple[str, float] | None

    def request(self, feed: Feed, *, conditional: bool = True) -> httpx.Request:
        """The request that polls ``feed``; without ``conditional`` it carries no validators."""
        ...

    def earlier(self, feed: Feed, page: int) -> httpx.Request | None:
        """The request for what stood before the newest entries, ``page`` pages back (from 1); None where there are no pages."""
        ...

    def skim(self, body: bytes, *, url: str, content_type: str = "", seen: Container[int] = frozenset()) -> Skim | None:
        """Read a document quickly, on the event loop; None on any doubt, and then ``parse`` reads it.

        Entries whose fingerprint is in ``seen`` may come without their words (``Entry.known``). Raises ReadingError where it
        is certain that the document holds no feed.
        """
        ...

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Read a document, in a process of its own. Raises ReadingError with a plain reason where it holds no feed.

        Never opens a file or an address.
        """
        ...


class Classifier(Protocol):
    """Says of one story whether it is one of the two kinds, with slots and evidence. Pure and deterministic."""

    name: str
    version: str

    def classify(self, story: Story) -> Verdict: ...


class Judgement(StrEnum):
    """What an answer to a delivery means."""

    SENT = "sent"
    NEXT = "next"  # one of several requests is done: go on with the step ``Judged.step``
    AGAIN = "again"  # by the channel's schedule, or not before ``wait``
    DEAD = "dead"  # this delivery never
    DISABLE = "disable"  # the channel itself is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    judgement: Judgement
    why: str = ""
    wait: timedelta | None = None  # Retry-After, bounded
    refused: bool = False  # with AGAIN: three attempts in all, then dead
    plain: bool = False  # with AGAIN: the rich form was not understood; once more as plain text, then dead
    step: str = ""  # with NEXT
    post: str = ""  # where the channel holds the message now, in its own words
    unsure: bool = False  # it may have arrived all the same
    rest: timedelta | None = None  # the channel takes nothing more for this long
    missed: str = ""  # whom of several it never reaches, and why
    later: tuple[str, ...] = ()  # with SENT: those of several who are to be tried again, alone; with AGAIN: fewer than before


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What a notifier is asked to say. ``delivery_id`` is stable over attempts; ``page_url`` may be empty.

    ``test`` asks for the channel's test message. ``unsure``: an earlier attempt may have arrived. ``post`` is what an earlier
    ``Judged.post`` said of the same alert; ``overtaken``: a later revision of it was said there already. ``step`` is "" at first,
    then what ``Judged.step`` said. ``only``: those of the channel's recipients who have not got it yet; (): none has.
    """

    delivery_id: str
    subject: Subject
    page_url: str = ""
    plain: bool = False  # the receiver could not read the rich form: say it in plain text
    test: bool = False
    unsure: bool = False
    post: str = ""
    overtaken: bool = False
    step: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message for the mail door. ``server`` is ``smtp://``, ``smtps://`` or ``smtp+plain://`` with login, host and port."""

    server: str
    sender: str
    recipients: tuple[str, ...]
    content: bytes  # RFC 5322


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A message for the apprise library, which knows how to reach the service ``url`` names."""

    url: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Bytes for standard output."""

    content: bytes


Parcel: TypeAlias = httpx.Request | Mail | Handover | Printed


class Notifier(Protocol):
    """One kind of channel: build one request, judge one answer. Pure; constructed from the channel's options."""

    kind: str

    def request(self, outgoing: Outgoing, *, now: datetime) -> Parcel:
        """What is to be sent, as a value: each kind of parcel has a door of its own that sends it and brings an Answer."""
        ...

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        """What an answer to ``request(outgoing)`` means. Connection errors never reach it: they are always tried again."""
        ...
