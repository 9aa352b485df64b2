"""Mail to several: whom a server refuses for now is told later, and he alone; the others wait for nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor import query
from monitor.app import App, open_app
from monitor.model import Delivery
from tests import outboxes
from tests.notify.test_doors import Mailbox
from tests.outboxes import START, Clock, deliver, net, numbered, tell
from tests.servers import LocalServer, free_port

__all__ = ["net"]  # a fixture

ANN, BEN, CAT = "ann@news.example", "ben@news.example", "cat@news.example"
FULL, GREY, GONE = "452 4.2.2 mailbox full", "451 4.7.1 greylisted", "550 no such mailbox"


@dataclass
class Post(Mailbox):
    """A mail server that says to each recipient what ``says`` has for him."""

    says: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
        if to in self.says:
            return self.says[to]
        return await super().handle_RCPT(server, session, envelope, to, options)

    def told(self) -> list[tuple[str, ...]]:
        """Whom each mail that was taken was for."""
        return [tuple(mail.rcpt_tos) for mail in self.got]

    @contextmanager
    def open(self) -> Iterator[str]:
        controller = Controller(self, hostname="127.0.0.1", port=free_port())
        controller.start()
        try:
            yield f"smtp+plain://127.0.0.1:{controller.port}"
        finally:
            controller.stop()


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def server(post: Post) -> Iterator[str]:
    with post.open() as url:
        yield url


def mail(server: str, *to: str) -> dict[str, Any]:
    return {"type": "email", "url": server, "sender": "mw@news.example", "to": list(to)}


def told(url: str, server: str, net: LocalServer, *to: str) -> Any:
    ops = {"type": "webhook", "url": f"{net.url}/ok"}
    return outboxes.settings(url, {"desk": mail(server, *to), "ops": ops}, operator_channel="ops")


def of_desk(app: App) -> list[Delivery]:
    return list(query.deliveries(app.store, channel="desk", limit=100).items)


def notices(net: LocalServer) -> list[dict[str, Any]]:
    return [json.loads(a.body)["data"] for a in net.asked if a.path == "/ok"]


def wait(app: App, clock: Clock, **long: float) -> None:
    clock.now += timedelta(**long)
    deliver(app)


def test_who_is_refused_for_now_gets_it_later_and_he_alone(url: str, net: LocalServer, post: Post, server: str) -> None:
    post.says = {BEN: GREY}
    clock = Clock()
    with open_app(told(url, server, net, ANN, BEN), clock=clock, rnd=lambda: 0.5) as app:
        tell(app, numbered(1, START), ["desk"])
        deliver(app)
        [one] = of_desk(app)
        assert (one.state.value, one.later, one.sent_at) == ("pending", (BEN,), START)
        assert f"{BEN} refused: {GREY}" in one.last_error and one.next_attempt == START + timedelta(seconds=5)
        wait(app, clock, seconds=6)
        assert post.told() == [(ANN,)]
        post.says = {}
        wait(app, clock, minutes=2)
        wait(app, clock, hours=80)
        assert post.told() == [(ANN,), (BEN,)]
        [one] = of_desk(app)
        assert (one.state.value, one.later, one.sent_at, one.last_error) == ("sent", (), START, "")
        assert [a.status for a in query.delivery(app.store, one.id).attempts] == [250, 451, 250]
    first, second = (mail.original_content for mail in post.got)
    assert first == second, "and both see for whom it was"
    assert notices(net) == []


def test_a_full_mailbox_holds_up_nobody(url: str, net: LocalServer, post: Post, server: str) -> None:
    """Neither the others, whose mail comes in order, nor the channel, which has not failed; in the end the operator is told."""
    post.says = {BEN: FULL}
    clock = Clock()
    with open_app(told(url, server, net, ANN, BEN), clock=clock, rnd=lambda: 0.5) as app:
        for n in range(3):
            tell(app, numbered(n, START + timedelta(seconds=n)), ["desk"])
        clock.now += timedelta(seconds=3)
        deliver(app)
        assert post.told() == [(ANN,)] * 3
        for hours in (0.1, 0.1, 0.5, 2.1, 5.1, 10.1, 14.1, 20.1):
            wait(app, clock, hours=hours)
        assert {d.state.value for d in of_desk(app)} == {"pending"} and notices(net) == []
        assert [c.failures for c in app.store.channels() if c.name == "desk"] == [0]
        for hours in (24.1, 30.0, 30.0):
            wait(app, clock, hours=hours)
        deliver(app)
        assert {(d.state.value, d.later) for d in of_desk(app)} == {("dead", (BEN,))}
        [dead] = notices(net)
        assert dead["kind"] == "delivery.dead" and f"{BEN} refused: {FULL}" in dead["lines"][0]
        assert post.told() == [(ANN,)] * 3
        post.says = {}
        app.store.retry_deliveries(now=clock.now, failed_since=START - timedelta(days=1))
        deliver(app)
        assert post.told() == [(ANN,)] * 3 + [(BEN,)] * 3, "sent again by hand, it comes to none twice"
        assert {d.state.value for d in of_desk(app)} == {"sent"}


def test_what_is_due_for_all_goes_before_what_is_left_for_one(url: str, net: LocalServer, post: Post, server: str) -> None:
    post.says = {BEN: FULL}
    clock = Clock()
    with open_app(told(url, server, net, ANN, BEN), clock=clock, rnd=lambda: 0.5) as app:
        tell(app, numbered(0, START), ["desk"])
        deliver(app)
        post.says = {}
        clock.now += timedelta(minutes=1)
        for n in (1, 2):
            tell(app, numbered(n, clock.now), ["desk"])
        deliver(app)
        assert post.told() == [(ANN,), (ANN, BEN), (ANN, BEN), (BEN,)]


def test_who_is_refused_for_good_is_told_to_the_operator_and_not_tried_again(
    url: str, net: LocalServer, post: Post, server: str
) -> None:
    """At once, or when his turn comes later: beside one who is refused for now, too."""
    post.says = {BEN: GREY, CAT: GREY}
    clock = Clock()
    with open_app(told(url, server, net, ANN, BEN, CAT), clock=clock, rnd=lambda: 0.5) as app:
        tell(app, numbered(1, START), ["desk"])
        deliver(app)
        post.says = {BEN: FULL, CAT: GONE}
        wait(app, clock, seconds=6)
        deliver(app)
        assert [d.later for d in of_desk(app)] == [(BEN,)]
        [missed] = notices(net)
        assert missed["kind"] == "delivery.missed" and missed["lines"][0] == f"{CAT} refused: {GONE}"
        post.says = {BEN: GONE}
        wait(app, clock, days=1)
        deliver(app)
        assert [(d.state.value, d.later) for d in of_desk(app)] == [("sent", ())]
        assert [n["lines"][0] for n in notices(net)] == [f"{CAT} refused: {GONE}", f"{BEN} refused: {GONE}"]
        wait(app, clock, days=4)
    assert post.told() == [(ANN,)]


def test_where_none_is_taken_one_who_may_be_taken_later_decides(url: str, net: LocalServer, post: Post, server: str) -> None:
    """The first one's 550 was the word for all: three tries, and the second, greylisted for an hour, never had it."""
    post.says = {ANN: GONE, BEN: GREY}
    clock = Clock()
    with open_app(told(url, server, net, ANN, BEN), clock=clock, rnd=lambda: 0.5) as app:
        tell(app, numbered(1, START), ["desk"])
        for minutes in (0, 1, 5, 10):
            wait(app, clock, minutes=minutes)
        assert [d.state.value for d in of_desk(app)] == ["pending"]
        post.says = {ANN: GONE}
        wait(app, clock, hours=1)
        assert post.told() == [(BEN,)] and [d.state.value for d in of_desk(app)] == ["sent"]


