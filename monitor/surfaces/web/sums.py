"""Talent flows, buildouts and organisations: pictures, each with a table that says the same, and a way to its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

import monitor.surfaces.summary_rows as rows
from monitor import query, summaries
from monitor.app import App
from monitor.filtering import NOT_OF_SUMS, Filter, Pair, parse, unfolded
from monitor.model import Event, Label, Move, Status
from monitor.standing import Progress, org_key
from monitor.summaries import Balance, Flow, Sum
from monitor.surfaces.api.parameters import TheApp, context_of
from monitor.surfaces.api.problems import PAGES
from monitor.surfaces.details import organisation_of
from monitor.surfaces.web.addresses import Choice, address, chips
from monitor.surfaces.web.charts import OTHERS, Stream, charts, sankey
from monitor.surfaces.web.pages import given_of
from monitor.surfaces.web.render import render
from monitor.text import counted

router = APIRouter(include_in_schema=False, tags=[PAGES])
DEFAULT_SINCE = "90d"
PERIODS = (("7d", "7 days"), ("30d", "30 days"), ("90d", "90 days"), ("365d", "a year"))
MOST_PAIRS, MOST_NAMES, MOST_LINES, MOST_ORGANISATIONS = 60, 40, 100, 200
_UNCOUNTED = {"board": "board", "other": "other", "unsaid": "unsaid"}  # levels that are no word for a person
_STAGES = [stage.value for stage in Progress]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page of sums is asked for: the filter with a period, and the words of the address."""

    filter: Filter
    given: list[Pair]
    since: str
    span: dict[str, str]  # the period, also that of a saved search, for links to other pages of sums


def asked(request: Request, app: App, *others: str) -> Asked:
    """The address's filter; where no period is said, the last 90 days. ``others``: parameters the page has beside it."""
    given, context = given_of(request, *others, leave=NOT_OF_SUMS), context_of(app)
    span = {name: value for name, value in unfolded(given, context) if name in ("since", "until")}
    if not span:
        span = {"since": DEFAULT_SINCE}
        given.append(("since", DEFAULT_SINCE))
    return Asked(filter=parse(given, context), given=given, since=dict(given).get("since", ""), span=span)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLink:
    """One row of the flows' table or one band of their picture, and the address of the events it counts."""

    source: str
    target: str
    count: int
    href: str


@router.get("/flows")
def flows(request: Request, app: TheApp) -> Response:
    """Who moves from where to where; bands and rows lead to the events they count."""
    want = asked(request, app)
    found = summaries.flows(app.store, app.names, want.filter)
    whole = [flow for flow in found.flows if flow.from_org and flow.to_org]
    return render(
        request,
        "flows.html",
        chart=picture(whole, want),
        pairs=[pair(flow.from_org, flow.to_org, flow.events, want) for flow in whole[:MOST_PAIRS]],
        pairs_found=len(whole),
        balance=found.balances[:MOST_NAMES],
        balances_found=len(found.balances),
        events=found.events,
        levels=levels,
        **shown(want, "flows"),
    )


def shown(want: Asked, api: str) -> dict[str, Any]:
    """What every page of sums shows of its question."""
    buttons = periods(f"/{api}", want.given, want.since)
    return {
        "periods": buttons,
        "given": dict(want.given),
        "chips": chips(f"/{api}", want.given, hidden=("since",) if any(one.chosen for one in buttons) else ()),
        "span": want.span,
        "formats": {
            "csv": address(f"/api/v1/{api}", [*want.given, ("format", "csv")]),
            "json": address(f"/api/v1/{api}", want.given),
        },
    }


def periods(path: str, given: Iterable[Pair], since: str) -> list[Choice]:
    """The same page over other periods up to now, whatever else it is asked for."""
    others = [pair for pair in given if pair[0] not in ("since", "until")]
    return [Choice(name=name, href=address(path, [*others, ("since", v)]), chosen=v == since) for v, name in PERIODS]


def pair(source: str, target: str, count: int, want: Asked) -> FlowLink:
    """The events behind a band; where a side gathers several organisations, all that move in the period."""
    ends = [(name, value) for name, value in (("from", source), ("to", target)) if value and value != OTHERS]
    kept = [p for p in want.given if p[0] not in ("from", "to")]
    return FlowLink(
        source=source, target=target, count=count, href=address("/", [*kept, ("label", Label.EXECUTIVE_MOVE.value), *ends])
    )


def picture(found: Sequence[Flow], want: Asked, most: int = 14, width: float = 960) -> dict[str, Any]:
    drawn = sankey((Stream(source=f.from_org, target=f.to_org, count=f.events) for f in found), most=most, width=width)
    bands = [(r, pair(r.source, r.target, r.count, want).href) for r in drawn.ribbons]
    return {"drawn": drawn, "bands": bands}


