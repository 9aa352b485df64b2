"""Rows of feeds and of their care: polls, budgets of requests, subscriptions at hubs. See ``rows``.

(No ``from __future__ import annotations`` here: SQLModel reads the annotations.)
"""

from typing import ClassVar

from sqlalchemy import Boolean, ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from monitor.store.rows_base import _CLUSTERED, _number, _text


class FeedRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "feeds"
    id: str = _text(primary_key=True)
    name: str = _text(index=True)
    url: str = _text()
    source: str = _text()
    category: str = _text()
    declared: bool = Field(sa_type=Boolean)
    state: str = _text()
    paused: bool = Field(sa_type=Boolean)
    etag: str = _text()
    last_modified: str = _text()
    body_digest: str = _text()
    interval_seconds: float
    next_check: int = _number(index=True)
    last_checked: int | None = _number()
    last_success: int | None = _number()
    last_story: int | None = _number()
    baseline_done: bool = Field(sa_type=Boolean)
    failures: int = _number()
    last_error: str = _text()
    polls: int = _number()
    stories: int = _number()
    matches: int = _number()
    title: str = _text()
    given_url: str = _text()
    moved_to: str = _text()
    moved_polls: int = _number()
    moved_since: int | None = _number()
    changed_at: int | None = _number()
    added_at: int | None = _number()
    gap_seconds: float
    longest_gap: float
    haste: float
    overruns: int = _number()
    rung: int = _number()
    state_since: int | None = _number()
    told_state: str = _text()
    pushed_until: int | None = _number()
    missed_since: int | None = _number()
    ttl_seconds: float
    skip_hours: int = _number()
    skip_days: int = _number()


class FeedPollRow(SQLModel, table=True):
    """The last polls of a feed: a ring of slots, in which a new poll takes the place of the oldest."""

    __tablename__: ClassVar[str] = "feed_polls"
    __table_args__ = (
        ForeignKeyConstraint(["feed_id"], ["feeds.id"], ondelete="CASCADE"),
        _CLUSTERED,
    )
    feed_id: str = _text(primary_key=True)
    slot: int = _number(primary_key=True)
    at: int = _number()
    outcome: str = _text()
    status: int | None = _number()
    new_entries: int = _number()
    seconds: float
    error: str = _text()


class FeedPrintsRow(SQLModel, table=True):
    """The entries of a feed's last document by fingerprint, twelve hexadecimal digits each: those are not read again."""

    __tablename__: ClassVar[str] = "feed_prints"
    __table_args__ = (ForeignKeyConstraint(["feed_id"], ["feeds.id"], ondelete="CASCADE"),)
    feed_id: str = _text(primary_key=True)
    prints: str = _text()


class BudgetRow(SQLModel, table=True):
    """When the next request of a budget may start, over all processes."""

    __tablename__: ClassVar[str] = "budgets"
    name: str = _text(primary_key=True)
    next_free: int = _number()


class SubscriptionRow(SQLModel, table=True):
    """A feed at its WebSub hub. ``token`` names it in the callback's address; ``secret`` signs what is pushed."""

    __tablename__: ClassVar[str] = "subscriptions"
    __table_args__ = (ForeignKeyConstraint(["feed_id"], ["feeds.id"], ondelete="CASCADE"),)
    feed_id: str = _text(primary_key=True)
    hub: str = _text()
    topic: str = _text()
    token: str = _text(unique=True)
    secret: str = _text()
    state: str = _text()
    verified_at: int | None = _number()
    lease_until: int | None = _number()
    next_request: int = _number(index=True)
    failures: int = _number()
    pushes: int = _number()
    missed: int = _number()
    last_push: int | None = _number()
    last_error: str = _text()
