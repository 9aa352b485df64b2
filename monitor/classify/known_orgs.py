"""A name in a sentence, and the known organisations among them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from monitor.classify.document import Sentence, Token
from monitor.classify.gazetteer import Gazetteer
from monitor.classify.lexicon import Org, orgs_by_alias, place_names, surnames_of_firms
from monitor.classify.name_words import FORMS, NOT_NAMES, OF_FIRMS, OF_OTHERS, ORG_WORDS, PLACE_WORDS
from monitor.classify.sameness import ENDINGS, unowned


class Kind(StrEnum):
    ORG = "org"
    PERSON = "person"
    NAME = "name"  # a capitalised run that may be either; its place in a frame decides


class Entity(NamedTuple):
    """``first``/``last``: token numbers, inclusive; ``start``/``end``: offsets into the field. ``owns``: "X's"."""

    kind: Kind
    first: int
    last: int
    start: int
    end: int
    text: str
    owns: bool
    org: Org | None = None


def known_orgs(sentence: Sentence, gazetteer: Gazetteer, taken: set[int]) -> list[Entity]:
    found: list[Entity] = []
    end = 0
    for i in gazetteer.beginnings(sentence.lows):
        hit = None if i < end or i in taken else gazetteer.at(sentence, i)
        if hit is None or not _wanted(sentence, gazetteer, taken, i, *hit):
            continue
        n, org = hit
        end = i + n
        found.append(entity_of(sentence, Kind.ORG, i, end - 1, org))
        taken.update(range(i, end))
    return found


def _wanted(sentence: Sentence, gazetteer: Gazetteer, taken: set[int], i: int, n: int, org: Org) -> bool:
    """An alias that is also a word wants a capital that says something, and no longer name around it."""
    tokens = sentence.tokens
    following = tokens[i + n] if i + n < len(tokens) else None
    before = tokens[i - 1] if i else None
    longer = gazetteer.longer.get(tokens[i].low, ())
    if longer and any(len(x) >= n and sentence.lows[i : i + len(x)] == x for x in longer):
        return False
    given = before is not None and (before.text in gazetteer.first_names or before.text.title() in gazetteer.first_names)
    if n == 1 and given and before is not None and before.text[0].isupper() and before.low not in gazetteer.common:
        return False  # a surname that is also a firm: "Paul Bridgewater"
    if n == 1 and tokens[i].low in surnames_of_firms() and i - 1 not in taken and _may_be_first(gazetteer, before):
        return False
    if len(tokens[i].low) == n == 1 and before is not None and before.capital and following is not None and following.capital:
        return False  # "Savage X Fenty"
    if org.ambiguity == 0:
        return True
    if not tokens[i].capital:
        return False
    name_around = (
        following is not None and following.capital and following.low not in gazetteer.common and not tokens[i + n - 1].owns
    )
    if n == 1 and following is not None and following.capital and following.low in OF_OTHERS and not tokens[i].owns:
        return False  # "Hinge Health" is not Hinge
    if n == 1 and name_around and following is not None and not following.text.isupper() and following.low in ORG_WORDS:
        return False
    if n == 1 and before is not None and before.text in gazetteer.first_names:
        return False
    if org.ambiguity == 1:
        return True
    determiner = before is not None and before.low in ("a", "an", "the", "this", "that", "its", "on", "to")
    return not determiner and (
        not sentence.loud
        or tokens[i + n - 1].owns
        or i == 0
        or (before is not None and before.low in ("from", "at", "join", "joins"))
    )


def _may_be_first(gazetteer: Gazetteer, token: Token | None) -> bool:
    """Whether a word before a firm's name may be a first name that no list has: "Daisuke Kubota"."""
    if token is None or token.owns or not token.text.istitle() or len(token.text) < 3:
        return False
    low = token.low
    words = low in gazetteer.dictionary or low in NOT_NAMES or low in ORG_WORDS or low in PLACE_WORDS
    return not (words or low in gazetteer or low in gazetteer.products or low in place_names())


_NOTHING_OWNED = frozenset({"as", "from", ",", "."})


def entity_of(sentence: Sentence, kind: Kind, first: int, last: int, org: Org | None = None) -> Entity:
    tokens = sentence.tokens
    start, end = sentence.starts[first], sentence.starts[last] + tokens[last].length
    text = sentence.text[start - sentence.start : end - sentence.start]
    owns, after = tokens[last].owns, tokens[last + 1] if last + 1 < len(tokens) else None
    if owns and org is not None and text[-2:-1] in "'’" and f"{text[:-2]}'s" in orgs_by_alias():
        owns = False  # of its own name: "Macy's CEO"
    elif after is not None and after.owns and after.low in FORMS:
        return Entity(kind, first, last, start, end, text, True, org)  # "Ostrava Inc's"
    elif owns and text[-2:].lower() in ENDINGS and (after is None or after.low in OF_FIRMS or after.low in _NOTHING_OWNED):
        owns = False  # "Corrigan's names …", "joins Corrigan's as …": nothing is owned
    if owns:
        text = unowned(text)
        end = start + len(text)
    elif text[-1] in "'’" and not tokens[last].owns:
        text = text[:-1]  # of what is quoted: "‘Ada Quill’"
        end -= 1
    return Entity(kind, first, last, start, end, text, owns, org)
