"""``/moves``, ``/flows``, ``/buildouts`` and ``/organisations``: what many events come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, NotRequired

from fastapi import APIRouter, Request, Response
from typing_extensions import TypedDict

import monitor.surfaces.api.parameters as parameters
import monitor.surfaces.summary_rows as rows
from monitor import query, summaries
from monitor.errors import QueryError
from monitor.filtering import NOT_OF_SUMS
from monitor.model import Label
from monitor.surfaces.api.answers import DEFAULT_LIMIT, ListOf, answer, streamed
from monitor.surfaces.api.answers import listing as one_by_one
from monitor.surfaces.api.answers import listing_of_rows as listing
from monitor.surfaces.api.parameters import FORMAT, LIMIT, Asked, Paged, Paging, TheApp, paged
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.details import organisation_of
from monitor.surfaces.rows import EventRow, event_row

router = APIRouter(tags=["summaries"])
_FILTER = parameters.filter_parameters(leave=NOT_OF_SUMS)


def _by(*names: str) -> dict[str, Any]:
    help = f"What a line of csv or ndjson is ({names[0]} where it is left out); of json that part alone, left out every part."
    return parameters.parameter("by", help, {"type": "string", "enum": list(names)})


class FlowsTold(TypedDict):
    """``events`` counts every event once; ``flows`` (by pair) and ``balances`` (by organisation) hold the largest, as many as
    the limit says."""

    events: int
    flows: NotRequired[list[rows.FlowRow]]
    balances: NotRequired[list[rows.BalanceRow]]


class TotalsTold(TypedDict):
    whole: rows.SumRow
    organisations: NotRequired[list[rows.SumRow]]
    projects: NotRequired[list[rows.SumRow]]
    months: NotRequired[list[rows.SumRow]]


class OrganisationTold(TypedDict):
    name: str
    spellings: list[str]
    balance: rows.BalanceRow
    gained_from: list[rows.FlowRow]
    lost_to: list[rows.FlowRow]
    joined: list[EventRow]
    left: list[EventRow]
    built: rows.SumRow
    projects: list[rows.SumRow]
    buildouts: list[EventRow]
    months: list[rows.MonthRow]


def _chosen(request: Request, *names: str) -> str | None:
    """What ``by`` says, None where it is left out."""
    by = request.query_params.get("by")
    if by is not None and by not in names:
        raise QueryError.unknown("by", by, names)
    return by


def _whole(paging: Paging, found: Iterable[Any], shape: Any, columns: Any) -> Response:
    return streamed(islice(found, paging.limit), paging, shape, columns)


@router.get(
    "/moves",
    response_model=ListOf[rows.MovedRow],
    responses=documented_list(400, 404),
    openapi_extra={"parameters": [*_FILTER, *paged(rows.MovedRow)]},
)
def moves(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Who moved, from where, to where: of the events that fit every move, a line each, newest event first. A page has more than
    `limit` lines where one event has."""
    pages = partial(summaries.moves, app.store, filter)
    return one_by_one(request, paging, pages, rows.moved_row, rows.MovedRow, rows.MOVED_COLUMNS)


