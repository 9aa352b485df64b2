"""``apprise``: one of a hundred and more services, through the library of that name (extra ``apprise``)."""

from __future__ import annotations

from datetime import datetime

from monitor.interfaces import Answer, Handover, Judged, Judgement, Outgoing
from monitor.notify.judging import judge_status
from monitor.notify.message import message_of
from monitor.notify.plain import as_full_text
from monitor.text import shorten

MAX_TITLE, MAX_TEXT = 200, 6000  # less where the service takes less: its module of the library knows


class Apprise:
    kind = "apprise"

    def __init__(self, url: str) -> None:
        self._url = url

    def request(self, outgoing: Outgoing, *, now: datetime) -> Handover:
        message = message_of(outgoing)
        _, _, rest = as_full_text(message).partition("\n")
        return Handover(url=self._url, title=shorten(message.title, MAX_TITLE), text=shorten(rest or message.title, MAX_TEXT))

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        """The library says yes or no and no more: a no is tried again by the schedule."""
        if answer.status == 400:
            return Judged(judgement=Judgement.DISABLE, why="apprise does not know this address, or lacks what the service needs")
        return judge_status(answer)
