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
import monitor.store.tables as t
from monitor.errors import QueryError
from monitor.filtering import Filter
from monitor.model import Alert, Event, Story
from monitor.store.cursor import Cursor, end_of
from monitor.store.having import at_most, has_any, has_term
from monitor.store.reads import Reads
from monitor.store.values import clean, event_of, micros
from monitor.store.wanted import Wanted, terms_wanted
from monitor.text import fold

# What fits into a page's time: rows to look at one by one, to ask for their words one by one (65 µs each), and to list by
# their words (1 µs each). Above these, what is asked for is so common that a page is full soon in any order.
_FEW, _FEW_ASKED, _LISTED = 4000, 1000, 10_000
_FEW_EVENTS = 2500  # events whose stories are listed and sorted (10 µs an event), where nothing else makes them fewer


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


def newest_alerted(reads: Reads, filter: Filter, limit: int) -> Select[Any] | None:
    """The numbers of the events of the newest alerts that fit, to count in, from ``limit`` alerts; None where none can fit.

    With full text, of the newest ``limit`` events that hold the words: asking alert after alert would cost 0.1 ms each.
    """
    if not filter.q:
        statement = _by[_order(reads, _ALERTS, filter, None)](reads, _ALERTS, filter, None, None)
        return statement.with_only_columns(t.alerts.c.event_seq, maintain_column_froms=True).limit(limit)
    words = reads.dialect.full_text(_EVENTS.full_text, filter.q)
    if words is None:
        return None
    found = words.order_by(words.selected_columns[0].desc()).limit(limit).subquery("found")
    e, told = t.events.c, exists().where(t.alerts.c.event_seq == t.events.c.seq)
    fits = [*_conditions(reads, _EVENTS, filter, terms_wanted(filter)), *_span(_EVENTS, filter), told]
    return select(e.seq.label("event_seq")).join(found, found.c.seq == e.seq).where(*fits)


def _page(reads: Reads, what: _List, filter: Filter, after: str | None, limit: int) -> tuple[tuple[Any, ...], str | None]:
    if filter.feed and what is not _STORIES:
        raise QueryError("feed: only stories come from one feed", "feed")
    follows = filter.changed_after is not None
    cursor = Cursor.decode(after, "c" if follows else "ts") if after else None
    words = reads.dialect.full_text(what.full_text, filter.q) if filter.q else None
    if filter.q and words is None:
        return (), None  # nothing but punctuation: it matches nothing
    order = cursor.order if cursor else _order(reads, what, filter, words)
    statement = _by[order](reads, what, filter, words, cursor).limit(limit + 1)
    if what is _STORIES and order == "t":
        statement = _late(what, statement)
    rows = reads.connection.execute(statement).all()
    kept = rows[:limit]
    last = kept[-1] if kept else None
    place: Cursor | None
    if order == "c":  # a follower's list has no end: it goes on asking here
        place = Cursor(order="c", seq=last.row_change) if last else cursor or end_of(reads, what.table.c[what.change])
    else:
        place = Cursor(order=order, at=last.row_at, seq=last.row_seq) if last and len(rows) > limit else None
    return tuple(what.read(row) for row in kept), place.encode() if place else None


def _order(reads: Reads, what: _List, filter: Filter, words: Select[Any] | None) -> str:
    if filter.changed_after is not None:
        return "c"
    if words is None:
        return "t"
    span = [what.table.c[what.time] >= micros(filter.since)] if filter.since else []
    few = bool(span) and at_most(reads, select(literal(1)).select_from(what.table).where(*span), _FEW_ASKED) <= _FEW_ASKED
    return "t" if few or _rarest(reads, what, terms_wanted(filter), few=_FEW_ASKED) else "s"


