"""Whose a word before a post is: of "Tallgrass Robotics chief technology officer" the firm's, of "its Robotics chief" the post's.

The list of units knows "robotics", "media" and "solar", and many a firm is called so. Where a story writes its words small, a
capital behind the capital of a firm that is not known is the name's; where every word has one, what such firms are called is,
in front of what is a post without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.classify.parsing.capitals import Cased
from monitor.classify.parsing.roles import Role, find_roles
from monitor.classify.words.document import Sentence
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.name_words import OPENERS, ORG_WORDS, looks_of
from monitor.classify.words.role_words import CHIEFS, UNITS

_LONGEST = 3  # words of a firm's name that a post may have taken
_HEAD = frozenset(
    "chief chiefs head heads boss bosses lead leads leader leaders director directors executive executives exec execs officer "
    "officers vp vps vice president presidents co-head co-heads ceo cfo coo cto".split()
)
_OF_PRODUCTS = frozenset("siri gemini windows xbox azure stargate autopilot project".split())  # no firm is called so
_OF_FIRMS = frozenset({"systems", "robotics", "networks", "studios", "games"})  # of units before another unit rather a firm's
# A post whole without the unit: "chief technology officer", "head of compute", "president and COO".
_WHOLE = re.compile("|".join(body for _, body in CHIEFS), re.I)
_ENOUGH = re.compile(r"(?:(?:co-?)?heads?|vps?|vice[\s-]presidents?|directors?)\s+(?:of|for)\b|presidents?\s+(?:and|&)\s", re.I)

_MOST = 6  # words of a unit
_JOINING = frozenset({"and", "&", "of"})
_UNIT_WORDS = re.compile(UNITS.replace(r"[\s-]+", r"[\s-]*"), re.I)
_UNIT_NOUNS = frozenset(
    "relations affairs services success selection resources management procurement committee team unit division department "
    "office practice studios center centre experience support analytics improvement excellence planning".split()
)
_REGIONS = frozenset("asia asia-pacific apac europe emea americas european asian".split())
_HEADS_OF_UNITS = frozenset(
    "head heads co-head co-heads chief lead co-lead leads director directors vp vps svp evp president manager counsel".split()
)


def without_names(sentence: Sentence, source: str, gazetteer: Gazetteer, seen: Cased, roles: Sequence[Role]) -> list[Role]:
    """The roles of a sentence, each without what is the end of a firm's name."""
    return [_without(sentence, source, gazetteer, seen, role) for role in roles]


def _without(sentence: Sentence, source: str, gazetteer: Gazetteer, seen: Cased, role: Role) -> Role:
    if not source[role.start].isupper() or " " not in role.text:
        return role
    first = sentence.starts.index(role.start) if role.start in sentence.starts else -1
    n = _capitals(sentence, first) if first >= 0 else 0
    if not n:
        return role
    kept = _known(sentence, gazetteer, first, n) or (n if _is_name(sentence, source, gazetteer, seen, first, n) else 0)
    if not kept and n > 1 and sentence.lows[first] in _OF_FIRMS and _behind_a_name(sentence, gazetteer, first, whole=False):
        kept = 1  # "Osprey Systems Design Chief": the unit is told as well
    return _from(source, sentence, role, sentence.starts[first + kept]) if kept else role


def _capitals(sentence: Sentence, first: int) -> int:
    """How many capitalised words a post begins with before its head, where none is a product's."""
    tokens, n = sentence.tokens, 0
    while n < _LONGEST and first + n < len(tokens) - 1 and tokens[first + n].capital and tokens[first + n].low not in _HEAD:
        if tokens[first + n].low in _OF_PRODUCTS:
            return 0
        n += 1
    return n


def _known(sentence: Sentence, gazetteer: Gazetteer, first: int, n: int) -> int:
    """How many words of a post go with a firm that is known: "First Solar chief"; firms of one word are seldom told so."""
    for i in gazetteer.beginnings(sentence.lows[first : first + n]) if n > 1 else ():
        hit = gazetteer.at(sentence, first + i)
        if hit is not None and 1 < hit[0] <= n - i:
            return i + hit[0]
    return 0


