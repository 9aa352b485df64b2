"""Feeds as the scheduler and the surfaces read them: the schedule lives in the feed's row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select

import monitor.store.tables as t
from monitor.errors import NotFoundError
from monitor.filtering import MOST_NAMES, near
from monitor.model import Feed, FeedId, FeedState
from monitor.results import FeedPoll
from monitor.store.feed_codec import feed_of
from monitor.store.reads import Reads
from monitor.store.values import clean, micros, moment

_f = t.feeds.c
_ACTIVE: ColumnElement[bool] = and_(_f.state != FeedState.RESTING.value, _f.paused == false())

_AWAKE = _f.state != FeedState.RESTING.value
_UNTRIED = select(_f.id).where(_f.last_checked.is_(None), _AWAKE).limit(1)
_SILENT = select(t.feeds).where(_AWAKE, or_(_f.state == FeedState.FAILING.value, _f.last_success.is_(None))).order_by(_f.name)
_DUE = select(t.feeds).where(_f.next_check <= bindparam("now"), _ACTIVE).order_by(_f.next_check, _f.id)
_DUE = _DUE.limit(bindparam("most")).offset(bindparam("behind"))


def all_feeds(reads: Reads) -> list[Feed]:
    return [feed_of(row) for row in reads.connection.execute(select(t.feeds).order_by(_f.name, _f.id))]


def named(reads: Reads, name_or_id: str) -> Feed:
    """By id or exact name, else by a name that differs in case only."""
    name_or_id = clean(name_or_id)
    wanted = or_(_f.id == name_or_id, func.lower(_f.name) == name_or_id.lower())
    found = [feed_of(row) for row in reads.connection.execute(select(t.feeds).where(wanted).order_by(_f.name, _f.id))]
    if not found:
        names = reads.connection.execute(select(_f.name).order_by(_f.name)).scalars().all()
        raise NotFoundError("feed", name_or_id, instead=near(name_or_id, names, most=MOST_NAMES))
    return max(found, key=lambda feed: (feed.id == name_or_id, feed.name == name_or_id))


def due(reads: Reads, now: datetime, limit: int, behind: int = 0) -> list[Feed]:
    which = {"now": micros(now), "most": limit, "behind": behind}
    return [feed_of(row) for row in reads.connection.execute(_DUE, which)]


def untried(reads: Reads) -> bool:
    return reads.connection.execute(_UNTRIED).first() is not None


def silent(reads: Reads) -> list[Feed]:
    return [feed_of(row) for row in reads.connection.execute(_SILENT)]


def polls(reads: Reads, feed_id: FeedId, limit: int) -> list[FeedPoll]:
    p = t.feed_polls.c
    which = select(t.feed_polls).where(p.feed_id == feed_id).order_by(p["at"].desc(), p.slot.desc()).limit(limit)
    return [_poll(row) for row in reads.connection.execute(which)]


def _poll(row: Any) -> FeedPoll:
    return FeedPoll(
        feed_id=FeedId(row.feed_id),
        at=moment(row.at),
        outcome=row.outcome,
        status=row.status,
        new_entries=row.new_entries,
        seconds=row.seconds,
        error=row.error,
    )
