"""Slack's Web API as far as a bot uses it, over a real socket: it keeps messages, and refuses what Slack refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from slack_sdk.models.blocks import Block

from tests.servers import Asked, LocalServer, Reply, local_server

TOKEN = "xoxb-1-made-up-for-tests"
CHANNEL = "C0123456789"


@dataclass
class FakeSlack:
    """``messages`` by time stamp. ``before`` may answer in Slack's place; ``swallow`` makes it act and answer nothing."""

    server: LocalServer
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    before: Callable[[str, dict[str, Any]], Reply | None] = lambda method, body: None
    swallow: int = 0
    clock: float = 0.0

    @property
    def api(self) -> str:
        return f"{self.server.url}/api/"

    def answer(self, asked: Asked) -> Reply:
        parts = urlsplit(asked.path)
        method = parts.path.removeprefix("/api/")
        body = json.loads(asked.body) if asked.body else {k: v[0] for k, v in parse_qs(parts.query).items()}
        self.calls.append(method)
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return said(ok=False, error="invalid_auth")
        if (instead := self.before(method, body)) is not None:
            return instead
        reply = {
            "chat.postMessage": self.post,
            "chat.update": self.update,
            "conversations.history": self.history,
            "conversations.replies": self.replies,
        }[method](body)
        if self.swallow and method.startswith("chat.post"):
            self.swallow -= 1
            return Reply(0)  # the line drops after the deed
        return reply

    def post(self, body: dict[str, Any]) -> Reply:
        if body["channel"] != CHANNEL:
            return said(ok=False, error="channel_not_found")
        if "thread_ts" in body and body["thread_ts"] not in self.messages:
            return said(ok=False, error="message_not_found")
        for block in Block.parse_all(body.get("blocks", [])):
            block.validate_json()
        self.clock += 1
        ts = f"{1_790_000_000 + self.clock:.6f}"
        self.messages[ts] = body | {"ts": ts}
        return said(ok=True, channel=CHANNEL, ts=ts, message=self.messages[ts])

    def update(self, body: dict[str, Any]) -> Reply:
        if body["ts"] not in self.messages:
            return said(ok=False, error="message_not_found")
        self.messages[body["ts"]] |= {k: body[k] for k in ("text", "blocks") if k in body} | {"edited": True}
        return said(ok=True, channel=CHANNEL, ts=body["ts"])

    def history(self, body: dict[str, Any]) -> Reply:
        return self._page([m for m in self.messages.values() if "thread_ts" not in m], body)

    def replies(self, body: dict[str, Any]) -> Reply:
        return self._page([m for m in self.messages.values() if body["ts"] in (m["ts"], m.get("thread_ts"))], body)

    def _page(self, found: list[dict[str, Any]], body: dict[str, Any]) -> Reply:
        """Newest first, as Slack gives them; metadata only where they are asked for."""
        assert body["include_all_metadata"] == "true"
        newest = sorted((m for m in found if float(m["ts"]) >= float(body["oldest"])), key=lambda m: m["ts"], reverse=True)
        start, limit = int(body.get("cursor", 0)), int(body["limit"])
        more = {"next_cursor": str(start + limit)} if start + limit < len(newest) else {}
        return said(ok=True, messages=newest[start : start + limit], response_metadata=more)

    @property
    def heads(self) -> list[dict[str, Any]]:
        return [m for m in self.messages.values() if "thread_ts" not in m]

    @property
    def thread(self) -> list[dict[str, Any]]:
        return [m for m in self.messages.values() if "thread_ts" in m]


def said(**body: Any) -> Reply:
    return Reply(200, json.dumps(body).encode(), {"content-type": "application/json"})


@contextmanager
def fake_slack() -> Iterator[FakeSlack]:
    with local_server() as server:
        slack = FakeSlack(server)
        server.fallback = slack.answer
        yield slack
