"""Posts as a story's candidates: with what they are of, boards, and two posts of two people told in one phrase."""

from __future__ import annotations

import re
from itertools import takewhile

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import low_at, template
from monitor.classify.parsing.row import Row
from monitor.classify.words.lexicon import ORG_PUTS, PERSON_GOES, place_names, products
from monitor.classify.words.name_words import TRADES

_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s(?:and|&)\s|/)\s*", re.I)
# What one person holds beside another post: "chairman and CEO", "president and CFO", "co-founder, CTO".
_ALSO = re.compile(
    r"\b(?:president|chair\w*|(?:co-?)?founder|director|managing|vice|member|partner|secretary|treasurer|md)\b", re.I
)
_CHIEF = re.compile(r"\b(?:c[efotmisprdlabghk]{1,3}o|chief \w+(?: \w+)? officer|chief executive)\b", re.I)
_COUNTED = re.compile(r",?\s(?:and|&)\s(?=(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+)\s)", re.I)
_BEFORE_NAME = frozenset("of for the its our & in at , (".split())
_UNITS_TOO = frozenset("platform unit brand chain site app investor".split())
# "Of the struggling rail operator", "of Europe's largest bank": that tells of the firm, and of no unit of it.
_FIRM = re.compile(
    rf"\s+(?:of|for)\s(?:(?!of\s)[^\s,]+\s+){{0,6}}?(?:(?:{'|'.join(sorted(TRADES - _UNITS_TOO))}|company|parent)$|"
    r"[^\s,]+['’]s\s+(?:biggest|largest|leading|most)\b.*)",
    re.I,
)
_NOUNS = frozenset({"unit", "team", "division", "group", "lab", "business", "arm", "department"})
_TELLS = ("accus", "convict", "acquit", "suspect")
_OF_SEVERAL = frozenset("quit leave resign depart exit step retire hand join swap".split())  # what one does ends in "s"
_DONE_TO = frozenset({"ORG_TAKES_PERSON", "ORG_LOSES", "ORG_OUSTS", "ORG_PROMOTES"})
_SOMEBODY = frozenset({"he", "she", "his", "her", "who"})
_DECIDES = ORG_PUTS | {"ORG_OUSTS", "SEARCH"}
_DECIDING = frozenset(
    "agrees approves begins considers considering consider looks looking meets picks plans starts votes wants".split()
)
_SUFFERS = frozenset("is was are were be been being".split())
_TO_SOMEBODY = 6  # chunks of "brings Osprey's finance chief Ada Quill on" before a board
_BETWEEN = frozenset("is has have had will to be been being set now also still reportedly unanimously expected likely".split())


def posts_of(row: Row, at: int) -> list[Chunk]:
    """The posts that the role at ``at`` names: one, or of "CEO and CFO depart" two."""
    c = row.items[at]
    whole = _with_unit(row, c)
    return _parted(row, c, whole) or [whole]


def decides(row: Row, at: int) -> bool:
    """Whether the board at ``at``, or its directors, take or let go another: "Osprey board weighs ousting"."""
    behind = row.items[at + 1 : at + 6]
    rest = [c for c in behind if c.low not in _BETWEEN]
    if not rest or "by" in [c.low for c in rest[1:2]] or (rest[0].low.endswith("ed") and behind[0].low in _SUFFERS):
        return False  # "board fired by the state", "board is sacked"
    return template(rest[0]) in _DECIDES or rest[0].low.partition(" ")[0] in _DECIDING


_ABOARD = frozenset("come comes coming came bring brings bringing brought get gets got back welcome welcomes welcomed".split())


def is_body(row: Row, at: int) -> bool:
    """Whether the board at ``at`` is one that somebody can sit on: not one that takes or lets go another, and not the one of
    "comes on board", "brings Ada Quill on board as chief scientist"."""
    if decides(row, at):
        return False
    before = [c.low for c in row.items[max(at - _TO_SOMEBODY, 0) : at]]
    aboard = before[-1:] == ["on"] and not _ABOARD.isdisjoint(word for low in before for word in low.split())
    return not aboard or low_at(row.items, at + 1) == "of"


def ends_in_board(low: str) -> bool:
    """Whether the words of a verb hold the board that somebody joins or leaves: "steps down from board"."""
    return low.endswith((" board", " board of directors"))


def board(row: Row, at: int) -> Chunk:
    """ "board", or "board of directors" where that is what is written; of "steps down from board" the last word."""
    c, items = row.items[at], row.items
    if c.kind == "frame":
        start = c.start + c.low.rindex("board")
        text = c.text[start - c.start :]
        c = c._replace(start=start, text=text, low=text.lower())
    if at + 2 < len(items) and items[at + 1].low == "of" and items[at + 2].low.startswith(("directors", "trustees")):
        end = items[at + 2].start + len(items[at + 2].low.split()[0].rstrip(","))
        text = row.source[c.start : end]
        return c._replace(kind="role", end=end, text=text, low=text.lower())
    return c._replace(kind="role")


