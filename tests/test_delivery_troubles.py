"""What a delivery meets on its way: guards, forms that cannot be read, doors that break; and what the operator is told."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor import log, query
from monitor.app import open_app
from monitor.engine.embedded import welcome
from tests import outboxes
from tests.notify.test_doors import Mailbox, mailbox, plain_server
from tests.outboxes import START, Clock, deliver, net, numbered, put, states, tell
from tests.servers import LocalServer, Reply

__all__ = ["mailbox", "net", "plain_server"]  # fixtures


class TestTheGuardAtTheChannels:
    """What the configuration names is judged like everything else: by literal, by name, and where a redirect leads."""

    def refused(self, url: str, channel_url: str, allow: list[str]) -> str:
        options = {"hook": {"type": "webhook", "url": channel_url}}
        told = outboxes.settings(url, options, network={"allow_networks": allow})
        with open_app(told, clock=Clock(), rnd=lambda: 0.5) as app:
            put(app, 1, "hook")
            deliver(app)
            assert states(app) == {"hook": ["pending"]}
            return query.deliveries(app.store, limit=1).items[0].last_error

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]"])
    def test_a_private_receiver_gets_nothing(self, url: str, net: LocalServer, host: str) -> None:
        port = net.url.rpartition(":")[2]
        assert "not public" in self.refused(url, f"http://{host}:{port}/ok", [])
        assert net.asked == []

    def test_a_redirect_into_a_private_network_leads_nowhere(self, url: str, net: LocalServer) -> None:
        net.routes["/away"] = lambda _: Reply(307, headers={"location": "http://169.254.169.254/latest/meta-data"})
        assert "not followed" in self.refused(url, f"{net.url}/away", ["127.0.0.0/8"])


def test_a_later_revision_waits_for_an_earlier_one_also_where_the_clock_was_put_back(net: LocalServer, url: str) -> None:
    answers = [Reply(500), Reply(200), Reply(200)]
    net.routes["/hook"] = lambda _: answers.pop(0)
    clock = Clock()
    with open_app(
        outboxes.settings(url, {"hook": {"type": "webhook", "url": f"{net.url}/hook"}}), clock=clock, rnd=lambda: 0.5
    ) as app:
        first = numbered(1, START)
        tell(app, first, ["hook"])
        deliver(app)
        tell(app, replace(first, revision=2, created_at=START - timedelta(hours=1)), ["hook"])
        deliver(app)
        clock.now += timedelta(minutes=1)
        deliver(app)
    assert [json.loads(a.body)["data"]["revision"] for a in net.asked] == [1, 1, 2]


@pytest.mark.parametrize("kind", ["slack", "discord", "teams"])
def test_a_page_that_answers_in_a_service_s_place_has_delivered_nothing(net: LocalServer, url: str, kind: str) -> None:
    """A proxy's, or a network's that wants a login first."""
    said = [b"\n<!DOCTYPE html><title>Sign in</title>", b"<html><title>Sign in</title>", b"ok"]
    net.routes["/hook?wait=true" if kind == "discord" else "/hook"] = lambda _: Reply(200, said.pop(0))
    clock = Clock()
    told = outboxes.settings(url, {"hook": {"type": kind, "url": f"{net.url}/hook"}})
    with open_app(told, clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "hook")
        deliver(app)
        assert states(app) == {"hook": ["pending"]}
        assert query.deliveries(app.store, limit=1).items[0].last_error == "a web page answered instead of the service (200)"
        for _ in range(2):
            clock.now += timedelta(minutes=2)
            deliver(app)
        assert states(app) == {"hook": ["sent"]}


def test_a_form_that_cannot_be_read_is_said_plainly_once_whatever_happens_between(net: LocalServer, url: str) -> None:
    """400 invalid_blocks, then a 500 at the plain form: it stays plain."""
    answers = [Reply(400, b"invalid_blocks"), Reply(500), Reply(200, b"ok")]
    net.routes["/slack"] = lambda _: answers.pop(0)
    clock = Clock()
    told = outboxes.settings(url, {"desk": {"type": "slack", "url": f"{net.url}/slack"}})
    with open_app(told, clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "desk")
        deliver(app)
        clock.now += timedelta(minutes=5)
        deliver(app)
        assert states(app) == {"desk": ["sent"]}
    assert ["blocks" in json.loads(asked.body) for asked in net.asked] == [True, False, False]


def test_the_operator_is_told_of_a_channel_in_trouble_and_of_its_recovery(net: LocalServer, url: str) -> None:
    working = False
    net.routes["/shy"] = lambda _: Reply(200 if working else 503)
    clock = Clock()
    channels = {n: {"type": "webhook", "url": f"{net.url}/{n}"} for n in ("ok", "shy")}
    told = outboxes.settings(url, channels, operator_channel="ok")
    with open_app(told, clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "shy")
        for minutes in (0, 1, 5, 10, 45):
            clock.now += timedelta(minutes=minutes)
            deliver(app)
        working = True
        clock.now += timedelta(hours=3)
        deliver(app)
    notices = [json.loads(a.body)["data"] for a in net.asked if a.path == "/ok"]
    assert [n["kind"] for n in notices] == ["channel.failing", "channel.recovered"]
    assert notices[0]["subject"] == "shy" and "503" in notices[0]["lines"][0]


def test_the_operator_hears_once_a_day_of_a_recipient_whom_the_mail_server_refuses(
    net: LocalServer, url: str, mailbox: Mailbox, plain_server: int
) -> None:
    mailbox.refuse = "gone@news.example"
    mail = {"type": "email", "url": f"smtp+plain://127.0.0.1:{plain_server}", "sender": "mw@news.example"}
    channels = {"desk": mail | {"to": ["desk@news.example", mailbox.refuse]}, "ops": {"type": "webhook", "url": f"{net.url}/ok"}}
    clock = Clock()
    with open_app(outboxes.settings(url, channels, operator_channel="ops"), clock=clock) as app:
        for n in range(4):  # twice a day
            tell(app, numbered(n, clock.now), ["desk"])
            deliver(app)
            clock.now += timedelta(hours=12)
    assert len(mailbox.got) == 4 and {tuple(mail.rcpt_tos) for mail in mailbox.got} == {("desk@news.example",)}
    notices = [json.loads(a.body)["data"] for a in net.asked if a.path == "/ok"]
    assert [(n["kind"], n["subject"]) for n in notices] == [("delivery.missed", "desk")] * 2
    assert "gone@news.example refused: 550" in notices[0]["lines"][0]


def test_a_channel_that_is_not_configured_any_more_is_told_at_the_start(
    net: LocalServer, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rename leaves its deliveries behind: they are kept, and nobody would know."""
    log.configure("info", "json")
    old, new = ({name: {"type": "webhook", "url": f"{net.url}/ok"}} for name in ("old", "new"))
    with open_app(outboxes.settings(url, old), clock=Clock()) as app:
        put(app, 2, "old")
    with open_app(outboxes.settings(url, new), clock=Clock()) as app:
        deliver(app)
        welcome(app)
        assert states(app) == {"old": ["pending", "pending"]} and net.asked == []
    said = capsys.readouterr().err
    assert "deliveries wait for a channel that is not configured" in said and "old" in said


