"""The lexicons: JSON files beside this module, read once and checked. A mistake names the file and the entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from monitor.errors import MovewireError
from monitor.model import MoveAction

DATA = Path(__file__).parents[1] / "data"
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
PERSON_PASSES = frozenset({"PERSON_JOINS", "PERSON_LEAVES"})  # from firm to firm: what stands behind the verb is one
PERSON_GOES = PERSON_PASSES | {"PERSON_STEPS", "PERSON_SUCCEEDS", "HANDOVER"}  # whoever is the verb's subject moves
ORG_PUTS = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON", "ORG_PROMOTES"})  # whoever is the verb's subject puts another in a post


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


class _Numbers(dict[str, float]):
    """Each number once, by how it is written."""

    def __missing__(self, written: str) -> float:
        self[written] = found = float(written)
        return found


def parsed(text: str) -> Any:
    """The JSON, in which what is written alike is one object: of 250,000 weights 7,000 differ, which spares 6 MB."""
    return json.loads(text, parse_float=_Numbers().__getitem__)


def load(name: str) -> dict[str, Any]:
    """The parsed data file ``name``. Raises LexiconError where it is missing or no JSON object."""
    try:
        data = parsed((DATA / name).read_text(encoding="utf-8"))
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


def entries(file: str, key: str) -> list[dict[str, Any]]:
    """The objects of the list ``key`` of a data file. Raises LexiconError naming the file and what is none."""
    found = load(file).get(key)
    if not isinstance(found, list):
        raise LexiconError(f"{file}: {key}: must be a list")
    for item in found:
        if not isinstance(item, dict):
            raise LexiconError(f"{file}: {key}: {json.dumps(item)[:80]} must be an object")
    return found


def names(file: str, found: Any, where: str) -> list[str]:
    """``found`` where it is a list of texts that are not empty. Raises LexiconError naming the list or the item."""
    if not isinstance(found, list):
        raise LexiconError(f"{file}: {where}: must be a list")
    for item in found:
        if not isinstance(item, str) or not item.strip():
            raise LexiconError(f"{file}: {where}: {json.dumps(item)} is no name")
    return found


@cache
def frames() -> dict[str, Frame]:
    """Every form of every frame, lower case, to its frame; of two frames with one form the likelier."""
    found: dict[str, Frame] = {}
    for entry in entries("frames_moves.json", "frames"):
        require("frames_moves.json", entry, id=str, action=str, template=str, forms=list)
        if entry["template"] not in TEMPLATES:
            raise LexiconError(f"frames_moves.json: {entry['id']}: template {entry['template']!r} is not known")
        prior = entry.get("prior")
        if not isinstance(prior, int | float) or not 0 <= prior <= 1:
            raise LexiconError(f"frames_moves.json: {entry['id']}: prior must be a number from 0 to 1")
        if entry["action"] not in set(MoveAction):
            raise LexiconError(f"frames_moves.json: {entry['id']}: action {entry['action']!r} is not known")
        frame = Frame(id=entry["id"], action=entry["action"], template=entry["template"], prior=float(prior))
        for form in names("frames_moves.json", entry["forms"], entry["id"]):
            if form.lower() not in found or found[form.lower()].prior < frame.prior:
                found[form.lower()] = frame
    return found


def orgs(extra: Iterable[str] = ()) -> dict[str, Org]:
    """Every alias, as written, to its organisation. ``extra``: names a user watches, taken as safe."""
    found = orgs_by_alias().copy()
    for name in extra:
        found.setdefault(name, Org(name=name, kind="watched", ambiguity=0))
    return found


@cache
def orgs_by_alias() -> dict[str, Org]:
    """``orgs()`` of the lexicon alone, read once: not to be changed. Raises LexiconError where a name is two organisations'."""
    found: dict[str, Org] = {}
    for entry in entries("orgs.json", "orgs"):
        require("orgs.json", entry, name=str, aliases=list, kind=str, ambiguity=int)
        names("orgs.json", [entry["name"], *entry["aliases"]], entry["name"])
        listed = dict.fromkeys((entry["name"], *entry["aliases"]), entry["ambiguity"]) | _ambiguous(entry)
        for alias, ambiguity in listed.items():
            if ambiguity not in (0, 1, 2):
                raise LexiconError(f"orgs.json: {entry['name']}: ambiguity must be 0, 1 or 2")
            org = Org(name=entry["name"], kind=entry["kind"], ambiguity=ambiguity)
            if found.setdefault(alias, org).name != entry["name"]:
                raise LexiconError(f"orgs.json: {entry['name']}: {alias!r} is {found[alias].name}'s")
    return found


