"""Frames to Move records: who goes from where to where, in each sentence, then over the whole story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from monitor.classify.chunks import Chunk, chunks, quantifier
from monitor.classify.document import Document, Sentence
from monitor.classify.entities import Gazetteer
from monitor.model import Move, MoveAction, Span, Status

BREAKS = frozenset({";", "—", "|", "·", "•", "…"})
BE = frozenset({"is", "was", "been", "be", "being", "are", "were", "gets", "got"})
_PASSIVE = ("ed", "chosen", "made", "poached", "brought on", "brought in")


@dataclass(slots=True)
class Draft:
    """A record in the making. Every slot is a chunk-like piece of text with its offsets; "" where unknown."""

    sentence: Sentence
    frame: Chunk
    action: str
    slots: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    score: float = 0.0

    def put(self, name: str, text: str, start: int, end: int) -> None:
        text = text.strip(" ,.;:'’\"“”")
        if text and name not in self.slots:
            self.slots[name] = (text, start, end)

    def chunk(self, name: str, c: Chunk | None) -> None:
        if c is not None:
            self.put(name, c.text, c.start, c.end)

    def get(self, name: str) -> str:
        return self.slots.get(name, ("", 0, 0))[0]


@dataclass(frozen=True, slots=True)
class Row:
    """The chunks of one sentence and the text they came from."""

    sentence: Sentence
    source: str
    items: list[Chunk]

    def left(self, at: int) -> list[Chunk]:
        """Chunks before ``at``, nearest first, up to a break."""
        found = []
        for c in reversed(self.items[:at]):
            if c.kind == "word" and c.text in BREAKS:
                break
            found.append(c)
        return found

    def right(self, at: int) -> list[Chunk]:
        found = []
        for c in self.items[at + 1 :]:
            if c.kind == "word" and c.text in BREAKS:
                break
            found.append(c)
        return found

    def before(self, c: Chunk) -> Chunk | None:
        i = self.items.index(c)
        return self.items[i - 1] if i else None

    def after(self, c: Chunk) -> Chunk | None:
        i = self.items.index(c)
        return self.items[i + 1] if i + 1 < len(self.items) else None


def rows(document: Document, gazetteer: Gazetteer) -> list[Row]:
    found = []
    for sentence in document.sentences:
        source = document.story.title if sentence.field == "title" else document.story.summary
        found.append(Row(sentence, source, chunks(document, sentence, gazetteer)))
    return found


# -- what stands near what


def person_like(c: Chunk, row: Row) -> bool:
    if c.kind == "person":
        return True
    if c.kind != "name" or not c.entity:
        return False
    words = c.text.split()
    return 2 <= len(words) <= 4 and all(w[0].isalpha() for w in words) and not c.owns


def org_like(c: Chunk) -> bool:
    return c.kind in ("org", "name")


def _is(c: Chunk | None, *lows: str) -> bool:
    return c is not None and c.kind == "word" and c.low in lows


def is_group(c: Chunk) -> bool:
    return c.role is not None and c.role.plural


def org_of_role(row: Row, role: Chunk) -> Chunk | None:
    """The organisation a role belongs to: "ORG's ROLE", "ORG ROLE", "ROLE of|at|for ORG", "ORG … unit ROLE"."""
    i = row.items.index(role)
    for back in (1, 2, 3):
        if i - back < 0:
            break
        c = row.items[i - back]
        if org_like(c) and (c.owns or back == 1):
            if c.kind == "name" and not c.owns and person_like(c, row):
                break
            return c
        if c.kind != "word" or c.low in (",", "from", "as", "and", "to", "with", "by", "for", "(", ")", ":", "of"):
            break
    unit_seen = False
    for c in row.items[i + 1 : i + 9]:
        if c.kind == "word" and c.low in ("of", "at", "for", "with", "the", "its", "global", "a", "an", "in"):
            unit_seen = unit_seen or c.low in ("of", "at", "for", "with")
            continue
        if c.kind in ("org", "name"):
            return c if unit_seen or (row.items[i + 1] is c and False) else None
        if (
            c.kind == "word"
            and c.text not in (",", "(", ")")
            and unit_seen
            and c.low not in ("to", "from", "as", "and", "who", "after", "by")
        ):
            continue
        break
    return None


def role_text(row: Row, role: Chunk) -> tuple[str, int, int]:
    """The role as written, with its unit where that is no organisation."""
    if role.role is None:
        return role.text, role.start, role.end
    if role.role.tail and not any(c.named for c in row.items if role.end < c.start < role.role.end):
        return row.source[role.start : role.role.end], role.start, role.role.end
    nxt = row.after(role)
    if _is(nxt, ","):  # "vice president, global HR" where what follows is no name and is closed by a comma or end
        return role.text, role.start, role.end
    return role.text, role.start, role.end


# -- templates

Template = Callable[[Row, int, Chunk], list[Draft]]


def drafts(row: Row) -> list[Draft]:
    found: list[Draft] = []
    for at, c in enumerate(row.items):
        if c.kind == "frame" and c.frame is not None:
            template = TEMPLATES.get(c.frame.template)
            if template is not None:
                found += template(row, at, c)
    return [d for d in found if d.slots]


def _subject(row: Row, at: int) -> list[Chunk]:
    """The named chunks and roles before a verb, nearest first, without those inside "from X" or a relative clause's end."""
    return [c for c in row.left(at) if c.named or c.kind == "role"]


