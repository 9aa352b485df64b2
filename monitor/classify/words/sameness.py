"""When two names, roles or people as written are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROLE_WORDS = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "cto": "chief technology officer",
    "chairperson": "chair",
    "chairman": "chair",
    "chairwoman": "chair",
    "vp": "vice president",
    "svp": "senior vice president",
    "evp": "executive vice president",
    "cofounder": "founder",
    "co-founder": "founder",
    "cofounders": "founder",
    "co-founders": "founder",
}


def similar(a: str, b: str) -> bool:
    """One name's words stand in the other's, abbreviations of roles unfolded."""
    x, y = unfold(a), unfold(b)
    return bool(x and y) and (x <= y or y <= x)


def unfold(text: str) -> set[str]:
    words = re.sub(r"[^\w\s-]", " ", text.lower()).split()
    unfolded = " ".join(_ROLE_WORDS.get(w, w) for w in words).split()
    return {
        w
        for w in unfolded
        if w not in ("new", "the", "of", "and", "its", "inc", "corp", "first", "next", "officer", "a", "to", "as")
    }


def same_person(a: str, b: str) -> bool:
    x, y = a.lower().replace(".", "").split(), b.lower().replace(".", "").split()
    return bool(x and y) and (x[-1] == y[-1] or set(x) <= set(y) or set(y) <= set(x))


_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})


def name_words(name: str) -> list[str]:
    """A person's name in words, lower case, without what may stand behind it."""
    return [w for w in re.findall(r"[\w$&]+", name.lower()) if w not in _SUFFIX]


def same_name(name: str, words: Sequence[str]) -> bool:
    """Whether ``words``, as of ``name_words``, mean the person of ``name``: "Clark", "J. Clark" and "Reed Clark" mean "Joanna
    Reed Clark"."""
    mine = name_words(name)
    if not mine or not words:
        return False
    if len(words) == 1:
        return words[0] == mine[-1] or (words[0] == mine[0] and len(words[0]) > 2)
    if len(mine) == 1:
        return mine[0] in (words[-1], words[0])
    if mine[: len(words)] == list(words):
        return True  # "Joanna C." of Joanna C. Clark
    if mine[-len(words) :] == list(words) or list(words[-len(mine) :]) == mine:
        return True
    return mine[-1] == words[-1] and (mine[0][0] == words[0][0])


_TICKER = re.compile(r"[A-Z]{3,5}")


def ticker(text: str, name: str) -> bool:
    """Whether a firm of this ``name`` is written by its ticker: "WFC" for Wells Fargo, and not "AWS" for Amazon Web Services."""
    return _TICKER.fullmatch(text) is not None and text != name and not abbreviates(text, name)


_SHORT = re.compile(r"[A-Z][A-Z&]{1,4}[A-Z]|[A-Z]&[A-Z]")
_TWO_LETTERS = re.compile(r"[A-Z]{2}")
_LEFT_OUT = frozenset({"of", "and", "the", "for", "&", "in"})
_NO_NAME = frozenset("inc intelligence corp co chief officer executive president".split())  # "AI" is not Apple Inc


def abbreviates(short: str, full: str) -> bool:
    """Whether the letters of one name are the first letters of the other's words: "NAR", "National Association of Realtors"; or
    its own, "JCP" of JCPenney. Two letters are of a name of two words: "BA", British Airways."""
    words = full.split()
    if _TWO_LETTERS.fullmatch(short) is not None:
        return [word[0] for word in words] == [*short] and words[1].lower().rstrip(".") not in _NO_NAME
    if _SHORT.fullmatch(short) is None:
        return False
    if " " not in full:
        return full.startswith(short) and full[len(short) :].islower()
    initials = "".join(word[0] for word in words if word.lower() not in _LEFT_OUT)
    return initials.startswith(short) or "".join(word[0] for word in words) == short


ENDINGS = ("'s", "’s")


def unowned(text: str) -> str:
    """``text``, which owns something, without the ending that says so: "Macy's", "Siemens'"."""
    return text[: -2 if text[-2:].lower() in ENDINGS else -1]
