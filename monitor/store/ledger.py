"""Moves and buildouts as rows to count, written with their event and read by period, by organisation and by project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Text, case, cast, delete, false, func, insert, or_, select

import monitor.store.tables as t
from monitor.filtering import Filter
from monitor.model import Event, Status
from monitor.standing import Seniority, higher, org_key, progress, seniority
from monitor.store.codec import Row
from monitor.store.reads import Reads, chunks
from monitor.store.search import has_term
from monitor.store.terms import amount_of, capacity_of, phrase
from monitor.store.values import event_of, micros
from monitor.store.wanted import terms_wanted

# -- writing


def move_rows(event: Event, seq: int) -> list[Row]:
    """A row for each pair of organisations of an event's moves; a move within one organisation is no flow."""
    found: dict[tuple[str, str], Row] = {}
    for move in event.moves:
        pair = org_key(move.from_org), org_key(move.to_org)
        if pair[0] == pair[1]:
            continue
        height = seniority(move.to_role or move.from_role)
        row = found.setdefault(
            pair,
            {
                "event_seq": seq,
                "from_key": pair[0],
                "to_key": pair[1],
                "at": micros(event.first_seen),
                "status": event.status.value,
                "from_org": move.from_org,
                "to_org": move.to_org,
                "seniority": height.value,
                "people": 0,
            },
        )
        row["people"] += 1
        row["seniority"] = higher(Seniority(row["seniority"]), height).value
    return list(found.values())


def buildout_rows(event: Event, seq: int) -> list[Row]:
    """A row for each organisation of an event's buildout, one of "" where none is said."""
    built, how_far = event.buildout, progress(event)
    if built is None or how_far is None:
        return []
    orgs = {org_key(org): org for org in reversed(built.orgs)}
    return [
        {
            "event_seq": seq,
            "n": n,
            "at": micros(event.first_seen),
            "status": event.status.value,
            "org_key": key,
            "org": org,
            "project_key": phrase(built.project),
            "project": built.project,
            "progress": how_far.value,
            "amount": amount_of(event),
            "capacity": capacity_of(event),
        }
        for n, (key, org) in enumerate(reversed(orgs.items() or [("", "")]))
    ]


def record(connection: Connection, event: Event, seq: int, *, new: bool) -> None:
    """Write what an event counts for, in place of what it counted for before."""
    for table, rows in ((t.event_moves, move_rows(event, seq)), (t.event_buildouts, buildout_rows(event, seq))):
        if not new:
            connection.execute(delete(table).where(table.c.event_seq == seq))
        if rows:
            connection.execute(insert(table), rows)


# -- reading


class MoveGroup(NamedTuple):
    """How many events, and people in them, went from one organisation to another at one height."""

    from_org: str
    to_org: str
    seniority: str
    events: int
    people: int


class Figures(NamedTuple):
    """Of one name (an organisation, a project, a day): events, dollars and megawatts at one stage, each figure once."""

    name: Any
    progress: str
    events: int
    amount: float
    capacity: float


Keys = Collection[str]
DAY = 86_400_000_000  # microseconds


def _asked(reads: Reads, filter: Filter, c: Any) -> list[ColumnElement[bool]]:
    """A filter on rows of moves or buildouts. What was denied counts for nothing, unless it is asked for."""
    found: list[ColumnElement[bool]] = [c.status != Status.DENIED.value] if not filter.status else []
    if filter.status:
        found.append(c.status.in_(filter.status))
    if filter.since is not None:
        found.append(c["at"] >= micros(filter.since))
    if filter.until is not None:
        found.append(c["at"] < micros(filter.until))
    rest = [one for one in terms_wanted(filter) if one.name not in ("label", "status")]
    found += [has_term(t.event_terms, one, at=c["at"], seq=c.event_seq) for one in rest]
    for least, column in ((filter.amount_min, "amount"), (filter.capacity_min, "capacity")):
        if least is not None:
            found.append(c[column] >= least if column in c else false())
    if filter.q:
        words = reads.dialect.full_text("events", filter.q)
        found.append(false() if words is None else c.event_seq.in_(words))
    return found


def _one_of(column: ColumnElement[str], keys: Keys) -> ColumnElement[bool]:
    return column.in_(sorted(keys))


def moves(
    reads: Reads, filter: Filter, *, to: Collection[str] | None = None, gone: Collection[str] | None = None
) -> list[MoveGroup]:
    """By pair of organisations and height; ``to`` and ``gone`` keep those into and out of organisations of these keys."""
    m = t.event_moves.c
    where = _asked(reads, filter, m)
    where += [_one_of(m.to_key, to)] if to is not None else []
    where += [_one_of(m.from_key, gone)] if gone is not None else []
    by = (m.from_org, m.to_org, m.seniority)
    rows = select(*by, func.count(), func.sum(m.people)).where(*where).group_by(*by)
    return [MoveGroup(*row) for row in reads.connection.execute(rows)]


def moving_events(reads: Reads, filter: Filter) -> int:
    m = t.event_moves.c
    return int(reads.connection.execute(select(func.count(m.event_seq.distinct())).where(*_asked(reads, filter, m))).scalar_one())


