"""The alerts. The page asks the same read path as the API, with the same parameters in its address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from itertools import groupby

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from monitor import query, searches
from monitor.app import App
from monitor.errors import QueryError
from monitor.filtering import BY_NAME, Filter, Pair, near, parse, read, spelt
from monitor.model import Alert, Label, Severity, Status
from monitor.surfaces.api.parameters import TheApp, context_of, pairs_of
from monitor.surfaces.api.problems import PAGES
from monitor.surfaces.web.addresses import Choice, Facet, address, chips, facet, replaced, toggled
from monitor.surfaces.web.render import day, render
from monitor.surfaces.web.searches import words_of

router = APIRouter(include_in_schema=False, tags=[PAGES])
PERIODS = (("24h", "last day"), ("7d", "last week"), ("30d", "last month"))


def given_of(request: Request, *others: str, leave: Collection[str] = ()) -> list[Pair]:
    """The filter as the address says it; the empty fields of a form are left out. Raises QueryError for a parameter that is
    neither of the filter, but those to ``leave``, nor among ``others``."""
    known = [name for name in BY_NAME if name not in leave]
    for name in request.query_params:
        if name.removesuffix(">") not in known and name not in others:
            raise QueryError(f"there is no filter {name!r}{' here' if leave else ''}; {near(name, known)}", name)
    return [
        (name, spelt(value.strip(), BY_NAME[name].values) if name in BY_NAME else value.strip())
        for name, value in pairs_of(request)
        if value.strip()
    ]


def typed(words: str) -> list[Pair]:
    """What stands in the search box as parameters: ``org:Meta since:7d`` asks there what it asks everywhere. Full text is left as
    it is, with its colons too ("update: Meta hires"), unless what stands before one was meant for a parameter. Raises QueryError.
    """
    try:
        pairs = read(words)
    except QueryError as error:
        if get_close_matches(error.parameter, BY_NAME, 1):
            raise
        return [("q", words)]
    return pairs if any(name != "q" for name, _ in pairs) else [("q", words)]


@router.get("/")
def alerts(request: Request, app: TheApp, cursor: str | None = None) -> Response:
    """Newest first, with the filter in the address."""
    given = given_of(request, "cursor")
    if (spelled := [pair for name, value in given for pair in (typed(value) if name == "q" else [(name, value)])]) != given:
        return RedirectResponse(address("/", spelled), 303)
    filter = parse(given, context_of(app))
    page = query.alerts(app.store, filter, cursor=cursor)
    return render(
        request,
        "alerts.html",
        days=by_day(page.items),
        facets=_facets(app, filter, given),
        chips=chips("/", given),
        more=address("/", [*given, ("cursor", page.next)]) if page.next else "",
        formats={
            "atom": address("/feeds/alerts.atom", given),
            "csv": address("/api/v1/alerts", [*given, ("format", "csv")]),
            "json": address("/api/v1/alerts", given),
        },
        keep=words_of(given, app) if given else "",
        given=dict(given),
        again=address("/", given),
        stream=address("/api/v1/stream", [pair for pair in given if pair[0] not in ("changed_after", "feed")]),
    )


def by_day(alerts: Iterable[Alert]) -> list[tuple[str, list[Alert]]]:
    """Under the days they were made; of several revisions of one alert only the newest, for it tells of the others."""
    latest = {alert.id: alert for alert in reversed(tuple(alerts))}
    ordered = sorted(latest.values(), key=lambda alert: alert.created_at, reverse=True)
    return [(name, list(group)) for name, group in groupby(ordered, key=lambda alert: day(alert.created_at))]


def _facets(app: App, filter: Filter, given: Sequence[Pair]) -> list[Facet]:
    counts = query.facets(app.store, filter)
    endless = [pair for pair in given if pair[0] != "until"]  # the last week ends now
    listed = [
        facet("/", given, "Kind", "label", counts["label"], [label.value for label in Label]),
        facet("/", given, "Status", "status", counts["status"], [status.value for status in Status]),
        facet("/", given, "Severity", "severity", counts["severity"], [severity.value for severity in reversed(Severity)]),
        Facet(
            name="Time",
            choices=tuple(
                Choice(name=name, href=replaced("/", endless, "since", value), chosen=("since", value) in given)
                for value, name in PERIODS
            ),
        ),
        Facet(
            name="Watchlists",
            choices=tuple(
                Choice(name=name, href=toggled("/", given, "watchlist", name), chosen=("watchlist", name) in given)
                for name in app.settings.watchlists
            ),
        ),
        Facet(
            name="Saved",
            choices=tuple(
                Choice(name=one.name, href=replaced("/", given, "search", one.name), chosen=("search", one.name) in given)
                for one in searches.every(app.store)
            ),
        ),
    ]
    return [one for one in listed if one.choices]
