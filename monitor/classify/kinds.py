"""Whether a name is a person's or a firm's, by what stands beside it anywhere in the story.

Shape says it of most names and errs of some: "Otis Worldwide" begins with a first name, "Mo Xujun" with a word, "Paddy
Cosgrave" with neither. "CEO of …", "… names", "joins …" are said of firms, ", the former head", "… steps down" of people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from monitor.classify.capitals import modifies
from monitor.classify.chunks import Chunk
from monitor.classify.goings import BE, goes_as, is_of_a_firm, leaves_later
from monitor.classify.known_orgs import Kind
from monitor.classify.lexicon import (
    PERSON_GOES,
    PERSON_PASSES,
    dictionary,
    first_names,
    known_people,
    surnames,
    surnames_of_known,
)
from monitor.classify.name_words import KIN, ORG_WORDS, PARTICLES, RIVALS
from monitor.classify.neighbours import beside, is_post, template
from monitor.classify.row import Row
from monitor.classify.somebody import DETERMINERS, announces_own, leaves_out_verb, may_bear, takes_nobody, told

SURE = 3  # evidence that overrules shape
ENOUGH = 2  # evidence that decides where shape says nothing
_TAKES = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON", "ORG_PROMOTES", "ORG_OUSTS"})
_ELECTS = frozenset({"elect", "elects", "elected", "induct", "inducts", "inducted"})
_STEPS = frozenset({"PERSON_STEPS", "PERSON_SUCCEEDS", "HANDOVER"})
_MAKES = frozenset("making make makes made".split())
_HAVE = frozenset({"has", "have", "had"})
_SINCE = frozenset("who formerly currently previously".split())
_KIN = KIN | {"father", "mother"}
_AT = frozenset("at of from".split())
_FOUNDS = frozenset({"founded", "co-founded", "cofounded"})
_KINDS_OF_FIRMS = frozenset("nonprofit non-profit foundation startup start-up company firm maker developer bank agency".split())
_GOES_ON = frozenset("that which , . based in behind".split())
_REPLACES = ("replac", "to replac", "will replac", "is replac")  # so do firms


def settled(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with each name that may be either made the one that the story says it is, where it does."""
    for_people: dict[str, int] = defaultdict(int)
    for_firms: dict[str, int] = defaultdict(int)
    doubtful: dict[str, Chunk] = {}
    read: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for i, c in enumerate(row.items):
            if c.named and c.entity is not None and c.entity.org is None:
                for_people[c.low] += person(row.items, i)
                for_firms[c.low] += firm(row.items, i)
                read[c.low].add(c.kind)
                if c.low not in doubtful or c.kind == "person":
                    doubtful[c.low] = c
    kinds = {low: _kind(c, for_people[low], for_firms[low]) for low, c in doubtful.items()}
    parts = {part for low, kind in kinds.items() if kind == "person" for part in low.split()}
    open_parts = {part for low, kind in kinds.items() if kind == "name" and " " in low for part in low.split()}
    for low, c in doubtful.items():
        if c.kind == "name" and low in parts:
            kinds[low] = "person"  # "Quill" of Ada Quill
        elif c.kind == "name" and kinds[low] == "org" and low in open_parts:
            kinds[low] = "name"
    found = {low: kind for low, kind in kinds.items() if read[low] != {kind}}
    last = {low.split()[-1] for low, kind in kinds.items() if kind == "person" and " " in low}
    if not found and not last:
        return rows
    telling = found.keys() | last
    return [
        Row(row.sentence, row.source, [_settled(row, n, found, last) if c.low in telling else c for n, c in enumerate(row.items)])
        for row in rows
    ]


