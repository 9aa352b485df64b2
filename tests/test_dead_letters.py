"""What is said of messages that are given up, on a real database and real sockets."""

from __future__ import annotations

import json
from datetime import timedelta

import structlog
from sqlalchemy import text

from monitor.app import open_app
from tests import outboxes
from tests.outboxes import Clock, deliver, put, states
from tests.outboxes import net as net
from tests.servers import LocalServer, Reply


def test_the_operator_is_told_of_a_delivery_its_receiver_refused(net: LocalServer, url: str) -> None:
    net.routes["/gone"] = lambda _: Reply(404)
    clock, channels = Clock(), {n: {"type": "webhook", "url": f"{net.url}/{n}"} for n in ("ok", "gone")}
    told = outboxes.settings(url, channels, operator_channel="ok")
    with open_app(told, clock=clock, rnd=lambda: 0.5) as app, structlog.testing.capture_logs() as logs:
        put(app, 1, "gone")
        for _ in range(4):
            deliver(app)
            clock.now += timedelta(minutes=2)
        assert states(app) == {"gone": ["dead"], "ok": ["sent"]}
    [notice] = [json.loads(a.body)["data"] for a in net.asked if a.path == "/ok"]
    assert (notice["kind"], notice["subject"]) == ("delivery.dead", "gone") and "404" in notice["lines"][0]
    assert [line["channel"] for line in logs if line["log_level"] == "error"] == ["gone"], "it is logged once"


def test_a_message_nobody_can_read_is_logged_and_told_as_any_dead_letter(net: LocalServer, url: str) -> None:
    channels = {n: {"type": "webhook", "url": f"{net.url}/{n}"} for n in ("ok", "hook")}
    told = outboxes.settings(url, channels, operator_channel="ok")
    with open_app(told, clock=Clock(), rnd=lambda: 0.5) as app, structlog.testing.capture_logs() as logs:
        put(app, 1, "hook")
        app.store.transact(lambda tx: tx.connection.execute(text("UPDATE alerts SET event = '{no JSON'")))
        for _ in range(2):
            deliver(app)
        assert states(app) == {"hook": ["dead"], "ok": ["sent"]}
    [line] = [line for line in logs if line["log_level"] == "error"]
    assert (line["channel"], line["attempt"]) == ("hook", 1) and "cannot be read" in line["why"]
    [whole] = [line["exc_info"] for line in logs if line["event"] == "what a delivery holds cannot be read"]
    assert whole.__traceback__ is not None, "where it broke is shown"
