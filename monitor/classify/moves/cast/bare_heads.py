"""Posts told by a bare "head" behind whatever it heads: "Corvid's app store head to leave", "Corvid Studio Head Leaves".

The list of roles knows heads of units that it knows; any other unit reads as a name or as somebody who heads somewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.moves.cast.owned_heads import BEHIND, HEADS, SAID_OF, SMALL, UNIT, owned, post
from monitor.classify.moves.cast.tasks import TO_COME
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, low_at, template_at
from monitor.classify.parsing.row import Row
from monitor.classify.words.lexicon import PERSON_GOES, place_names, products

_FAMED = frozenset("czar tsar guru wizard whiz luminary ace supremo maestro".split())
_LED = HEADS | _FAMED
_RANKS = frozenset({"deputy", "assistant", "interim", "acting"})
_NO_UNIT = SMALL | {"its", "their", "his", "her"}
_TAKES = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON", "ORG_PROMOTES", "ORG_LOSES", "ORG_OUSTS"})
_SAID = 3  # chunks between a verb and the head that somebody becomes
_ONES = frozenset("new its the next interim acting first permanent global".split())
_NEAR = 5  # chunks from the verb to a post
_ACTS = PERSON_GOES - {"HANDOVER"}


# Nor is any of these one: other small words, who says it, what is thought of somebody.
_NO_NOUNS = SAID_OF | frozenset(
    "about into over under like than that this these those what who whose which when while where why how if but "
    "not no nor so yet also just even still now here there more most much many some any all both each every such same be "
    "been being are were has have had do does did can could may might must shall should let make made get got say tells "
    "tell told asks asked wants want backs back hits faces face slams urges warns sees seeks loses lose names calls call "
    "gives give takes take pays pay puts put sends meets keeps keep leaves lets makes gets needs need sues thanks popular "
    "controversial disgraced beleaguered beloved veteran star three four five six seven eight nine ten global local real "
    "de facto billionaire company firm group after before amid against between during without within via per until since "
    "because".split()
)
_PLURALS = frozenset(
    "sports parks services products vaccines devices vehicles trucks cars goods foods drinks beverages snacks fuels metals "
    "minerals ports airports hotels stores homes loans cards funds bonds stocks grids reactors turbines engines toys wines "
    "spirits jets chips seeds crops pensions materials chemicals interiors fragrances treasuries derivatives projects operations "
    "systems".split()
)


def posted(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such heads as posts."""
    rows = [owned(_managed(row) if "gm" in row.sentence.lows else row) for row in rows]
    rows = [row if HEADS.isdisjoint(row.sentence.lows) else _with_units(_posted(row)) for row in rows]
    if all(_FAMED.isdisjoint(row.sentence.lows) for row in rows):
        return rows
    named = any(c.kind == "person" for row in rows for c in row.items)  # of whom a story tells the post itself, or none
    return [_with_units(row if named else _famed(row)) for row in rows]


def _famed(row: Row) -> Row:
    """The row with who is known by a firm and a craft alone as a post: "snares Osprey propulsion guru"."""
    items: list[Chunk] = []
    for at, c in enumerate(row.items):
        after = beside(row.items, at + 1)
        behind = after is None or after.low in BEHIND or after.frame is not None or not after.text[:1].isalnum()
        craft = c.kind == "word" and c.low in _FAMED and behind and len(items) > 1 and _may_be_unit(items[-1])
        firms = [x for x in items[-1 - UNIT :] if x.named and x.kind != "person"]
        items.append(post(c.first, c.last, c.start, c.text) if craft and firms else c)
    return Row(row.sentence, row.source, items)


def _managed(row: Row) -> Row:
    """The row with a GM as a general manager, where it is a firm's, or somebody's: "Osprey Studios GM Ada Quill leaves"."""
    items = list(_with_managers(row))
    for at, c in enumerate(items[1:], 1):
        before, after = items[at - 1], beside(items, at + 1)
        goes = after is None or after.kind == "person" or (after.frame is not None and after.frame.template in _ACTS)
        close = before.owns or before.text.endswith(("'s", "’s")) or (goes and (before.named or before.low in _RANKS))
        if c.text == "GM" and close and not c.owns:
            items[at] = post(c.first, c.last, c.start, c.text)
    return Row(row.sentence, row.source, items)


def _with_managers(row: Row) -> Sequence[Chunk]:
    """The chunks with a GM as part of somebody's post of two: "Osprey's President and GM Ada Quill"."""
    items: list[Chunk] = []
    for at, c in enumerate(row.items):
        after = beside(row.items, at + 1)
        held = after is not None and (after.kind == "person" or after.low in ("of", "at", ","))
        if c.text == "GM" and held and len(items) > 1 and items[-1].low in ("and", "&", "/") and items[-2].role is not None:
            first = items[-2]
            items[-2:] = [post(first.first, c.last, first.start, row.source[first.start : c.end])]
        else:
            items.append(c)
    return items


