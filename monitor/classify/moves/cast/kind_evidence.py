"""How much speaks for a person and how much for a firm at one place of a name, by what stands beside it.

Evidence is counted: 3 decides against the shape of a name (``kinds.SURE``), 2 where shape says nothing, and what is said at other
places is added. ``somebody``, ``goings`` and ``doings`` hold what takes more than the chunks right beside.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.moves.cast.goings import (
    BE,
    goes_as,
    has_board,
    is_given_chief,
    is_left,
    is_of_a_firm,
    leaves_later,
    leaves_post,
    takes_or_loses,
    whose_post,
)
from monitor.classify.moves.cast.in_short import of_several
from monitor.classify.moves.cast.somebody import (
    DETERMINERS,
    announces_own,
    has_initials,
    leaves_out_verb,
    may_bear,
    takes_nobody,
    told,
)
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import acts, beside, is_post, template
from monitor.classify.words.lexicon import PERSON_GOES, PERSON_PASSES, first_names
from monitor.classify.words.name_words import KIN, RIVALS, STARTS

_TAKES = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON", "ORG_PROMOTES", "ORG_OUSTS"})
_TRADES = STARTS | frozenset("unicorn firm company giant operator chain platform conglomerate hyperscaler consultancy".split())
_ELECTS = frozenset({"elect", "elects", "elected", "induct", "inducts", "inducted"})
_STEPS = frozenset({"PERSON_STEPS", "PERSON_SUCCEEDS", "HANDOVER"})
_MAKES = frozenset("making make makes made".split())
_HAVE = frozenset({"has", "have", "had"})
_SINCE = frozenset("who formerly currently previously".split())
_KIN = KIN | {"father", "mother"}
_AT = frozenset("at of from".split())
_NO_UNIT = frozenset("as to for its the a an his her their new in from with and".split())
_FOUNDS = frozenset({"founded", "co-founded", "cofounded"})
_KINDS_OF_FIRMS = frozenset("nonprofit non-profit foundation startup start-up company firm maker developer bank agency".split())
_GOES_ON = frozenset("that which , . based in behind".split())
_FOR_WHOM = ("replacing", "way for", "way to")  # "makes way for Quill"
_REPLACES = ("replac", "to replac", "will replac", "is replac")  # so do firms


def person(items: Sequence[Chunk], i: int) -> int:
    """How much speaks for a person at chunk ``i``: "CEO X", "names X Y", "X, chief of", "X Y steps down"."""
    if items[i].owns:
        return told(items, i)
    full = " " in items[i].text
    found = _person_before(items, i, full) + _person_behind(items, i, full)
    found += _full_name(items, i) if full else _single_name(items, i)
    found += 2 * leaves_later(items, i) + goes_as(items, i) + leaves_post(items, i)
    found += of_several(items, i) + 3 * has_initials(items[i].text)
    return found + 3 * _is_to_be(items, i) + 6 * _next_named(items, i) + told(items, i)


def _person_before(items: Sequence[Chunk], i: int, full: bool) -> int:
    """What stands before a person: "brother X", "CEO X Y", "names X Y", "replacing X Y"."""
    before, after, third = beside(items, i - 1), beside(items, i + 1), beside(items, i + 2)
    found = 0
    if before is not None and before.low in _KIN:
        found += 3
    if is_post(before) and (full or may_bear(items[i], after)):
        found += 3
    subject = beside(items, i - 2)
    passive = subject is not None and subject.kind == "person" and is_post(after)  # "Ada Quill named Corvid chief"
    took = template(before) in _TAKES and before is not None and not before.low.endswith(" off")  # "voted off Osprey Vale board"
    passive = passive or _has_holder(items, i) or whose_post(items, i)
    if full and took and not passive and not (is_post(after) and third is not None and third.named):
        found += 3
    if full and before is not None and (before.low in ("with", "replacing") or template(before) == "PERSON_SUCCEEDS"):
        found += 1 if is_post(after) else 2
    return found


def _has_holder(items: Sequence[Chunk], i: int) -> bool:
    """ "hires Osprey Rail freight chief": of what is a firm's name by its shape the post of a unit follows."""
    unit = beside(items, i + 1)
    if items[i].kind != "org" or unit is None or unit.kind != "word" or not unit.text.isalpha() or unit.low in _NO_UNIT:
        return False
    return any(is_post(c) for c in items[i + 2 : i + 4])


