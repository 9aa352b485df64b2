"""The delivery loop over the outbox: claim -> request -> answer -> judgement -> record.

An attempt is counted and committed before the request leaves, and no transaction is open while it is under way: what a
crash interrupts is sent again under the same id when its lease runs out. One request is in flight a channel, so a channel
sees its messages in the order of the alerts, and channels run beside each other, so a slow one delays nobody.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from monitor import log as logging
from monitor import schedule
from monitor.app import App
from monitor.errors import FetchError
from monitor.http_client import HttpClient
from monitor.ids import make_id
from monitor.interfaces import Answer, Judged, Judgement, Notifier, Outgoing
from monitor.model import (
    Alert,
    AlertId,
    Delivery,
    DeliveryId,
    DeliveryState,
    Event,
    EventId,
    EventStory,
    Label,
    Severity,
    Status,
    StoryId,
)
from monitor.notify.slack import PLAIN_MARK
from monitor.results import Attempt
from monitor.settings.schema import Channel

IN_FLIGHT = 100  # over all channels
REFUSED_ATTEMPTS = 3  # at what a receiver refuses: it may be a deployment of a minute
ANSWER_BYTES = 4096  # kept of what a receiver says
LEASE_MARGIN = timedelta(seconds=45)  # beyond the time-out: the lease of a living sender never runs out


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What an attempt brought: an answer, or the reason why there is none."""

    answer: Answer | None
    why: str = ""


