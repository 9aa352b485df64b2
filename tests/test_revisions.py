"""What one more story of a known event says that readers must hear, and what is the same in fewer words."""

from __future__ import annotations

import pytest

from monitor.grouping import found, merge
from monitor.grouping.rulings import ruling, turned
from monitor.model import BuildoutAction, Event, Move, MoveAction, Status, Story, Verdict
from tests.stories import built, move, moved, story

Told = tuple[Story, Verdict]
BORN = "Corvid Systems plans $4 billion data center in Louisa County"


def lines(*told: Told) -> list[tuple[str, str, str]]:
    """What the timeline of the first story's event says of the others: kind, before, after."""
    event: Event | None = None
    for one, verdict in told:
        event = merge(event, one, verdict) if event else found(one, verdict, one.at)
    assert event is not None
    return [(c.kind, c.before, c.after) for c in event.timeline if c.kind != "founded"]


def telling(title: str, *moves: Move, hours: float = 0) -> Told:
    one = story(title, hours=hours)
    return one, moved(one, *moves)


def post(person: str, role: str) -> Move:
    return move(person, MoveAction.APPOINT, to_org="Corvid Systems", to_role=role, status=Status.CONFIRMED)


def goes(person: str, status: Status = Status.CONFIRMED) -> Move:
    return move(person, from_org="Northlight AI", to_org="Corvid Systems", status=status)


# -- who filled in gets the post

INTERIM = telling("Corvid Systems names Ada Fenn interim CFO", post("Ada Fenn", "interim chief financial officer"))


def test_who_filled_in_and_gets_the_post_is_a_revision_told_once() -> None:
    given = telling("Corvid Systems names Ada Fenn CFO", post("Ada Fenn", "chief financial officer"), hours=190)
    copy = telling("Ada Fenn is permanent CFO of Corvid Systems", post("Ada Fenn", "chief financial officer"), hours=192)
    assert lines(INTERIM, given, copy) == [("role", "interim chief financial officer", "chief financial officer")]


def test_a_headline_that_says_permanent_is_believed_on_the_first_day() -> None:
    given = telling("Corvid Systems makes Ada Fenn permanent CFO", post("Ada Fenn", "chief financial officer"), hours=5)
    assert [kind for kind, *_ in lines(INTERIM, given)] == ["role"]


@pytest.mark.parametrize(
    ("title", "hours"),
    [
        ("Corvid Systems names Ada Fenn CFO", 3),  # an outlet that shortens
        ("Acting CFO Ada Fenn tells Corvid Systems investors to wait", 60),
        ("Ada Fenn has a new post at Corvid Systems", 60),
    ],
)
def test_the_interim_post_in_other_words_is_none(title: str, hours: float) -> None:
    assert lines(INTERIM, telling(title, post("Ada Fenn", "chief financial officer"), hours=hours)) == []


# -- one move of several becomes certain

FIRED = telling(
    "Corvid Systems fires Max Calder", move("Max Calder", MoveAction.DISMISS, from_org="Corvid Systems", status=Status.CONFIRMED)
)
TALKS = telling("Corvid Systems in talks to hire Nina Volk", goes("Nina Volk", Status.RUMORED), hours=5)


def test_what_was_rumoured_of_one_is_confirmed_though_the_event_was_certain() -> None:
    hired = telling("Corvid Systems hires Nina Volk", goes("Nina Volk"), hours=20)
    again = telling("Nina Volk joins Corvid Systems", goes("Nina Volk"), hours=22)
    assert lines(FIRED, TALKS, hired, again)[1:] == [("confirmation", "Nina Volk rumored", "confirmed")]


def test_what_only_a_summary_confirms_in_passing_is_none() -> None:
    hired = telling("Corvid Systems shares fall", goes("Nina Volk"), hours=20)
    assert len(lines(FIRED, TALKS, hired)) == 1


def test_where_the_event_becomes_certain_that_is_said_once() -> None:
    hired = telling("Corvid Systems hires Nina Volk", goes("Nina Volk"), hours=20)
    assert lines(TALKS, hired) == [("confirmation", "rumored", "confirmed")]


# -- more of one team, named below a headline without names

THREE = telling(
    "Three Northlight AI researchers join Corvid Systems", goes("Lena Hofstad"), goes("Omar Petrie"), goes("Ruth Quill")
)


def test_who_follows_a_team_is_named_though_the_headline_names_nobody() -> None:
    two = telling("Two more Northlight AI researchers join Corvid Systems", goes("Shu Marlow"), goes("Omar Petrie"), hours=50)
    assert lines(THREE, two) == [("person", "", "Shu Marlow")]


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Northlight AI loses talent to Corvid Systems", goes("Shu Marlow")),  # nobody is counted
        ("Hofstad is one of three to join Corvid Systems", goes("Shu Marlow")),  # it is about somebody known
        ("Two more leave Northlight AI", move("Shu Marlow", from_org="Northlight AI", to_org="Skagen Power")),  # another way
    ],
)
def test_a_bystander_of_a_summary_is_not(title: str, who: Move) -> None:
    assert lines(THREE, telling(title, who, hours=50)) == []


# -- what a council or a court does about a site


def site(title: str, action: BuildoutAction = BuildoutAction.BUILD, *, hours: float = 0) -> Told:
    one = story(title, hours=hours)
    return one, built(one, "Corvid Systems", action=action, location="Louisa County")


def test_a_plan_is_rejected_and_approved_after_all_and_each_is_told_once() -> None:
    no, yes = "Louisa County board rejects Corvid Systems data center", "Louisa County approves Corvid Systems data center"
    told = [site(title, BuildoutAction.OPPOSE, hours=n) for n, title in enumerate((no, f"{no}, 5-2", yes, f"{yes} at last"), 30)]
    assert lines(site(BORN), *told) == [("status", "", "rejected"), ("status", "rejected", "approved")]


def test_a_first_approval_and_a_vote_put_off_are_no_revision() -> None:
    later = site("Louisa County board approves Corvid Systems data center", BuildoutAction.POLICY, hours=30)
    assert lines(site(BORN), later) == []
    later = site("Louisa County board delays vote on Corvid Systems data center", BuildoutAction.POLICY, hours=30)
    assert lines(site(BORN), later) == []


def test_what_is_cancelled_is_said_once() -> None:
    stopped = site("Louisa County board rejects Corvid Systems data center, plan is dead", BuildoutAction.CANCEL, hours=30)
    assert lines(site(BORN), stopped) == [("status", "", "cancelled or paused")]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Tribe sues Corvid Systems over data center", "taken to court"),
        ("Residents file suit over data center in Louisa County", "taken to court"),
        ("Planning board postpones final vote on data center", "put off"),
        ("County votes down data center", "rejected"),
        ("Board rejects appeal against data center", ""),
        ("Corvid Systems rejects report that it leaves Louisa County", ""),
        ("A town that voted down its data center sees construction begin", ""),
        ("Corvid Systems breaks ground after county approves data center", ""),
        ("Residents may sue over data center", ""),
    ],
)
def test_a_ruling_is_what_the_headline_tells_as_news(title: str, said: str) -> None:
    assert ruling(title) == said


def test_what_was_ruled_before_may_stand_in_any_form() -> None:
    assert turned(["Data center approved in Louisa County"], "Court rejects Louisa County data center") == (
        "approved",
        "rejected",
    )
