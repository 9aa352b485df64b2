"""The store: one writer at a time, many readers, and nothing of rows in its answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from monitor.errors import NotFoundError, StoreError
from monitor.later import Later
from monitor.model import DeliveryId, Feed, Feedback, FeedId, Silence, Story, StoryId
from monitor.store.dialect import Lock, dialect_for
from monitor.store.migrate import ensure as _ensure
from monitor.store.transactions import Transactions
from monitor.store.writes import Transaction

if TYPE_CHECKING:
    import monitor.store.dead_letters as dead_letters
    import monitor.store.due as due
    import monitor.store.feedback as feedback
    import monitor.store.feeds as feeds
    import monitor.store.health as health
    import monitor.store.left_behind as left_behind
    import monitor.store.outbox as outbox
    import monitor.store.retention as retention
    import monitor.store.silences as silences
    import monitor.store.waiting as waiting
    from monitor.results import ChannelState, FeedPoll, Heartbeat, Tried
    from monitor.store.health import Vitals
    from monitor.store.retention import Forgotten
else:  # whoever asks one question needs none or one of them
    dead_letters, due, feedback, feeds = (
        Later("monitor.store.dead_letters"),
        Later("monitor.store.due"),
        Later("monitor.store.feedback"),
        Later("monitor.store.feeds"),
    )
    health, left_behind, outbox = Later("monitor.store.health"), Later("monitor.store.left_behind"), Later("monitor.store.outbox")
    retention, silences, waiting = (
        Later("monitor.store.retention"),
        Later("monitor.store.silences"),
        Later("monitor.store.waiting"),
    )


class Store(Transactions):
    """A database that is open. Its plain methods may be called from any thread, the ``a`` ones from an event loop.

    Raises StoreError where the database cannot be used, DatabaseBusy where another process holds its lock for too long.
    """

    @property
    def address(self) -> str:
        """Where the database is, as its driver takes it, with its secrets."""
        return self._dialect.address

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._dialect.name

    @classmethod
    def open(cls, url: str, *, migrate: bool = True) -> Store:
        """Open the database at ``url`` (made where it does not exist) and bring it up to date.

        Raises DatabaseTooNew for one of a newer Movewire, StoreError for one that is behind where ``migrate`` is false.
        """
        dialect = dialect_for(url)
        try:
            _ensure(dialect, migrate=migrate)
        except BaseException:  # an interrupt too: what was opened is left to nobody
            dialect.dispose()
            raise
        return cls(dialect)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # -- feeds and stories

    def feeds(self) -> list[Feed]:
        """Every feed, by name."""
        return self.read(feeds.all_feeds)

    def feed(self, name_or_id: str) -> Feed:
        """Raises NotFoundError."""
        return self.read(lambda reads: feeds.named(reads, name_or_id))

    def due_feeds(self, now: datetime, limit: int, behind: int = 0) -> list[Feed]:
        """Feeds to poll at ``now``, longest due first, those ``behind`` so many; resting and paused ones are left out."""
        return self.read(lambda reads: feeds.due(reads, now, limit, behind))

    def untried(self) -> bool:
        """Whether some feed, not one that rests, was never asked. (Thousands of feeds are not read for it.)"""
        return self.read(feeds.untried)

    def silent_feeds(self) -> list[Feed]:
        """Feeds that fail or never answered, by name; those that rest are left out."""
        return self.read(feeds.silent)

    def feed_polls(self, feed_id: FeedId, limit: int = 30) -> list[FeedPoll]:
        """A feed's last polls, newest first."""
        return self.read(lambda reads: feeds.polls(reads, feed_id, limit))

    def story(self, story_id: StoryId) -> Story:
        """Raises NotFoundError."""
        found = self.read(lambda reads: reads.stories([story_id])).get(story_id)
        if found is None:
            raise NotFoundError("story", story_id)
        return found

    # -- deliveries

    def due_channels(self, now: datetime) -> list[str]:
        """The channels that have a delivery to claim."""
        return self.read(lambda reads: due.due_channels(reads, now))

    def turn_outbox(self, tried: Collection[Tried], wanted: due.Wanted | None, operator: str = "") -> outbox.Turn:
        """Record what ended and claim what is due, in one transaction: one wait for the disk, however many there are.

        Claimed is at most one a channel, and none of a disabled one, in the order of the alerts: a delivery that waits for its
        retry holds back the later ones. An attempt is counted and safe on disk when this returns; an expired lease is taken
        again. What ended is logged, and the channel's failures in a row are kept; ``delivery.attempts`` is as the claim gave it,
        and where the delivery was claimed again since its state is left alone.

        Notices about channels and dead letters go to the channel ``operator`` ("": to none). Those about channels, and what
        the claim found dead, come back to be logged.
        """
        if not tried and (wanted is None or not self.read(lambda reads: due.anything_due(reads, wanted))):
            return outbox.Turn()  # an idle tick takes no lock and writes nothing

        def turn(tx: Transaction) -> outbox.Turn:
            notices = [told for one in tried if (told := outbox.record(tx, one, operator))]
            claimed = outbox.claim(tx, wanted, operator) if wanted else outbox.Turn()
            return replace(claimed, notices=tuple(notices))

        return self.transact(turn, beside=True, urgent=True)

    def release_deliveries(self, now: datetime) -> int:
        """End every lease, for a process that knows no other delivers: what a killed one held need not wait it out."""
        return self.transact(lambda tx: outbox.release(tx, now))

    def retry_deliveries(
        self, ids: Collection[DeliveryId] = (), *, now: datetime, failed_since: datetime | None = None, channel: str = ""
    ) -> int:
        """Make deliveries due now with a schedule begun anew: by id, and all dead ones made since a time, of ``channel`` or of
        all. Returns how many.

        Raises ConflictError, and changes nothing, where one of ``ids`` was sent or is under way.
        """
        return self.transact(lambda tx: outbox.retry(tx, now, ids, failed_since, channel))

    def count_dead(self, since: datetime, channel: str = "") -> int:
        """How many dead deliveries were made since a time, for ``channel`` or for all."""
        return self.read(lambda reads: dead_letters.count_dead(reads, since, channel))

    def oldest_waiting(self) -> datetime | None:
        """The time of the oldest alert that some channel has not got yet."""
        return self.read(outbox.oldest_waiting)

    def channels(self) -> list[ChannelState]:
        """Every channel that ever had a delivery, by name."""
        return self.read(outbox.channels)

    # -- feedback

    def give_feedback(self, given: Feedback) -> Feedback:
        """Write what a person says; the newest word of a person on a target counts. Returns what now does."""
        return self.transact(lambda tx: feedback.give(tx, given))

    # -- digests

    def waiting_by_channel(self) -> dict[str, int]:
        """How many deliveries are neither sent nor dead, by the channels for which there are some."""
        return self.read(left_behind.waiting)

    def forget_channel(self, name: str) -> int:
        """Give up what waits for a channel that the configuration no longer names; returns how many deliveries."""
        return self.transact(lambda tx: left_behind.forget(tx, name))

    def close_digests(self, now: datetime, zones: Mapping[str, str] | None = None) -> int:
        """Hand the digests that are due over to the outbox, once; returns how many deliveries that made. ``zones``: the time zone
        of each route, in which its digest says its hours."""
        due = self.read(waiting.next_due)
        return 0 if due is None or due > now else self.transact(lambda tx: waiting.close(tx, now, zones or {}))

    # -- silences

    def add_silence(self, silence: Silence) -> None:
        self.transact(lambda tx: silences.add(tx, silence))

    def silences(self, now: datetime | None = None) -> list[Silence]:
        """Those that hold at ``now`` or will; without a time all that ever were, newest first."""
        return self.read(silences.every) if now is None else self.read(lambda reads: silences.not_over(reads, now))

    def expire_silence(self, reference: str, *, now: datetime, by: str) -> Silence:
        """End a silence now, by its id or the beginning of one. Raises NotFoundError, AmbiguousError."""
        return self.transact(lambda tx: silences.expire(tx, reference, now, by))

    # -- care

    def counts(self) -> dict[str, int]:
        """Rows by table, deliveries by state too: ``deliveries_pending`` and so on."""
        return self.read(health.counts)

    def stats(self) -> dict[str, Any]:
        """Rows a table (``corrections`` by people, ``folds`` by itself), ``bytes``, ``revision``, first and last story, alert."""
        return self.read(health.stats)

    def vitals(self, now: datetime) -> Vitals:
        """What an operator watches: feeds by state, lag, what waits, what is off."""
        return self.read(lambda reads: health.vitals(reads, now))

    def heartbeat(self, name: str, now: datetime, info: dict[str, Any]) -> None:
        """Say that ``name`` is alive, with JSON values that say how it fares."""
        self.transact(lambda tx: health.beat(tx, name, now, info), beside=True)

    def heartbeats(self) -> dict[str, Heartbeat]:
        return self.read(health.heartbeats)

    def forget_silent(self, beginning: str, before: datetime) -> int:
        """Take out the heartbeats of names with this beginning that ended before a time; returns how many."""
        return self.transact(lambda tx: health.forget_silent(tx, beginning, before), beside=True)

    def answers(self) -> None:
        """Raises StoreError where the database does not answer."""
        self.read(lambda reads: reads.connection.execute(select(1)))

    def forget(self, now: datetime, *, stories: timedelta | None, attempts: timedelta | None, most: int = 500) -> Forgotten:
        """Take out what is older than said (None keeps that kind), at most ``most`` rows of each kind; alerts are kept."""
        return self.transact(lambda tx: retention.forget(tx, now, stories=stories, attempts=attempts, most=most))

    def alone(self) -> AbstractContextManager[Lock]:
        """Be the one daemon of this database until the block ends. Raises AnotherDaemon naming the one that is."""
        return self._dialect.alone()

    def backup(self, path: Path) -> None:
        """A consistent copy while everything goes on. Raises StoreError where ``path`` exists."""
        try:
            with self._dialect.translated():
                self._dialect.backup(path)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from error
