"""The index of events by key: of each key the most recent events, whatever the table's size.

It is read for every story that is flagged, so the statements are compiled once and run as text: what SQLAlchemy does for each
execution of so many parameters takes three times as long as the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Select, bindparam, select

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
        found += connection.exec_driver_sql(_recent(connection.dialect, len(part)), _given(connection.dialect, part)).all()
    best = candidates.ranked(found)
    if not best:
        return []
    documents = dict(_run(connection, _documents(), [*best, *[_NOBODY] * (candidates.MOST - len(best))]))
    return [event_of(documents[seq]) for seq in best]


# The most recent events of one key since a time: a range of one index.
_PART = (
    select(t.event_keys.c.key, t.event_keys.c.event_seq, t.event_keys.c.last_seen)
    .where(t.event_keys.c.key == bindparam("key"), t.event_keys.c.last_seen >= bindparam("since"))
    .order_by(t.event_keys.c.last_seen.desc(), t.event_keys.c.event_seq.desc())
    .limit(candidates.POSTINGS)
)


@lru_cache(maxsize=_KEYS_AT_ONCE)
def _recent(dialect: Dialect, count: int) -> str:
    """``_PART`` for each of ``count`` pairs of a key and a time: compiled once for all counts, since each would take 10 ms."""
    one = _compiled(dialect, _PART)
    named = ({name: f"%({name}{n})s" for name in one.params} for n in range(count))
    parts = (one.string if one.positional else one.string % names for names in named)
    return " UNION ALL ".join(f"SELECT part.* FROM ({part}) AS part" for part in parts)  # noqa: S608 - of our own statement


def _given(dialect: Dialect, pairs: Sequence[tuple[str, int]]) -> Any:
    """The parameters of ``_recent``."""
    one = _compiled(dialect, _PART)
    each = [one.params | {"key": key, "since": since} for key, since in pairs]
    if one.positional:
        return tuple(values[name] for values in each for name in one.positiontup)
    return {f"{name}{n}": value for n, values in enumerate(each) for name, value in values.items()}


@lru_cache(maxsize=1)
def _documents() -> Select[Any]:
    seqs: list[BindParameter[int]] = [bindparam(f"v{i}") for i in range(candidates.MOST)]
    return select(t.events.c.seq, t.events.c.document).where(t.events.c.seq.in_(seqs))


@lru_cache(maxsize=8)
def _compiled(dialect: Dialect, statement: Select[Any]) -> Any:
    return statement.compile(dialect=dialect)


def _run(connection: Connection, statement: Select[Any], values: Sequence[str | int]) -> Any:
    """The rows of ``statement``, whose parameters are called v0, v1 …"""
    compiled = _compiled(connection.dialect, statement)
    named = compiled.params | {f"v{n}": value for n, value in enumerate(values)}
    given = tuple(named[name] for name in compiled.positiontup) if compiled.positiontup else named
    return connection.exec_driver_sql(compiled.string, given).all()
