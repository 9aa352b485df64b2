"""Frames: the verbs and nouns that tell a move, where they stand in a sentence."""

from __future__ import annotations

from functools import cache

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.beginning import Beginning
from monitor.classify.words.document import Sentence
from monitor.classify.words.lexicon import Frame
from monitor.classify.words.name_words import POSTS


@cache
def _frames_by_first() -> dict[str, Beginning[Frame]]:
    found: dict[str, Beginning[Frame]] = {}
    for form, frame in lexicon.frames().items():
        words = tuple(form.split())
        found.setdefault(words[0], Beginning()).add(words, frame)
    return found


# Words that are a frame only in some company: what must not stand right before or after them.
_NOT_AFTER: dict[str, frozenset[str]] = {
    "left": frozenset({"right", "behind", "out", "over", "with", "without", "wing", "far", "hand"}),
    "exit": frozenset({"strategy", "poll"}),
    "leave": frozenset({"policy"}),
    "names": frozenset({"of"}),
    "lead": frozenset(),
    "lands": frozenset({"in", "on"}),
    "joins": frozenset({"forces", "race", "fight", "list", "growing", "effort"}),
    "join": frozenset({"forces", "race", "fight", "list", "effort", "us"}),
    "joined": frozenset({"forces", "by"}),
    "joining": frozenset({"forces"}),
    "named": frozenset({"in", "after", "best", "among", "one"}),
    "hires": frozenset({"investment", "bank", "banks"}),
}


# "named a leader in …": a prize, not a post.
_AWARDS = frozenset(
    "leader visionary challenger winner finalist best top list most among one world company strongest fastest "
    "partner-of-the-year person 2024 2025 2026 2027 forbes fortune time".split()
)


def frame_tokens(sentence: Sentence) -> list[tuple[int, int, Frame]]:
    """First token, last token and frame of each frame form, longest first, without overlap."""
    tokens, lows, found, end = sentence.tokens, sentence.lows, [], 0
    table = _frames_by_first()
    for i in [n for n, low in enumerate(lows) if low in table]:
        if i < end or tokens[i].owns:
            continue
        words, frame = next(table[lows[i]].met(lows, i), ((), None))
        if frame is not None and not _blocked(sentence, i, len(words)):
            end = i + len(words)
            found.append((i, end - 1, frame))
    return found


_NOBODYS = frozenset(
    "named appointed appoints promoted joins quits resigns retires departs hires poaches".split()
)  # no part of anybody's name
# Behind an article these tell of a move all the same.
_NOUNS = frozenset(
    "lead name names leave fire hire exit exits departure appointment resignation retirement departures ouster successor "
    "promotion removal dismissal nomination shake-up reshuffle move retired departed departing retiring defection "
    "replacement exodus".split()
)
_TO_A_FIRM = frozenset("joins join joined joining leaves leaving quits exits at from for former ex-".split())
_ACTS = POSTS | {"has"}
_SHORT = 3


def _blocked(sentence: Sentence, i: int, n: int) -> bool:
    tokens = sentence.tokens
    if (
        i
        and n == 1
        and tokens[i].capital
        and not sentence.loud
        and tokens[i].low not in _NOBODYS
        and (sentence.field == "summary" or tokens[i - 1].text in lexicon.first_names())
        and tokens[i - 1].text[0].isalpha()
    ):
        return True  # a capital inside a quiet sentence: "appointed Woo Chang-pyo", "David Sacks is done"
    if n == 1 and 1 < len(tokens[i].text) <= _SHORT and tokens[i].text.isupper() and tokens[i].low != "out":
        return not sentence.text.isupper()  # letters of a firm: "jumps to NAB"
    after = tokens[i + n].low if i + n < len(tokens) else ""
    before = tokens[i - 1].low if i else ""
    if n == 1 and tokens[i].capital and not sentence.loud and (before in _TO_A_FIRM or (not i and after in _ACTS)):
        return True  # "joins Grab as", "Grab names Ada Quill"
    if n == 1 and after in _NOT_AFTER.get(tokens[i].low, frozenset()):
        return True
    later = tokens[i + n + 1].low if i + n + 1 < len(tokens) else ""
    if tokens[i].low in ("named", "names", "recognized", "ranked") and (
        after in _AWARDS or (after in ("a", "an", "as", "to", "the") and later in _AWARDS)
    ):
        return True
    nounish = before in ("a", "the", "an", "of", "brand", "in", "his", "her", "their", "its") and n == 1
    return nounish and tokens[i].low not in _NOUNS and not tokens[i].low.endswith("ing")
