"""How much is stored and who is alive."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

import monitor.store.rows as t
from monitor.model import DeliveryState
from monitor.results import Heartbeat
from monitor.store.dialect import upsert
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
        "rows": {table.name: _count(reads, table) for table in t.METADATA.sorted_tables},
        **{f"first_{name}": moment_or_none(first) for name, (first, _) in spans.items()},
        **{f"last_{name}": moment_or_none(last) for name, (_, last) in spans.items()},
    }


def beat(tx: Transaction, name: str, now: datetime, info: dict[str, Any]) -> None:
    row = {"name": clean(name), "at": micros(now), "info": json.dumps(info, default=str)}
    tx.connection.execute(upsert(tx.dialect.name, t.heartbeats, ("name",), ("at", "info")), [row])


def heartbeats(reads: Reads) -> dict[str, Heartbeat]:
    rows = reads.connection.execute(select(t.heartbeats).order_by(t.heartbeats.c.name))
    return {r.name: Heartbeat(name=r.name, at=moment(r.at), info=json.loads(r.info)) for r in rows}
