"""WebSub (W3C Recommendation, 23 January 2018): what a subscriber says to a hub and believes of it. Pure.

A hub is an extra way in: what it pushes is read like a poll's answer, and polling goes on as the safety net at a slower
pace. Nothing a hub says is believed without its signature; what polling finds that it did not push is held against it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

import httpx

from monitor import schedule
from monitor.model import Story
from monitor.results import Subscription, SubscriptionState

LEASE = timedelta(days=10)  # asked for; the hub decides
LONGEST_LEASE = timedelta(days=90)
RENEW_AT = 0.8  # of a lease
ANSWER_WITHIN = timedelta(hours=1)  # a hub verifies after it was asked; silence is a failure
GRACE = timedelta(minutes=10)  # a story this young may still be pushed
MISSES = 3  # polls that found what the hub did not push: then it is not relied on
_ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


def subscribe(sub: Subscription, callback: str) -> httpx.Request:
    """The request that asks the hub to push ``sub.topic`` to ``callback``; also the one that renews."""
    form = {
        "hub.mode": "subscribe",
        "hub.topic": sub.topic,
        "hub.callback": callback,
        "hub.secret": sub.secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return httpx.Request("POST", sub.hub, headers=headers, content=urlencode(form).encode())


def asked(sub: Subscription, *, now: datetime, why: str = "", rnd: float) -> Subscription:
    """After a request to the hub: it has to verify within the hour. Until it does it is asked again, ever later, daily at most;
    ``why``: what went wrong with the request itself.
    """
    failures = sub.failures + 1
    wait = min(ANSWER_WITHIN * 2 ** min(failures - 1, 6), schedule.DAY) * (1 + schedule.JITTER * rnd)
    state = sub.state if why or sub.state == SubscriptionState.ACTIVE else SubscriptionState.ASKED
    unconfirmed = f"the hub took {failures} requests and confirmed none" if failures > 1 else ""
    return replace(sub, state=state, next_request=now + wait, failures=failures, last_error=why or unconfirmed)


def verified(sub: Subscription, *, mode: str, topic: str, lease: str, now: datetime) -> Subscription | None:
    """The subscription after the hub asked whether we meant it; None where we did not, and the answer is 404."""
    if topic != sub.topic or mode != "subscribe" or sub.state == SubscriptionState.OFF:
        return None
    given = timedelta(seconds=int(lease[:9])) if lease.isascii() and lease.isdigit() else LEASE
    given = min(max(given, timedelta(minutes=5)), LONGEST_LEASE)
    return replace(
        sub,
        state=SubscriptionState.ACTIVE,
        verified_at=sub.verified_at if sub.state == SubscriptionState.ACTIVE else now,
        lease_until=now + given,
        next_request=now + given * RENEW_AT,
        failures=0,
        missed=0,
        last_error="",
    )


def denied(sub: Subscription, reason: str, *, now: datetime) -> Subscription:
    """The hub will not push: not asked again for a week."""
    why = f"the hub refused{': ' + reason[:200] if reason else ''}"
    return replace(sub, state=SubscriptionState.OFFERED, lease_until=None, next_request=now + timedelta(days=7), last_error=why)


def signed(sub: Subscription, body: bytes, header: str) -> bool:
    """Was ``body`` signed with our secret? ``header`` is ``X-Hub-Signature``: ``sha256=…``."""
    method, _, given = header.partition("=")
    algorithm = _ALGORITHMS.get(method.strip().lower())
    if algorithm is None:
        return False
    expected = hmac.new(sub.secret.encode(), body, algorithm).hexdigest()
    return hmac.compare_digest(expected, given.strip().lower())


def missed(sub: Subscription, found: Iterable[Story], *, now: datetime) -> Subscription | None:
    """The subscription after a poll that found stories its hub should have pushed; None where nothing was missed."""
    late = [s for s in found if s.published is not None and s.published < now - GRACE]
    if sub.state != SubscriptionState.ACTIVE or not late or not _since(sub, late):
        return None
    count = sub.missed + 1
    if count < MISSES:
        return replace(sub, missed=count)
    why = "polling found what the hub did not push; it is not relied on"
    return replace(sub, missed=count, state=SubscriptionState.OFF, lease_until=None, last_error=why)


def _since(sub: Subscription, stories: Iterable[Story]) -> bool:
    """Was any of them published while the hub was to push? What is older was never its to bring."""
    return sub.verified_at is not None and any(s.published is not None and s.published > sub.verified_at for s in stories)
