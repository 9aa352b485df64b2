"""The index of events by key: of each key the most recent events, whatever the table's size.

It is read for every story that is flagged, so the statements are compiled once and run as text: what SQLAlchemy does for each
execution of so many parameters takes three times as long as the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Select, bindparam, select, union_all

import monitor.store.tables as t
from monitor import candidates
from monitor.model import Event
from monitor.store.values import clean, event_of, micros

_KEYS_AT_ONCE = 48  # keys of one look-up: a UNION of as many small range scans
_NOBODY = -1  # no event's number


def candidate_events(connection: Connection, wanted: Mapping[str, datetime]) -> list[Event]:
    """Events that share a key of ``wanted`` and were seen since the time it gives, as ``candidates.ranked`` puts them."""
    found: list[tuple[str, int, int]] = []
    sought = list({clean(key): micros(since) for key, since in wanted.items()}.items())
    for start in range(0, len(sought), _KEYS_AT_ONCE):
        part = sought[start : start + _KEYS_AT_ONCE]
        found += _run(connection, _recent(len(part)), [value for pair in part for value in pair])
    best = candidates.ranked(found)
    if not best:
        return []
    documents = dict(_run(connection, _documents(), [*best, *[_NOBODY] * (candidates.MOST - len(best))]))
    return [event_of(documents[seq]) for seq in best]


@lru_cache(maxsize=_KEYS_AT_ONCE)
def _recent(count: int) -> Select[Any]:
    """For each of ``count`` pairs of a key and a time the key's most recent events since then: each a range of one index."""
    keys = t.event_keys
    parts = [
        select(
            select(keys.c.key, keys.c.event_seq, keys.c.last_seen)
            .where(keys.c.key == bindparam(f"v{2 * i}"), keys.c.last_seen >= bindparam(f"v{2 * i + 1}"))
            .order_by(keys.c.last_seen.desc(), keys.c.event_seq.desc())
            .limit(candidates.POSTINGS)
            .subquery()
        )
        for i in range(count)
    ]
    found = union_all(*parts).subquery()
    return select(found.c.key, found.c.event_seq, found.c.last_seen)


@lru_cache(maxsize=1)
def _documents() -> Select[Any]:
    seqs: list[BindParameter[int]] = [bindparam(f"v{i}") for i in range(candidates.MOST)]
    return select(t.events.c.seq, t.events.c.document).where(t.events.c.seq.in_(seqs))


@lru_cache(maxsize=4 * _KEYS_AT_ONCE)
def _compiled(dialect: Dialect, statement: Select[Any]) -> Any:
    return statement.compile(dialect=dialect)


def _run(connection: Connection, statement: Select[Any], values: Sequence[str | int]) -> Any:
    """The rows of ``statement``, whose parameters are called v0, v1 …"""
    compiled = _compiled(connection.dialect, statement)
    named = compiled.params | {f"v{n}": value for n, value in enumerate(values)}
    given = tuple(named[name] for name in compiled.positiontup) if compiled.positiontup else named
    return connection.exec_driver_sql(compiled.string, given).all()
