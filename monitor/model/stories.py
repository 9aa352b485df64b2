"""Where news comes from and what comes: feeds with their polling state, stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

FeedId = NewType("FeedId", str)
StoryId = NewType("StoryId", str)


class FeedState(StrEnum):
    OK = "ok"
    FAILING = "failing"  # the last poll could not be used
    QUIET = "quiet"  # it answers, but what it had to say has stopped: empty, unchanged for too long, or another's
    RESTING = "resting"  # paused by a person, gone (410), or taken out of config/feeds.yaml


class FeedShown(StrEnum):
    """A feed's state as people are told it: what somebody paused is apart from what rests for another reason."""

    OK = "ok"
    FAILING = "failing"
    QUIET = "quiet"
    RESTING = "resting"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscribed address and its polling state. ``etag`` and ``last_modified`` are kept exactly as they were sent.

    ``url`` is asked; ``given_url`` is what a person wrote, where permanent redirects have led elsewhere since.
    """

    id: FeedId
    name: str
    url: str
    source: str = "syndication"  # key of the source registry
    category: str = ""
    declared: bool = True  # ruled by config/feeds.yaml; False: added by command
    state: FeedState = FeedState.OK
    paused: bool = False
    etag: str = ""
    last_modified: str = ""
    body_digest: str = ""
    interval_seconds: float = 0.0  # the wait its own rhythm asks for, without jitter; 0 before the first poll
    next_check: datetime | None = None  # None: due now
    last_checked: datetime | None = None
    last_success: datetime | None = None
    last_story: datetime | None = None
    baseline_done: bool = False
    failures: int = 0  # in a row
    last_error: str = ""
    polls: int = 0
    stories: int = 0
    matches: int = 0
    title: str = ""  # in the feed's own words
    given_url: str = ""  # "": the same as url
    moved_to: str = ""  # where permanent redirects lead, not yet followed for good
    moved_polls: int = 0  # that said so, in a row
    moved_since: datetime | None = None
    changed_at: datetime | None = None  # when a document last brought something new
    added_at: datetime | None = None  # when it was first polled
    gap_seconds: float = 0.0  # usual time between its stories; 0: not known yet
    longest_gap: float = 0.0  # seconds; fades slowly
    haste: float = 1.0  # what its interval is multiplied by since polls overlapped too little; 1 is none
    overruns: int = 0  # polls that shared no entry with the one before: entries were missed
    rung: int = 0  # of the identity ladder it stands on: 0 guid, 1 link, 2 words
    state_since: datetime | None = None
    told_state: FeedState = FeedState.OK  # what the operator was told last
    pushed_until: datetime | None = None  # a hub pushes its entries until then
    ttl_seconds: float = 0.0  # the wait its last document asked for; 0: none
    skip_hours: int = 0  # the UTC hours it asked not to be asked in: bit 0 is midnight
    skip_days: int = 0  # and the days: bit 0 is Monday
    missed_since: datetime | None = None  # when a page failed behind which missed entries stand; None: all were reached

    @property
    def shown(self) -> FeedShown:
        return FeedShown.PAUSED if self.paused else FeedShown(self.state.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One news item, normalised: plain text, markup off, the outlet's suffix still on the title."""

    id: StoryId
    feed_id: FeedId
    url: str
    title: str
    summary: str = ""
    outlet: str = ""
    published: datetime | None = None  # as the publisher said, possibly absent, wrong or in the future
    first_seen: datetime

    @property
    def at(self) -> datetime:
        """The time to order and window by: published, unless it is absent or after we saw it."""
        return self.published if self.published is not None and self.published <= self.first_seen else self.first_seen
