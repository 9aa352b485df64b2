"""``stdout``: one JSON line a delivery for programs, or, on a terminal, the message as people read it."""

from __future__ import annotations

from datetime import datetime

from monitor.interfaces import Answer, Judged, Judgement, Outgoing, Printed
from monitor.notify.message import message_of
from monitor.notify.payload import encoded
from monitor.notify.plain import as_text


class Stdout:
    """What the shell prints: text or JSON, as the settings say; else text where ``outgoing.plain`` asks for it."""

    kind = "stdout"

    def __init__(self, form: str = "auto") -> None:
        self._form = form

    def request(self, outgoing: Outgoing, *, now: datetime) -> Printed:
        as_words = self._form == "text" or (self._form == "auto" and outgoing.plain)
        text = as_text(message_of(outgoing)) + "\n"
        body = text.encode("utf-8", "replace") if as_words else encoded(outgoing)
        return Printed(content=body + b"\n")

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        return Judged(judgement=Judgement.SENT)