def _settled(row: Row, at: int, found: dict[str, str], last: set[str]) -> Chunk:
    """A chunk as what it is. "Gold succeeds …" opens a sentence of Ada Gold, though it is a word as well, and so does "Ford
    replaces …" of Ada Ford."""
    c = row.items[at]
    if c.low in found:
        return _as(c, found[c.low])
    if c.low not in last or row.sentence.field == "title":
        return c
    if c.kind == "word" and c.text[:1].isupper():
        return c._replace(kind="person")
    after = beside(row.items, at + 1)
    goes = template(after) in PERSON_GOES or template(beside(row.items, at + 2)) in PERSON_GOES
    if c.kind == "org" and not at and not c.owns and after is not None and goes and not after.named:
        return _as(c, "person")
    return c


def _kind(c: Chunk, somebody: int, company: int) -> str:
    words = c.low.split()
    if modifies(words[-1]) or words[-1].endswith("-maker"):
        return "word"  # "General Motors-owned", "chatbot-maker": whose and what, not who
    if len(words) == 1 and "-" in c.low and c.kind != "person" and surnames_of_known().issuperset(c.low.split("-")):
        return "word"  # "the Quill-Okoro handover": two people's, and nobody's
    if c.low in surnames():
        return "person"
    if c.kind == "person":
        return "org" if company >= SURE and company > somebody and c.low not in known_people() else "person"
    plain = 1 < len(words) < 5 and all(w[:1].isalpha() and w not in ORG_WORDS for w in words)
    if c.kind == "org":
        return "person" if somebody >= SURE and not company and plain else "org"
    enough = (
        SURE if any(w in dictionary() for w in words if w not in PARTICLES) else ENOUGH
    )  # "a conference called Web Summit resigned"
    if somebody >= enough and somebody > company:
        return "person"
    # Who is nobody's chief and does nothing is a firm.
    return "org" if not somebody or (company >= ENOUGH and company > somebody) else "name"


def _as(c: Chunk, kind: str) -> Chunk:
    if not c.named or kind == c.kind or c.entity is None:
        return c
    if kind == "word":
        return c._replace(kind=kind, entity=None)
    return c._replace(kind=kind, entity=c.entity._replace(kind={"org": Kind.ORG, "person": Kind.PERSON}[kind]))


def person(items: Sequence[Chunk], i: int) -> int:
    """How much speaks for a person at chunk ``i``: "CEO X", "names X Y", "X, chief of", "X Y steps down"."""
    before, after, third = beside(items, i - 1), beside(items, i + 1), beside(items, i + 2)
    c, found = items[i], 0
    if c.owns:
        return told(items, i)
    full = " " in c.text
    if before is not None and before.low in _KIN:
        found += 3
    if is_post(before) and (full or may_bear(c, after)):
        found += 3
    subject = beside(items, i - 2)
    passive = subject is not None and subject.kind == "person" and is_post(after)  # "Ada Quill named Corvid chief"
    if full and template(before) in _TAKES and not passive and not (is_post(after) and third is not None and third.named):
        found += 3
    if full:
        found += 3 * (_taken_from(items, i) or _raised(items, i))
    else:
        found += 2 * (_alone(before, after, third) or _listed(items, i) or _taken_from(items, i))
        found += 3 * (
            c.text in first_names() and after is not None and after.low == "and" and third is not None and third.kind == "person"
        )
    if full and before is not None and (before.low in ("with", "replacing") or template(before) == "PERSON_SUCCEEDS"):
        found += 1 if is_post(after) else 2
    if after is not None and after.low == "," and third is not None:
        near = items[i + 2 : i + 5]
        aged = third.low[:2].isdigit() and (len(near) < 2 or near[1].low == ",")  # "Quill, 63," and no "Lier, 11 February"
        if third.low in _SINCE or aged or any(is_post(x) for x in near):
            found += 2
    if full and template(after) in _STEPS and after is not None and not after.low.startswith(_REPLACES):
        found += 2
    if full and (announces_own(after, third) or (after is not None and after.low in _FOUNDS)):
        found += 3
    if leaves_later(items, i):
        found += 2
    found += goes_as(items, i) + 3 * (full and _apposed(items, i))
    found += 3 * _is_to_be(items, i) + 6 * _next_named(items, i) + told(items, i)
    if full and before is not None and after is not None and before.low in _ELECTS and after.low in ("as", "to"):
        found += 3  # "board elects X Y as chair", "elects X Y to its board"
    if full and after is not None and after.low in BE:
        verb = next((x for x in items[i + 2 : i + 4] if x.kind == "frame"), None)
        taken = after.low not in _HAVE or items[i + 2].low == "been"  # and no "Corvid Vale has appointed"
        if verb is not None and verb.low in _ELECTS and items[i + 2] is not verb:
            found += 3  # "X Y has been elected to its board"
        elif verb is not None and (template(verb) in _STEPS or (template(verb) in _TAKES and verb.low.endswith("ed") and taken)):
            found += 2
    return found


