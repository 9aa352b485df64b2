"""Posts and firms of which a story says whose they are, and how posts are written."""

from __future__ import annotations

from functools import partial

import pytest

from monitor.classify.moves.cast.cast import cast
from monitor.classify.moves.choice.choosing import choose
from monitor.classify.moves.status import status_of_move
from monitor.classify.moves.to_moves import to_moves
from monitor.classify.parsing.row import rows
from monitor.classify.weights.slot_model import load
from monitor.classify.words.document import read
from monitor.model import FeedId, Move, MoveAction, Status, Story, StoryId
from tests.classify.moves.evidence.test_ties import AT, GAZETTEER


def moves(title: str, summary: str = "") -> tuple[Move, ...]:
    document = read(Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT))
    told = cast(rows(document, GAZETTEER))
    return to_moves(document, told, choose(told, load()), partial(status_of_move, document))[0]


def records(title: str, summary: str = "") -> set[tuple[str, str, str, str, str]]:
    """Who, from where, from which post, to where, to which post."""
    return {(one.person or one.group, one.from_org, one.from_role, one.to_org, one.to_role) for one in moves(title, summary)}


def test_nobody_comes_to_the_post_of_a_founder() -> None:
    told = {(who, post) for who, *_, post in records("Ada Quill succeeds founder Ben Okoro at helm of Harrow Mills")}
    assert ("Ada Quill", "") in told


def test_who_dies_gets_nothing_of_what_is_told_behind_it() -> None:
    title = "Harrow Mills: president Ada Quill dies; son named interim head"
    found = {one.person: one for one in moves(title, "Ben Quill, head of sales, will lead the mill until a successor is chosen.")}
    gone = found["Ada Quill"]
    assert (gone.action, gone.from_role, gone.to_org, gone.to_role) == (MoveAction.OTHER, "president", "", "")
    assert found["Ben Quill"].to_role == "interim head"
    found = {one.person: one for one in moves("Harrow Mills names Ben Okoro CEO after death of founder Ada Quill")}
    assert (found["Ada Quill"].action, found["Ben Okoro"].action) == (MoveAction.OTHER, MoveAction.APPOINT)


def test_who_follows_a_dead_man_has_not_died() -> None:
    found = moves(
        "Harrow Mills names new board member", "To fill the place left by the passing of Ben Okoro, Ada Quill joins it."
    )
    assert all(one.action is not MoveAction.OTHER for one in found if one.person == "Ada Quill")


def test_who_puts_another_out_does_not_go_and_who_takes_a_place_does() -> None:
    told = records(
        "Harrow Mills CEO ousted in boardroom coup",
        "Founder Ben Okoro regained control of the company on Friday and removed chief executive Ada Quill.",
    )
    assert {who for who, *_ in told} == {"Ada Quill"}
    told = records("Harrow Mills CEO Ada Quill replaces Ben Okoro as chair")
    assert {who for who, *_ in told} == {"Ada Quill", "Ben Okoro"}


def test_who_holds_a_post_for_a_while_and_gets_it_permanently_is_promoted() -> None:
    for title in ("Harrow Mills interim CEO Quill gets the job permanently", "Harrow Mills interim CEO Quill made permanent"):
        [one] = moves(title)
        assert (one.action, one.person, one.from_role, one.to_role) == (MoveAction.PROMOTE, "Quill", "interim CEO", "CEO")
        assert one.from_org == one.to_org == "Harrow Mills"


def test_who_gives_up_the_chair_alone_makes_a_move_of_the_board() -> None:
    told = "Ben Okoro gives up the chairmanship but stays chief executive."
    found = {one.person: one.action for one in moves("Harrow Mills splits chair and CEO roles", told)}
    assert found["Ben Okoro"] is MoveAction.BOARD


def test_nobody_gets_the_post_of_who_says_what_is_told() -> None:
    told = records(
        "Harrow Mills chief engineer defects to Chinese rival",
        "Viktor Quill's move to Oslo-based Corvid Aviation raises questions over know-how, analysts said.",
    )
    assert all("analysts" not in (held, got) for _, _, held, _, got in told)


def test_whose_post_it_is_says_who_speaks_of_it() -> None:
    told = records(
        "Moves: Harrow Mills and Tilda Bank", "Harrow Mills hired Ben Okoro. Tilda Bank said treasurer Ada Quill is leaving."
    )
    assert ("Ada Quill", "Tilda Bank", "treasurer", "", "") in told


def test_of_two_who_rise_each_gets_a_post() -> None:
    told = {(who, to) for who, *_, to in records("Harrow Mills to promote CFO Quill to president, Okoro to become chairman")}
    assert told == {("Quill", "president"), ("Okoro", "chairman")}
    told = {(who, post) for who, _, _, _, post in records("Harrow Mills names Quill as president; Okoro to be chairman")}
    assert told == {("Quill", "president"), ("Okoro", "chairman")}


