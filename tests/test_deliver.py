"""The delivery loop on a real database and real sockets."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text

from monitor import log
from monitor.app import App, open_app
from monitor.channel_test import send_test
from monitor.deliver import Deliverer, make_deliverer
from monitor.model import DeliveryState
from monitor.results import ANSWER_LIMIT
from monitor.settings.schema import Settings
from tests import outboxes
from tests.claims import claims, next_claim
from tests.outboxes import START, Clock, deliver, net, put, states
from tests.servers import Asked, LocalServer, Reply

__all__ = ["net"]  # a fixture


def settings(net: LocalServer, url: str, *names: str) -> Settings:
    return outboxes.settings(url, {n: {"type": "webhook", "url": f"{net.url}/{n}"} for n in names})


def test_a_channel_sees_its_alerts_in_order(net: LocalServer, url: str) -> None:
    with open_app(settings(net, url, "ok"), clock=Clock(), rnd=lambda: 0.5) as app:
        put(app, 12, "ok")
        deliver(app)
        assert states(app) == {"ok": ["sent"] * 12}
    ids = [json.loads(a.body)["data"]["alert_id"] for a in net.asked]
    assert ids == sorted(ids) and len(set(ids)) == 12


def test_a_waiting_delivery_holds_back_the_later_ones_of_its_channel_only(net: LocalServer, url: str) -> None:
    answers = [Reply(500), Reply(200), Reply(200)]
    net.routes["/shy"] = lambda _: answers.pop(0)
    clock = Clock()
    with open_app(settings(net, url, "ok", "shy"), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 2, "ok", "shy")
        deliver(app)
        assert states(app) == {"ok": ["sent", "sent"], "shy": ["pending", "pending"]}
        clock.now += timedelta(seconds=10)
        deliver(app)
        assert states(app)["shy"] == ["sent", "sent"]
    ids = [json.loads(a.body)["data"]["alert_id"] for a in net.asked if a.path == "/shy"]
    assert ids[0] == ids[1] < ids[2], "the first one again, under its id, then the second"


def test_what_a_receiver_refuses_is_tried_three_times(net: LocalServer, url: str) -> None:
    net.routes["/no"] = lambda _: Reply(404)
    clock = Clock()
    with open_app(settings(net, url, "no"), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "no")
        for _ in range(5):
            deliver(app)
            clock.now += timedelta(days=1)
        assert states(app) == {"no": ["dead"]}
    assert len(net.asked) == 3


def test_a_failing_receiver_is_given_up_after_the_whole_schedule(net: LocalServer, url: str) -> None:
    net.routes["/down"] = lambda _: Reply(503)
    clock = Clock()
    with open_app(settings(net, url, "down"), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "down")
        while (due := next_claim(app.store)) is not None:
            clock.now = max(clock.now, due)
            deliver(app)
        assert states(app) == {"down": ["dead"]}
        assert timedelta(hours=75) < clock.now - START < timedelta(hours=77)
    assert len(net.asked) == 11
    assert len({a.body for a in net.asked}) == 1 and len({a.headers["webhook-id"] for a in net.asked}) == 1


def test_a_receiver_that_is_gone_disables_its_channel(net: LocalServer, url: str) -> None:
    net.routes["/gone"] = lambda _: Reply(410)
    with open_app(settings(net, url, "gone"), clock=Clock(), rnd=lambda: 0.5) as app:
        put(app, 3, "gone")
        deliver(app)
        [state] = [c for c in app.store.channels() if c.name == "gone"]
        assert state.disabled and "410" in state.reason
        assert states(app) == {"gone": ["pending"] * 3}, "nothing is lost: it goes out when the channel is enabled"
    assert len(net.asked) == 1


def test_retry_after_is_kept(net: LocalServer, url: str) -> None:
    net.routes["/busy"] = lambda _: Reply(429, headers={"retry-after": "600"})
    clock = Clock()
    with open_app(settings(net, url, "busy"), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "busy")
        deliver(app)
        clock.now += timedelta(seconds=590)
        deliver(app)
        assert len(net.asked) == 1
        clock.now += timedelta(seconds=20)
        deliver(app)
    assert len(net.asked) == 2


def test_a_receiver_that_always_asks_for_a_short_wait_uses_up_no_attempts(net: LocalServer, url: str) -> None:
    """What it asks is kept at first; then the schedule's own waits, so that a message has its three days all the same."""
    net.routes["/busy"] = lambda _: Reply(429, headers={"retry-after": "2"})
    clock, began = Clock(), []
    with open_app(settings(net, url, "busy"), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 2, "busy")
        while "dead" not in states(app)["busy"]:
            clock.now = max(clock.now, next_claim(app.store) or clock.now)
            began.append(clock.now)
            deliver(app)
        [state] = [c for c in app.store.channels() if c.name == "busy"]
        assert state.failures == len(net.asked) and "429" in state.reason, "the channel says how it is"
    waits = [after - before for before, after in pairwise(began)]
    assert waits[:4] == [timedelta(seconds=2)] * 3 + [timedelta(minutes=30)]
    assert timedelta(hours=75) < clock.now - START < timedelta(hours=77)


def test_a_redirect_is_not_followed(net: LocalServer, url: str) -> None:
    net.routes["/away"] = lambda _: Reply(302, headers={"location": "/ok"})
    with open_app(settings(net, url, "away"), clock=Clock(), rnd=lambda: 0.5) as app:
        put(app, 1, "away")
        deliver(app)
    assert [a.path for a in net.asked] == ["/away"]


