"""One event: what happened, the words that prove it, what changed when, who was told, and what people say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

import monitor.feedback as feedback
from monitor import query
from monitor.membership import why_there
from monitor.model import Event, EventStory, FeedbackKind, Span, Status, Story
from monitor.query import EventDetail
from monitor.surfaces.api.access import Caller, reader, writer
from monitor.surfaces.api.parameters import TheApp
from monitor.surfaces.api.problems import PAGES
from monitor.surfaces.web.highlight import Piece, pieces
from monitor.surfaces.web.render import render

router = APIRouter(include_in_schema=False, tags=[PAGES])
VIA = "page"
_DEVELOPS = (Status.RUMORED, Status.REPORTED, Status.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as the page shows it: its words cut at its evidence, and why it belongs here."""

    title: list[Piece]
    summary: list[Piece]
    url: str
    outlet: str
    at: datetime
    status: str
    why: str
    score: float

    @property
    def proofs(self) -> list[tuple[str, str]]:
        """What each mark proves and its words, for who cannot point at a mark."""
        return list(dict.fromkeys((piece.title, piece.text) for piece in (*self.title, *self.summary) if piece.supports))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One status on the way from rumour to fact. ``at`` is when the event came to it, where its timeline says so."""

    name: str
    reached: bool
    now: bool
    at: datetime | None


@router.get("/events/{id}")
def event(request: Request, app: TheApp, caller: Annotated[Caller, Depends(reader)], id: str) -> Response:
    found = query.event(app.store, id)
    return render(
        request,
        "event.html",
        event=found.event,
        steps=steps(found.event),
        stories=stories_told(found),
        related=query.related(app.store, found),
        deliveries=found.deliveries,
        waiting=found.waiting,
        untold=_untold(found),
        said=feedback.current_kind(app, found.event.id, by=caller.name),
    )


@router.post("/events/{id}/feedback")
def say(
    request: Request,
    app: TheApp,
    caller: Annotated[Caller, Depends(writer)],
    id: str,
    kind: Annotated[FeedbackKind, Form()],
) -> Response:
    """Keep a person's word; with htmx the buttons come back alone, without it the page does."""
    kept = feedback.give(app, id, kind, by=caller.name, via=VIA)
    if "hx-request" in request.headers:
        return render(request, "feedback.html", event=query.event(app.store, id).event, said=kept.kind.value)
    return RedirectResponse(f"/events/{kept.target}#feedback", 303)


def steps(event: Event) -> list[Step]:
    """From rumour to fact as far as the event has come; a denial takes the place of what was not reached."""
    came = {c.after: c.at for c in event.timeline if c.kind in ("founded", "status", "confirmation", "denial")}
    denied = event.status == Status.DENIED
    way = [s for s in _DEVELOPS if s.value in came] + [Status.DENIED] if denied else list(_DEVELOPS)
    here = way.index(event.status)
    return [
        Step(name=s.value, reached=s.value in came or n == here, now=n == here, at=came.get(s.value)) for n, s in enumerate(way)
    ]


def stories_told(found: EventDetail) -> list[Told]:
    """Every story that is still stored, in the order they joined; where none is, what the event remembers."""
    remembered = {s.story_id: s for s in found.event.stories}
    listed = []
    for member in found.memberships:
        story = found.stories.get(member.story_id)
        if story is None:
            continue
        kept = remembered.get(story.id)
        spans = kept.evidence if kept else tuple(s for m in found.matches.get(story.id, ()) for s in m.evidence)
        after = story.at - found.event.told_by[0].at
        why = "" if member.relation == "founder" else why_there(member.relation, member.reasons, after)
        listed.append(_story_told(story, spans, kept, why, member.score))
    return listed or [_story_told(s, s.evidence, s, "", 1.0) for s in found.event.stories]


def _story_told(story: Story | EventStory, spans: Iterable[Span], kept: EventStory | None, why: str, score: float) -> Told:
    """``kept``: what the event remembers of the story."""
    held = tuple(spans)
    return Told(
        title=pieces(story.title, held, "title"),
        summary=pieces(story.summary, held, "summary"),
        url=story.url,
        outlet=story.outlet or urlsplit(story.url).netloc.removeprefix("www."),
        at=story.at,
        status=kept.status.value if kept else "",
        why=why,
        score=score,
    )


def _untold(found: EventDetail) -> str:
    if found.alerts:
        return "the routes chose no channel for it"
    return "it came with a feed's first poll, was too old, or no route matches it"
