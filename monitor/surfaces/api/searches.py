"""``/searches``: filters kept under a name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from monitor import searches
from monitor.filtering import read
from monitor.surfaces.api.access import writer
from monitor.surfaces.api.answers import ListOf, answer, whole
from monitor.surfaces.api.parameters import VISIBLE, Paged, TheApp, unpaged
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.rows import SearchRow, search_row

router = APIRouter(tags=["care"])
Write = Depends(writer)
_NAMED = {"description": "Letters, digits, spaces, . _ -", "pattern": r"^[A-Za-z0-9_][A-Za-z0-9_ .-]{0,63}$"}
_FILTER = 'The filter: org:Meta since:7d "data center"'


class Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: Annotated[str, Field(description=_FILTER, min_length=1, max_length=4096, pattern=VISIBLE)]


class NewSearch(Words):
    name: Annotated[str, Field(**_NAMED)]


@router.get(
    "/searches",
    response_model=ListOf[SearchRow],
    responses=documented_list(400),
    openapi_extra={"parameters": unpaged(SearchRow)},
)
def saved(request: Request, paging: Paged, app: TheApp) -> Response:
    """Saved searches, by name: `search=NAME` uses one wherever there is a filter."""
    return whole(request, paging, map(search_row, searches.every(app.store)), SearchRow, tuple(SearchRow.__annotations__))


@router.post("/searches", response_model=SearchRow, status_code=201, responses=documented(400, 403, 409), dependencies=[Write])
def save(request: Request, new: NewSearch, app: TheApp) -> Response:
    """Save a filter under a name."""
    made = searches.save(app.store, new.name, read(new.words), app.clock(), app.settings)
    return answer(request, search_row(made), status=201)


@router.put("/searches/{name}", response_model=SearchRow, responses=documented(400, 403), dependencies=[Write])
def put(request: Request, name: Annotated[str, Path(**_NAMED)], new: Words, app: TheApp) -> Response:
    """Save a filter under this name, replacing any of that name. Routes use the new one at once."""
    return answer(request, search_row(searches.save(app.store, name, read(new.words), app.clock(), app.settings, replace=True)))


@router.delete("/searches/{name}", status_code=204, responses=documented(403, 404, 409), dependencies=[Write])
def forget(name: str, app: TheApp) -> Response:
    """Delete a saved search, unless a route or silence uses it."""
    searches.delete(app.store, name, app.settings, app.clock())
    return Response(status_code=204)
