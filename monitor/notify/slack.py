"""``slack`` with ``url``: an incoming webhook. It posts only; it cannot edit what it posted. ``slack_bot`` can."""

from __future__ import annotations

import json
from datetime import datetime

import httpx

from monitor.interfaces import Answer, Judged, Judgement, Outgoing
from monitor.notify.judging import judge_service
from monitor.notify.message import message_of
from monitor.notify.slack_blocks import content

JSON = {"content-type": "application/json; charset=utf-8"}
# Answers that say the destination itself is gone or closed to us.
_GONE = ("no_service", "no_team", "invalid_token", "team_disabled", "channel_is_archived", "channel_not_found", "no_active_hooks")
_UNREADABLE = ("invalid_blocks", "invalid_payload", "invalid_attachments", "no_text", "msg_too_long", "too_many_attachments")


class SlackWebhook:
    kind = "slack"

    def __init__(self, url: str) -> None:
        self._url = url

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        body = content(message_of(outgoing), plain=outgoing.plain)
        encoded = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return httpx.Request("POST", self._url, headers=JSON, content=encoded)

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        words = answer.body[:200].decode("utf-8", "replace").strip()
        if answer.status == 410 or (answer.status in (403, 404) and words in _GONE):
            return Judged(judgement=Judgement.DISABLE, why=f"Slack says {words or 'this webhook is gone'} ({answer.status})")
        if answer.status == 400 and words in _UNREADABLE:
            return Judged(judgement=Judgement.AGAIN, why=f"Slack could not read the message ({words})", plain=True)
        return judge_service(answer)
