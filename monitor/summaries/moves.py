"""Who moved: the moves of events, one by one, as the ledger of buildouts has what is built."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor import query
from monitor.filtering import Filter
from monitor.model import Event, Label, Move
from monitor.query import Page
from monitor.store import Store
from monitor.summaries.talent import EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A move and its event; ``move`` is None of one whose stories say neither who nor where."""

    event: Event
    move: Move | None


def moves(store: Store, filter: Filter = EVERYTHING, *, cursor: str | None = None, limit: int = 50) -> Page[Moved]:
    """Of the events that fit every move, newest event first. An event's moves stand on one page: it has more than ``limit`` where
    a single event has."""
    ours = replace(filter, label=(Label.EXECUTIVE_MOVE.value,))
    page, lines, kept = query.events(store, ours, cursor=cursor, limit=limit), list[Moved](), 0
    for event in page.items:
        of = [Moved(event=event, move=move) for move in event.moves or (None,)]
        if lines and len(lines) + len(of) > limit:
            break
        lines, kept = lines + of, kept + 1
    if kept < len(page.items):  # where the next page begins follows from a page that ends there
        page = query.events(store, ours, cursor=cursor, limit=kept)
    return Page(items=tuple(lines), next=page.next)
