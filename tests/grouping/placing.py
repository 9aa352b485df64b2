"""Stories placed among events as the pipeline places them."""

from __future__ import annotations

import pytest

from monitor import grouping
from monitor.backtest import Index
from monitor.model import Story, Verdict
from tests.pipelines import lived
from tests.stories import move, moved, story

Told = tuple[str, ...]  # titles with their summaries behind a slash, in the order they came


def events_of(hours: float, told: Told) -> list[int]:
    """The event of each story by number; they come ``hours`` apart, each of an outlet of its own. What founds one is told."""
    words = [one.partition(" / ") for one in told]
    steps = lived(story(title, summary, hours=hours * n, outlet=f"x{n}.example") for n, (title, _, summary) in enumerate(words))
    assert all(step.decision.tell for step in steps if step.attachment.relation == "founder")
    ids = [step.event.id for step in steps if step.event]
    return [list(dict.fromkeys(ids)).index(one) for one in ids]


def place(index: Index, of: Story, verdict: Verdict) -> grouping.Attachment:
    """Decide and keep what follows, as the pipeline does."""
    found = index.candidates(grouping.sought(of, verdict))
    placed = grouping.decide(of, verdict, found)
    if placed.relation == "founder":
        index.put(grouping.found(of, verdict, of.first_seen))
    elif placed.event_id is not None:
        index.put(grouping.merge(index.events[placed.event_id], of, verdict))
    return placed


def hired(of: Story, person: str = "Mara Velling", to: str = "Borealis Compute", origin: str = "Quarrystone") -> Verdict:
    return moved(of, move(person, to_org=to, from_org=origin, to_role="chief financial officer"))


FIRST = story("Borealis Compute hires Quarrystone's Mara Velling as finance chief", hours=0)


@pytest.fixture
def index() -> Index:
    index = Index()
    assert place(index, FIRST, hired(FIRST)).relation == "founder"
    return index
