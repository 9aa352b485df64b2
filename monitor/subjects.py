"""What a delivery can carry: an alert, a notice to the operator, or a digest of alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from monitor.ids import make_id
from monitor.model import Alert

DIGEST_ALERTS = 40  # in one message; a larger digest goes out in parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the operator should know: a channel or feed fails, is well again or switched off, a message was given up, or a
    route cannot use its saved search."""

    id: str
    at: datetime
    kind: str  # "channel.failing", "channel.disabled", "channel.recovered", "delivery.dead", "delivery.missed", "route.failing" …
    subject: str  # the name of the channel, feed or route
    title: str  # one line that says it
    lines: tuple[str, ...] = ()  # what is known, and what to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Alerts told together. ``omitted`` counts those of the period that are not among ``alerts``; ``zone`` is where its hours
    are those that people set."""

    id: str
    at: datetime
    title: str  # "Daily digest of desk"
    since: datetime
    until: datetime
    alerts: tuple[Alert, ...]
    omitted: int = 0
    zone: str = "UTC"


Subject: TypeAlias = Alert | Notice | Digest
Kind = Literal["alert", "notice", "digest"]


def notice(at: datetime, kind: str, subject: str, title: str, *lines: str) -> Notice:
    """A notice whose id follows from the time, the kind and the subject: saying it twice is saying it once."""
    return Notice(id=make_id(at, "notice", kind, subject), at=at, kind=kind, subject=subject, title=title, lines=lines)


def kind_of(subject: Subject) -> Kind:
    return "alert" if isinstance(subject, Alert) else "notice" if isinstance(subject, Notice) else "digest"


def at_of(subject: Subject) -> datetime:
    """The time a subject is ordered by."""
    return subject.created_at if isinstance(subject, Alert) else subject.at
