"""Flows, balances, ledgers and sums as flat rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

# (typing_extensions' own, because pydantic needs it to describe the rows in the API's document before Python 3.12.)
from typing_extensions import TypedDict

from monitor import summaries
from monitor.filtering import Pair
from monitor.headlines import headline
from monitor.model import BuildoutAction, Event, MoveAction, Quantity, Severity, Status
from monitor.standing import Progress, Seniority, announces, progress
from monitor.store import Store
from monitor.summaries import Balance, Flow, Month, Moved, Standing, Sum

OF_ONE = ("since", "until", "status", "severity")  # what one organisation is asked by
_HEIGHTS = {height.value: int for height in Seniority}
# (Written so because "from" is a word of Python.)
FlowRow = TypedDict("FlowRow", {"from": str, "to": str, "events": int, "people": int, **_HEIGHTS})  # type: ignore[misc]
BalanceRow = TypedDict(  # type: ignore[misc]
    "BalanceRow",
    {"org": str, "gained": int, "lost": int, "net": int}
    | {f"gained_{height}": int for height in _HEIGHTS}
    | {f"lost_{height}": int for height in _HEIGHTS},
)
SumRow = TypedDict(  # type: ignore[misc]
    "SumRow",
    {"name": str, "events": int, "amount": float, "capacity": float}
    | {f"{stage}_{what}": kind for stage in Progress for what, kind in (("events", int), ("amount", float), ("capacity", float))},
)


class LedgerRow(TypedDict):
    """A buildout as one line: ``amount`` in dollars, ``capacity`` in megawatts. ``counted`` is false where sums leave
    the amount out: an earlier event of the same project told it, or it is of a plan that is opposed."""

    at: datetime
    event_id: str
    orgs: list[str]
    action: BuildoutAction
    progress: Progress
    project: str
    location: str
    amount: float | None
    amount_text: str
    capacity: float | None
    capacity_text: str
    counted: bool
    status: Status
    severity: Severity
    headline: str


class MovedRow(TypedDict):
    """A move as one line; ``action`` is null where the stories say neither who nor where."""

    at: datetime
    person: str
    group: str
    action: MoveAction | None
    from_org: str
    from_role: str
    to_org: str
    to_role: str
    status: Status
    severity: Severity
    outlets: list[str]
    headline: str
    event_id: str


class StandingRow(TypedDict):
    """An organisation: people ``gained`` and ``lost`` and ``builds``, in events; dollars and megawatts announced; the addresses
    of what the API has of it and of its alerts."""

    name: str
    gained: int
    lost: int
    net: int
    builds: int
    amount: float
    capacity: float
    url: str
    alerts_url: str


class MonthRow(TypedDict):
    month: str
    gained: int
    lost: int
    amount: float
    capacity: float


FLOW_COLUMNS = ("from", "to", "events", "people", *_HEIGHTS)
BALANCE_COLUMNS = ("org", "gained", "lost", "net")
SUM_COLUMNS = ("name", "events", "amount", "capacity", "planned_amount", "under_way_amount", "open_amount", "cancelled_amount")
MOVED_COLUMNS = tuple(MovedRow.__annotations__)
STANDING_COLUMNS = ("name", "gained", "lost", "net", "builds", "amount", "capacity")
LEDGER_COLUMNS = (
    "at", "orgs", "progress", "amount", "capacity", "project", "location", "action", "status", "headline", "counted", "event_id",
)  # fmt: skip


def flow_row(flow: Flow) -> dict[str, Any]:
    heights = {height: flow.by_seniority.get(height, 0) for height in _HEIGHTS}
    return {"from": flow.from_org, "to": flow.to_org, "events": flow.events, "people": flow.people, **heights}


def balance_row(balance: Balance) -> dict[str, Any]:
    gained = {f"gained_{height}": balance.gained_by_seniority.get(height, 0) for height in _HEIGHTS}
    lost = {f"lost_{height}": balance.lost_by_seniority.get(height, 0) for height in _HEIGHTS}
    return {"org": balance.org, "gained": balance.gained, "lost": balance.lost, "net": balance.net, **gained, **lost}


def sum_row(total: Sum) -> dict[str, Any]:
    stages = {
        f"{stage}_{what}": figure
        for stage, figures in total.stages.items()
        for what, figure in zip(("events", "amount", "capacity"), figures, strict=True)
    }
    return {"name": total.name, "events": total.events, "amount": total.amount, "capacity": total.capacity, **stages}


def moved_row(one: Moved) -> MovedRow:
    event, move = one.event, one.move
    return MovedRow(
        at=event.first_seen,
        person=move.person if move else "",
        group=move.group if move else "",
        action=move.action if move else None,
        from_org=move.from_org if move else "",
        from_role=move.from_role if move else "",
        to_org=move.to_org if move else "",
        to_role=move.to_role if move else "",
        status=move.status if move else event.status,
        severity=event.severity,
        outlets=list(event.outlets),
        headline=headline(event),
        event_id=event.id,
    )


def standing_row(one: Standing, given: Sequence[Pair] = (), public_url: str = "") -> dict[str, Any]:
    """What was asked (``given``) goes into the addresses as well, but for an organisation, in whose place comes the one of the
    line. ``public_url``: where the server is known, as the configuration says."""
    api, span = f"{public_url.rstrip('/')}/api/v1", [pair for pair in given if pair[0].removesuffix(">") in OF_ONE]
    url = f"{api}/organisations/{quote(one.name, safe='')}"
    alerts = [("org", one.name), *(pair for pair in given if pair[0] != "org")]
    told = {name: getattr(one, name) for name in STANDING_COLUMNS}
    return told | {"url": f"{url}?{urlencode(span)}" if span else url, "alerts_url": f"{api}/alerts?{urlencode(alerts)}"}


def month_row(month: Month) -> MonthRow:
    return MonthRow(month=month.month, gained=month.gained, lost=month.lost, amount=month.amount, capacity=month.capacity)


_AT_ONCE = 200


def ledger_rows(store: Store, events: Iterable[Event]) -> Iterator[LedgerRow]:
    """Events of buildouts as lines, some hundred at a time."""
    rest = iter(events)
    while part := list(islice(rest, _AT_ONCE)):
        again = summaries.told_before(store, part)
        yield from (_ledger_row(event, counted=event.id not in again and announces(event)) for event in part)


def _ledger_row(event: Event, *, counted: bool) -> LedgerRow:
    built, stage = event.buildout, progress(event)
    assert built is not None and stage is not None
    amount, capacity = largest(built.amounts, "USD"), largest(built.capacity, "MW")
    return LedgerRow(
        at=event.first_seen,
        event_id=event.id,
        orgs=list(built.orgs),
        action=built.action,
        progress=stage,
        project=built.project,
        location=built.location,
        amount=amount[0],
        amount_text=amount[1],
        capacity=capacity[0],
        capacity_text=capacity[1],
        counted=counted,
        status=event.status,
        severity=event.severity,
        headline=headline(event),
    )


def largest(quantities: Iterable[Quantity], unit: str) -> tuple[float | None, str]:
    """The largest in ``unit`` and its words; where none is in it, the words of the first."""
    given = list(quantities)
    sized = [(n, q.text) for q in given if q.unit == unit and (n := q.high if q.high is not None else q.low) is not None]
    return max(sized) if sized else (None, given[0].text if given else "")
