"""The one read path: every surface asks here, and gets frozen values.

``pages``     ``events``, ``alerts``, ``stories`` and other lists: a filter, a page, a cursor
``details``   ``event``, ``alert``, ``delivery`` and the like: one thing, with all that belongs to it
"""

from typing import TYPE_CHECKING, Any

from monitor.filtering import Filter
from monitor.later import Later
from monitor.query.pages import (
    EVERYTHING,
    MAX_LIMIT,
    Page,
    Pages,
    alerts,
    carried,
    deliveries,
    end_of_alerts,
    events,
    every,
    facets,
    feedback,
    feeds,
    place_of_alert,
    silences,
    stories,
)

if TYPE_CHECKING:
    from monitor.query.details import (
        AlertDetail,
        DeliveryDetail,
        EventDetail,
        FeedDetail,
        StoryDetail,
        alert,
        channel,
        delivery,
        event,
        feed,
        related,
        story,
    )

__all__ = [
    "EVERYTHING",
    "MAX_LIMIT",
    "AlertDetail",
    "DeliveryDetail",
    "EventDetail",
    "FeedDetail",
    "Filter",
    "Page",
    "Pages",
    "StoryDetail",
    "alert",
    "alerts",
    "carried",
    "channel",
    "deliveries",
    "delivery",
    "end_of_alerts",
    "event",
    "events",
    "every",
    "facets",
    "feed",
    "feedback",
    "feeds",
    "place_of_alert",
    "related",
    "silences",
    "stories",
    "story",
]

_DETAILS = Later("monitor.query.details")


def __getattr__(name: str) -> Any:
    """What is of ``details``: lists, which are asked for more often, do without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_DETAILS, name)