def _person_behind(items: Sequence[Chunk], i: int, full: bool) -> int:
    """What stands behind a person: "X, 63,", "X, chief of", "X Y steps down"."""
    after, third = beside(items, i + 1), beside(items, i + 2)
    found = 0
    if after is not None and after.low == "," and third is not None:
        near = items[i + 2 : i + 5]
        aged = third.low[:2].isdigit() and (len(near) < 2 or near[1].low == ",")  # "Quill, 63," and no "Lier, 11 February"
        if third.low in _SINCE or aged or any(is_post(x) for x in near):
            found += 2
    if full and after is not None and _steps(beside(items, i - 1), after):
        found += 2
    if full and (announces_own(items, i) or (after is not None and after.low in _FOUNDS)):
        found += 3
    return found


def _full_name(items: Sequence[Chunk], i: int) -> int:
    """What tells somebody whose name is of several words, and would not tell of a single one."""
    return 3 * (_taken_from(items, i) or _raised(items, i)) + 3 * _apposed(items, i) + _elected(items, i)


def _single_name(items: Sequence[Chunk], i: int) -> int:
    before, after, third = beside(items, i - 1), beside(items, i + 1), beside(items, i + 2)
    found = 2 * (_alone(before, after, third) or _listed(items, i) or _taken_from(items, i))
    joined = after is not None and after.low == "and" and third is not None and third.kind == "person"
    return found + 3 * (joined and items[i].text in first_names())  # "Ada and Bo Quill"


def _elected(items: Sequence[Chunk], i: int) -> int:
    """ "board elects X Y as chair", "X Y has been elected to its board", "X Y has stepped down"."""
    before, after = beside(items, i - 1), beside(items, i + 1)
    if after is None:
        return 0
    found = 3 * (before is not None and before.low in _ELECTS and after.low in ("as", "to"))
    if after.low not in BE:
        return found
    verb = next((x for x in items[i + 2 : i + 4] if x.kind == "frame"), None)
    taken = after.low not in _HAVE or items[i + 2].low == "been"  # and no "Corvid Vale has appointed"
    if verb is not None and verb.low in _ELECTS and items[i + 2] is not verb:
        return found + 3
    if verb is not None and (template(verb) in _STEPS or (template(verb) in _TAKES and verb.low.endswith("ed") and taken)):
        return found + 2
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
    if before is not None and (template(before) == "PERSON_SUCCEEDS" or before.low.endswith(_FOR_WHOM)):
        return not is_post(after)
    if after is None:
        return False
    if template(before) in _TAKES and before is not None and not before.low.startswith("announce") and after.low in ("as", "to"):
        return True
    named = template(after) in _TAKES and after.low.endswith("ed") and third is not None and third.kind == "role"
    return named or _steps(before, after)


def _steps(before: Chunk | None, after: Chunk) -> bool:
    """Whether a verb behind a name says what people do; of "leaves X to lead design" it is said of who leaves."""
    if template(after) not in _STEPS or after.low.startswith(_REPLACES):
        return False
    of_another = template(before) in PERSON_PASSES or (before is not None and before.low == "by")
    return not (of_another and after.low.startswith("to "))


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
    """ "Ada Quill promoted to president", "… named as chair", "… unveiled as Corvid CEO", "… appointed CFO of Osprey"."""
    after, third, fourth = beside(items, i + 1), beside(items, i + 2), beside(items, i + 3)
    if template(after) in _TAKES and after is not None and after.low.endswith("ed as"):
        return True
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
    found = max(_firm_before(items, i), is_left(items, i)) + _firm_behind(items, i) + takes_or_loses(items, i)
    return found + is_given_chief(items, i) + has_board(items, i)


