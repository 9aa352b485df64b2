"""WebSub: a hub is noticed, asked, believed with its signature only, renewed, and let go where it pushes too little."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import schedule, websub
from monitor.engine.loops import Running, Ticks
from monitor.model import Feed, FeedId, FeedState
from monitor.polling.subscriber import Subscriber
from monitor.results import Subscription, SubscriptionState
from monitor.store import care
from monitor.surfaces.api import create_app
from tests.polling import NOW, World, item, world
from tests.servers import Asked, Reply, rss

PUBLIC = "https://wire.movewire.example"
SUB = Subscription(
    feed_id=FeedId("f"),
    hub="https://hub.example/",
    topic="https://t.example/feed",
    token="t0ken",
    secret="s3cret",
    next_request=NOW,
)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A feed that names a hub, which is the same server."""
    with world(tmp_path, server={"public_url": PUBLIC}) as made:
        made.items[:] = [item(n, NOW - timedelta(hours=n)) for n in (1, 2, 3)]
        made.says()
        made.server.routes["/hub"] = lambda _: Reply(202)
        yield made


def body(w: World) -> bytes:
    links = f'<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="{w.server.url}/hub"/>'
    links += f'<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="{w.server.url}/canonical"/>'
    return rss(w.items).replace(b"<description>d", links.encode() + b"<description>d")


def named(w: World) -> None:
    w.answers(200, body(w))


def stored(w: World) -> Subscription | None:
    return w.app.store.read(lambda r: care.subscription_of(r, feed_id=w.feed().id))


def sub(w: World) -> Subscription:
    found = stored(w)
    assert found is not None
    return found


def ask(w: World) -> int:
    async def main() -> int:
        client = w.app.client()
        try:
            return await Subscriber(w.app, client).run_once()
        finally:
            await client.close()

    return asyncio.run(main())


def call(w: World, method: str, token: str, **options: Any) -> httpx.Response:
    """A hub calls us back, through the whole application."""

    async def main() -> httpx.Response:
        assert w.collector is not None
        running = Running(app=w.app, collector=w.collector, deliverer=None, ticks=Ticks(started=NOW))  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app=create_app(w.app, running))
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as hub:
            return await hub.request(method, f"/websub/{token}", **options)

    return asyncio.run(main())


def confirm(w: World, lease: int = 864000, **changed: str) -> httpx.Response:
    told = {"hub.mode": "subscribe", "hub.topic": sub(w).topic, "hub.challenge": "c-1", "hub.lease_seconds": str(lease)}
    return call(w, "GET", sub(w).token, params=told | changed)


def push(w: World, document: bytes, secret: str = "", method: str = "sha256") -> httpx.Response:
    key = (secret or sub(w).secret).encode()
    signature = f"{method}={hmac.new(key, document, getattr(hashlib, method)).hexdigest()}"
    headers = {"x-hub-signature": signature, "content-type": "application/rss+xml"}
    return call(w, "POST", sub(w).token, content=document, headers=headers)


def subscribed(w: World) -> None:
    named(w)
    w.poll()
    ask(w)
    assert confirm(w).status_code == 200


def test_a_hub_in_the_document_is_noticed_and_asked_for_the_feeds_own_topic(w: World) -> None:
    named(w)
    w.poll()
    assert (sub(w).hub, sub(w).topic, sub(w).state) == (
        f"{w.server.url}/hub",
        f"{w.server.url}/canonical",
        SubscriptionState.OFFERED,
    )
    assert ask(w) == 1
    asked = w.server.asked[-1]
    form = {k: v[0] for k, v in parse_qs(asked.body.decode()).items()}
    assert (asked.method, form["hub.mode"], form["hub.topic"]) == ("POST", "subscribe", sub(w).topic)
    assert form["hub.callback"] == f"{PUBLIC}/websub/{sub(w).token}"
    assert form["hub.secret"] == sub(w).secret
    assert sub(w).state == SubscriptionState.ASKED
    assert ask(w) == 0, "it has an hour to confirm"


def test_a_hub_in_the_link_header_goes_first(w: World) -> None:
    w.answers(200, body(w), link=f'<{w.server.url}/other>; rel="hub", <{w.server.url}/topic>; rel="self"')
    w.poll()
    assert (sub(w).hub, sub(w).topic) == (f"{w.server.url}/other", f"{w.server.url}/topic")


def test_without_a_public_address_a_hub_is_noticed_and_not_asked(tmp_path: Path) -> None:
    with world(tmp_path) as w:
        w.items[:] = [item(1, NOW)]
        named(w)
        w.poll()
        assert sub(w).state == SubscriptionState.OFFERED
        assert ask(w) == 0


def test_a_feed_without_a_hub_has_no_subscription(w: World) -> None:
    w.poll()
    assert stored(w) is None


