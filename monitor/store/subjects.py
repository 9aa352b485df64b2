"""What a delivery carries: an alert's revision where it stands, a notice or a digest as its row's document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

import monitor.store.codec as codec
import monitor.store.tables as t
from monitor.model import Alert
from monitor.store.reads import Reads, chunks
from monitor.store.values import document, read_document
from monitor.subjects import Digest, Notice, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class _Digest:
    """A digest as it is stored: its alerts by id and revision."""

    id: str
    at: datetime
    title: str
    since: datetime
    until: datetime
    alerts: tuple[tuple[str, int], ...]
    omitted: int
    zone: str = "UTC"
    first: tuple[str, ...] = ()  # alerts that are told here for the first time, though as a later revision


def document_of(subject: Subject) -> str | None:
    """What is stored beside the delivery; None for an alert, which has a row of its own."""
    if isinstance(subject, Alert):
        return None
    if isinstance(subject, Notice):
        return document(Notice, subject)
    refs = tuple((a.id, a.revision) for a in subject.alerts)
    kept = {name: getattr(subject, name) for name in ("id", "at", "title", "since", "until", "omitted", "zone")}
    first = tuple(a.id for a in subject.alerts if not a.update)
    return document(_Digest, _Digest(alerts=refs, first=first, **kept))


def subject_of(reads: Reads, row: Any) -> Subject:
    """What the delivery ``row`` carries. Raises whatever a damaged row makes of it."""
    if row.kind == "notice":
        notice: Notice = read_document(Notice, row.document)
        return notice
    if row.kind == "digest":
        kept: _Digest = read_document(_Digest, row.document)
        same = {name: getattr(kept, name) for name in ("id", "at", "title", "since", "until", "omitted", "zone")}
        told = (replace(a, changes=()) if a.id in kept.first else a for a in _alerts(reads, kept.alerts))
        return Digest(alerts=tuple(told), **same)
    return _alerts(reads, ((row.alert_id, row.revision),))[0]


def _alerts(reads: Reads, refs: tuple[tuple[str, int], ...]) -> list[Alert]:
    a = t.alerts
    parts = (select(a).where(tuple_(a.c.id, a.c.revision).in_(part)) for part in chunks(refs))
    found = {(row.id, row.revision): row for part in parts for row in reads.connection.execute(part)}
    return [codec.alert_of(found[ref]) for ref in refs]