def whole_subject(row: Row, at: int) -> Chunk | None:
    """In a headline that begins "Norben Tea and Exports Appoints", everything before the verb is the name."""
    before = row.items[:at]
    if not before or len(before) > 8 or any(c.kind in ("role", "frame", "person") for c in before):
        return None
    if before[0].kind == "word" and not before[0].text[0].isupper() and not before[0].text[0].isdigit():
        return None
    small = ("and", "of", "&", "the", "de", "for")
    if not all(c.named or c.text[:1].isupper() or c.text[:1].isdigit() or c.low in small for c in before):
        return None
    names = [c for c in before if c.named]
    if len(before) == 1 or any(c.owns for c in before) or (len(names) == 1 and names[0].kind == "org" and len(before) == 1):
        return None
    if before[0].low in ("exclusive", "update", "breaking", "report", "sources", "why", "how", "meet", "the") or any(
        c.low in ("stock", "shares", "as", "after") for c in before
    ):
        return None
    start, end = before[0].start, before[-1].end
    text = row.source[start:end]
    return Chunk("org", before[0].first, before[-1].last, start, end, text, text.lower(), entity=None)


def _org_left(row: Row, at: int) -> Chunk | None:
    """The organisation that acts: the leftmost name of the clause before the verb that is no person."""
    if row.sentence.field == "title" and (whole := whole_subject(row, at)) is not None:
        return whole
    candidates = [
        c
        for c in row.left(at)
        if c.kind == "org"
        or (c.kind == "name" and not (person_like(c, row) and len(c.text.split()) > 1 and not row.sentence.loud))
    ]
    candidates = [c for c in candidates if not _is(row.before(c), "from", "at", "by", "of", "with", "in")]
    nearest = candidates[0] if candidates else None
    if nearest is not None and nearest.owns and len(candidates) == 1:
        return nearest
    quiet = [c for c in candidates if not c.owns]
    return (quiet or candidates or [None])[0]


