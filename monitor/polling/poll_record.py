"""What a poll leaves in the store: inside one transaction, everything or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor import feed_state, identity, schedule
from monitor import log as logging
from monitor.app import App
from monitor.interfaces import Answer, Reading
from monitor.model import Feed, FeedState, Story, StoryId, Verdict
from monitor.polling import hubs
from monitor.polling.abandoning import Going
from monitor.results import PollResult, StoryKey
from monitor.store import Reads, Transaction
from monitor.store.silences import not_over
from monitor.subjects import Notice, notice
from monitor.text import minute
from monitor.urls import host_of, registrable

if TYPE_CHECKING:
    from monitor.silencing import Quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """How one poll ended. ``kind``: new, unchanged (304, the same body, nothing new), failed or gone."""

    feed: Feed
    kind: str
    new: int = 0
    matched: int = 0
    alerts: int = 0
    why: str = ""
    status: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedPage:
    """A page before a feed's newest entries that could not be had. ``answer`` is None where there was none."""

    url: str
    why: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an answer held, with the pages before it. ``prints`` are to be kept with it; none where they are as they were, or it
    has none. ``failed``: entries were missed, and this page of them could not be had."""

    answer: Answer
    reading: Reading
    body_digest: str
    sifted: identity.Sifted
    prints: Collection[int]
    failed: FailedPage | None = None


class StaleEntries(Exception):
    """Entries were skipped as known that the store does not know: the document has to be read in full."""


class Overtaken(Exception):
    """The feed was given another address, paused, resumed or taken out while it was asked: what came is not written of what it
    is now."""


class Record:
    """Decides and writes; what is worth a line in the log is said by ``tell`` once it is committed."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._log = logging.get(part="collect")

    def classify(self, stories: Collection[Story], going: Going) -> dict[StoryId, Verdict]:
        found = {}
        for story in stories:
            going()
            found[story.id] = self._app.classifier.classify(story)
        return found

    def sift(self, feed: Feed, reading: Reading, now: datetime, going: Going) -> tuple[identity.Sifted, dict[StoryId, Verdict]]:
        """What may be new, and what it is about. Raises StaleEntries. Of a first document nothing needs to be looked up."""

        def known(keys: Sequence[str]) -> dict[str, StoryKey]:
            return self._app.store.read(lambda reads: reads.known_keys(feed.id, keys)) if feed.baseline_done else {}

        sifted = identity.sift(feed, reading, known=known, now=now)
        if sifted.stale:
            raise StaleEntries
        return sifted, self.classify(sifted.to_classify, going)

    def conclude(
        self,
        tx: Transaction,
        before: Feed,
        read: Document,
        began: datetime,
        now: datetime,
        rnd: float,
        verdicts: dict[StoryId, Verdict],
        going: Going,
    ) -> tuple[PollResult, PollOutcome]:
        """Plan on what is known by now, decide, write: stories, validators and all. ``verdicts`` may be incomplete. Raises
        StaleEntries and Overtaken."""
        settings, answer, reading = self._app.settings, read.answer, read.reading
        before = _counted(before, _standing(tx.feed(before.id), before))
        plan = plan_of(tx, before, reading, now, read.sifted)
        if plan.stale:
            raise StaleEntries
        after = feed_state.succeeded(
            before, answer, reading, now=now, settings=settings.polling, rnd=rnd, overlap=plan.overlap, foreign=plan.foreign
        )
        after = replace(feed_state.read(after, answer, read.body_digest), rung=plan.rung)
        if reading.ends_early:
            after = feed_state.unvalidated(after)
        if read.failed is not None:
            after = self._unreached(tx, before, after, read.failed, now)
        after, news = self._lasted(before, after, now)
        result = self._decided(tx, plan, after, verdicts, now, going)
        if read.prints:
            tx.keep_prints(before.id, read.prints)
        hubs.judge(tx, before, answer, reading, result.stories, now=now)
        why = result.feed.last_error or "; ".join(reading.warnings)  # what was read with doubts is kept, and marked
        outcome = _outcome(result, answer.status, now - began, why)
        self._history(tx, before, outcome, now, news)
        return result, outcome

    def _unreached(self, tx: Transaction, before: Feed, after: Feed, page: FailedPage, now: datetime) -> Feed:
        """Behind ``page`` entries are left that were missed: the next poll goes on there."""
        if page.answer is not None:
            spread_rest(tx, before, page.answer, now, self._app.rnd)
        since = feed_state.missed_since(before, now=now, max_age=self._app.settings.alerting.max_age)
        why, rnd = f"{page.url}: {page.why}", self._app.rnd()
        return feed_state.unreached(after, why, page.answer, now=now, missed_since=since, rnd=rnd)

    def pushed(
        self,
        tx: Transaction,
        feed: Feed,
        reading: Reading,
        now: datetime,
        sifted: identity.Sifted,
        verdicts: dict[StoryId, Verdict],
        going: Going,
    ) -> tuple[PollResult, PollOutcome]:
        """What a hub pushed: stories and what follows from them. How the feed is polled is not its to change. Raises Overtaken
        where it rests or was taken out."""
        stored = tx.feed(feed.id)
        if stored is None or stored.paused or stored.state == FeedState.RESTING:
            raise Overtaken
        plan = plan_of(tx, stored, reading, now, sifted)
        after = replace(stored, changed_at=now if plan.stories else stored.changed_at)
        result = self._decided(tx, plan, after, verdicts, now, going)
        return result, _outcome(result, None, timedelta(0), "")

    def _decided(
        self,
        tx: Transaction,
        plan: identity.Plan,
        after: Feed,
        verdicts: dict[StoryId, Verdict],
        now: datetime,
        going: Going,
    ) -> PollResult:
        """What the plan comes to, written. ``verdicts`` may be incomplete."""
        missing = [story for story in plan.to_classify if story.id not in verdicts]
        from monitor import pipeline  # noqa: PLC0415 - start-up of a process whose feeds bring nothing
        from monitor.alerting import Policy  # noqa: PLC0415 - likewise

        result = pipeline.conclude(
            plan,
            feed=after,
            verdicts=verdicts | self.classify(missing, going),
            events=tx,
            policy=Policy(settings=self._app.settings, router=self._app.routes.decide(tx, now), silences=self._silences(tx, now)),
            now=now,
            going=going,
        )
        tx.record_poll(result)
        return result

    def _silences(self, tx: Reads, now: datetime) -> list[Quiet]:
        if not (found := not_over(tx, now)):
            return []
        from monitor import searches, silencing  # noqa: PLC0415 - start-up

        saved, watchlists = searches.of_silences(tx, found), self._app.settings.watchlists
        compiled, problems = silencing.compiled(found, self._app.router.canonical, saved, watchlists)
        for words in problems:
            self._log.error("a silence cannot be understood and does not hold", why=words)
        return compiled

    def save(self, tx: Transaction, before: Feed, outcome: PollOutcome, now: datetime, seconds: float) -> PollOutcome:
        """A poll that brought no document to read. Raises Overtaken."""
        after, news = self._lasted(before, _counted(outcome.feed, _standing(tx.held_feed(before.id), before)), now)
        outcome = replace(outcome, feed=after, seconds=seconds)
        tx.save_polled(after)
        self._history(tx, before, outcome, now, news)
        return outcome

    def _lasted(self, before: Feed, after: Feed, now: datetime) -> tuple[Feed, bool]:
        return feed_state.lasted(before, after, now=now, settle=self._app.settings.polling.notice_after)

    def _history(self, tx: Transaction, before: Feed, outcome: PollOutcome, now: datetime, news: bool) -> None:
        """The line of history, an address followed for good, and what people are to know of a change of state."""
        after = outcome.feed
        if after.url != before.url and tx.move_feed(after.id, before.url, after.url, after.given_url):
            self._log.info("feed has moved for good", feed_id=after.id, feed=after.name, url=after.url)
        tx.record_feed_poll(after.id, now, outcome.kind, outcome.status, outcome.new, outcome.seconds, outcome.why)
        if after.state != before.state:
            level = self._log.info if after.state == FeedState.OK else self._log.warning
            level(f"feed is {after.state.value}", feed_id=after.id, feed=after.name, why=after.last_error)
        operator = self._app.settings.operator_channel
        if news and operator:
            tx.tell(notice_of(after, now), operator)

    def tell(self, feed: Feed, result: PollResult) -> None:
        for note in result.notes:
            getattr(self._log, note.level)(note.message, feed_id=feed.id, feed=feed.name, **dict(note.fields))
        for alert in result.alerts:
            ids = {"alert_id": alert.id, "event_id": alert.event_id, "revision": alert.revision}
            self._log.info("alert", **ids, headline=alert.event.headline, reasons=alert.reasons)


