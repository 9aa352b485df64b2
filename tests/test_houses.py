"""An owner and its arm are one destination: the more exact word stands and nobody is told; another destination is told."""

from __future__ import annotations

import pytest

from monitor.backtest import Index, take
from monitor.grouping import found, merge
from monitor.grouping.houses import is_arm, one_house
from monitor.model import Event, Story, Verdict
from monitor.pipeline import Step
from monitor.routing import Router
from monitor.settings.schema import Channel, Route, Settings
from tests.stories import move, moved, story

SETTINGS = Settings(channels={"desk": Channel(type="stdout")}, routes=(Route(name="all", channels=("desk",)),))
WHO = "Mara Lindqvist"


def joins(
    to: str, *, hours: float = 0, origin: str = "Northlight AI", role: str = "vice president of research"
) -> tuple[Story, Verdict]:
    one = story(f"{WHO} joins {to}", hours=hours, outlet=f"Outlet {hours}")
    return one, moved(one, move(WHO, to_org=to, from_org=origin, to_role=role))


def lived(*stories: tuple[Story, Verdict]) -> list[Step]:
    index, router = Index(), Router(SETTINGS)
    return [take(one, verdict, index, SETTINGS, router) for one, verdict in stories]


def event_of(step: Step) -> Event:
    assert step.event is not None
    return step.event


@pytest.mark.parametrize(
    ("owner", "arm"),
    [("Google", "Google DeepMind"), ("Google", "DeepMind"), ("Alphabet", "DeepMind"), ("Amazon", "AWS"), ("Meta", "Instagram")],
)
@pytest.mark.parametrize("hours", [3, 30])
def test_an_arm_in_place_of_its_owner_is_taken_over_and_told_to_nobody(owner: str, arm: str, hours: float) -> None:
    first, second, third = lived(joins(owner), joins(arm, hours=hours), joins(owner, hours=hours + 2))
    assert event_of(first).id == event_of(second).id == event_of(third).id
    assert [first.decision.tell, second.decision.tell, third.decision.tell] == [True, False, False]
    assert [m.to_org for m in event_of(third).moves] == [arm]


@pytest.mark.parametrize(("known", "then"), [("DeepMind", "Microsoft"), ("Google Cloud", "DeepMind"), ("Google", "Northwind")])
def test_another_destination_is_told(known: str, then: str) -> None:
    first, second = lived(joins(known), joins(then, hours=3))
    assert event_of(first).id == event_of(second).id
    assert second.decision.reasons[0] == f"destination: {known} → {then}"


def test_who_goes_from_the_owner_to_its_arm_moves() -> None:
    later = joins("DeepMind", hours=40, origin="Google")
    assert later[1].matches
    _, second = lived(joins("Google"), later)
    assert second.decision.tell


def test_a_surer_word_of_the_arm_changes_the_status_alone() -> None:
    rumour, sure = joins("Google"), joins("DeepMind", hours=2)
    event = merge(found(*rumour, rumour[0].at), *sure)
    assert "destination" not in [change.kind for change in event.timeline]


@pytest.mark.parametrize(
    ("arm", "owner", "holds"),
    [
        ("DeepMind", "Google", True),
        ("DeepMind", "Alphabet Inc", True),
        ("Google", "DeepMind", False),
        ("Amazon Web Services, Inc.", "Amazon.com", False),  # not the owner as it is known here: two names are two
        ("AWS", "Amazon", True),
        ("Corvid Cloud", "Corvid", False),
        ("", "", False),
    ],
)
def test_which_is_an_arm(arm: str, owner: str, holds: bool) -> None:
    assert is_arm(arm, owner) is holds


def test_two_arms_of_one_owner_are_two() -> None:
    assert one_house("Google", "YouTube") and one_house("YouTube", "Alphabet")
    assert not one_house("YouTube", "DeepMind")
