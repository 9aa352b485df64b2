"""Frames whose subject is a person: joins, leaves, steps down, succeeds."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.chunks import Chunk
from monitor.classify.drafting import (
    NOBODY,
    Draft,
    Row,
    is_former,
    is_group,
    org_like,
    org_of_role,
    people_left,
    person_like,
    put_as_role,
    put_group,
    put_own_role,
    role_text,
    word_is,
)
from monitor.classify.frames_org import mark_board, put_task, replaced


def joins(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON joins|moves to ORG [from ORG] [as ROLE]."""
    return _goes(row, at, verb, "to_org")


def leaves(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON leaves ORG [for ORG | to join ORG]."""
    return _goes(row, at, verb, "from_org")


def _goes(row: Row, at: int, verb: Chunk, slot: str) -> list[Draft]:
    assert verb.frame is not None
    people = people_left(row, at)
    left_role = next((c for c in row.left(at)[:8] if c.kind == "role"), None)
    right = row.right(at)
    away = ("from", "by", "as", "for", "to") if slot == "from_org" else ("from", "by", "as")
    goal = next((c for c in right[:6] if org_like(c) and not word_is(row.before(c), *away)), None)
    goal = _owned(row, goal)
    if not people and left_role is None and slot == "to_org":
        # "joins ORG" with the person in the sentence before, or a single surname before it
        surname = next((c for c in row.left(at)[:2] if c.kind == "name"), None)
        people = [surname] if surname is not None else []
    if not people and left_role is None:
        surname = next((c for c in row.left(at)[:3] if c.kind == "name" and not c.owns), None)
        if surname is None:
            return []
        people = [surname]
    made = []
    for person in people or NOBODY:
        d = Draft(row.sentence, verb, verb.frame.action)
        d.chunk("person", person)
        if person is None and left_role is not None:
            if is_group(left_role) or is_former(row, left_role) or slot == "to_org":
                put_group(d, row, left_role)
            else:
                d.put("from_role", *role_text(row, left_role))
                d.chunk("from_org", org_of_role(row, left_role))
        d.chunk(slot, goal)
        put_own_role(d, row, person, at)
        put_as_role(d, row, at, "to_role" if slot == "to_org" else "from_role")
        _towards(d, row, at)
        mark_board(d, row, at)
        made.append(d)
    put_task(made if slot == "to_org" else [], row, at)
    return made


def _owned(row: Row, goal: Chunk | None) -> Chunk | None:
    """ "Musk's DOGE": what is joined is the thing owned, where it has a name of its own."""
    after = row.after(goal) if goal is not None and goal.owns and goal.kind == "name" else None
    return after if after is not None and org_like(after) else goal


def _towards(d: Draft, row: Row, at: int) -> None:
    """ "from ORG", "for ORG", "to join ORG" behind the verb."""
    for c in row.right(at)[:14]:
        if not org_like(c):
            continue
        before = row.before(c)
        if word_is(before, "from"):
            d.chunk("from_org", c)
        elif (
            word_is(before, "for")
            or (
                before is not None
                and before.kind == "frame"
                and before.frame is not None
                and before.frame.template == "PERSON_JOINS"
            )
        ) and c.text != d.get("from_org"):
            d.chunk("to_org", c)
    if d.get("to_org") and d.get("from_org") and d.action == "depart":
        d.action = "hire"


def steps(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON steps down|resigns|retires [as ROLE] [of|at|from ORG]; PERSON to become|serve as ROLE."""
    assert verb.frame is not None
    rising = verb.frame.action in ("appoint", "promote")
    people = people_left(row, at)
    role = next((c for c in row.right(at)[:7] if c.kind == "role"), None)
    left_role = next((c for c in row.left(at)[:8] if c.kind == "role"), None)
    if rising and role is None:
        return []
    if not people and left_role is None and role is None:
        return []
    made = []
    for person in people or NOBODY:
        d = Draft(row.sentence, verb, verb.frame.action)
        d.chunk("person", person)
        if rising:
            assert role is not None
            d.put("to_role", *role_text(row, role))
            d.chunk("to_org", org_of_role(row, role))
        else:
            if role is not None and not (role.low.startswith(("executive chair",)) and left_role is not None):
                d.put("from_role", *role_text(row, role))
                d.chunk("from_org", org_of_role(row, role))
            if person is None and left_role is not None and is_group(left_role):
                put_group(d, row, left_role)
            elif person is None and left_role is not None:
                d.put("from_role", *role_text(row, left_role))
                d.chunk("from_org", org_of_role(row, left_role))
        put_own_role(d, row, person, at)
        if person is not None and left_role is not None and "from_role" not in d.slots and not rising:
            d.put("from_role", *role_text(row, left_role))
        slot = "to_org" if rising else "from_org"
        goal = next((c for c in row.right(at)[:8] if org_like(c) and word_is(row.before(c), "of", "at", "from")), None)
        d.chunk(slot, goal)
        if slot not in d.slots:
            owner = next((c for c in row.left(at) if c.kind == "org"), None)
            d.chunk(slot, owner)
        mark_board(d, row, at)
        if "board" in [c.low for c in row.right(at)[:6]] and not rising:
            d.action = "board"
        made.append(d)
    made += replaced(row, at, [])
    return made


def succeeds(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON succeeds PERSON [as ROLE]: one record for each."""
    people, right = people_left(row, at), row.right(at)
    if any(word_is(c, "by") for c in right[:2]):
        return _succeeded(row, at, verb, people)
    gone = next((c for c in right[:7] if person_like(c, row) and not word_is(row.before(c), "as", "by")), None)
    role = next((c for c in right[:9] if c.kind == "role"), None)
    if not people and gone is None:
        return []
    owner = org_of_role(row, role) if role is not None else next((c for c in row.left(at) if c.kind == "org"), None)
    made = []
    pronoun = any(word_is(c, "him", "her", "them") for c in right[:2])
    if people and (role is not None or gone is not None or pronoun):
        d = Draft(row.sentence, verb, "appoint")
        d.chunk("person", people[-1])
        if role is not None:
            d.put("to_role", *role_text(row, role))
        d.chunk("to_org", owner)
        made.append(d)
    takes_over = "over" in verb.low and gone is not None and any(word_is(c, "from", "for") for c in right[:4])
    if gone is not None and (verb.low.split()[-1].startswith(("succe", "replac")) or takes_over):
        d = Draft(row.sentence, verb, "depart")
        d.chunk("person", gone)
        if role is not None:
            d.put("from_role", *role_text(row, role))
        d.chunk("from_org", owner)
        made.append(d)
    return made


def _succeeded(row: Row, at: int, verb: Chunk, people: Sequence[Chunk]) -> list[Draft]:
    """PERSON … succeeded|replaced by [ROLE] PERSON: the second one rises, the first one goes."""
    right = row.right(at)
    comer = next((c for c in right[1:7] if c.named and not c.owns and (person_like(c, row) or c.kind == "name")), None)
    if comer is None:
        return []
    d = Draft(row.sentence, verb, "appoint")
    d.chunk("person", comer)
    now = next((c for c in right[1:9] if c.kind == "role"), None)
    if now is not None:
        d.put("from_role", *role_text(row, now))
        d.chunk("from_org", org_of_role(row, now))
    held = next((c for c in row.left(at) if c.kind == "role" and c is not now), None)
    if held is not None:
        d.put("to_role", *role_text(row, held))
        d.chunk("to_org", org_of_role(row, held))
    made = [d]
    for person in people[-1:]:
        gone = Draft(row.sentence, verb, "depart")
        gone.chunk("person", person)
        made.append(gone)
    return made