def test_a_message_leads_to_the_event_s_page_where_others_can_reach_it(net: LocalServer, url: str) -> None:
    told = outboxes.settings(
        url, {"ok": {"type": "webhook", "url": f"{net.url}/ok"}}, server={"public_url": "https://wire.example/"}
    )
    with open_app(told, clock=Clock()) as app:
        put(app, 1, "ok")
        deliver(app)
    data = json.loads(net.asked[0].body)["data"]
    assert data["page_url"] == f"https://wire.example/events/{data['event']['id']}"


def test_messages_that_cannot_be_put_into_words_count_against_their_channel(
    net: LocalServer, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its options may be what is wrong (a header no request can hold): not one message after the other dies unseen."""
    log.configure("error", "json")
    hook = {"type": "webhook", "url": f"{net.url}/hook", "headers": {"x-a": "Zürich"}}
    told = outboxes.settings(url, {"ok": {"type": "webhook", "url": f"{net.url}/ok"}, "hook": hook}, operator_channel="ok")
    with open_app(told, clock=Clock(), rnd=lambda: 0.5) as app:
        put(app, 4, "hook")
        deliver(app)
        [state] = [c for c in app.store.channels() if c.name == "hook"]
        assert state.failures == 4 and "could not be turned into a message" in state.reason
    lines = map(json.loads, capsys.readouterr().err.splitlines())
    assert [line["delivery_id"] for line in lines if "UnicodeEncodeError" in line.get("exception", "")]  # where it broke
    notices = [json.loads(a.body)["data"] for a in net.asked]
    assert sorted((n["kind"], n["subject"]) for n in notices) == [("channel.failing", "hook"), ("delivery.dead", "hook")]


def test_a_door_that_breaks_is_a_failed_attempt_of_its_channel_alone(net: LocalServer, url: str) -> None:
    """Standard output whose reader is gone: no lease has to run out, and the message comes again by the schedule."""
    read, write = os.pipe()
    os.close(read)

    def out(said: bytes) -> None:
        os.write(write, said)

    clock, options = Clock(), {"ok": {"type": "webhook", "url": f"{net.url}/ok"}, "desk": {"type": "stdout"}}
    with open_app(outboxes.settings(url, options), clock=clock, rnd=lambda: 0.5) as app:
        put(app, 1, "desk", "ok")
        deliver(app, out=out)
        os.close(write)
        assert states(app) == {"desk": ["pending"], "ok": ["sent"]}
        [failed] = query.deliveries(app.store, channel="desk", limit=2).items
        assert failed.last_error.startswith("BrokenPipeError") and failed.unsure and failed.attempts == 1
        assert failed.next_attempt == clock.now + timedelta(seconds=5)
        clock.now += timedelta(seconds=6)
        said: list[bytes] = []
        deliver(app, out=said.append)
        assert states(app)["desk"] == ["sent"] and len(said) == 1
        assert query.delivery(app.store, failed.id).delivery.lost == 0
