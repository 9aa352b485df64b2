"""What migrations fill from what is stored already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, union, update

import monitor.store.ledger as ledger
import monitor.store.tables as t
from monitor.standing import progress
from monitor.store.dialect import upsert
from monitor.store.values import event_of

_AT_ONCE = 500


def fill_ledger(connection: Connection, dialect: str) -> None:
    """The rows of moves and buildouts of every event, and the terms that say how far a buildout has come."""
    for rows in _parts(
        connection, select(t.events.c.seq, t.events.c.terms, t.events.c.document, t.events.c.first_seen), t.events
    ):
        told = [(row, event_of(row.document)) for row in rows]
        for table, made in ((t.event_moves, ledger.move_rows), (t.event_buildouts, ledger.buildout_rows)):
            found = [new for row, event in told for new in made(event, row.seq)]
            if found:
                connection.execute(insert(table), found)
        stages = [(row, stage.value) for row, event in told if (stage := progress(event))]
        _add_terms(connection, dialect, t.event_terms, [(stage, row.first_seen, row.seq) for row, stage in stages])
        if stages:
            changed = update(t.events).where(t.events.c.seq == bindparam("which")).values(terms=bindparam("said"))
            said = [{"which": row.seq, "said": f"{row.terms}\nprogress {stage}".lstrip("\n")} for row, stage in stages]
            connection.execute(changed, said)
    for rows in _parts(connection, select(t.alerts.c.seq, t.alerts.c.event, t.alerts.c.created_at), t.alerts):
        stages = [(row, stage.value) for row in rows if (stage := progress(event_of(row.event)))]
        _add_terms(connection, dialect, t.alert_terms, [(stage, row.created_at, row.seq) for row, stage in stages])


def key_ledger_anew(connection: Connection, keys: Collection[str]) -> None:
    """The rows of moves and buildouts of every event that has one under one of these keys, written again from the event: under
    the keys that its organisations have now."""
    m, b = t.event_moves.c, t.event_buildouts.c
    held = (select(c.table.c.event_seq).where(c.in_(sorted(keys))) for c in (m.from_key, m.to_key, b.org_key))
    for rows in _parts(connection, select(t.events.c.seq, t.events.c.document).where(t.events.c.seq.in_(union(*held))), t.events):
        for row in rows:
            ledger.record(connection, event_of(row.document), row.seq, new=False)


def _add_terms(connection: Connection, dialect: str, table: Table, found: list[tuple[str, int, int]]) -> None:
    rows = [{"kind": "progress", "value": stage, "at": at, "seq": seq} for stage, at, seq in found]
    if rows:
        connection.execute(upsert(dialect, table, ("kind", "value", "at", "seq")), rows)


def _parts(connection: Connection, rows: Any, table: Table) -> Iterator[list[Any]]:
    """Rows by number, some hundred at a time."""
    after = 0
    while part := connection.execute(rows.where(table.c.seq > after).order_by(table.c.seq).limit(_AT_ONCE)).all():
        yield list(part)
        after = part[-1].seq
