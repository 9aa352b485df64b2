"""Second opinions: what was asked and answered, as a cache by content and as the count of a day's budget."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select, update

import monitor.store.tables as t
from monitor.store.dialect import upsert
from monitor.store.reads import Reads
from monitor.store.values import clean, micros
from monitor.store.writes import Transaction


def answer(reads: Reads, key: str) -> str | None:
    """What was answered under ``key``; "" where it was asked and no use came of it; None where it was never asked."""
    found: str | None = reads.connection.execute(select(t.opinions.c.answer).where(t.opinions.c.key == key)).scalar()
    return found


def begin(tx: Transaction, key: str, now: datetime, budget: int) -> bool:
    """Take one question out of the day's budget (UTC). False where it is used up, or somebody asks this already."""
    day = micros(now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
    asked = tx.connection.execute(select(func.count()).select_from(t.opinions).where(t.opinions.c.at >= day)).scalar_one()
    if asked >= budget:
        return False
    row = {"key": key, "at": micros(now), "answer": ""}
    written = tx.connection.execute(upsert(tx.dialect.name, t.opinions, ("key",)).returning(t.opinions.c.key), row)
    return written.first() is not None


def keep(tx: Transaction, key: str, text: str) -> None:
    tx.connection.execute(update(t.opinions).where(t.opinions.c.key == key).values(answer=clean(text)))