def _rarest(reads: Reads, what: _List, wanted: Sequence[Wanted], *, few: int = 0) -> Wanted | None:
    """The condition the fewest rows meet, to start from; with ``few``, only where they are no more than that.

    One of several values has to be listed and sorted: it is worth it for ``_FEW`` rows at most.
    """
    if what.terms is None or not wanted:
        return None
    if len(wanted) == 1 and len(wanted[0].terms) == 1 and not few:
        return wanted[0]
    most = few or _FEW
    sizes = [at_most(reads, select(literal(1)).where(has_any(what.terms, one)), most) for one in wanted]
    fit = [(size, i) for i, size in enumerate(sizes) if size <= most or (not few and len(wanted[i].terms) == 1)]
    return wanted[min(fit)[1]] if fit else None


def _speaks(reads: Reads, what: _List, filter: Filter, words: Select[Any]) -> ColumnElement[bool]:
    """True for rows that hold the words: looked up in the list of all that do, or where that is long asked of each row."""
    key = what.table.c[what.full_text_key]
    if "*" in filter.q or at_most(reads, words, _LISTED) <= _LISTED:  # asking one row for beginnings costs 15 ms
        return key.in_(words)
    return exists(words.where(words.selected_columns[0] == key).correlate(what.table))


def _select(what: _List, source: FromClause, *conditions: ColumnElement[bool]) -> Select[Any]:
    c = what.table.c
    place = (c[what.time].label("row_at"), c.seq.label("row_seq"), c[what.change].label("row_change"))
    return select(what.table, *place).select_from(source).where(*conditions)


def _late(what: _List, page: Select[Any]) -> Select[Any]:
    """``page`` with its rows looked up when it is found: stories of some thousand events are sorted by their places alone."""
    order = page.selected_columns
    place = page.with_only_columns(order.row_at, order.row_seq, order.row_change, maintain_column_froms=True).subquery("place")
    found = select(what.table, place).join(place, what.table.c.seq == place.c.row_seq)
    return found.order_by(place.c.row_at.desc(), place.c.row_seq.desc())


def _by_time(reads: Reads, what: _List, filter: Filter, words: Select[Any] | None, cursor: Cursor | None) -> Select[Any]:
    wanted = terms_wanted(filter)
    rarest = _rarest(reads, what, wanted, few=_FEW_ASKED if words is not None else 0)
    conditions = _conditions(reads, what, filter, [one for one in wanted if one != rarest])
    if words is not None:
        conditions.append(_speaks(reads, what, filter, words))
    source: FromClause = what.table
    at: ColumnElement[Any] = what.table.c[what.time]
    seq: ColumnElement[Any] = what.table.c.seq
    if rarest is not None and what.terms is not None:
        driver = _driver(what.terms, rarest)
        at, seq = driver.c["at"], driver.c.seq
        source = driver.join(what.table, what.table.c.seq == seq)
        if len(rarest.terms) == 1:
            conditions.append(has_any(driver, rarest))
    if filter.since is not None:
        conditions.append(at >= micros(filter.since))
    if filter.until is not None:
        conditions.append(at < micros(filter.until))
    if cursor is not None:
        conditions.append(tuple_(at, seq) < (cursor.at, cursor.seq))
    return _select(what, source, *conditions).order_by(at.desc(), seq.desc())


def _driver(terms: Table, wanted: Wanted) -> FromClause:
    """The rows that meet ``wanted``: of one value a range of the index, already in order; of several a list to be sorted."""
    if len(wanted.terms) == 1:
        return terms.alias("driver")
    return select(terms.c["at"], terms.c.seq).where(has_any(terms, wanted)).distinct().subquery("driver")


def _by_number(reads: Reads, what: _List, filter: Filter, words: Select[Any] | None, cursor: Cursor | None) -> Select[Any]:
    conditions = [*_conditions(reads, what, filter, terms_wanted(filter)), *_span(what, filter)]
    source: FromClause = what.table
    seq: ColumnElement[Any] = what.table.c.seq
    if words is not None and what.full_text_key == "seq":
        found = words.subquery("found")
        source, seq = found.join(what.table, what.table.c.seq == found.c.seq), found.c.seq
    elif words is not None:
        conditions.append(_speaks(reads, what, filter, words))
    if cursor is not None:
        conditions.append(seq < cursor.seq)
    return _select(what, source, *conditions).order_by(seq.desc())