@router.get(
    "/flows",
    response_model=FlowsTold,
    responses=documented_list(400, 404),
    openapi_extra={"parameters": [*_FILTER, _by("pair", "organisation"), LIMIT, FORMAT]},
)
def flows(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Who moves from where to where, each event once, and what every organisation gained and lost. What was denied counts only
    under status=denied."""
    by = _chosen(request, "pair", "organisation")
    found = summaries.flows(app.store, app.names, filter)
    pairs, balances = map(rows.flow_row, found.flows), map(rows.balance_row, found.balances)
    if paging.format != "json" and by == "organisation":
        return _whole(paging, balances, rows.BalanceRow, rows.BALANCE_COLUMNS)
    if paging.format != "json":
        return _whole(paging, pairs, rows.FlowRow, rows.FLOW_COLUMNS)
    most = paging.limit or DEFAULT_LIMIT
    parts = {"flows": ("pair", pairs), "balances": ("organisation", balances)}
    told = {name: list(islice(lines, most)) for name, (what, lines) in parts.items() if by in (None, what)}
    return answer(request, {"events": found.events, **told})


@router.get(
    "/buildouts",
    response_model=ListOf[rows.LedgerRow],
    responses=documented_list(400, 404),
    openapi_extra={"parameters": [*_FILTER, *paged(rows.LedgerRow)]},
)
def buildouts(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Buildouts with dollars and megawatts, each event once, newest first."""
    ours = replace(filter, label=(Label.INFRASTRUCTURE.value,))
    pages, ledger = partial(query.events, app.store, ours), partial(rows.ledger_rows, app.store)
    return listing(request, paging, pages, ledger, rows.LedgerRow, rows.LEDGER_COLUMNS)


@router.get(
    "/buildouts/totals",
    response_model=TotalsTold,
    responses=documented_list(400, 404),
    openapi_extra={"parameters": [*_FILTER, _by("organisation", "project", "month"), LIMIT, FORMAT]},
)
def totals(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Announced dollars and megawatts: all, by organisation and by project (the largest first), and by month. A figure told
    again of the same project counts once; what was denied counts only under status=denied."""
    by = _chosen(request, "organisation", "project", "month")
    found = summaries.totals(app.store, app.names, filter)
    sums = {"organisation": found.organisations, "project": found.projects, "month": found.months}
    if paging.format != "json":
        return _whole(paging, map(rows.sum_row, sums[by or "organisation"]), rows.SumRow, rows.SUM_COLUMNS)
    most = paging.limit or DEFAULT_LIMIT
    asked = {name: lines if name == "month" else lines[:most] for name, lines in sums.items() if by in (None, name)}
    parts = {f"{name}s": [rows.sum_row(one) for one in lines] for name, lines in asked.items()}
    return answer(request, {"whole": rows.sum_row(found.whole), **parts})


@router.get(
    "/organisations",
    response_model=ListOf[rows.StandingRow],
    responses=documented_list(400, 404),
    openapi_extra={"parameters": [*_FILTER, *paged(rows.StandingRow)]},
)
def organisations(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Who hires, who loses people and who builds: every organisation in one line, the busiest first, with the addresses of its
    own page and of its alerts. What was denied counts only under status=denied."""
    found = summaries.standings(app.store, app.names, filter)
    pages, server = partial(summaries.standings_page, found), app.settings.server
    row = partial(rows.standing_row, given=parameters.pairs_of(request), public_url=server.public_url)
    return one_by_one(request, paging, pages, row, rows.StandingRow, rows.STANDING_COLUMNS)


@router.get(
    "/organisations/{name:path}",
    response_model=OrganisationTold,
    responses=documented(400, 404),
    openapi_extra={"parameters": [p for p in _FILTER if p["name"] in rows.OF_ONE]},
)
def organisation(request: Request, name: str, filter: Asked, app: TheApp) -> Response:
    """Who joins and who leaves beside what is built, under every spelling of the name."""
    return answer(request, organisation_told(organisation_of(app, name, filter)))


def organisation_told(found: summaries.Organisation) -> dict[str, Any]:
    return {
        "name": found.name,
        "spellings": list(found.spellings),
        "balance": rows.balance_row(found.balance),
        "gained_from": [rows.flow_row(flow) for flow in found.gained_from[:DEFAULT_LIMIT]],
        "lost_to": [rows.flow_row(flow) for flow in found.lost_to[:DEFAULT_LIMIT]],
        "joined": [event_row(event) for event in found.joined],
        "left": [event_row(event) for event in found.left],
        "built": rows.sum_row(found.built),
        "projects": [rows.sum_row(one) for one in found.projects[:DEFAULT_LIMIT]],
        "buildouts": [event_row(event) for event in found.buildouts],
        "months": [rows.month_row(month) for month in found.months],
    }