class Deliverer:
    """Delivers what is due. One per process. ``out`` takes what a ``stdout`` channel says."""

    def __init__(
        self,
        app: App,
        client: HttpClient,
        notifiers: Mapping[str, Notifier],
        *,
        out: Callable[[bytes], None],
        plain: bool = False,
    ) -> None:
        self._app, self._client, self._notifiers, self._out, self._plain = app, client, notifiers, out, plain
        self._channels: Mapping[str, Channel] = app.settings.channels
        self._running: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, float] = {}  # loop time before which a channel's rate allows no request
        self._claiming = asyncio.Lock()
        self._closing = False
        self._log = logging.get(part="deliver")
        self.outcomes: Counter[str] = Counter()

    async def run_once(self) -> int:
        """Claim what is due on free channels and start sending it; returns how many. Never waits for a receiver."""
        if self._closing or self._claiming.locked():
            return 0
        async with self._claiming:
            room = IN_FLIGHT - len(self._running)
            if room <= 0:
                return 0
            store = self._app.store
            stored = await store.aread(store.channels)
            now, busy = self._app.clock(), self._busy() | ({c.name for c in stored} - set(self._notifiers))
            lease = max((c.timeout for c in self._channels.values()), default=timedelta(0)) + LEASE_MARGIN
            claimed = await store.aread(lambda: store.claim_deliveries(now, lease, room, busy))
            for delivery, alert in claimed:
                self._start(delivery, alert)
        return len(claimed)

    def _busy(self) -> set[str]:
        """Channels that take nothing now: one in flight, or at their rate."""
        now = asyncio.get_running_loop().time()
        self._resting = {name: until for name, until in self._resting.items() if until > now}
        return {*self._running, *self._resting}

    def _start(self, delivery: Delivery, alert: Alert) -> None:
        task = asyncio.create_task(self._deliver(delivery, alert), name=f"deliver {delivery.id}")
        self._running[delivery.channel] = task
        pace = 1 / self._channels[delivery.channel].rate_per_second
        self._resting[delivery.channel] = asyncio.get_running_loop().time() + pace
        task.add_done_callback(lambda done: self._ended(delivery, pace, done))

    def _ended(self, delivery: Delivery, pace: float, task: asyncio.Task[None]) -> None:
        self._running.pop(delivery.channel, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._log.error("delivery ended in an unexpected error", delivery_id=delivery.id, exc_info=error)
        if not self._closing:  # the next one of this channel need not wait for a tick
            asyncio.get_running_loop().call_later(min(pace, 1.0), self._again)

    def _again(self) -> None:
        if not self._closing:
            task = asyncio.ensure_future(self.run_once())
            task.add_done_callback(_said)

    async def _deliver(self, delivery: Delivery, alert: Alert) -> None:
        began = asyncio.get_running_loop().time()
        notifier = self._notifiers[delivery.channel]
        plain = self._plain if notifier.kind == "stdout" else PLAIN_MARK in delivery.last_error
        outgoing = Outgoing(delivery_id=delivery.id, alert=alert, plain=plain)
        try:
            request = notifier.request(outgoing, now=self._app.clock())
        except Exception as error:  # noqa: BLE001 - whatever one row holds, it must not stop the others: it goes to the dead letters
            judged, sent = Judged(judgement=Judgement.DEAD, why=f"cannot be put into words: {error!r}"), Sent(answer=None)
        else:
            sent = await self._send(delivery, request)
            judged = notifier.judge(sent.answer) if sent.answer else Judged(judgement=Judgement.AGAIN, why=sent.why)
        await self._record(delivery, judged, sent, plain, asyncio.get_running_loop().time() - began)

    async def _send(self, delivery: Delivery, request: httpx.Request) -> Sent:
        if request.url.scheme == "local":
            self._out(request.content)
            return Sent(answer=Answer(status=200))
        timeout = self._channels[delivery.channel].timeout
        try:
            answer = await self._client.send(
                request, follow_redirects=False, max_body=64 * 1024, body_matters=False, total=timeout
            )
        except FetchError as error:
            return Sent(answer=None, why=error.why)
        return Sent(answer=answer)

    async def _record(self, delivery: Delivery, judged: Judged, sent: Sent, plain: bool, seconds: float) -> None:
        now, answer = self._app.clock(), sent.answer
        after = self._after(delivery, judged, plain, now)
        after = replace(after, last_status=answer.status if answer else None)
        attempt = Attempt(
            delivery_id=delivery.id,
            number=delivery.attempts,
            at=now,
            status=answer.status if answer else None,
            duration_ms=round(seconds * 1000, 1),
            answer=logging.clean(answer.body[:ANSWER_BYTES].decode("utf-8", "replace")) if answer else "",
            error=after.last_error,
            next_attempt=after.next_attempt if after.state == DeliveryState.PENDING else None,
        )
        store = self._app.store
        await store.aread(lambda: store.record_delivery(after, attempt))
        if judged.judgement == Judgement.DISABLE:
            await store.atransact(lambda tx: tx.set_channel(delivery.channel, disabled=True, reason=judged.why))
            self._log.error("channel disabled", channel=delivery.channel, why=judged.why)
        self._tell(after, judged, attempt)

    def _after(self, delivery: Delivery, judged: Judged, plain: bool, now: datetime) -> Delivery:
        """The delivery as the judgement leaves it."""
        why = logging.clean(judged.why)
        done = replace(delivery, lease_until=None, last_error=why)
        if judged.judgement == Judgement.SENT:
            return replace(done, state=DeliveryState.SENT, sent_at=now, last_error="", next_attempt=None)
        if judged.judgement == Judgement.DISABLE:  # kept: it goes out when the channel is enabled again
            return replace(done, state=DeliveryState.PENDING, next_attempt=now)
        refused = judged.refused and (delivery.attempts >= REFUSED_ATTEMPTS or (plain and PLAIN_MARK in why))
        wait = schedule.delivery_wait(delivery.attempts, self._app.rnd())
        if judged.judgement == Judgement.DEAD or refused or wait is None:
            return replace(done, state=DeliveryState.DEAD, next_attempt=None)
        return replace(done, state=DeliveryState.PENDING, next_attempt=now + (judged.wait or wait))

    def _tell(self, after: Delivery, judged: Judged, attempt: Attempt) -> None:
        self.outcomes[after.state.value if after.state != DeliveryState.PENDING else "again"] += 1
        ids = {"delivery_id": after.id, "alert_id": after.alert_id, "revision": after.revision, "channel": after.channel}
        if after.state == DeliveryState.SENT:
            self._log.info("delivered", **ids, attempt=attempt.number, duration_ms=attempt.duration_ms)
        elif after.state == DeliveryState.DEAD:
            self._log.error("delivery given up", **ids, attempt=attempt.number, why=after.last_error)
        else:
            self._log.warning(
                "delivery failed", **ids, attempt=attempt.number, why=after.last_error, next=str(after.next_attempt)
            )

    async def drain(self, seconds: float) -> None:
        """Deliver what is due now, for at most ``seconds``: the foreground form."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        while loop.time() < ends:
            async with self._claiming:  # a claim under way would make ours come back empty-handed
                pass
            started = await self.run_once()
            if self._running:
                await asyncio.wait(list(self._running.values()), timeout=ends - loop.time())
            elif self._resting:
                await asyncio.sleep(max(min(self._resting.values()) - loop.time(), 0))
            elif not started:
                break
        await self.close(0)

    async def close(self, seconds: float) -> None:
        """Claim nothing more, give what is in flight ``seconds``; the rest is sent again after its lease."""
        self._closing = True
        async with self._claiming:  # a claim under way still starts what it claimed
            tasks = list(self._running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _said(task: asyncio.Future[int]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logging.get(part="deliver").error("claiming deliveries failed", exc_info=error)


def make_deliverer(app: App, client: HttpClient, out: Callable[[bytes], None] | None = None) -> Deliverer:
    """A deliverer over the app's channels; ``stdout`` channels print to standard output, as text on a terminal."""
    return Deliverer(app, client, app.notifiers, out=out or _print, plain=sys.stdout.isatty())


def _print(body: bytes) -> None:
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


async def send_test(app: App, client: HttpClient, name: str) -> str:
    """Say a test message through the channel ``name``; "" where it arrived, else the reason. Nothing is stored."""
    now, notifier, channel = app.clock(), app.notifiers[name], app.settings.channels[name]
    delivery = DeliveryId(make_id(now, "test", name))
    request = notifier.request(
        Outgoing(delivery_id=delivery, alert=sample_alert(now), kind="test", plain=sys.stdout.isatty()), now=now
    )
    if request.url.scheme == "local":
        _print(request.content)
        return ""
    try:
        answer = await client.send(request, follow_redirects=False, max_body=64 * 1024, body_matters=False, total=channel.timeout)
    except FetchError as error:
        return error.why
    judged = notifier.judge(answer)
    return "" if judged.judgement == Judgement.SENT else judged.why


def sample_alert(now: datetime) -> Alert:
    """An alert that says it is a test, complete enough for every channel to show its form."""
    story = EventStory(story_id=StoryId(make_id(now, "test story")), title="This is a test", url="", outlet="Movewire", at=now)
    event = Event(
        id=EventId(make_id(now, "test event")),
        labels=(Label.EXECUTIVE_MOVE,),
        headline="Movewire: this is a test message",
        status=Status.CONFIRMED,
        severity=Severity.LOW,
        severity_reasons=("a test",),
        first_seen=now,
        last_seen=now,
        stories=(story,),
        outlets=("Movewire",),
    )
    alert_id = AlertId(make_id(now, "test alert"))
    return Alert(id=alert_id, event_id=event.id, revision=1, created_at=now, reasons=("movewire channels test",), event=event)
