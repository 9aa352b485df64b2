"""Which deliveries can be claimed: of each channel its next, and beside it what some of its recipients have not got yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, func, literal_column, or_, select, true, union_all

import monitor.store.tables as t
from monitor.model import DeliveryState
from monitor.schedule import LONGEST_DELIVERY_WAIT
from monitor.store.reads import Reads
from monitor.store.values import micros
from monitor.store.writes import Transaction

_d, _c = t.deliveries.c, t.channels.c
_ORDER = (_d.ordered_at, _d.alert_id, _d.revision)
_ALL = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What may be claimed: how many, under which lease, on which channels (``among``; None: all)."""

    now: datetime
    lease: timedelta
    limit: int
    among: Collection[str] | None = None


@lru_cache(maxsize=2)
def _due(*, named: bool) -> Select[Any]:
    """What can be claimed of each channel that is not disabled (``named``: and is one of ``among``): its next delivery, and the
    next of those that some recipients alone have not got: one look into one index each. Made once, which costs more than asking.
    """
    head, late = t.deliveries.alias("head"), t.deliveries.alias("late")
    order = [head.c[column.name] for column in _ORDER]
    # Literal, as the index says it: of a bound value a database does not see that it is the same.
    left = and_(late.c.later.is_not(None), late.c.state != literal_column("'dead'"))
    firsts = (
        select(head.c.seq).where(head.c.channel == _c.name, head.c.open == true()).order_by(*order),
        select(late.c.seq).where(late.c.channel == _c.name, left).order_by(late.c.next_attempt),
    )
    which = [_c.disabled.is_(False), *([_c.name.in_(bindparam("among", expanding=True))] if named else [])]
    nexts = union_all(*(select(first.limit(1).correlate(t.channels).scalar_subquery()).where(*which) for first in firsts))
    found = select(t.deliveries).where(_d.seq.in_(nexts), _is_due())
    return found.order_by(_d.open.desc(), *_ORDER).limit(bindparam("most", type_=BigInteger))


def _is_due() -> ColumnElement[bool]:
    """True for what is due at ``now``. A clock that was ahead for a while holds nothing back until that day comes: what was due
    when it was made still is, and no wait after an attempt is longer than the longest, which ends at ``never``."""
    now, never = bindparam("now", type_=BigInteger), bindparam("never", type_=BigInteger)
    due = or_(_d.next_attempt <= now, _d.next_attempt <= _d.created_at, and_(_d.attempts > 0, _d.next_attempt > never))
    state = _d.state + ""  # no column: SQLite would look by its index, through all that waits
    waits = and_(state == DeliveryState.PENDING.value, due)
    lost = and_(state == DeliveryState.SENDING.value, func.coalesce(_d.lease_until, now) <= now)
    return or_(waits, lost)


def _asked(now: datetime, most: int, among: Collection[str] | None = None) -> dict[str, Any]:
    """What ``_due`` is asked with."""
    named = {} if among is None else {"among": sorted(among)}
    return {"now": micros(now), "never": micros(now + LONGEST_DELIVERY_WAIT), "most": most, **named}


def anything_due(reads: Reads, wanted: Wanted) -> bool:
    due = _due(named=wanted.among is not None)
    return reads.connection.execute(due, _asked(wanted.now, 1, wanted.among)).first() is not None


def due_channels(reads: Reads, now: datetime) -> list[str]:
    """The channels whose next delivery can be claimed."""
    rows = reads.connection.execute(_due(named=False), _asked(now, _ALL))
    return sorted({row.channel for row in rows})


def claimable(tx: Transaction, wanted: Wanted) -> Sequence[Any]:
    """The rows to claim, held for this transaction: what another process takes just now is not waited for."""
    due = _due(named=wanted.among is not None).with_for_update(skip_locked=True)
    return tx.connection.execute(due, _asked(wanted.now, wanted.limit, wanted.among)).all()
