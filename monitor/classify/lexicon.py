"""The lexicons: JSON files beside this module, read once and checked. A mistake names the file and the entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from monitor.errors import MovewireError

DATA = Path(__file__).parent / "data"
TEMPLATES = frozenset(
    [
        "ORG_TAKES_PERSON",
        "ORG_NAMES",
        "PERSON_STEPS",
        "NOUN_PERSON",
        "NOUN_ORG",
        "PERSON_JOINS",
        "PERSON_LEAVES",
        "ORG_OUSTS",
        "BOARD",
        "ORG_PROMOTES",
        "SEARCH",
        "PERSON_SUCCEEDS",
        "FOUND",
        "ORG_LOSES",
        "HANDOVER",
    ]
)


class LexiconError(MovewireError):
    """A data file is not what it should be: ``file: entry: what is wrong``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A verb or noun that tells a change of post. ``prior``: how often the bare words do (0 to 1)."""

    id: str
    action: str
    template: str
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Org:
    """An organisation of the gazetteer. ``ambiguity``: 0 safe, 1 wants its capital and a cue, 2 only beside a role or frame."""

    name: str
    kind: str
    ambiguity: int


def load(name: str) -> dict[str, Any]:
    """The parsed data file ``name``. Raises LexiconError where it is missing or no JSON object."""
    try:
        data = json.loads((DATA / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(f"{name}: cannot be read ({error})") from None
    if not isinstance(data, dict):
        raise LexiconError(f"{name}: expected a JSON object")
    return data


def require(file: str, entry: Mapping[str, Any], /, **kinds: type) -> None:
    """Raise LexiconError unless ``entry`` has each key with a value of its kind."""
    for key, kind in kinds.items():
        if not isinstance(entry.get(key), kind):
            raise LexiconError(f"{file}: {json.dumps(entry)[:80]}: {key} must be {kind.__name__}")


@cache
def frames() -> dict[str, Frame]:
    """Every form of every frame, lower case, to its frame; of two frames with one form the likelier."""
    found: dict[str, Frame] = {}
    for entry in load("frames_moves.json")["frames"]:
        require("frames_moves.json", entry, id=str, action=str, template=str, forms=list)
        if entry["template"] not in TEMPLATES:
            raise LexiconError(f"frames_moves.json: {entry['id']}: template {entry['template']!r} is not known")
        frame = Frame(id=entry["id"], action=entry["action"], template=entry["template"], prior=float(entry["prior"]))
        for form in entry["forms"]:
            if form.lower() not in found or found[form.lower()].prior < frame.prior:
                found[form.lower()] = frame
    return found


def orgs(extra: Iterable[str] = ()) -> dict[str, Org]:
    """Every alias, as written, to its organisation. ``extra``: names a user watches, taken as safe."""
    found: dict[str, Org] = {}
    for entry in load("orgs.json")["orgs"]:
        require("orgs.json", entry, name=str, aliases=list, kind=str, ambiguity=int)
        org = Org(name=entry["name"], kind=entry["kind"], ambiguity=entry["ambiguity"])
        for alias in (entry["name"], *entry["aliases"]):
            found.setdefault(alias, org)
    for name in extra:
        found.setdefault(name, Org(name=name, kind="watched", ambiguity=0))
    return found


@cache
def orgs_by_alias() -> dict[str, Org]:
    """``orgs()`` of the lexicon alone, read once."""
    return orgs()


@cache
def first_names() -> frozenset[str]:
    return frozenset(load("first_names.json")["first_names"])


@cache
def people() -> frozenset[str]:
    return frozenset(load("people.json")["people"])