def days_of_moves(reads: Reads, filter: Filter, keys: Keys) -> list[tuple[int, int, int]]:
    """(day since 1970, events in, events out) of organisations of these keys."""
    m = t.event_moves.c
    day = (m["at"] // DAY).label("day")
    into, out = _one_of(m.to_key, keys), _one_of(m.from_key, keys)
    rows = (
        select(day, func.sum(case((into, 1), else_=0)), func.sum(case((out, 1), else_=0)))
        .where(or_(into, out), *_asked(reads, filter, m))
        .group_by(day)
    )
    return [(int(d), int(i), int(o)) for d, i, o in reads.connection.execute(rows)]


def recent_moves(
    reads: Reads, filter: Filter, *, limit: int, to: Collection[str] = (), gone: Collection[str] = ()
) -> list[Event]:
    """The newest events that take people into, or out of, organisations of these keys."""
    m = t.event_moves.c
    which = _one_of(m.to_key, to) if to else _one_of(m.from_key, gone)
    return _events(reads, select(m["at"], m.event_seq).where(which, *_asked(reads, filter, m)), limit)


def recent_buildouts(reads: Reads, filter: Filter, keys: Keys, *, limit: int) -> list[Event]:
    b = t.event_buildouts.c
    return _events(reads, select(b["at"], b.event_seq).where(_one_of(b.org_key, keys), *_asked(reads, filter, b)), limit)


def _events(reads: Reads, which: Any, limit: int) -> list[Event]:
    newest = which.distinct().order_by(which.selected_columns[0].desc(), which.selected_columns[1].desc()).limit(limit)
    seqs = [row.event_seq for row in reads.connection.execute(newest)]
    found = select(t.events.c.seq, t.events.c.document).where(t.events.c.seq.in_(seqs))
    documents = {row.seq: row.document for row in reads.connection.execute(found)}
    return [event_of(documents[seq]) for seq in seqs]


def figures(reads: Reads, filter: Filter, by: str, *, first: bool = False) -> list[Figures]:
    """Buildouts by ``by``: org, project or day.

    A figure told again of the same project counts once: at its newest, so that it stands at the stage the project has reached,
    or with ``first`` at its oldest, when it was announced.
    """
    b = t.event_buildouts.c
    where = [*_asked(reads, filter, b), b.org_key != "" if by == "org" else b.n == 0]
    if by == "project":
        where.append(b.project_key != "")
    name = {"org": b.org, "project": b.project, "day": b["at"] // DAY}[by].label("name")
    same = case((b.project_key == "", cast(b.event_seq, Text)), else_=b.project_key)
    whose = [b.org_key] if by == "org" else []
    order = [b["at"], b.event_seq, b.n] if first else [b["at"].desc(), b.event_seq.desc(), b.n]
    told = (
        select(
            name,
            b.progress,
            b.event_seq,
            b.amount,
            b.capacity,
            func.row_number().over(partition_by=[*whose, same, b.amount], order_by=order).label("nth_amount"),
            func.row_number().over(partition_by=[*whose, same, b.capacity], order_by=order).label("nth_capacity"),
        )
        .where(*where)
        .subquery("told")
    ).c
    rows = select(
        told.name,
        told.progress,
        func.count(told.event_seq.distinct()),
        func.coalesce(func.sum(case((told.nth_amount == 1, told.amount))), 0.0),
        func.coalesce(func.sum(case((told.nth_capacity == 1, told.capacity))), 0.0),
    ).group_by(told.name, told.progress)
    return [Figures(*row) for row in reads.connection.execute(rows)]


class Line(NamedTuple):
    """The buildout of one event, as it is added up."""

    event_seq: int
    day: int
    progress: str
    project_key: str
    project: str
    amount: float | None
    capacity: float | None


def lines(reads: Reads, filter: Filter, keys: Keys) -> list[Line]:
    """The buildouts of organisations of these keys, oldest first, each event once."""
    b = t.event_buildouts.c
    columns = (b.event_seq, (b["at"] // DAY).label("day"), b.progress, b.project_key, b.project, b.amount, b.capacity)
    rows = select(*columns).where(_one_of(b.org_key, keys), *_asked(reads, filter, b)).order_by(b["at"], b.event_seq)
    return list({row.event_seq: Line(*row) for row in reads.connection.execute(rows)}.values())


def add_up(found: Sequence[Line], name: Callable[[Line], Any]) -> list[Figures]:
    """As ``figures``, of lines in the order in which a figure is met first; a line named None is left out."""
    told: set[tuple[Any, str, float]] = set()
    sums: dict[tuple[Any, str], list[float]] = {}
    for line in found:
        if (called := name(line)) is None:
            continue
        total = sums.setdefault((called, line.progress), [0, 0.0, 0.0])
        total[0] += 1
        for place, what, figure in ((1, "amount", line.amount), (2, "capacity", line.capacity)):
            same = (line.project_key or line.event_seq, what, figure or 0.0)
            if figure is not None and same not in told:
                told.add(same)
                total[place] += figure
    return [Figures(called, stage, int(total[0]), total[1], total[2]) for (called, stage), total in sums.items()]


def told_before(reads: Reads, events: Sequence[Event], projects: Collection[str]) -> frozenset[str]:
    """The ids of those of ``events`` whose amount an earlier event told of the same project."""
    b, e = t.event_buildouts.c, t.events.c
    first: dict[tuple[str, float], str] = {}
    for part in chunks([phrase(project) for project in projects]):
        rows = (
            select(b.project_key, b.amount, e.id)
            .join(t.events, e.seq == b.event_seq)
            .where(b.project_key.in_(part), b.n == 0, b.amount.is_not(None), b.status != Status.DENIED.value)
            .order_by(b["at"], b.event_seq)
        )
        for key, amount, event_id in reads.connection.execute(rows):
            first.setdefault((key, amount), event_id)
    said = {event.id: (phrase(event.buildout.project), amount_of(event)) for event in events if event.buildout}
    return frozenset(
        event_id
        for event_id, (key, amount) in said.items()
        if amount is not None and first.get((key, amount), event_id) != event_id
    )