def test_a_subscription_that_was_meant_is_confirmed_and_slows_polling(w: World) -> None:
    named(w)
    w.poll()
    ask(w)
    answer = confirm(w)
    assert (answer.status_code, answer.text) == (200, "c-1")
    assert sub(w).state == SubscriptionState.ACTIVE
    assert sub(w).lease_until == w.now + timedelta(days=10)
    assert w.feed().pushed_until == sub(w).lease_until
    alone = replace(w.feed(), pushed_until=None, interval_seconds=600.0, last_story=w.now)
    pushed = replace(alone, pushed_until=w.now + timedelta(days=1))
    polling, nothing = w.app.settings.polling, schedule.Wishes()
    waits = [schedule.after_success(f, 600.0, nothing, now=w.now, settings=polling, rnd=0.5) - w.now for f in (alone, pushed)]
    assert waits[1] == 4 * waits[0], "polling goes on, four times slower"


def test_what_was_not_meant_is_not_confirmed(w: World) -> None:
    named(w)
    w.poll()
    for changed in ({"hub.topic": "https://else.example/"}, {"hub.mode": "unsubscribe"}):
        assert confirm(w, **changed).status_code == 404
    assert call(w, "GET", "guessed", params={"hub.mode": "subscribe", "hub.topic": "x", "hub.challenge": "y"}).status_code == 404
    assert sub(w).state == SubscriptionState.OFFERED


def test_a_refusal_is_kept_and_not_asked_about_for_a_week(w: World) -> None:
    named(w)
    w.poll()
    ask(w)
    assert confirm(w, **{"hub.mode": "denied", "hub.reason": "too many"}).status_code == 200
    assert sub(w).last_error == "the hub refused: too many"
    assert sub(w).next_request == w.now + timedelta(days=7)


def test_a_lease_is_renewed_before_it_ends(w: World) -> None:
    subscribed(w)
    w.forward(days=7)
    assert ask(w) == 0
    w.forward(days=1, minutes=1)
    assert ask(w) == 1
    assert sub(w).state == SubscriptionState.ACTIVE, "it still pushes"
    assert confirm(w).status_code == 200
    assert sub(w).lease_until == w.now + timedelta(days=10)


def test_a_hub_that_cannot_be_asked_is_asked_ever_later(w: World) -> None:
    w.server.routes["/hub"] = lambda _: Reply(500)
    named(w)
    w.poll()
    waits = []
    for _ in range(8):
        ask(w)
        waits.append(sub(w).next_request - w.now)
        w.now = sub(w).next_request
    assert waits == sorted(waits)
    assert waits[0] >= timedelta(hours=1)
    assert waits[-1] <= timedelta(days=1.1)
    assert sub(w).last_error == "the hub answered 500"


def test_a_hub_that_takes_every_request_and_never_confirms_is_asked_ever_later(w: World) -> None:
    named(w)
    w.poll()
    waits = []
    for _ in range(8):
        assert ask(w) == 1
        waits.append(sub(w).next_request - w.now)
        w.now = sub(w).next_request
    assert waits[:3] == [timedelta(hours=hours * 1.05) for hours in (1, 2, 4)] and waits[-1] == timedelta(days=1.05)
    assert sub(w).last_error == "the hub took 8 requests and confirmed none"
    assert confirm(w).status_code == 200
    assert (sub(w).state, sub(w).failures, sub(w).last_error) == (SubscriptionState.ACTIVE, 0, "")


def test_a_hub_that_confirms_before_it_answers_is_believed(w: World) -> None:
    confirmed = []

    def hub(_: Asked) -> Reply:
        with ThreadPoolExecutor(1) as beside:
            confirmed.append(beside.submit(confirm, w).result().status_code)
        return Reply(204)

    w.server.routes["/hub"] = hub
    named(w)
    w.poll()
    ask(w)
    assert confirmed == [200]
    assert (sub(w).state, sub(w).lease_until) == (SubscriptionState.ACTIVE, w.now + timedelta(days=10))
    assert w.feed().pushed_until == sub(w).lease_until
    assert sub(w).next_request == w.now + timedelta(days=8)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha512"])
def test_a_push_is_read_like_a_poll(w: World, method: str) -> None:
    subscribed(w)
    before = w.feed()
    assert push(w, rss([item(9, w.now)]), method=method).status_code == 202
    after = w.feed()
    assert after.stories == before.stories + 1
    assert (after.etag, after.next_check, after.overruns, after.polls) == (before.etag, before.next_check, 0, before.polls)
    assert sub(w).pushes == 1
    w.items.insert(0, item(9, w.now))
    named(w)
    w.forward(hours=1)
    assert w.poll()[0].new == 0, "polling finds what was pushed, and stores it once"


def test_news_that_is_pushed_is_not_taken_for_entries_under_new_names(w: World) -> None:
    """A push of what is new is all new: of a whole document that would mean that its publisher renamed what it has."""
    page = b"<link>https://wire.example/today</link>"
    w.answers(200, body(w).replace(b"<link>https://wire.example/g-1</link>", page))
    w.poll()
    ask(w)
    confirm(w)
    told = rss([item(n, w.now) for n in (7, 8, 9)]).replace(b"<link>https://wire.example/g-7</link>", page)
    assert push(w, told).status_code == 202
    assert w.feed().stories == 6