def test_a_headlines_post_is_of_who_goes_and_not_of_the_deputy() -> None:
    told = records(
        "Harrow Mills' finance chief quits",
        "Ada Quill is leaving for personal reasons, the firm said. Deputy CFO Ben Okoro will fill in until a successor is found.",
    )
    assert {("Ada Quill", "finance chief", ""), ("Ben Okoro", "Deputy CFO", "finance chief")} == {
        (who, held, got) for who, _, held, _, got in told
    }


def test_who_stays_on_in_another_post_does_not_give_it_away() -> None:
    told = records("Harrow Mills: Ada Quill takes helm from Ben Okoro, who stays on as chairman")
    assert not any(who == "Ada Quill" and post == "chairman" for who, *_, post in told)
    told = records(
        "Harrow Mills picks Ada Quill as president", "Quill, now finance chief, will replace Ben Okoro, who becomes chairman."
    )
    assert ("Ada Quill", "president") in {(who, post) for who, *_, post in told}


def test_who_makes_room_for_another_firms_leader_leaves_his_own() -> None:
    told = {(who, left) for who, left, *_ in records("Harrow Mills appoints Osprey's Ada Quill as CEO, Ben Okoro to leave")}
    assert ("Ada Quill", "Osprey") in told and ("Ben Okoro", "Osprey") not in told


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Osprey cargo boss Ada Quill to leave airline", "cargo boss"),
        ("Osprey's R&D head Ada Quill to leave", "R&D head"),
        ("Osprey iron ore boss Ada Quill quits", "iron ore boss"),
        ("Osprey offshore wind head Ada Quill resigns", "offshore wind head"),
        ("Osprey data-center boss Ada Quill joins Corvid", "data-center boss"),
        ("Osprey says boss Ada Quill to leave", "boss"),
        ("Ada Quill resigns as Vice President, Exploration, of Osprey Gold", "Vice President, Exploration"),
    ],
)
def test_a_post_is_told_with_what_it_heads(title: str, post: str) -> None:
    assert {left for _, _, left, _, _ in records(title)} == {post}


def test_a_vice_president_is_followed_by_a_name_as_well() -> None:
    told = records("Osprey names two", "Osprey named Tom Halvorsen executive vice president, Ada Quill said.")
    assert "executive vice president" in {post for *_, post in told}


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Head of Osprey's Bergen campus build joins Corvid", "Head of Osprey's Bergen campus build"),
        ("Osprey coffee chief quits weeks after menu overhaul", "Osprey coffee chief"),
    ],
)
def test_a_head_without_a_name_is_told_in_full(title: str, group: str) -> None:
    assert [one.group for one in moves(title)] == [group]


def test_somebodys_chief_of_staff_is_not_he() -> None:
    assert "Ada Quill" not in {who for who, *_ in records("Ada Quill's chief of staff departs Osprey")}


def test_what_is_over_a_filing_is_no_firm() -> None:
    told = records("Board Changes", "Harrow Mills plc announces that Ada Quill will join the Board as a non-executive director.")
    assert {to for _, _, _, to, _ in told} == {"Harrow Mills"}


@pytest.mark.parametrize(
    ("title", "task"),
    [
        ("Osprey names Ada Quill to run maps, chips and quantum unit", "run maps, chips and quantum unit"),
        ("Osprey names Ada Quill to lead search and will cut costs", "lead search"),
    ],
)
def test_a_list_of_what_a_unit_does_is_one_task(title: str, task: str) -> None:
    assert task in {post for *_, post in records(title)}


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Osprey says CFO Ada Quill to step down", "confirmed"),
        ("Investor says Osprey CEO Ada Quill should step down", "rumored"),
        ("Investor tells Osprey CEO Ada Quill to quit", "rumored"),
        ("Ada Quill in running for top job at Osprey", "rumored"),
    ],
)
def test_a_firm_that_says_who_is_to_leave_has_announced_it(title: str, status: str) -> None:
    assert [one.status.value for one in moves(title)] == [status]


def test_who_hands_a_post_over_leaves_it() -> None:
    told = {
        (one.person, one.action.value, one.from_role, one.to_role)
        for one in moves("Osprey's Ada Quill to hand over CEO role to Ben Okoro")
    }
    assert ("Ada Quill", "depart", "CEO", "") in told and ("Ben Okoro", "CEO") in {(who, to) for who, _, _, to in told}
    told = {(one.person, one.action.value) for one in moves("Osprey co-founder Ada Quill hands CEO role to Ben Okoro")}
    assert ("Ada Quill", "depart") in told


