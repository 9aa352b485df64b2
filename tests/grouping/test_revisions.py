"""What one more story of a known event says that readers must hear, and what is the same in fewer words."""

from __future__ import annotations

import pytest

from monitor.grouping import found, merge, refresh
from monitor.grouping.rulings import ruling, turned
from monitor.model import MAX_EVENT_STORIES, BuildoutAction, Event, Move, MoveAction, Quantity, Status, Story, Verdict
from tests.stories import built, megawatts, move, moved, story

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


def test_who_was_named_and_the_search_for_another_are_no_permanent_post() -> None:
    said = post("Ada Fenn", "chief financial officer")
    assert lines(INTERIM, telling("Corvid Systems seeks permanent CFO as Ada Fenn takes post", said, hours=5)) == []
    assert lines(INTERIM, telling("Corvid Systems starts search for CFO, Ada Fenn was named CFO", said, hours=60)) == []


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


def test_of_one_person_the_event_s_line_is_the_confirmation() -> None:
    rumour = telling("Corvid Systems in talks to hire Nina Volk", goes("Nina Volk", Status.RUMORED))
    unnamed = telling(
        "Corvid Systems hires Northlight AI chief", move("", to_org="Corvid Systems", status=Status.CONFIRMED), hours=5
    )
    assert lines(rumour, unnamed, telling("Nina Volk joins Corvid Systems", goes("Nina Volk"), hours=6)) == [
        ("confirmation", "rumored", "confirmed")
    ]


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


TWO_MORE = telling("Two more Northlight AI researchers join Corvid Systems", goes("Tom Weller"), goes("Ada Fenn"))


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (TWO_MORE, "Corvid Systems lures two more Northlight AI researchers"),  # they follow those who went before
        (THREE, "Corvid Systems hires three Northlight AI researchers"),  # all three are known
        (THREE, "Corvid Systems pays more than $100 million to lure Northlight AI researchers"),
        (THREE, "Northlight AI loses researchers to Corvid Systems in three weeks"),
    ],
)
def test_those_who_went_before_are_not_told_as_new(first: Told, title: str) -> None:
    assert lines(first, telling(title, goes("Shu Marlow"), hours=2)) == []


def test_no_more_people_are_told_than_the_headline_counts() -> None:
    two = telling("Another Northlight AI researcher joins Corvid Systems", goes("Shu Marlow"), goes("Ben Ashe"), hours=50)
    assert lines(THREE, two) == [("person", "", "Shu Marlow")]


# -- two people of one last name


def test_a_short_first_name_with_another_post_is_somebody_else() -> None:
    first = telling("Corvid Systems names Bill Fenn chair", post("Bill Fenn", "chair"))
    other = telling("Corvid Systems names Will Fenn chief technology officer", post("Will Fenn", "chief technology officer"))
    assert lines(first, other) == [("person", "", "Will Fenn")]


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
        ("Supervisors reject Corvid Systems data center", "rejected"),
        ("Residents sue over Corvid Systems data center in Louisa County", "taken to court"),
        ("Corvid Systems rejects bubble worries with $4 billion data center plan", ""),
        ("Corvid Systems board rejects buyout; data center goes ahead", ""),
        ("Louisa County rejects tax deal for data center", ""),
        ("Louisa County approves $5 billion budget with data center", ""),
        ("State approves air permit for Corvid Systems data center", ""),
        ("Corvid Systems green-lights $4 billion data center in Louisa County", ""),
        ("Workers vote against contract at Corvid Systems data center", ""),
        ("Former worker sues Corvid Systems over firing at data center", ""),
        ("Corvid Systems sues supplier over generators at data center", ""),
        ("Judge rejects residents' effort to stop data center", ""),
        ("Residents urge county to reject data center", ""),
    ],
)
def test_a_ruling_is_what_the_headline_tells_as_news(title: str, said: str) -> None:
    assert ruling(title) == said


