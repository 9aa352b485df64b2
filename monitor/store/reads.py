"""Looking things up inside one snapshot: what the pipeline needs to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, func, select, union

import monitor.store.codec as codec
import monitor.store.postings as postings
import monitor.store.tables as t
from monitor.model import Event, EventId, Feed, FeedId, Match, Story, StoryId
from monitor.store.dialect import Dialect
from monitor.store.feed_codec import feed_of, prints_of
from monitor.store.values import clean, event_of, micros

if TYPE_CHECKING:
    from monitor.results import Membership, StoryKey

_CHUNK = 500  # values in one IN list


def chunks(values: Collection[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    """``values`` without repeats, in lists short enough for one IN."""
    unique = list(dict.fromkeys(values))
    for start in range(0, len(unique), size):
        yield unique[start : start + size]


_KNOWN = select(t.story_keys).where(
    t.story_keys.c.feed_id == bindparam("feed_id"), t.story_keys.c.key.in_(bindparam("keys", expanding=True))
)
_PRINTS = select(t.feed_prints.c.prints).where(t.feed_prints.c.feed_id == bindparam("feed_id"))
_BY_URL = (
    select(t.stories).where(t.stories.c.canonical_url.in_(bindparam("urls", expanding=True))).order_by(t.stories.c.seq.desc())
)
_BY_TITLE = (
    select(t.stories)
    .where(t.stories.c.title_digest.in_(bindparam("digests", expanding=True)), t.stories.c.first_seen >= bindparam("since"))
    .order_by(t.stories.c.seq)
)
_RECENT = (
    select(t.stories).where(t.stories.c.feed_id == bindparam("feed_id")).order_by(t.stories.c.seq.desc()).limit(bindparam("most"))
)
_STORIES = select(t.stories).where(t.stories.c.id.in_(bindparam("ids", expanding=True)))
_MATCHES = select(t.matches).where(t.matches.c.story_id.in_(bindparam("ids", expanding=True)))
_EVENT = select(t.events.c.document).where(t.events.c.id == bindparam("id"))
_EVENT_OF_STORY = (
    select(t.events.c.document)
    .join(t.memberships, t.memberships.c.event_id == t.events.c.id)
    .where(t.memberships.c.story_id == bindparam("story_id"), t.memberships.c.relation != "related")
    .order_by(t.memberships.c.at.desc(), t.memberships.c.event_id.desc())
    .limit(1)
)
_LAST_REVISION = select(func.max(t.alerts.c.revision)).where(t.alerts.c.event_id == bindparam("event_id"))
_CHANNELS_TOLD = union(
    *(
        select(told.c.channel)
        .join(t.alerts, t.alerts.c.id == told.c.alert_id)
        .where(t.alerts.c.event_id == bindparam("event_id"))
        for told in (t.deliveries, t.digest_items)
    )
)
_MEMBERS = (
    select(t.memberships)
    .where(t.memberships.c.event_id == bindparam("event_id"))
    .order_by(t.memberships.c.at, t.memberships.c.story_id)
)
_FEED = select(t.feeds).where(t.feeds.c.id == bindparam("id"))


class Reads:
    """One snapshot of the database. Made by the store; good until the function it was handed to returns."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self.connection, self.dialect = connection, dialect

    def known_keys(self, feed_id: FeedId, keys: Collection[str]) -> dict[str, StoryKey]:
        """Those of ``keys`` the feed has used before, tombstones included."""
        run = self.connection.execute
        return {r.key: codec.key_of(r) for part in chunks(keys) for r in run(_KNOWN, {"feed_id": feed_id, "keys": part})}

    def stories_by_url(self, canonical_urls: Collection[str]) -> dict[str, Story]:
        """By canonical address, the first story stored under it; addresses nobody stored are left out."""
        run = self.connection.execute
        parts = chunks([clean(url) for url in canonical_urls if url])
        return {r.canonical_url: codec.story_of(r) for part in parts for r in run(_BY_URL, {"urls": part})}

    def has_keys(self, feed_id: FeedId) -> bool:
        """Was any entry of the feed ever seen?"""
        k = t.story_keys.c
        return self.connection.execute(select(k.key).where(k.feed_id == feed_id).limit(1)).first() is not None

    def prints(self, feed_id: FeedId) -> frozenset[int]:
        """The fingerprints of the entries of a feed's last document."""
        return prints_of(self.connection.execute(_PRINTS, {"feed_id": feed_id}).scalar() or "")

    def stories_by_title(self, digests: Collection[str], since: datetime) -> dict[str, list[Story]]:
        """By title digest, the stories first seen since then, oldest first; titles nobody stored are left out."""
        found: dict[str, list[Story]] = defaultdict(list)
        for part in chunks([digest for digest in digests if digest]):
            for row in self.connection.execute(_BY_TITLE, {"digests": part, "since": micros(since)}):
                found[row.title_digest].append(codec.story_of(row))
        return found

    def recent_stories(self, feed_id: FeedId, limit: int = 200) -> list[Story]:
        """A feed's last stories, newest first."""
        return [codec.story_of(row) for row in self.connection.execute(_RECENT, {"feed_id": feed_id, "most": limit})]

    def stories(self, ids: Collection[StoryId]) -> dict[StoryId, Story]:
        run = self.connection.execute
        return {StoryId(r.id): codec.story_of(r) for part in chunks(ids) for r in run(_STORIES, {"ids": part})}

    def matches(self, ids: Collection[StoryId]) -> dict[StoryId, tuple[Match, ...]]:
        """The matches of these stories; stories without one are left out."""
        found: dict[StoryId, tuple[Match, ...]] = {}
        for part in chunks(ids):
            for row in self.connection.execute(_MATCHES, {"ids": part}):
                match = codec.match_of(row)
                found[match.story_id] = (*found.get(match.story_id, ()), match)
        return found

    def candidate_events(self, wanted: Mapping[str, datetime]) -> list[Event]:
        """Events that share a key of ``wanted`` and were seen since the time it gives; as ``candidates.ranked`` puts them."""
        return postings.candidate_events(self.connection, wanted)

    def event(self, event_id: EventId) -> Event | None:
        text = self.connection.execute(_EVENT, {"id": event_id}).scalar()
        return None if text is None else event_of(text)

    def event_of_story(self, story_id: StoryId) -> Event | None:
        """The event this story founded or joined; links that do not merge are not followed."""
        text = self.connection.execute(_EVENT_OF_STORY, {"story_id": story_id}).scalar()
        return None if text is None else event_of(text)

    def members(self, event_id: EventId) -> list[Membership]:
        return [codec.membership_of(row) for row in self.connection.execute(_MEMBERS, {"event_id": event_id})]

    def last_revision(self, event_id: EventId) -> int:
        """The revision last alerted of an event; 0: never alerted."""
        return int(self.connection.execute(_LAST_REVISION, {"event_id": event_id}).scalar() or 0)

    def channels_told(self, event_id: EventId) -> frozenset[str]:
        """The channels that any alert of an event was sent to, or waits for in a digest."""
        return frozenset(self.connection.execute(_CHANNELS_TOLD, {"event_id": event_id}).scalars())

    def feed(self, feed_id: FeedId) -> Feed | None:
        row = self.connection.execute(_FEED, {"id": feed_id}).first()
        return None if row is None else feed_of(row)