def _next_named(items: Sequence[Chunk], i: int) -> bool:
    """One of a list of people with their posts: "names Ada Quill president, X Y finance chief and X Y head of design"."""
    first, last = i, i
    while first > 2 and items[first - 1].low in (",", "and") and _with_post(items, first - 3):
        first -= 3
    while last + 3 < len(items) and items[last + 2].low in (",", "and") and _with_post(items, last + 3):
        last += 3
    return last > first and _with_post(items, i) and any(template(c) == "ORG_NAMES" for c in items[:first])


def _with_post(items: Sequence[Chunk], i: int) -> bool:
    return items[i].named and " " in items[i].text and not items[i].owns and is_post(beside(items, i + 1))


_TO_BE = frozenset("be become remain stay serve continue".split())


def _is_to_be(items: Sequence[Chunk], i: int) -> bool:
    """ "Quill to be chairman", "Ada Quill will remain chief executive"."""
    to, verb = beside(items, i + 1), beside(items, i + 2)
    if to is None or verb is None or to.low not in ("to", "will") or verb.low not in _TO_BE:
        return False
    return any(is_post(beside(items, n)) for n in range(i + 3, i + 6)) and not any(c.named for c in items[i + 3 : i + 5])


def _apposed(items: Sequence[Chunk], i: int) -> bool:
    """ "its finance chief, X Y, is leaving", and not "Ada Quill, vice president, North Bay, at Corvid"."""
    before, post, after, lead = (beside(items, n) for n in (i - 1, i - 2, i + 1, i - 3))
    if before is None or after is None or before.low != "," or after.low != "," or not is_post(post):
        return False
    return lead is not None and (lead.low in DETERMINERS or lead.named or lead.low in ("company", "firm"))


def _alone(before: Chunk | None, after: Chunk | None, third: Chunk | None) -> bool:
    """Whether a single word is a surname: "taps Quill as", "succeeding Quill", "Quill resigns", "Quill named chief"."""
    if before is not None and (template(before) == "PERSON_SUCCEEDS" or before.low == "replacing"):
        return not is_post(after)
    if after is None:
        return False
    if template(before) in _TAKES and before is not None and not before.low.startswith("announce") and after.low in ("as", "to"):
        return True
    named = template(after) in _TAKES and after.low.endswith("ed") and third is not None and third.kind == "role"
    return named or (template(after) in _STEPS and not after.low.startswith(_REPLACES))


def _taken_from(items: Sequence[Chunk], i: int) -> bool:
    """ "names Osprey's Quill as chief executive", "names Osprey's Quill chief executive"; of a list each: "hires Osprey's Ada
    Quill and Corvid's Bo Arkwright to lead"."""
    owner = i > 1 and items[i - 1].named and items[i - 1].owns
    while i > 3 and items[i - 2].low in (",", "and") and items[i - 3].named:
        i -= 3
    if not owner or i < 2 or template(items[i - 2]) not in _TAKES:
        return False
    return _goes_to_post(items, i) or (template(items[i - 2]) == "ORG_NAMES" and is_post(beside(items, i + 1)))


def _goes_to_post(items: Sequence[Chunk], i: int) -> bool:
    """Whether behind chunk ``i``, or behind the last of a list it begins, stands "as" or "to"."""
    after = beside(items, i + 1)
    while after is not None and after.low in (",", "and"):
        nearest = next((n for n in range(i + 2, min(i + 4, len(items))) if items[n].named and not items[n].owns), None)
        if nearest is None:
            return False
        i, after = nearest, beside(items, nearest + 1)
    return after is not None and (after.low in ("as", "to") or after.low.startswith("to "))  # "to lead" is one chunk