def _by_change(reads: Reads, what: _List, filter: Filter, words: Select[Any] | None, cursor: Cursor | None) -> Select[Any]:
    change = what.table.c[what.change]
    conditions = [*_conditions(reads, what, filter, terms_wanted(filter)), *_span(what, filter)]
    if words is not None:
        conditions.append(_speaks(reads, what, filter, words))
    if cursor is not None:
        conditions.append(change > cursor.seq)
    elif filter.changed_after is not None:
        changed = what.table.c[what.changed_at] > micros(filter.changed_after)
        # Changes are numbered as time goes by, but for a clock that was put back: the first of them is among the earliest.
        earliest = select(change).where(changed).order_by(what.table.c[what.changed_at]).limit(_FEW_ASKED).subquery()
        conditions += [changed, change >= select(func.min(earliest.c[what.change])).scalar_subquery()]
    return _select(what, what.table, *conditions).order_by(change)


_by = {"t": _by_time, "s": _by_number, "c": _by_change}


def _span(what: _List, filter: Filter) -> list[ColumnElement[bool]]:
    at = what.table.c[what.time]
    since = [at >= micros(filter.since)] if filter.since is not None else []
    return since + ([at < micros(filter.until)] if filter.until is not None else [])


def _conditions(reads: Reads, what: _List, filter: Filter, wanted: Sequence[Wanted]) -> list[ColumnElement[bool]]:
    """Everything but time and full text, on one row of the list."""
    if what is _STORIES:
        return _story_conditions(reads, filter, wanted)
    c, terms = what.table.c, what.terms
    assert terms is not None
    found: list[ColumnElement[bool]] = [has_term(terms, one, at=c[what.time], seq=c.seq) for one in wanted]
    if filter.amount_min is not None:
        found.append(c.amount >= filter.amount_min)
    if filter.capacity_min is not None:
        found.append(c.capacity >= filter.capacity_min)
    return found


def _story_conditions(reads: Reads, filter: Filter, wanted: Sequence[Wanted]) -> list[ColumnElement[bool]]:
    """A story has a feed, an outlet and labels of its own; everything else is asked of the event it belongs to."""
    s = t.stories.c
    found: list[ColumnElement[bool]] = []
    if filter.feed:
        found.append(s.feed_id == clean(filter.feed))
    if filter.outlet:
        found.append(s.outlet_folded.in_([fold(clean(outlet)) for outlet in filter.outlet]))
    if filter.label:
        found.append(exists().where(and_(t.matches.c.story_id == s.id, t.matches.c.label.in_(filter.label))))
    rest = [one for one in wanted if one.name not in ("label", "outlet")]
    if rest:
        found.append(_of_events(reads, filter, rest))
    return found


def _of_events(reads: Reads, filter: Filter, wanted: Sequence[Wanted]) -> ColumnElement[bool]:
    """True for stories of an event that meets ``wanted``: of few events their stories are listed, of many each story is asked."""
    s, m, e = t.stories.c, t.memberships.c, t.events.c
    events = select(m.story_id).join(t.events, e.id == m.event_id).where(m.relation != "related")
    for least, column in ((filter.amount_min, e.amount), (filter.capacity_min, e.capacity)):
        if least is not None:
            events = events.where(column >= least)
    most = _FEW_EVENTS if len(wanted) == 1 else _FEW
    sizes = [at_most(reads, select(literal(1)).where(has_any(t.event_terms, one)), most) for one in wanted]
    few, place = min(zip(sizes, range(len(wanted)), strict=True))
    if few <= most:
        first = t.event_terms.alias("first")
        events = events.join(first, first.c.seq == e.seq).where(has_any(first, wanted[place]))
        wanted = [one for number, one in enumerate(wanted) if number != place]
    events = events.where(*(has_term(t.event_terms, one, at=e.first_seen, seq=e.seq) for one in wanted))
    return s.id.in_(events) if few <= most else exists(events.where(m.story_id == s.id).correlate(t.stories))
