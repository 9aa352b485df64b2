"""Groups of people told by what they built, by their team or by their firm, beside a verb by which they move.

"the engineers who planned Osprey's campus", "the minds behind Osprey's chip", "members of Osprey's grid team", "Osprey's site
planners": each is read as "Osprey's" and a post of several, wherever the firm stands in it, so that all that is known of such
posts holds. Elsewhere ("The team behind Sora launches …") the words stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import low_at, template_at
from monitor.classify.parsing.roles import Role
from monitor.classify.parsing.row import Row
from monitor.classify.words.lexicon import PERSON_PASSES, place_names
from monitor.classify.words.move_cues import products

# Nouns of people that name no post; one of them alone says nothing.
_TEAMS = frozenset("team crew staff talent personnel duo trio quartet".split())
_COUNTED = frozenset("duo trio quartet quintet pair team".split())
_RANKS = frozenset(  # enough with a number before them
    "managers economists deputies lawyers litigators attorneys lenders traders brokers dealmakers consultants auditors actuaries "
    "rainmakers strategists underwriters originators counsels colleagues".split()
)
_COUNTS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty".split()
)
_PEOPLE = (
    _TEAMS
    | _RANKS
    | frozenset(
        "people minds brains architects builders specialists planners members staffers figures alumni experts developers "
        "technologists programmers coders operators employees negotiators whizzes operatives recruits".split()
    )
)
# One of them, where nobody of the sentence has a name and it is said what it built: "the guy behind its data centers".
_ONE = frozenset(
    "architect mastermind brain guy man woman person specialist planner builder expert developer technologist".split()
)
_NOUNS_TOO = frozenset({"recruits", "hires"})  # of verbs, behind _WITH and before "from"
_UNITS = _TEAMS | frozenset("group unit division lab labs department project programme program effort".split())
_BUILT = frozenset(
    "built build planned plan designed design led lead ran run created create developed develop engineered trained train "
    "launched launch shipped ship wrote write invented pioneered oversaw oversee scaled architected conceived assembled made "
    "worked work drew set put secured negotiated".split()
)
_BEFORE_BUILT = frozenset("helped help to once first originally quietly had have has also together".split())
_TELLS = frozenset({"who", "that"})
# What stands between a verb and the group, and between the group and its own verb.
_SOME = frozenset(
    "a an the its their several some many more most all both half part of dozens dozen hundreds scores number handful group pair "
    "trio majority top senior key leading former ex- other another early veteran star elite entire whole core rival two three "
    "four five six seven eight nine ten eleven twelve twenty thirty than at least up to nearly almost about over away".split()
)
_AUXILIARY = frozenset(
    "is are was were has have had will would to be been being all now set about planning plan plans expected said reportedly "
    "also quietly abruptly suddenly just recently already not in talks".split()
)
_STOPS = frozenset(
    "the a an its their his her our to of from for with and or in on at by as is are was were has have had will would who that "
    "which whose behind after before amid over into about says said , ; : ( ) - — – | ' \" … ? !".split()
)
_ENDS = _STOPS - frozenset("the a an its their our of".split())
_ITS = frozenset({"its", "their"})  # the firm's that acts
_FIRM_FOLLOWS = frozenset({"at", "for", "of"})
_NOUNS_OF_PEOPLE = _PEOPLE | _NOUNS_TOO
_NOUNS_OF_ANY = _NOUNS_OF_PEOPLE | _ONE
_WITH = frozenset({"with", "of", "new", "key", "several", "top", "senior", "recent", "former"})
_TAKES = frozenset({"ORG_TAKES_PERSON", "ORG_LOSES", "ORG_OUSTS", "ORG_PROMOTES"})
_NOUNS = frozenset({"NOUN_PERSON", "NOUN_ORG"})
_ACTS = PERSON_PASSES | {"PERSON_STEPS"}
_TELL_OF_MOVES = _TAKES | _ACTS | _NOUNS
LONGEST = 9  # chunks of a phrase behind its noun
_UNIT = 4  # chunks between whose they are and the noun


@dataclass(slots=True)
class Crew(Role):
    """A group with the whole phrase that tells it: from ``start`` to ``end``."""


class _Phrase(NamedTuple):
    """Numbers of chunks: from ``first`` up to ``end``, the noun, and whose they are (-1: not said)."""

    first: int
    end: int
    noun: int
    owner: int


def several(c: Chunk) -> bool:
    """Whether a chunk is several people whom a summary may name: "trio", "three dealmakers", "managing directors"."""
    last = c.low.rpartition(" ")[2]
    return last in _COUNTED or last in _RANKS or (c.role is not None and c.role.plural)


def nameless(low: str) -> bool:
    """Whether the words of a group, in lower case, name no post: "team", "minds"."""
    return (low in _PEOPLE or low in _ONE) and low != "alumni"


def crewed(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with each such group as a post of several."""
    return [_crewed(row) if any(_may_be(c) for c in row.items) and any(_moves(c) for c in row.items) else row for row in rows]


