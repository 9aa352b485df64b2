"""``/flows``, ``/buildouts`` and ``/organisations``: what many events come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Any

from fastapi import APIRouter, Request, Response
from typing_extensions import TypedDict

import monitor.surfaces.api.parameters as parameters
import monitor.surfaces.summary_rows as rows
from monitor import query, summaries
from monitor.errors import NotFoundError, QueryError
from monitor.model import Label
from monitor.surfaces.api.answers import DEFAULT_LIMIT, ListOf, answer, streamed
from monitor.surfaces.api.answers import listing_of_rows as listing
from monitor.surfaces.api.parameters import FORMAT, LIMIT, Asked, Paged, Paging, TheApp, paged
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.rows import EventRow, event_row

router = APIRouter(tags=["summaries"])
_NOT_HERE = ("label", "changed_after", "feed")
_FILTER = parameters.filter_parameters(leave=_NOT_HERE)


def _by(*names: str) -> dict[str, Any]:
    schema = {"type": "string", "enum": list(names), "default": names[0]}
    return parameters.parameter("by", "What a line of csv or ndjson is.", schema)


class FlowsTold(TypedDict):
    """``events`` counts every event once; ``flows`` and ``balances`` hold the largest, as many as the limit says."""

    events: int
    flows: list[rows.FlowRow]
    balances: list[rows.BalanceRow]


class TotalsTold(TypedDict):
    whole: rows.SumRow
    organisations: list[rows.SumRow]
    projects: list[rows.SumRow]
    months: list[rows.SumRow]


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


def _chosen(request: Request, *names: str) -> str:
    by = request.query_params.get("by", names[0])
    if by not in names:
        raise QueryError(f"by: {by!r} is unknown; it is one of {', '.join(names)}", "by")
    return by


def _whole(paging: Paging, found: Iterable[Any], shape: Any, columns: Any) -> Response:
    return streamed(islice(found, paging.limit), paging, shape, columns)


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
    if paging.format != "json":
        return _whole(
            paging,
            *((pairs, rows.FlowRow, rows.FLOW_COLUMNS) if by == "pair" else (balances, rows.BalanceRow, rows.BALANCE_COLUMNS)),
        )
    most = paging.limit or DEFAULT_LIMIT
    return answer(request, {"events": found.events, "flows": list(pairs)[:most], "balances": list(balances)[:most]})


@router.get(
    "/buildouts",
    response_model=ListOf[rows.LedgerRow],
    responses=documented_list(400, 404),
    openapi_extra={"parameters": [*_FILTER, *paged(rows.LedgerRow)]},
)
def buildouts(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """What is built, for how many dollars and megawatts, each event once, newest first."""
    ours = replace(filter, label=(Label.INFRASTRUCTURE.value,))

    def find(cursor: str | None, limit: int) -> query.Page[Any]:
        return query.events(app.store, ours, cursor=cursor, limit=limit)

    return listing(request, paging, find, lambda events: rows.ledger_rows(app.store, events), rows.LedgerRow, rows.LEDGER_COLUMNS)


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
        return _whole(paging, map(rows.sum_row, sums[by]), rows.SumRow, rows.SUM_COLUMNS)
    most = paging.limit or DEFAULT_LIMIT
    told = {
        "whole": rows.sum_row(found.whole),
        "organisations": [rows.sum_row(one) for one in found.organisations[:most]],
        "projects": [rows.sum_row(one) for one in found.projects[:most]],
        "months": [rows.sum_row(one) for one in found.months],
    }
    return answer(request, told)


@router.get(
    "/organisations/{name:path}",
    response_model=OrganisationTold,
    responses=documented(400, 404),
    openapi_extra={"parameters": [p for p in _FILTER if p["name"] in ("since", "until", "status", "severity")]},
)
def organisation(request: Request, name: str, filter: Asked, app: TheApp) -> Response:
    """Who joins and who leaves beside what is built, under every spelling of the name."""
    found = summaries.organisation(app.store, app.names, name, filter)
    if not (found.balance.gained or found.balance.lost or found.built.events) and not request.query_params:
        raise NotFoundError("organisation", name)
    return answer(request, organisation_told(found))


def organisation_told(found: summaries.Organisation, most: int = DEFAULT_LIMIT) -> dict[str, Any]:
    return {
        "name": found.name,
        "spellings": list(found.spellings),
        "balance": rows.balance_row(found.balance),
        "gained_from": [rows.flow_row(flow) for flow in found.gained_from[:most]],
        "lost_to": [rows.flow_row(flow) for flow in found.lost_to[:most]],
        "joined": [event_row(event) for event in found.joined],
        "left": [event_row(event) for event in found.left],
        "built": rows.sum_row(found.built),
        "projects": [rows.sum_row(one) for one in found.projects[:most]],
        "buildouts": [event_row(event) for event in found.buildouts],
        "months": [rows.month_row(month) for month in found.months],
    }
