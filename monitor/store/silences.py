"""Silences as they are stored. They are never deleted: who silenced what stays to be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

import monitor.store.tables as t
from monitor.errors import AmbiguousError, NotFoundError
from monitor.model import Silence, SilenceId
from monitor.store.cursor import Cursor
from monitor.store.dialect import upsert
from monitor.store.reads import Reads
from monitor.store.values import clean, document, micros, moment, read_document
from monitor.store.writes import Transaction

_Match = dict[str, Any]


def _of(row: Any) -> Silence:
    return Silence(
        id=SilenceId(row.id),
        match=read_document(_Match, row.match),
        starts_at=moment(row.starts_at),
        ends_at=moment(row.ends_at),
        author=row.author,
        comment=row.comment,
        created_at=moment(row.created_at),
        expired_by=row.expired_by,
    )


def add(tx: Transaction, silence: Silence) -> None:
    """Write a silence; the same once more changes nothing."""
    row = {
        "id": silence.id,
        "match": document(_Match, silence.match),
        "starts_at": micros(silence.starts_at),
        "ends_at": micros(silence.ends_at),
        "author": clean(silence.author),
        "comment": clean(silence.comment),
        "created_at": micros(silence.created_at),
        "expired_by": clean(silence.expired_by),
    }
    tx.connection.execute(upsert(tx.dialect.name, t.silences, ("id",)), row)
    tx.durable = True


# Asked at every poll that brings something: made once.
_NOT_OVER = select(t.silences).where(t.silences.c.ends_at > bindparam("now")).order_by(t.silences.c.ends_at, t.silences.c.id)


def not_over(reads: Reads, now: datetime) -> list[Silence]:
    """Those that hold now or will, the one that ends first before the others."""
    return [_of(row) for row in reads.connection.execute(_NOT_OVER, {"now": micros(now)})]


def page(reads: Reads, *, now: datetime, over: bool, after: str | None, limit: int) -> tuple[tuple[Silence, ...], str | None]:
    """Newest first: those that hold at ``now`` or will, and with ``over`` those that are over too."""
    s = t.silences.c
    conditions = [] if over else [s.ends_at > micros(now)]
    if after:
        conditions.append(s.id < Cursor.decode(after, "n").name)
    rows = reads.connection.execute(select(t.silences).where(*conditions).order_by(s.id.desc()).limit(limit + 1)).all()
    place = Cursor(order="n", name=rows[limit - 1].id).encode() if len(rows) > limit else None
    return tuple(_of(row) for row in rows[:limit]), place


def every(reads: Reads) -> list[Silence]:
    """All that ever were, newest first."""
    return [_of(row) for row in reads.connection.execute(select(t.silences).order_by(t.silences.c.id.desc()))]


def expire(tx: Transaction, reference: str, now: datetime, by: str) -> Silence:
    """End the silence of this id, or of this beginning of one, now. One that is over already stays as it is.

    Raises NotFoundError, or AmbiguousError where several begin so.
    """
    s = t.silences.c
    begins = s.id.startswith(reference.upper(), autoescape=True)
    rows = tx.connection.execute(select(t.silences).where(begins).limit(2)).all() if reference else []
    if not rows:
        raise NotFoundError("silence", reference)
    if len(rows) > 1:
        raise AmbiguousError("silence", reference)
    found = _of(rows[0])
    if found.ends_at > now:
        values = {"ends_at": micros(now), "expired_by": clean(by)}
        tx.connection.execute(update(t.silences).where(s.id == found.id).values(values))
        tx.durable = True
    return _of(tx.connection.execute(select(t.silences).where(s.id == found.id)).one())
