"""Feeds and deliveries: what is well, what is not, in plain words, and a button to try again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from monitor import query
from monitor.errors import QueryError
from monitor.filtering import Pair, near, parse_time
from monitor.model import Alert, DeliveryState, Feed, FeedShown
from monitor.notify.message import title_of
from monitor.surfaces.api.access import Caller, writer
from monitor.surfaces.api.parameters import TheApp, one_of
from monitor.surfaces.api.problems import PAGES
from monitor.surfaces.web.addresses import Choice, address, chips, local, replaced
from monitor.surfaces.web.render import render

router = APIRouter(include_in_schema=False, tags=[PAGES])
UNREADABLE = "(the stored message is damaged)"
_WORST_FIRST = (FeedShown.FAILING, FeedShown.QUIET, FeedShown.OK, FeedShown.RESTING, FeedShown.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    feed: Feed
    host: str


@router.get("/feeds")
def feeds(request: Request, app: TheApp, state: str = "") -> Response:
    """Those in trouble first."""
    no_other(request, "state")
    wanted = one_of("state", state, FeedShown) if state else None
    every = query.feeds(app.store).items
    counts = Counter(feed.shown for feed in every)
    chosen = [feed for feed in every if wanted in (None, feed.shown)]
    return render(
        request,
        "feeds.html",
        lines=[Line(feed=f, host=urlsplit(f.url).netloc) for f in sorted(chosen, key=lambda f: _WORST_FIRST.index(f.shown))],
        states=[(one.value, counts[one]) for one in _WORST_FIRST if counts[one]],
        chosen=state,
    )


def no_other(request: Request, *names: str) -> None:
    """Raises QueryError for a parameter that is not among ``names``: all feeds or deliveries are no answer to it."""
    for name in request.query_params:
        if name not in names:
            raise QueryError(f"there is no filter {name!r} here; {near(name, names)}", name)


@router.get("/deliveries")
def deliveries(
    request: Request, app: TheApp, state: str = "", channel: str = "", since: str = "", cursor: str | None = None
) -> Response:
    """Newest first."""
    no_other(request, "state", "channel", "since", "cursor")
    given = [(name, value) for name, value in (("state", state), ("channel", channel), ("since", since)) if value]
    others = [pair for pair in given if pair[0] != "channel"]
    page = query.deliveries(
        app.store,
        states=(one_of("state", state, DeliveryState),) if state else (),
        channel=query.channel(app.store, channel, app.settings.channels) if channel else "",
        since=parse_time(since, app.clock(), "since") if since else None,
        cursor=cursor,
    )
    return render(
        request,
        "deliveries.html",
        deliveries=page.items,
        states=[_state(one.value, given) for one in DeliveryState],
        chips=chips("/deliveries", given, hidden=("state",)),
        of_channel={one.channel: address("/deliveries", [*others, ("channel", one.channel)]) for one in page.items},
        chosen=state,
        narrowed=bool(given),
        says={id: title_of(told) if told else UNREADABLE for id, told in query.carried(app.store, page.items).items()},
        again=address("/deliveries", [*given, ("cursor", cursor or "")]),
        more=address("/deliveries", [*given, ("cursor", page.next)]) if page.next else "",
    )


def _state(name: str, given: list[Pair]) -> Choice:
    return Choice(name=name, href=replaced("/deliveries", given, "state", name), chosen=("state", name) in given)


@router.get("/deliveries/{id}")
def delivery(request: Request, app: TheApp, id: str) -> Response:
    """What was sent, and every attempt with its answer."""
    found = query.delivery(app.store, id)
    event = found.subject.event_id if isinstance(found.subject, Alert) else ""
    return render(request, "delivery.html", found=found, title=title_of(found.subject), event_id=event, here="/deliveries")


@router.post("/deliveries/{id}/retry")
def retry(
    app: TheApp, caller: Annotated[Caller, Depends(writer)], id: str, back: Annotated[str, Form()] = "/deliveries"
) -> Response:
    """A dead letter is pending again, due now."""
    found = query.delivery(app.store, id).delivery
    app.store.retry_deliveries([found.id], now=app.clock())
    return RedirectResponse(local(back), 303)
