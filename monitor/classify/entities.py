"""Names in a sentence: organisations by gazetteer and by shape, people by first name, shape and place in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

import monitor.classify.lexicon as lexicon
from monitor.classify.document import Sentence, Token
from monitor.classify.lexicon import Org
from monitor.classify.name_words import (
    COUNTED,
    FILING,
    JOINERS,
    NOT_NAMES,
    NUMBERED,
    OPENERS,
    ORG_WORDS,
    PARTICLES,
    PLACE_WORDS,
    POSTS,
    TITLES,
    VAGUE,
)
from monitor.classify.roles import Role


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


class Gazetteer:
    """The organisations of the lexicon and of a user's watchlists, by their first word."""

    def __init__(self, extra_orgs: Iterable[str] = (), extra_people: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Org, bool]]] = {}
        for alias, org in lexicon.orgs(extra_orgs).items():
            words = tuple(alias.replace("’", "'").lower().split())
            if words:
                # MARA is a miner, Mara a first name: an alias of capitals alone is met by capitals alone.
                shout = len(words) == 1 and alias.isupper() and alias.isalpha()
                self._by_first.setdefault(words[0], []).append((words, org, shout))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))
        self.people = frozenset(p.lower() for p in (*lexicon.people(), *extra_people))
        self.longer: dict[str, list[tuple[str, ...]]] = {}
        for name in lexicon.names("orgs.json", lexicon.load("orgs.json").get("longer_entities"), "longer_entities"):
            words = tuple(name.lower().split())
            self.longer.setdefault(words[0], []).append(words)
        self.common = lexicon.common_words()
        self.first_names = lexicon.first_names()

    def beginnings(self, tokens: Sequence[Token]) -> list[int]:
        """The tokens some alias begins with."""
        by_first = self._by_first
        return [i for i, token in enumerate(tokens) if token.low in by_first]

    def at(self, tokens: Sequence[Token], i: int) -> tuple[int, Org] | None:
        """The longest alias that begins at token ``i``: how many tokens, and whose."""
        for words, org, shout in self._by_first.get(tokens[i].low, ()):
            n = len(words)
            if shout and not tokens[i].text[:2].isupper():
                continue
            if (n == 1 or tuple([t.low for t in tokens[i : i + n]]) == words) and tokens[i].capital_ok(org):
                return n, org
        return None


def entities(sentence: Sentence, gazetteer: Gazetteer, roles: Sequence[Role], blocked: frozenset[int]) -> list[Entity]:
    """Names from left to right. ``blocked``: tokens that are verbs of a frame, or otherwise no part of a name."""
    tokens, taken = sentence.tokens, set(blocked)
    for role in roles:
        taken |= {i for i, t in enumerate(tokens) if role.start <= t.start < role.head_end}
    found = _known_orgs(sentence, gazetteer, taken)
    i = 0
    while i < len(tokens):
        # A run begins with a capital or a figure; only a headline's first word may do without.
        last = _run(sentence, gazetteer, i, taken) if tokens[i].capital or not i else None
        if last is None:
            i += 1
            continue
        found.append(_shaped(sentence, gazetteer, roles, i, last))
        i = last + 1
    return sorted(found, key=_place)


_place = attrgetter("first")


def _known_orgs(sentence: Sentence, gazetteer: Gazetteer, taken: set[int]) -> list[Entity]:
    tokens, found, end = sentence.tokens, [], 0
    for i in gazetteer.beginnings(tokens):
        hit = None if i < end or i in taken else gazetteer.at(tokens, i)
        if hit is None or not _wanted(sentence, gazetteer, i, *hit):
            continue
        n, org = hit
        end = i + n
        found.append(_entity(sentence, Kind.ORG, i, end - 1, org))
        taken.update(range(i, end))
    return found


