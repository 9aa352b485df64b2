"""Nouns, losses, boards, founders, and shake-ups that name a post alone."""

from __future__ import annotations

from monitor.classify.chunks import Chunk
from monitor.classify.drafting import (
    NOBODY,
    Draft,
    Row,
    org_left,
    org_like,
    org_of_role,
    people_left,
    person_like,
    put_group,
    put_own_role,
    role_text,
    word_is,
)
from monitor.classify.frames_org import objects_of


def nouns(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """ "departure of PERSON", "PERSON's departure", "resignation of its CFO"."""
    assert verb.frame is not None
    if verb.frame.prior < 0.35:
        return []
    right, left = row.right(at)[:8], row.left(at)[:5]
    person = next((c for c in right if person_like(c, row)), None) or next(
        (c for c in left if c.named and c.owns and len(c.text.split()) > 1), None
    )
    role = next((c for c in (*right, *left) if c.kind == "role"), None)
    if person is None and role is None:
        return []
    d = Draft(row.sentence, verb, verb.frame.action)
    d.chunk("person", person)
    away = verb.frame.action in ("depart", "retire", "dismiss")
    if role is not None:
        d.put("from_role" if away else "to_role", *role_text(row, role))
        d.chunk("from_org" if away else "to_org", org_of_role(row, role))
    d.chunk("from_org" if away else "to_org", org_left(row, at))
    return [d]


def hands_over(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON hands the reins to PERSON: the second one rises to the first one's post."""
    right = row.right(at)
    heir = next((c for c in right[:10] if person_like(c, row) or (c.kind == "name" and word_is(row.before(c), "to"))), None)
    if heir is None:
        return []
    d = Draft(row.sentence, verb, "promote")
    d.chunk("person", heir)
    held = next((c for c in row.left(at) if c.kind == "role"), None)
    if held is not None:
        d.put("to_role", *role_text(row, held))
        d.chunk("to_org", org_of_role(row, held))
    now = row.before(heir)
    if now is not None and now.kind == "role":
        d.put("from_role", *role_text(row, now))
    made = [d]
    for person in people_left(row, at)[:1]:
        gone = Draft(row.sentence, verb, "depart")
        gone.chunk("person", person)
        made.append(gone)
    return made


def loses(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """ORG loses PERSON|ROLE [to ORG]."""
    org = org_left(row, at)
    people, role, group = objects_of(row, at, row.right(at))
    if org is None or (not people and role is None and group is None):
        return []
    goal = next((c for c in row.right(at) if org_like(c) and word_is(row.before(c), "to") and c not in people), None)
    made = []
    for person in people or NOBODY:
        d = Draft(row.sentence, verb, "hire" if goal is not None else "depart")
        d.chunk("person", person)
        d.chunk("from_org", org)
        if person is None and group is not None:
            put_group(d, row, group)
        if role is not None:
            d.put("from_role", *role_text(row, role))
        d.chunk("to_org", goal)
        made.append(d)
    return made


def boards(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON joins|leaves the board of ORG; ORG elects PERSON."""
    right = row.right(at)
    people = people_left(row, at)
    away = any(w in verb.low for w in ("leave", "left", "steps", "exits", "resigns", "quits", "not stand", "not seek"))
    if not people:
        objects, role, group = objects_of(row, at, right)
        if not objects and role is None and group is None:
            return []
        org = org_left(row, at)
        made = []
        for person in objects or NOBODY:
            d = Draft(row.sentence, verb, "board")
            d.chunk("person", person)
            d.chunk("to_org", org)
            if role is not None or group is not None:
                d.put("to_role", *role_text(row, role or group))  # type: ignore[arg-type]
            made.append(d)
        return made
    goal = next((c for c in right[:8] if org_like(c)), None) or next((c for c in row.items[at - 3 : at] if c.kind == "org"), None)
    made = []
    for person in people:
        d = Draft(row.sentence, verb, "board")
        d.chunk("person", person)
        d.chunk("from_org" if away else "to_org", goal)
        role = next((c for c in right[:8] if c.kind == "role"), None)
        if role is not None:
            d.put("from_role" if away else "to_role", *role_text(row, role))
        put_own_role(d, row, person, at)
        made.append(d)
    return made


def founds(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON, formerly of ORG, founds ORG."""
    people = people_left(row, at)
    if not people:
        return []
    made = []
    for person in people:
        d = Draft(row.sentence, verb, "found")
        d.chunk("person", person)
        put_own_role(d, row, person, at)
        d.chunk("to_org", next((c for c in row.right(at)[:5] if org_like(c)), None))
        made.append(d)
    return made


def names_only(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """Shake-ups, searches and succession plans: the organisation and the post, where both are said."""
    assert verb.frame is not None
    if verb.frame.prior < 0.5:
        return []
    near = [*row.left(at)[:5], *row.right(at)[:5]]
    role = next((c for c in near if c.kind == "role" and c.role is not None and not c.role.generic), None)
    org = next((c for c in near if c.kind == "org"), None)
    if role is None and org is None:
        return []
    d = Draft(row.sentence, verb, "other")
    if role is not None:
        d.put("to_role", *role_text(row, role))
    d.chunk("to_org", org)
    return [d]