def test_an_interrupted_delivery_goes_out_again_when_its_lease_has_run_out(net: LocalServer, url: str) -> None:
    clock = Clock()
    with open_app(settings(net, url, "ok"), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "ok")
        [claimed] = claims(app.store, clock.now, timedelta(seconds=60))
        assert claimed.delivery.state == DeliveryState.SENDING and claimed.delivery.attempts == 1
        deliver(app)
        assert net.asked == [], "its lease still holds"
        clock.now += timedelta(seconds=61)
        deliver(app)
        assert states(app) == {"ok": ["sent"]}
    assert len(net.asked) == 1


def test_a_test_message_reaches_its_channel_and_stores_nothing(net: LocalServer, url: str) -> None:
    async def test(app: App) -> str:
        client = app.client()
        try:
            return await send_test(app, client, "ok")
        finally:
            await client.close()

    with open_app(settings(net, url, "ok"), clock=Clock()) as app:
        assert asyncio.run(test(app)) == ""
        assert states(app) == {}
    assert json.loads(net.asked[0].body)["type"] == "channel.test"


def test_no_secret_address_is_logged(net: LocalServer, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    net.routes["/T0P/S3CRET"] = lambda _: Reply(500, b"no: " + b"/T0P/S3CRET")
    log.configure("debug", "json")
    raw = settings(net, url, "ok").model_dump(mode="python", exclude={"routes"})
    raw["channels"]["ok"]["url"] = f"{net.url}/T0P/S3CRET"
    log.hide(f"{net.url}/T0P/S3CRET")
    with open_app(Settings.model_validate(raw | {"routes": [{"name": "all", "channels": ["ok"]}]}), clock=Clock()) as app:
        put(app, 1, "ok")
        deliver(app)
    told = capsys.readouterr()
    assert "delivery failed" in told.err and f"{net.url}/T0P" not in told.err + told.out


@pytest.mark.parametrize("before", range(ANSWER_LIMIT - 24, ANSWER_LIMIT, 6))
def test_no_secret_that_a_receiver_repeats_is_kept_in_part(net: LocalServer, url: str, before: int) -> None:
    """Where its answer is cut is where the secret stands."""
    secret = "hunter2-hunter3-hunter4-"
    net.routes[f"/hook/{secret}"] = lambda _: Reply(500, b"." * before + secret.encode())
    log.hide_url(f"{net.url}/hook/{secret}")
    channels = {"ok": {"type": "webhook", "url": f"{net.url}/hook/{secret}"}}
    with open_app(outboxes.settings(url, channels), clock=Clock()) as app:
        put(app, 1, "ok")
        deliver(app)
        told = app.store.read(lambda reads: reads.connection.execute(text("SELECT answer FROM attempts")).scalar_one())
    assert told == "." * before + "…"


def test_a_daemon_that_starts_takes_up_at_once_what_a_killed_one_held(net: LocalServer, url: str) -> None:
    clock = Clock()
    with open_app(settings(net, url, "ok"), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 2, "ok")
        claims(app.store, clock.now, timedelta(seconds=60))
        assert app.store.release_deliveries(clock.now) == 1
        deliver(app)
        assert states(app) == {"ok": ["sent", "sent"]}


def ended(app: App, net: LocalServer, end: Callable[[Deliverer, asyncio.Task[None]], object], *, answered: bool = True) -> None:
    """A drain that is ended while its receiver holds the first answer; ``answered``: it is given then."""
    asked, answer = threading.Event(), threading.Event()

    def slow(_: Asked) -> Reply:
        asked.set()
        answer.wait(10)
        return Reply(200)

    async def live() -> None:
        client = app.client()
        deliverer = make_deliverer(app, client)
        draining = asyncio.create_task(deliverer.drain(10))
        await asyncio.to_thread(asked.wait, 10)
        end(deliverer, draining)
        if answered:
            answer.set()
        await asyncio.wait([draining])
        answer.set()
        deliverer.wake()
        assert await deliverer.run_once() == 0
        await client.close()
        assert asyncio.all_tasks() == {asyncio.current_task()}, "nothing goes on"

    net.routes["/slow"] = slow
    put(app, 4, "slow")
    asyncio.run(live())
    assert len(net.asked) == 1


def test_a_drain_that_is_stopped_records_what_was_in_flight_and_claims_nothing_more(net: LocalServer, url: str) -> None:
    with open_app(settings(net, url, "slow"), clock=Clock(), rnd=lambda: 0.5) as app:
        ended(app, net, lambda deliverer, _: deliverer.stop())
        assert Counter(states(app)["slow"]) == {"sent": 1, "pending": 3}


def test_a_drain_that_is_cancelled_sends_nothing_more(net: LocalServer, url: str) -> None:
    with open_app(settings(net, url, "slow"), clock=Clock(), rnd=lambda: 0.5) as app:
        ended(app, net, lambda _, draining: draining.cancel(), answered=False)
        assert Counter(states(app)["slow"]) == {"sending": 1, "pending": 3}, "what was cut off waits for its lease"


def test_a_turn_that_nobody_waits_for_says_why_it_failed(net: LocalServer, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def live(app: App) -> None:
        client = app.client()
        deliverer = make_deliverer(app, client)
        app.store.transact(lambda tx: tx.connection.execute(text("ALTER TABLE deliveries RENAME TO gone")))
        deliverer.wake()
        while asyncio.all_tasks() != {asyncio.current_task()}:
            await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})
        await client.close()

    log.configure("debug", "json")
    with open_app(settings(net, url, "ok"), clock=Clock(), rnd=lambda: 0.5) as app:
        put(app, 1, "ok")
        asyncio.run(live(app))
    assert "a turn of the outbox failed" in capsys.readouterr().err