def test_a_server_that_is_away_while_one_is_left_is_waited_for(url: str, net: LocalServer, post: Post) -> None:
    post.says = {BEN: GREY}
    clock = Clock()
    with post.open() as server:
        settings = told(url, server, net, ANN, BEN)
        with open_app(settings, clock=clock, rnd=lambda: 0.5) as app:
            tell(app, numbered(1, START), ["desk"])
            deliver(app)
    with open_app(settings, clock=clock, rnd=lambda: 0.5) as app:
        wait(app, clock, minutes=1)
        [one] = of_desk(app)
        assert (one.state.value, one.later, one.attempts) == ("pending", (BEN,), 2)


def test_a_recipient_who_is_taken_out_of_the_settings_is_not_tried_again(
    url: str, net: LocalServer, post: Post, server: str
) -> None:
    post.says = {BEN: FULL}
    clock = Clock()
    with open_app(told(url, server, net, ANN, BEN), clock=clock) as app:
        tell(app, numbered(1, START), ["desk"])
        deliver(app)
    post.says = {}
    with open_app(told(url, server, net, ANN, CAT), clock=clock) as app:
        wait(app, clock, minutes=1)
        assert post.told() == [(ANN,)] and [(d.state.value, d.later) for d in of_desk(app)] == [("sent", ())]


def test_what_waits_for_some_of_a_channel_that_is_gone_is_given_up_with_it(
    url: str, net: LocalServer, post: Post, server: str
) -> None:
    post.says = {BEN: FULL}
    with open_app(told(url, server, net, ANN, BEN), clock=Clock()) as app:
        tell(app, numbered(1, START), ["desk"])
        deliver(app)
        assert app.store.waiting_by_channel() == {"desk": 1}
        assert app.store.forget_channel("desk") == 1
        assert [d.state.value for d in of_desk(app)] == ["dead"]
