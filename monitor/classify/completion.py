"""What other sentences say of a move: full names, backgrounds, the organisation a story is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.classify.document import Document
from monitor.classify.drafting import Draft, Row, org_like, org_of_role, person_like, role_text, whole_subject
from monitor.classify.record import Record
from monitor.classify.sameness import similar

_BEFORE = re.compile(
    r"\b(?:previously|most recently|formerly|prior to|joins from|joined from|comes from|came from|was with|worked (?:at|"
    r"for)|served as|spent)\b",
    re.I,
)
_SELF = re.compile(r"^(?:the )?(?:company|firm|group|startup|bank|board|lab)$", re.I)
_GENERIC_ORG = re.compile(
    r"^(?:(?:the |this )?(?:company|firm|group|league|retailer|bank|board|lab|startup|stock|shares|markets?|slips|jumps|"
    r"climbs|us|uk|u\.s\.))$",
    re.I,
)


def complete(document: Document, rows: Sequence[Row], found: list[Record]) -> None:
    main = _main_org(rows)
    for record in found:
        _full_name(rows, record)
        _background(rows, record, found)
        away = record.action in ("depart", "retire", "dismiss")
        slot = (
            "from_org"
            if away or (record.action == "board" and record.get("from_role") and not record.get("to_role"))
            else "to_org"
        )
        if (
            main is not None
            and not record.get(slot)
            and not (
                slot == "to_org" and record.get("from_org") and record.action in ("depart", "hire") and not record.get("to_role")
            )
        ):
            draft = record.frames[0]
            record.parts[slot] = (Draft(main[0].sentence, draft.frame, draft.action), (main[1].text, main[1].start, main[1].end))
        _prefer_main(record, slot, main)
        if (
            away
            and not record.get("to_role")
            and record.get("to_org")
            and similar(record.get("to_org"), record.get("from_org") or "?")
        ):
            del record.parts["to_org"]
        if away and record.get("to_role") and not record.get("to_org") and record.get("from_org"):
            record.parts["to_org"] = record.parts["from_org"]
        record.action = _action(record)


def _main_org(rows: Sequence[Row]):  # type: ignore[no-untyped-def]
    """The organisation a story is about: the first of its title, else of its summary."""
    for row in rows[:4]:
        verb = next((i for i, c in enumerate(row.items) if c.kind == "frame"), None)
        if row.sentence.field == "title" and verb and (whole := whole_subject(row, verb)) is not None:
            return row, whole
        for c in row.items:
            if c.kind == "org" and not _SELF.match(c.text):
                return row, c
        names = [c for c in row.items if c.kind == "name" and not (person_like(c, row) and not row.sentence.loud)]
        if names:
            return row, names[0]
    return None


def _prefer_main(record: Record, slot: str, main) -> None:  # type: ignore[no-untyped-def]
    """A thin name, found by its shape alone, gives way to the organisation the title is about."""
    current = record.get(slot)
    if main is None or not current or main[1].kind != "org" or record.get("person").endswith(main[1].text):
        return
    draft, (_, start, _end) = record.parts[slot]
    known = any(
        c.kind == "org" and c.entity is not None and c.entity.org is not None and c.start <= start < c.end
        for c in _chunks_of(main, draft)
    )
    contained = similar(current, main[1].text) and len(main[1].text) > len(current)
    if (
        contained
        or _GENERIC_ORG.match(current)
        or (not known and len(current.split()) == 1 and draft.sentence is not main[0].sentence)
    ):
        record.parts[slot] = (
            Draft(main[0].sentence, record.frames[0].frame, record.action),
            (main[1].text, main[1].start, main[1].end),
        )


def _chunks_of(main, draft: Draft):  # type: ignore[no-untyped-def]
    return main[0].items if draft.sentence is main[0].sentence else []


def _full_name(rows: Sequence[Row], record: Record) -> None:
    person = record.get("person")
    if not person or len(person.split()) > 1:
        return
    for row in rows:
        for c in row.items:
            if person_like(c, row) and c.text.split()[-1].lower() == person.lower():
                record.parts["person"] = (Draft(row.sentence, record.frames[0].frame, ""), (c.text, c.start, c.end))
                return


def _background(rows: Sequence[Row], record: Record, found: Sequence[Record]) -> None:
    """ "Clark previously served as vice president at Kemppi": where the person of the record comes from."""
    if record.get("from_org") or record.action in ("depart", "retire", "dismiss"):
        return
    person = record.get("person")
    for row in rows:
        text = row.sentence.text
        if not _BEFORE.search(text):
            continue
        surname = person.split()[-1] if person else ""
        alone = len(found) == 1 and re.search(r"\b(?:he|she|who)\b", text, re.I)
        if not (surname and surname in text) and not alone:
            continue
        at = row.sentence.start + _BEFORE.search(text).start()  # type: ignore[union-attr]
        role = next((c for c in row.items if c.kind == "role" and c.start > at), None)
        org = next(
            (
                c
                for c in row.items
                if org_like(c)
                and c.start > at
                and not similar(c.text, person or "?")
                and (before := row.before(c)) is not None
                and before.low in ("at", "for", "with", "from", "company", "firm", "of", "giant", "maker", "the")
            ),
            None,
        )
        if org is None and role is not None:
            org = org_of_role(row, role)
        draft = Draft(row.sentence, record.frames[0].frame, record.action)
        if org is not None and not similar(org.text, record.get("to_org") or "?"):
            record.fill("from_org", draft, (org.text, org.start, org.end))
            if role is not None:
                record.fill("from_role", draft, role_text(row, role))
        elif role is not None and org is not None:
            record.fill("from_role", draft, role_text(row, role))
        return


def _action(record: Record) -> str:
    """Hire beats appoint where both organisations are known and differ; within one organisation it is a promotion."""
    action, here, there = record.action, record.get("from_org"), record.get("to_org")
    if action in ("appoint", "hire", "promote") and here and there:
        return "promote" if similar(here, there) else "hire"
    if action == "depart" and here and there and not similar(here, there):
        return "hire"
    if action == "promote" and not here and not there:
        return "appoint"
    return action
