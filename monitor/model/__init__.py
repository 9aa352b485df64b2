"""The words of Movewire as frozen values: Feed, Story, Match (Move, Buildout), Event, Alert, Delivery.

Times are aware datetimes in UTC. Every value is complete in itself: rows never leave the store, these do. Others import them
from here; the modules within go the way of the data.
"""

from monitor.model.deliveries import Delivery, DeliveryId, DeliveryState, DigestItem
from monitor.model.events import (
    MAX_EVENT_STORIES,
    SEVERITIES,
    Alert,
    AlertId,
    Change,
    ChangeKind,
    Event,
    EventId,
    EventStory,
    Severity,
)
from monitor.model.matches import (
    Buildout,
    BuildoutAction,
    Decision,
    Label,
    Match,
    Move,
    MoveAction,
    Nature,
    Quantity,
    RoleLevel,
    Span,
    Status,
    Verdict,
)
from monitor.model.said import Correction, Feedback, FeedbackKind, Silence, SilenceId
from monitor.model.stories import Feed, FeedId, FeedShown, FeedState, Story, StoryId

__all__ = [
    "MAX_EVENT_STORIES",
    "SEVERITIES",
    "Alert",
    "AlertId",
    "Buildout",
    "BuildoutAction",
    "Change",
    "ChangeKind",
    "Correction",
    "Decision",
    "Delivery",
    "DeliveryId",
    "DeliveryState",
    "DigestItem",
    "Event",
    "EventId",
    "EventStory",
    "Feed",
    "FeedId",
    "FeedShown",
    "FeedState",
    "Feedback",
    "FeedbackKind",
    "Label",
    "Match",
    "Move",
    "MoveAction",
    "Nature",
    "Quantity",
    "RoleLevel",
    "Severity",
    "Silence",
    "SilenceId",
    "Span",
    "Status",
    "Story",
    "StoryId",
    "Verdict",
]
