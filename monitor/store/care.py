"""What is written about the care of feeds: budgets of requests over all processes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, update

import monitor.store.rows as t
from monitor.store.feed_writes import Writes
from monitor.store.values import micros, moment


class CareWrites(Writes):
    """Budgets."""

    def reserve(self, budget: str, per_second: float, now: datetime) -> datetime:
        """When the next request of ``budget`` may start: no two of all processes within ``1 / per_second``."""
        b = t.budgets.c
        self._put(t.budgets, ("name",), [{"name": budget, "next_free": micros(now)}])
        step, at = round(1_000_000 / per_second), micros(now)
        latest = case((b.next_free > at, b.next_free), else_=at)
        # One statement, so that two databases' ideas of isolation make no difference.
        later = update(t.budgets).where(b.name == budget).values(next_free=latest + step)
        return moment(int(self.connection.execute(later.returning(b.next_free)).scalar_one()) - step)
