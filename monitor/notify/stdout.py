"""``stdout``: one JSON line an alert, or, on a terminal, the message as people read it."""

from __future__ import annotations

from datetime import datetime

import httpx

from monitor.interfaces import Answer, Judged, Judgement, Outgoing
from monitor.notify.message import as_text, message
from monitor.notify.payload import encoded
from monitor.settings.schema import Channel


class Stdout:
    """The body of its ``local:`` request is what the shell prints: JSON, or text where ``outgoing.plain`` asks for it."""

    kind = "stdout"

    def __init__(self, name: str, channel: Channel) -> None:
        self._name = name

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        text = as_text(message(outgoing.alert, outgoing.page_url)) + "\n"
        body = text.encode("utf-8", "replace") if outgoing.plain else encoded(outgoing)
        return httpx.Request("POST", "local://stdout/", content=body + b"\n")

    def judge(self, answer: Answer) -> Judged:
        return Judged(judgement=Judgement.SENT)
