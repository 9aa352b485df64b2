"""Whether a capital letter is a name's: not where a headline gives every word one, nor where the story writes the word small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.document import Sentence, Token
from monitor.classify.words.name_words import (
    ADJECTIVES,
    AFTER_NEW,
    CALENDAR,
    FILING,
    NOT_NAMES,
    OPENERS,
    ORG_WORDS,
    PARTICLES,
    PARTICLES_OF_VERBS,
    PLACE_WORDS,
    POSTS,
    TITLES,
    TRADES,
    VAGUE,
    Looks,
    looks_of,
)


class Cased(NamedTuple):
    """How a story's running text writes its words, lower case: those it gives a capital within a sentence, and the small ones."""

    names: frozenset[str]
    small: frozenset[str]


NOTHING = Cased(frozenset(), frozenset())
_QUOTES = "“\"'(‘’"
_OPENING = frozenset(_QUOTES + ":—–|")


def cased(sentences: Sequence[Sentence]) -> Cased:
    """What the quiet sentences of a story say of its words; nothing where none is loud, for nobody will ask."""
    if not any(s.loud for s in sentences):
        return NOTHING
    names, small = set(), set()
    for sentence in sentences:
        if sentence.loud:
            continue
        before = ""
        for token in sentence.tokens:
            if not token.capital:
                small.add(token.low)
            elif before and before not in _OPENING:
                names.add(token.low)
            before = token.text
    return Cased(frozenset(names), frozenset(small - names))


_ADJECTIVAL = ("al", "ous", "ive", "ful", "less", "ing", "ed", "able", "ible", "ant", "ary", "ic")


