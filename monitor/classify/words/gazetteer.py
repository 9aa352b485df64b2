"""Names that are known: organisations of the lexicon and of a user's watchlists, people, and words that are neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.beginning import Beginning
from monitor.classify.words.document import Sentence
from monitor.classify.words.lexicon import Org


class Gazetteer:
    """The organisations of the lexicon and of a user's watchlists, by their first word."""

    def __init__(self, extra_orgs: Iterable[str] = (), extra_people: Iterable[str] = ()) -> None:
        self._by_first: dict[str, Beginning[tuple[Org, bool, int]]] = {}
        for alias, org in lexicon.orgs(extra_orgs).items():
            written = alias.replace("’", "'").lower().split()
            words = tuple(word.removesuffix("'s") for word in written)  # as a token's ``low`` is
            if words:
                # MARA is a miner, Mara a first name: an alias of capitals alone is met by capitals alone.
                shout = len(words) == 1 and alias.isupper() and alias.isalpha()
                owning = next((n for n, word in enumerate(written) if word.endswith("'s")), -1)
                begins = self._by_first.setdefault(words[0], Beginning())
                for form in {words, _marked(words)} if "." in alias else (words,):
                    begins.add(form, (org, shout, owning))
        self.people = lexicon.known_people() | {p.lower() for p in extra_people}
        self.longer: dict[str, list[tuple[str, ...]]] = {}
        for name in lexicon.names("orgs.json", lexicon.load("orgs.json").get("longer_entities"), "longer_entities"):
            words = tuple(name.lower().split())
            self.longer.setdefault(words[0], []).append(words)
        self.common = lexicon.common_words()
        self.dictionary = lexicon.dictionary()
        self.products = lexicon.products()
        self.first_names = lexicon.first_names()
        self.surnames = lexicon.surnames() - self._by_first.keys()

    def __contains__(self, low: str) -> bool:
        """Whether some alias begins with this word."""
        return low in self._by_first

    def beginnings(self, lows: Sequence[str]) -> list[int]:
        """The tokens some alias begins with."""
        by_first = self._by_first
        return [i for i, low in enumerate(lows) if low in by_first]

    def at(self, sentence: Sentence, i: int) -> tuple[int, Org] | None:
        """The longest alias that begins at token ``i``, one of ``beginnings``: how many tokens, and whose."""
        token = sentence.tokens[i]
        for words, (org, shout, owning) in self._by_first[token.low].met(sentence.lows, i):
            if owning >= 0 and not sentence.tokens[i + owning].owns:
                continue  # Macy is a first name, Macy's a shop
            if owning < 0 and len(words) > 1 and " ".join(words) != org.name.lower() and _owned(sentence, i, len(words)):
                continue  # "Reliance's Jio" is two, "Google's DeepMind" is one
            if token.capital_ok(org) and not (shout and not token.text[:2].isupper()):
                return len(words), org
        return None


@lru_cache(maxsize=2)
def known(extra_orgs: tuple[str, ...] = (), extra_people: tuple[str, ...] = ()) -> Gazetteer:
    """The gazetteer with the names of a user's watchlists, the same for every classifier of a process that has these."""
    return Gazetteer(extra_orgs, extra_people)


def _owned(sentence: Sentence, i: int, n: int) -> bool:
    return any(token.owns for token in sentence.tokens[i : i + n - 1])


def _marked(words: tuple[str, ...]) -> tuple[str, ...]:
    """An alias with the full stop behind a shortened word apart, as it is in a sentence: "Warner Bros. Discovery"."""
    return tuple(part for word in words for part in ((word[:-1], ".") if word[-1] == "." and word[:-1].isalpha() else (word,)))
