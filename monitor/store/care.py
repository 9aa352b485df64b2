"""What is written about the care of feeds: budgets of requests over all processes, and subscriptions at hubs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, delete, false, select, update

import monitor.store.tables as t
from monitor.later import Later
from monitor.model import FeedId, FeedState
from monitor.store.feed_writes import Writes
from monitor.store.reads import Reads
from monitor.store.values import clean, micros, micros_or_none, moment, moment_or_none

if TYPE_CHECKING:
    import monitor.results as results
else:  # what asks for lists needs none of them
    results = Later("monitor.results")

_s = t.subscriptions.c
_ASKED = and_(t.feeds.c.state != FeedState.RESTING.value, t.feeds.c.paused == false())
_TEXTS = ("feed_id", "hub", "topic", "token", "secret", "last_error")
_TIMES = ("verified_at", "lease_until", "last_push")
_COUNTS = ("failures", "pushes", "missed")
_LONGEST_LINE, _MINUTE = 600, 60_000_000  # turns; microseconds
_ALL = (*_TEXTS[1:], *_TIMES, *_COUNTS, "state", "next_request")


def due_subscriptions(reads: Reads, now: datetime, limit: int) -> list[results.Subscription]:
    """Those whose hub is to be asked now, longest due first: of feeds that are asked themselves."""
    due = and_(_s.next_request <= micros(now), _s.state != results.SubscriptionState.OFF.value)
    which = select(t.subscriptions).join(t.feeds, t.feeds.c.id == _s.feed_id).where(due, _ASKED)
    return [_subscription(row) for row in reads.connection.execute(which.order_by(_s.next_request).limit(limit))]


def subscription_of(reads: Reads, *, token: str = "", feed_id: FeedId | None = None) -> results.Subscription | None:
    """By the token of its callback, or by its feed."""
    which = _s.token == clean(token) if feed_id is None else _s.feed_id == feed_id
    row = reads.connection.execute(select(t.subscriptions).where(which)).first()
    return None if row is None else _subscription(row)


class CareWrites(Writes):
    """Budgets and subscriptions."""

    def reserve(self, budget: str, per_second: float, now: datetime) -> datetime:
        """When the next request of ``budget`` may start: no two of all processes within ``1 / per_second``. A turn that is
        further ahead than any line of them is long was given by a clock that was put back since, and is taken for none."""
        b = t.budgets.c
        self._put(t.budgets, ("name",), [{"name": budget, "next_free": micros(now)}])
        step, at = round(1_000_000 / per_second), micros(now)
        latest = case((b.next_free.between(at, at + max(_LONGEST_LINE * step, _MINUTE)), b.next_free), else_=at)
        # One statement, so that two databases' ideas of isolation make no difference.
        later = update(t.budgets).where(b.name == budget).values(next_free=latest + step)
        return moment(int(self.connection.execute(later.returning(b.next_free)).scalar_one()) - step)

    def save_subscription(self, sub: results.Subscription) -> None:
        """Write a subscription whole, and tell its feed how long it is pushed."""
        row: dict[str, Any] = {name: clean(getattr(sub, name)) for name in _TEXTS}
        row |= {name: micros_or_none(getattr(sub, name)) for name in _TIMES}
        row |= {name: getattr(sub, name) for name in _COUNTS}
        row |= {"state": sub.state.value, "next_request": micros(sub.next_request)}
        self._put(t.subscriptions, ("feed_id",), [row], update=_ALL)
        until = sub.lease_until if sub.state == results.SubscriptionState.ACTIVE else None
        pushed = update(t.feeds).where(t.feeds.c.id == sub.feed_id)
        self.connection.execute(pushed, {"pushed_until": micros_or_none(until)})

    def drop_subscription(self, feed_id: FeedId) -> None:
        """What its hub pushes from now on is nobody's."""
        gone = self.connection.execute(delete(t.subscriptions).where(_s.feed_id == feed_id))
        if gone.rowcount:
            self.connection.execute(update(t.feeds).where(t.feeds.c.id == feed_id), {"pushed_until": None})

    def count_push(self, feed_id: FeedId, now: datetime) -> None:
        counted = update(t.subscriptions).where(_s.feed_id == feed_id)
        self.connection.execute(counted.values(pushes=_s.pushes + 1, last_push=micros(now)))


def _subscription(row: Any) -> results.Subscription:
    known: dict[str, Any] = {name: getattr(row, name) for name in (*_TEXTS, *_COUNTS)}
    known |= {name: moment_or_none(getattr(row, name)) for name in _TIMES}
    return results.Subscription(state=results.SubscriptionState(row.state), next_request=moment(row.next_request), **known)
