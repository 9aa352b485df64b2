"""Is an entry a copy of an outlet's own story, come by another way? Pure.

Google News gives every story an address of its own, and outlets give one story several in their sections' feeds: there the
canonical URL says nothing. The title says it, where outlet and time agree. Another outlet's copy is no repetition: it is
that outlet's story, and joins the same event.
"""

from __future__ import annotations

import re
from datetime import timedelta

from monitor.interfaces import Entry
from monitor.model import Story
from monitor.text import fold
from monitor.urls import host_of, registrable

OPAQUE = "news.google.com"  # its addresses name no outlet
GOOGLE_WITHIN, OUTLET_WITHIN = timedelta(hours=36), timedelta(hours=1)
_LETTERS = re.compile(r"[^a-z0-9]+")


def copy_of(entry: Entry, story: Story) -> bool:
    """Does ``entry`` repeat ``story``, given that their titles agree?

    A Google News entry repeats what its outlet said itself; an outlet's entry repeats what another feed of that outlet
    said at the same time, so that a title used every day stays a story every day. Never the other way round: an outlet's
    own words are worth more than Google's copy of them.
    """
    if host_of(story.url) == OPAQUE:
        return False
    opaque = host_of(entry.link) == OPAQUE
    if entry.published is None or story.published is None:
        return False
    if abs(entry.published - story.published) > (GOOGLE_WITHIN if opaque else OUTLET_WITHIN):
        return False
    site = registrable(story.url)
    if not opaque:
        return bool(site) and registrable(entry.link) == site
    if entry.outlet_url:
        return registrable(entry.outlet_url) == site
    return bool(entry.outlet) and (fold(entry.outlet) == fold(story.outlet) or _masthead(entry.outlet) == site.split(".")[0])


def _masthead(outlet: str) -> str:
    """An outlet's name as its domain would have it: ``Other Gazette`` to ``othergazette``, ``Reuters.com`` to ``reuters``."""
    name = fold(outlet)
    return _LETTERS.sub("", re.sub(r"\.(?:com|org|net|co\.uk)$", "", name).removeprefix("the "))