def test_what_was_ruled_before_may_stand_in_any_form() -> None:
    assert turned(["Data center approved in Louisa County"], (), "Court rejects Louisa County data center") == (
        "approved",
        "rejected",
    )


def test_a_ruling_whose_headline_the_event_has_forgotten_is_not_told_again() -> None:
    no = "Louisa County board rejects Corvid Systems data center"
    copies = [site(f"Corvid Systems data center in Louisa County, part {n}", hours=2 + n) for n in range(MAX_EVENT_STORIES + 1)]
    assert lines(site(BORN), site(no, hours=1), *copies, site(no, hours=90)) == [("status", "", "rejected")]


def test_an_edited_story_says_its_ruling_no_second_time() -> None:
    no, said = site("Louisa County board rejects Corvid Systems data center", hours=1)
    born, plan = site(BORN)
    event = merge(found(born, plan, born.at), no, said)
    event = refresh(refresh(event, no, said, no.at), born, plan, no.at)
    assert [c.after for c in event.timeline if c.kind == "status"] == ["rejected"]


# -- a group and those who are named of it; who comes, who goes, and how sure it is

TEAM = telling(
    "Corvid Systems appoints three new board members",
    Move(group="three new board members", action=MoveAction.BOARD, to_org="Corvid Systems", to_role="board members"),
)


def on_board(person: str, action: MoveAction = MoveAction.BOARD, **slots: str) -> Move:
    return move(person, action, **slots)


def test_all_who_are_named_of_a_group_are_told_and_those_who_make_room_are_not() -> None:
    joins = [on_board(who, to_org="Corvid Systems") for who in ("Ada Fenn", "Piet Moor", "Lin Osei")]
    leaves = on_board("Olga Brandt", from_org="Corvid Systems")
    named = telling("Corvid Systems borrows and appoints 3 new board members", *joins, leaves, hours=1)
    assert lines(TEAM, named) == [("person", "", "Ada Fenn"), ("person", "", "Piet Moor"), ("person", "", "Lin Osei")]


def test_a_new_chair_and_a_new_chief_without_a_name_are_two() -> None:
    chair = telling(
        "Corvid Systems gets a new chair",
        Move(group="new chair", action=MoveAction.BOARD, to_org="Corvid Systems", to_role="chair"),
    )
    chief = telling(
        "Corvid Systems stock falls on CEO news",
        Move(group="new CEO", action=MoveAction.APPOINT, to_org="Corvid Systems", to_role="CEO"),
        hours=2,
    )
    assert lines(chair, chief) == []


def test_the_ouster_that_is_certain_does_not_confirm_a_return_that_is_weighed() -> None:
    back = move("Ada Fenn", MoveAction.APPOINT, to_org="Corvid Systems", to_role="CEO", status=Status.RUMORED)
    ousted = move("Ada Fenn", MoveAction.DISMISS, from_org="Corvid Systems", from_role="CEO", status=Status.CONFIRMED)
    weighed = telling("Corvid Systems in talks to bring Ada Fenn back as CEO", back)
    again = telling("Corvid Systems ousted Ada Fenn but reconsiders", ousted, hours=5)
    assert not [line for line in lines(weighed, again) if line[2] == Status.CONFIRMED]


def test_who_is_hired_for_certain_beside_it_does_not_confirm_a_rumour() -> None:
    rumour = goes("Ada Fenn", Status.RUMORED)
    weighed = telling("Ada Fenn may join Corvid Systems", rumour)
    beside = telling("Corvid Systems hires Piet Moor, still courts Ada Fenn", rumour, goes("Piet Moor"), hours=5)
    assert lines(weighed, beside) == [("person", "", "Piet Moor")]


