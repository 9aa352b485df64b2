"""Set phrases of news of posts, and who is what in them: "A names B R P as S", "P, who was R of B, …", "to be replaced by P".

A row's chunks are written one sign each (``P`` person, ``N`` name, ``O`` organisation, ``R`` post, ``F.`` frame, small words)
and the phrases are patterns over these signs. What a phrase says of a place is a *word*: "gets", "held", "left" … It is a
feature beside others: the learned weights say how far to believe it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from monitor.classify.moves.cast.standins import stands_in
from monitor.classify.moves.evidence.outside import compiled, outside
from monitor.classify.moves.evidence.signs import SMALL, signs_of_words, written
from monitor.classify.parsing.chunks import NAMED, Chunk

_FRAMES = {
    "ORG_TAKES_PERSON": "Fh",
    "ORG_NAMES": "Fn",
    "ORG_PROMOTES": "Fp",
    "BOARD": "Fe",
    "PERSON_JOINS": "Fj",
    "PERSON_LEAVES": "Fl",
    "ORG_LOSES": "Fx",
    "PERSON_SUCCEEDS": "Fs",
    "ORG_OUSTS": "Fo",
    "HANDOVER": "Fg",
}
_WORDS = SMALL | {
    **dict.fromkeys(("serves", "serve"), "is"),
    **dict.fromkeys(("role", "position", "post", "job", "title"), "job"),
    "which": "who",
}
_KEPT = frozenset("from of at as to for in by with after before , ; : ( ) and who where successor through".split())
_SKIPPED = frozenset("the a an new next first has have immediately effective also newly created newly-created".split())


class Phrase(NamedTuple):
    """``says``: for each group of the pattern what it is to the person ``P`` (or ``Q``) of the phrase. ``needs``: of each of
    these sets of signs a row that it is found in has one."""

    pattern: re.Pattern[str]
    says: dict[str, str]
    needs: tuple[frozenset[str], ...]


def _phrase(pattern: str, says: str) -> Phrase:
    """``pattern``: {P} {Q} people, {A} {B} {C} organisations, {R} {S} posts, {g} {its} {of} {to} what may stand between.
    ``says``: group:word …"""
    parts = {
        **{letter: rf"(?P<{letter}>[PN]) " for letter in "PQ"},
        **{letter: rf"(?P<{letter}>[ON](?:'s)?) " for letter in "ABC"},
        **{letter: rf"(?P<{letter}>R[xn]?) " for letter in "RS"},
    }
    written = re.sub(r"\{([A-Z])\}", lambda m: parts[m[1]], pattern)
    written = written.replace("{g}", "(?:(?:is|was|will|now|w|who|say|its|,) ){0,4}").replace("{its}", "(?:(?:its|w) )?")
    written = written.replace("{of}", "(?:of|at|for|in|with|,) ")
    written = written.replace("{to}", "(?:(?:as|to|to is|is|Fb|to Fb) )")
    return Phrase(compiled(written), _pairs(says), _needs(pattern))


def _needs(pattern: str) -> tuple[frozenset[str], ...]:
    """The frames, posts, firms and words of which one stands wherever a phrase does: what is not in brackets is always there."""
    always = outside(pattern)
    found = [frozenset("F" + letter for letter in frame) for frame in re.findall(r"F\[?(\w+)", always)]
    if ".{" not in pattern:  # which may end within a sign
        found += [frozenset({word}) for word in re.findall(r"(?<![\w{])[a-z]{2,}(?= )", always)]
    if re.search(r"\{[RS]\}", always):
        found.append(frozenset({"R", "Rx", "Rn"}))
    if re.search(r"\{[ABC]\}", always):
        found.append(frozenset({"O", "O's", "N", "N's"}))
    return tuple(found)


def _pairs(says: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in says.split())


PHRASES = (
    _phrase("{A}{g}F[hnpe] {B}{its}(?:{R})?{P}(?:(?:{to})?{its}{S})?", "A:gets B:left R:left S:gets P:named"),
    _phrase("{A}{g}F[hnpe] (?:ex {B})?(?:{R})?{P}(?:(?:{to})?{its}{S})?", "A:gets B:left R:near S:gets P:named"),
    _phrase("{A}F[hnpe] {P}(?:, |w )?from {B}", "A:gets B:left P:named"),
    _phrase("{A}{g}Fh (?:(?:w|R[xn]?) ){1,2}from {B}(?:, )?(?:w )?{P}", "A:gets B:left P:named"),
    _phrase("{P}{g}F[npeh] (?:by {A})?(?:(?:as|to|is|,) )?{its}(?:{B})?{S}(?:{of}{C})?", "A:gets B:gets S:gets C:gets P:named"),
    _phrase("F(?:a|d) (?:of )?(?:{R})?{P}(?:as|to|is) {its}{S}(?:{of}{C})?", "R:near S:gets C:gets P:noun"),
    _phrase("Fa of {its}(?:{R})?{P}", "R:near P:appointment"),
    _phrase("Fr of {its}(?:{R})?{P}(?:, {S}, )?(?:from {B})?", "R:left S:left B:left P:departure"),
    _phrase("{P}{g}Fj {A}(?:from {B})?(?:as {its}{S})?", "A:gets B:left S:gets P:joins"),
    _phrase("{P}{g}Fj (?:{A})?(?:w )?from {its}(?:w )?(?:job as )?{B}{its}(?:{R})?", "A:gets B:left R:left P:joins"),
    _phrase("{P}{g}(?:to )?F[bs] (?:as |job as |job of )?{its}(?:{A})?{S}(?:{of}{C})?", "A:gets S:gets C:gets P:takes"),
    _phrase("{P}will (?:w |is ){1,2}(?:as )?{its}(?:{A})?{S}(?:{of}{C})?", "A:gets S:gets C:gets P:takes"),
    _phrase(
        "{P}(?:(?:will|w|to|was|is) ){0,3}(?:(?:to|in|into) )?(?:its )?job (?:of|as) (?:{A})?{S}(?:{of}{C})?",
        "A:gets S:gets C:gets P:takes",
    ),
    _phrase(
        "{P}{g}(?:to )?F[td] (?:as |from )?{its}(?:job )?(?:as |of )?{its}(?:{A})?{R}(?:{of}{B})?",
        "A:left R:left B:left P:leaves",
    ),
    _phrase("{P}{g}F[dt] as {its}{R}(?:(?:w|after|and|to|its|in) ){0,3}(?:Fb |is |F )(?:as )?{its}{S}", "R:left S:gets P:leaves"),
    _phrase("{P}{g}(?:to )?Fl (?:{B})(?:for |to |to Fj |Fj ){A}(?:as {its}{S})?", "B:left A:gets S:gets P:leaves-for"),
    _phrase("{P}{g}(?:to )?F[lt] (?:from )?{B}", "B:left P:leaves"),
    _phrase("(?:{B})?{R}{P}{g}(?:to )?F[ltd] ", "B:left R:left P:leaves"),
    _phrase("{B}Fx (?:{R})?{P}(?:to {A})?", "B:left R:left A:gets P:lost"),
    _phrase("Fs by (?:{B})?{its}(?:{R})?{P}(?:as {its}{S})?", "B:held R:held S:gets P:successor"),
    _phrase("{P}{g}(?:to )?(?:is )?Fs by ", "P:replaced"),
    _phrase("(?:its )?successor (?:to )?(?:{R})?{P}", "R:left P:succeeded"),
    _phrase("{P}(?:as )(?:its )?successor ", "P:successor"),
    _phrase("{P}{g}(?:to )?Fs (?:{R})?{Q}(?:as {its}{S})?", "S:gets P:successor"),
    _phrase("{Q}{g}(?:to )?Fs (?:{A})?(?:{R})?{P}", "A:left R:left P:succeeded"),
    _phrase("{A}{g}F[hnp] [PN] (?:as |to )?{its}{S}(?:(?:,|who|to) )*Fs (?:{R})?{P}", "A:left S:before R:left P:succeeded"),
    _phrase("[PN] (?:as |to )?{its}{S}(?:(?:,|who|to) )*Fs (?:{R})?{P}", "S:before R:left P:succeeded"),
    _phrase("Fs (?:{S})?{P}(?:, who .{0,8})?as {its}(?:{B})?{R}", "S:left B:left R:left P:succeeded"),
    _phrase("Fs {P}(?:(?:, who|,) )(?:was |ex |is |now |w )*(?:as )?{its}{R}", "R:left P:succeeded"),
    _phrase("with (?:{B})?(?:{R})?{P}(?:(?:w|is|to|will|set) ){0,2}Fs ", "B:held R:held P:successor"),
    _phrase("Fg (?:w )?to (?:{B})?(?:{R})?{P}", "B:held R:held P:successor"),
    _phrase("(?:,|and) {P}as {its}{S}", "S:gets P:listed"),
    _phrase("{P}, (?:who )?(?:is |now |its |w ){0,3}(?:{B})?{R}(?:{of}{C})?", "B:held R:held C:held"),
    _phrase("{P}, (?:who )?(?:was |ex |its |w ){1,3}(?:{B})?{R}(?:{of}{C})?", "B:past R:past C:past"),
    _phrase("(?:{B})?{R}(?:, )?{P}", "B:held R:held"),
    _phrase("(?:{B})?{R}(?:and w )?{P}", "B:held R:held"),
    _phrase("{B}say (?:w )?its {R}(?:and w )?(?:, )?{P}", "B:held R:held"),
    _phrase("ex {B}{R}{P}", "B:past R:past"),
    _phrase("{P}(?:w |ex |also )*was (?:w |ex )*(?:as )?{its}(?:{B})?{R}(?:{of}(?:w )?{C})?", "B:past R:past C:past"),
    _phrase("{P}(?:is )?(?:now )(?:w )?(?:as )?{its}(?:{B})?{R}(?:{of}(?:w )?{C})?", "B:held R:held C:held"),
    _phrase("{P}is (?:w )?(?:as )?{its}(?:{B})?{R}(?:{of}(?:w )?{C})?", "B:held R:held C:held"),
    _phrase("{B}(?:, )?where {P}was (?:w |ex )?(?:as )?{its}(?:{R})?", "B:left R:left"),
    _phrase("{P}(?:, )?(?:w )?of {B}", "B:of"),
    _phrase("{B}(?:w )?{P}", "B:beside"),
    _phrase("{A}: {P}", "A:colon P:colon"),
    _phrase("{P}(?:say|F[hpx]) ", "P:agent"),
    _phrase("say {P}", "P:agent"),
    _phrase("F[hnpo] by (?:{R})?{P}", "R:held P:agent"),
)


class Said(NamedTuple):
    """``of``: what is said of somebody himself; ``to``: of another place beside somebody; each by number of chunk in the row."""

    of: dict[int, set[str]]
    to: dict[tuple[int, int], set[str]]


def _sign(items: Sequence[Chunk], i: int, c: Chunk) -> str:
    if c.kind == "word":
        kind = stands_in(items, i)
        return _of_word[c.low] if kind == "" else "P" if kind == "person" else "O"
    if c.kind == "frame" and c.frame is not None:
        return _frame(c.frame.template, c.frame.action)
    if c.kind == "role":
        mark = (
            "x" if c.low.startswith(("former", "ex-", "ex ")) else "n" if c.low.startswith(("new ", "next", "incoming")) else ""
        )
        return "R" + mark
    return NAMED[c.kind] + ("'s" if c.owns else "")


_of_word = signs_of_words(_WORDS, _KEPT, _SKIPPED)


def _frame(template: str, action: str) -> str:
    if template == "PERSON_STEPS":
        return "Fb" if action in ("appoint", "promote") else "Ft" if action == "retire" else "Fd" if action == "depart" else "F"
    if template == "NOUN_PERSON":
        return "Fa" if action in ("appoint", "promote", "hire") else "Fr" if action in ("depart", "retire", "dismiss") else "F"
    return _FRAMES.get(template, "F")


@lru_cache(maxsize=4096)
def _possible(here: frozenset[str]) -> tuple[Phrase, ...]:
    """The phrases that a row of these signs may hold."""
    return tuple(phrase for phrase in PHRASES if not any(map(here.isdisjoint, phrase.needs)))


def said(items: Sequence[Chunk]) -> Said:
    found = Said(defaultdict(set), defaultdict(set))
    text, at = written(items, _sign)
    if "P" not in text and "N" not in text:
        return found
    for phrase in _possible(frozenset(text.split())):
        for match in phrase.pattern.finditer(text):
            _take(found, phrase, match, at)
    for match in _LIST.finditer(text):
        _share(found, [at[n] for n in _numbers(match)])
    return found


_LIST = re.compile(r"(?<!\S)[PN] (?:(?:, |and |, and )(?:w )?[PN] ){1,7}")


def _numbers(match: re.Match[str]) -> list[int]:
    """The numbers of the people's signs in a list."""
    first = match.string.count(" ", 0, match.start())
    return [first + n for n, sign in enumerate(match.group().split()) if sign in ("P", "N")]


def _share(found: Said, people: Sequence[int]) -> None:
    """What is said of one of a list before or behind it is said of all: "hired P, Q and X from B as vice presidents"."""
    ends = {people[0], people[-1]}
    for one in people:
        for end in ends - {one}:
            found.of[one] |= {word for word in found.of.get(end, ()) if word != "agent"}
    for (who, where), words in list(found.to.items()):
        if who in ends and where not in people:
            for one in people:
                found.to[one, where] |= words


def _take(found: Said, phrase: Phrase, match: re.Match[str], at: Sequence[int]) -> None:
    groups = match.groupdict()
    if groups.get("P") is None:
        return
    who = at[match.string.count(" ", 0, match.start("P"))]
    for group, word in phrase.says.items():
        if groups.get(group) is None:
            continue
        where = at[match.string.count(" ", 0, match.start(group))]
        if group == "P":
            found.of[who].add(word)
        elif where != who:
            found.to[who, where].add(word)