def _firm_before(items: Sequence[Chunk], i: int) -> int:
    """What stands before a firm: "CEO of X", "CEO of Corvid and X", "joins X", "leaves for X", "rival X"."""
    before, second, after = beside(items, i - 1), beside(items, i - 2), beside(items, i + 1)
    if before is None:
        return 0
    c, found = items[i], 0
    if before.low == "at" and second is None and after is not None and after.low == ",":
        found += 3  # "At Corvid, partner Ada Quill retires"
    whose = c.kind == "person" and c.owns  # "head of Ada Quill's council"
    if before.low in _AT and second is not None and (second.kind == "role" or before.low == "at"):
        found += 0 if whose else 3
    if before.low == "and" and second is not None and second.named:
        lead, post = beside(items, i - 3), beside(items, i - 4)  # "CEO of Corvid and Osprey"
        found += 3 if lead is not None and lead.low in _AT and post is not None and post.kind == "role" else 0
    if template(before) in PERSON_PASSES:
        somebody = second is not None and second.kind == "person" and after is not None and after.low == "as"
        found += 3 if somebody else 2  # "Ada Quill joins Ping Circle as chief", though Ping is a first name
    if before.low == "from" and second is not None and second.kind == "person" and template(beside(items, i - 3)) in _TAKES:
        found += 3  # "lures Ada Quill from Corvid to run"
    way = second is not None and second.low.endswith(("aside", "way"))  # "steps aside for Ada Quill"
    if before.low == "for" and template(second) in ("PERSON_LEAVES", "PERSON_STEPS") and not way:
        found += 3  # "leaves for Corvid Vale"
    if before.low == "to" and second is not None and second.low.endswith(("moving", "defecting", "decamping")):
        found += 3  # "is moving to Corvid to head design"
    if c.kind == "name" and before.low in _TRADES and second is not None:
        found += 3  # "co-founder of fintech unicorn Corvid"
    if before.low in RIVALS and (" " not in c.text or template(second) in PERSON_GOES):
        found += 3  # "joins rival Marrow as chief"
    return found


def _firm_behind(items: Sequence[Chunk], i: int) -> int:
    """What stands behind a firm: "X CEO", "X's chief", "X has named", "X, a developer", "X loses", "X names"."""
    before, after, third = beside(items, i - 1), beside(items, i + 1), beside(items, i + 2)
    if after is None:
        return 0
    c, found = items[i], 0
    was = before is not None and before.low in ("former", "ex-")  # "Former X COO"
    made = (
        before is not None and not was and (before.kind in ("frame", "role") or before.low in _MAKES or leaves_out_verb(items, i))
    )
    posted = is_of_a_firm(after) and (c.owns or not made or whose_post(items, i))
    if posted and not _taken_from(items, i) and not _next_named(items, i):
        found += 3
    if after.low in _HAVE and template(third) in _TAKES:
        found += 3
    if after.low == "," and third is not None and third.low in ("a", "an", "the"):
        found += 4 * _is_firm(items, i + 3)
    if template(after) == "ORG_LOSES" and after.low.endswith("s") and not c.owns:
        found += 3
    does = acts(after) or (third is not None and third.kind == "person")
    if template(after) in _TAKES and does and not c.owns:
        found += 0 if takes_nobody(items, i) else 3
    return found


def _is_firm(items: Sequence[Chunk], at: int) -> bool:
    """ "Osprey Vale, a software nonprofit that …", and not "Ada Quill, a company veteran"."""
    kind = next((i for i in range(at, min(at + 2, len(items))) if items[i].text in _KINDS_OF_FIRMS), None)
    after = beside(items, kind + 1) if kind is not None else None
    return kind is not None and (after is None or after.low in _GOES_ON)
