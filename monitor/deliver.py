"""The delivery loop over the outbox: claim -> attempt -> record.

An attempt is counted and committed before the request leaves, and no transaction is open while it is under way: what a
crash interrupts is sent again under the same id when its lease runs out. One request is in flight a channel, so a channel
sees its messages in the order of the alerts, and channels run beside each other, so a slow one delays nobody.

Recording what ended and claiming what is due are one turn, one transaction: while the disk confirms one turn, what ends
meanwhile gathers for the next.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from monitor import log as logging
from monitor import schedule
from monitor.app import App
from monitor.doors.apprise_door import AppriseDoor
from monitor.doors.http_client import HttpClient
from monitor.doors.mail_door import MailDoor
from monitor.interfaces import Answer, Judgement, Notifier, Outgoing
from monitor.model import Alert, Delivery, DeliveryState
from monitor.results import ANSWER_LIMIT, Attempt, Claimed, Tried
from monitor.sending import MAX_ANSWER, MAX_STEPS, Doors, Outcome, attempt
from monitor.settings.schema import Channel
from monitor.store import Wanted
from monitor.subjects import Notice, Subject

IN_FLIGHT = 100  # over all channels
REFUSED_ATTEMPTS = 3  # at what a receiver refuses: it may be a deployment of a minute
LEASE_MARGIN = timedelta(seconds=45)  # beyond the time-outs: the lease of a living sender never runs out


class Deliverer:
    """Delivers what is due. One per process."""

    def __init__(self, app: App, doors: Doors, notifiers: Mapping[str, Notifier], *, plain: bool = False) -> None:
        self._app, self._doors, self._notifiers, self._plain = app, doors, notifiers, plain
        self._channels: Mapping[str, Channel] = app.settings.channels
        timeouts = [channel.timeout for channel in self._channels.values()]
        self._lease = max(timeouts, default=timedelta(0)) * MAX_STEPS + LEASE_MARGIN
        self._running: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, float] = {}  # loop time before which a channel's rate allows no request
        self._ended: list[Tried] = []  # not recorded yet
        self._turning = asyncio.Lock()
        self._turns: set[asyncio.Task[int]] = set()  # (a loop itself holds its tasks by weak references)
        self._missed = False  # somebody asked for a turn during one
        self._stopping = asyncio.Event()
        self._log = logging.get(part="deliver")
        self.outcomes: Counter[str] = Counter()

    async def run_once(self) -> int:
        """Record what ended, claim what is due on free channels, start sending it; returns how many. Waits for no receiver.

        A turn that began is finished even where nobody waits for it any longer: what it claims is known here.
        """
        return await asyncio.shield(self._begun())

    def wake(self) -> None:
        """Have a turn soon. Nobody waits for it: where it fails, that is logged."""
        if not self._stopping.is_set():
            self._begun().add_done_callback(_log_failed_turn)

    def _begun(self) -> asyncio.Task[int]:
        task = asyncio.create_task(self._run())
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)
        return task

    async def _run(self) -> int:
        if self._turning.locked():
            self._missed = True
            return 0
        started = 0
        async with self._turning:
            while True:
                self._missed = False
                started += await self._turn()
                if not self._missed:
                    return started

    async def _turn(self) -> int:
        store, ended = self._app.store, self._ended
        wanted = self._wanted()
        self._ended = []
        try:
            await store.awrite(store.close_digests, self._app.clock(), self._app.zones)
            turn = await store.awrite(store.turn_outbox, ended, wanted, self._app.settings.operator_channel or "")
        except BaseException:  # cancelled too: what was sent is known, and recorded at the next turn
            self._ended = ended + self._ended
            raise
        for tried in (*ended, *(Tried(delivery=dead, at=self._app.clock()) for dead in turn.dead)):
            self._tell(tried)
        for notice in turn.notices:
            self._say(notice)
        for claimed in turn.claimed:
            self._start(claimed)
        return len(turn.claimed)

    def _wanted(self) -> Wanted | None:
        """What may be claimed now: the next of each channel that has none in flight and is not at its rate."""
        now = asyncio.get_running_loop().time()
        self._resting = {name: until for name, until in self._resting.items() if until > now}
        free = set(self._notifiers) - set(self._running) - set(self._resting)
        room = IN_FLIGHT - len(self._running)
        if self._stopping.is_set() or room <= 0 or not free:
            return None
        return Wanted(now=self._app.clock(), lease=self._lease, limit=room, among=free)

    def _start(self, claimed: Claimed) -> None:
        channel = claimed.delivery.channel
        self._running[channel] = task = asyncio.create_task(self._deliver(claimed), name=f"deliver {claimed.delivery.id}")
        pace = 1 / self._channels[channel].rate_per_second
        self._resting[channel] = asyncio.get_running_loop().time() + pace
        task.add_done_callback(lambda done: self._done(claimed.delivery, done))

    def _done(self, delivery: Delivery, task: asyncio.Task[None]) -> None:
        self._running.pop(delivery.channel, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._log.error("delivery ended in an unexpected error", delivery_id=delivery.id, exc_info=error)
        loop = asyncio.get_running_loop()
        self.wake()
        if (rest := self._resting.get(delivery.channel, 0) - loop.time()) > 0:
            loop.call_later(rest, self.wake)  # the next one of this channel need not wait for a tick

    async def _deliver(self, claimed: Claimed) -> None:
        delivery, loop = claimed.delivery, asyncio.get_running_loop()
        notifier, began = self._notifiers[delivery.channel], loop.time()
        outgoing = Outgoing(
            delivery_id=delivery.id,
            subject=claimed.subject,
            page_url=self._page(claimed.subject),
            plain=self._plain if notifier.kind == "stdout" else delivery.plain,
            unsure=delivery.unsure,
            post=claimed.post,
            overtaken=claimed.overtaken,
            only=delivery.later,
        )
        timeout = self._channels[delivery.channel].timeout
        with self._app.traces.span("deliver", delivery_id=delivery.id, channel=delivery.channel) as span:
            outcome = await attempt(notifier, outgoing, self._doors, clock=self._app.clock, timeout=timeout)
            span.set(judgement=outcome.judged.judgement.value)
        if outcome.judged.rest:
            self._resting[delivery.channel] = loop.time() + outcome.judged.rest.total_seconds()
        self._ended.append(self._tried(delivery, outcome, loop.time() - began))

    def _page(self, subject: Subject) -> str:
        """Where the event's page is; "" where nobody said where others reach it."""
        base = self._app.settings.server.public_url.rstrip("/")
        return f"{base}/events/{subject.event_id}" if base and isinstance(subject, Alert) else ""

    def _tried(self, delivery: Delivery, outcome: Outcome, seconds: float) -> Tried:
        now, answer, judged = self._app.clock(), outcome.answer, outcome.judged
        after = replace(
            after_judgement(delivery, outcome, now, self._app.rnd()),
            last_status=answer.status if answer else None,
            unsure=judged.unsure or answer is None or answer.status >= 500,
        )
        tried = Attempt(
            delivery_id=delivery.id,
            number=delivery.attempts,
            at=now,
            status=after.last_status,
            duration_ms=round(seconds * 1000, 1),
            answer=_kept(answer) if answer else "",
            error=after.last_error,
            next_attempt=after.next_attempt if after.state == DeliveryState.PENDING else None,
        )
        gone = judged.judgement == Judgement.DISABLE
        missed = logging.clean(judged.missed)
        return Tried(delivery=after, at=now, attempt=tried, post=outcome.post, gone=gone, missed=missed)

    def _tell(self, tried: Tried) -> None:
        after, number = tried.delivery, tried.delivery.attempts
        self.outcomes[after.state.value if after.state != DeliveryState.PENDING else "again"] += 1
        self._app.metrics.delivered(after, tried.at)
        ids = {"delivery_id": after.id, "alert_id": after.alert_id, "revision": after.revision, "channel": after.channel}
        if tried.missed:
            self._log.warning("delivered, but not to all", **ids, attempt=number, why=tried.missed)
        elif after.state == DeliveryState.PENDING and after.later:
            self._log.warning("not all have it yet", **ids, attempt=number, why=after.last_error, next=str(after.next_attempt))
        elif after.state == DeliveryState.SENT:
            self._log.info("delivered", **ids, attempt=number, duration_ms=tried.attempt.duration_ms if tried.attempt else 0)
        elif after.state == DeliveryState.DEAD:
            self._log.error("delivery given up", **ids, attempt=number, why=after.last_error)
        else:
            self._log.warning("delivery failed", **ids, attempt=number, why=after.last_error, next=str(after.next_attempt))

    def _say(self, notice: Notice) -> None:
        level = "info" if notice.kind == "channel.recovered" else "error"
        getattr(self._log, level)(notice.title, channel=notice.subject, notice=notice.kind, why="; ".join(notice.lines))

    async def drain(self, seconds: float) -> None:
        """Deliver what is due now, for at most ``seconds`` or until ``stop``: the foreground form.

        However it ends, nothing is claimed or sent afterwards.
        """
        try:
            await self._work(asyncio.get_running_loop().time() + seconds)
        finally:
            await self.close(0)

    def stop(self) -> None:
        """Claim nothing more: a drain ends when what is in flight has ended."""
        self._stopping.set()

    async def _work(self, ends: float) -> None:
        """Turn after turn, until nothing is left to do or it is ``ends`` by the loop's clock."""
        loop = asyncio.get_running_loop()
        while loop.time() < ends:
            async with self._turning:  # a turn under way would make ours come back empty-handed
                pass
            started = await self.run_once()
            more = self._ended or self._turns  # (another's turn came in between: it may have started something)
            if self._running:
                running = list(self._running.values())
                await asyncio.wait(running, timeout=ends - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            elif self._resting and not more and not self._stopping.is_set():
                await self._rest(min(*self._resting.values(), ends) - loop.time())
            elif not started and not more:
                return

    async def _rest(self, seconds: float) -> None:
        """Wait, or until ``stop``."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def close(self, seconds: float) -> None:
        """Claim nothing more, give what is in flight ``seconds``; the rest is sent again after its lease."""
        self.stop()
        async with self._turning:  # a turn under way still starts what it claimed
            tasks = list(self._running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self.run_once()  # records what ended
        finally:
            self._doors.close()


def _kept(answer: Answer) -> str:
    """What is logged of an answer. It is cut last: a secret that it repeats is masked whole or not at all."""
    return logging.clean(answer.body[:MAX_ANSWER].decode("utf-8", "replace"))[:ANSWER_LIMIT]


def after_judgement(delivery: Delivery, outcome: Outcome, now: datetime, rnd: float) -> Delivery:
    """The delivery as the judgement leaves it. ``rnd`` in [0, 1) spreads the waits."""
    judged, why = outcome.judged, logging.clean(outcome.judged.why)
    done = replace(delivery, lease_until=None, last_error=why, later=judged.later or delivery.later)
    if judged.judgement == Judgement.SENT:
        done = replace(done, sent_at=delivery.sent_at or now)
        if not judged.later:
            return replace(done, state=DeliveryState.SENT, last_error="", next_attempt=None, later=())
    if judged.judgement == Judgement.DISABLE:  # kept: it goes out when the channel is enabled again
        return replace(done, state=DeliveryState.PENDING, next_attempt=now)
    if judged.plain and not delivery.plain:
        return replace(done, state=DeliveryState.PENDING, next_attempt=now, plain=True)
    ended = delivery.attempts - delivery.lost  # an attempt that a kill cut off is no failure
    wait = schedule.delivery_wait(ended, rnd, judged.wait)
    refused = judged.plain or (judged.refused and ended >= REFUSED_ATTEMPTS)
    if judged.judgement == Judgement.DEAD or refused or wait is None:
        return replace(done, state=DeliveryState.DEAD, next_attempt=None)
    return replace(done, state=DeliveryState.PENDING, next_attempt=now + wait)


def _log_failed_turn(task: asyncio.Future[int]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logging.get(part="deliver").error("a turn of the outbox failed", exc_info=error)


def make_deliverer(
    app: App, client: HttpClient, out: Callable[[bytes], None] | None = None, *, only: str | None = None
) -> Deliverer:
    """A deliverer over the app's channels, or ``only`` one. ``stdout`` channels print, as text on a terminal."""
    notifiers = app.notifiers if only is None else {only: app.notifiers[only]}
    return Deliverer(app, make_doors(app, client, out), notifiers, plain=sys.stdout.isatty())


def make_doors(app: App, client: HttpClient, out: Callable[[bytes], None] | None = None) -> Doors:
    """Every door there is, with the settings' word on private networks."""
    allow = app.settings.network.allow_networks
    return Doors(http=client, mail=MailDoor(allow), apprise=AppriseDoor(allow), out=out or printed)


def printed(body: bytes) -> None:
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
