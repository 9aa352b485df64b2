"""What a feature of the linear model means, for people: ``t:_org hires _person`` reads title “[organisation] hires [person]”."""

from __future__ import annotations

import re

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
    "|": "[end]",
    "0": "[number]",
}
_PLURAL_ROLE = re.compile(r"(_role\d)[gs]*(?![\w])")
_FRAME = re.compile(r"_f:\w+:(\w+)")
_KINDS = {
    "P": "a person",
    "N": "a name",
    "O": "an organisation",
    "M": "an outlet",
    "G": "a government",
    "R1": "a chief officer",
    "R2": "an executive",
    "R3": "a vice president or director",
    "R4": "a leader or expert",
    "-": "nobody",
    "clean": "(no public office, sport or stage)",
    **{str(n): f"(verb {n} of 4 sure)" for n in range(5)},
    "^": "the beginning",
    "$": "the end",
}
_KIND = re.compile(r"(R\d)[gsx]*\Z")


def worded(feature: str) -> str:
    """The feature in words; as it is, where it is of a kind not known here."""
    kind, colon, rest = feature.partition(":")
    if not colon:
        return feature
    if kind in ("t", "s", "b", "gw", "gv"):
        words = " ".join(_STANDS_FOR.get(w, w) for w in _PLURAL_ROLE.sub(r"\1", _FRAME.sub(r"[\1]", rest)).split())
        return f"{_PLACES[kind]} “{words}”"
    if kind == "gq":
        field, _, world = rest.partition(":")
        return f"{_PLACES[field]} speaks of: {world}"
    if kind == "gcore":
        field, sure, level, *public = rest.split()
        world = {"True": ", of public life", "False": ", of no public life"}.get("".join(public), "")
        return f"{_PLACES[field]}: verb {sure} of 4 sure, {_KINDS.get('R' + level, 'no post')}{world}"
    if kind == "gk":
        field, _, standing = rest.partition(" ")
        return f"{_PLACES[field]} place of {standing.strip()}"
    if kind == "gp":
        field, *told = rest.split()
        words = " ".join(_KINDS.get(_KIND.sub(r"\1", w), w) for w in told)
        return f"{_PLACES[field]} clause: {words}"
    if kind == "i":
        return f"computing: {rest}"
    return feature