class Capitals:
    """Tells names from capitals in one sentence. ``taken``: tokens that are something else already, a verb or a post."""

    def __init__(self, sentence: Sentence, seen: Cased, taken: set[int]) -> None:
        self.sentence = sentence
        self._seen = seen
        self._taken = taken
        self._loud = sentence.loud
        self._shouts = sentence.loud and sentence.text.isupper()

    def named(self, i: int, *, inside: bool = False) -> bool:
        """Whether token ``i`` is part of a name; ``inside``: of one that has begun."""
        tokens = self.sentence.tokens
        token = tokens[i]
        text, low = token.text, token.low
        if i == 0 and not inside and self._opens():
            return True
        looks = looks_of(token)
        if (i == 0 or self._loud) and self._verb(i, looks):
            return False
        if low in CALENDAR and looks.given and not inside and self._goes_on(i):
            return True
        if low in _ODD and (odd := self._odd(i, low, inside=inside)) is not None:
            return odd
        if low == "new" and i + 1 < len(tokens) and tokens[i + 1].low in AFTER_NEW and tokens[i + 1].capital:
            return text[0].isupper()
        if looks.numbered:
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            firm = after is not None and after.capital and after.low in ORG_WORDS  # "founder of 42X Labs"
            return not inside and looks.numbered == "name" and (i == 0 or text[-1].islower() or text == "3M" or firm)
        if low in _ORDERS and not inside and i and not self._loud and self._name_behind(i):
            return True
        if looks.place and not inside and self._of_a_country(i):
            return True
        if looks.none or (looks.place and not inside):
            return inside and (looks.initial or low == "sen")  # a senator is no part of a name, Amartya Sen's is
        if len(text) == 1:
            return inside or (i + 1 < len(tokens) and tokens[i + 1].text[0].isupper())
        if self._is_word(text, low, looks, inside=inside) if self._loud else looks.common:
            return self._word(i, looks, inside=inside)
        if i > 0 or inside or self._loud:
            return True
        acts = 1 in self._taken or (len(tokens) > 1 and (tokens[1].capital or tokens[1].text == "’s"))
        return not looks.inflected and (not looks.rare or acts or low in self._seen.names)

    def _is_word(self, text: str, low: str, looks: Looks, *, inside: bool) -> bool:
        """Whether a word of the language, in a loud sentence: as the story's quiet ones write it, where they do."""
        if low in self._seen.small or low in self._seen.names:
            return low in self._seen.small
        if looks.common:
            return True
        if len(low) > 2 and not self._shouts and text.isupper():
            return looks.inflected  # "GNOME" in a headline of Title Case
        return not inside and (looks.rare or looks.bent)

    def _word(self, i: int, looks: Looks, *, inside: bool) -> bool:
        tokens, low = self.sentence.tokens, self.sentence.lows[i]
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        firm = after is not None and after.capital and after.low in ORG_WORDS and low not in OPENERS
        if looks.given and not firm and (self._loud or i == 0):
            return after is not None and after.text[0].isupper() and not looks_of(after).common
        if self._loud:
            return looks.of_org or self._surname(i) or self._ends_firm(i) if inside else firm and (i == 0 or not looks.common)
        if i > 0 or inside:
            return inside or tokens[i - 1].text not in _QUOTES or looks.of_org
        if after is None:
            return looks.of_org
        kind = after.text[0].islower() and 1 not in self._taken  # "Data center firm Osprey", "Cloud provider Osprey"
        return after.text == "&" or firm or (looks.of_org and not kind) or self._two_words(after)

    def _two_words(self, after: Token) -> bool:
        """ "Clear Harvest has named", "Quiet Meadow Capital": words of the language open a quiet headline as one name."""
        opens = self.sentence.field == "title" and self.sentence.lows[0] not in OPENERS and 1 not in self._taken
        looks = looks_of(after)
        third = self.sentence.tokens[2] if len(self.sentence.tokens) > 2 else None
        firm = third is not None and third.capital and third.low in ORG_WORDS and 2 not in self._taken and not after.owns
        return opens and after.capital and (firm or (looks.rare and not looks.given)) and not looks.none

    def _name_behind(self, i: int) -> bool:
        """ "joins First Meadow as": a capital behind a word that seldom begins a name."""
        after = self.sentence.tokens[i + 1] if i + 1 < len(self.sentence.tokens) else None
        return after is not None and self.sentence.tokens[i].capital and after.capital and i + 1 not in self._taken

    def _of_a_country(self, i: int) -> bool:
        """ "takes over at Indian Bank", where "an Indian bank" is written small."""
        after = self.sentence.tokens[i + 1] if i + 1 < len(self.sentence.tokens) else None
        quiet = not self._loud and after is not None and self.sentence.tokens[i].capital and after.text[0].isupper()
        return quiet and after is not None and after.low in _OF_COUNTRIES and i + 1 not in self._taken

    def _goes_on(self, i: int) -> bool:
        """ "Jan De Witte", "April Ross": a month's name with a surname behind it."""
        tokens = self.sentence.tokens
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if after is None or not after.text[0].isupper():
            return False
        return after.low in PARTICLES or (after.low not in lexicon.common_words() and after.low not in NOT_NAMES)

    def _odd(self, i: int, low: str, *, inside: bool) -> bool | None:
        """What one of ``_ODD`` is beside its neighbours; None where they do not say."""
        if (inside or (i and self.sentence.tokens[i - 1].owns)) and low in _MONTHS_TOO and self._goes_on(i):
            return True
        if not inside and low in _NUMBERS and self._numbered_firm(i):
            return True
        return False if self._loud and i and self._small(i) else None

    def _numbered_firm(self, i: int) -> bool:
        """ "Four Inc. Appoints", "Seven West Media boss": a number that opens the name of a firm."""
        tokens, last = self.sentence.tokens, i
        while last + 1 < len(tokens) and last < i + 3 and tokens[last + 1].capital and last + 1 not in self._taken:
            last += 1
        if last == i:
            return False
        counted = last + 1 < len(tokens) and tokens[last + 1].low in _COUNTED  # "Two Capital Chiefs Leave"
        return tokens[i + 1].low in ("inc", "corp") or (tokens[last].low in ORG_WORDS and not counted)

    def _small(self, i: int) -> bool:
        """In a headline of capitals "Will" before a verb, and words that only say when or how: "Quill Likely to Go"."""
        tokens, low = self.sentence.tokens, self.sentence.lows[i]
        if low == "will":
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            if i - 1 in self._taken or not tokens[i - 1].capital:
                return False  # "Names Will Okoro"
            return i + 1 in self._taken or (after is not None and after.low in lexicon.dictionary())
        return low in _HOW

    def _ends_firm(self, i: int) -> bool:
        """ "Joins Halden Fitness as", "Leaves for Halden Fitness", "Halden Fitness CFO": a word behind one of no language,
        between where a firm begins and where it ends."""
        tokens, low = self.sentence.tokens, self.sentence.lows[i]
        looks, before = looks_of(tokens[i - 1]), self.sentence.lows[i - 2] if i > 1 else ""
        if looks.rare or looks.common or looks.given or looks.none or looks.bent or before not in _FIRM_BEHIND:
            return False
        if low in _NO_END or low in self._seen.small or low.endswith(_ADJECTIVAL):
            return False
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        post = after is not None and i + 1 in self._taken and after.low in POSTS
        return post if not before else (after is None or after.low in _BEHIND_A_FIRM or post or tokens[i].owns)

    def _surname(self, i: int) -> bool:
        """ "Eric Green", "Robert E. Fields": a word behind a first name."""
        before = self.sentence.tokens[i - 1].text
        if len(before.rstrip(".")) == 1 and i > 1:
            before = self.sentence.tokens[i - 2].text
        return before in lexicon.first_names() and before.lower() not in lexicon.products()

    def _verb(self, i: int, looks: Looks) -> bool:
        """ "Musk Restructures", "Air India Kicks Off", "Will Ostrava's CEO …?": in loud text no names; "Sarah Woods" is one."""
        tokens, low = self.sentence.tokens, self.sentence.lows[i]
        if i == 0:
            return low in ("will", "can", "may") and tokens[-1].text == "?"
        if not low.endswith(("s", "ed", "ing")) or looks.of_org or not (looks.rare or looks.inflected or looks.bent):
            return False
        before = tokens[i - 1].text
        if low in _NO_SURNAMES and (i == 1 or tokens[i - 2].capital):
            return True  # "Ada Jett Brings", though Jett is a first name as well
        if low in self._seen.names or tokens[i].owns or len(before.rstrip(".")) <= 1 or before in lexicon.first_names():
            return False
        if not low.endswith("s"):
            return low not in ADJECTIVES
        if looks.inflected or (i + 1 < len(tokens) and tokens[i + 1].low in PARTICLES_OF_VERBS):
            return True
        return tokens[i - 1].low in lexicon.surnames()

    def _opens(self) -> bool:
        """A headline's first word right before a frame or post names who acts: "iink Appoints", "3M Names", "Hinge CEO"."""
        tokens = self.sentence.tokens
        if self.sentence.field != "title" or len(tokens) < 2:
            return False
        if self._acts():
            return tokens[0].capital and tokens[0].low not in OPENERS and not looks_of(tokens[0]).none
        if 1 not in self._taken and tokens[1].text != "’s":
            return False
        first = tokens[0]
        if first.low in NOT_NAMES or first.low in PLACE_WORDS or first.low in TITLES or first.low in FILING:
            return False
        if first.text[0].isdigit():
            return False
        if first.text[0].islower():
            return first.text.isalpha() and not looks_of(first).common
        if not first.low.isalpha() or first.low in OPENERS or first.low in self._seen.small:
            return False
        if tokens[1].low[-1] != "s" and first.low.endswith(_ADJECTIVAL) and looks_of(first).rare:
            return False  # "Controversial CEO", where "Hinge CEO" is of Hinge
        return tokens[1].low in POSTS or (tokens[1].low not in VAGUE and not looks_of(tokens[1]).common)

    def _acts(self) -> bool:
        """ "Rain's board picks", "Linear has appointed": what only a firm has and does."""
        first, second, *others = self.sentence.tokens[:3]
        if second.low == "has" and others:
            return others[0].low in _HAS
        return first.owns and second.low == "board"


