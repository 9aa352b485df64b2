"""What is written of feeds, and what every write stands on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, select, update
from sqlalchemy.sql.dml import Insert

import monitor.store.tables as t
from monitor.errors import StoreError
from monitor.model import Feed, FeedId, FeedState
from monitor.store.dialect import Dialect, upsert
from monitor.store.feed_codec import FEED_DEFINITION, feed_of, feed_row, prints_row
from monitor.store.reads import Reads, chunks
from monitor.store.values import clean, finite, micros

Row = dict[str, Any]
NOT_DECLARED = "it was taken out of config/feeds.yaml; it rests and keeps its stories"
CLOCKS_DIFFER = timedelta(minutes=5)
POLLS_KEPT = 30  # polls remembered of each feed
_FEED_ALL = tuple(c.name for c in t.feeds.c if c.name != "id")
# A poll under way undoes nobody's word: neither a definition nor an address. A lease is the hub's to change.
_FEED_STATE = tuple(name for name in _FEED_ALL if name not in (*FEED_DEFINITION, "url", "given_url", "pushed_until"))
_HELD = select(t.feeds).where(t.feeds.c.id == bindparam("id")).with_for_update()
_NEXT_SLOT = select(t.feeds.c.polls % POLLS_KEPT).where(t.feeds.c.id == bindparam("whose")).scalar_subquery()
_POLL = tuple(c.name for c in t.feed_polls.c if c.name not in ("feed_id", "slot"))


@lru_cache
def _poll_statement(dialect: str) -> Insert:
    return upsert(dialect, t.feed_polls, ("feed_id", "slot"), _POLL).values(slot=_NEXT_SLOT)


class Writes(Reads):
    """A transaction that may write. ``durable`` becomes true once it holds something that must outlive a loss of power."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        super().__init__(connection, dialect)
        self.durable = False

    def _put(self, table: Table, key: tuple[str, ...], rows: list[Row], update: tuple[str, ...] = ()) -> None:
        if rows:
            self.connection.execute(upsert(self.dialect.name, table, key, update), rows)