def test_the_post_of_who_will_run_the_firm_is_taken_and_told_only_where_it_says_more() -> None:
    def runs(role: str) -> Move:
        return move("Ada Fenn", from_org="Northlight AI", to_org="Corvid Systems", to_role=role)

    chief = telling("Corvid Systems names Ada Fenn CEO", runs("CEO"), hours=4)
    assert lines(telling("Ada Fenn leaves Northlight AI to run Corvid Systems", runs("run Corvid Systems")), chief) == []
    said = lines(telling("Ada Fenn to lead a lab at Corvid Systems", runs("lead a new lab")), chief)
    assert said == [("role", "lead a new lab", "CEO")]


# -- figures of different measures, deals that end, laws that do not begin


def test_a_number_of_chips_does_not_take_the_place_of_megawatts() -> None:
    first = story(BORN)
    later = story("Corvid Systems campus to hold 90,000 chips, 450 MW", hours=30)
    chips = Quantity(text="90,000 chips", low=90_000, high=90_000, unit="chips")
    told = lines(
        (first, built(first, "Corvid Systems", capacity=(megawatts("300 MW", 300),))),
        (later, built(later, "Corvid Systems", capacity=(chips,))),
    )
    assert told == [("capacity", "", "90,000 chips")]


@pytest.mark.parametrize(
    ("action", "capacity", "told"),
    [
        (BuildoutAction.POLICY, "eight new data centers", False),
        (BuildoutAction.OPPOSE, "6.2 million-square-foot", False),
        (BuildoutAction.POLICY, "300 MW", True),
        (BuildoutAction.BUILD, "eight new data centers", True),
    ],
)
def test_sites_are_counted_as_news_only_where_they_are_built(action: BuildoutAction, capacity: str, told: bool) -> None:
    first, later = story(BORN), story(f"{BORN}, {capacity}", hours=3)
    size = Quantity(text=capacity, low=8, high=8, unit="MW" if "MW" in capacity else "data centers")
    said = lines(
        (first, built(first, "Corvid Systems", action=action)),
        (later, built(later, "Corvid Systems", action=action, capacity=(size,))),
    )
    assert said == ([("capacity", "", capacity)] if told else [])


@pytest.mark.parametrize(("title", "told"), [(BORN, False), (f"{BORN} for hundreds of millions of dollars", True)])
def test_a_vague_sum_is_news_only_in_a_headline(title: str, told: bool) -> None:
    first, later = story(BORN), story(title, hours=3)
    vague = Quantity(text="hundreds of millions of dollars", low=1e8, high=None, unit="USD")
    said = lines(
        (first, built(first, "Corvid Systems")),
        (later, built(later, "Corvid Systems", amounts=(vague,))),
    )
    assert said == ([("amount", "", vague.text)] if told else [])


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Corvid Systems and Tarn Labs call off $4 billion compute deal", "called off"),
        ("Tarn Labs walks away from compute deal with Corvid Systems", "called off"),
        ("$4 billion compute deal between Tarn Labs and Corvid Systems collapses", "called off"),
        ("Tarn Labs may scrap $4 billion compute deal with Corvid Systems", ""),
        ("Tarn Labs drops deal exclusivity with Corvid Systems", ""),
        ("Governor vetoes bill that would have banned data centers", "vetoed"),
        ("Lawmakers fail to override governor's veto of data center ban", ""),
        ("Senate passes data center ban after governor vetoes tax break", ""),
    ],
)
def test_a_headline_says_that_a_deal_is_off_or_a_bill_vetoed(title: str, said: str) -> None:
    assert ruling(title) == said


def test_a_deal_that_is_called_off_is_a_revision_told_once() -> None:
    def deal(title: str, hours: float) -> Told:
        one = story(title, hours=hours)
        return one, built(one, "Tarn Labs", "Corvid Systems", action=BuildoutAction.COMPUTE_DEAL)

    told = lines(
        deal("Tarn Labs signs compute deal with Corvid Systems", 0),
        deal("Tarn Labs and Corvid Systems call off compute deal", 90),
        deal("Tarn Labs scraps compute deal with Corvid Systems", 91),
    )
    assert told == [("status", "", "called off")]
