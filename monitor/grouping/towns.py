"""Where two stories of one firm and one region tell of two sites: their headlines give two towns, and something says that these
are not one site by two names.

A site goes by its town and by the city nearby, so that a second town alone is no proof, and nothing here knows what lies where.
Proof is what the stories say: two sums, a "second" one, the first named beside it; or that both give a town in the same way and
neither has heard of the other's. A figure that both tell makes them one site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from monitor.grouping.facts import Facts, agree, same_org
from monitor.grouping.figures import agree as figures_agree
from monitor.grouping.figures import figures
from monitor.grouping.sites import CODE_NAME, COUNTRIES, STATES
from monitor.grouping.words import TEXTS_KEPT
from monitor.model import Event, Quantity, Story
from monitor.text import fold, headline

DAYS = 48.0  # hours after which what is told of another town is hardly one more telling of the first
SITED = frozenset({"build", "lease", "oppose", "policy", "cancel"})  # ways of what has a site
_STATE = re.compile(rf"(?:{STATES})\b")
_SHORTENED = re.compile(r"(?!uk|eu|us)[a-z]{2}|[a-z]{2,5}\.|[a-z]\. ?[a-z]{1,2}\.")
_COUNTRY = re.compile(rf"(?:{COUNTRIES})$")
# What holds towns, in a state or alone; and what is a town only where its state stands behind it ("South Bend, Indiana").
_AREA = re.compile(
    r"county\b.*|.*\b(?:county|parish|townships?|valley|basin|panhandle|region|area|metro|country|desert|peninsula|and\b.*)"
)
_WIDE = re.compile(
    r"(?:north|south|east|west|central|northern|southern|eastern|western|upstate|rural|greater)\b.*|.*\b(?:coast|district|province|"
    r"prefecture|islands?|sea|lake|ocean|north|south|east|west|midwest|union|orbit|space|america)|us|usa|u\.s\.|uk|u\.k\.|eu|uae|"
    r"asia|africa|europe|britain|england|scotland|wales|nordics?|baltics?|scandinavia|mena|gulf|arctic|americas|appalachia"
)
_BUILDING = (
    r"(?:data ?cent(?:er|re)s?|datacent(?:er|re)s?|campus(?:es)?|sites?|plants?|fabs?|factor(?:y|ies)|complex|facilit(?:y|ies))"
)
_NAME = r"(?!(?:In|Near|Outside|At|The|For)\b)[A-Z][\w.'’-]*(?:\s(?!(?:In|Near|Outside|At)\b)[A-Z][\w.'’-]*){0,3}"
# Where somebody sits or speaks is no site: "a judge in Tulsa", "at a meeting in Austin".
_NOT_SITE = "".join(
    rf"(?<!(?i:{word}) )" for word in "based headquartered judge court hearing meeting summit office firm company".split()
)
_HELD = r"[A-Z]\. ?[A-Z][a-z]?\.|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b|[A-Z][A-Za-z ]*"
# "in Abilene, Texas", "near St. Cloud, Minn.": the town whose state stands behind it.
_IN_STATE = re.compile(rf"{_NOT_SITE}\b(?P<at>[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)\s(?P<town>{_NAME}),\s(?P<state>{_HELD})")
_IN = rf"{_NOT_SITE}\b(?:in|at|for|to|picks?|chooses?|selects?)\s(?:nearby\s)?"
_NEAR = r"\b(?:near|outside|outside of|close to|(?:north|south|east|west) of|miles from|around)\s(?:the\s|downtown\s)?"
_COUNCIL = r"\s(?:city\s|town\s|village\s)?(?:council|planners|planning|zoning|commission(?:ers)?|board|voters|mayor|trustees)\b"
_OWNER = r"(?!\s(?:firm|company|operator|developer|landlord|owner|giant|startup|start-up))"  # "Abilene data center firm"
_DEAL = r"(?:leases?|deals?|contracts?|agreements?|mw|gw|megawatts?|gigawatts?)"
# "a second Texas data center", "another 300 MW", "third lease": not "second quarter", nor "new", which any plan is.
_FURTHER = re.compile(
    r"\b(?:second|2nd|third|3rd|fourth|fifth|another|additional|separate|next|fresh|further)\s"
    rf"(?!largest|biggest|phase|stage|time|quarter|half)(?:[\w$€£.,-]+\s){{0,5}}?(?:{_BUILDING}|{_DEAL})\b"
    r"|\b(?:another|additional)\s(?:up to\s)?[$€£]?\d|\balso\s(?:to\s)?(?:builds?|picks?|plans?|leases?|signs?|building)\b"
    r"|\bone more\b|\bthis time\b"
)
_COUNTY = re.compile(r"\b((?!(?:The|In)\b)[A-Z][a-z.'’-]+(?: [A-Z][a-z.'’-]+)?) (?:County|Parish)\b")
_BESIDE = r"(?:after|besides|beyond|following|follows|alongside|adds to|adding to|in addition to|on top of|joins|joining)"


@dataclass(frozen=True, slots=True)
class Town:
    """Folded; ``near``: the site lies near or outside of it; ``sure``: no region, as its state or its council tells."""

    name: str
    near: bool
    sure: bool


def further(title: str) -> bool:
    """The headline says that there was one before: "second campus", "another 300 MW"."""
    return bool(_FURTHER.search(fold(headline(title))))


@lru_cache(maxsize=4096)
def town_of(title: str, place: str) -> Town | None:
    """The town a headline puts a site in or near: with its state behind it, or the one of the slot ``place``, folded.

    >>> town_of("Corvid plans campus outside Abilene, Texas", "")
    Town(name='abilene', near=True, sure=True)
    """
    bare = headline(title)
    stated = [m for m in _IN_STATE.finditer(bare) if _is_state(m["state"]) and not _AREA.fullmatch(fold(m["town"]))]
    if len(stated) == 1:
        return Town(fold(stated[0]["town"]), near=fold(stated[0]["at"]) in ("near", "outside"), sure=True)
    name, _, held = place.partition(",")
    in_state = _is_state(held)
    if stated or not name or _AREA.fullmatch(name) or not (in_state or _alone(name)):
        return None
    text, town = fold(bare), rf"\b{re.escape(name)}(?!\w|'s\b|-)"
    if re.search(_NEAR + town, text):
        return Town(name, near=True, sure=in_state)
    if re.search(town + _COUNCIL, text):
        return Town(name, near=False, sure=True)
    sited = re.search(_IN + town, text) or re.search(rf"{town}(?:,\s[\w.]+)?\s(?:[\w$.-]+\s){{0,2}}?{_BUILDING}\b{_OWNER}", text)
    return Town(name, near=False, sure=in_state) if sited else None


def _alone(name: str) -> bool:
    """It may be a town where nothing stands behind it."""
    return not (_WIDE.fullmatch(name) or _STATE.fullmatch(name) or _COUNTRY.fullmatch(name))


def _is_state(told: str) -> bool:
    """It begins with the name of a state, or is what shortens one: "Tex.", "TX", of a slot "tx"."""
    found = fold(told).strip()
    return bool(_STATE.match(found) or _SHORTENED.fullmatch(found))


def other_town(story: Story, a: Facts, event: Event, b: Facts, hours: float) -> bool:
    """Headlines put ``story`` in one town and ``event``, begun ``hours`` ago, in another, and these are two sites."""
    mine = town_of(story.title, a.place) if a.ways & SITED and b.ways & SITED else None
    theirs = {town for s in event.told_by if (town := town_of(s.title, b.place))} if mine else set()
    if mine is None or len({town.name for town in theirs}) != 1:
        return False
    known = next(iter(theirs)).name
    if same_org(mine.name, known) or SequenceMatcher(None, mine.name, known).ratio() >= 0.8:  # somebody misspelt it
        return False
    if any(_tells(mine.name, f"{s.title} {s.summary}") for s in event.told_by):
        return False
    again = further(story.title) and not any(further(s.title) for s in event.told_by)
    text = f"{story.title} {story.summary}"
    if _tells(known, text):
        return _beside(known, text, again=again)
    if other_figures(story, a, event, b):
        return True
    if one_figure(story, a, event, b):
        return False
    if not again and _one_plan(story, a, event, b):
        return False
    alike = {mine.near} == {town.near for town in theirs}
    sure = mine.sure and all(town.sure for town in theirs)
    return again or (alike and (mine.near or sure or hours >= DAYS))


def _one_plan(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """Both tell one county, whichever towns of it they name, or one code name, which is of one site ("Stargate" is of many)."""
    if a.project == b.project and CODE_NAME.fullmatch(a.project):
        return True
    known = {name for s in event.told_by for name in _counties(f"{s.title}\n{s.summary}")}
    return bool(known & _counties(f"{story.title}\n{story.summary}"))


@lru_cache(maxsize=TEXTS_KEPT)
def _counties(text: str) -> frozenset[str]:
    return frozenset(fold(found[1]) for found in _COUNTY.finditer(text))


def _tells(town: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(town)}\b", fold(text)))


def _beside(town: str, text: str, *, again: bool) -> bool:
    """The text names ``town`` as where another site is: not as the city that its own is near."""
    folded, name = fold(text), re.escape(town)
    if re.search(rf"{_NEAR}{name}\b|\b{name}\s(?:area|metro|suburbs?|region)\b", folded):
        return False
    return again or bool(re.search(rf"\b{_BESIDE}\s(?:its|the|a|an|one in|that in)\s(?:[\w-]+\s){{0,3}}?{name}\b", folded))


def other_figures(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """Both headlines give a sum, or both a capacity, and neither of the two is known to the other."""
    titles = [s.title for s in event.told_by]
    for mine, theirs in ((a.amounts, b.amounts), (a.capacity, b.capacity)):
        told, known = _in(mine, [story.title]), _in(theirs, titles)
        if told and known and not agree(told, theirs) and not agree(known, mine):
            return True
    return False


def one_figure(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """A sum, a capacity, or anything counted is told of both."""
    if agree(a.amounts, b.amounts) or agree(a.capacity, b.capacity):
        return True
    mine = figures(f"{story.title}. {story.summary}")
    return any(figures_agree(mine, figures(f"{s.title}. {s.summary}")) for s in event.told_by)


def _in(quantities: Iterable[Quantity], titles: Iterable[str]) -> list[Quantity]:
    text = "\n".join(titles)
    return [q for q in quantities if q.text in text]
