"""What is told of where something is, as sites that can be compared: which lie clearly apart, and which may be one.

``atlas.json`` says what lies in what. It is no gazetteer: of a town it does not have, only what the story says of it is known,
and where that is not enough two names may always be one place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

from monitor.text import fold

ATLAS = Path(__file__).with_name("atlas.json")
_AND = re.compile(r"(?P<and>,? and |,? & |; | / )|, ")
_SIDE = re.compile(
    r"^(?:(?:north|south|east|west|northern|southern|eastern|western|central|upstate|northeast(?:ern)?|northwest(?:ern)?"
    r"|southeast(?:ern)?|southwest(?:ern)?|inner|outer|greater|downtown|rural)\s)+"
)
# What lies between a town and a state, and holds towns.
_AREA = re.compile(
    r"^county |\b(?:county|parish|township|borough|province|prefecture|district|region|valley|basin|desert|peninsula|delta"
    r"|highlands|plains|coast|islands?|area|panhandle|country)$"
)


class Height(IntEnum):
    """How much a name holds. Of what has no certain bounds (``VAGUE``) nothing can be said."""

    TOWN = 0
    AREA = 1
    REGION = 2
    COUNTRY = 3
    VAGUE = 4


@dataclass(frozen=True, slots=True)
class Site:
    """One place, folded; ``region`` (a state, a province) and ``country`` are "" where they are not known."""

    name: str
    height: Height
    region: str = ""
    country: str = ""
    spellings: tuple[str, ...] = ()  # the others of ``name``
    told: str = field(default="", compare=False)  # as the slot has it


def apart(a: Site, b: Site) -> bool:
    """They lie in two countries, or in two states of one: neither holds the other, whatever else they are called."""
    return _differ(a.country, b.country) or _differ(a.region, b.region)


def other_town(a: Site, b: Site) -> bool:
    """Two towns by name. They may still be a town and its suburb."""
    x, y = set(a.name.split()), set(b.name.split())
    return a.height == b.height == Height.TOWN and not (x <= y or y <= x)


def _differ(a: str, b: str) -> bool:
    return bool(a and b) and a != b


def names(text: str, site: Site) -> bool:
    """The text has the site's name. Of two letters ("US", "IN") it is one only where they are capitals."""
    return any(True for _ in before_names(text, site))


def before_names(text: str, site: Site) -> Iterator[str]:
    """What stands before each time the text has the site's name, folded."""
    folded, written = _key(fold(text)), text.replace(".", "")
    for name in (site.name, *site.spellings):
        where, pattern = (folded, name) if len(name) > 2 else (written, name.upper())
        yield from (where[: found.start()].lower() for found in re.finditer(rf"\b{re.escape(pattern)}\b", where))


def region_of(site: Site) -> Site | None:
    """The state or province that holds it; None where it is not known, or the site is one itself."""
    return _known().get(site.region) if site.region and site.region != site.name else None


@lru_cache(maxsize=4096)
def sites(location: str) -> tuple[Site, ...]:
    """The places of a slot, in their order: what stands before a comma lies in what follows where that holds more.

    >>> [(site.name, site.region) for site in sites("Tulsa, Okla., and Fargo")]
    [('tulsa', 'oklahoma'), ('fargo', 'north dakota')]
    """
    found: list[Site] = []
    for part, joined in _parts(location):
        site = _site(part)
        within = found and not joined and Height.REGION <= site.height < Height.VAGUE and found[-1].height < site.height
        if not within:
            found.append(site)
            continue
        inner = found[-1]
        region = site.region or (inner.region if inner.country == site.country else "")
        found[-1] = replace(inner, region=region, country=site.country, told=f"{inner.told}, {part}")
    return tuple(found)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Each part, and whether it is told beside the one before rather than as what holds it."""
    at, joined = 0, True
    for between in _AND.finditer(text) if _key(fold(text)) not in _known() else ():
        yield text[at : between.start()], joined
        at, joined = between.end(), between["and"] is not None
    yield text[at:], joined


def _site(part: str) -> Site:
    key = _key(fold(part))
    if (known := _known().get(key)) is not None:
        return replace(known, told=part)
    around = _known().get(_SIDE.sub("", key))
    if around is not None:
        height = Height.VAGUE if around.height == Height.VAGUE else Height.AREA
        return Site(key, height, around.region, around.country, told=part)
    return Site(key, Height.AREA if _AREA.search(key) else Height.TOWN, told=part)


def _key(text: str) -> str:
    return " ".join(text.replace(".", "").split()).removeprefix("the ")


@cache
def _known() -> dict[str, Site]:
    data = json.loads(ATLAS.read_text(encoding="utf-8"))
    found = {_key(fold(name)): Site(_key(fold(name)), Height.VAGUE) for line in data["unbounded"] for name in line.split("|")}
    for name in (name for line in data["countries_alone"] for name in line.split("|")):
        _spelled(found, name, Height.COUNTRY)
    for country, regions in data["countries"].items():
        land = _spelled(found, country, Height.COUNTRY)
        for region, towns in regions.items():
            state = _spelled(found, region, Height.REGION, country=land) if region else ""
            for town in filter(None, towns.split("|")):
                _spelled(found, town, Height.TOWN, region=state, country=land)
    return found


def _spelled(found: dict[str, Site], spellings: str, height: Height, *, region: str = "", country: str = "") -> str:
    """Every spelling of one place, split at "="; its name is the first."""
    keys = [_key(fold(name)) for name in spellings.split("=")]
    area = height == Height.TOWN and _AREA.search(keys[0])
    site = Site(
        keys[0],
        Height.AREA if area else height,
        keys[0] if height == Height.REGION else region,
        keys[0] if height == Height.COUNTRY else country,
        tuple(keys[1:]),
    )
    for key in keys:
        found.setdefault(key, site)
    return keys[0]
