"""Pages of events, alerts and stories: every filter is a range of an index, every page goes on where the last one ended.

Three orders. By time, newest first: driven by the rarest term asked for, or by the table's own time. By number, newest
written first: full text, which finds its rows in that order at no cost. By change, oldest first: for followers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, exists, func, literal, select, tuple_

import monitor.store.codec as codec
import monitor.store.rows as t
from monitor.errors import QueryError
from monitor.model import Alert, Event, Story
from monitor.store.filters import Cursor, Filter
from monitor.store.reads import Reads
from monitor.store.terms import phrase, step_below
from monitor.store.values import clean, event_of, micros
from monitor.text import fold

_FEW = 5000  # rows that can be looked at one by one within a page's time
_NAMED = {"org": "org", "from_org": "from", "to_org": "to", "person": "person", "role": "role"} | {
    name: name for name in ("outlet", "project", "location")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One condition on terms: this kind has one of these values."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """What a list is made of: its table, the time it goes by, the number that counts its changes, its terms."""

    table: Table
    time: str
    change: str
    changed_at: str
    terms: Table | None
    full_text: str  # the indexed table
    full_text_key: str  # the column of ``table`` that names a row of it
    read: Callable[[Any], Any]


_EVENTS = _List(
    table=t.events,
    time="first_seen",
    change="change",
    changed_at="changed_at",
    terms=t.event_terms,
    full_text="events",
    full_text_key="seq",
    read=lambda row: event_of(row.document),
)
_ALERTS = _List(
    table=t.alerts,
    time="created_at",
    change="seq",
    changed_at="created_at",
    terms=t.alert_terms,
    full_text="events",
    full_text_key="event_seq",
    read=codec.alert_of,
)
_STORIES = _List(
    table=t.stories,
    time="first_seen",
    change="seq",
    changed_at="first_seen",
    terms=None,
    full_text="stories",
    full_text_key="seq",
    read=codec.story_of,
)


def events(reads: Reads, filter: Filter, cursor: str | None, limit: int) -> tuple[tuple[Event, ...], str | None]:
    return _page(reads, _EVENTS, filter, cursor, limit)


def alerts(reads: Reads, filter: Filter, cursor: str | None, limit: int) -> tuple[tuple[Alert, ...], str | None]:
    return _page(reads, _ALERTS, filter, cursor, limit)


def stories(reads: Reads, filter: Filter, cursor: str | None, limit: int) -> tuple[tuple[Story, ...], str | None]:
    return _page(reads, _STORIES, filter, cursor, limit)


def _page(reads: Reads, what: _List, filter: Filter, after: str | None, limit: int) -> tuple[tuple[Any, ...], str | None]:
    if filter.feed and what is not _STORIES:
        raise QueryError("feed: only stories come from one feed")
    cursor = Cursor.decode(after) if after else None
    words = reads.dialect.full_text(what.full_text, filter.q) if filter.q else None
    if filter.q and words is None:
        return (), None  # nothing but punctuation: it matches nothing
    order = cursor.order if cursor else _order(reads, what, filter, words)
    statement = _by[order](reads, what, filter, words, cursor)
    rows = reads.connection.execute(statement.limit(limit + 1)).all()
    kept = rows[:limit]
    last = kept[-1] if kept else None
    if order == "c":  # a follower's list has no end: it goes on asking here
        place = Cursor(order="c", seq=last.row_change) if last else cursor
    else:
        place = Cursor(order=order, at=last.row_at, seq=last.row_seq) if last and len(rows) > limit else None
    return tuple(what.read(row) for row in kept), place.encode() if place else None


def _order(reads: Reads, what: _List, filter: Filter, words: Select[Any] | None) -> str:
    if filter.changed_after is not None:
        return "c"
    if words is None:
        return "t"
    span = [what.table.c[what.time] >= micros(filter.since)] if filter.since else []
    return "t" if span and _at_most(reads, what.table, span) <= _FEW else "s"


def _at_most(reads: Reads, table: Table, conditions: Sequence[ColumnElement[bool]]) -> int:
    """How many rows there are, not counting beyond ``_FEW``: enough to choose a way."""
    some = select(literal(1)).select_from(table).where(*conditions).limit(_FEW + 1).subquery()
    return int(reads.connection.execute(select(func.count()).select_from(some)).scalar_one())


def _select(what: _List, source: FromClause, *conditions: ColumnElement[bool]) -> Select[Any]:
    c = what.table.c
    place = (c[what.time].label("row_at"), c.seq.label("row_seq"), c[what.change].label("row_change"))
    return select(what.table, *place).select_from(source).where(*conditions)


def _by_time(reads: Reads, what: _List, filter: Filter, words: Select[Any] | None, cursor: Cursor | None) -> Select[Any]:
    wanted = terms_wanted(filter)
    rarest = _rarest(reads, what.terms, wanted) if what.terms is not None and words is None else None
    conditions = _conditions(what, filter, [one for one in wanted if one != rarest])
    if words is not None:
        conditions.append(what.table.c[what.full_text_key].in_(words))
    if rarest is None or what.terms is None:
        at, seq, source = what.table.c[what.time], what.table.c.seq, what.table
    else:
        driver = what.terms.alias("driver")
        at, seq = driver.c["at"], driver.c.seq
        source = driver.join(what.table, what.table.c.seq == seq)  # type: ignore[assignment]
        conditions += [driver.c.kind == rarest.kind, driver.c.value == rarest.values[0]]
    if filter.since is not None:
        conditions.append(at >= micros(filter.since))
    if filter.until is not None:
        conditions.append(at < micros(filter.until))
    if cursor is not None:
        conditions.append(tuple_(at, seq) < (cursor.at, cursor.seq))
    return _select(what, source, *conditions).order_by(at.desc(), seq.desc())


def _by_number(_: Reads, what: _List, filter: Filter, words: Select[Any] | None, cursor: Cursor | None) -> Select[Any]:
    conditions = [*_conditions(what, filter, terms_wanted(filter)), *_span(what, filter)]
    source: FromClause = what.table
    seq: ColumnElement[Any] = what.table.c.seq
    if words is not None and what.full_text_key == "seq":
        found = words.subquery("found")
        source, seq = found.join(what.table, what.table.c.seq == found.c.seq), found.c.seq
    elif words is not None:
        conditions.append(what.table.c[what.full_text_key].in_(words))
    if cursor is not None:
        conditions.append(seq < cursor.seq)
    return _select(what, source, *conditions).order_by(seq.desc())


def _by_change(_: Reads, what: _List, filter: Filter, words: Select[Any] | None, cursor: Cursor | None) -> Select[Any]:
    change = what.table.c[what.change]
    conditions = [*_conditions(what, filter, terms_wanted(filter)), *_span(what, filter)]
    if words is not None:
        conditions.append(what.table.c[what.full_text_key].in_(words))
    if cursor is not None:
        conditions.append(change > cursor.seq)
    elif filter.changed_after is not None:
        conditions.append(what.table.c[what.changed_at] > micros(filter.changed_after))
    return _select(what, what.table, *conditions).order_by(change)


_by = {"t": _by_time, "s": _by_number, "c": _by_change}


def _span(what: _List, filter: Filter) -> list[ColumnElement[bool]]:
    at = what.table.c[what.time]
    since = [at >= micros(filter.since)] if filter.since is not None else []
    return since + ([at < micros(filter.until)] if filter.until is not None else [])


def terms_wanted(filter: Filter) -> list[Wanted]:
    """The conditions of ``filter`` that terms answer. A name without a single word matches nothing."""
    wanted = [
        Wanted(kind=kind, values=tuple(given))
        for kind in ("label", "status", "severity", "action")
        if (given := getattr(filter, kind))
    ]
    for field, kind in _NAMED.items():
        if names := getattr(filter, field):
            wanted.append(Wanted(kind=kind, values=tuple(dict.fromkeys(phrase(name) for name in names))))
    for kind, least in (("amount", filter.amount_min), ("capacity", filter.capacity_min)):
        if least is not None:
            wanted.append(Wanted(kind=kind, values=(str(step_below(least)),)))
    return wanted


def _rarest(reads: Reads, terms: Table, wanted: Sequence[Wanted]) -> Wanted | None:
    single = [one for one in wanted if len(one.values) == 1]
    if len(single) < 2:
        return single[0] if single else None
    return min(single, key=lambda w: _at_most(reads, terms, [terms.c.kind == w.kind, terms.c.value == w.values[0]]))


def _conditions(what: _List, filter: Filter, wanted: Sequence[Wanted]) -> list[ColumnElement[bool]]:
    """Everything but time and full text, on one row of the list."""
    if what is _STORIES:
        return _story_conditions(filter, wanted)
    c, terms = what.table.c, what.terms
    assert terms is not None
    found: list[ColumnElement[bool]] = [_has(terms, one, at=c[what.time], seq=c.seq) for one in wanted]
    if filter.amount_min is not None:
        found.append(c.amount >= filter.amount_min)
    if filter.capacity_min is not None:
        found.append(c.capacity >= filter.capacity_min)
    return found


def _has(terms: Table, wanted: Wanted, *, at: ColumnElement[Any], seq: ColumnElement[Any]) -> ColumnElement[bool]:
    one = terms.alias()
    value = one.c.value == wanted.values[0] if len(wanted.values) == 1 else one.c.value.in_(wanted.values)
    return exists().where(and_(one.c.kind == wanted.kind, value, one.c["at"] == at, one.c.seq == seq))


def _story_conditions(filter: Filter, wanted: Sequence[Wanted]) -> list[ColumnElement[bool]]:
    """A story has a feed, an outlet and labels of its own; everything else is asked of the event it belongs to."""
    s, m, e = t.stories.c, t.memberships.c, t.events.c
    found: list[ColumnElement[bool]] = []
    if filter.feed:
        found.append(s.feed_id == clean(filter.feed))
    if filter.outlet:
        found.append(s.outlet_folded.in_([fold(clean(outlet)) for outlet in filter.outlet]))
    if filter.label:
        found.append(exists().where(and_(t.matches.c.story_id == s.id, t.matches.c.label.in_(filter.label))))
    rest = [one for one in wanted if one.kind not in ("label", "outlet")]
    if rest:
        events = select(m.story_id).join(t.events, e.id == m.event_id).where(m.relation != "related")
        first = t.event_terms.alias("first")
        events = events.join(first, first.c.seq == e.seq).where(first.c.kind == rest[0].kind, first.c.value.in_(rest[0].values))
        events = events.where(*(_has(t.event_terms, one, at=e.first_seen, seq=e.seq) for one in rest[1:]))
        if filter.amount_min is not None:
            events = events.where(e.amount >= filter.amount_min)
        if filter.capacity_min is not None:
            events = events.where(e.capacity >= filter.capacity_min)
        found.append(s.id.in_(events))
    return found
