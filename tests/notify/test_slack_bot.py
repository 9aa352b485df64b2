"""A bot's messages from the outbox to a Slack that keeps them: edited in place, told once, whatever the line does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import query
from monitor.app import App, open_app
from monitor.model import Alert, Change, Status, StoryId
from monitor.subjects import notice
from tests.notify.fake_slack import CHANNEL, TOKEN, FakeSlack, fake_slack, said
from tests.outboxes import START, Clock, deliver, numbered, put, settings, states, tell
from tests.servers import Reply


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with fake_slack() as fake:
        yield fake


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(slack: FakeSlack, tmp_path: Path, clock: Clock) -> Iterator[App]:
    room = {"type": "slack", "token": TOKEN, "channel": CHANNEL, "api_url": slack.api, "signing_secret": "sign"}
    with open_app(settings(f"sqlite:///{tmp_path}/m.db", {"room": room}), clock=clock, rnd=lambda: 0.5) as opened:
        yield opened


def revised(first: Alert, number: int = 2) -> Alert:
    at = first.created_at + timedelta(seconds=number)
    change = Change(at=at, kind="status", before="rumored", after="confirmed", story_id=StoryId("S1"))
    return replace(first, revision=number, created_at=at, changes=(change,))


def test_an_alert_is_one_message_that_is_edited_with_its_changes_in_a_thread(app: App, slack: FakeSlack) -> None:
    first = numbered(1, START)
    tell(app, replace(first, event=replace(first.event, status=Status.RUMORED)), ["room"])
    deliver(app)
    [head] = slack.heads
    assert head["text"].startswith("Rumoured: ") and head["metadata"]["event_type"] == "movewire_delivery"
    tell(app, revised(first), ["room"])
    tell(app, revised(first, 3), ["room"])
    deliver(app)
    [head] = slack.heads
    assert head["edited"] and head["text"].startswith("Update: ") and len(slack.thread) == 2
    line = slack.thread[0]
    assert line["thread_ts"] == head["ts"] and "rumoured → confirmed" in line["text"]
    assert "https://wire.example/1" in json.dumps(line["blocks"])
    assert slack.calls == ["chat.postMessage", *["chat.update", "chat.postMessage"] * 2]
    assert states(app) == {"room": ["sent"] * 3}


def test_a_message_that_arrived_before_the_line_dropped_is_not_said_twice(app: App, slack: FakeSlack, clock: Clock) -> None:
    slack.swallow = 1
    put(app, 1, "room")
    deliver(app)
    assert states(app) == {"room": ["pending"]} and len(slack.heads) == 1
    clock.now += timedelta(minutes=1)
    deliver(app)
    assert states(app) == {"room": ["sent"]} and len(slack.heads) == 1
    assert slack.calls == ["chat.postMessage", "conversations.history"]


def test_a_message_that_did_not_arrive_is_said_after_looking(app: App, slack: FakeSlack, clock: Clock) -> None:
    replies = [Reply(0)]
    slack.before = lambda method, body: replies.pop() if replies else None
    put(app, 1, "room")
    deliver(app)
    clock.now += timedelta(minutes=1)
    deliver(app)
    assert slack.calls == ["chat.postMessage", "conversations.history", "chat.postMessage"] and len(slack.heads) == 1


def test_it_is_looked_for_on_several_pages(app: App, slack: FakeSlack, clock: Clock) -> None:
    slack.swallow = 1
    put(app, 1, "room")
    deliver(app)
    for _ in range(450):  # others have been talking since
        slack.post({"channel": CHANNEL, "text": "hello"})
    clock.now += timedelta(minutes=1)
    deliver(app)
    assert slack.calls.count("conversations.history") == 3 and slack.calls.count("chat.postMessage") == 1


def test_it_is_found_among_long_messages_that_are_slow_in_coming(app: App, slack: FakeSlack, clock: Clock) -> None:
    slack.swallow = 1
    put(app, 1, "room")
    deliver(app)
    for _ in range(150):  # a page of such is half a megabyte
        slack.post({"channel": CHANNEL, "text": "hello " * 600})
    slack.server.pause = 2.5
    clock.now += timedelta(minutes=1)
    deliver(app)
    assert states(app) == {"room": ["sent"]} and slack.calls == ["chat.postMessage", "conversations.history"]


def test_a_thread_line_that_arrived_is_not_said_twice(app: App, slack: FakeSlack, clock: Clock) -> None:
    first = numbered(1, START)
    tell(app, first, ["room"])
    deliver(app)
    slack.swallow = 1
    tell(app, revised(first), ["room"])
    deliver(app)
    clock.now += timedelta(minutes=1)
    deliver(app)
    assert states(app) == {"room": ["sent"] * 2} and len(slack.thread) == 1 and len(slack.heads) == 1
    assert slack.calls[-2:] == ["chat.update", "conversations.replies"]


@pytest.mark.parametrize(
    "refusal",
    [
        Reply(429, b"", {"retry-after": "30"}),
        Reply(404),
        said(ok=False, error="ratelimited"),
        said(ok=False, error="not_in_channel"),
        said(ok=False, error="who_knows"),
    ],
)
@pytest.mark.parametrize("revision", [1, 2])
def test_who_may_not_look_just_then_looks_again_before_it_is_said(
    app: App, slack: FakeSlack, clock: Clock, refusal: Reply, revision: int
) -> None:
    """What an attempt after a time-out is told says nothing of what the one before left behind."""
    first = numbered(1, START)
    tell(app, first, ["room"])
    if revision == 2:
        deliver(app)
        tell(app, revised(first), ["room"])
    slack.swallow = 1
    deliver(app)
    clock.now += timedelta(minutes=2)
    slack.before = lambda method, _: None if method == "chat.update" else refusal
    deliver(app)
    slack.before = lambda method, body: None
    app.store.transact(lambda tx: tx.enable_channel("room"))  # where what was refused switched it off
    clock.now += timedelta(hours=1)
    deliver(app)
    assert states(app) == {"room": ["sent"] * revision}
    assert (len(slack.heads), len(slack.thread)) == (1, revision - 1)


def test_an_edit_that_is_refused_forgets_nothing_of_the_line_below_it(app: App, slack: FakeSlack, clock: Clock) -> None:
    first = numbered(1, START)
    tell(app, first, ["room"])
    deliver(app)
    tell(app, revised(first), ["room"])
    slack.swallow = 1
    deliver(app)
    clock.now += timedelta(minutes=2)
    slack.before = lambda method, body: Reply(429, b"", {"retry-after": "30"})
    deliver(app)
    slack.before = lambda method, body: None
    clock.now += timedelta(hours=1)
    deliver(app)
    assert states(app) == {"room": ["sent"] * 2} and (len(slack.heads), len(slack.thread)) == (1, 1)


def test_what_was_said_anew_before_the_line_dropped_is_not_said_twice(app: App, slack: FakeSlack, clock: Clock) -> None:
    """The message was deleted, its second one arrived, and nobody heard so."""
    first = numbered(1, START)
    tell(app, first, ["room"])
    deliver(app)
    slack.messages.clear()
    slack.swallow = 1
    tell(app, revised(first), ["room"])
    deliver(app)
    clock.now += timedelta(minutes=1)
    deliver(app)
    assert states(app) == {"room": ["sent"] * 2} and len(slack.heads) == 1
    tell(app, revised(first, 3), ["room"])
    deliver(app)
    assert len(slack.heads) == 1 and len(slack.thread) == 1, "what follows goes below the message that is there"


def test_a_message_somebody_deleted_is_said_anew(app: App, slack: FakeSlack) -> None:
    first = numbered(1, START)
    tell(app, first, ["room"])
    deliver(app)
    slack.messages.clear()
    tell(app, revised(first), ["room"])
    deliver(app)
    assert len(slack.heads) == 1 and slack.thread == [] and states(app) == {"room": ["sent"] * 2}
    tell(app, revised(first, 3), ["room"])
    deliver(app)
    assert len(slack.heads) == 1 and len(slack.thread) == 1, "later changes go below the new one"


def test_a_revision_that_was_given_up_and_sent_again_takes_nothing_back(app: App, slack: FakeSlack) -> None:
    """What is known now stays in the message; the line of the thread comes late."""
    first = numbered(1, START)
    tell(app, first, ["room"])
    deliver(app)
    slack.before = lambda method, body: said(ok=False, error="invalid_blocks")  # plain text is refused too: a dead letter
    tell(app, replace(revised(first), event=replace(first.event, status=Status.RUMORED)), ["room"])
    deliver(app)
    slack.before = lambda method, body: None
    tell(app, revised(first, 3), ["room"])
    deliver(app)
    app.store.retry_deliveries(failed_since=START - timedelta(days=1), now=app.clock())
    deliver(app)
    assert states(app) == {"room": ["sent"] * 3}
    [head] = slack.heads
    assert head["text"].startswith("Update: ") and "confirmed" in head["text"] and len(slack.thread) == 2


def test_what_another_channel_was_told_stays_there(slack: FakeSlack, tmp_path: Path, clock: Clock) -> None:
    """The configuration names a new channel: an update is a message there, and no error of the old one ends the new."""
    room = {"type": "slack", "token": TOKEN, "channel": "C0000000OLD", "api_url": slack.api}
    first = numbered(1, START)
    slack.before = lambda method, body: said(ok=True, ts="1.2", channel="C0000000OLD")
    with open_app(settings(f"sqlite:///{tmp_path}/o.db", {"room": room}), clock=clock, rnd=lambda: 0.5) as app:
        tell(app, first, ["room"])
        deliver(app)
    slack.before = lambda method, body: said(ok=False, error="channel_not_found") if body["channel"] != CHANNEL else None
    with open_app(settings(f"sqlite:///{tmp_path}/o.db", {"room": room | {"channel": CHANNEL}}), clock=clock) as app:
        tell(app, revised(first), ["room"])
        deliver(app)
        assert states(app) == {"room": ["sent", "sent"]}
    [head] = slack.heads
    assert head["text"].startswith("Update: ")


def test_what_slack_cannot_read_is_said_once_in_plain_text(app: App, slack: FakeSlack, clock: Clock) -> None:
    slack.before = lambda method, body: said(ok=False, error="invalid_blocks") if "blocks" in body else None
    put(app, 1, "room")
    deliver(app)
    [head] = slack.heads
    assert "blocks" not in head and "Mara Lindqvist" in head["text"] and states(app) == {"room": ["sent"]}
    slack.before = lambda method, body: said(ok=False, error="invalid_blocks")
    tell(app, numbered(7, START + timedelta(seconds=1)), ["room"])
    deliver(app)
    assert states(app)["room"] == ["dead", "sent"]


def test_an_archived_channel_is_switched_off_and_a_person_told_why(app: App, slack: FakeSlack) -> None:
    slack.before = lambda method, body: said(ok=False, error="is_archived")
    put(app, 2, "room")
    deliver(app)
    [state] = app.store.channels()
    assert state.disabled and "archived" in state.reason and states(app) == {"room": ["pending"] * 2}


def test_a_rate_limit_is_waited_out(app: App, slack: FakeSlack, clock: Clock) -> None:
    slack.before = lambda method, body: Reply(429, b"", {"retry-after": "30"})
    put(app, 1, "room")
    deliver(app)
    slack.before = lambda method, body: None
    clock.now += timedelta(seconds=29)
    deliver(app)
    assert slack.heads == []
    clock.now += timedelta(seconds=2)
    deliver(app)
    assert len(slack.heads) == 1
    [sent] = query.deliveries(app.store, limit=5).items
    assert [a.status for a in query.delivery(app.store, sent.id).attempts] == [429, 200]


def test_buttons_name_the_alert_and_notices_have_none(app: App, slack: FakeSlack) -> None:
    put(app, 1, "room")
    told = notice(START, "feed.failing", "wire", "Feed wire fails", "for a day")
    app.store.transact(lambda tx: tx.tell(told, "room"))
    deliver(app)
    alert, said = slack.heads
    [actions] = [b for b in alert["blocks"] if b["type"] == "actions"]
    [one] = query.alerts(app.store).items
    *buttons, menu = actions["elements"]
    assert [(e["action_id"], e["value"]) for e in buttons] == [
        ("feedback.relevant", one.id),
        ("feedback.not_relevant", one.id),
    ]
    assert (menu["type"], menu["action_id"]) == ("overflow", "feedback.more")
    assert [o["value"] for o in menu["options"]] == [f"wrong_slot {one.id}", f"wrong_event {one.id}"]
    assert all(b["type"] != "actions" for b in said["blocks"]) and "Feed wire fails" in said["text"]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"ok": 1}', b'{"ok": false}', b'{"ok": false, "error": 7}', b"[" * 200_000]
)
def test_odd_answers_are_failures_and_no_faults(app: App, slack: FakeSlack, body: bytes) -> None:
    slack.before = lambda method, _: Reply(200, body)
    put(app, 1, "room")
    deliver(app)
    assert states(app) == {"room": ["pending"]}