def _standing(stored: Feed | None, before: Feed) -> Feed:
    """The feed as stored. Raises Overtaken where it is gone, or no longer what was asked: the validators and the baseline of one
    address are not another's, and a poll under way neither wakes what was put to rest nor puts back what a person found well."""
    if stored is None or _asked(stored) != _asked(before):
        raise Overtaken
    return stored


def _asked(feed: Feed) -> tuple[str, str, FeedState]:
    """What a poll takes for granted of a feed until its end."""
    return feed.url, feed.source, feed.state


def _counted(before: Feed, stored: Feed) -> Feed:
    """``before`` with the counts as they are now: a hub may have pushed while the poll was under way."""
    return replace(before, stories=stored.stories, matches=stored.matches, last_story=stored.last_story)


def _outcome(result: PollResult, status: int | None, took: timedelta, why: str) -> PollOutcome:
    return PollOutcome(
        feed=result.feed,
        kind="new" if result.stories else "unchanged",
        new=len(result.stories),
        matched=len({m.story_id for m in result.matches}),
        alerts=len(result.alerts),
        status=status,
        seconds=took.total_seconds(),
        why=why,
    )


_TITLES = {
    FeedState.OK: "the feed {} works again",
    FeedState.FAILING: "the feed {} fails",
    FeedState.QUIET: "the feed {} has fallen silent",
    FeedState.RESTING: "the feed {} is no longer polled",
}


