"""When two names, roles or people as written are the same."""

from __future__ import annotations

import re

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
