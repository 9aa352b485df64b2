"""The rows of telling later or not at all: digests that are being filled, and silences. As in ``rows``, they never leave.

(No ``from __future__ import annotations`` here: SQLModel reads the annotations.)
"""

from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import SQLModel

from monitor.store.rows_base import _CLUSTERED, _number, _seq, _text


class DigestItemRow(SQLModel, table=True):
    """A revision that waits for a digest, or went out with one: ``delivery_id`` is that one, "" while it waits."""

    __tablename__: ClassVar[str] = "digest_items"
    __table_args__ = (
        ForeignKeyConstraint(["alert_id", "revision"], ["alerts.id", "alerts.revision"]),
        ForeignKeyConstraint(["channel"], ["channels.name"]),
        Index("ix_digest_items_due", "delivery_id", "due_at"),
        _CLUSTERED,
    )
    alert_id: str = _text(primary_key=True)
    revision: int = _number(primary_key=True)
    channel: str = _text(primary_key=True)
    digest: str = _text()
    route: str = _text()
    due_at: int = _number()
    added_at: int = _number()
    delivery_id: str = _text(index=True)


class SilenceRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "silences"
    id: str = _text(primary_key=True)
    match: str = _text()
    starts_at: int = _number()
    ends_at: int = _number(index=True)
    author: str = _text()
    comment: str = _text()
    created_at: int = _number()
    expired_by: str = _text()


class CorrectionRow(SQLModel, table=True):
    """What people said of grouping. No foreign key: it is learned from for ever."""

    __tablename__: ClassVar[str] = "corrections"
    seq: int | None = _seq()
    id: str = _text(unique=True)
    kind: str = _text()
    event_id: str = _text(index=True)
    other_id: str = _text(index=True)
    stories: str = _text()
    author: str = _text()
    note: str = _text()
    at: int = _number()
