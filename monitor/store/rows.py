"""The rows as declared, here and in the files beside: what the database is made of, which the migrations are held against.

Statements see them as ``tables``, from a file ``describe`` writes of these classes. Rows never leave ``store/``: ``codec`` maps
them to frozen values.

Times are microseconds since 1970 in UTC: exact, ordered and alike in every database. Documents are JSON text, written
and read by ``codec``. (No ``from __future__ import annotations`` here: SQLModel reads the annotations.)
"""

from typing import ClassVar

from sqlalchemy import Boolean, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# Each adds its tables to METADATA.
import monitor.store.rows_asking
import monitor.store.rows_feeds
import monitor.store.rows_ledger
import monitor.store.rows_telling  # noqa: F401
from monitor.store.rows_base import _BIG, _CLUSTERED, _number, _seq, _text

_LATER = text("later IS NOT NULL AND state <> 'dead'")


class StoryRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "stories"
    __table_args__ = (ForeignKeyConstraint(["feed_id"], ["feeds.id"]), Index("ix_stories_outlet", "outlet_folded", "first_seen"))
    seq: int | None = _seq()
    id: str = _text(unique=True)
    feed_id: str = _text(index=True)
    url: str = _text()
    canonical_url: str = _text(index=True)
    title: str = _text()
    title_digest: str = _text(index=True)
    summary: str = _text()
    outlet: str = _text()
    outlet_folded: str = _text()
    published: int | None = _number()
    first_seen: int = _number(index=True)


class StoryKeyRow(SQLModel, table=True):
    """How a feed names its stories. No foreign key: keys outlive stories, so that a clean-up never makes an old entry new."""

    __tablename__: ClassVar[str] = "story_keys"
    __table_args__ = _CLUSTERED
    feed_id: str = _text(primary_key=True)
    key: str = _text(primary_key=True)
    story_id: str = _text()
    fingerprint: str = _text()
    last_seen: int = _number()


class MatchRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "matches"
    __table_args__ = (ForeignKeyConstraint(["story_id"], ["stories.id"], ondelete="CASCADE"), _CLUSTERED)
    story_id: str = _text(primary_key=True)
    label: str = _text(primary_key=True)
    score: float
    slots: str = _text()
    evidence: str = _text()


class EventRow(SQLModel, table=True):
    """An event whole in ``document``; the columns beside it are what pages order, filter and search by."""

    __tablename__: ClassVar[str] = "events"
    seq: int | None = _seq()
    id: str = _text(unique=True)
    labels: str = _text()
    status: str = _text()
    severity: str = _text()
    headline: str = _text()
    words: str = _text()
    first_seen: int = _number(index=True)
    last_seen: int = _number(index=True)
    story_count: int = _number()
    amount: float | None = None
    capacity: float | None = None
    change: int = _number(index=True)  # numbers the writes of all events: what a follower goes on from
    changed_at: int = _number(index=True)
    terms: str = _text()
    document: str = _text()


class EventTermRow(SQLModel, table=True):
    """What an event can be filtered by, clustered so that one filter is one range of the index, newest first."""

    __tablename__: ClassVar[str] = "event_terms"
    __table_args__ = (ForeignKeyConstraint(["seq"], ["events.seq"]), _CLUSTERED)
    kind: str = _text(primary_key=True)
    value: str = _text(primary_key=True)
    at: int = _number(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=_BIG, sa_column_kwargs={"autoincrement": False})


class EventKeyRow(SQLModel, table=True):
    """The index in which grouping finds its candidates."""

    __tablename__: ClassVar[str] = "event_keys"
    __table_args__ = (
        ForeignKeyConstraint(["event_seq"], ["events.seq"]),
        Index("ix_event_keys_recent", "key", "last_seen", "event_seq"),
        _CLUSTERED,
    )
    key: str = _text(primary_key=True)
    event_seq: int = Field(primary_key=True, sa_type=_BIG, sa_column_kwargs={"autoincrement": False})
    last_seen: int = _number()


class MembershipRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "memberships"
    __table_args__ = (
        ForeignKeyConstraint(["event_id"], ["events.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["story_id"], ["stories.id"], ondelete="CASCADE"),
        _CLUSTERED,
    )
    event_id: str = _text(primary_key=True)
    story_id: str = _text(primary_key=True, index=True)
    relation: str = _text()
    score: float
    reasons: str = _text()
    at: int = _number()


class AlertRow(SQLModel, table=True):
    """One revision of an alert, with the event as it stood."""

    __tablename__: ClassVar[str] = "alerts"
    __table_args__ = (UniqueConstraint("id", "revision"), ForeignKeyConstraint(["event_id"], ["events.id"]))
    seq: int | None = _seq()
    id: str = _text()
    revision: int = _number()
    event_id: str = _text(index=True)
    event_seq: int = Field(sa_type=_BIG, index=True)
    created_at: int = _number(index=True)
    amount: float | None = None
    capacity: float | None = None
    reasons: str = _text()
    changes: str = _text()
    event: str = _text()


class AlertTermRow(SQLModel, table=True):
    """What an alert can be filtered by: the terms of its event as it stood."""

    __tablename__: ClassVar[str] = "alert_terms"
    __table_args__ = (ForeignKeyConstraint(["seq"], ["alerts.seq"]), _CLUSTERED)
    kind: str = _text(primary_key=True)
    value: str = _text(primary_key=True)
    at: int = _number(primary_key=True)
    seq: int = Field(primary_key=True, sa_type=_BIG, sa_column_kwargs={"autoincrement": False})


class DeliveryRow(SQLModel, table=True):
    """The outbox. ``open`` is true until sent or dead; the first open row of a channel is its next. One that only some recipients
    have not got (``later``) is not open: the others go on.

    A row carries a revision of an alert, or what ``document`` says: a notice, or the references of a digest.
    """

    __tablename__: ClassVar[str] = "deliveries"
    __table_args__ = (
        UniqueConstraint("alert_id", "revision", "channel"),
        ForeignKeyConstraint(["alert_id", "revision"], ["alerts.id", "alerts.revision"]),
        ForeignKeyConstraint(["channel"], ["channels.name"]),
        Index("ix_deliveries_next", "channel", "open", "ordered_at", "alert_id", "revision"),
        Index("ix_deliveries_state", "state", "seq"),
        Index("ix_deliveries_channel", "channel", "seq"),
        Index("ix_deliveries_later", "channel", "next_attempt", sqlite_where=_LATER, postgresql_where=_LATER),
    )
    seq: int | None = _seq()
    id: str = _text(unique=True)
    kind: str = _text()
    alert_id: str | None = _text()
    revision: int = _number()
    channel: str = _text()
    route: str = _text(default="")
    ordered_at: int = _number()  # the alert's created_at, or when what was held may go
    created_at: int = _number(index=True)
    state: str = _text()
    open: bool = Field(sa_type=Boolean)
    attempts: int = _number()
    lost: int = _number()
    next_attempt: int = _number()
    lease_until: int | None = _number()
    sent_at: int | None = _number()
    last_status: int | None = _number()
    last_error: str = _text()
    plain: bool = Field(sa_type=Boolean)
    unsure: bool = Field(sa_type=Boolean)
    document: str | None = _text()
    later: str | None = _text()


class PostRow(SQLModel, table=True):
    """Where a channel holds what it was told of an alert, in the channel's own words: to edit it and to answer below it."""

    __tablename__: ClassVar[str] = "posts"
    __table_args__ = (ForeignKeyConstraint(["channel"], ["channels.name"]), _CLUSTERED)
    channel: str = _text(primary_key=True)
    alert_id: str = _text(primary_key=True)
    ref: str = _text()
    at: int = _number()


class AttemptRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "attempts"
    __table_args__ = (ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], ondelete="CASCADE"),)
    seq: int | None = _seq()
    delivery_id: str = _text(index=True)
    number: int = _number()
    at: int = _number()
    status: int | None = _number()
    duration_ms: float
    answer: str = _text()
    error: str = _text()
    next_attempt: int | None = _number()


class ChannelRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "channels"
    name: str = _text(primary_key=True)
    disabled: bool = Field(sa_type=Boolean)
    reason: str = _text()
    failures: int = _number()
    failing_since: int | None = _number()


class HeartbeatRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "heartbeats"
    name: str = _text(primary_key=True)
    at: int = _number()
    info: str = _text()


METADATA = SQLModel.metadata
