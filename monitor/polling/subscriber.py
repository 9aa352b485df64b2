"""Subscribes to hubs and renews, takes what they push, and lets go of those that push too little."""

from __future__ import annotations

from monitor import log as logging
from monitor import websub
from monitor.app import App
from monitor.doors.http_client import HttpClient
from monitor.errors import FetchError, ReadingError
from monitor.interfaces import Answer
from monitor.polling.poll_record import Overtaken
from monitor.polling.poller import Poller
from monitor.results import Subscription
from monitor.store import Transaction, care
from monitor.urls import redacted

AT_ONCE = 20  # hubs asked in one go
CALLBACK = "/websub/"


class Subscriber:
    """One per daemon. Does nothing where ``server.public_url`` is not set: no hub could reach us."""

    def __init__(self, app: App, client: HttpClient) -> None:
        self._app, self._client = app, client
        self._log = logging.get(part="websub")

    async def run_once(self) -> int:
        """Ask the hubs that are to be asked now; returns how many were."""
        public, now, store = self._app.settings.server.public_url, self._app.clock(), self._app.store
        if not public:
            return 0
        due = await store.aread(lambda reads: care.due_subscriptions(reads, now, AT_ONCE))
        for sub in due:
            await self._ask(sub, public.rstrip("/") + CALLBACK + sub.token)
        return len(due)

    async def _ask(self, sub: Subscription, callback: str) -> None:
        try:
            answer = await self._client.send(
                websub.subscribe(sub, callback), follow_redirects=False, max_body=4096, body_matters=False
            )
        except FetchError as error:
            why = error.why
        else:
            why = "" if answer.status in (202, 204) else f"the hub answered {answer.status}"

        def work(tx: Transaction) -> None:
            stored = care.subscription_of(tx, feed_id=sub.feed_id)
            # One that is to be asked at another time by now was confirmed, refused or named anew before the answer came.
            if stored is not None and (stored.hub, stored.topic, stored.next_request) == (sub.hub, sub.topic, sub.next_request):
                tx.save_subscription(websub.asked(stored, now=self._app.clock(), why=why, rnd=self._app.rnd()))

        await self._app.store.atransact(work, beside=True)
        if why:
            self._log.warning("hub cannot be asked", feed_id=sub.feed_id, hub=redacted(sub.hub), why=why)


async def _subscription(app: App, token: str) -> Subscription | None:
    return await app.store.aread(lambda reads: care.subscription_of(reads, token=token))


async def confirm(app: App, token: str, *, mode: str, topic: str, lease: str, reason: str) -> bool:
    """The hub asks whether we meant a subscription, or says that it refuses one. True: we did."""
    now = app.clock()
    sub = await _subscription(app, token)
    if sub is None or topic != sub.topic:
        return False
    after = (
        websub.denied(sub, reason, now=now)
        if mode == "denied"
        else websub.verified(sub, mode=mode, topic=topic, lease=lease, now=now)
    )
    if after is None:
        return False
    await app.store.atransact(lambda tx: tx.save_subscription(after), beside=True)
    logging.get(part="websub").info(
        "hub confirms" if mode != "denied" else "hub refuses", feed_id=sub.feed_id, until=str(after.lease_until)
    )
    return True


async def receive(app: App, poller: Poller, token: str, body: bytes, *, content_type: str, signature: str) -> bool:
    """What a hub pushed, read like a poll's answer where its signature is right; False where nobody asked for it."""
    log, now = logging.get(part="websub"), app.clock()
    sub = await _subscription(app, token)
    if sub is None:
        return False
    if not websub.signed(sub, body, signature):
        log.warning("a push whose signature is wrong was thrown away", feed_id=sub.feed_id)
        return True  # the recommendation's answer: whoever guesses learns nothing
    feed = await app.store.aread(lambda reads: reads.feed(sub.feed_id))
    if feed is None:
        return False
    answer = Answer(status=200, headers={"content-type": content_type}, body=body, url=feed.url)
    try:
        outcome = await poller.pushed(feed, answer)
    except ReadingError as error:
        log.warning("a push cannot be read", feed_id=feed.id, feed=feed.name, why=error.why)
        return True
    except Overtaken:
        return False  # its feed rests, or was taken out: nobody is to be told of it
    await app.store.atransact(lambda tx: tx.count_push(sub.feed_id, now), beside=True)
    log.info("pushed", feed_id=feed.id, feed=feed.name, new=outcome.new)
    return True
