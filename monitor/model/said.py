"""What people say of events and stories: feedback, silences, corrections of grouping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType

from monitor.model.events import EventId
from monitor.model.matches import Label
from monitor.model.stories import StoryId

SilenceId = NewType("SilenceId", str)


class FeedbackKind(StrEnum):
    """What a person says of an event or a story."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    WRONG_SLOT = "wrong_slot"  # rightly told, with a name, place, sum or status that is wrong
    WRONG_EVENT = "wrong_event"  # grouped with what it does not belong to


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One person's word on an event or a story, with all that is needed to learn from it when the story is long deleted.

    ``target`` is the id of the event or story, ``title`` and ``summary`` the words judged (of an event: its founder's),
    ``labels``, ``trace`` and ``version`` what the classifier said of them. ``current``: this person said nothing newer.
    """

    id: str = ""  # given by the store
    target: str
    target_kind: Literal["event", "story"]
    kind: FeedbackKind
    by: str
    via: str = ""  # the surface or channel: cli, api, page, slack
    note: str = ""
    story_id: StoryId
    title: str
    summary: str = ""
    url: str = ""
    labels: tuple[Label, ...] = ()
    trace: tuple[str, ...] = ()
    version: str = ""
    at: datetime
    current: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What people asked not to hear of from ``starts_at`` until ``ends_at``. ``match``: a route's conditions, as JSON values."""

    id: SilenceId
    match: dict[str, object]
    starts_at: datetime
    ends_at: datetime
    author: str
    comment: str = ""
    created_at: datetime
    expired_by: str = ""  # who took it back before its end

    def holds(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's word on grouping, kept for ever: two events were one, or stories of one event were another.

    ``stories``: the founder of the event that stays, then those that were moved. Each of them with the founder is a pair that
    tells one happening (``same``) or not: what grouping learns from.
    """

    id: str
    kind: Literal["merge", "split"]
    event_id: EventId  # the event that stays
    other_id: EventId  # the event that went into it, or came out of it
    stories: tuple[StoryId, ...]
    by: str
    note: str = ""
    at: datetime

    @property
    def same(self) -> bool:
        return self.kind == "merge"
