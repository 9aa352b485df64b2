"""The words of a text as full text search compares them: those of FTS5's ``porter unicode61 remove_diacritics 2``, in Python.

A word is a run of letters and digits, as SQLite's tables have them, in lower case; Latin letters lose their marks. From three
bytes to 64 it loses its English ending: M. F. Porter, "An algorithm for suffix stripping" (1980), with the departures of his own
later code ("logi", "bli"). Both databases find by these words, and routes and silences match by them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_uppercase
from typing import Any

FILE = Path(__file__).with_name("letters.json")  # written by ``python -m monitor.store.letters``, which asks SQLite
_ASCII = re.compile(r"[0-9A-Za-z]+")
_SHORTEST, _LONGEST = 3, 64  # bytes of a word that is stemmed
# Endings that become others where a vowel and a consonant stand before them, in the order of the steps; the longest fits first.
_OTHERS = (
    {
        "ational": "ate", "ization": "ize", "iveness": "ive", "fulness": "ful", "ousness": "ous", "tional": "tion",
        "biliti": "ble", "entli": "ent", "ousli": "ous", "ation": "ate", "alism": "al", "aliti": "al", "iviti": "ive",
        "enci": "ence", "anci": "ance", "izer": "ize", "logi": "log", "alli": "al", "ator": "ate", "bli": "ble", "eli": "e",
    },
    {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ness": "", "ful": ""},
)  # fmt: skip
_GONE = "ement ance ence able ible ment ant ent ion ism ate iti ous ive ize al er ic ou".split()  # where that stands there twice


def letters() -> dict[str, Any]:
    """``parts``: first and last of each run of characters beyond ASCII that words are made of. ``given`` and ``read``: characters
    and, place by place, what they are read as; those at the end of ``given`` that have no counterpart are read over."""
    return json.loads(FILE.read_bytes())  # type: ignore[no-any-return]


def stems(text: str) -> list[str]:
    """The words of ``text`` in their order, to be compared and not to be shown: one of other letters is in bytes."""
    found = _ASCII.findall(text.lower()) if text.isascii() else map(_read, _words().findall(text))
    return [_stem(word) for word in found if word]


@cache
def _words() -> re.Pattern[str]:
    runs = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in letters()["parts"])
    return re.compile(f"[0-9A-Za-z{runs}]+")


@cache
def _read_as() -> dict[int, str | None]:
    known = letters()
    other = {ord(one): known["read"][n] if n < len(known["read"]) else None for n, one in enumerate(known["given"])}
    return {ord(one): one.lower() for one in ascii_uppercase} | other


def _read(word: str) -> str:
    if word.isascii():
        return word.lower()
    read = word.translate(_read_as())
    return read if read.isascii() else read.encode().decode("latin-1")


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    return _stripped(word) if _SHORTEST <= len(word) <= _LONGEST else word


def _stripped(word: str) -> str:
    word = _of_verb(_of_plural(word))
    if word.endswith("y") and "v" in _kinds(word[:-1]):
        word = word[:-1] + "i"
    for others in _OTHERS:
        if (end := _ending(word, others)) and _measure(rest := word[: -len(end)]):
            word = rest + others[end]
    if (end := _ending(word, _GONE)) and _measure(rest := word[: -len(end)]) > 1 and (end != "ion" or rest[-1] in "st"):
        word = rest
    if word.endswith("e") and ((m := _measure(rest := word[:-1])) > 1 or (m == 1 and not _short(rest))):
        word = rest
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word


def _of_plural(word: str) -> str:
    if (word.endswith("ies") and len(word) > 3) or (word.endswith("sses") and len(word) > 4):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _of_verb(word: str) -> str:
    if word.endswith("eed") and len(word) > 3:
        return word[:-1] if _measure(word[:-3]) else word
    end = _ending(word, ("ed", "ing"))
    rest = word[: -len(end)] if end else ""
    if "v" not in _kinds(rest):
        return word
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if rest[-1:] == rest[-2:-1] and rest[-1] not in "aeiou":
        return rest if rest[-1] in "lsz" else rest[:-1]
    return rest + "e" if _measure(rest) == 1 and _short(rest) else rest


def _ending(word: str, endings: Iterable[str]) -> str:
    """The first of ``endings`` that something stands before; "" for none."""
    return next((end for end in endings if word.endswith(end) and len(word) > len(end)), "")


def _kinds(word: str) -> str:
    """A v or a c for each letter: y is a vowel behind a consonant."""
    kinds = ""
    for letter in word:
        kinds += "v" if letter in "aeiou" or (letter == "y" and kinds.endswith("c")) else "c"
    return kinds


def _measure(word: str) -> int:
    """How often a consonant stands behind a vowel."""
    return _kinds(word).count("vc")


def _short(word: str) -> bool:
    """It ends as "hop" does, whose e is told."""
    return _kinds(word).endswith("cvc") and word[-1] not in "wxy"