def test_in_a_list_of_posts_without_as_each_has_a_holder() -> None:
    told = {
        (who, to)
        for who, *_, to in records("Osprey names Anna Park president, Luis Ortega finance chief and Tim Shah head of design")
    }
    assert told == {("Anna Park", "president"), ("Luis Ortega", "finance chief"), ("Tim Shah", "head of design")}


def test_of_two_each_comes_from_the_firm_he_is_told_of_as() -> None:
    told = {(who, left) for who, left, *_ in records("Osprey hires Corvid's Ada Quill and Vesper's Ben Okoro for AI team")}
    assert told == {("Ada Quill", "Corvid"), ("Ben Okoro", "Vesper")}


def test_who_keeps_a_post_does_not_move() -> None:
    told = {who for who, *_ in records("Osprey board extends CEO Ben Okoro's contract, CFO Ada Quill to leave in 2026")}
    assert told == {"Ada Quill"}
    told = {who for who, *_ in records("Osprey taps Ada Quill as president of compute as Ben Okoro stays on as CEO")}
    assert told == {"Ada Quill"}
    told = {who for who, *_ in records("Ben Okoro's longtime lieutenant to retire from Osprey", "Ada Quill will leave in June.")}
    assert "Ben Okoro" not in told


def test_two_who_share_a_post_both_get_it() -> None:
    told = {(who, to) for who, *_, to in records("Osprey names Ada Quill and Ben Okoro co-CEOs as Tim Shah moves to vice chair")}
    assert {("Ada Quill", "co-CEO"), ("Ben Okoro", "co-CEO"), ("Tim Shah", "vice chair")} <= told


def test_a_headlines_post_is_who_a_later_sentence_names() -> None:
    told = records(
        "Osprey taps ex-Corvid executive to run data centers", "Ada Quill, formerly Corvid's managing director, starts in May."
    )
    assert [who for who, *_ in told] == ["Ada Quill"]


def test_a_product_goes_with_the_post_of_who_heads_it() -> None:
    assert {left for _, _, left, _, _ in records("Tesla's Optimus head Ada Quill to leave")} == {"Optimus head"}


def test_what_is_said_of_one_behind_a_comma_is_not_said_of_the_other() -> None:
    told = {one.person: one.status for one in moves("Harrow Mills names Ada Quill treasurer, while CEO Ben Okoro could leave")}
    assert told == {"Ada Quill": Status.CONFIRMED, "Ben Okoro": Status.RUMORED}
    told = {one.person: one.status for one in moves("Harrow Mills could lose Ben Okoro, and Ada Quill would succeed him")}
    assert told["Ben Okoro"] == Status.RUMORED
    assert told.get("Ada Quill") in (None, Status.RUMORED)
    [move] = moves("Grid chief Ada Quill quits Harrow Mills; Corvid wooing more")
    assert move.status == Status.CONFIRMED
    [move] = moves("Harrow Mills in talks to hire Ada Quill as treasurer, and it could be soon")
    assert move.status == Status.RUMORED


def test_of_two_whom_a_firm_hires_neither_left_the_others_new_post() -> None:
    told = records("Corvid hires Osprey's Ada Quill as CFO and Pell's Ben Okoro as COO")
    assert told == {("Ada Quill", "Osprey", "", "Corvid", "CFO"), ("Ben Okoro", "Pell", "", "Corvid", "COO")}


@pytest.mark.parametrize(
    ("title", "firm", "post"),
    [
        ("Corvid founder Ada Quill quits Harrow Combinator", "Harrow Combinator", ""),
        ("Ada Quill, co-founder of Ostrava, leaves Harrow Mills", "Harrow Mills", ""),
        ("Former Google executive Ada Quill leaves Harrow Mills", "Harrow Mills", ""),
        ("Ex-Stripe CTO Ada Quill departs Harrow Mills", "Harrow Mills", ""),
        ("Former Tesla AI chief Ada Quill to depart Harrow Mills", "Harrow Mills", ""),
        ("Oculus founder Ada Quill resigns as chairman of Harrow Mills", "Harrow Mills", "chairman"),
        ("OpenAI co-founder Ada Quill leaves to join Anthropic", "OpenAI", "co-founder"),
        ("Ada Quill, co-founder, leaves Harrow Mills", "Harrow Mills", "co-founder"),
        ("Tesla finance chief Ada Quill leaves Tesla", "Tesla", "finance chief"),
        ("Microsoft's gaming CFO Ada Quill off to Electronic Arts", "Microsoft", "CFO"),
    ],
)
def test_who_is_told_as_a_founder_or_as_another_firms_former_chief_leaves_the_firm_that_is_left(
    title: str, firm: str, post: str
) -> None:
    assert {(who, here, left) for who, here, left, *_ in records(title)} == {("Ada Quill", firm, post)}