def _moves(c: Chunk) -> bool:
    return c.frame is not None and c.frame.template in _TELL_OF_MOVES


def _may_be(c: Chunk) -> bool:
    if c.kind == "role":
        return c.role is not None and (c.role.generic or c.role.level == 4 or c.low == "head")
    return c.kind != "person" and c.low.rpartition(" ")[2] in _NOUNS_OF_ANY


def _single(c: Chunk) -> bool:
    return not c.role.plural if c.role is not None else c.low.rpartition(" ")[2] in _ONE


def _crewed(row: Row) -> Row:
    items, found = _without_works(row.items), list[Chunk]()
    done = 0
    for phrase in [p for at, c in enumerate(items) if _may_be(c) and (p := _phrase(items, at)) is not None]:
        if phrase.first >= done:
            found += items[done : phrase.first]
            if phrase.owner >= 0:
                found.append(items[phrase.owner])
            if items[phrase.noun].kind == "frame":
                found.append(items[phrase.noun])  # the noun of a verb tells of a move as the verb does
            found.append(_group(items, phrase))
            done = phrase.end
    return Row(row.sentence, row.source, [*found, *items[done:]])


def _without_works(items: Sequence[Chunk]) -> Sequence[Chunk]:
    """What a firm's own people made is no firm: "Osprey, whose engineers built Lattice, hires …"."""
    if not any(c.low == "whose" for c in items):
        return items
    found = list(items)
    for at, c in enumerate(items[:-3]):
        if c.low == "whose" and items[at + 2].low in _BUILT and items[at + 3].kind in ("org", "name") and not items[at + 3].owns:
            found[at + 3] = items[at + 3]._replace(kind="word", entity=None)
    return found


def _group(items: Sequence[Chunk], phrase: _Phrase) -> Chunk:
    noun = items[phrase.noun]
    word = noun.text.rpartition(" ")[2] if noun.kind in ("name", "org") else noun.text
    first = noun.first if word == noun.text else noun.last
    start, end = noun.end - len(word), phrase.end
    if noun.low in _NOUNS_OF_PEOPLE and low_at(items, end) == "from" and _named(items, end + 1):
        end += 2  # "recruits from Osprey"
    role = Crew(items[phrase.first].start, items[end - 1].end, noun.end, word, 4, not _single(noun), generic=True, tail="")
    return Chunk("role", first, noun.last, start, noun.end, word, word.lower(), role=role)


def _phrase(items: Sequence[Chunk], at: int) -> _Phrase | None:
    """The phrase around the noun at ``at``, where it says more than that they are people, beside a verb by which they move."""
    if items[at].kind == "frame" and not _is_noun(items, at):
        return None
    first, owner = _whose(items, at)
    end, owner = _told_behind(items, at, owner)
    if _single(items[at]) and (end == at + 1 or any(c.kind == "person" for c in items)):
        return None
    before = low_at(items, first - 1)
    leaves = low_at(items, end) in ("from", "to") and _named(items, end + 1)
    strong = any(c.low.endswith("-strong") for c in items[first:at])  # "six-strong aviation team"
    said = owner >= 0 or end > at + 1 or leaves or before in _ITS or strong
    said = said or (before in _SOME and items[at].low.rpartition(" ")[2] in _RANKS)
    if items[at].kind != "frame" and not (said and (_suffers(items, first) or _acts(items, end))):
        return None
    return _Phrase(first, end, at, owner)


def _is_noun(items: Sequence[Chunk], at: int) -> bool:
    """ "with recruits from Osprey"."""
    return items[at].low in _NOUNS_TOO and low_at(items, at - 1) in _WITH and low_at(items, at + 1) == "from"