def _wanted(sentence: Sentence, gazetteer: Gazetteer, i: int, n: int, org: Org) -> bool:
    """An alias that is also a word wants a capital that says something, and no longer name around it."""
    tokens = sentence.tokens
    following = tokens[i + n] if i + n < len(tokens) else None
    before = tokens[i - 1] if i else None
    longer = gazetteer.longer.get(tokens[i].low, ())
    if any(len(x) >= n and tuple([t.low for t in tokens[i : i + len(x)]]) == x for x in longer):
        return False
    if n == 1 and before is not None and before.text in gazetteer.first_names and before.low not in gazetteer.common:
        return False  # a surname that is also a firm: "Paul Bridgewater"
    if org.ambiguity == 0:
        return True
    if not tokens[i].capital:
        return False
    name_around = (
        following is not None and following.capital and following.low not in gazetteer.common and not tokens[i + n - 1].owns
    )
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


def _run(sentence: Sentence, gazetteer: Gazetteer, i: int, taken: set[int]) -> int | None:
    """The last token of the capitalised run that begins at ``i``; None where none begins."""
    tokens = sentence.tokens
    if i in taken or not _capital(sentence, gazetteer, i, taken):
        return None
    last = i
    while last + 1 < len(tokens) and not tokens[last].owns:
        j = last + 1
        if (j not in taken and _capital(sentence, gazetteer, j, taken, inside=True)) or (
            j not in taken and tokens[j].text.replace("’", "'") in ("AI", "AI's") and not _unit_follows(tokens, j)
        ):
            last = j
        elif (
            tokens[j].low in JOINERS
            and j + 1 < len(tokens)
            and j + 1 not in taken
            and (
                tokens[j].low in PARTICLES
                or tokens[j].low == "&"
                or (tokens[j].low == "of" and not sentence.loud and not _somebody(tokens[i : last + 1], gazetteer))
            )
            and _capital(sentence, gazetteer, j + 1, taken, inside=True)
        ):
            last = j + 1
        else:
            break
    if tokens[i].low in NOT_NAMES and last == i:
        return None
    return last


def _somebody(tokens: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """ "Ines Carrow of Northlight AI" is a person of a firm; a name that goes on so has a word of the dictionary: "Bank of …"."""
    return len(tokens) > 1 and not any(t.low in gazetteer.common or t.low in ORG_WORDS or t.low in PLACE_WORDS for t in tokens)


def _unit_follows(tokens: Sequence[Token], i: int) -> bool:
    """ "Northlight AI chief": the AI belongs to the chief where a unit's head follows it."""
    return (
        not tokens[i].owns
        and i + 1 < len(tokens)
        and tokens[i + 1].low in ("chief", "head", "lead", "boss", "push", "unit", "team", "lab", "infrastructure", "data")
    )


def _capital(sentence: Sentence, gazetteer: Gazetteer, i: int, taken: set[int], *, inside: bool = False) -> bool:
    token = sentence.tokens[i]
    if i == 0 and not inside and _opens(sentence, gazetteer, taken):
        return True
    if _verb_of_headline(sentence, gazetteer, i):
        return False
    if token.text[0].isdigit() and NUMBERED.match(token.low):
        letters = token.low.lstrip("0123456789")
        return (
            not inside
            and (letters not in COUNTED or token.text in ("3M", "3D"))
            and (i == 0 or token.text[-1].islower() or token.text == "3M")
        )
    if (
        not token.text[0].isupper()
        or (token.low in PLACE_WORDS and not inside)
        or token.low in NOT_NAMES
        or token.low in FILING
        or token.low in TITLES
    ):
        return bool(inside and len(token.text) == 2 and token.text[1] == "." and token.text[0].isupper())
    if len(token.text) == 1:
        return inside or (i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].text[0].isupper())
    if token.low in gazetteer.common:
        if token.text in gazetteer.first_names:
            nxt = sentence.tokens[i + 1] if i + 1 < len(sentence.tokens) else None
            return nxt is not None and nxt.text[0].isupper() and nxt.low not in gazetteer.common
        if sentence.loud:
            return inside and token.low in ORG_WORDS
        return inside or (i > 0 and sentence.tokens[i - 1].text not in "“\"'(‘’") or token.low in ORG_WORDS
    return i > 0 or inside or sentence.loud or not _inflected(token.low, gazetteer)


