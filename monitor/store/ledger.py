"""Moves and buildouts as rows to count, written with their event and read by period, by organisation and by project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, case, cast, delete, false, func, insert, or_, select

import monitor.store.tables as t
from monitor.errors import QueryError
from monitor.filtering import Filter
from monitor.model import Event, Status
from monitor.standing import Seniority, announces, higher, org_key, progress, seniority
from monitor.store.codec import Row
from monitor.store.having import has_term
from monitor.store.reads import Reads, chunks
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
    """A row for each organisation of an event's buildout, one of "" where none is said. Who fights a plan has no figures: they
    are those of the plan, which another event tells or none."""
    built, how_far = event.buildout, progress(event)
    if built is None or how_far is None:
        return []
    orgs, own = {org_key(org): org for org in reversed(built.orgs)}, announces(event)
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
            "amount": amount_of(event) if own else None,
            "capacity": capacity_of(event) if own else None,
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
    """A filter on rows of moves or buildouts, whatever its label. What was denied counts for nothing, unless it is asked for."""
    for name in ("changed_after", "feed"):
        if getattr(filter, name):
            raise QueryError(f"{name}: it cannot be used with sums; leave it out", name)
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
    people = cast(func.sum(m.people), BigInteger)  # of whole numbers PostgreSQL makes a decimal
    rows = select(*by, func.count(), people).where(*where).group_by(*by)
    return list(map(MoveGroup._make, reads.connection.execute(rows).all()))


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


def plain(reads: Reads, filter: Filter, by: str) -> list[Figures]:
    """Buildouts of no named project by ``by``: org or day. No figure of theirs is told again, so the database adds them up."""
    b = t.event_buildouts.c
    where = [*_asked(reads, filter, b), b.project_key == "", b.org_key != "" if by == "org" else b.n == 0]
    name = b.org if by == "org" else b["at"] // DAY
    sums = (func.coalesce(func.sum(column), 0.0) for column in (b.amount, b.capacity))
    rows = select(name, b.progress, func.count(), *sums).where(*where).group_by(name, b.progress)
    return list(map(Figures._make, reads.connection.execute(rows).all()))


class Line(NamedTuple):
    """The buildout of one event for one of its organisations; ``n`` 0 is the line that counts where organisations do not."""

    event_seq: int
    n: int
    day: int
    progress: str
    org: str
    project_key: str
    project: str
    amount: float | None
    capacity: float | None


def lines(reads: Reads, filter: Filter, keys: Keys | None = None) -> list[Line]:
    """The buildouts of organisations of these keys, each event once; without keys all of named projects. Oldest first."""
    b = t.event_buildouts.c
    columns = (b.event_seq, b.n, b["at"] // DAY, b.progress, b.org, b.project_key, b.project, b.amount, b.capacity)
    which = b.project_key != "" if keys is None else _one_of(b.org_key, keys)
    rows = select(*columns).where(which, *_asked(reads, filter, b)).order_by(b["at"], b.event_seq, b.n)
    found = list(map(Line._make, reads.connection.execute(rows).all()))
    return found if keys is None else list({line.event_seq: line for line in found}.values())


def add_up(found: Sequence[Line], name: Callable[[Line], Any], *, apart: bool = False) -> list[Figures]:
    """Lines by name and stage; one named None is left out. A figure told again of the same project counts where it is met first:
    newest first, it stands at the stage the project has reached; oldest first, when it was announced. ``apart``: once a name.
    """
    told: set[tuple[Any, ...]] = set()
    sums: dict[tuple[Any, str], list[float]] = {}
    for line in found:
        if (called := name(line)) is None:
            continue
        total = sums.get((called, line.progress))
        if total is None:
            total = sums[called, line.progress] = [0, 0.0, 0.0]
        total[0] += 1
        same = line.project_key or line.event_seq
        whose = called if apart else None
        for place, figure in ((1, line.amount), (2, line.capacity)):
            if figure is not None and (known := (whose, same, place, figure)) not in told:
                told.add(known)
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