def _is_name(sentence: Sentence, source: str, gazetteer: Gazetteer, seen: Cased, first: int, n: int) -> bool:
    lows = sentence.lows[first : first + n]
    rest = source[sentence.starts[first + n] : sentence.end]
    whole = _WHOLE.match(rest) is not None
    if not _behind_a_name(sentence, gazetteer, first, whole=whole):
        return False
    enough = whole or _ENOUGH.match(rest) is not None
    if not enough and lows == ("ai",):
        return False  # "Northlight AI chief"
    if not sentence.loud and not sentence.tokens[first + n].capital:
        return True
    if not all(low in ORG_WORDS or low.removesuffix("s") in ORG_WORDS or low == "data" for low in lows):
        return False
    return seen.small.isdisjoint(lows) and (enough or all(low in seen.names for low in lows))


def _behind_a_name(sentence: Sentence, gazetteer: Gazetteer, first: int, *, whole: bool) -> bool:
    """Whether a capital that may be a firm's, of none that is known, stands right before a post."""
    if not first:
        return False
    before = sentence.tokens[first - 1]
    looks = looks_of(before)
    if not before.capital or before.owns or looks.none or looks.place or looks.inflected or before.low in OPENERS:
        return False
    if looks.common and (sentence.loud or not whole):
        return False
    if first > 1 and sentence.tokens[first - 2].text in gazetteer.first_names:
        return False  # "hires Ada Quill Robotics Chief Technology Officer"
    return not any(
        (hit := gazetteer.at(sentence, i)) is not None and i + hit[0] == first
        for i in gazetteer.beginnings(sentence.lows[:first])
    )


def unit_behind(sentence: Sentence, gazetteer: Gazetteer, role: Role, span: range) -> range:
    """The tokens of what a post in capitals is of, where that is a unit and no firm: "appointed Head of AI Infrastructure,",
    "Vice President of Clinical Operations", "Chair of the Audit Committee". What its words are says so, for there the capitals
    say nothing."""
    tokens, first = sentence.tokens, span.stop + 1
    if not span or not role.tail or sentence.lows[span.stop] not in ("of", "for"):
        return range(0)
    first += sentence.lows[first] in ("the", "its", "our")
    if not tokens[span[0]].capital and (first >= len(tokens) or tokens[first].low not in _REGIONS or not _heads(role)):
        return range(0)  # small, it may be of a firm; "co-head of Asia M&A" is of none
    last, names = first, 0
    while last < len(tokens) and last < first + _MOST:
        low = tokens[last].low
        if (
            tokens[last].capital
            and (_of_units(low) or (low in _REGIONS and last == first) or looks_of(tokens[last]).common)
            and not tokens[last].owns
        ):
            names = last + 1 - first
        elif low not in _JOINING:
            break
        last += 1
    end = first + names
    told = [_of_units(low) for low in sentence.lows[first:end]]
    if not any(told) or not (told[-1] or _many(role)) or _goes_on(sentence, gazetteer, first, end):
        return range(0)
    return range(first, end)


def _of_units(low: str) -> bool:
    return low in _UNIT_NOUNS or _UNIT_WORDS.fullmatch(low) is not None


def _heads(role: Role) -> bool:
    return role.text[: role.head_end - role.start].lower().removeprefix("co-").removesuffix("s") == "head"


def _many(role: Role) -> bool:
    """Whether a post is one of many, as heads of units are: of a firm there is one president."""
    return role.text[: role.head_end - role.start].lower().split()[-1] in _HEADS_OF_UNITS


def _goes_on(sentence: Sentence, gazetteer: Gazetteer, first: int, end: int) -> bool:
    """Whether what would be a unit is the beginning of a name, or has a known firm in it: "Director of Energy Transfer"."""
    after = sentence.tokens[end] if end < len(sentence.tokens) else None
    if after is not None and after.capital and after.text not in gazetteer.first_names:
        return True
    hits = [(i, gazetteer.at(sentence, i)) for i in gazetteer.beginnings(sentence.lows[:end]) if i >= first]
    return any(hit is not None and (hit[0] > 1 or hit[1].ambiguity == 0) for _, hit in hits)


def _from(source: str, sentence: Sentence, role: Role, start: int) -> Role:
    """The role, begun further on."""
    found = find_roles(source, start, sentence.end)
    if found and found[0].start == start:
        return found[0]
    return replace(role, start=start, text=source[start : role.end])
