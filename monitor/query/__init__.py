"""The one read path: every surface asks here, and gets frozen values.

``pages``     ``events``, ``alerts``, ``stories`` and other lists: a filter, a page, a cursor
``details``   ``event``, ``alert``, ``delivery`` and the like: one thing, with all that belongs to it
"""

from monitor.filtering import Filter
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
