"""Frames whose subject is an organisation: it hires, names, promotes or ousts somebody; also their passives."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.chunks import Chunk
from monitor.classify.drafting import (
    BREAKS,
    NOBODY,
    Draft,
    Row,
    is_former,
    is_group,
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

_BESIDE = frozenset({",", ")", "who", "to", "be", "also", "recently", "today"})
BE = frozenset({"is", "was", "been", "be", "being", "are", "were", "gets", "got"})


def takes(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """ORG hires|names|promotes|ousts PERSON [from ORG] [as ROLE]; also its passive."""
    _left, right = row.left(at), row.right(at)
    if _passive(row, at, verb):
        return taken(row, at, verb)
    org = org_left(row, at)
    people, role, group = objects_of(row, at, right)
    if not people and role is None and group is None:
        return []
    assert verb.frame is not None
    made = []
    for person in people or NOBODY:
        d = Draft(row.sentence, verb, verb.frame.action)
        d.chunk("person", person)
        if person is None and group is not None:
            put_group(d, row, group)
        _home(d, row, verb, org)
        if role is not None:
            d.put("from_role" if verb.frame.template == "ORG_OUSTS" else "to_role", *role_text(row, role))
            if person is None and group is None and verb.frame.template == "ORG_OUSTS":
                pass
        _origin(d, row, at, person, right)
        mark_board(d, row, at)
        made.append(d)
    put_task(made, row, at)
    made += replaced(row, at, made)
    return made


def _home(d: Draft, row: Row, verb: Chunk, org: Chunk | None) -> None:
    assert verb.frame is not None
    slot = "from_org" if verb.frame.template == "ORG_OUSTS" else "to_org"
    d.chunk(slot, org)


def objects_of(row: Row, at: int, right: Sequence[Chunk]) -> tuple[list[Chunk], Chunk | None, Chunk | None]:
    """After the verb: the people, the role they get, or the group that stands for them."""
    people: list[Chunk] = []
    role = group = None
    words = 0
    for _n, c in enumerate(right):
        if c.kind == "frame" and c.frame is not None and c.frame.template not in ("PERSON_STEPS", "NOUN_PERSON", "NOUN_ORG"):
            break
        if (person_like(c, row) or (not people and _surname(row, at, c))) and not word_is(
            row.before(c), "from", "by", "replace", "succeed", "at", "with", "of"
        ):
            people.append(c)
        elif c.kind == "role":
            if (
                is_group(c)
                and not people
                and group is None
                and not (c.low.endswith("directors") and word_is(row.before(c), "of"))
            ):
                group = c
            elif is_former(row, c) and not people and role is None:
                group = group or c
            elif c.low.endswith("directors") and word_is(row.before(c), "of"):
                continue
            elif (role is None or word_is(row.before(c), "as")) and not (is_former(row, c) and people):
                role = c
        elif c.kind == "word":
            if c.low in (
                "to",
                "after",
                "amid",
                "who",
                "which",
                "that",
                "because",
                "while",
                "where",
                "when",
                "over",
                "despite",
            ) and (people or role):
                break
            if c.low == "from" and people:
                break
            words += c.low not in (",", "as", "its", "the", "a", "and", "&", "new", "of")
        if words > 9:
            break
    return people[:4], role, group


def _surname(row: Row, at: int, c: Chunk) -> bool:
    """ "taps Gaudette as next CEO": one name right behind the verb, and a role right behind the name."""
    i = row.items.index(c)
    if c.kind != "name" or c.owns or i + 1 >= len(row.items) or len(c.text.split()) > 1:
        return False
    after = row.items[i + 1]
    if row.items[i - 1].kind == "role" and i - 1 > at:  # "picks insurance veteran Andersen to replace …"
        return after.kind in ("frame", "role") or word_is(after, "as", "to", ",", "and")
    if i != at + 1:
        return False
    return after.kind == "role" or (word_is(after, "as", "to", ",") and any(x.kind == "role" for x in row.items[i + 2 : i + 6]))


def _origin(d: Draft, row: Row, at: int, person: Chunk | None, right: Sequence[Chunk]) -> None:
    """ "from ORG", "ORG's PERSON", "former ORG ROLE PERSON": where somebody comes from."""
    for c in right:
        if org_like(c) and word_is(row.before(c), "from") and c.text != d.get("to_org"):
            d.chunk("from_org", c)
            break
    if person is None:
        return
    i = row.items.index(person)
    back = row.items[max(i - 4, 0) : i]
    for c in back:
        if c.kind == "role" and is_former(row, c):
            owner = org_of_role(row, c)
            d.chunk("from_org", owner)
            d.put("from_role", *role_text(row, c))
        elif c.kind == "role" and i > at and row.items.index(c) > at:
            owner = org_of_role(row, c)
            if owner is not None and owner.text != d.get("to_org") and row.items.index(owner) > at:
                d.chunk("from_org", owner)
                d.put("from_role", *role_text(row, c))
        elif c.kind == "org" and c.owns and row.items.index(c) > at:
            d.chunk("from_org", c)
    for n, c in enumerate(row.items[i + 1 : i + 6]):
        held = n and word_is(row.items[i + 1], ",") and d.get("to_role") and c.text not in d.get("to_role")
        if c.kind == "role" and (is_former(row, c) or (held and not word_is(row.before(c), "as", "to"))):
            d.chunk("from_org", org_of_role(row, c))
            d.put("from_role", *role_text(row, c))
            break


def mark_board(d: Draft, row: Row, at: int) -> None:
    near = " ".join(c.low for c in row.items[at + 1 : at + 14])
    if "board" in near.split() and any(
        f in near for f in ("to board", "to its board", "to the board", "to our board", "board member", "to his board")
    ):
        d.action = "board"
    role = d.get("to_role").lower()
    if (
        role
        in (
            "director",
            "directors",
            "independent director",
            "new director",
            "board member",
            "non-executive director",
            "independent directors",
            "chairman of the board",
        )
        or "board" in role
        or "non-executive" in role
        or "independent director" in role
    ):
        d.action = "board"
    if (
        role.split()[-1:] in (["chairman"], ["chair"], ["chairwoman"], ["chairperson"])
        and "executive" not in role.replace("non-executive", "")
        and len(role.split()) <= 3
    ):
        d.action = "board"


def put_task(made: Sequence[Draft], row: Row, at: int) -> None:
    """ "to lead ad push": what somebody is to do, where no role is said."""
    items = row.items
    for i in range(at + 1, min(at + 16, len(items) - 1)):
        if (
            word_is(items[i], "to") and items[i + 1].low in ("lead", "head", "run", "oversee", "to lead", "helm", "spearhead")
        ) or (
            items[i].kind == "frame" and items[i].low in ("to lead", "to head", "to run", "to oversee", "to helm", "to spearhead")
        ):
            first = items[i] if items[i].kind == "frame" else items[i + 1]
            start = first.start + (3 if first.low.startswith("to ") else 0)
            end = first.end
            for c in items[items.index(first) + 1 :][:7]:
                if c.kind == "word" and (
                    c.text in BREAKS
                    or c.text in (",", ".", "(")
                    or c.low in ("as", "after", "amid", "in", "from", "and", "who", "with")
                ):
                    break
                end = c.end
            for d in made:
                d.put("to_role", row.source[start:end], start, end)
            return


def replaced(row: Row, at: int, made: Sequence[Draft]) -> list[Draft]:
    """ "… to replace|succeed PERSON": the one who goes."""
    for i in range(at + 1, len(row.items)):
        c = row.items[i]
        if (
            c.kind == "frame"
            and c.frame is not None
            and c.frame.template == "PERSON_SUCCEEDS"
            and c.low.split()[-1].startswith(("succe", "replac"))
        ):
            for p in row.items[i + 1 : i + 5]:
                if person_like(p, row) and made:
                    d = Draft(row.sentence, c, "depart")
                    d.chunk("person", p)
                    if "to_org" in made[0].slots:
                        d.slots["from_org"] = made[0].slots["to_org"]
                    if "to_role" in made[0].slots:
                        d.slots["from_role"] = made[0].slots["to_role"]
                    return [d]
            return []
    return []


def _passive(row: Row, at: int, verb: Chunk) -> bool:
    """ "PERSON (was) named ROLE": the verb ends in -ed and no person follows before its role."""
    if not verb.low.split()[0].endswith("ed") and verb.low not in ("chosen", "made", "brought on"):
        return False
    before = row.items[at - 1] if at else None
    if before is not None and before.kind == "word" and before.low in BE:
        return True
    subject = next((c for c in row.left(at) if c.named), None)
    if subject is None or not person_like(subject, row):
        return False
    beside = before is None or before is subject or before.kind == "role" or before.low in _BESIDE
    if not beside:
        return False
    following = row.items[at + 1 : at + 4]
    if any(person_like(c, row) and c.kind == "person" for c in following[:2]):
        return False
    return any(c.kind == "role" for c in following) or any(word_is(c, "as", "to", "by", "head", "new") for c in following[:1])


def taken(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON is named|hired|promoted ROLE [of|at ORG] [by ORG]."""
    assert verb.frame is not None
    people = people_left(row, at)
    right = row.right(at)
    role = next((c for c in right[:8] if c.kind == "role"), None)
    by = next((c for c in right if org_like(c) and word_is(row.before(c), "by")), None)
    made = []
    for person in people or NOBODY:
        d = Draft(row.sentence, verb, verb.frame.action)
        d.chunk("person", person)
        ousted = verb.frame.template == "ORG_OUSTS"
        if person is None:
            who = next((c for c in row.left(at) if c.kind == "role"), None)
            if who is None:
                continue
            owner = org_of_role(row, who)
            if is_group(who):
                put_group(d, row, who)
            elif ousted:
                d.put("from_role", *role_text(row, who))
                d.chunk("from_org", owner)
            else:
                d.put("from_role", *role_text(row, who))
                d.chunk("from_org", owner)
        if role is not None:
            owner = org_of_role(row, role)
            d.put("from_role" if ousted else "to_role", *role_text(row, role))
            d.chunk("from_org" if ousted else "to_org", owner)
        d.chunk("from_org" if ousted else "to_org", by)
        at_org = next((c for c in right[:10] if org_like(c) and word_is(row.before(c), "at", "of", "to", "for")), None)
        d.chunk("from_org" if ousted else "to_org", at_org)
        _origin(d, row, at, person, right)
        put_own_role(d, row, person, at)
        mark_board(d, row, at)
        made.append(d)
    put_task(made, row, at)
    return made
