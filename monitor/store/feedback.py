"""What people said of events and stories. The newest word of a person on a target counts; the older ones are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select, update

import monitor.store.tables as t
from monitor.ids import make_id
from monitor.model import Feedback, FeedbackKind, Label, StoryId
from monitor.store.cursor import Cursor
from monitor.store.dialect import upsert
from monitor.store.reads import Reads
from monitor.store.values import clean, document, micros, moment, read_document
from monitor.store.writes import Transaction

_Lines = tuple[str, ...]


def _row(given: Feedback, number: int) -> dict[str, Any]:
    return {
        "id": make_id(given.at, "feedback", given.target, given.by, str(number)),
        "target": given.target,
        "target_kind": given.target_kind,
        "kind": given.kind.value,
        "person": clean(given.by),
        "number": number,
        "current": True,
        "via": clean(given.via),
        "note": clean(given.note),
        "story_id": given.story_id,
        "title": clean(given.title),
        "summary": clean(given.summary),
        "url": clean(given.url),
        "labels": " ".join(given.labels),
        "trace": document(_Lines, given.trace),
        "version": clean(given.version),
        "at": micros(given.at),
    }


def _feedback_of(row: Any) -> Feedback:
    return Feedback(
        id=row.id,
        target=row.target,
        target_kind=row.target_kind,
        kind=FeedbackKind(row.kind),
        by=row.person,
        via=row.via,
        note=row.note,
        story_id=StoryId(row.story_id),
        title=row.title,
        summary=row.summary,
        url=row.url,
        labels=tuple(Label(label) for label in row.labels.split()),
        trace=read_document(_Lines, row.trace),
        version=row.version,
        at=moment(row.at),
        current=row.current,
    )


def give(tx: Transaction, given: Feedback) -> Feedback:
    """Write a word unless it is the one this person said last of this target (an empty note repeats any note).

    Returns what now counts: the new word, or the one that stands.
    """
    f = t.feedback.c
    spoken = select(t.feedback).where(f.target == given.target, f.person == clean(given.by)).order_by(f.number.desc()).limit(1)
    last = tx.connection.execute(spoken).first()
    if last is not None and last.kind == given.kind.value and given.note in ("", last.note):
        return _feedback_of(last)
    number = 1 if last is None else last.number + 1
    # Two that speak as one person at once, in a database that lets them: the one that comes second changes nothing.
    insert = upsert(tx.dialect.name, t.feedback, ("target", "person", "number")).returning(f.seq)
    if tx.connection.execute(insert, _row(given, number)).first() is not None:
        older = (f.target == given.target, f.person == clean(given.by), f.number < number)
        tx.connection.execute(update(t.feedback).where(*older).values(current=False))
        tx.durable = True
    return _feedback_of(tx.connection.execute(spoken).one())


def of_target(reads: Reads, target: str) -> list[Feedback]:
    """Everything said of an event or a story, oldest first."""
    f = t.feedback.c
    return [_feedback_of(r) for r in reads.connection.execute(select(t.feedback).where(f.target == target).order_by(f.seq))]


def page(
    reads: Reads, *, kind: FeedbackKind | None, by: str, history: bool, after: str | None, limit: int
) -> tuple[tuple[Feedback, ...], str | None]:
    """Newest first; without ``history`` only what counts."""
    f = t.feedback.c
    conditions: list[ColumnElement[bool]] = [] if history else [f.current.is_(True)]
    if kind is not None:
        conditions.append(f.kind == kind.value)
    if by:
        conditions.append(f.person == clean(by))
    if after:
        conditions.append(f.seq < Cursor.decode(after, "s").seq)
    rows = reads.connection.execute(select(t.feedback).where(*conditions).order_by(f.seq.desc()).limit(limit + 1)).all()
    place = Cursor(order="s", seq=rows[limit - 1].seq).encode() if len(rows) > limit else None
    return tuple(_feedback_of(row) for row in rows[:limit]), place
