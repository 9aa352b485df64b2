"""``/events`` and ``/stories``: the happenings, what told of them, and the words that prove it."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

import monitor.surfaces.api.parameters as parameters
from monitor import query
from monitor.surfaces.api.answers import ListOf, answer, listing
from monitor.surfaces.api.parameters import Asked, Paged, TheApp
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.details import EventTold, StoryTold, event_told, story_told
from monitor.surfaces.rows import EventRow, StoryRow, event_row, story_row

router = APIRouter(tags=["events"])
EVENT_COLUMNS = tuple("id first_seen last_seen labels status severity headline title stories outlets".split())
STORY_COLUMNS = tuple("id at outlet title summary url published first_seen feed_id".split())


@router.get(
    "/events",
    response_model=ListOf[EventRow],
    responses=documented_list(400, 404),
    openapi_extra=parameters.documented("events", EventRow),
)
def events(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Events, newest first. With `changed_after` the oldest change comes first, and `next` never ends: keep it, ask later."""
    pages = partial(query.events, app.store, filter)
    return listing(request, paging, pages, event_row, EventRow, EVENT_COLUMNS)


@router.get("/events/{id}", response_model=EventTold, responses=documented(400, 404))
def event(request: Request, id: str, app: TheApp) -> Response:
    """One happening: its slots, its stories with the evidence in the words of each outlet, how it developed, what was told of it
    and where that went, and what it is related to. The id may be the beginning of one."""
    found = query.event(app.store, id)
    return answer(request, event_told(found, query.related(app.store, found)))


@router.get(
    "/stories",
    response_model=ListOf[StoryRow],
    responses=documented_list(400, 404),
    openapi_extra=parameters.documented("stories", StoryRow),
)
def stories(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Stories as they came, newest first, flagged or not. Conditions on organisations, people and the like are held against the
    event a story belongs to."""
    pages = partial(query.stories, app.store, filter)
    return listing(request, paging, pages, story_row, StoryRow, STORY_COLUMNS)


@router.get("/stories/{id}", response_model=StoryTold, responses=documented(400, 404))
def story(request: Request, id: str, app: TheApp) -> Response:
    """One story with what it was flagged as and the words that say so. The id may be the beginning of one."""
    return answer(request, story_told(query.story(app.store, id)))
