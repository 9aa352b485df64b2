"""A round-up that none of its words gives away: nobody it names is lost, and nobody is told twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from monitor.backtest import Index, take
from monitor.grouping import found, merge
from monitor.model import Event, Move, Status, Story, Verdict
from monitor.pipeline import Step
from monitor.routing import Router
from monitor.settings.schema import Channel, Route, Settings
from tests.stories import move, moved, story

SETTINGS = Settings(channels={"desk": Channel(type="stdout")}, routes=(Route(name="all", channels=("desk",)),))
ANA = move("Ana Reyes", to_org="Corvid Systems", to_role="chief financial officer")
TOM = move("Tom Birk", to_org="Northlight AI", to_role="chief technology officer")
LENA = move("Lena Ode", to_org="Harrow Grid", to_role="chief executive")
TITLES = {
    ANA: "Ana Reyes named finance chief of Corvid Systems",
    TOM: "Tom Birk joins Northlight AI as technology chief",
    LENA: "Harrow Grid names Lena Ode chief executive",
}
Told = tuple[Story, Verdict]


def own(of: Move, *, hours: float) -> Told:
    one = story(TITLES[of], hours=hours, outlet=f"Outlet {hours}")
    return one, moved(one, of)


def round_up(*moves: Move, hours: float, title: str = "") -> Told:
    title = title or ", ".join(f"{m.person} joins {m.to_org} as {m.to_role}" for m in moves)
    one = story(title, hours=hours, outlet="Weekly Mover")
    return one, moved(one, *moves)


def lived(*stories: Told) -> list[Step]:
    index, router = Index(), Router(SETTINGS)
    return [take(one, verdict, index, SETTINGS, router) for one, verdict in stories]


def messages(steps: list[Step]) -> list[set[str]]:
    """Whom each message is of: all of an event's people at first sight, then those who are named."""
    found: list[set[str]] = []
    for step in steps:
        if step.decision.tell and step.event is not None:
            named = [c.after for c in step.decision.changes if c.kind == "person"]
            found.append(set(named if step.decision.changes else [m.person for m in step.event.moves]))
    return found


@pytest.mark.parametrize("order", sorted(permutations(range(3))))
def test_whatever_comes_first_all_are_told_and_each_message_has_news(order: tuple[int, ...]) -> None:
    """The round-up of two, and the two stories of their own."""
    makers = (lambda h: round_up(ANA, TOM, hours=h), lambda h: own(ANA, hours=h), lambda h: own(TOM, hours=h))
    steps = lived(*(makers[which](float(n)) for n, which in enumerate(order)))
    known: set[str] = set()
    for people in messages(steps):
        assert people - known
        known |= people
    assert known == {"Ana Reyes", "Tom Birk"}


def test_further_copies_of_whom_a_round_up_told_stay_untold() -> None:
    first, *_ = steps = lived(round_up(ANA, TOM, hours=0), own(TOM, hours=1), own(TOM, hours=2))
    assert first.event is not None
    assert [step.decision.tell for step in steps] == [True, False, False]
    assert steps[2].decision.reasons == (f"told already, in event {first.event.id}",)


@pytest.mark.parametrize(
    "more",
    [
        replace(TOM, status=Status.DENIED),
        replace(TOM, to_org="Harrow Grid"),
        replace(TOM, to_role="chief technology officer and president"),
    ],
)
def test_what_their_own_story_says_beyond_the_round_up_is_told(more: Move) -> None:
    one = story("Tom Birk is not what he was thought to be, Northlight AI and Harrow Grid say", hours=1, outlet="Dockside Post")
    steps = lived(round_up(ANA, TOM, hours=0), (one, moved(one, more)))
    assert steps[1].decision.tell


def test_a_rumour_in_a_round_up_does_not_silence_the_news() -> None:
    rumour = round_up(ANA, replace(TOM, status=Status.RUMORED), hours=0)
    assert lived(rumour, own(TOM, hours=1))[1].decision.tell


def test_a_week_later_it_is_news_again() -> None:
    assert lived(round_up(ANA, TOM, hours=0), own(TOM, hours=24 * 8))[1].decision.tell


def test_whom_a_summary_names_in_passing_keeps_a_story_of_their_own() -> None:
    """Three moves of an event let a fourth story join as one of a team: strangers would be swallowed."""
    passing = story(
        TITLES[ANA], "Elsewhere, Tom Birk joined Northlight AI and Lena Ode Harrow Grid.", hours=1, outlet="Weekly Mover"
    )
    steps = lived(own(ANA, hours=0), (passing, moved(passing, ANA, TOM, LENA)), own(TOM, hours=2), own(LENA, hours=3))
    assert messages(steps) == [{"Ana Reyes"}, {"Tom Birk"}, {"Lena Ode"}]
    assert steps[1].event is not None
    assert [m.person for m in steps[1].event.moves] == ["Ana Reyes"]


def test_whom_a_summary_names_at_the_same_firm_is_kept() -> None:
    gone = move("Pia Holm", from_org="Corvid Systems", from_role="chief financial officer")
    again = story(TITLES[ANA], "She follows Pia Holm.", hours=1, outlet="Dockside Post")
    event: Event = merge(found(*own(ANA, hours=0), own(ANA, hours=0)[0].at), again, moved(again, ANA, gone))
    assert [m.person for m in event.moves] == ["Ana Reyes", "Pia Holm"]


def test_who_is_told_beside_another_of_their_own_firm_is_no_stranger() -> None:
    """A revision of one saga is no first message of the next: who takes the post is told by an event of their own."""
    here = replace(TOM, to_org="Corvid Systems")
    both = round_up(ANA, here, hours=0)
    one = story("Corvid Systems gets a technology chief: Tom Birk", hours=30, outlet="Dockside Post")
    steps = lived(both, (one, moved(one, here)))
    assert not any("told already" in reason for step in steps for reason in step.decision.reasons)
