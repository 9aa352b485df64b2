"""Days of news as a desk would follow them, through the classifier and the pipeline: what is told as new, what as an update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from monitor.model import MAX_EVENT_STORIES, Story
from monitor.placing import Step
from monitor.settings.schema import Channel, Route, Settings
from tests.pipelines import lived
from tests.stories import story

SETTINGS = Settings(
    channels={"desk": Channel(type="stdout")},
    routes=(Route(name="all", channels=("desk",)),),
    outlet_tiers={"harbor wire": 2, "tide post": 2, "release line": 1},
)
# Hours, outlet, title, summary, and what it should be to the desk: new, an update, or nothing.
Line = tuple[float, str, str, str, str]
DAYS: dict[str, tuple[Line, ...]] = {
    "denied, and true after all": (
        (
            0,
            "Tide Post",
            "Skagen Power CFO Marco Bell to step down, sources say",
            "Marco Bell plans to leave Skagen Power.",
            "new",
        ),
        (6, "Harbor Wire", "Skagen Power denies CFO Marco Bell will step down", "Skagen Power said this was untrue.", "update"),
        (72, "Release Line", "Skagen Power CFO Marco Bell steps down", "Skagen Power said that Marco Bell left.", "update"),
    ),
    "dismissed, wanted back, reinstated": (
        (
            0,
            "Harbor Wire",
            "Orbit AI board fires CEO Max Calder",
            "The board of Orbit AI fired chief executive Max Calder.",
            "new",
        ),
        (50, "Tide Post", "Max Calder in talks to return to Orbit AI", "Max Calder may return as chief executive.", "update"),
        (100, "Harbor Wire", "Orbit AI reinstates Max Calder as CEO", "Orbit AI said Max Calder returns as its chief.", "update"),
        (101, "Tide Post", "Max Calder is back as Orbit AI CEO", "Orbit AI reinstated chief executive Max Calder.", ""),
    ),
    "an arm's chief rises to its owner": (
        (0, "Tide Post", "GitHub names Nora Ek chief executive", "GitHub named Nora Ek as chief executive officer.", "new"),
        (100, "Tide Post", "Microsoft names Nora Ek head of developer division", "Microsoft named GitHub's Nora Ek.", "new"),
    ),
    "one release a post": (
        (0, "Release Line", "Corelight Energy appoints Anita Rao as chief operating officer", "Effective immediately.", "new"),
        (1, "Release Line", "Corelight Energy appoints James Okafor as chief financial officer", "Effective immediately.", "new"),
    ),
    "one form of release, two firms": (
        (
            0,
            "Release Line",
            "Acentra Power appoints Lucy Grant as chief financial officer",
            "Acentra Power said so today.",
            "new",
        ),
        (1, "Release Line", "Boreal Data appoints Mark Stone as chief financial officer", "Boreal Data said so today.", "new"),
    ),
    "by a short name and the full one": (
        (0, "Tide Post", "Lucid hires Ford's Mike Tanner as operations chief", "Lucid hired Mike Tanner from Ford.", "new"),
        (4, "Harbor Wire", "Lucid appoints Michael Tanner chief operating officer", "Michael Tanner comes from Ford.", ""),
    ),
    "a team and those who follow it": (
        (
            0,
            "Tide Post",
            "Three OpenAI researchers leave for Meta",
            "Lucas Beyer, Omar Khan and Ruth Calloway go to Meta.",
            "new",
        ),
        (
            50,
            "Tide Post",
            "Two more OpenAI researchers leave for Meta",
            "Tom Weller and Ada Fenn are leaving OpenAI for Meta.",
            "new",
        ),
        (23, "Harbor Wire", "Meta lures two more OpenAI researchers", "Tom Weller and Ada Fenn are leaving OpenAI for Meta.", ""),
    ),
    "who filled in gets the post": (
        (0, "Harbor Wire", "Tilray names Ben Ashe interim CFO", "Tilray named Ben Ashe interim chief financial officer.", "new"),
        (190, "Harbor Wire", "Tilray names Ben Ashe CFO", "Tilray appointed Ben Ashe chief financial officer.", "update"),
        (192, "Tide Post", "Tilray makes Ben Ashe permanent CFO", "Tilray appointed Ben Ashe as chief financial officer.", ""),
    ),
    "a partner tells one deal": (
        (
            0,
            "Tide Post",
            "Harrow Digital signs 250 MW lease with CoreWeave in North Dakota",
            "The lease runs for 15 years.",
            "new",
        ),
        (2, "Harbor Wire", "CoreWeave leases 250 MW from Harrow Digital in North Dakota", "It runs for 15 years.", ""),
    ),
    "a vote put off, and a yes": (
        (0, "Tide Post", "Planning board delays vote on QTS data center in Fayetteville", "The board put it off.", "new"),
        (96, "Tide Post", "Planning board approves QTS data center in Fayetteville", "The board voted 5-2.", "update"),
    ),
}


def told(day: Iterable[Line]) -> Iterator[Story]:
    for hours, outlet, title, summary, _ in day:
        yield story(title, summary, hours=hours, outlet=outlet)


def heard(step: Step) -> str:
    if not step.decision.tell:
        return ""
    return "update" if step.decision.changes else "new"


@pytest.mark.parametrize("name", DAYS)
def test_a_desk_hears_of_each_happening_once_and_of_each_turn(name: str) -> None:
    assert [heard(step) for step in lived(told(DAYS[name]), SETTINGS)] == [line[-1] for line in DAYS[name]]


def test_a_channel_for_better_outlets_hears_once_of_an_event_that_forgets_them() -> None:
    better = Route.model_validate({"name": "better", "match": {"outlet_tier": [1, 2]}, "channels": ["pager"], "continue": True})
    settings = SETTINGS.model_copy(
        update={"channels": SETTINGS.channels | {"pager": Channel(type="stdout")}, "routes": (better, *SETTINGS.routes)}
    )
    outlets = ("Blog", "Harbor Wire", *(f"Blog {n}" for n in range(MAX_EVENT_STORIES + 1)), "Tide Post")
    title, summary = "Skagen Power names Marco Bell CFO", "Skagen Power named Marco Bell as chief financial officer."
    steps = lived((story(title, summary, hours=n, outlet=outlet) for n, outlet in enumerate(outlets)), settings)
    assert len({step.event.id for step in steps if step.event}) == 1
    assert [step.decision.channels for step in steps if step.decision.tell] == [("desk",), ("pager",)]
