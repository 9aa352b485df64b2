"""A name in a sentence, and the known organisations among them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from monitor.classify.words.document import Sentence, Token
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.lexicon import Org, orgs_by_alias, place_names, surnames_of_firms
from monitor.classify.words.name_words import FORMS, GROUNDS, NOT_NAMES, OF_FIRMS, OF_OTHERS, ORG_WORDS, PARTICLES, PLACE_WORDS
from monitor.classify.words.sameness import ENDINGS, unowned


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
            if hit is not None and _begins_longer(sentence, taken, i, *hit):
                end = i + 2
                found.append(entity_of(sentence, Kind.ORG, i, i + 1))
                taken.update((i, i + 1))
            continue
        n, org = hit
        end = i + n
        found.append(entity_of(sentence, Kind.ORG, i, end - 1, org))
        taken.update(range(i, end))
    return found


def _ends_longer(sentence: Sentence, gazetteer: Gazetteer, taken: set[int], i: int) -> bool:
    """Whether a word that is a firm as well ends the name of another, behind a word of no language: "Quorrin Vale"."""
    if sentence.loud or not i or i - 1 in taken or sentence.tokens[i].text.isupper():  # "Corvid GM Ada Quill"
        return False
    return _may_be_first(gazetteer, sentence.tokens[i - 1])


def _begins_longer(sentence: Sentence, taken: set[int], i: int, n: int, org: Org) -> bool:
    """Of a loud headline whether a known firm's name begins another's: of "Lumen Ridge Names" shape could not say it."""
    if not sentence.loud or n > 1 or not org.ambiguity or i + 1 >= len(sentence.tokens) or i + 1 in taken:
        return False
    first, second = sentence.tokens[i], sentence.tokens[i + 1]
    return first.capital and not first.owns and second.capital and second.low in GROUNDS


def _wanted(sentence: Sentence, gazetteer: Gazetteer, taken: set[int], i: int, n: int, org: Org) -> bool:
    """An alias that is also a word wants a capital that says something, and no longer name around it."""
    tokens = sentence.tokens
    longer = gazetteer.longer.get(tokens[i].low, ())
    if longer and any(len(x) >= n and sentence.lows[i : i + len(x)] == x for x in longer):
        return False
    if n == 1 and (_is_surname(sentence, gazetteer, taken, i) or _is_letter_between(tokens, i)):
        return False
    if org.ambiguity == 0:
        return True
    if not tokens[i].capital or (n == 1 and _is_part(sentence, gazetteer, i)):
        return False
    if n == 1 and _ends_longer(sentence, gazetteer, taken, i):
        return False
    return org.ambiguity == 1 or _told_by_capital(sentence, i, i + n - 1)


def _is_surname(sentence: Sentence, gazetteer: Gazetteer, taken: set[int], i: int) -> bool:
    """A surname that is also a firm: "Paul Bridgewater", "Francesca De Ferrari"."""
    if not i:
        return False
    if i > 1 and sentence.tokens[i - 1].low in PARTICLES and sentence.tokens[i - 2].text in gazetteer.first_names:
        return not sentence.tokens[i - 2].owns
    before = sentence.tokens[i - 1]
    given = before.text in gazetteer.first_names or before.text.title() in gazetteer.first_names
    if given and before.text[0].isupper() and before.low not in gazetteer.common:
        return True
    return sentence.tokens[i].low in surnames_of_firms() and i - 1 not in taken and _may_be_first(gazetteer, before)


def _is_letter_between(tokens: Sequence[Token], i: int) -> bool:
    """ "Savage X Fenty"."""
    return len(tokens[i].low) == 1 and 0 < i < len(tokens) - 1 and tokens[i - 1].capital and tokens[i + 1].capital


def _is_part(sentence: Sentence, gazetteer: Gazetteer, i: int) -> bool:
    """Whether one word is part of the name of another firm, or of a person: "Hinge Health" is not Hinge."""
    tokens = sentence.tokens
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.capital and not tokens[i].owns:
        if following.low in OF_OTHERS or following.low in GROUNDS:
            return True
        if following.low in ORG_WORDS and following.low not in gazetteer.common and not following.text.isupper():
            return True
    return i > 0 and tokens[i - 1].text in gazetteer.first_names


def _told_by_capital(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the capital of a word says that it is a name, with no article before it."""
    before = sentence.tokens[first - 1].low if first else ""
    if before in _DETERMINERS:
        return False
    return not sentence.loud or sentence.tokens[last].owns or not first or before in _BEFORE_FIRMS


_DETERMINERS = frozenset({"a", "an", "the", "this", "that", "its", "on", "to"})
_BEFORE_FIRMS = frozenset({"from", "at", "join", "joins"})


def _may_be_first(gazetteer: Gazetteer, token: Token) -> bool:
    """Whether a word before a firm's name may be a first name that no list has: "Daisuke Kubota"."""
    if token.owns or not token.text.istitle() or len(token.text) < 3:
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