def _ambiguous(entry: Mapping[str, Any]) -> dict[str, int]:
    """The shorter names of an entry that are not as safe as its own, each with its ambiguity: "Circle" of Circle Internet."""
    found = entry.get("ambiguous", {})
    if not isinstance(found, dict) or not all(name.strip() for name in found):
        raise LexiconError(f"orgs.json: {entry['name']}: ambiguous must give each name its ambiguity")
    return found


@cache
def products() -> frozenset[str]:
    """Names of products, lower case: they stand before posts ("ChatGPT boss") and employ nobody."""
    return frozenset(name.lower() for name in names("orgs.json", load("orgs.json").get("products"), "products"))


# Parts of names of places, and regions.
_REGIONS = frozenset(
    "arabia korea zealand americas americans asia-pacific apac emea latam nordics iberia benelux britain calif minn conn "
    "mass".split()
) | {
    "latin america",
    "north america",
    "south america",
    "middle east",
    "southeast asia",
    "asia pacific",
    "south asia",
    "greater china",
    "eastern europe",
    "western europe",
}


@cache
def place_names() -> frozenset[str]:
    """Places and regions, in lower case."""
    data = load("places.json")
    return frozenset(name.lower() for name in data["places"]) | _REGIONS


def demonyms() -> dict[str, str]:
    """What people of a place are called, to the place: "French" to "France". Raises LexiconError where there is no such list."""
    found = load("places.json").get("demonyms")
    if not isinstance(found, dict) or not all(isinstance(place, str) and place for place in found.values()):
        raise LexiconError("places.json: demonyms must give each the name of a place")
    return found


@cache
def employ_nobody() -> frozenset[str]:
    """Places and products, lower case."""
    return place_names() | products()


@cache
def common_words() -> frozenset[str]:
    """Words of the dictionary, lower case: capitalised, they are seldom a name."""
    return frozenset(load("common_words.json")["words"].split())


@cache
def dictionary() -> frozenset[str]:
    """``common_words`` and rarer ones: where every word has a capital, one of these says nothing of a name."""
    return common_words() | frozenset(load("common_words.json")["rarer"].split())


@cache
def surnames() -> frozenset[str]:
    """Last names, lower case, of the people of the lexicon that are no words: "Musk" alone is a person."""
    last = {name.split()[-1].lower() for name in people()}
    return frozenset(name for name in last - dictionary() if len(name) > 3)


@cache
def surnames_of_known() -> frozenset[str]:
    """Last names, lower case, of the people of the lexicon, words among them."""
    return frozenset(name.split()[-1].lower() for name in people())


@cache
def surnames_of_firms() -> frozenset[str]:
    """Firms that bear a last name, lower case: "Takumi Honda" is a person."""
    return frozenset(names("people.json", load("people.json").get("surnames_of_firms"), "surnames_of_firms"))


@cache
def known_people() -> frozenset[str]:
    """The people of the lexicon, lower case."""
    return frozenset(name.lower() for name in people())


@cache
def first_names() -> frozenset[str]:
    return frozenset(names("first_names.json", load("first_names.json").get("first_names"), "first_names"))


@cache
def people() -> frozenset[str]:
    return frozenset(names("people.json", load("people.json").get("people"), "people"))
