"""``/integrations/slack``: what Slack signed is taken, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from monitor import query
from monitor.app import App
from monitor.settings.schema import Channel
from tests.api.conftest import client_of, filled
from tests.notify.test_slack_feedback import SECRET, form, headers, payload
from tests.store.build import NOW


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    room = Channel(type="slack", token=SecretStr("xoxb-1"), channel="C0123456789", signing_secret=SecretStr(SECRET))
    with filled(tmp_path, auth="token") as made:
        yield App(settings=made.settings.model_copy(update={"channels": {"room": room}}), store=made.store, clock=made.clock)


@pytest.fixture
def client(app: App) -> TestClient:
    return client_of(app)


def press(client: TestClient, body: bytes, signed: dict[str, str]) -> int:
    sent = {"content-type": "application/x-www-form-urlencoded", **signed}
    return client.post("/integrations/slack", content=body, headers=sent).status_code


def test_a_signed_press_is_feedback_with_no_token_of_ours(app: App, client: TestClient) -> None:
    [alert, *_] = query.alerts(app.store).items
    body = form(payload(alert.id, "feedback.not_relevant"))
    for _ in range(2):
        assert press(client, body, headers(body, at=NOW)) == 200
    [kept] = query.feedback(app.store).items
    assert (kept.kind, kept.by, kept.via, kept.target) == ("not_relevant", "slack:T1/U1", "slack", alert.event_id)


def test_what_is_not_signed_is_refused(app: App, client: TestClient) -> None:
    body = form(payload(query.alerts(app.store).items[0].id))
    good = headers(body, at=NOW)
    for signed in ({}, headers(body, "another", NOW), good | {"x-slack-request-timestamp": "1"}, headers(b"payload=x", at=NOW)):
        assert press(client, body, signed) == 401
    assert not query.feedback(app.store).items


def test_what_is_signed_and_none_of_ours_changes_nothing(app: App, client: TestClient) -> None:
    for body in (b"payload={}", b"ssl_check=1", form(payload("01NOSUCH"))):
        assert press(client, body, headers(body, at=NOW)) == 200
    assert not query.feedback(app.store).items
