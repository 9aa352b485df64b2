"""Drafts of all sentences to the records of the story: one a person, slots filled from wherever they are said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.classify.chunks import Chunk
from monitor.classify.document import Document
from monitor.classify.drafting import Draft, Row, org_like, org_of_role, person_like, role_text, whole_subject
from monitor.classify.moves import drafts
from monitor.classify.sameness import same_person, similar

_STRENGTH = {"dismiss": 7, "retire": 7, "board": 6, "found": 6, "promote": 5, "hire": 5, "appoint": 4, "depart": 3, "other": 1}
_BEFORE = re.compile(
    r"\b(?:previously|most recently|formerly|prior to|joins from|joined from|comes from|came from|was with|worked (?:at|"
    r"for)|served as|spent)\b",
    re.I,
)
_SELF = re.compile(r"^(?:the )?(?:company|firm|group|startup|bank|board|lab)$", re.I)


_AWAY = frozenset({"depart", "dismiss", "retire"})


class Record:
    """One person's or group's move as it is put together."""

    def __init__(self, draft: Draft) -> None:
        self.action = draft.action
        self.parts: dict[str, tuple[Draft, tuple[str, int, int]]] = {k: (draft, v) for k, v in draft.slots.items()}
        self.frames = [draft]

    def get(self, slot: str) -> str:
        return self.parts[slot][1][0] if slot in self.parts else ""

    def fill(self, slot: str, draft: Draft, value: tuple[str, int, int]) -> None:
        current = self.get(slot)
        longer = (
            len(value[0]) > len(current) and value[0].lower().startswith(current.lower()) and slot in ("to_role", "from_role")
        )
        if not current or longer or (slot == "person" and len(value[0].split()) > len(current.split())):
            self.parts[slot] = (draft, value)

    def take(self, other: Draft) -> None:
        leaving = self.action in _AWAY and other.action not in _AWAY
        for slot, value in other.slots.items():
            if not (leaving and slot == "to_org" and "to_role" not in other.slots and other.action != "hire"):
                self.fill(slot, other, value)
        sure = other.frame.frame is not None and other.frame.frame.prior >= 0.4  # "the company she founded" changes nothing
        if (
            sure
            and not (leaving and other.action in ("appoint", "promote"))
            and _STRENGTH.get(other.action, 0) > _STRENGTH.get(self.action, 0)
        ):
            self.action = other.action
        self.frames.append(other)


def records(document: Document, rows: Sequence[Row]) -> list[Record]:
    """The moves of a story, in the order they are told."""
    found: list[Record] = []
    for row in rows:
        for draft in drafts(row):
            _place(found, draft)
    found = [r for r in found if any(r.get(s) for s in ("person", "group", "from_role", "to_role"))]
    found = _listed(rows, found)
    found = _without_echoes(found)
    _complete(document, rows, found)
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
    rising = record.action not in _AWAY
    here = record.get("to_org")
    if rising and any(o.action not in _AWAY and similar(here or "?", o.get("to_org") or "!") for o in named):
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


# -- what other sentences say


def _complete(document: Document, rows: Sequence[Row], found: list[Record]) -> None:
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


_GENERIC_ORG = re.compile(
    r"^(?:(?:the |this )?(?:company|firm|group|league|retailer|bank|board|lab|startup|stock|shares|markets?|slips|jumps|"
    r"climbs|us|uk|u\.s\.))$",
    re.I,
)


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
