"""Stories of one day that contradict each other about one person or site: another event or a revision, and never silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.alerting import Policy
from monitor.backtest import Index, place_next
from monitor.classify import load_classifier
from monitor.grouping import found, merge
from monitor.model import Event, FeedId, MoveAction, Story, StoryId
from monitor.placing import Step
from monitor.routing import Router
from monitor.settings.schema import Channel, Route, Settings
from tests.stories import NOON, move, moved, story

SETTINGS = Settings(channels={"desk": Channel(type="stdout")}, routes=(Route(name="all", channels=("desk",)),))
CTO = "Tesla names Omar Khan chief technology officer"


def told(*titles: str) -> list[Step]:
    """One story an hour, each of an outlet of its own, as the daemon takes it."""
    classifier, router, index, steps = load_classifier(), Router(SETTINGS), Index(), []
    for n, title in enumerate(titles):
        at, url = NOON + timedelta(hours=n), f"https://x{n}.example/{n}"
        one = Story(
            id=StoryId(str(n)), feed_id=FeedId("f"), url=url, title=title, outlet=f"x{n}.example", published=at, first_seen=at
        )
        steps.append(place_next(one, classifier.classify(one), index, Policy(settings=SETTINGS, router=router)))
    return steps


def events_of(steps: list[Step]) -> list[str]:
    return [step.event.id for step in steps if step.event]


@pytest.mark.parametrize(
    "titles",
    [
        (CTO, "Nvidia hires Omar Khan as chief executive"),
        ("John Smith named CFO of Pfizer", "John Smith joins Nvidia as chief scientist"),
        ("Jane Roe steps down as Oracle chief executive", "Jane Roe steps down as Intel finance chief"),
    ],
)
def test_other_posts_at_firms_that_nothing_ties_are_two_events(titles: tuple[str, str]) -> None:
    steps = told(*titles)
    assert len(set(events_of(steps))) == 2
    assert [step.decision.tell for step in steps] == [True, True]


@pytest.mark.parametrize(
    ("first", "then", "line"),
    [
        ("Oracle names Jane Roe chief executive", "Acme Corp names Jane Roe chief executive", "goes to: Oracle → Acme Corp"),
        (
            "Dana Whitlow leaves OpenAI for Anthropic",
            "Dana Whitlow leaves OpenAI to join Meta as chief scientist",
            "goes to: Anthropic → Meta",
        ),
        (
            "Oracle names Jane Roe chief operating officer",
            "Oracle names Jane Roe chief executive",
            "role: chief operating officer → chief executive",
        ),
        ("Jane Roe joins Intel board", "Jane Roe named Intel chief executive", "role: board → chief executive"),
        (
            "Intel names Jane Roe chief executive",
            "Jane Roe quits as Intel chief executive hours after appointment",
            "status: joins Intel → leaves Intel",
        ),
        (
            "Jane Roe resigns as Intel chief executive",
            "Jane Roe to return as Intel chief executive",
            "status: leaves Intel → joins Intel",
        ),
        ("Jane Roe leaves OpenAI for Meta", "Jane Roe returns to OpenAI", "goes to: Meta → OpenAI"),
        (
            "Microsoft to build $2 billion data center in Ohio",
            "Microsoft cancels $2 billion data center in Ohio",
            "status: cancelled or paused",
        ),
    ],
)
def test_what_contradicts_an_event_is_a_revision_that_says_so_once(first: str, then: str, line: str) -> None:
    steps = told(first, then, then + " - Tide Post", first + " - Dockside Post")
    assert len(set(events_of(steps))) == 1
    assert [step.decision.tell for step in steps] == [True, True, False, False]
    assert steps[1].decision.reasons[0] == line


@pytest.mark.parametrize(
    "then",
    [
        "Tesla taps Omar Khan as its technology chief",
        "Tesla Inc. appoints Omar Khan chief technology officer",
        "Omar Khan joins Tesla as CTO",
    ],
)
def test_the_same_in_other_words_is_no_contradiction(then: str) -> None:
    steps = told(CTO, then)
    assert len(set(events_of(steps))) == 1
    assert [step.decision.tell for step in steps] == [True, False]


def joins(title: str, to_org: str, *, hours: float) -> tuple[Story, Event]:
    of = story(title, hours=hours)
    return of, found(of, moved(of, move("Omar Khan", MoveAction.HIRE, to_org=to_org)), of.at)


def test_both_destinations_are_kept_for_routes_and_searches() -> None:
    _, event = joins("Omar Khan joins Tidewater Grid", "Tidewater Grid", hours=0)
    other, _ = joins("Omar Khan joins Borealis Compute", "Borealis Compute", hours=1)
    after = merge(event, other, moved(other, move("Omar Khan", MoveAction.HIRE, to_org="Borealis Compute")))
    assert [m.to_org for m in after.moves] == ["Tidewater Grid", "Borealis Compute"]


def test_a_firm_that_only_a_summary_names_is_no_contradiction() -> None:
    _, event = joins("Omar Khan joins Tidewater Grid", "Tidewater Grid", hours=0)
    other = story("Omar Khan has a new post", "He joins Saltmarsh Labs.", hours=1)
    after = merge(event, other, moved(other, move("Omar Khan", MoveAction.HIRE, to_org="Saltmarsh Labs")))
    assert after.moves == event.moves
    assert after.timeline == event.timeline


def test_one_firm_spelled_in_two_ways_is_no_contradiction() -> None:
    _, event = joins("Omar Khan joins TideGrid", "TideGrid", hours=0)
    other, _ = joins("Omar Khan joins Tide Grid", "Tide Grid", hours=1)
    after = merge(event, other, moved(other, move("Omar Khan", MoveAction.HIRE, to_org="Tide Grid")))
    assert after.timeline == event.timeline
