"""The golden files: what each kind of channel is sent for each telling. ``python -m tests.notify.golden`` writes them anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from monitor.interfaces import Mail
from monitor.notify import notifier_for
from monitor.notify.message import message_of
from monitor.notify.plain import as_full_text
from monitor.settings.schema import Channel
from tests.notify.receivers import content, parsed, part
from tests.notify.tellings import TELLINGS, outgoing

FOLDER = Path(__file__).parent / "golden"
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
URL = SecretStr("https://hooks.example/secret")
MADE = {
    "webhook": Channel(type="webhook", url=URL),
    "slack": Channel(type="slack", token=SecretStr("xoxb-1"), channel="C0123456789", signing_secret=SecretStr("s")),
    "discord": Channel(type="discord", url=URL),
    "teams": Channel(type="teams", url=URL),
    "email": Channel(type="email", url=URL, sender="movewire@news.example", to=("desk@news.example",)),
}


def files() -> Iterator[tuple[str, str]]:
    """Name and content of every golden file."""
    for name, make in TELLINGS.items():
        said = outgoing(make())
        yield f"{name}.txt", as_full_text(message_of(said)) + "\n"
        for kind, channel in MADE.items():
            parcel = notifier_for("name", channel).request(said, now=NOW)
            if isinstance(parcel, Mail):
                mail = parsed(parcel)
                heads = "".join(f"<!-- {key}: {mail[key]} -->\n" for key in ("Subject", "Message-ID", "References") if mail[key])
                yield f"{name}.email.html", heads + part(mail, "html").replace("\r\n", "\n").replace("><", ">\n<")
            else:
                yield f"{name}.{kind}.json", json.dumps(json.loads(content(parcel)), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in files():
        (FOLDER / name).write_text(text, encoding="utf-8")
