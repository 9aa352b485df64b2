"""The rows of those who ask: who may, what was saved to be asked again, and what they said of the answers."""

from typing import ClassVar

from sqlalchemy import Boolean, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.store.rows_base import _number, _seq, _text


class TokenRow(SQLModel, table=True):
    """A token of the API: only the digest of its secret is kept."""

    __tablename__: ClassVar[str] = "tokens"
    id: str = _text(primary_key=True)
    name: str = _text()
    scope: str = _text()
    digest: str = _text()
    created_at: int = _number()
    expires_at: int | None = _number()
    revoked_at: int | None = _number()
    last_used: int | None = _number()


class OpinionRow(SQLModel, table=True):
    """A second opinion that was asked, by a digest of the words and the model asked; "" where no use came of it."""

    __tablename__: ClassVar[str] = "opinions"
    key: str = _text(primary_key=True)
    at: int = _number(index=True)
    answer: str = _text()


class SearchRow(SQLModel, table=True):
    """A filter with a name, in the words of the filter language, so that ``7d`` stays seven days."""

    __tablename__: ClassVar[str] = "searches"
    name: str = _text(primary_key=True)
    words: str = _text()
    created_at: int = _number()


class FeedbackRow(SQLModel, table=True):
    """What people said, each word of a person on a target numbered. No foreign key: it is learned from for ever."""

    __tablename__: ClassVar[str] = "feedback"
    __table_args__ = (UniqueConstraint("target", "person", "number"), Index("ix_feedback_current", "current", "seq"))
    seq: int | None = _seq()
    id: str = _text(unique=True)
    target: str = _text()
    target_kind: str = _text()
    kind: str = _text()
    person: str = _text()
    number: int = _number()
    current: bool = Field(sa_type=Boolean)
    via: str = _text()
    note: str = _text()
    story_id: str = _text()
    title: str = _text()
    summary: str = _text()
    url: str = _text()
    labels: str = _text()
    trace: str = _text()
    version: str = _text()
    at: int = _number()
