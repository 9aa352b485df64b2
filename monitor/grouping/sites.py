"""Where two stories of one firm cannot mean one site: headlines give two countries, two American states or two code names.

Of towns see ``towns``: a site goes by its town, its county and the city nearby. Where there is doubt it is one site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from monitor.grouping.facts import Facts
from monitor.model import Event, Story
from monitor.text import fold, headline

STATES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|"
    "kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|"
    "new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|"
    "south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming"
)
COUNTRIES = (
    "argentina|australia|austria|bahrain|bangladesh|belgium|brazil|bulgaria|canada|chile|china|colombia|croatia|cyprus|czechia|"
    "denmark|egypt|estonia|finland|france|germany|greece|hungary|iceland|india|indonesia|ireland|israel|italy|japan|jordan|"
    "kazakhstan|kenya|kuwait|latvia|lithuania|luxembourg|malaysia|malta|mexico|morocco|nepal|netherlands|new zealand|nigeria|"
    "norway|oman|pakistan|peru|philippines|poland|portugal|qatar|romania|saudi arabia|serbia|singapore|slovakia|slovenia|"
    "south africa|south korea|spain|sri lanka|sweden|switzerland|taiwan|thailand|tunisia|turkey|ukraine|united arab emirates|"
    "uruguay|uzbekistan|vietnam"
)
_KIND = {name: kind for kind, names in (("state", STATES), ("country", COUNTRIES)) for name in names.split("|")}
_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_KIND, key=len, reverse=True))})\b")  # "west virginia" before "virginia"
# "plans data center in Lebanon, Indiana", "to build near Odense in Denmark": not what a firm is of, "Taiwan's", "a Norway-based";
# nor "near Memphis, Tennessee", which may be across the line.
_SITED = re.compile(r"\w(?<!based)(?<!headquartered) in\s(?:the\s)?(?:[\w.'-]+(?:\s[\w.'-]+){0,3},\s)?$")
_SHORTENED = re.compile(r", (?:[A-Z]{2}\b|[A-Z][a-z]{1,4}\.|[A-Z]\. ?[A-Z][a-z]?\.)")  # ", Tenn.", ", TN", ", N.C."
CODE_NAME = re.compile(r"project [a-z0-9]+")


@lru_cache(maxsize=4096)
def named(text: str) -> frozenset[str]:
    """The countries and states that ``text`` names, also as parts of longer names."""
    return frozenset(_NAME.findall(fold(text)))


@lru_cache(maxsize=4096)
def region_of(title: str, location: str) -> str:
    """The one country or state that a headline names, where it says that the site is in it and the slot ``location`` does too.

    >>> region_of("Corvid Systems plans data center in Odense, Denmark", "Odense, Denmark")
    'denmark'
    >>> region_of("Taiwan's Corvid Systems to build second plant", "Taiwan")
    ''
    """
    text = fold(headline(title))
    found = list(_NAME.finditer(text))
    if len(found) != 1 or found[0][0] not in named(location):
        return ""
    one = found[0]
    beyond = re.match(r"'s\b|-|\s(?:city|to)\b", text[one.end() :])
    return one[0] if not beyond and _SITED.search(text[: one.start()]) else ""


def apart(one: str, other: str) -> bool:
    """Two countries, or two states: neither holds the other, and neither name is part of the other's."""
    return bool(one and other) and _KIND[one] == _KIND[other] and one not in other and other not in one


def mentioned(region: str, place: str, texts: Iterable[str]) -> bool:
    """Some text names the region or a part of the place, or shortens the name of a state, whichever it is."""
    towns = [town for part in place.split(",") if (town := part.strip())]
    for text in texts:
        if _SHORTENED.search(text) or any(region in other or other in region for other in named(text)):
            return True
        if any(town in fold(text) for town in towns):
            return True
    return False


def sites_told(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """The places of ``a`` and ``b`` stand in headlines: neither is a bystander's of a summary."""
    return a.place in fold(story.title) and any(b.place in fold(s.title) for s in event.told_by)


def other_region(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """Headlines say that one is built in one country or state, one in another, and neither tells of the other's anywhere."""
    if "build" not in a.ways & b.ways:
        return False
    mine = region_of(story.title, a.place)
    theirs = sorted({region for s in event.told_by if (region := region_of(s.title, b.place))})
    if len(theirs) != 1 or not apart(mine, theirs[0]):
        return False
    told = [b.place, *(f"{s.title} {s.summary}" for s in event.told_by)]
    return not (mentioned(mine, a.place, told) or mentioned(theirs[0], b.place, [a.place, f"{story.title} {story.summary}"]))


def other_code_name(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """Headlines call one plan "Project Sail" and the other "Project Peach", and neither story knows the other's name."""
    if not (CODE_NAME.fullmatch(a.project) and CODE_NAME.fullmatch(b.project)) or a.project not in fold(story.title):
        return False
    if not any(b.project in fold(s.title) for s in event.told_by):
        return False
    mine, theirs = (facts.project.partition(" ")[2] for facts in (a, b))
    if SequenceMatcher(None, mine, theirs).ratio() >= 0.7:  # "Sail" and "Sale": somebody misspelt it
        return False
    known = any(mine in fold(f"{s.title} {s.summary}") for s in event.told_by)
    return not known and theirs not in fold(f"{story.title} {story.summary}")
