"""Inside a poll's transaction: the hub a document names is noticed, and one that pushed too little is let go."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from monitor import log as logging
from monitor import websub
from monitor.interfaces import Answer, Reading
from monitor.model import Feed, Story
from monitor.results import Subscription, SubscriptionState
from monitor.store import Transaction, care
from monitor.urls import absolute

_LINK = re.compile(r"<([^<>]{1,2000})>\s*;([^,<]{0,500})")
_REL = re.compile(r"\brel\s*=\s*\"?([^\";,]{1,60})", re.I)


def judge(tx: Transaction, feed: Feed, answer: Answer, reading: Reading, found: Sequence[Story], *, now: datetime) -> None:
    """Note the hub and topic that ``answer`` names, and hold what was found against the hub that should have pushed it."""
    hub, topic = named(answer, reading, feed.url)
    if not feed.baseline_done:  # what it was pushed before was said at another address
        tx.drop_subscription(feed.id)
    stored = care.subscription_of(tx, feed_id=feed.id)
    if hub and (stored is None or (stored.hub, stored.topic) != (hub, topic)):
        tx.save_subscription(
            Subscription(
                feed_id=feed.id,
                hub=hub,
                topic=topic,
                token=stored.token if stored else secrets.token_urlsafe(24),
                secret=stored.secret if stored else secrets.token_urlsafe(32),
                next_request=now,
            )
        )
    elif stored is not None and (after := websub.missed(stored, found, now=now)) is not None:
        tx.save_subscription(after)
        if after.state == SubscriptionState.OFF:
            logging.get(part="websub").warning("hub is not relied on", feed_id=feed.id, feed=feed.name, why=after.last_error)


def named(answer: Answer, reading: Reading, url: str) -> tuple[str, str]:
    """The hub and the topic of a document: by the HTTP header Link, which goes first, or by its own links; "" for no hub."""
    told: dict[str, str] = {}
    for target, rest in _LINK.findall(answer.headers.get("link", "")):
        rel = _REL.search(rest)
        for word in rel[1].lower().split() if rel else ():
            told.setdefault(word, absolute(target, answer.url or url))
    hub = told.get("hub") or next((h for h in reading.hubs if h.startswith(("http://", "https://"))), "")
    return hub, told.get("self") or reading.topic or url