def _inflected(low: str, gazetteer: Gazetteer) -> bool:
    """A form of a dictionary word: at the head of a quiet sentence its capital says nothing."""
    stems = [low[: -len(end)] for end in ("s", "es", "ed", "ing", "d", "ly") if low.endswith(end) and len(low) > len(end) + 2]
    return any(stem in gazetteer.common or stem + "e" in gazetteer.common for stem in stems)


def _verb_of_headline(sentence: Sentence, gazetteer: Gazetteer, i: int) -> bool:
    """ "Musk Restructures", "Will Ostrava's CEO …?": in a headline that capitalises all, no names; "Sarah Woods" is one."""
    tokens, low = sentence.tokens, sentence.tokens[i].low
    if i == 0:
        return low in ("will", "can", "may") and tokens[-1].text == "?"
    if not sentence.loud or sentence.field != "title" or low in ORG_WORDS or not low.endswith(("s", "ed", "ing")):
        return False
    before = tokens[i - 1].text
    return before not in gazetteer.first_names and len(before.rstrip(".")) > 1 and _inflected(low, gazetteer)


def _opens(sentence: Sentence, gazetteer: Gazetteer, taken: set[int]) -> bool:
    """A headline's first word right before a frame or post names who acts: "iink Appoints", "3M Names", "Hinge CEO"."""
    tokens = sentence.tokens
    if sentence.field != "title" or len(tokens) < 2 or (1 not in taken and tokens[1].text != "’s"):
        return False
    first = tokens[0]
    if first.low in NOT_NAMES or first.low in PLACE_WORDS or first.low in TITLES or first.low in FILING:
        return False
    if first.text[0].isdigit():
        return False
    if first.text[0].islower():
        return first.text.isalpha() and first.low not in gazetteer.common
    if not first.text.isalpha() or first.low in OPENERS:
        return False
    return tokens[1].low in POSTS or (tokens[1].low not in VAGUE and tokens[1].low not in gazetteer.common)


def _shaped(sentence: Sentence, gazetteer: Gazetteer, roles: Sequence[Role], first: int, last: int) -> Entity:
    tokens = sentence.tokens
    words = [t.low for t in tokens[first : last + 1]]
    before = tokens[first - 1] if first else None
    text = " ".join(words)
    if text in gazetteer.people or (before is not None and before.low in TITLES):
        return _entity(sentence, Kind.PERSON, first, last)
    given = len(words) >= 2 and tokens[first].text in gazetteer.first_names and words[-1] not in ORG_WORDS
    if not given and (any(w in ORG_WORDS for w in words[1:] or words) or "&" in words or any(c.isdigit() for c in text)):
        return _entity(sentence, Kind.ORG, first, last)
    plain = 2 <= len(words) <= 4 and all(re.fullmatch(r"[^\W\d_][\w.'-]*", w) for w in words)
    initial = len(words) == 3 and len(words[1].rstrip(".")) == 1
    if plain and (tokens[first].text in gazetteer.first_names or initial):
        return _entity(sentence, Kind.PERSON, first, last)
    upper = len(words) == 1 and tokens[first].text.isupper() and len(words[0]) > 1
    camel = (
        bool(re.search(r"[a-z][A-Z]|\.(?:ai|com|io|org)$", tokens[first].text))
        and len(words) == 1
        and not tokens[first].text.startswith(("Mc", "Mac", "De", "La", "Le", "Di", "Van"))
    )
    if upper or camel:
        return _entity(sentence, Kind.ORG, first, last)
    if len(words) > 1 and any(w in gazetteer.common or w in PLACE_WORDS for w in words):
        return _entity(sentence, Kind.ORG, first, last)  # words of the dictionary make no surname
    return _entity(sentence, Kind.NAME, first, last)


def _entity(sentence: Sentence, kind: Kind, first: int, last: int, org: Org | None = None) -> Entity:
    tokens = sentence.tokens
    start, end = tokens[first].start, tokens[last].end
    text = sentence.text[start - sentence.start : end - sentence.start]
    owns = tokens[last].owns
    if owns:
        cut = 2 if text[-2:].lower() in ("'s", "’s") else 1
        text, end = text[:-cut], end - cut
    return Entity(kind=kind, first=first, last=last, start=start, end=end, text=text, owns=owns, org=org)