def _raised(items: Sequence[Chunk], i: int) -> bool:
    """ "Ada Quill promoted to president", "… named as chair", "… appointed CFO of Osprey"."""
    after, third, fourth = beside(items, i + 1), beside(items, i + 2), beside(items, i + 3)
    if template(after) not in _TAKES or after is None or not after.low.endswith("ed") or third is None:
        return False
    return third.low in ("to", "as") or (is_post(third) and (fourth is None or fourth.low in _AT))


def _listed(items: Sequence[Chunk], i: int) -> bool:
    """ "Quill, Okoro join": names in a list of which a verb in the plural says what people do."""
    last = i
    while last + 2 < len(items) and items[last + 1].low in (",", "and") and items[last + 2].named:
        last += 2
    verb = beside(items, last + 1)
    several = last > i or (i > 1 and items[i - 1].low in (",", "and") and items[i - 2].named)
    return several and template(verb) in PERSON_PASSES and verb is not None and not verb.low.endswith("s")


def firm(items: Sequence[Chunk], i: int) -> int:
    """How much speaks for a firm at chunk ``i``: "X CEO", "X's chief", "CEO of X", "joins X", "X names"."""
    before, after, second = beside(items, i - 1), beside(items, i + 1), beside(items, i - 2)
    c, found = items[i], 0
    made = before is not None and (before.kind in ("frame", "role") or before.low in _MAKES or leaves_out_verb(items, i))
    posted = is_of_a_firm(after) and (c.owns or not made)
    if posted and not _taken_from(items, i) and not _next_named(items, i):
        found += 3
    whose = c.kind == "person" and c.owns  # "head of Ada Quill's council"
    if before is not None and before.low in _AT and second is not None and (second.kind == "role" or before.low == "at"):
        found += 0 if whose else 3
    if before is not None and before.low == "and" and second is not None and second.named:
        lead, post = beside(items, i - 3), beside(items, i - 4)  # "CEO of Corvid and Osprey"
        found += 3 if lead is not None and lead.low in _AT and post is not None and post.kind == "role" else 0
    if template(before) in PERSON_PASSES:
        somebody = second is not None and second.kind == "person" and after is not None and after.low == "as"
        found += 3 if somebody else 2  # "Ada Quill joins Ping Circle as chief", though Ping is a first name
    way = second is not None and second.low.endswith(("aside", "way"))  # "steps aside for Ada Quill"
    if before is not None and before.low == "for" and template(second) in ("PERSON_LEAVES", "PERSON_STEPS") and not way:
        found += 3  # "leaves for Corvid Vale"
    if before is not None and before.low in RIVALS and (" " not in c.text or template(second) in PERSON_GOES):
        found += 3  # "joins rival Marrow as chief"
    third = beside(items, i + 2)
    if after is not None and after.low in _HAVE and template(third) in _TAKES:
        found += 3
    if after is not None and after.low == "," and third is not None and third.low in ("a", "an", "the"):
        found += 4 * _is_firm(items, i + 3)
    if template(after) == "ORG_LOSES" and after is not None and after.low.endswith("s") and not c.owns:
        found += 3
    acts = after is not None and (after.low.endswith("s") or (third is not None and third.kind == "person"))
    if template(after) in _TAKES and acts and not c.owns:
        found += 0 if takes_nobody(items, i) else 3
    return found


def _is_firm(items: Sequence[Chunk], at: int) -> bool:
    """ "Osprey Vale, a software nonprofit that …", and not "Ada Quill, a company veteran"."""
    kind = next((i for i in range(at, min(at + 2, len(items))) if items[i].text in _KINDS_OF_FIRMS), None)
    after = beside(items, kind + 1) if kind is not None else None
    return kind is not None and (after is None or after.low in _GOES_ON)
