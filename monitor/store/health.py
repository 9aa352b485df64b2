"""How much is stored and who is alive."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, func, select, true

import monitor.store.tables as t
from monitor.model import DeliveryState, FeedState
from monitor.results import Heartbeat
from monitor.store.dialect import upsert
from monitor.store.grouping_writes import FOLD
from monitor.store.migrate import revision_of
from monitor.store.reads import Reads
from monitor.store.values import clean, micros, moment, moment_or_none
from monitor.store.writes import Transaction


def counts(reads: Reads) -> dict[str, int]:
    tables = ("feeds", "stories", "matches", "events", "alerts", "deliveries", "attempts")
    found = {name: _count(reads, t.METADATA.tables[name]) for name in tables}
    d = t.deliveries.c
    for state in DeliveryState:
        by_state = select(func.count()).select_from(t.deliveries).where(d.state == state.value)
        found[f"deliveries_{state.value}"] = reads.connection.execute(by_state).scalar_one()
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What an operator watches. Ages are in seconds, 0 where nothing waits."""

    feeds: dict[str, int]  # by state
    overruns: int  # polls that showed that entries were missed
    lag: float  # how long the feed that is longest due has been due
    waiting: int  # deliveries neither sent nor dead
    dead: int
    oldest: float  # age of the oldest of those that wait
    channels_off: int
    newest: float | None  # time since the newest story was first seen; None before the first
    bytes: int


def vitals(reads: Reads, now: datetime) -> Vitals:
    """By indexes alone: cheap enough to be asked every few seconds."""
    run, f, d, c = reads.connection.execute, t.feeds.c, t.deliveries.c, t.channels.c
    active = and_(f.state != FeedState.RESTING.value, f.paused == false(), f.next_check > t.DUE_NOW)
    due = run(select(func.min(f.next_check)).where(active)).scalar()
    oldest = run(select(func.min(d.ordered_at)).select_from(t.channels.join(t.deliveries, _waits()))).scalar()
    waiting = select(func.count()).select_from(t.channels.join(t.deliveries, _waits()))
    dead = select(func.count()).select_from(t.deliveries).where(d.state == DeliveryState.DEAD.value)
    off = select(func.count()).select_from(t.channels).where(c.disabled == true())
    newest = run(select(func.max(t.stories.c.first_seen))).scalar()
    return Vitals(
        feeds={row[0]: row[1] for row in run(select(f.state, func.count()).group_by(f.state))},
        overruns=int(run(select(func.coalesce(func.sum(f.overruns), 0))).scalar_one()),
        lag=_age(due, now),
        waiting=run(waiting).scalar_one(),
        dead=run(dead).scalar_one(),
        oldest=_age(oldest, now),
        channels_off=run(off).scalar_one(),
        newest=None if newest is None else _age(newest, now),
        bytes=reads.dialect.size(reads.connection),
    )


def _waits() -> ColumnElement[bool]:
    return and_(t.deliveries.c.channel == t.channels.c.name, t.deliveries.c.open == true())


def _age(at: int | None, now: datetime) -> float:
    return 0.0 if at is None else max((micros(now) - at) / 1e6, 0.0)


def _count(reads: Reads, table: Any) -> int:
    return int(reads.connection.execute(select(func.count()).select_from(table)).scalar_one())


def stats(reads: Reads) -> dict[str, Any]:
    s, a = t.stories.c, t.alerts.c
    spans = {
        name: reads.connection.execute(select(func.min(column), func.max(column))).one()
        for name, column in (("story", s.first_seen), ("alert", a.created_at))
    }
    return {
        "revision": revision_of(reads.connection),
        "bytes": reads.dialect.size(reads.connection),
        "rows": _rows(reads),
        **{f"first_{name}": moment_or_none(first) for name, (first, _) in spans.items()},
        **{f"last_{name}": moment_or_none(last) for name, (_, last) in spans.items()},
    }


def _rows(reads: Reads) -> dict[str, int]:
    """By table; beside what people said of grouping, as ``folds``, the events that became one by themselves."""
    found = {table.name: _count(reads, table) for table in t.METADATA.sorted_tables}
    folds = select(func.count()).select_from(t.corrections).where(t.corrections.c.kind == FOLD)
    folded = int(reads.connection.execute(folds).scalar_one())
    return found | {"corrections": found["corrections"] - folded, "folds": folded}


def beat(tx: Transaction, name: str, now: datetime, info: dict[str, Any]) -> None:
    row = {"name": clean(name), "at": micros(now), "info": json.dumps(info, default=str)}
    tx.connection.execute(upsert(tx.dialect.name, t.heartbeats, ("name",), ("at", "info")), [row])


def forget_silent(tx: Transaction, beginning: str, before: datetime) -> int:
    """Take out who fell silent before a time, among those whose name has this beginning; returns how many."""
    c = t.heartbeats.c
    gone = delete(t.heartbeats).where(c.name.startswith(beginning, autoescape=True), c.at < micros(before))
    return int(tx.connection.execute(gone).rowcount)


def heartbeats(reads: Reads) -> dict[str, Heartbeat]:
    rows = reads.connection.execute(select(t.heartbeats).order_by(t.heartbeats.c.name))
    return {r.name: Heartbeat(name=r.name, at=moment(r.at), info=json.loads(r.info)) for r in rows}
