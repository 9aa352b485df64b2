"""Words into the pieces a BERT-like network reads (uncased WordPiece), each with its offsets into the text.

The rules are those of the network's own tokenizer: white space and control characters part words or go, punctuation and
Chinese characters stand alone, letters lose case and accents, and a word is cut into the longest pieces of the vocabulary from
its beginning on (Wu et al. 2016, arXiv:1609.08144; Devlin et al. 2019, arXiv:1810.04805).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

UNKNOWN, OPENS, CLOSES = "[UNK]", "[CLS]", "[SEP]"
MOST, BETWEEN = 128, " | "  # pieces of a story that the encoder reads, and what stands between its title and its summary
LONGEST = 100  # characters of a word that is cut; a longer one is unknown
WORDS_CUT = 4096  # whose pieces are at hand, 0.4 KB each; to cut one takes some µs, a reading 17 ms
_RUN = re.compile(r"\S+")
_PLAIN = re.compile(r"[A-Za-z0-9]+|[!-/:-@\[-`{-~]")  # of a run of ASCII: words and marks
Char = tuple[str, int]  # folded, and where it stands in the text


class Pieces(NamedTuple):
    """Numbers of the pieces with the offsets they begin and end at; what opens and closes the text stands at (0, 0)."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def within(self, spans: Collection[tuple[int, int]]) -> list[int]:
        """The pieces that stand in one of ``spans``, wholly or in part."""
        pieces = zip(self.starts, self.ends, strict=True)
        return [n for n, (a, b) in enumerate(pieces) if b > a and any(a < end and b > start for start, end in spans)]


class WordPiece:
    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._ids = vocabulary
        self._unknown, self._opens, self._closes = (vocabulary[name] for name in (UNKNOWN, OPENS, CLOSES))
        self._cut = lru_cache(maxsize=WORDS_CUT)(self._pieces)

    def pieces(self, text: str, most: int) -> Pieces:
        """The first ``most`` pieces of a text, what opens and closes it among them."""
        ids, starts, ends = [self._opens], [0], [0]
        for word, places in _words(text):
            if len(ids) >= most - 1:
                break
            for piece, first, last in self._cut(word):
                ids.append(piece)
                starts.append(places[first])
                ends.append(places[last - 1] + 1)
        ids, starts, ends = ids[: most - 1], starts[: most - 1], ends[: most - 1]
        return Pieces([*ids, self._closes], [*starts, 0], [*ends, 0])

    def _pieces(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Of a folded word: number of each piece, first character and the one behind its last."""
        found: list[tuple[int, int, int]] = []
        at, ids = 0, self._ids
        while at < len(word) <= LONGEST:
            lead = "##" if at else ""
            end = next((end for end in range(len(word), at, -1) if lead + word[at:end] in ids), 0)
            if not end:
                break
            found.append((ids[lead + word[at:end]], at, end))
            at = end
        return tuple(found) if at == len(word) else ((self._unknown, 0, len(word)),)


def _words(text: str) -> Iterator[tuple[str, range | list[int]]]:
    """Folded words and marks, and where each of their characters stands."""
    for run in _RUN.finditer(text):
        found, start = run.group(), run.start()
        if found.isascii() and found.isprintable():
            for word in _PLAIN.finditer(found):
                yield word.group().lower(), range(start + word.start(), start + word.end())
        else:
            yield from _of_chars(text, start, run.end())


def _of_chars(text: str, start: int, end: int) -> Iterator[tuple[str, list[int]]]:
    chars: list[Char] = []
    for at in range(start, end):
        for folded, alone in _folded(text[at]):
            if alone and chars:
                yield _word(chars)
                chars = []
            chars.append((folded, at))
            if alone:
                yield _word(chars)
                chars = []
    if chars:
        yield _word(chars)


def _word(chars: list[Char]) -> tuple[str, list[int]]:
    return "".join(c for c, _ in chars), [at for _, at in chars]


@lru_cache(maxsize=4096)
def _folded(char: str) -> tuple[tuple[str, bool], ...]:
    """A character as the vocabulary has it, none, one or several, each with whether it stands alone."""
    category = unicodedata.category(char)
    if char == "\ufffd" or category in ("Cc", "Cf", "Cn", "Co", "Cs"):
        return ()
    if _is_chinese(ord(char)):
        return ((char, True),)
    plain = [c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn"]
    return tuple((c, _is_mark(c)) for c in "".join(plain).lower())


def _is_mark(char: str) -> bool:
    return (char.isascii() and not char.isalnum()) or unicodedata.category(char).startswith("P")


def _is_chinese(code: int) -> bool:
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x2FA1F
