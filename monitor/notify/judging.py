"""What the answer to a delivery means, where a channel has no words of its own."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from monitor.interfaces import Answer, Judged, Judgement
from monitor.schedule import http_date, retry_after

AGAIN = frozenset({408, 425, 429})
SHORTEST, LONGEST = timedelta(seconds=1), timedelta(hours=24)


def judge_status(answer: Answer) -> Judged:
    """2xx is delivered; 408, 425, 429 and 5xx are tried again; 410 ends the channel; the rest, redirects too, is refused.

    A redirect is not followed: what a receiver says to one address is not said to another. ``Judged.refused`` bounds the
    attempts at what a receiver refuses, since it may be a deployment of a minute.
    """
    status = answer.status
    if 200 <= status < 300:
        return Judged(judgement=Judgement.SENT)
    if status in AGAIN or status >= 500:
        return Judged(judgement=Judgement.AGAIN, why=f"the receiver answered {status}", wait=wait_of(answer))
    if status == 410:
        return Judged(judgement=Judgement.DISABLE, why="the receiver says this address is gone (410)")
    word = "redirected us, and redirects are not followed" if 300 <= status < 400 else "refused it"
    return Judged(judgement=Judgement.AGAIN, why=f"the receiver {word} ({status})", refused=True)


def judge_service(answer: Answer) -> Judged:
    """``judge_status``, of a service that never answers with a web page: one with 200 is a proxy's, or of a network that wants a
    login first, and nothing was delivered."""
    if 200 <= answer.status < 300 and answer.body.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        return Judged(judgement=Judgement.AGAIN, why=f"a web page answered instead of the service ({answer.status})")
    return judge_status(answer)


def wait_of(answer: Answer) -> timedelta | None:
    """``Retry-After`` between 1 s and 24 h; None where the receiver says nothing usable. A date is counted from its ``Date``:
    its clock is not ours."""
    from_header = retry_after(answer.headers, http_date(answer.headers.get("date", "")))
    return None if from_header is None else min(max(from_header, SHORTEST), LONGEST)


def json_object(answer: Answer) -> dict[str, Any] | None:
    """The object that an answer holds as JSON; None where it is none, or nested deeper than can be read."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
