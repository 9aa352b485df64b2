"""Feeds and deliveries: what is well, what is not, in plain words, and a button to try again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import query
from monitor.errors import NotFoundError, QueryError
from monitor.interfaces import Outgoing
from monitor.model import Alert, DeliveryState, Feed, FeedState
from monitor.notify.message import message_of
from monitor.surfaces.api.access import Caller, writer
from monitor.surfaces.api.parameters import TheApp
from monitor.surfaces.api.problems import PAGES
from monitor.surfaces.web.addresses import address
from monitor.surfaces.web.render import missing, render

router = APIRouter(include_in_schema=False, tags=[PAGES])
_WORST_FIRST = (FeedState.FAILING, FeedState.QUIET, FeedState.OK, FeedState.RESTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    feed: Feed
    host: str


@router.get("/feeds")
def feeds(request: Request, app: TheApp, state: str = "") -> Response:
    """Those in trouble first."""
    every = query.feeds(app.store).items
    counts = Counter(feed.state for feed in every)
    known = {one.value for one in FeedState}
    wrong = f"state: {state!r} is unknown; it is one of {', '.join(sorted(known))}" if state and state not in known else ""
    chosen = [feed for feed in every if not state or wrong or feed.state == state]
    return render(
        request,
        "feeds.html",
        status=400 if wrong else 200,
        lines=[Line(feed=f, host=urlsplit(f.url).netloc) for f in sorted(chosen, key=lambda f: _WORST_FIRST.index(f.state))],
        states=[(one.value, counts[one]) for one in _WORST_FIRST if counts[one]],
        chosen=state,
        wrong=wrong,
    )


@router.get("/deliveries")
def deliveries(request: Request, app: TheApp, state: str = "", cursor: str | None = None) -> Response:
    """Newest first."""
    wrong, states = "", (DeliveryState(state),) if state in {one.value for one in DeliveryState} else ()
    if state and not states:
        wrong = f"state: {state!r} is unknown; it is one of {', '.join(one.value for one in DeliveryState)}"
    try:
        page = query.deliveries(app.store, states=states, cursor=cursor)
    except QueryError as error:
        page, wrong = query.deliveries(app.store, states=states), str(error)
    return render(
        request,
        "deliveries.html",
        status=400 if wrong else 200,
        deliveries=page.items,
        all_states=[one.value for one in DeliveryState],
        chosen=state,
        more=address("/deliveries", [("state", state), ("cursor", page.next)]) if page.next else "",
        wrong=wrong,
    )


@router.get("/deliveries/{id}")
def delivery(request: Request, app: TheApp, id: str) -> Response:
    """What was sent, and every attempt with its answer."""
    try:
        found = query.delivery(app.store, id)
    except NotFoundError as error:
        return missing(request, error)
    event = found.subject.event_id if isinstance(found.subject, Alert) else ""
    title = message_of(Outgoing(delivery_id=found.delivery.id, subject=found.subject)).headline
    return render(request, "delivery.html", found=found, title=title, event_id=event, here="/deliveries")


@router.post("/deliveries/{id}/retry")
def retry(request: Request, app: TheApp, caller: Annotated[Caller, Depends(writer)], id: str) -> Response:
    """A dead letter is pending again, due now."""
    try:
        found = query.delivery(app.store, id).delivery
    except NotFoundError as error:
        return missing(request, error)
    if found.state == DeliveryState.DEAD:
        app.store.retry_deliveries([found.id], now=app.clock())
    return RedirectResponse("/deliveries", 303)
