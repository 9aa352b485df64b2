"""Roles: what posts are called in headlines and filings, with how senior they are.

``level`` 1: chief officers, chairs, presidents, founders; 2: executive and senior vice presidents, heads of major units,
directors of the board, partners; 3: vice presidents, general managers, directors; 4: leads, researchers, "executives".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import ahocorasick

from monitor.classify.words.lexicon import dictionary, first_names
from monitor.classify.words.role_words import (
    APART,
    C_SUITE,
    GOES_ON,
    HEADS,
    MAKERS,
    MODIFIER,
    OF_MANY,
    OF_VICE,
    TAIL,
    TAIL_STOP,
    VICE,
)

_ONE = re.compile(
    rf"(?<![\w-])(?:{MODIFIER})(?:" + "|".join(f"(?P<l{n}>{body})" for n, (_, body) in enumerate(HEADS)) + r")(?![\w-])", re.I
)
_AND = re.compile(r"(?:\s*,\s*|/|\s*,?\s+(?:and|&)\s+)", re.I)
GENERIC = frozenset(
    "executive executives exec execs leader leaders veteran veterans director directors partner partners boss chief "
    "chiefs insider insiders researcher researchers engineer engineers scientist scientists designer designers chair "
    "chairs fellow fellows adviser advisor".split()
)
_PLURAL = re.compile(
    r"(?:ives|execs|leaders|researchers|engineers|scientists|founders|vps|presidents|heads|directors|partners|designers|"
    r"veterans|officers|chiefs|ceos|members|bosses|alumni|insiders)$",
    re.I,
)


# A word that the head of some role holds: before the first of them none begins but by its modifiers and units.
_HINTS = (
    "chief president officer c.e ceo cto cfo coo cmo cio ciso cro cpo cso cco cdo clo chro cao cbo caio cpto cno "
    "cgo gc evp svp cvp vp v.p chair managing manager counsel partner found board secretar treasur controller "
    "comptroller head boss lead director execut exec veteran alum research scien engineer designer insider editor "
    "advis fellow member banker lawyer dealmaker analyst czar laureat producer pioneer "
    "deput presidency number no. command vet provost dean principal minister creator entrepreneur official investor publish "
    "architect actuar trustee rector lobbyist litigator showrunner strategist md cmd gmd gceo gcfo "
    "gcoo marketer governor senator congress committee management leadership"
).split()
LONGEST = 30  # letters in a row that the pattern spells out
BEFORE_HEAD = 220  # characters that the modifiers and units of one role may take


@dataclass(slots=True)
class Role:
    """A role in a text: ``start``/``end`` offsets, ``head_end`` without its unit, ``plural`` for groups, ``tail`` the unit."""

    start: int
    end: int
    head_end: int
    text: str
    level: int
    plural: bool
    generic: bool
    tail: str


@cache
def _hints() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in _HINTS:
        # Two letters stand in too many words.
        automaton.add_word(word, (len(word), len(word) == 2 or re.fullmatch(C_SUITE, word) is not None))
    automaton.make_automaton()
    return automaton


_INSIDE = frozenset(["", *"a an and at b er es for h i in its of re s the to".split()])  # these begin no role


@cache
def _beginnings() -> ahocorasick.Automaton:
    """How a role can begin, read off its pattern: a run of letters, to (length, may be joined to what follows).

    The pattern costs a microsecond at every word that it is tried at, and at most words none of its words begins.
    """
    source = re.sub(r"\\.|\[[^]]*\]|\(\?P<\w+>|\(\?-i:", " ", _ONE.pattern)
    automaton = ahocorasick.Automaton()
    for word, joint, short in re.findall(r"([a-z]+)(-\?)?(\?)?", source):
        for form in {word, word[:-1] if short else word} - _INSIDE:
            automaton.add_word(form, (len(form), len(form) > 2 or bool(joint) or automaton.get(form, (0, False))[1]))
    automaton.make_automaton()
    return automaton


class _Place(NamedTuple):
    """Where roles are looked for: ``text`` from ``start`` to ``end``, ``low`` that part in lower case, ``hints`` the first and
    last offset of each word that a role cannot do without."""

    text: str
    start: int
    end: int
    low: str
    hints: list[tuple[int, int]]


def _place(text: str, start: int, end: int) -> _Place:
    part = text[start:end]
    low = part.lower()
    if len(low) != len(part):  # a letter that grows in lower case: offsets would be off
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in part)
    hints = [
        (start + last + 1 - length, start + last)
        for last, (length, whole) in _hints().iter(low)
        if not whole or _stands_alone(low, last + 1 - length, last + 1)
    ]
    return _Place(text, start, end, low, hints)


def _stands_alone(low: str, start: int, end: int) -> bool:
    """Whether letters are a word, or the plural of one: "CTO", and not that of "director"."""
    end += low[end : end + 1] == "s"
    return not (low[end : end + 1].isalnum() or (start and low[start - 1].isalnum()))


def _first(place: _Place, at: int) -> re.Match[str] | None:
    """``_ONE.search`` from ``at`` on, tried only where a role can begin."""
    text, offset, end, low, hints = place
    hint = next((last for first, last in hints if first >= at), None)
    if hint is None:
        return None
    at, latest = max(at, hint - BEFORE_HEAD), hints[-1][1]
    for last, (length, joined) in _beginnings().iter(low, at - offset):
        stop = offset + last + 1
        start = stop - length
        if start > latest:
            if stop > latest + LONGEST:
                break
            continue
        if start and ((before := text[start - 1]).isalnum() or before in "-_"):
            continue
        if (joined or stop >= end or not text[stop].isalnum()) and (match := _ONE.match(text, start, end)):
            return match
    return None


def find_roles(text: str, start: int, end: int) -> list[Role]:
    """Roles between two offsets, longest first from the left; "president and CEO" is one."""
    found: list[Role] = []
    at, place = start, _place(text, start, end)
    while place.hints and (match := _first(place, at)) is not None:
        level, stop = _head(text, match, end)
        while (joint := _AND.match(text, stop, end)) and (more := _ONE.match(text, joint.end(), end)):
            if _plural(text[match.start() : stop]) or (joint.group().strip() == "," and not _titled(more.group())):
                break
            level, stop = min(level, _level(more)), _head(text, more, end)[1]
        words = text[match.start() : stop]
        head_end, tail = stop, ""
        if (unit := TAIL.match(text, stop, end)) is not None:
            kept = _without_name(TAIL_STOP.sub("", unit["unit"]))
            tail = kept.strip()
            stop = unit.start("unit") + len(kept.rstrip()) if tail else stop
        elif (unit := _unit_apart(text, words, stop, end)) is not None:
            tail, stop = unit["unit"], unit.end()
        # A chief executive, or scientist, is one of a kind.
        generic = words.lower().split()[-1] in GENERIC and "chief " not in words.lower()
        found.append(Role(match.start(), stop, head_end, text[match.start() : stop], level, _plural(words), generic, tail))
        at = head_end
    return found


_MAKERS = tuple(MAKERS.split("|"))


def _head(text: str, match: re.Match[str], end: int) -> tuple[int, int]:
    """The level and the end of a post: the "consumer chief" of "consumer chief marketing officer" is one of a chief officer."""
    stop = match.end()
    if text[stop - 6 : stop].lower() == " chief" and (more := GOES_ON.match(text, stop, end)) is not None:
        return 1, more.end()
    return _level(match), stop


def _without_name(unit: str) -> str:
    """The unit up to who heads it: "coal trading Ada Quill"."""
    small, space, rest = unit.partition(" ")
    at, before = 0, ""
    while space and small.islower():
        at, before = at + len(small) + 1, small
        small, space, rest = rest.partition(" ")
    named = at and rest[:1].isupper() and small in first_names() and before not in ("for", "of", "in", "and", "the")
    return unit[:at] if named else unit


def _unit_apart(text: str, words: str, at: int, end: int) -> re.Match[str] | None:
    """What a post is of behind a comma: "director, AI research", "Vice President, Exploration"; that of a vice president without
    one as well, "SVP Packaging Solutions". Words of the language, for a name may follow as well."""
    if text[at : at + 1] == "," and OF_MANY.search(words) and (unit := APART.match(text, at, end)) is not None:
        return unit
    unit = OF_VICE.match(text, at, end) if VICE.search(words) else None
    plain = unit and all(w.lower() in dictionary() and w not in first_names() for w in re.findall(r"[\w&’'-]+", unit["unit"]))
    return unit if plain else None


def _titled(text: str) -> bool:
    return bool(
        re.match(
            r"(?:chief|president|ceo|cfo|coo|cto|chair|vice|executive|founder|co-?founder|managing|director|head)\b", text, re.I
        )
    )


def _plural(words: str) -> bool:
    return bool(_PLURAL.search(words.strip()))


def _level(match: re.Match[str]) -> int:
    assert match.lastgroup is not None  # the pattern has no groups but one a head
    level = HEADS[int(match.lastgroup[1:])][0]
    return 4 if level == 2 and match.group().lower().endswith(_MAKERS) and "chief" not in match.group().lower() else level


_UPPER_VICE = re.compile(r"\b(?:senior|executive)\s+vice[\s-]president", re.I)


def level_of(role: str) -> int:
    """How senior a role as written is: 1 to 4; 5 where it is none we know."""
    found = find_roles(role, 0, len(role))
    level = min((r.level for r in found), default=5)
    return 2 if level == 3 and _UPPER_VICE.search(role) else level
