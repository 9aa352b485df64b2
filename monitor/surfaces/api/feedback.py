"""``/feedback``: what people say of alerts, and saying it."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

import monitor.feedback as feedback
from monitor import query
from monitor.errors import QueryError
from monitor.model import FeedbackKind
from monitor.surfaces.api.access import Caller, writer
from monitor.surfaces.api.answers import ListOf, answer, listing
from monitor.surfaces.api.parameters import TRUTH, Paged, TheApp, one_of, paged, parameter, truth
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.rows import FeedbackRow, feedback_row

router = APIRouter(tags=["feedback"])
COLUMNS = tuple("at kind by via note title target_kind target labels".split())

_WHICH = [
    parameter("kind", "Only this kind.", {"type": "string", "enum": [kind.value for kind in FeedbackKind]}),
    parameter("by", "Only this person.", {"type": "string", "minLength": 1}),
    parameter("history", "true: also judgements that the same person has replaced since.", TRUTH),
]


class Said(BaseModel):
    """What somebody says of an alert, an event or a story; an alert stands for its event."""

    model_config = ConfigDict(extra="forbid")
    target: Annotated[str, Field(description="The id of an alert, event or story, or the beginning of one.", min_length=1)]
    kind: Annotated[
        Literal["relevant", "not_relevant", "wrong_slot", "wrong_event"],
        Field(description="wrong_slot: rightly told, with a wrong detail; wrong_event: grouped with what it does not belong to."),
    ]
    note: Annotated[str, Field(description="In your own words.", max_length=feedback.MAX_NOTE)] = ""


@router.get(
    "/feedback",
    response_model=ListOf[FeedbackRow],
    responses=documented_list(400),
    openapi_extra={"parameters": [*_WHICH, *paged(FeedbackRow)]},
)
def said(request: Request, paging: Paged, app: TheApp) -> Response:
    """Feedback, newest first: each person's latest judgement of each event."""
    given = request.query_params
    kind, by = given.get("kind"), given.get("by", "")
    if by == "" and "by" in given:
        raise QueryError("by: is empty; leave it out, or say who", "by")
    pages = partial(
        query.feedback,
        app.store,
        kind=None if kind is None else one_of("kind", kind, FeedbackKind),
        by=by,
        history=truth(request, "history"),
    )
    return listing(request, paging, pages, feedback_row, FeedbackRow, COLUMNS)


@router.post("/feedback", response_model=FeedbackRow, status_code=201, responses=documented(400, 403, 404))
def say(request: Request, words: Said, app: TheApp, caller: Annotated[Caller, Depends(writer)]) -> Response:
    """Record that an alert was relevant or not, has a wrong slot, or belongs to another event. A caller's latest judgement
    counts; earlier ones are kept."""
    given = feedback.give(app, words.target, FeedbackKind(words.kind), by=caller.name, via="api", note=words.note)
    return answer(request, feedback_row(given), status=201)
