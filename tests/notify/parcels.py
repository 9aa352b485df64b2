"""What a channel would send, as a receiver reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import SecretStr

from monitor.interfaces import Notifier, Outgoing, Parcel
from monitor.notify import notifier_for
from monitor.settings.schema import Channel
from monitor.subjects import Subject
from tests.notify.receivers import content

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


CHANNELS: dict[str, dict[str, object]] = {
    "stdout": {"type": "stdout"},
    "webhook": {"type": "webhook", "url": SecretStr("https://hooks.example/T/B/secret")},
    "slack": {"type": "slack", "url": SecretStr("https://hooks.example/T/B/secret")},
    "slack bot": {
        "type": "slack",
        "token": SecretStr("xoxb-1"),
        "channel": "C0123456789",
        "signing_secret": SecretStr("s"),
    },
    "discord": {"type": "discord", "url": SecretStr("https://discord.example/api/webhooks/1/secret")},
    "teams": {"type": "teams", "url": SecretStr("https://flows.example/workflows/secret?sig=secret")},
    "email": {
        "type": "email",
        "url": SecretStr("smtp://user:secret@mail.example:587"),
        "sender": "movewire@news.example",
        "to": ("desk@news.example", "night@news.example"),
    },
    "apprise": {"type": "apprise", "url": SecretStr("ntfy://host.example/topic")},
}


def notifier(kind: str, **options: object) -> Notifier:
    return notifier_for("name", Channel(**(CHANNELS[kind] | options)))  # type: ignore[arg-type]


def parcel(kind: str, what: Subject, **more: object) -> Parcel:
    return notifier(kind).request(Outgoing(delivery_id="D1", subject=what, **more), now=NOW)  # type: ignore[arg-type]


def said(kind: str, what: Subject, **more: object) -> bytes:
    return content(parcel(kind, what, **more))