class FeedWrites(Writes):
    """Feeds: what people and the file say of them, and how they fare."""

    def held_feed(self, feed_id: FeedId) -> Feed | None:
        """A feed as it is, and stays until this transaction ends whatever runs beside it: for what is decided by it."""
        row = self.connection.execute(_HELD, {"id": feed_id}).first()
        return None if row is None else feed_of(row)

    def save_feed(self, feed: Feed) -> None:
        """Write a feed whole: a person's word, or one not stored yet."""
        self._put(t.feeds, ("id",), [feed_row(feed)], update=_FEED_ALL)

    def save_polled(self, feed: Feed) -> None:
        """Write what a poll changes of a feed. Its definition and its address stay as stored."""
        self._put(t.feeds, ("id",), [feed_row(feed)], update=_FEED_STATE)

    def move_feed(self, feed_id: FeedId, old: str, new: str, given: str) -> bool:
        """Permanent redirects were followed for good; False where a person has changed the address meanwhile."""
        moved = update(t.feeds).where(t.feeds.c.id == feed_id, t.feeds.c.url == clean(old))
        return bool(self.connection.execute(moved, {"url": clean(new), "given_url": clean(given)}).rowcount)

    def postpone(self, until: datetime, concerns: Callable[[str], bool], spread: Callable[[], timedelta] = timedelta) -> int:
        """Feeds whose address ``concerns`` are not asked before ``until``, each as much later as ``spread`` says; returns how
        many would have been."""
        f = t.feeds.c
        rows = self.connection.execute(
            select(f.id, f.url).where(f.next_check < micros(until), f.state != FeedState.RESTING.value)
        )
        held = [{"which": row.id, "next_check": micros(until + spread())} for row in rows if concerns(row.url)]
        if held:
            self.connection.execute(update(t.feeds).where(f.id == bindparam("which")), held)
        return len(held)

    def right_schedule(self, now: datetime) -> int:
        """Feeds that a clock which was ahead asked last are to be asked as if it had not been: else nobody asks them until that
        day comes. Returns how many. Clocks of several machines may differ by ``CLOCKS_DIFFER``."""
        f = t.feeds.c
        ahead = and_(f.last_checked > micros(now + CLOCKS_DIFFER), f.next_check > t.DUE_NOW)
        righted = {"next_check": f.next_check - f.last_checked + micros(now), "last_checked": micros(now)}
        return int(self.connection.execute(update(t.feeds).where(ahead).values(righted)).rowcount)

    def refresh_keys(self, feed_id: FeedId, now: datetime, since: datetime) -> None:
        """Keep fresh what a document that has not changed still holds: the keys seen since then, before now."""
        k = t.story_keys.c
        still = update(t.story_keys).where(k.feed_id == feed_id, k.last_seen >= micros(since), k.last_seen < micros(now))
        self.connection.execute(still, {"last_seen": micros(now)})

    def sync_feeds(self, declared: Sequence[Feed]) -> None:
        """Bring the feeds of config/feeds.yaml in: the file rules what they are, the database how they fare.

        New ones are added. A changed address or source starts afresh with a baseline; one that was paused, or had been
        taken out of the file, goes on. Declared ones that are absent rest and keep their stories.
        """
        stored = {row.id: feed_of(row) for row in self.connection.execute(select(t.feeds))}
        if touched := [feed.id for feed in _brought_in(declared, stored)]:
            for some in chunks(sorted(touched)):  # a poll that ends meanwhile is waited for: what it wrote is kept
                held = select(t.feeds).where(t.feeds.c.id.in_(some)).order_by(t.feeds.c.id).with_for_update()
                stored |= {row.id: feed_of(row) for row in self.connection.execute(held)}
            changed = _brought_in(declared, stored)
            self._put(t.feeds, ("id",), [feed_row(feed) for feed in changed], update=_FEED_ALL)

    def keep_prints(self, feed_id: FeedId, prints: Collection[int]) -> None:
        """The fingerprints of the document whose entries this transaction writes."""
        self._put(t.feed_prints, ("feed_id",), [prints_row(feed_id, prints)], update=("prints",))

    def delete_feed(self, feed_id: FeedId) -> None:
        """Take a feed and its history out. Raises StoreError where it has stories: those need it, so let it rest."""
        if self.connection.execute(select(t.stories.c.seq).where(t.stories.c.feed_id == feed_id).limit(1)).first():
            raise StoreError("the feed has stories that are kept: pause it instead of deleting it")
        self.connection.execute(delete(t.story_keys).where(t.story_keys.c.feed_id == feed_id))
        self.connection.execute(delete(t.feeds).where(t.feeds.c.id == feed_id))

    def record_feed_poll(
        self, feed_id: FeedId, at: datetime, outcome: str, status: int | None, new_entries: int, seconds: float, error: str
    ) -> None:
        """Add a line to a feed's history, of which the last 30 are kept: after the feed was saved with its count of polls."""
        row: Row = {"feed_id": feed_id, "at": micros(at), "outcome": outcome, "status": status, "new_entries": new_entries}
        row |= {"seconds": finite(seconds), "error": clean(error), "whose": feed_id}
        self.connection.execute(_poll_statement(self.dialect.name), row)


def _brought_in(declared: Sequence[Feed], stored: Mapping[FeedId, Feed]) -> list[Feed]:
    """The feeds that are not stored as the file has them, as they are to be."""
    wanted = {feed.id: feed if feed.declared else replace(feed, declared=True) for feed in declared}
    after = {id_: _declared(feed, stored.get(id_)) for id_, feed in wanted.items()}
    gone = [f for f in stored.values() if f.declared and f.id not in wanted and f.last_error != NOT_DECLARED]
    changed = [feed for id_, feed in after.items() if feed is not stored.get(id_) and feed != stored.get(id_)]
    return changed + [replace(feed, state=FeedState.RESTING, last_error=NOT_DECLARED) for feed in gone]


def _declared(wanted: Feed, stored: Feed | None) -> Feed:
    """The feed as the file wants it, with the state the database knows."""
    if stored is None:
        return wanted
    definition: dict[str, Any] = {n: v for n in FEED_DEFINITION if (v := getattr(wanted, n)) != getattr(stored, n)}
    if (wanted.url, wanted.source) != (stored.given_url or stored.url, stored.source):
        told = replace(wanted, polls=stored.polls, stories=stored.stories, matches=stored.matches)
        return replace(told, last_story=stored.last_story, added_at=stored.added_at)
    if wanted.paused:
        return replace(stored, **definition, state=FeedState.RESTING)
    if stored.paused or stored.last_error == NOT_DECLARED:
        return replace(stored, **definition, state=FeedState.OK, last_error="", next_check=None)
    return replace(stored, **definition) if definition else stored