def levels(balance: Balance) -> str:
    """``in: 2 chiefs, 1 head; out: 1 board``."""
    sides = (("in", balance.gained_by_seniority), ("out", balance.lost_by_seniority))
    return "; ".join(f"{name}: {_heights(by)}" for name, by in sides if any(by.values()))


def _heights(by: Mapping[str, int]) -> str:
    return ", ".join(counted(count, level.replace("_", " "), _UNCOUNTED.get(level, "")) for level, count in by.items() if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A table of sums: each with the address of what it counts; ``found`` of them there are."""

    name: str
    lines: list[tuple[Sum, str]]
    found: int


def group(name: str, sums: Sequence[Sum], href: Callable[[str], str]) -> Group:
    return Group(name=name, lines=[(one, href(one.name)) for one in sums[:MOST_NAMES]], found=len(sums))


@router.get("/buildouts")
def buildouts(request: Request, app: TheApp, cursor: str | None = None) -> Response:
    """Announced dollars and megawatts over time, by organisation and project, and the ledger they come from."""
    want = asked(request, app, "cursor")
    found = summaries.totals(app.store, app.names, want.filter)
    ours = replace(want.filter, label=(Label.INFRASTRUCTURE.value,))
    page = query.events(app.store, ours, cursor=cursor, limit=MOST_LINES)
    others = [pair for pair in want.given if pair[0] != "project"]
    return render(
        request,
        "buildouts.html",
        totals=found.whole,
        charts=charts(found.months),
        month=lambda name: month_address(name, want),
        stages=_STAGES,
        groups=(
            group("Organisation", found.organisations, lambda name: address(page_of(name), want.span.items())),
            group("Project", found.projects, lambda name: address("/buildouts", [*others, ("project", name)])),
            group("Month", found.months[::-1], lambda name: month_address(name, want)),
        ),
        ledger=rows.ledger_rows(app.store, page.items),
        more=address("/buildouts", [*want.given, ("cursor", page.next)]) if page.next else "",
        **shown(want, "buildouts"),
    )


def month_address(name: str, want: Asked) -> str:
    """The alerts behind the sums of a month (``2026-05``)."""
    kept = [p for p in want.given if p[0] not in ("since", "until")]
    first = datetime.strptime(name, "%Y-%m").replace(tzinfo=UTC)
    after = (first + timedelta(days=32)).replace(day=1)
    span = [("since", first.strftime("%Y-%m-%d")), ("until", after.strftime("%Y-%m-%d"))]
    return address("/", [*kept, ("label", Label.INFRASTRUCTURE.value), *span])


@router.get("/organisations")
def organisations(request: Request, app: TheApp) -> Response:
    """Those that move people and money in the period, the busiest first."""
    want = asked(request, app)
    lines = summaries.standings(app.store, app.names, want.filter)
    return render(
        request,
        "organisations.html",
        rows=lines[:MOST_ORGANISATIONS],
        found=len(lines),
        **shown(want, "organisations"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One move of an organisation, as its page lists it."""

    event_id: str
    at: datetime
    who: str
    other: str
    role: str
    status: Status


@router.get("/organisations/{name:path}")
def organisation(request: Request, app: TheApp, name: str) -> Response:
    """Who is being hired to spend which money: moves in and out beside what it builds."""
    want = asked(request, app)
    found = organisation_of(app, name, want.filter, recent=50)
    keys = {org_key(spelling) for spelling in found.spellings}
    both = [flow for flow in (*found.gained_from, *found.lost_to) if flow.from_org and flow.to_org]
    return render(
        request,
        "organisation.html",
        found=found,
        arriving=picture([f for f in both if org_key(f.to_org) in keys], want, most=10, width=300),
        leaving=picture([f for f in both if org_key(f.from_org) in keys], want, most=10, width=300),
        moves=(("Came", "From", moves_of(found.joined, keys, into=True)), ("Left", "To", moves_of(found.left, keys, into=False))),
        builds=rows.ledger_rows(app.store, found.buildouts),
        alerts=address("/", [("org", found.name), *(pair for pair in want.given if pair[0] != "org")]),
        **(shown(want, page_of(found.name).removeprefix("/")) | {"here": "/organisations"}),
    )


def page_of(organisation: str) -> str:
    return "/organisations/" + quote(organisation)


def moves_of(events: Sequence[Event], keys: set[str], *, into: bool) -> list[Moved]:
    """The moves of these events that end (``into``) or begin at an organisation of these keys."""
    found = []
    for event in events:
        for move in event.moves:
            ours, other, role = _seen(move, into)
            if org_key(ours) in keys:
                who = move.person or move.group[:1].upper() + move.group[1:] or "Somebody"
                found.append(Moved(event_id=event.id, at=event.first_seen, who=who, other=other, role=role, status=move.status))
    return found


def _seen(move: Move, into: bool) -> tuple[str, str, str]:
    """Our side, the other side and the role that counts."""
    if into:
        return move.to_org, move.from_org, move.to_role
    return move.from_org, move.to_org, move.from_role
