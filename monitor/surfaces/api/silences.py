"""``/silences``: what is not told for a while; asking for it, and ending it."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from monitor import query, searches, silencing
from monitor.errors import ConflictError
from monitor.settings.base import parse_duration
from monitor.surfaces.api.access import Caller, writer
from monitor.surfaces.api.answers import ListOf, answer, listing
from monitor.surfaces.api.parameters import TRUTH, Paged, TheApp, paged, parameter, truth
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.rows import SilenceRow, silence_row

router = APIRouter(tags=["silences"])
COLUMNS = tuple("id state starts_at ends_at author match comment".split())
_OVER = parameter("over", "true: also those that have ended.", TRUTH)


class NewSilence(BaseModel):
    """Tell nothing of events that fit, for a while."""

    model_config = ConfigDict(extra="forbid")
    match: Annotated[
        str, Field(description="A search: org:Meta severity>=high, or a saved one: search:meta", min_length=1, max_length=4096)
    ]
    lasts: Annotated[str, Field(description="How long, from its start: 12h, 7d or 2w.", pattern=r"^[1-9][0-9]{0,2}[smhdw]$")]
    starts_at: Annotated[AwareDatetime | None, Field(description="Left out: now.")] = None
    comment: Annotated[str, Field(description="Why.", max_length=1000)] = ""


@router.get(
    "/silences",
    response_model=ListOf[SilenceRow],
    responses=documented_list(400),
    openapi_extra={"parameters": [_OVER, *paged(SilenceRow)]},
)
def silences(request: Request, paging: Paged, app: TheApp) -> Response:
    """Present and future silences, newest first."""
    now = app.clock()
    pages = partial(query.silences, app.store, now, over=truth(request, "over"))
    return listing(request, paging, pages, partial(silence_row, now=now), SilenceRow, COLUMNS)


@router.post("/silences", response_model=SilenceRow, status_code=201, responses=documented(400, 403, 409))
def add(request: Request, new: NewSilence, app: TheApp, caller: Annotated[Caller, Depends(writer)]) -> Response:
    """Suppress alerts on matching events from a start to an end. What was sent before is not affected."""
    now = app.clock()
    try:
        starts_at = (new.starts_at or now).astimezone(UTC)
        ends_at = starts_at + parse_duration(new.lasts)
    except OverflowError as error:
        raise ConflictError("the silence ends too far in the future") from error
    made = silencing.make(
        new.match,
        starts_at=starts_at,
        ends_at=ends_at,
        author=caller.name,
        comment=new.comment,
        now=now,
        watchlists=app.settings.watchlists,
        saved=searches.by_name(app.store),
    )
    app.store.add_silence(made)
    return answer(request, silence_row(made, now), status=201)


@router.post("/silences/{id}/end", response_model=SilenceRow, responses=documented(403, 404))
def end(request: Request, id: str, app: TheApp, caller: Annotated[Caller, Depends(writer)]) -> Response:
    """End a silence now; one that has ended stays as it is."""
    now = app.clock()
    return answer(request, silence_row(app.store.expire_silence(id, now=now, by=caller.name), now))