def takes(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """ORG hires|names|promotes|ousts PERSON [from ORG] [as ROLE]; also its passive."""
    left, right = row.left(at), row.right(at)
    if _passive(row, at, verb):
        return taken(row, at, verb)
    org = _org_left(row, at)
    people, role, group = _objects(row, at, right)
    if not people and role is None and group is None:
        return []
    assert verb.frame is not None
    made = []
    for person in people or [None]:
        d = Draft(row.sentence, verb, verb.frame.action)
        d.chunk("person", person)
        if person is None and group is not None:
            _group(d, row, group)
        _home(d, row, verb, org)
        if role is not None:
            d.put("from_role" if verb.frame.template == "ORG_OUSTS" else "to_role", *role_text(row, role))
            if person is None and group is None and verb.frame.template == "ORG_OUSTS":
                pass
        _origin(d, row, at, person, right)
        _board(d, row, at)
        made.append(d)
    _lead(made, row, at)
    made += _replaced(row, at, made)
    return made


def _home(d: Draft, row: Row, verb: Chunk, org: Chunk | None) -> None:
    assert verb.frame is not None
    slot = "from_org" if verb.frame.template == "ORG_OUSTS" else "to_org"
    d.chunk(slot, org)


def _objects(row: Row, at: int, right: Sequence[Chunk]) -> tuple[list[Chunk], Chunk | None, Chunk | None]:
    """After the verb: the people, the role they get, or the group that stands for them."""
    people: list[Chunk] = []
    role = group = None
    words = 0
    for n, c in enumerate(right):
        if c.kind == "frame" and c.frame is not None and c.frame.template not in ("PERSON_STEPS", "NOUN_PERSON", "NOUN_ORG"):
            break
        if (person_like(c, row) or (not people and role is None and _surname(row, at, c))) and not _is(
            row.before(c), "from", "by", "replace", "succeed", "at", "with", "of"
        ):
            people.append(c)
        elif c.kind == "role":
            if is_group(c) and not people and group is None and not (c.low.endswith("directors") and _is(row.before(c), "of")):
                group = c
            elif _former(row, c) and not people and role is None:
                group = group or c
            elif c.low.endswith("directors") and _is(row.before(c), "of"):
                continue
            elif (role is None or _is(row.before(c), "as")) and not (_former(row, c) and people):
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
    """"taps Gaudette as next CEO": one name right behind the verb, and a role right behind the name."""
    i = row.items.index(c)
    if c.kind != "name" or c.owns or i != at + 1 or i + 1 >= len(row.items):
        return False
    after = row.items[i + 1]
    return after.kind == "role" or (_is(after, "as", "to", ",") and any(x.kind == "role" for x in row.items[i + 2 : i + 6]))


def _former(row: Row, role: Chunk) -> bool:
    return (
        role.low.startswith(("former ", "ex-", "ex ", "veteran", "longtime"))
        or _is(row.before(role), "former", "ex", "veteran", "longtime")
        or role.low.endswith(("veteran", "alum", "alumnus"))
    )


def _group(d: Draft, row: Row, role: Chunk) -> None:
    """ "three senior OpenAI Stargate leaders": from its numbers to its noun, and the organisation inside it."""
    owner = org_of_role(row, role)
    start = owner.start if owner is not None and owner.start < role.start else role.start
    start = quantifier(row.source, start, row.sentence.start)
    d.put("group", row.source[start : role.end], start, role.end)
    if owner is not None:
        d.chunk("from_org", owner)
    if role.role is not None and not role.role.plural:
        d.put("from_role", *role_text(row, role))


def _origin(d: Draft, row: Row, at: int, person: Chunk | None, right: Sequence[Chunk]) -> None:
    """ "from ORG", "ORG's PERSON", "former ORG ROLE PERSON": where somebody comes from."""
    for c in right:
        if org_like(c) and _is(row.before(c), "from") and c.text != d.get("to_org"):
            d.chunk("from_org", c)
            break
    if person is None:
        return
    i = row.items.index(person)
    back = row.items[max(i - 4, 0) : i]
    for n, c in enumerate(back):
        if c.kind == "role" and _former(row, c):
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
        held = n and _is(row.items[i + 1], ",") and d.get("to_role") and c.text not in d.get("to_role")
        if c.kind == "role" and (_former(row, c) or (held and not _is(row.before(c), "as", "to"))):
            d.chunk("from_org", org_of_role(row, c))
            d.put("from_role", *role_text(row, c))
            break


def _board(d: Draft, row: Row, at: int) -> None:
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


def _lead(made: Sequence[Draft], row: Row, at: int) -> None:
    """ "to lead ad push": what somebody is to do, where no role is said."""
    items = row.items
    for i in range(at + 1, min(at + 16, len(items) - 1)):
        if (
            _is(items[i], "to")
            and items[i + 1].low in ("lead", "head", "run", "oversee", "to lead", "helm", "spearhead")
            or (
                items[i].kind == "frame"
                and items[i].low in ("to lead", "to head", "to run", "to oversee", "to helm", "to spearhead")
            )
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


def _replaced(row: Row, at: int, made: Sequence[Draft]) -> list[Draft]:
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
    if before is not None and not (before is subject or before.low in (",", ")", "who", "to", "be", "also", "recently", "today")):
        if not (before.kind == "role"):
            return False
    following = row.items[at + 1 : at + 4]
    if any(person_like(c, row) and c.kind == "person" for c in following[:2]):
        return False
    return any(c.kind == "role" for c in following) or any(_is(c, "as", "to", "by", "head", "new") for c in following[:1])


def taken(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON is named|hired|promoted ROLE [of|at ORG] [by ORG]."""
    assert verb.frame is not None
    people = _people_left(row, at)
    right = row.right(at)
    role = next((c for c in right[:8] if c.kind == "role"), None)
    by = next((c for c in right if org_like(c) and _is(row.before(c), "by")), None)
    made = []
    for person in people or [None]:
        d = Draft(row.sentence, verb, verb.frame.action)
        d.chunk("person", person)
        ousted = verb.frame.template == "ORG_OUSTS"
        if person is None:
            who = next((c for c in row.left(at) if c.kind == "role"), None)
            if who is None:
                continue
            owner = org_of_role(row, who)
            if is_group(who):
                _group(d, row, who)
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
        at_org = next((c for c in right[:10] if org_like(c) and _is(row.before(c), "at", "of", "to", "for")), None)
        d.chunk("from_org" if ousted else "to_org", at_org)
        _origin(d, row, at, person, right)
        _own_role(d, row, person, at)
        _board(d, row, at)
        made.append(d)
    _lead(made, row, at)
    return made


def _people_left(row: Row, at: int) -> list[Chunk]:
    """The people who are subject of the verb: the nearest, and those joined to them."""
    found: list[Chunk] = []
    items = row.items
    i = at - 1
    gap = 0
    if at >= 2 and items[at - 1].kind == "role" and not items[at - 2].named and not _is(items[at - 2], ",", "and", "&"):
        return []
    while i >= 0 and gap < 14:
        c = items[i]
        if c.kind == "word" and c.text in BREAKS:
            break
        if c.kind == "frame" and found:
            break
        if person_like(c, row):
            if found and not _joined(items[i + 1 : items.index(found[-1])]):
                break
            found.append(c)
        i -= 1
        gap += 1
    return found[::-1]


def _joined(between: Sequence[Chunk]) -> bool:
    return bool(between) and all(c.kind == "word" and c.low in (",", "and", "&") for c in between)


def joins(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON joins|moves to ORG [from ORG] [as ROLE]."""
    return _goes(row, at, verb, "to_org")


def leaves(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON leaves ORG [for ORG | to join ORG]."""
    return _goes(row, at, verb, "from_org")


def _goes(row: Row, at: int, verb: Chunk, slot: str) -> list[Draft]:
    assert verb.frame is not None
    people = _people_left(row, at)
    left_role = next((c for c in row.left(at)[:8] if c.kind == "role"), None)
    right = row.right(at)
    away = ("from", "by", "as", "for", "to") if slot == "from_org" else ("from", "by", "as")
    goal = next((c for c in right[:6] if org_like(c) and not _is(row.before(c), *away)), None)
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
    for person in people or [None]:
        d = Draft(row.sentence, verb, verb.frame.action)
        d.chunk("person", person)
        if person is None and left_role is not None:
            if is_group(left_role) or _former(row, left_role) or slot == "to_org":
                _group(d, row, left_role)
            else:
                d.put("from_role", *role_text(row, left_role))
                d.chunk("from_org", org_of_role(row, left_role))
        d.chunk(slot, goal)
        _own_role(d, row, person, at)
        _as_role(d, row, at, "to_role" if slot == "to_org" else "from_role")
        _towards(d, row, at)
        _board(d, row, at)
        made.append(d)
    _lead(made if slot == "to_org" else [], row, at)
    return made


def _owned(row: Row, goal: Chunk | None) -> Chunk | None:
    """"Musk's DOGE": what is joined is the thing owned, where it has a name of its own."""
    after = row.after(goal) if goal is not None and goal.owns and goal.kind == "name" else None
    return after if after is not None and org_like(after) else goal


def _own_role(d: Draft, row: Row, person: Chunk | None, at: int) -> None:
    """The post a person holds now: beside the name, before the verb."""
    if person is None:
        return
    i = row.items.index(person)
    near = [c for c in (*row.items[max(i - 3, 0) : i], *row.items[i + 1 : min(i + 5, at)]) if c.kind == "role"]
    if near:
        d.put("from_role", *role_text(row, near[-1]))
        d.chunk("from_org", org_of_role(row, near[-1]))
    owner = row.items[i - 1] if i else None
    if owner is not None and owner.kind in ("org", "name") and owner.owns:
        d.chunk("from_org", owner)


def _as_role(d: Draft, row: Row, at: int, slot: str) -> None:
    items = row.items
    for i in range(at + 1, min(at + 12, len(items))):
        if items[i].kind == "role":
            back = [c.low for c in items[at + 1 : i]]
            if "as" in back or slot == "from_role" or "its" in back:
                d.put(slot, *role_text(row, items[i]))
                owner = org_of_role(row, items[i])
                d.chunk("to_org" if slot == "to_role" else "from_org", owner)
                return
        if items[i].kind == "frame" and items[i].low != "to lead":
            return


def _towards(d: Draft, row: Row, at: int) -> None:
    """ "from ORG", "for ORG", "to join ORG" behind the verb."""
    for c in row.right(at)[:14]:
        if not org_like(c):
            continue
        before = row.before(c)
        if _is(before, "from"):
            d.chunk("from_org", c)
        elif (
            _is(before, "for")
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
    people = _people_left(row, at)
    role = next((c for c in row.right(at)[:7] if c.kind == "role"), None)
    left_role = next((c for c in row.left(at)[:8] if c.kind == "role"), None)
    if rising and role is None:
        return []
    if not people and left_role is None and role is None:
        return []
    made = []
    for person in people or [None]:
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
                _group(d, row, left_role)
            elif person is None and left_role is not None:
                d.put("from_role", *role_text(row, left_role))
                d.chunk("from_org", org_of_role(row, left_role))
        _own_role(d, row, person, at)
        if person is not None and left_role is not None and "from_role" not in d.slots and not rising:
            d.put("from_role", *role_text(row, left_role))
        slot = "to_org" if rising else "from_org"
        goal = next((c for c in row.right(at)[:8] if org_like(c) and _is(row.before(c), "of", "at", "from")), None)
        d.chunk(slot, goal)
        if slot not in d.slots:
            owner = next((c for c in row.left(at) if c.kind == "org"), None)
            d.chunk(slot, owner)
        _board(d, row, at)
        if "board" in [c.low for c in row.right(at)[:6]] and not rising:
            d.action = "board"
        made.append(d)
    made += _replaced(row, at, [])
    return made


def succeeds(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON succeeds PERSON [as ROLE]: one record for each."""
    people, right = _people_left(row, at), row.right(at)
    if any(_is(c, "by") for c in right[:2]):
        return _succeeded(row, at, verb, people)
    gone = next((c for c in right[:7] if person_like(c, row) and not _is(row.before(c), "as", "by")), None)
    role = next((c for c in right[:9] if c.kind == "role"), None)
    if not people and gone is None:
        return []
    owner = org_of_role(row, role) if role is not None else next((c for c in row.left(at) if c.kind == "org"), None)
    made = []
    if people and (role is not None or gone is not None):
        d = Draft(row.sentence, verb, "appoint")
        d.chunk("person", people[-1])
        if role is not None:
            d.put("to_role", *role_text(row, role))
        d.chunk("to_org", owner)
        made.append(d)
    takes_over = "over" in verb.low and gone is not None and any(_is(c, "from", "for") for c in right[:4])
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
    d.chunk("from_org" if away else "to_org", _org_left(row, at))
    return [d]


def loses(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """ORG loses PERSON|ROLE [to ORG]."""
    org = _org_left(row, at)
    people, role, group = _objects(row, at, row.right(at))
    if org is None or (not people and role is None and group is None):
        return []
    goal = next((c for c in row.right(at) if org_like(c) and _is(row.before(c), "to") and c not in people), None)
    made = []
    for person in people or [None]:
        d = Draft(row.sentence, verb, "hire" if goal is not None else "depart")
        d.chunk("person", person)
        d.chunk("from_org", org)
        if person is None and group is not None:
            _group(d, row, group)
        if role is not None:
            d.put("from_role", *role_text(row, role))
        d.chunk("to_org", goal)
        made.append(d)
    return made


def boards(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON joins|leaves the board of ORG; ORG elects PERSON."""
    right = row.right(at)
    people = _people_left(row, at)
    away = any(w in verb.low for w in ("leave", "left", "steps", "exits", "resigns", "quits", "not stand", "not seek"))
    if not people:
        objects, role, group = _objects(row, at, right)
        if not objects and role is None and group is None:
            return []
        org = _org_left(row, at)
        made = []
        for person in objects or [None]:
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
        _own_role(d, row, person, at)
        made.append(d)
    return made


def founds(row: Row, at: int, verb: Chunk) -> list[Draft]:
    """PERSON, formerly of ORG, founds ORG."""
    people = _people_left(row, at)
    if not people:
        return []
    made = []
    for person in people:
        d = Draft(row.sentence, verb, "found")
        d.chunk("person", person)
        _own_role(d, row, person, at)
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


TEMPLATES: dict[str, Template] = {
    "ORG_TAKES_PERSON": takes,
    "ORG_NAMES": takes,
    "ORG_PROMOTES": takes,
    "ORG_OUSTS": takes,
    "PERSON_JOINS": joins,
    "PERSON_LEAVES": leaves,
    "PERSON_STEPS": steps,
    "PERSON_SUCCEEDS": succeeds,
    "NOUN_PERSON": nouns,
    "ORG_LOSES": loses,
    "BOARD": boards,
    "FOUND": founds,
    "NOUN_ORG": names_only,
    "SEARCH": names_only,
    "HANDOVER": nouns,
}

_ = (replace, Move, MoveAction, Span, Status)
