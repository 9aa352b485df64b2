"""Conditions on terms, as statements: what a row's thing has, and how many things have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, exists, func, or_, select

from monitor.store.reads import Reads
from monitor.store.wanted import Wanted


def at_most(reads: Reads, rows: Select[Any], most: int) -> int:
    """How many rows there are, not counting beyond ``most``: enough to choose a way."""
    return int(reads.connection.execute(select(func.count()).select_from(rows.limit(most + 1).subquery())).scalar_one())


def has_any(terms: FromClause, wanted: Wanted) -> ColumnElement[bool]:
    by_kind: dict[str, list[str]] = {}
    for kind, value in wanted.terms:
        by_kind.setdefault(kind, []).append(value)
    return or_(*(and_(terms.c.kind == kind, _one_of(terms.c.value, values)) for kind, values in by_kind.items()))


def _one_of(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    return column == values[0] if len(values) == 1 else column.in_(values)


def has_term(terms: Table, wanted: Wanted, *, at: ColumnElement[Any], seq: ColumnElement[Any]) -> ColumnElement[bool]:
    """True for rows whose thing, of this time and number, meets ``wanted``."""
    one = terms.alias()
    return exists().where(has_any(one, wanted), one.c["at"] == at, one.c.seq == seq)
