"""The life of one event, in headlines written for it, through the classifier and the pipeline that run every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Event, FeedId, Status, Story, StoryId
from monitor.placing import Step
from monitor.settings.schema import Channel, Route, Settings
from tests.pipelines import lived

SETTINGS = Settings(
    channels={"desk": Channel(type="stdout")},
    routes=(Route(name="all", channels=("desk",)),),
    outlet_tiers={"small blog": 3, "tide post": 3, "harbor wire": 2, "corvid systems": 1, "release line": 1},
)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
# What comes in, how many hours after Monday morning, from whom; and what it should do.
RUMOUR = (
    0,
    "Small Blog",
    "Corvid Systems in talks to hire three senior Northlight AI leaders",
    "Corvid Systems is in talks to hire three senior leaders of Northlight AI. The three may join this spring.",
)
SECOND_OUTLET = (
    2,
    "Tide Post",
    "Corvid Systems said to be in talks to hire three senior Northlight AI leaders",
    "Three senior leaders of Northlight AI may join Corvid Systems. Talks go on.",
)
NAMES = (
    20,
    "Harbor Wire",
    "Northlight AI leaders Mara Lindqvist, Tomas Oyelaran and Ines Carrow to join Corvid Systems",
    "Mara Lindqvist, Tomas Oyelaran and Ines Carrow are leaving Northlight AI to join Corvid Systems, sources said.",
)
CONFIRMED = (
    28,
    "Corvid Systems",
    "Corvid Systems hires Mara Lindqvist and Tomas Oyelaran from Northlight AI",
    "Corvid Systems announced that Mara Lindqvist and Tomas Oyelaran join it from Northlight AI.",
)
DENIED = (
    32,
    "Harbor Wire",
    "Ines Carrow denies she will join Corvid Systems, is staying at Northlight AI",
    "Ines Carrow of Northlight AI denied that she is joining Corvid Systems and said she is staying.",
)
NEW_MOVE = (
    28 + 8 * 24,
    "Harbor Wire",
    "Mara Lindqvist leaves Corvid Systems to become chief executive of Skagen Power",
    "Mara Lindqvist is leaving Corvid Systems to become chief executive of Skagen Power, the utility announced.",
)
Told = tuple[float, str, str, str]


@pytest.fixture(scope="module")
def life() -> dict[str, Step]:
    names = ("rumour", "second outlet", "names", "confirmed", "denied", "new move")
    return told(dict(zip(names, (RUMOUR, SECOND_OUTLET, NAMES, CONFIRMED, DENIED, NEW_MOVE), strict=True)))


def told(stories: dict[str, Told]) -> dict[str, Step]:
    return dict(zip(stories, lived((as_story(*one) for one in stories.items()), SETTINGS), strict=True))


def as_story(name: str, told: Told) -> Story:
    hours, outlet, title, summary = told
    at = MONDAY + timedelta(hours=hours)
    story = Story(
        id=StoryId(name), feed_id=FeedId("f"), url=f"https://x.example/{name.replace(' ', '-')}", title=title, first_seen=at
    )
    return replace(story, summary=summary, outlet=outlet, published=at)


def event_of(step: Step) -> Event:
    assert step.event is not None
    return step.event


def test_a_rumour_is_an_alert(life: dict[str, Step]) -> None:
    step = life["rumour"]
    assert step.decision.tell and step.decision.reasons[0] == "first sight of the event"
    assert event_of(step).status == Status.RUMORED


def test_a_second_outlet_is_none(life: dict[str, Step]) -> None:
    step = life["second outlet"]
    assert event_of(step).id == event_of(life["rumour"]).id
    assert not step.decision.tell
    assert event_of(step).outlets == ("Small Blog", "Tide Post")


def test_the_names_are_a_revision(life: dict[str, Step]) -> None:
    step = life["names"]
    assert event_of(step).id == event_of(life["rumour"]).id
    assert step.decision.tell
    assert {c.after for c in step.decision.changes if c.kind == "person"} == {"Mara Lindqvist", "Tomas Oyelaran", "Ines Carrow"}


def test_the_company_s_word_is_a_revision(life: dict[str, Step]) -> None:
    step = life["confirmed"]
    assert event_of(step).id == event_of(life["rumour"]).id
    assert step.decision.tell
    assert "confirmation" in {c.kind for c in step.decision.changes}
    assert event_of(step).status == Status.CONFIRMED


def test_a_denial_of_a_part_is_a_revision_and_leaves_the_rest(life: dict[str, Step]) -> None:
    step = life["denied"]
    assert event_of(step).id == event_of(life["rumour"]).id
    assert step.decision.tell
    assert [(c.kind, c.after) for c in step.decision.changes] == [("denial", "Ines Carrow")]
    assert event_of(step).status == Status.CONFIRMED
    assert {m.person for m in event_of(step).moves if m.status == Status.DENIED} == {"Ines Carrow"}


def test_a_week_later_the_same_person_s_move_is_a_new_event(life: dict[str, Step]) -> None:
    step = life["new move"]
    assert event_of(step).id != event_of(life["rumour"]).id
    assert step.decision.tell and step.decision.reasons[0] == "first sight of the event"


def test_each_slot_knows_its_story(life: dict[str, Step]) -> None:
    event = event_of(life["denied"])
    assert {event.sources[f"moves.{n}.person"] for n, m in enumerate(event.moves) if m.person} == {"names"}


def test_a_purchase_goes_from_talks_to_signed_at_another_price() -> None:
    title = "Corvid Systems %s Harrowgate Data Centers for $%s billion"
    steps = told(
        {
            "talks": (0, "Small Blog", title % ("in talks to buy", "4"), "The two may sign within weeks."),
            "report": (
                9,
                "Tide Post",
                f"Sources: {title % ('to buy', '4.2')}",
                "People familiar said so.",
            ),
            "signed": (25, "Harbor Wire", title % ("to acquire", "4.2"), "Corvid Systems announced the agreement."),
        }
    )
    assert len({event_of(step).id for step in steps.values()}) == 1
    assert [event_of(step).status for step in steps.values()] == [Status.RUMORED, Status.REPORTED, Status.CONFIRMED]
    assert [(c.kind, c.before, c.after) for c in steps["report"].decision.changes] == [
        ("amount", "$4 billion", "$4.2 billion"),
        ("status", "rumored", "reported"),
    ]
    signed = event_of(steps["signed"])
    assert signed.buildout is not None and [q.text for q in signed.buildout.amounts] == ["$4.2 billion"]
    assert signed.sources["buildout.amounts.0"] == "report"
