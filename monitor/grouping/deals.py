"""Where two deals of one firm are two: with another counterparty, or said to be a further one, and of another size."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from monitor.grouping.facts import Facts, same_org
from monitor.grouping.sites import COUNTRIES, STATES
from monitor.grouping.towns import DAYS, further, one_figure, other_figures, town_of
from monitor.grouping.words import TEXTS_KEPT
from monitor.model import BuildoutAction, Event, Label, Story
from monitor.text import fold, headline

# What two firms agree on: a campus or a purchase has many who pay, of whom each headline names another.
DEALS = frozenset({BuildoutAction.LEASE, BuildoutAction.COMPUTE_DEAL, BuildoutAction.POWER_DEAL})
AGREED = DEALS | {BuildoutAction.ACQUIRE, BuildoutAction.FINANCE}  # what is called off, as a site is cancelled
SHORTEST = 4  # letters of a ticker
# Who is no one firm: those of a trade, a public body, a land.
_NO_FIRM = re.compile(
    r"\b(?:big tech|(?:compan|cit|count|utilit|authorit|agenc)(?:y|ies)|(?:firm|giant|developer|bank|lender|investor|resident|"
    r"lawmaker|senator|governor|mayor|council|commission|committee|hyperscaler|startup|regulator|state|town|township|operator)s?|"
    r"government|senate|congress|house|court|ministry|department|board|administration|us|uk|eu|europe|"
    rf"{STATES}|{COUNTRIES})$"
)

# Firms of one house, of which one headline names this one and the other that. (``loose_key``.)
_HOUSES = (
    *(("google", "alphabet", "deepmind"), ("meta", "facebook"), ("microsoft", "azure"), ("amazon", "aws")),
    *(("xai", "spacex", "tesla", "starlink"), ("foxconn", "hon hai"), ("blackstone", "qts", "airtrunk")),
    *(("brookfield", "compass datacenters"), ("digitalbridge", "switch", "vantage"), ("nextera", "florida power light")),
)


def other_deal(story: Story, a: Facts, event: Event, b: Facts, hours: float) -> bool:
    """The headlines of ``story`` and of ``event``, begun ``hours`` ago, tell of two deals of one firm, or of two plans."""
    if Label.INFRASTRUCTURE not in a.labels & b.labels or not a.actions & b.actions:
        return False
    mine, theirs = _named(a, [story.title]), _named(b, [s.title for s in event.told_by])
    shared = {org for org in mine if _among(org, theirs)}
    if not shared:
        return False
    again = further(story.title) and not any(further(s.title) for s in event.told_by)
    others = other_figures(story, a, event, b)
    if again and others and hours >= DAYS:
        return True
    if not a.actions & b.actions & DEALS or not _strangers(mine - shared, theirs, story, a, event, b):
        return False
    # A tenant and who stands behind it, a firm and its arm are one side by two names: these are told on one day, in one sum.
    late = hours >= DAYS and len(mine) == len(theirs) == 2
    return others or ((again or late) and not one_figure(story, a, event, b))


def other_builder(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """The headlines of ``story`` and of ``event`` name firms, no firm in common, and neither side knows of the other's."""
    if Label.INFRASTRUCTURE not in a.labels & b.labels or Label.EXECUTIVE_MOVE in a.labels | b.labels:
        return False
    mine, theirs = _named(a, [story.title]), _named(b, [s.title for s in event.told_by])
    if any(_among(org, b.orgs) for org in mine) or any(_among(org, a.orgs) for org in theirs):
        return False
    if any(_of_house(mine, house) and _of_house(theirs, house) for house in _HOUSES):
        return False
    return _strangers(mine, theirs, story, a, event, b)


def another_builder(story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """Of an ``other_builder``: firms of both headlines build, and no figure, town or code name is told of both."""
    mine, theirs = _building(a, [story.title]), _building(b, [s.title for s in event.told_by])
    if not (mine and theirs) or any(_initials(one, other) for one in mine for other in theirs):
        return False
    one_site = a.place and a.place == b.place and town_of(story.title, a.place)
    one_plan = a.project and b.project and same_org(a.project, b.project)
    return not (one_site or one_plan or one_figure(story, a, event, b))


def _building(facts: Facts, titles: Iterable[str]) -> set[str]:
    """The firms among the builders that headlines name: no people, no public bodies, nobody in general."""
    people = {" ".join(sorted(person.split())) for person in facts.people}
    named = (org for org in _named(facts, titles) if org in facts.builders and not _NO_FIRM.search(org))
    return {org for org in named if " ".join(sorted(org.split())) not in people}


def _of_house(orgs: Iterable[str], house: tuple[str, ...]) -> bool:
    return any(_among(org, house) for org in orgs)


def _initials(one: str, other: str) -> bool:
    """One name shortens the other: its initials, or how it begins, as tickers do."""
    short, long = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    words = max((one, other), key=len).split()
    return "".join(word[0] for word in words) == short or (len(short) <= SHORTEST and long[0] == short[0])


def _strangers(new: set[str], theirs: set[str], story: Story, a: Facts, event: Event, b: Facts) -> bool:
    """Each headline names somebody of whom the other side knows nothing: ``new`` and who of ``theirs`` is not in the story."""
    old = {org for org in theirs if not _among(org, a.orgs)}
    told = _words(f"{story.title} . {story.summary}")
    known = "".join(_words(f"{s.title} . {s.summary}") for s in event.told_by)
    if not (new and old) or any(_tells(org, told) for org in old):
        return False
    return not any(_tells(org, known) or _among(org, b.orgs) for org in new)


def _named(facts: Facts, titles: Iterable[str]) -> set[str]:
    """The organisations that headlines name."""
    text = "".join(_words(headline(title)) for title in titles)
    return {org for org in facts.orgs if _tells(org, text)}


def _tells(org: str, text: str) -> bool:
    return f" {org} " in text


@lru_cache(maxsize=TEXTS_KEPT)
def _words(text: str) -> str:
    """Folded, a space before and behind each word."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "


def _among(org: str, others: Iterable[str]) -> bool:
    return any(same_org(org, other) for other in others)
