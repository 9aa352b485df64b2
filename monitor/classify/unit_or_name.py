"""Whose a word before a post is: of "Tallgrass Robotics chief technology officer" the firm's, of "its Robotics chief" the post's.

The list of units knows "robotics", "media" and "solar", and many a firm is called so. Where a story writes its words small, a
capital behind the capital of a firm that is not known is the name's; where every word has one, what such firms are called is,
in front of what is a post without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.classify.capitals import Cased
from monitor.classify.document import Sentence
from monitor.classify.gazetteer import Gazetteer
from monitor.classify.name_words import OPENERS, ORG_WORDS, looks_of
from monitor.classify.role_words import HEADS
from monitor.classify.roles import Role, find_roles

_LONGEST = 3  # words of a firm's name that a post may have taken
_HEAD = frozenset(
    "chief chiefs head heads boss bosses lead leads leader leaders director directors executive executives exec execs officer "
    "officers vp vps vice president presidents co-head co-heads ceo cfo coo cto".split()
)
_OF_PRODUCTS = frozenset("siri gemini windows xbox azure stargate autopilot project".split())  # no firm is called so
# A post whole without the unit: "chief technology officer", "head of compute", "president and COO".
_WHOLE = re.compile("|".join(body for _, body in HEADS[:4]), re.I)
_ENOUGH = re.compile(r"(?:(?:co-?)?heads?|vps?|vice[\s-]presidents?|directors?)\s+(?:of|for)\b|presidents?\s+(?:and|&)\s", re.I)


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


def _from(source: str, sentence: Sentence, role: Role, start: int) -> Role:
    """The role, begun further on."""
    found = find_roles(source, start, sentence.end)
    if found and found[0].start == start:
        return found[0]
    return replace(role, start=start, text=source[start : role.end])
