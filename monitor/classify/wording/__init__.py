"""What a feature of the linear model means, for people: ``t:_org hires _person`` reads title “[organisation] hires [person]”.

In square brackets stands what a feature says of many words at once: a kind of name, a post of some level, a verb of some kind.
"""

from __future__ import annotations

import re

from monitor.classify.wording.infrastructure import worded_infra
from monitor.classify.wording.moves import worded_clause, worded_place, worded_verb

_PLACES = {"t": "title", "s": "summary", "b": "text", "gw": "title", "gv": "summary"}
_STANDS_FOR = {
    "_org": "[organisation]",
    "_person": "[person]",
    "_name": "[name]",
    "_media": "[outlet]",
    "_gov": "[government]",
    "_role1": "[chief officer]",
    "_role2": "[executive]",
    "_role3": "[vice president or director]",
    "_role4": "[leader or expert]",
    "^": "[beginning]",
    "$": "[end]",
}
_PLURAL_ROLE = re.compile(r"(_role\d)[gs]*\Z")
_FRAME = re.compile(r"_f:\w+:(\w+)\Z")
_NUMBER = re.compile(r"\A0(?=\D|\Z)")


def worded(feature: str) -> str:
    """The feature in words; as it is, where it is of a kind not known here."""
    kind, colon, rest = feature.partition(":")
    if not colon:
        return feature
    if kind in ("t", "s", "b"):  # the story's own words
        return f"{_PLACES[kind]} “{rest}”"
    if kind in ("gw", "gv"):
        return f"{_PLACES[kind]} “{' '.join(map(_symbol, rest.split()))}”"
    if kind == "i":
        return worded_infra(rest) or feature
    parts = rest.split(" ")
    if kind == "gk":
        return worded_place(parts) or feature
    if kind == "gp":
        return worded_clause(parts) or feature
    return worded_verb(kind, rest) or feature


def _symbol(word: str) -> str:
    """One word of a sentence in which kinds stand for names, posts, verbs and numbers."""
    plain = _FRAME.sub(r"[\1]", _PLURAL_ROLE.sub(r"\1", word))
    return _STANDS_FOR.get(plain) or _NUMBER.sub("[number]", plain)
