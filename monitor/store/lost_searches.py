"""What the operator is told of routes that cannot go by their saved search: once when that begins, once when it is over.

Every process decides by itself and sees it by itself, so what was told stands in the database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

import monitor.store.tables as t
from monitor.store.health import beat
from monitor.store.values import clean
from monitor.store.writes import Transaction
from monitor.subjects import Notice, notice

_NAME = "searches of routes"  # of the row beside the heartbeats


def tell_searches(tx: Transaction, routes: Mapping[str, tuple[str, ...]], now: datetime, operator: str) -> None:
    """Tell the channel ``operator`` ("": none) what is new. ``routes``: for each that names a saved search, why it cannot go by
    it; nothing where it can. A route that names none any longer is forgotten."""
    if not operator:
        return
    told = _told(tx, operator)
    lost = {clean(route): [clean(why) for why in whys] for route, whys in routes.items() if whys}
    if lost == told:
        return
    for route, whys in lost.items():
        if told.get(route) != whys:
            tx.tell(_failing(route, whys, now), operator)
    for route in sorted(told.keys() & {clean(route) for route in routes} - lost.keys()):
        title = f"The route {route} uses its saved search again"
        tx.tell(notice(now, "route.recovered", route, title), operator)
    beat(tx, _NAME, now, {"operator": operator, "told": lost})


def _failing(route: str, whys: list[str], now: datetime) -> Notice:
    return notice(now, "route.failing", route, f"The route {route} cannot use its saved search", *whys)


def _told(tx: Transaction, operator: str) -> dict[str, list[str]]:
    """What this channel was told last, by route."""
    c = t.heartbeats.c
    row = tx.connection.execute(select(c.info).where(c.name == _NAME)).first()
    info = json.loads(row.info) if row else {}
    told: dict[str, list[str]] = info["told"] if info.get("operator") == clean(operator) else {}
    return told