def _with_units(row: Row) -> Row:
    """The row with what heads head: "Osprey cargo boss", "new pharmacy head"."""
    items: list[Chunk] = []
    for c in row.items:
        words = 0
        if c.kind == "role" and c.role is not None and c.low.rpartition(" ")[2] in _LED and not c.low.startswith("chief "):
            while words < min(UNIT, len(items) - 1) and _may_be_unit(items[-1 - words]):
                words += 1
        if words:
            first, start = items[-words], items[-words].start
            text = row.source[start : c.end]
            items[-words:] = [c._replace(first=first.first, start=start, text=text, low=text.lower())]
        else:
            items.append(c)
    return Row(row.sentence, row.source, items)


def _may_be_unit(c: Chunk) -> bool:
    if c.low in products() and not c.owns:
        return True
    capital = c.text[:1].isupper() and not c.text[1:2].isupper()  # in Title Case it may be the firm's: "Corvid Vision Head"
    plain = c.kind == "word" and not capital and c.low.replace("-", "").replace("&", "").isalpha() and len(c.low) > 1
    several = c.low.endswith("s") and not c.low.endswith(("ics", "ss")) and c.low not in _PLURALS and not c.text.isupper()
    verb = c.low.endswith("ed") or several
    return plain and not verb and not c.low.endswith("ly") and c.low not in _NO_UNIT and c.low not in _NO_NOUNS


def _may_be(c: Chunk) -> bool:
    if c.kind == "frame":
        return c.low == "head to"
    return c.kind == "word" and c.low in HEADS


def _posted(row: Row) -> Row:
    items: list[Chunk] = []
    for at, c in enumerate(row.items):
        after = beside(row.items, at + 1)
        if _is_held(items, c, after):
            items.append(_of_region(row, items, c))
        elif not _may_be(c) or after is None:
            items.append(c)
        elif c.kind == "frame":
            items += _before_verb(row, items, c) if after.kind == "frame" or after.low in TO_COME else [c]
        else:
            third = row.items[at + 2] if at + 2 < len(row.items) and after.low == "," else after
            ends = at + 2 == len(row.items) or not row.items[at + 2].text[:1].isalnum()
            acts = (
                (after.low == "goes" and ends)
                or third.kind == "person"
                or (after.frame is not None and after.frame.template in _ACTS)
            )
            unit = bool(items) and (items[-1].kind == "word" or items[-1].named) and items[-1].low not in _NO_UNIT
            taken = after.low in BEHIND and bool(items) and _may_be_unit(items[-1]) and _is_taken(items)
            items.append(_post(row, items, c) if (acts and unit and items[-1].text[-1].isalnum()) or taken else c)
    return Row(row.sentence, row.source, items)


def _is_held(before: Sequence[Chunk], c: Chunk, after: Chunk | None) -> bool:
    """Whether a bare head is what somebody becomes or was: "steps down as Corvid head", "named new UK head"."""
    ends = after is None or after.low in BEHIND or not after.text[:1].isalnum()
    if c.kind != "word" or c.low not in HEADS or not ends:
        return False
    at = len(before) - 1
    while at >= max(len(before) - _SAID, 0) and _may_stand_before(before[at]):
        at -= 1
    if at >= 0 and before[at].kind == "person":  # "names Ada Quill new head"
        return template_at(before, at - 1) == "ORG_NAMES"
    return low_at(before, at) == "as" or template_at(before, at) == "ORG_NAMES"


def _may_stand_before(c: Chunk) -> bool:
    """Whose head, where, and that the head is new."""
    return (c.kind in ("org", "name") and not c.owns) or c.low in place_names() or c.low in _ONES


def _of_region(row: Row, before: list[Chunk], c: Chunk) -> Chunk:
    """The post, with the region it is for taken off ``before``: "UK head"."""
    first = before.pop() if before[-1].low in place_names() else c
    return post(first.first, c.last, first.start, row.source[first.start : c.end])


def _is_taken(before: Sequence[Chunk]) -> bool:
    """Whether what is headed stands behind a verb that takes or loses somebody: "brings in Corvid cargo head from …"."""
    return any(c.frame is not None and c.frame.template in _TAKES for c in before[-_NEAR:])


def _before_verb(row: Row, before: list[Chunk], c: Chunk) -> list[Chunk]:
    """ "head to" in front of another verb: the post, and "to"."""
    if not before or before[-1].low in _NO_UNIT or before[-1].kind in ("role", "frame"):
        return [c]
    word, to = c.text.split()[0], c.text.split()[-1]
    head = Chunk("word", c.first, c.first, c.start, c.start + len(word), word, word.lower())
    return [_post(row, before, head), Chunk("word", c.last, c.last, c.end - len(to), c.end, to, to.lower())]


def _post(row: Row, before: list[Chunk], c: Chunk) -> Chunk:
    """The post, with the words of its unit taken off ``before`` where they follow their owner: "Corvid's app store head"."""
    n = 0
    while n < min(UNIT, len(before) - 1) and before[-1 - n].kind == "word" and before[-1 - n].low not in _NO_UNIT:
        n += 1
    first = c
    if n and before[-1 - n].owns:
        first = before[-n]
        del before[-n:]
    return post(first.first, c.last, first.start, row.source[first.start : c.end])
