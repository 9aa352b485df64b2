"""The receiver of docs/ takes what Movewire sends, once, and nothing that was tampered with, replayed or is stale."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from monitor.interfaces import Outgoing
from monitor.notify.webhook import Webhook as Notifier
from monitor.settings.schema import Channel
from tests.notify.samples import alert

NEW, OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
ROOT = Path(__file__).parents[2]


def sent(*secrets: str, at: datetime | None = None, url: str = "https://hook.example/") -> httpx.Request:
    channel = Channel(type="webhook", secrets=tuple(SecretStr(secret) for secret in secrets))
    now = at or datetime.now(UTC)
    return Notifier(url, channel).request(Outgoing(delivery_id="D1", subject=alert()), now=now)


class TestTheIndependentLibrary:
    """``standardwebhooks`` of PyPI, as a receiver would use it."""

    @pytest.mark.parametrize("known", [NEW, OLD])
    def test_verifies_with_either_secret_during_a_rotation(self, known: str) -> None:
        request = sent(NEW, OLD)
        assert Webhook(known).verify(request.content, dict(request.headers))["type"] == "alert.created"

    def test_refuses_a_secret_that_was_dropped(self) -> None:
        request = sent(NEW)
        with pytest.raises(WebhookVerificationError):
            Webhook(OLD).verify(request.content, dict(request.headers))

    @pytest.mark.parametrize("change", [{"webhook-id": "D2"}, {"webhook-timestamp": str(int(time.time()) - 5)}])
    def test_refuses_a_changed_header(self, change: dict[str, str]) -> None:
        request = sent(NEW)
        with pytest.raises(WebhookVerificationError):
            Webhook(NEW).verify(request.content, dict(request.headers) | change)

    def test_refuses_a_changed_body(self) -> None:
        request = sent(NEW)
        with pytest.raises(WebhookVerificationError):
            Webhook(NEW).verify(request.content.replace(b"Lindqvist", b"Lindquist"), dict(request.headers))

    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_refuses_a_stale_one_and_one_from_the_future(self, minutes: int) -> None:
        request = sent(NEW, at=datetime.now(UTC) + timedelta(minutes=minutes))
        with pytest.raises(WebhookVerificationError):
            Webhook(NEW).verify(request.content, dict(request.headers))


@contextmanager
def receiver() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"WEBHOOK_SECRETS": f"{NEW} {OLD}", "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, ROOT / "docs/receiver.py"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/", process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def test_the_receiver_of_the_documents_takes_each_id_once_and_only_what_is_ours() -> None:
    with receiver() as (url, process), httpx.Client() as client:
        good = sent(NEW, url=url)
        stale = sent(NEW, url=url, at=datetime.now(UTC) - timedelta(minutes=6))
        tampered = httpx.Request("POST", url, headers=good.headers, content=good.content.replace(b"Mara", b"Nora"))
        bare = httpx.Request("POST", url, content=good.content)
        assert [client.send(one).status_code for one in (stale, tampered, bare)] == [401, 401, 401]
        assert [client.send(sent(secret, url=url)).status_code for secret in (NEW, OLD)] == [204, 204]
        process.kill()
        assert process.stdout is not None
        assert process.stdout.read().count("alert.created Mara Lindqvist") == 1, "the id was taken once"


def test_the_receiver_is_as_short_as_is_said() -> None:
    text = (ROOT / "docs/receiver.py").read_text()
    code = [line for line in text.splitlines() if line.strip() and not re.match(r'\s*("""|#|import|from)', line)]
    assert len(code) <= 20
