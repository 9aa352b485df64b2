"""The small words inside names: "Bank of Ostrava", "Quill & Okoro", "Pieter van der Does", "Maria do Carmo"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.parsing.capitals import Capitals
from monitor.classify.words.document import Sentence, Token
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.lexicon import place_names
from monitor.classify.words.name_words import BODIES, JOINERS, OF_SURNAMES, ORG_WORDS, PARTICLES, PLACE_WORDS

_LEAVES = frozenset("swaps swapped trades traded leaves left quits exits departs ditches".split())


def joined(sentence: Sentence, gazetteer: Gazetteer, capitals: Capitals, first: int, last: int, taken: set[int]) -> int | None:
    """Where the name from ``first`` to ``last`` goes on behind a small word; None where none does."""
    tokens, at = sentence.tokens, last + 1
    low = tokens[at].low
    if low not in JOINERS or (low == "do" and tokens[at].capital):
        return None
    while at + 2 < len(tokens) and at < last + 3 and tokens[at].low in PARTICLES and _small_particle(tokens[at + 1]):
        at += 1  # "van der", "de la"
    after = at + 1
    if after >= len(tokens) or after in taken:
        return None
    if low not in PARTICLES and low != "&":
        of = low == "of" and _of(sentence, gazetteer, first, last)
        left = first and sentence.lows[first - 1] in _LEAVES  # "swaps Osprey Bank for Corvid"
        if not of and not (low == "for" and sentence.lows[last] in BODIES and not left):
            return None
    surname = tokens[at].low in OF_SURNAMES and tokens[after].text[0].isupper()  # "van der Does": whatever word it is
    return after if surname or capitals.named(after, inside=True) else None


def _small_particle(token: Token) -> bool:
    return token.low in PARTICLES and not token.capital


def _of(sentence: Sentence, gazetteer: Gazetteer, first: int, last: int) -> bool:
    """Whether a name may go on with "of": in Title Case behind "Bank" or "Association" alone."""
    if sentence.loud:
        return sentence.lows[last] in BODIES
    if first == last and sentence.lows[first] in place_names() and sentence.lows[first - 1 : first] == ("for",):
        return False  # "managing director for Europe of Osprey"
    return not _somebody(sentence.tokens[first : last + 1], gazetteer)


def _somebody(tokens: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """ "Ines Carrow of Northlight AI" is a person of a firm; a name that goes on so has a word of the dictionary: "Bank of …"."""
    return len(tokens) > 1 and not any(t.low in gazetteer.common or t.low in ORG_WORDS or t.low in PLACE_WORDS for t in tokens)
