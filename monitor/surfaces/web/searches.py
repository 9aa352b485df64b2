"""Saved searches: the filter in force kept under a name, listed with its feed, and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from monitor import searches
from monitor.app import App
from monitor.errors import ConflictError, MovewireError
from monitor.filtering import Pair, read, unfolded, write
from monitor.results import SavedSearch
from monitor.surfaces.api.access import Caller, writer
from monitor.surfaces.api.parameters import TheApp, context_of
from monitor.surfaces.api.problems import PAGES
from monitor.surfaces.web.addresses import address
from monitor.surfaces.web.render import render

router = APIRouter(include_in_schema=False, tags=[PAGES])


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A saved search, where it leads, and the routes that go by it."""

    search: SavedSearch
    href: str
    atom: str
    csv: str
    routes: tuple[str, ...]


def words_of(given: Sequence[Pair], app: App) -> str:
    """The filter in force as words to be kept, a saved search in its own; "" where there is none, or none that can be read."""
    try:
        return write(unfolded(given, context_of(app)))
    except MovewireError:  # (a search that it names has just been taken away)
        return ""


@router.get("/searches")
def saved(request: Request, app: TheApp) -> Response:
    """By name."""
    return _page(request, app)


@router.post("/searches")
def save(
    request: Request,
    app: TheApp,
    caller: Annotated[Caller, Depends(writer)],
    name: Annotated[str, Form()] = "",
    words: Annotated[str, Form()] = "",
    replace: Annotated[bool, Form()] = False,
) -> Response:
    """Keep a filter under a name and show what it finds; where it cannot be, the form comes back with the reason."""
    try:
        made = searches.save(app.store, name.strip(), read(words), app.clock(), app.settings, replace=replace)
    except MovewireError as error:
        status = 409 if isinstance(error, ConflictError) else 400
        return _page(request, app, status=status, wrong=str(error), name=name, words=words)
    return RedirectResponse(_href(made.name), 303)


@router.post("/searches/{name}/delete")
def delete(request: Request, app: TheApp, caller: Annotated[Caller, Depends(writer)], name: str) -> Response:
    """Forget a search; what it found stays. One that a route or a silence names is kept, and the list says why."""
    try:
        searches.delete(app.store, name, app.settings, app.clock())
    except ConflictError as error:
        return _page(request, app, status=409, wrong=str(error))
    return RedirectResponse("/searches", 303)


def _href(name: str) -> str:
    return address("/", [("search", name)])


def _page(request: Request, app: App, *, status: int = 200, wrong: str = "", name: str = "", words: str = "") -> Response:
    lines = [
        Line(
            search=one,
            href=_href(one.name),
            atom=address("/feeds/alerts.atom", [("search", one.name)]),
            csv=address("/api/v1/alerts", [("search", one.name), ("format", "csv")]),
            routes=tuple(dict.fromkeys(place.route for place in searches.in_routes(app.settings, one.name))),
        )
        for one in searches.every(app.store)
    ]
    return render(request, "searches.html", status=status, lines=lines, wrong=wrong, name=name, words=words)
