"""One firm's sites told on one day: whether a story tells another than its event, or one more.

A place is the least certain slot: it may be a firm's seat, a council's county, or the same site by its state, its county or the
next large town. So only places count that headlines give, and only of somebody who builds, buys, leases or stops there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.grouping.atlas import Site, apart, before_names, names, other_town, region_of, sites
from monitor.grouping.facts import Facts, agree, loose_key, meet, same_org
from monitor.model import Buildout, BuildoutAction, Event, EventStory, Story
from monitor.text import fold

SITED = frozenset(
    {
        BuildoutAction.BUILD,
        BuildoutAction.EXPAND,
        BuildoutAction.OPEN,
        BuildoutAction.INVEST,
        BuildoutAction.ACQUIRE,
        BuildoutAction.LEASE,
        BuildoutAction.CANCEL,
    }
)
MAX_SITES = 12  # of one event
# Before a place where nothing is built: whose seat it is, where somebody comes from, what was not chosen.
_BYSTANDS = re.compile(
    r"\b(?:(?<!city )(?<!town )(?<!village )(?<!side )(?<!orth )(?<!outh )(?<!east )(?<!west )of|from|beyond|over|not|than|unlike"
    r"|(?:first|second|third|only)(?: \w+)? outside)\s(?:the\s)?$"
)


def elsewhere(story: Story, event: Event, a: Facts, b: Facts) -> bool:
    """The story's site is clearly another than the event's: in another state or country, each told in a headline, and neither
    told by the other, nor its state. One sum, capacity or project in both is one plan, which may have two sites."""
    if not (a.place and b.place and SITED & a.actions and SITED & b.actions and meet(a.orgs, b.orgs)):
        return False
    if agree(a.amounts, b.amounts) or agree(a.capacity, b.capacity) or _one_project(a, b):
        return False
    mine, theirs = sites(a.place), sites(b.place)
    if not all(apart(one, other) for one in mine for other in theirs):
        return False
    if not (any(_built_at(story.title, site) for site in mine) and any(_in_headline(s.title, theirs) for s in event.told_by)):
        return False
    return not any(_tells(story, site) for site in theirs) and not any(_tells(s, site) for s in event.told_by for site in mine)


def both_told(story: Story, event: Event, a: Facts, b: Facts) -> bool:
    """Both places stand in headlines: neither is a bystander's of a summary."""
    return a.place in fold(story.title) and any(b.place in fold(s.title) for s in event.told_by)


def one_more(story: Story, event: Event, new: Buildout) -> str:
    """Where the story's headline builds beside the site that the event has: that place as it is written, "" for none.

    Of two towns that may be neighbours it is one more where the headline names both, or neither story knows the other's.
    """
    old = event.buildout
    if old is None or not (
        old.location and new.location and old.action in SITED and new.action in SITED - {BuildoutAction.CANCEL}
    ):
        return ""
    known = sites(old.location)
    told = [s for s in event.told_by if s.story_id != story.id]
    if len(known) >= MAX_SITES or not any(_in_headline(s.title, known) for s in told):
        return ""
    return " and ".join(site.told for site in sites(new.location) if _is_new(site, known, story, told))


def has_sites(event: Event, told: str, orgs: Iterable[str]) -> bool:
    """The event is of one of the firms ``orgs`` at each of the places of ``told``."""
    built = event.buildout
    if built is None or not meet(map(loose_key, built.orgs), map(loose_key, orgs)):
        return False
    return {site.name for site in sites(told)} <= {site.name for site in sites(built.location)}


def _is_new(site: Site, known: Iterable[Site], story: Story, told: Iterable[EventStory]) -> bool:
    if not _built_at(story.title, site) or any(names(s.title, site) for s in told):
        return False
    return all(apart(site, other) or (other_town(site, other) and _beside(site, other, story, told)) for other in known)


def _beside(site: Site, other: Site, story: Story, told: Iterable[EventStory]) -> bool:
    if names(story.title, other):
        return True
    return not (names(_text(story), other) or any(names(_text(s), site) for s in told))


def _one_project(a: Facts, b: Facts) -> bool:
    return bool(a.project and b.project) and same_org(a.project, b.project)


def _in_headline(title: str, places: Iterable[Site]) -> bool:
    return any(names(title, site) for site in places)


def _built_at(title: str, site: Site) -> bool:
    return any(not _BYSTANDS.search(before) for before in before_names(title, site))


def _tells(story: Story | EventStory, site: Site) -> bool:
    region = region_of(site)
    return names(_text(story), site) or (region is not None and names(_text(story), region))


def _text(story: Story | EventStory) -> str:
    return f"{story.title}. {story.summary}"