def notice_of(feed: Feed, now: datetime) -> Notice:
    """What the operator is told of a feed's state."""
    lines = [feed.last_error] if feed.last_error else []
    if feed.state != FeedState.OK and feed.last_success is not None:
        lines.append(f"last good answer: {minute(feed.last_success)}")
    if feed.state in (FeedState.FAILING, FeedState.QUIET) and feed.next_check is not None:
        lines.append(f"next poll: {minute(feed.next_check)}")
    lines.append(feed.url)
    return notice(now, f"feed.{feed.state.value}", feed.name, _TITLES[feed.state].format(feed.name), *lines)


def spread_rest(tx: Transaction, feed: Feed, answer: Answer, now: datetime, rnd: Callable[[], float]) -> None:
    """``Retry-After`` is about more than one feed: 429 about the registrable domain, 503 about the host."""
    wait = schedule.retry_after(answer.headers, now)
    if wait is None or answer.status not in (429, 503):
        return
    part = registrable if answer.status == 429 else host_of
    concerned = part(answer.url or feed.url), part(feed.url)
    tx.postpone(now + wait, lambda url: part(url) in concerned, lambda: schedule.rest(wait, rnd()) - wait)


def plan_of(tx: Reads, feed: Feed, reading: Reading, now: datetime, sifted: identity.Sifted | None = None) -> identity.Plan:
    """What ``reading`` brings to ``feed``, given what the store knows."""
    return identity.plan(feed, reading, tx, sifted=sifted, now=now)
