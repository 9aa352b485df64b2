"""Drafts of all sentences to the records of the story: one a person, slots filled from wherever they are said."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.chunks import Chunk
from monitor.classify.completion import complete
from monitor.classify.document import Document
from monitor.classify.drafting import Draft, Row, person_like
from monitor.classify.moves import drafts
from monitor.classify.record import AWAY, Record
from monitor.classify.sameness import same_person, similar


def records(document: Document, rows: Sequence[Row]) -> list[Record]:
    """The moves of a story, in the order they are told."""
    found: list[Record] = []
    for row in rows:
        for draft in drafts(row):
            _place(found, draft)
    found = [r for r in found if any(r.get(s) for s in ("person", "group", "from_role", "to_role"))]
    found = _listed(rows, found)
    found = _without_echoes(found)
    complete(document, rows, found)
    return found


def _listed(rows: Sequence[Row], found: list[Record]) -> list[Record]:
    """ "… researchers from OpenAI, including A, B and C": a group whose names follow is these people."""
    for record in list(found):
        if not _plural(record) or record.get("person"):
            continue
        for row in rows:
            starts = [i for i, c in enumerate(row.items) if c.low in ("including", "include", "includes", "namely")]
            people = [c for i in starts[:1] for c in row.items[i:] if person_like(c, row)]
            if len(people) < 2 or any(same_person(p.text, r.get("person")) for p in people for r in found if r.get("person")):
                continue
            at = found.index(record)
            found[at : at + 1] = [_named(record, row, p) for p in people[:6]]
            break
    return found


def _named(group: Record, row: Row, person: Chunk) -> Record:
    first = group.frames[0]
    draft = Draft(row.sentence, first.frame, group.action)
    draft.chunk("person", person)
    record = Record(draft)
    record.parts |= {slot: part for slot, part in group.parts.items() if slot != "group"}
    record.frames = [first]
    return record


def _place(found: list[Record], draft: Draft) -> None:
    person = draft.get("person")
    for record in found:
        if person and record.get("person"):
            if same_person(person, record.get("person")) and (
                draft.sentence is record.frames[0].sentence
                or draft.sentence.field != record.frames[0].sentence.field
                or _agree(record, draft)
            ):
                record.take(draft)
                return
            continue
        if not person and record.get("person"):
            if _agree(record, draft) and draft.frame.frame is not None:
                record.take(draft)
                return
            continue
        if person and not record.get("person") and not _plural(record) and _agree(record, draft):
            record.take(draft)
            return
        if not person and not record.get("person") and _agree(record, draft):
            record.take(draft)
            return
    found.append(Record(draft))


def _plural(record: Record) -> bool:
    group = record.get("group")
    return bool(group) and group.lower().rstrip().endswith("s")


def _agree(record: Record, draft: Draft) -> bool:
    """No slot says something else, and the two move the same way."""
    away = {"depart", "dismiss", "retire"}
    if (record.action in away) != (draft.action in away) and not {"board", "hire", "other"} & {record.action, draft.action}:
        return False
    for slot in ("to_role", "to_org", "from_org", "from_role"):
        a, b = record.get(slot), draft.get(slot)
        if a and b and not similar(a, b):
            return False
    return True


def _without_echoes(found: list[Record]) -> list[Record]:
    """A record without a name that only repeats what a named one says, or less than any other, is an echo."""
    named = [r for r in found if r.get("person") or (r.get("group") and r.action != "other")]
    if named:
        found = [r for r in found if r in named or (r.action != "other" and not _echo(r, named))]
    return found[:8]


def _echo(record: Record, named: Sequence[Record]) -> bool:
    rising = record.action not in AWAY
    here = record.get("to_org")
    if rising and any(o.action not in AWAY and similar(here or "?", o.get("to_org") or "!") for o in named):
        return True
    roles = [record.get("to_role"), record.get("from_role")]
    return any(
        similar(mine, other.get(slot))
        for mine in roles
        if mine
        for other in named
        for slot in ("to_role", "from_role")
        if other.get(slot)
    ) or not any(roles)