def _named(items: Sequence[Chunk], at: int) -> bool:
    return at < len(items) and items[at].named


def _whose(items: Sequence[Chunk], at: int) -> tuple[int, int]:
    """Where the phrase begins before its noun, and whose they are: "OpenAI's Stargate planners", "Google veterans"."""
    first, owner = at, -1
    while first and at - first < _UNIT:
        c = items[first - 1]
        if c.kind in ("org", "name") or (c.kind == "person" and c.owns):
            owner = first - 1 if c.owns or _firm(c) else owner
        elif c.kind != "word" or c.low in _STOPS or c.low in _SOME or not c.text[-1].isalnum():
            break
        first -= 1
        if c.owns:
            break
    return first, owner


def _firm(c: Chunk) -> bool:
    return c.low not in products() and c.low not in place_names()


def _told_behind(items: Sequence[Chunk], at: int, owner: int) -> tuple[int, int]:
    """Where the phrase ends behind its noun, and whose they are where that is said there."""
    low, after = low_at(items, at + 1), at + 2
    if low in _TELLS:
        while low_at(items, after) in _BEFORE_BUILT:
            after += 1
        if low_at(items, after).split(" ")[0] not in _BUILT:
            return at + 1, owner
        after += 1
    elif low == "of" and after < len(items) and items[after].owns:
        pass  # "operators of Osprey's cluster"
    elif low == "of" and low_at(items, at) in _TEAMS and (low_at(items, after) in _COUNTS or low_at(items, after).isdigit()):
        return after + 1, owner  # "team of six"
    elif low in ("of", "from", "on", "in"):
        return _of_unit(items, at, owner)
    elif low != "behind":
        return at + 1, owner
    end, whose = _works(items, at, after)
    return (end, whose if whose >= 0 else owner) if end > after else (at + 1, owner)


def _works(items: Sequence[Chunk], at: int, after: int) -> tuple[int, int]:
    """Where what they built ends, that begins at ``after``, and whose it is: who owns it, else the first firm in it."""
    end, firms, own = after, list[int](), low_at(items, after) in _ITS
    while end < min(len(items), at + 1 + LONGEST) and items[end].kind != "frame" and items[end].low not in _ENDS:
        if items[end].kind in ("org", "name") and (items[end].owns or (not own and _firm(items[end]))):
            firms.append(end)
        end += 1
    if firms:
        return end, next((i for i in firms if items[i].owns), firms[0])
    if end > after and low_at(items, end) in _FIRM_FOLLOWS and _named(items, end + 1):
        return end + 2, end + 1  # "who planned the campus at Osprey"
    return end, -1


def _of_unit(items: Sequence[Chunk], at: int, owner: int) -> tuple[int, int]:
    """ "members of Osprey's grid team"."""
    for end in range(at + 3, min(at + 3 + _UNIT + 1, len(items))):
        if items[end].kind == "frame" or items[end].low in _ENDS:
            break
        if items[end].low.rpartition(" ")[2] in _UNITS:
            whose = next((i for i in range(at + 2, end) if items[i].kind in ("org", "name") and _firm(items[i])), -1)
            return (end + 1, whose) if whose >= 0 or items[at + 2].low in _ITS else (at + 1, owner)
    return at + 1, owner


def _suffers(items: Sequence[Chunk], first: int) -> bool:
    """Whether a verb takes the group, or a noun speaks of it: "hires several of …", "departure of …"."""
    before = first - 1
    while before >= 0 and (items[before].low in _SOME or items[before].text[:1].isdigit()):
        if template_at(items, before) in _TAKES:
            break
        before -= 1
    if template_at(items, before) in (_TAKES | _NOUNS):
        return True
    if low_at(items, before) in ("with", "and", "to"):
        moves = _TAKES | PERSON_PASSES if items[before].low == "with" else _TAKES  # "joins Osprey with a team of six"
        return any(template_at(items, i) in moves for i in range(before))
    return False


def _acts(items: Sequence[Chunk], end: int) -> bool:
    """Whether the group's own verb follows: "… are leaving", "… were fired"."""
    while low_at(items, end) in _AUXILIARY:
        end += 1
    return template_at(items, end) in _ACTS or (template_at(items, end) in _TAKES and items[end].low.split()[0].endswith("ed"))
