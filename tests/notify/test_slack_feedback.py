"""A word pressed or chosen in Slack becomes feedback: signed requests, Socket Mode over a real connection, once a person."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from aiohttp import WSMsgType, web
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from monitor import query, slack_feedback
from monitor.app import App, open_app
from monitor.engine.slack_socket import slack_sockets
from monitor.model import FeedbackKind
from monitor.notify.message import message_of
from monitor.notify.slack_blocks import content
from monitor.notify.slack_interaction import Pressed, from_form, from_payload, signed
from tests.notify.fake_slack import CHANNEL, TOKEN
from tests.notify.tellings import outgoing
from tests.outboxes import START, Clock, put, settings
from tests.servers import LocalServer, Reply, local_server
from tests.web.conftest import served

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def payload(alert_id: str, action: str = "feedback.relevant", answer_to: str = "", user: str = "U1") -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": user, "username": "mara", "team_id": "T1"},
        "actions": [{"type": "button", "action_id": action, "value": alert_id}],
        "response_url": answer_to,
    }


def chosen(value: Any, user: str = "U1") -> dict[str, Any]:
    """An option of the menu behind the buttons: it has no ``value`` of its own but the option's."""
    option = {"text": {"type": "plain_text", "text": "…", "emoji": True}, "value": value}
    return payload("", user=user) | {"actions": [{"type": "overflow", "action_id": "feedback.more", "selected_option": option}]}


def every_press(message: dict[str, Any]) -> list[dict[str, Any]]:
    """What Slack sends for each word that a message offers, each pressed by somebody else."""
    presses: list[dict[str, Any]] = []
    for element in next(block for block in message["blocks"] if block["type"] == "actions")["elements"]:
        for option in element.get("options", (None,)):
            user = f"U{len(presses)}"
            press = chosen(option["value"], user) if option else payload(element["value"], element["action_id"], user=user)
            presses.append(press)
    return presses


def form(body: dict[str, Any]) -> bytes:
    return f"payload={quote(json.dumps(body))}".encode()


def headers(body: bytes, secret: str = SECRET, at: datetime = NOW) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    made = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body.decode())
    assert made is not None
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": made}


class TestSignature:
    def test_slack_s_own_signature_is_accepted_of_any_secret_of_ours(self) -> None:
        body = form(payload("A"))
        assert signed([SECRET], headers(body), body, NOW) and signed(["other", SECRET], headers(body), body, NOW)

    @given(st.binary(max_size=200), st.integers(0, 199))
    def test_whatever_is_changed_is_refused(self, body: bytes, place: int) -> None:
        good = headers(b"payload=x")
        assert not signed([SECRET], good, body, NOW) or body == b"payload=x"
        broken = good["x-slack-signature"][:place] + "é" + good["x-slack-signature"][place + 1 :]
        assert not signed([SECRET], good | {"x-slack-signature": broken}, b"payload=x", NOW)

    @pytest.mark.parametrize("late", [-301, 301, 86400])
    def test_a_stale_one_is_refused(self, late: int) -> None:
        body = form(payload("A"))
        assert not signed([SECRET], headers(body), body, NOW + timedelta(seconds=late))
        assert signed([SECRET], headers(body), body, NOW + timedelta(seconds=299))

    def test_another_app_s_or_none_is_refused(self) -> None:
        body = form(payload("A"))
        assert not signed([SECRET], headers(body, "another"), body, NOW)
        assert not signed([], headers(body), body, NOW) and not signed([SECRET], {}, body, NOW)
        assert not signed([SECRET], headers(body) | {"x-slack-request-timestamp": "١٢٣"}, body, NOW)


