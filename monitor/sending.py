"""One attempt at one delivery: request -> door -> answer -> judgement, in as many steps as the channel's form takes.

Each kind of parcel has one door. What goes wrong at a door is a reason and never an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from monitor import log as logging
from monitor.doors.apprise_door import AppriseDoor
from monitor.doors.http_client import HttpClient
from monitor.doors.mail_door import MailDoor
from monitor.errors import FetchError
from monitor.interfaces import Answer, Judged, Judgement, Mail, Notifier, Outgoing, Parcel, Printed

_log = logging.get(part="deliver")
MAX_STEPS = 6  # edit, look below it (several pages), reply
MAX_ANSWER = 256 * 1024  # bytes read of an answer to what was said
MAX_PAGE = 16 * 1024 * 1024  # of one to a question: a page of a channel's history, with all that others wrote there


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Where parcels leave the process. ``out`` takes what a ``stdout`` channel says."""

    http: HttpClient
    mail: MailDoor
    apprise: AppriseDoor
    out: Callable[[bytes], None]

    async def send(self, parcel: Parcel, timeout: timedelta) -> Answer:
        """Raises FetchError where no answer came."""
        if isinstance(parcel, Printed):
            self.out(parcel.content)
            return Answer(status=200)
        if isinstance(parcel, httpx.Request):
            asks = parcel.method == "GET"  # then the body is the answer: half of one says nothing
            most = MAX_PAGE if asks else MAX_ANSWER
            return await self.http.send(parcel, follow_redirects=False, max_body=most, body_matters=asks, total=timeout)
        if isinstance(parcel, Mail):
            return await self.mail.send(parcel, timeout)
        return await self.apprise.send(parcel, timeout)

    def close(self) -> None:
        """The door for HTTP is closed by whoever opened it."""
        self.mail.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an attempt ended. ``answer`` is the last one, None where none came; ``post`` where the channel holds the message."""

    judged: Judged
    answer: Answer | None = None
    post: str = ""


async def attempt(
    notifier: Notifier, outgoing: Outgoing, doors: Doors, *, clock: Callable[[], datetime], timeout: timedelta
) -> Outcome:
    """Say ``outgoing`` through ``notifier``. Never raises: whatever one delivery holds, it must not stop the others."""
    answer: Answer | None = None
    for _ in range(MAX_STEPS):
        try:
            parcel = notifier.request(outgoing, now=clock())
        except Exception as error:  # noqa: BLE001 - a delivery's boundary: it goes to the dead letters with its reason
            _log.error("a message could not be made", delivery_id=outgoing.delivery_id, exc_info=error)
            return _unspeakable(f"could not be turned into a message: {error!r}", outgoing)
        try:
            answer = await doors.send(parcel, timeout)
        except FetchError as error:
            return _unanswered(error.why, outgoing)
        except Exception as error:  # noqa: BLE001 - a door's boundary: without an end it would count as lost, again and again
            _log.error("a door broke", delivery_id=outgoing.delivery_id, exc_info=error)
            return _unanswered(f"{type(error).__name__}: {error}", outgoing)
        try:
            judged = notifier.judge(outgoing, answer)
        except Exception as error:  # noqa: BLE001 - a delivery's boundary, as above
            _log.error("an answer could not be judged", delivery_id=outgoing.delivery_id, exc_info=error)
            return _unspeakable(f"the answer cannot be judged: {error!r}", outgoing)
        outgoing = replace(outgoing, post=judged.post or outgoing.post, step=judged.step)
        if judged.judgement != Judgement.NEXT:
            return Outcome(judged=judged, answer=answer, post=outgoing.post)
    return _unspeakable(f"no end after {MAX_STEPS} requests", outgoing)


def _unanswered(why: str, outgoing: Outgoing) -> Outcome:
    return Outcome(judged=Judged(judgement=Judgement.AGAIN, why=why, unsure=True), post=outgoing.post)


def _unspeakable(why: str, outgoing: Outgoing) -> Outcome:
    return Outcome(judged=Judged(judgement=Judgement.DEAD, why=why, unsure=outgoing.unsure), post=outgoing.post)
