"""Who does what in a sentence: patterns over its frames and over names that are drawn together with their posts (``nouns``).

What comes out are *facts*: few, each of one person or post with its verb, where from, where to and as what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from monitor.classify.moves.evidence.noun_signs import signs
from monitor.classify.moves.evidence.nouns import Nouns, drawn, number
from monitor.classify.moves.evidence.outside import compiled, outside
from monitor.classify.parsing.chunks import Chunk


class Fact(NamedTuple):
    """``who`` … ``verb``; where from, where to, as what, by numbers of chunks of the row, -1 where not said."""

    who: int
    verb: str
    out_of: int = -1
    into: int = -1
    left: int = -1
    gets: int = -1


@dataclass(slots=True)
class Reading(Nouns):
    """The facts of a row, and what its names and posts are to each other."""

    facts: list[Fact] = field(default_factory=list)


_VERBS = {
    "h": "hired",
    "n": "named",
    "p": "promoted",
    "e": "elected",
    "k": "back",
    "o": "fired",
    "j": "joins",
    "b": "takes",
    "m": "joins",
    "l": "leaves",
    "d": "steps",
    "t": "retires",
    "v": "leave",
    "f": "founds",
    "x": "leaves",
    "r": "leaves",
    "q": "retires",
    "u": "fired",
    "a": "named",
    "c": "hired",
    "i": "promoted",
    "s": "successor",
    "y": "seated",
    "w": "unseated",
}
_MACROS = {
    "{P}": r"(?P<P>P\d+) ",
    "{Q}": r"(?P<Q>[PR]\d+[xn]?) ",
    "{W}": r"(?P<P>[PR]\d+[xn]?) ",
    "{A}": r"(?P<A>O\d+)(?:'s)? ",
    "{B}": r"(?P<B>O\d+)(?:'s)? ",
    "{R}": r"(?P<R>R\d+[xn]?) ",
    "{S}": r"(?P<S>R\d+[xn]?) ",
    "{g}": r"(?:(?:is|was|will|now|to|w|say|who|ex|,|and|stay) ){0,4}?",
    "{far}": r"(?:(?!P\d|F[hnpekoxaz]\d|[;:] |where |not )\S+ ){0,16}?",
    "{as}": r"(?:as |into |to is |to Fb\d+e? |Fb\d+e? |to |in |, |is )?(?:its )?(?:job )?(?:as |of )?(?:its )?",
}


_FRAME = re.compile(r"~([a-z]+)(!?)~")


class Clause(NamedTuple):
    pattern: re.Pattern[str]
    frames: str  # letters of which one stands in a row that it is found in
    says: tuple[tuple[str, str, dict[str, str]], ...]  # who, verb, what fills what
    person: bool  # whether it is of people alone
    words: tuple[str, ...]  # that stand wherever it does, and "R" and "O" where it has a post or a firm


def _clause(pattern: str, *says: str) -> Clause:
    """``~hn~`` a frame of these letters, ``~hn!~`` its participle. ``says``: "P verb into=A …", verb "*" as the frame has it."""
    frames, person, words = _FRAME.findall(pattern), "{P}" in pattern, _always(pattern)
    for macro, written in _MACROS.items():
        pattern = pattern.replace(macro, written)
    if frames:
        letters, participle = frames[0]
        pattern = _FRAME.sub(rf"F(?P<V>[{letters}])\\d+{'e' if participle else 'e?'} ", pattern, count=1)
    pattern = _FRAME.sub(lambda m: rf"F[{m[1]}]\d+{'e' if m[2] else 'e?'} ", pattern)
    told = []
    for one in says:
        who, verb, *pairs = one.split()
        told.append((who, verb, dict(pair.split("=") for pair in pairs)))
    return Clause(compiled(pattern), frames[0][0] if frames else "", tuple(told), person, words)


def _always(pattern: str) -> tuple[str, ...]:
    """The words of a pattern that stand in no brackets, and "R" and "O" for a post and a firm."""
    always = _FRAME.sub("", outside(pattern))
    signs = [sign for sign, macros in (("R", r"\{[RS]\}"), ("O", r"\{[AB]\}")) if re.search(macros, always)]
    return (*signs, *re.findall(r"(?<![\w\\{])[a-z]{2,} ", always))


CLAUSES = (
    # somebody is the object: "A names P (of B) as S", "A poaches P from B", "it named P"
    _clause(r"(?:{A}{g})?~hnpek~(?:its |w ){0,2}?{P}(?:from (?:its )?{B})?(?:(?:back )?{as}{S})?", "P * into=A out_of=B gets=S"),
    _clause(
        r"(?:{A}{g}|\A|[,;:] )~hnpek~(?:its |w ){0,2}?(?P<P>R\d+[xn]?) (?:from (?:its )?{B})?(?:(?:back )?{as}{S})?",
        "P * into=A out_of=B gets=S",
    ),
    _clause(r"(?:{A}{g})?gives {P}(?:its |w )?(?:job )?(?:as |of )?(?:its )?(?:{S})?", "P named into=A gets=S"),
    _clause(r"{P}{g}gets (?:its |w )?(?:job )(?:as |of |at )?(?:its )?(?:{S}|{A})?", "P takes gets=S into=A"),
    _clause(r"{P}{g}say as (?:its )?{S}", "P named gets=S"),
    _clause(r"{P}{g}~hn!~(?:as )?(?:its )?F[z]\d+ ", "P successor"),
    _clause(r"{A}say (?:w )?{W}as (?:its )?{S}", "P named into=A gets=S"),
    _clause(r"~hnpek~(?:w )?[PR]\d+[xn]? {as}R\d+[xn]? (?:,|and|, and) {P}(?:{as}{S})?", "P listed gets=S"),
    _clause(r"(?:,|and|, and|;) {P}as (?:its )?{S}", "P listed gets=S"),
    # passives: "P (was) named (by A) S"
    _clause(r"{P}{g}~hnpek!~(?:by {A})?(?:w )?{as}{S}", "P * into=A gets=S"),
    _clause(r"{P}{g}~hnpek!~(?:by {A})?(?:w )?{S}", "P * into=A gets=S"),
    _clause(r"{W}{g}~hnpk!~(?:by {A})", "P * into=A"),
    _clause(r"{P}{g}~hnpe!~(?:to )?F[b]\d+e? (?:its )?{A}", "P * into=A"),
    _clause(r"{W}(?:is |was |been ){1,2}~hnpe!~", "P *"),
    # somebody is the subject
    _clause(r"{W}{g}~jm~(?:its )?(?:{A})?(?:from {B})?(?:(?:back )?{as}{S})?", "P * into=A out_of=B gets=S"),
    _clause(r"{W}{g}~jm~(?:{A})?(?:w )?from (?:its )?(?:w )?(?:job (?:as |at )?)?{B}", "P * into=A out_of=B"),
    _clause(r"{W}{g}~jm~(?:its )?(?:{A})?from (?:its )?(?:w )?job (?:as |of )?(?:its )?{R}", "P * into=A left=R"),
    _clause(r"{W}{g}~jm~from (?:its )?{B}to (?:its )?{A}(?:{as}{S})?", "P * into=A out_of=B gets=S"),
    _clause(r"{P}(?:to |will |set ){1,2}{S}{A}", "P takes gets=S into=A"),
    _clause(r"{P}{g}not (?:\S+ ){0,3}?reelect", "P unseated"),
    _clause(r"{P}(?:will |to )(?:w )?(?:in )?as (?:its )?{S}", "P takes gets=S"),
    _clause(r"{P}{g}~s~its ", "P successor"),
    _clause(r"{W}{g}~jm~to (?:its )?{A}(?:from (?:its |w )?{B})?", "P * into=A out_of=B"),
    _clause(r"{P}(?:will |to |set ){1,2}(?:w )?job (?:in |at |of )?(?:{A})?", "P takes into=A"),
    _clause(r"{P}{far}~ldt~(?:for|to) (?:its |w )?{A}", "P joins into=A"),
    _clause(r"{P}{g}(?:change |Fm\d+ )from (?:its )?{R}to (?:its )?{S}", "P steps left=R gets=S"),
    _clause(r"{P}{far}~j~(?:its )?{A}(?:{as}{S})?", "P * into=A gets=S"),
    _clause(
        r"{P}{far}~b~(?:as |in |into |into \S+ as |from \S+ as )?(?:its |w )?(?:job (?:as |of )?)?(?:its )?{S}", "P takes gets=S"
    ),
    _clause(r"{W}{g}~yw~(?:of |at )?(?:its )?(?:{A})?", "P * into=A"),
    _clause(r"{P}{g}~b~(?:at |of |over )?(?:its |w )?{A}", "P takes into=A"),
    _clause(r"{P}{g}~b~", "P takes"),
    _clause(r"{P}(?:(?:to|will|now|set|also) ){1,3}(?:w )?(?:is )?(?:as )?(?:its )?(?:job (?:as |of )?)?{S}", "P takes gets=S"),
    _clause(r"(?P<S>R\d+n) (?:will |is |to ){1,2}{P}", "P takes gets=S"),
    _clause(r"{W}is (?:its )?(?P<S>R\d+n) ", "P takes gets=S"),
    _clause(r"{P}{g}~s~(?:w )?{Q}(?:{as}{S})?", "P successor gets=S", "Q replaced left=S"),
    _clause(r"{P}{far}~s~(?:w )?{Q}(?:{as}{S})?", "P successor gets=S", "Q replaced left=S"),
    _clause(r"{P}(?:(?!P\d|not )\S+ ){0,4}?(?:to )?~s~(?:w )?{Q}(?:{as}{S})?", "P successor gets=S", "Q replaced left=S"),
    _clause(r"~s~(?:w |for |from )?{Q}(?:{as}{S})?", "Q replaced left=S"),
    _clause(r"{P}{g}~b~(?:for|from) (?:its )?{Q}(?:{as}{S})?", "P successor gets=S", "Q replaced left=S"),
    _clause(r"~b~(?:for|from) (?:its )?{Q}(?:{as}{S})?", "Q replaced left=S"),
    _clause(r"{P}{g}(?:w )?job (?:of |as |from ){1,2}{Q}", "P successor", "Q replaced"),
    _clause(r"with {P}(?:to |will |set |w ){1,3}its job ", "P successor"),
    _clause(r"in change to (?:its )?(?:w )?{Q}", "Q replaced"),  # "in succession to"
    _clause(r"~s~by (?:w )?{P}(?:{as}{S})?", "P successor gets=S"),
    _clause(r"{W}{g}~s~by ", "P replaced"),
    _clause(r"{A}{g}~s~(?:its )?{Q}with (?:w )?{P}", "P successor into=A", "Q replaced out_of=A"),
    _clause(r"~z~(?:to |for )(?:its )?{Q}", "Q replaced"),
    _clause(r"(?P<Q>P\d+)'s (?:w )?~z~", "Q replaced"),
    _clause(r"{P}(?:\S+ ){0,2}?(?:as |is |, )(?:its |P\d+'s |O\d+'s )?~z~(?:as {S})?", "P successor gets=S"),
    _clause(r"~z~(?:is |will is |, ){1,2}{P}", "P successor"),
    _clause(r"~g~(?:\S+ ){0,3}?to (?:w )?{P}", "P successor"),
    _clause(r"{P}{g}~d~(?:for |to )?(?P<Q>P\d+) (?:as (?:its )?{S})?", "Q successor gets=S"),  # "makes way for Q"
    _clause(r"(?P<Q>P\d+) {g}~g~(?:its |w )?{S}(?:job |w )?to (?:w )?{P}", "P successor gets=S", "Q replaced left=S"),
    _clause(r"(?P<Q>P\d+) {g}~g~", "Q replaced"),
    # leaving
    _clause(
        r"{W}{g}~ldtv~(?:from )?(?:its )?(?:w )?(?:{B})?(?:after \S+ )?"
        r"(?:for |to |(?:to |and )?F[j]\d+e? )(?:its |w )?{A}(?:{as}{S})?",
        "P * out_of=B",
        "P joins into=A gets=S",
    ),
    _clause(r"{W}{g}~ldt~(?:(?:from|its|w|O\d+) ){0,4}?(?:to )?F[bj]\d+e? (?:of |as )?(?:its |w )?{A}", "P joins into=A"),
    _clause(
        r"{W}{g}~ldt~(?:(?:from|its|w|as|R\d+|O\d+) ){0,4}?(?:to|and) (?:w )?start (?:its )?(?:w )?(?:{A})?", "P founds into=A"
    ),
    _clause(r"{W}{g}~ldtv~(?:as |from )?(?:its )?(?:job (?:as |of |at )?)?(?:its )?{R}", "P * left=R"),
    _clause(r"{W}{g}~ldtv~(?:from |at )?(?:its )?(?:w )?{B}", "P * out_of=B"),
    _clause(r"{W}{g}~ldt~(?:as \S+ |in \S+ )?(?:after|,) (?:w )?(?:at|with|of) {B}", "P * out_of=B"),
    _clause(r"{W}{g}~ldtv~", "P *"),
    _clause(r"{P}{far}~ldt~(?:as |from )?(?:its )?(?:job (?:as |of |at )?)?(?:its )?{R}", "P * left=R"),
    _clause(r"{P}{far}~ldt~(?:from )?{B}", "P * out_of=B"),
    _clause(r"{P}{far}~ldt~", "P *"),
    _clause(r"{P}{g}out (?:as |at )?(?:its )?(?:{R}|{B})?", "P leaves left=R out_of=B"),
    _clause(r"{B}{g}~x~(?:its )?(?:w )?{W}(?:to {A})?", "P * out_of=B"),
    _clause(r"~x~(?:its )?(?:w )?{W}to (?:w )?{A}", "P joins into=A"),
    _clause(r"~rqu~of (?:its )?(?:w )?{W}(?:from {B})?", "P * out_of=B"),
    _clause(r"(?P<P>P\d+)'s (?:w )?~rqu~(?:from {B})?(?:as {R})?", "P * out_of=B left=R"),
    _clause(r"{W}(?:w |say |its |will |to ){0,4}~rqu~(?:from {B})?(?:as {R})?", "P * out_of=B left=R"),
    _clause(r"{B}{g}~o~(?:its )?(?:w )?{W}(?:as {R})?", "P fired out_of=B left=R"),
    _clause(r"~o~(?:w )?{P}(?!(?:is |was |will |to |w )*F[jbhnkls])(?:as {R})?", "P fired left=R"),
    _clause(r"~o!~(?:w )?{P}(?=(?:is |was |will |to |w )*F[jbhnkls])", "P was-fired"),
    _clause(r"{W}{g}~o!~(?:as |from )?(?:its )?(?:job (?:as |of )?)?(?:{R}|{B})?", "P fired left=R out_of=B"),
    # coming back, setting up, appointments
    _clause(r"{P}{g}(?:to )?back (?:to )?(?:{A})?(?:{as}{S})?", "P back into=A gets=S"),
    _clause(r"~k~(?:w )?{P}(?:back )?(?:{as}{S})?", "P back gets=S"),
    _clause(r"{P}{g}~k~(?:its )?(?:{A})?(?:{as}{S})?", "P back into=A gets=S"),
    _clause(r"(?:w )?{P}back (?:as (?:its )?{S})?", "P back gets=S"),
    _clause(r"back of (?:its )?(?:w )?(?:F[o]\d+e )?{P}", "P back"),
    _clause(r"{W}{far}~f~(?:(?:its|w) )?(?:{A})?", "P founds into=A"),
    _clause(r"~aci~(?:of )?(?:its )?(?:w )?{W}(?:{as}{S})?", "P * gets=S"),
    _clause(r"(?P<P>P\d+)'s ~aci~(?:as (?:its )?{S})?", "P * gets=S"),
    _clause(r"(?P<P>R\d+n?) ~ach~", "P *"),
    _clause(r"{P}(?:, )?{g}stay (?:(?:as|on|its|job|in|w) ){0,4}?{S}(?!until |through |for )", "P stays gets=S"),
    _clause(r"{P}~o~(?:its )?(?:w |job )with (?:w )?{Q}", "P change", "Q change"),  # "swaps roles with"
    _clause(r"{P}change with (?:w )?{Q}", "P change", "Q change"),
    _clause(r"{P}{g}from (?:its )?{B}", "P from out_of=B"),
    _clause(r"(?P<P>R\d+n) ", "P new"),
    _clause(r"{W}(?:w )?change ", "P change"),
    # what somebody was or is, of which they are told as of one who comes
    _clause(r"{P}(?:w )?(?:ex |also |now ){0,2}was (?:ex |w |now ){0,2}(?:as |in )?(?:its |w )?{R}", "P was left=R"),
    _clause(r"{P}(?:w )?is (?:its |w )?ex (?:its |w )?{R}", "P was left=R"),
    _clause(r"{P}(?:, )?who (?:(?!P\d)\S+ ){0,8}?(?:now is|is now) (?:as )?(?:its )?{R}", "P is left=R"),
    _clause(r"{P}(?:w )?(?:ex |also |now )?is (?:now |w )?(?:as )?(?:its |w )?(?P<R>R\d+x?) ", "P is left=R"),
    _clause(
        r"{P}(?:w )?(?:ex |also |now ){0,2}(?:was |heads )(?:w |ex |in ){0,2}(?:job )?(?:at |with |for )?(?:its )?{B}",
        "P was out_of=B",
    ),
)


def read(items: Sequence[Chunk]) -> Reading:
    """What a row says outright."""
    found = Reading()
    text = signs(items)
    if "P" not in text and "R" not in text:
        return found
    text = drawn(text, found)
    for clause in _possible(frozenset(_LETTERS.findall(text)), "P" in text):
        if not clause.words or all(map(text.__contains__, clause.words)):
            for match in clause.pattern.finditer(text):
                _take(found, clause, match)
    return found


_LETTERS = re.compile(r"(?<!\S)F([a-z])")


@lru_cache(maxsize=4096)
def _possible(letters: frozenset[str], people: bool) -> tuple[Clause, ...]:
    """The clauses that a row of these frames may hold."""
    return tuple(
        clause
        for clause in CLAUSES
        if not (clause.frames and letters.isdisjoint(clause.frames)) and (people or not clause.person)
    )


_AFAR = re.compile(r" (?:and|,) ")
_FIRM = re.compile(r"(?<!\S)O\d+")


def _take(found: Reading, clause: Clause, match: re.Match[str]) -> None:
    groups = match.groupdict()
    if groups.get("A") and groups.get("V") and _AFAR.search(match.string[match.end("A") : match.start("V")]):
        groups["A"] = _FIRM.findall(match.string)[0]  # "A buys B and hires its founder"
    for who, verb, fills in clause.says:
        if not groups.get(who):
            continue
        slots = {slot: number(groups.get(group)) for slot, group in fills.items()}
        one = number(groups[who])
        fact = Fact(one, _VERBS[groups["V"]] if verb == "*" else verb, **slots)
        if fact.gets == one or fact.left == one:
            continue
        for mover in (one, *found.mates.get(one, ())):
            found.facts.append(fact._replace(who=mover))