def test_a_feed_that_is_paused_takes_no_push_and_renews_no_lease(w: World) -> None:
    """Who pauses a feed does not want to be told of it, whichever way it comes."""
    subscribed(w)
    feed = w.feed()
    w.app.store.transact(lambda tx: tx.save_feed(replace(feed, paused=True, state=FeedState.RESTING)))
    assert push(w, rss([item(9, w.now)])).status_code == 404
    assert w.feed().stories == feed.stories and sub(w).pushes == 0
    w.now = sub(w).next_request + timedelta(days=2)
    assert ask(w) == 0
    w.app.store.transact(lambda tx: tx.save_feed(feed))
    assert ask(w) == 1
    assert push(w, rss([item(9, w.now)])).status_code == 202
    assert w.feed().stories == feed.stories + 1


def test_a_feed_taken_out_of_the_configuration_takes_no_push(w: World) -> None:
    subscribed(w)
    w.app.store.transact(lambda tx: tx.sync_feeds([]))
    assert push(w, rss([item(9, w.now)])).status_code == 404
    assert w.feed().stories == 3


@pytest.mark.parametrize("names_a_hub", [True, False])
def test_the_hub_of_an_address_that_is_the_feeds_no_more_pushes_nothing(w: World, names_a_hub: bool) -> None:
    """What another address says there is not the feed's, though it is signed with the secret of the time before."""
    subscribed(w)
    before, address = sub(w), f"{w.server.url}/else"
    elsewhere = rss([item(n, w.now, title=f"Quarry report number {n}") for n in (21, 22)])
    named_there = body(w).replace(b"/canonical", b"/else")
    w.server.routes["/else"] = lambda _: Reply(200, named_there if names_a_hub else elsewhere)
    moved = Feed(id=before.feed_id, name="wire", url=address, given_url=address, declared=True)
    w.app.store.transact(lambda tx: tx.sync_feeds([moved]))
    w.poll()
    stories, told = w.feed().stories, rss([item(9, w.now)])
    signature = f"sha256={hmac.new(before.secret.encode(), told, hashlib.sha256).hexdigest()}"
    assert call(w, "POST", before.token, content=told, headers={"x-hub-signature": signature}).status_code == 404
    assert (w.feed().stories, w.feed().pushed_until) == (stories, None)
    if names_a_hub:
        assert (sub(w).topic, sub(w).state) == (address, SubscriptionState.OFFERED)
    else:
        assert stored(w) is None


def test_a_push_with_a_wrong_signature_is_thrown_away(w: World) -> None:
    subscribed(w)
    document = rss([item(9, w.now)])
    assert push(w, document, secret="guessed").status_code == 202
    assert call(w, "POST", sub(w).token, content=document).status_code == 202
    assert call(w, "POST", "guessed", content=document).status_code == 404
    assert w.feed().stories == 3


def test_a_push_that_is_no_feed_does_no_harm(w: World) -> None:
    subscribed(w)
    assert push(w, b"<html>oops</html>").status_code == 202
    assert (w.feed().stories, w.feed().state.value) == (3, "ok")


def test_push_is_switched_off_where_polling_finds_what_it_missed(w: World) -> None:
    subscribed(w)
    for number in range(10, 13):
        w.forward(hours=1)
        w.items.insert(0, item(number, w.now - timedelta(minutes=30)))
        named(w)
        assert sub(w).state == SubscriptionState.ACTIVE
        w.poll()
    assert sub(w).state == SubscriptionState.OFF
    assert w.feed().pushed_until is None
    w.forward(days=30)
    assert ask(w) == 0


def test_what_is_too_young_or_older_than_the_subscription_was_not_missed(w: World) -> None:
    subscribed(w)
    for number in range(10, 15):
        w.forward(hours=1)
        w.items[:0] = [item(number, w.now - timedelta(minutes=5)), item(100 + number, NOW - timedelta(days=1))]
        named(w)
        w.poll()
    assert (sub(w).state, sub(w).missed) == (SubscriptionState.ACTIVE, 0)


@given(
    body=st.binary(max_size=200),
    secret=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    other=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
)
def test_only_our_secret_signs(body: bytes, secret: str, other: str) -> None:
    known = replace(SUB, secret=secret)
    header = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    assert websub.signed(known, body, header)
    assert not websub.signed(known, body + b"x", header)
    assert not websub.signed(known, body, header.replace("sha256=", "md5="))
    if other != secret:
        assert not websub.signed(replace(SUB, secret=other), body, header)


@given(lease=st.text(max_size=12), rnd=st.floats(0, 1, exclude_max=True))
def test_any_lease_a_hub_names_is_bounded(lease: str, rnd: float) -> None:
    after = websub.verified(SUB, mode="subscribe", topic=SUB.topic, lease=lease, now=NOW)
    assert after is not None
    assert after.lease_until is not None
    assert timedelta(minutes=5) <= after.lease_until - NOW <= websub.LONGEST_LEASE
    assert NOW < after.next_request < after.lease_until