_OF_COUNTRIES = frozenset("bank oil airlines airways air railways steel gas petroleum telecom post hotels insurance".split())
_HAS = frozenset("appointed named hired promoted recruited poached tapped elected chosen selected ousted picked".split())
_NO_SURNAMES = frozenset(
    "brings takes gets makes says wants sees sells gives keeps sets wins goes launches unveils reveals begins becomes builds "
    "buys cedes seeks tells talks urges warns weighs explains restructures reorganizes reorganises reshuffles revamps".split()
)
_FIRM_BEHIND = frozenset(["", *"join joins at from for former ex-".split()])
_BEHIND_A_FIRM = frozenset("as from after , ;".split())
_NO_END = (
    TRADES
    | VAGUE
    | OPENERS
    | frozenset(
        "board team unit division committee council cabinet panel staff ranks race list rival family call trial case".split()
    )
)
_ORDERS = frozenset({"first", "next"})
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())
_COUNTED = frozenset("chiefs heads executives execs leaders partners directors officers officials bosses founders".split())
_MONTHS_TOO = frozenset({"jun", "jan"})  # in names of Asia and Poland: "Li Jun Wei", "Osprey's Jun Ishikawa"
_HOW = frozenset("likely just days weeks months years again finally reportedly officially suddenly quietly abruptly soon".split())
_ODD = _NUMBERS | _MONTHS_TOO | _HOW | {"will"}
_MODIFYING = frozenset(
    "based backed owned led driven made born held built era style like wide linked related powered focused funded founded listed "
    "generated controlled friendly native".split()
)


def describes(tokens: Sequence[Token], last: int, known: set[int]) -> bool:
    """Whether what ends at ``last`` says what kind of firm follows: "DNA Tester 23andMe", "ChatGPT-maker OpenAI"."""
    if tokens[last].owns or tokens[last].low.rpartition("-")[2] not in TRADES:
        return False
    return last + 1 in known or (last + 1 < len(tokens) and looks_of(tokens[last + 1]).numbered == "name")


def modifies(low: str) -> bool:
    """ "madrid-based", "ai-driven", "jobs-era" say what kind of thing follows; they name none."""
    if "-" not in low:
        return False
    last = low.rpartition("-")[2]
    return last in _MODIFYING or (len(last) > 4 and last.endswith(("ed", "ing")) and last in lexicon.dictionary())