@pytest.mark.parametrize(
    "title",
    [
        "Ada Quill to oversee search after Ben Okoro joins OpenAI",
        "Ada Quill will oversee Siri after Ben Okoro departs for OpenAI",
        "Ada Quill to oversee hardware after Ben Okoro is hired by OpenAI",
        "Ada Quill named interim CFO after Ben Okoro joins OpenAI",
    ],
)
def test_where_another_goes_meanwhile_is_not_ones_own_firm(title: str) -> None:
    told = {who: (here, there) for who, here, _, there, _ in records(title)}
    assert told == {"Ada Quill": ("", ""), "Ben Okoro": ("", "OpenAI")}


def test_of_two_firms_each_has_their_own_where_one_goes_meanwhile() -> None:
    told = {(who, there) for who, _, _, there, _ in records("Google's Ada Quill to run ads after Ben Okoro leaves for OpenAI")}
    assert told == {("Ada Quill", "Google"), ("Ben Okoro", "OpenAI")}
    title = "Ada Quill to oversee search after Ben Okoro joins OpenAI"
    told = {(who, there) for who, _, _, there, _ in records(title, "Google said Quill, a vice president, will take on the team.")}
    assert told == {("Ada Quill", "Google"), ("Ben Okoro", "OpenAI")}


@pytest.mark.parametrize(
    ("title", "post", "here", "there"),
    [
        ("Apple loses AI chief to Meta while Google promotes Ada Quill", "AI chief", "Apple", "Meta"),
        ("Google promotes Ada Quill while Apple loses AI chief to Meta", "AI chief", "Apple", "Meta"),
        ("Apple loses top AI researcher to OpenAI as Google hires Ada Quill", "top AI researcher", "Apple", "OpenAI"),
        ("Apple's AI chief leaves for Meta while Google promotes Ada Quill", "Apple's AI chief", "Apple", "Meta"),
        ("Meta poaches Apple's AI chief, Google promotes Ada Quill", "Apple's AI chief", "Apple", "Meta"),
        ("Apple fires CEO while Google hires Ada Quill", "CEO", "Apple", ""),
    ],
)
def test_a_post_left_at_one_firm_is_told_of_beside_who_moves_at_another(title: str, post: str, here: str, there: str) -> None:
    told = {who: (start, end) for who, start, _, end, _ in records(title)}
    assert told[post] == (here, there)
    assert told["Ada Quill"][1] == "Google"
    assert "Apple" not in told["Ada Quill"]


def test_a_post_that_somebody_gets_or_leaves_by_name_is_no_record_beside_theirs() -> None:
    assert [who for who, *_ in records("Apple has picked its next CFO: Google's Ada Quill")] == ["Ada Quill"]
    assert [who for who, *_ in records("Apple loses design chief to OpenAI, names Ada Quill as successor")] == ["Ada Quill"]
    assert [who for who, *_ in records("Ada Quill joins Google as CFO; Apple may lose more executives")] == ["Ada Quill"]
    assert [who for who, *_ in records("Tesla's design head quits as Rivian hires Ada Quill")] == ["Ada Quill"]


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Deel CFO Ada Quill off to Rippling", "Ada Quill"),
        ("Deel's gaming CFO Ada Quill off to Rippling as the publisher goes private", "Ada Quill"),
        ("Deel finance director off to Rippling", "Deel finance director"),
        ("Deel loses its research head to rival Rippling", "its research head"),
        ("Deel loses finance chief Ada Quill to rival Rippling", "Ada Quill"),
    ],
)
def test_who_is_off_to_a_firm_or_lost_to_a_rival_goes_there(title: str, who: str) -> None:
    told = {(one.person or one.group, one.action.value, one.from_org, one.to_org) for one in moves(title)}
    assert told == {(who, "hire", "Deel", "Rippling")}


def test_whom_a_story_gives_a_higher_post_of_the_house_is_promoted() -> None:
    told = moves("Corvid's Ada Quill to be succeeded by two", "Country heads Bo Ferris and Lena Moss will share the COO title.")
    actions = {one.person: one.action.value for one in told}
    assert (actions["Bo Ferris"], actions["Lena Moss"]) == ("promote", "promote")


def test_a_member_of_the_board_that_runs_the_firm_leaves_no_seat() -> None:
    told = moves("Corvid management board member Ada Quill to leave")
    assert [(one.person, one.action.value) for one in told] == [("Ada Quill", "depart")]