def _with_unit(row: Row, c: Chunk) -> Chunk:
    """ "head of product": a post with what it is of, where that is no name; of "head of product Ada Quill" up to the name."""
    role = c.role
    if role is None or not role.tail or _is_told_on(row, c):
        return c
    said = _FIRM.search(row.source, c.end, role.end)
    if said is not None and any(not c.end < x.start < role.end for x in row.names):  # else it is all that is told of the firm
        text = row.source[c.start : said.start()]
        return c._replace(end=said.start(), text=text, low=text.lower())
    told = [x for x in row.items if c.end < x.start < role.end]
    behind = list(takewhile(lambda x: not _acts(x), told))
    unit = list(takewhile(lambda x: not x.named or _is_unit(row, x), behind))
    if len(unit) < len(behind):
        somebody = behind[len(unit)].kind == "person" and unit[-1:] and unit[-1].low not in _BEFORE_NAME
        leads = 0 if somebody else max((n for n, x in enumerate(unit) if x.low in _BEFORE_NAME), default=0)
        if not leads and not somebody:
            leads = next((n for n, x in enumerate(behind, 1) if _leads_to_firm(row, x)), 0) if c.low.endswith("head") else 0
            if not leads:
                return c  # "chief of chipmaker Osprey"
        unit = behind[:leads] if leads else unit  # up to what leads to the name: "head of chips for Osprey"
        while somebody and unit[-1].low in ("and", ",", "&"):
            unit = unit[:-1]  # "head of chips and Ada Quill": the next of a list
    if not unit or unit[-1].low in _BEFORE_NAME:
        return c
    end = role.end if len(unit) == len(told) else unit[-1].end
    text = row.source[c.start : end]
    return c._replace(end=end, text=text, low=text.lower())


def _acts(c: Chunk) -> bool:
    """What somebody does, or is done to: "head of energy jumps to", "head of energy hired by"."""
    return template(c) in PERSON_GOES or (template(c) in _DONE_TO and c.low.endswith("ed"))


def _is_unit(row: Row, c: Chunk) -> bool:
    """A place, a product or what stands before "unit": a name in what a post is of that employs nobody."""
    if c.low in place_names():
        return True
    if c.owns or c.kind == "person":
        return False
    after = next((x for x in row.items if x.start > c.start), None)
    if after is not None and after.text in _NOUNS:
        return True
    return c.low in products() and c.org is None


def _is_told_on(row: Row, c: Chunk) -> bool:
    """Of "accuses executive of fraud" the fraud is no unit."""
    at = next((i for i, x in enumerate(row.items) if x.start == c.start), 0)
    return any(x.low.startswith(_TELLS) for x in row.items[max(at - 3, 0) : at])


def _leads_to_firm(row: Row, c: Chunk) -> bool:
    """Of "head of Codex from Cursor" what stands before "from": nobody is head of a firm from another."""
    behind = [x for x in row.items if x.start > c.end][:2]
    return len(behind) > 1 and behind[0].low in ("from", "at") and behind[1].named


def _are_two(row: Row, c: Chunk) -> bool:
    """Whether a verb in the plural follows: "Osprey CEO and board chair quit"; a founder is mostly something else as well."""
    after = next((x for x in row.items if x.start > c.end), None)
    plural = after is not None and after.low.partition(" ")[0] in _OF_SEVERAL
    return plural and not row.sentence.loud and "founder" not in c.low


def _parted(row: Row, c: Chunk, whole: Chunk) -> list[Chunk]:
    """Each post of a phrase for itself, where nobody is there to hold both and nobody holds such two."""
    cuts = list(_AND.finditer(c.text))
    if cuts and (counted := _COUNTED.search(c.text)) is not None:  # "product head and two senior directors"
        return [_part(c, 0, c.text[: counted.start()]), _part(c, counted.end(), c.text[counted.end() :])]
    if not cuts or not (_are_two(row, whole) or (_CHIEF.search(c.text) and not _ALSO.search(c.text))):
        return []
    if any(x.kind == "person" or x.low in _SOMEBODY for x in row.items):
        return []
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(whole.text)]
    parts = [whole.text[a:b] for a, b in zip(starts, ends, strict=True)]
    return [_part(c, a, part) for a, part in zip(starts, parts, strict=True) if part]


def _part(c: Chunk, at: int, text: str) -> Chunk:
    return c._replace(start=c.start + at, end=c.start + at + len(text), text=text, low=text.lower(), role=None)