class TestReading:
    def test_who_pressed_what(self) -> None:
        read = from_form(form(payload("A1", "feedback.not_relevant", "https://hooks.example/1")))
        assert read == Pressed(
            alert_id="A1", kind=FeedbackKind.NOT_RELEVANT, by="slack:T1/U1", answer_to="https://hooks.example/1"
        )

    @given(st.recursive(st.none() | st.text(max_size=8) | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
    def test_anything_else_is_none_of_ours(self, odd: Any) -> None:
        assert from_payload(odd) is None
        assert from_payload({"type": "block_actions", "actions": [odd], "user": odd}) is None
        assert from_form(form({"x": odd})) is None

    @given(st.none() | st.text(max_size=8) | st.lists(st.text(), max_size=2) | st.dictionaries(st.text(), st.text(), max_size=2))
    def test_a_menu_or_button_that_names_no_word_of_ours_is_none_of_ours(self, odd: Any) -> None:
        action = {"action_id": "feedback.more", "selected_option": odd}
        assert from_payload(chosen(odd)) is None and from_payload(payload("A1") | {"actions": [action]}) is None
        assert from_payload(payload("A1") | {"actions": [{"action_id": odd, "value": "A1"}]}) is None

    @pytest.mark.parametrize("value", ["wrong_slot", "wrong_slot ", "relevant A1", "odd A1", " A1", ""])
    def test_an_option_wants_one_of_its_own_words_and_an_alert(self, value: str) -> None:
        assert from_payload(chosen(value)) is None

    @pytest.mark.parametrize("body", [b"", b"payload=", b"payload={", b"payload=[]", b"\xff\xfe", b"a=1&" * 100])
    def test_broken_forms_are_none_of_ours(self, body: bytes) -> None:
        assert from_form(body) is None


@pytest.fixture
def net() -> Iterator[LocalServer]:
    with local_server() as server:
        server.fallback = lambda _: Reply(200, b"ok")
        yield server


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    room = {"type": "slack", "token": TOKEN, "channel": CHANNEL, "signing_secret": SECRET, "app_token": "xapp-1-test"}
    with open_app(settings(f"sqlite:///{tmp_path}/m.db", {"room": room}), clock=Clock()) as opened:
        put(opened, 1, "room")
        yield opened


def take(app: App, pressed: Pressed) -> bool:
    async def run() -> bool:
        client = app.client()
        try:
            return await slack_feedback.record(app, client, pressed)
        finally:
            await client.close()

    return asyncio.run(run())


def alert_id(app: App) -> str:
    [one] = query.alerts(app.store).items
    return one.id


def test_a_press_counts_once_a_person_and_the_last_one_counts(app: App, net: LocalServer) -> None:
    assert slack_feedback.signing_secrets(app) == [SECRET]
    good = from_payload(payload(alert_id(app), answer_to=net.url + "/answer"))
    assert good is not None
    assert take(app, good) and take(app, good)
    changed = from_payload(payload(alert_id(app), "feedback.not_relevant"))
    other = from_payload(payload(alert_id(app), user="U2"))
    assert changed is not None and other is not None and take(app, changed) and take(app, other)
    kept = {(f.by, f.kind.value, f.via) for f in query.feedback(app.store).items}
    assert kept == {("slack:T1/U1", "not_relevant", "slack"), ("slack:T1/U2", "relevant", "slack")}
    told = json.loads(net.asked[0].body)
    assert told["response_type"] == "ephemeral" and told["text"] == "Noted: 👍 Relevant. Say another to change it."


def test_a_message_offers_all_four_words_and_each_is_taken_over_a_socket(app: App, net: LocalServer) -> None:
    """Every button and option of a message, pressed at the address: kept, and then the person told at ``response_url``."""
    told: SimpleQueue[str] = SimpleQueue()
    net.fallback = lambda asked: told.put(json.loads(asked.body)["text"]) or Reply(200, b"ok")
    [one] = query.alerts(app.store).items
    with served(app) as url, httpx.Client(base_url=url) as slack:
        for press in every_press(content(message_of(outgoing(one)), feedback_on=one.id)):
            body = form(press | {"response_url": net.url + "/answer"})
            sent = {"content-type": "application/x-www-form-urlencoded", **headers(body, at=START)}
            assert slack.post("/integrations/slack", content=body, headers=sent).status_code == 200
    words = {told.get(timeout=20).removeprefix("Noted: ").removesuffix(". Say another to change it.") for _ in FeedbackKind}
    assert words == {"👍 Relevant", "👎 Not relevant", "Wrong detail", "Wrong event"}
    kept = {f.by: f.kind for f in query.feedback(app.store).items}
    assert kept == {f"slack:T1/U{n}": kind for n, kind in enumerate(FeedbackKind)}


def test_a_press_on_an_alert_nobody_knows_is_said_to_be_none(app: App) -> None:
    assert not take(app, Pressed(alert_id="01NOSUCH", kind=FeedbackKind.RELEVANT, by="slack:T1/U1"))


@pytest.mark.parametrize("kind", [FeedbackKind.RELEVANT, FeedbackKind.WRONG_EVENT])
def test_socket_mode_takes_presses_over_a_connection_of_ours(
    app: App, monkeypatch: pytest.MonkeyPatch, kind: FeedbackKind
) -> None:
    """A Slack that opens a socket, sends a press, and wants it acknowledged; the environment's proxy is not asked."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    acknowledged: list[str] = []
    one = alert_id(app)
    press = chosen(f"wrong_event {one}") if kind == "wrong_event" else payload(one)

    async def run() -> None:
        done = asyncio.Event()

        async def opened(request: web.Request) -> web.Response:
            assert request.headers["authorization"] == "Bearer xapp-1-test"
            return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{port}/link"})

        async def link(request: web.Request) -> web.WebSocketResponse:
            socket = web.WebSocketResponse()
            await socket.prepare(request)
            envelope = {
                "envelope_id": "E1",
                "type": "interactive",
                "payload": press,
                "accepts_response_payload": 1,
            }
            await socket.send_str(json.dumps({"type": "hello"}))
            await socket.send_str(json.dumps(envelope))
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    acknowledged.append(json.loads(message.data)["envelope_id"])
                    done.set()
            return socket

        slack = web.Application()
        slack.router.add_post("/api/apps.connections.open", opened)
        slack.router.add_get("/link", link)
        runner = web.AppRunner(slack)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        here = app.settings.channels["room"].model_copy(update={"api_url": f"http://127.0.0.1:{port}/api/"})
        known = App(settings=app.settings.model_copy(update={"channels": {"room": here}}), store=app.store, clock=app.clock)
        client = known.client()
        async with slack_sockets(known, client):
            await asyncio.wait_for(done.wait(), 20)
            for _ in range(200):
                if query.feedback(app.store).items:
                    break
                await asyncio.sleep(0.05)
        await client.close()
        await runner.cleanup()

    asyncio.run(run())
    assert acknowledged == ["E1"]
    [kept] = query.feedback(app.store).items
    assert (kept.by, kept.kind) == ("slack:T1/U1", kind)
