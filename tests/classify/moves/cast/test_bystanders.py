"""Who is named beside a move and does not move: who orders others, whose firm it is, and the board that somebody leaves."""

from __future__ import annotations

import pytest

from monitor.classify import load_classifier
from monitor.classify.moves.cast.cast import Cast
from monitor.model import Label, Move, Verdict
from tests.classify.test_moves_pitfalls import judged
from tests.classify.test_names import orgs, people, seen


def posts(told: Cast) -> list[str]:
    return [one.text for one in told.posts]


def moves(title: str, summary: str = "") -> tuple[Move, ...]:
    found: Verdict = judged(load_classifier(encoder="off"), title, summary)
    match = found.match(Label.EXECUTIVE_MOVE)
    return match.moves if match is not None else ()


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Ada Quill appoints a new CEO to run Corvid's cloud", ""),
        ("Corvid chief overhauls leadership", "Ada Quill is bringing over executives from Osprey."),
        ("Corvid cofounder leaves", "All others have left Ada Quill's company before."),
    ],
)
def test_who_orders_others_or_owns_the_firm_does_not_move(title: str, summary: str) -> None:
    assert people(title, summary) == []


@pytest.mark.parametrize(
    "title",
    [
        "Ada Quill, bringing executives from Osprey, joins Corvid as CEO",
        "Ada Quill steps down and appoints a new CEO",
    ],
)
def test_who_also_moves_stays(title: str) -> None:
    assert "Ada Quill" in people(title)


def test_the_board_that_somebody_joins_or_leaves_does_not_move() -> None:
    assert posts(seen("Osprey Exec Leaves Corvid Board")) == ["Exec"]
    assert posts(seen("Osprey board ousts finance chief")) == ["finance chief"]


def test_who_overhauls_leadership_does_not_move() -> None:
    assert posts(seen("Osprey CEO overhauls leadership, bringing over executives from Corvid")) == ["executives"]
    assert "CEO" in posts(seen("Osprey CEO overhauls leadership and steps down"))


def test_of_two_posts_told_in_one_phrase_each_is_a_group_by_its_own_words() -> None:
    assert [move.group for move in moves("Osprey Capital CEO and CFO step down")] == ["Osprey Capital CEO", "CFO"]


def test_over_says_how_many_only_before_a_number() -> None:
    title = "Osprey CEO overhauls leadership, bringing over executives from Corvid"
    assert [move.group for move in moves(title)] == ["executives"]


@pytest.mark.parametrize(
    ("outlet", "firms"),
    [
        ("The Next Web", ["Corvid"]),
        ("thenextweb.com", ["Corvid"]),
        ("The Next Web | Insider", ["Corvid"]),
        ("The Verge", ["Corvid", "Next Web"]),
        ("", ["Corvid", "Next Web"]),
    ],
)
def test_who_tells_a_story_employs_nobody_in_it(outlet: str, firms: list[str]) -> None:
    told = seen("Corvid hires Ada Quill as CFO", "She begins in May, the firm told The Next Web on Monday.", outlet)
    assert [one.text.removeprefix("The ") for one in told.orgs] == firms


def test_an_outlet_may_tell_of_itself() -> None:
    assert [one.text for one in seen("TechCrunch hires Ada Quill as editor", outlet="TechCrunch").orgs] == ["TechCrunch"]


@pytest.mark.parametrize(
    ("title", "summary", "orgs"),
    [
        ("Ada Quill is done as climate czar", "She will be further from the levers in Brussels than before.", []),
        ("Ada Quill leaves Brussels for Osprey", "", ["Osprey"]),
        ("Ada Quill leaves Brussels", "", ["Brussels"]),
        ("Osprey weighs Ada Quill for CFO, Alpenzeitung reports", "", ["Osprey"]),
        ("Corvid finance chief to join Osprey, Alpenzeitung reported", "", ["Corvid", "Osprey"]),
        ("Ada Quill to leave, Osprey reports loss", "", ["Osprey"]),
    ],
)
def test_where_something_is_and_who_reports_it_employ_nobody(title: str, summary: str, orgs: list[str]) -> None:
    assert [one.text for one in seen(title, summary).orgs] == orgs


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Corvid CFO Ada Quill resigns", "Quill has informed chairman Ben Okoro of her resignation."),
        ("Ada Quill hands in her resignation to Corvid CEO Ben Okoro", ""),
        ("Ada Quill told CEO Ben Okoro she will leave Corvid in March", ""),
        ("Corvid operating chief Ada Quill, who reported to Ben Okoro, resigns", ""),
        ("Ada Quill says she will leave Corvid to join Ben Okoro at Northlight", ""),
        ("Ada Quill rejoins former boss Ben Okoro at Northlight", ""),
        ("Ben Okoro forces out Corvid CEO Ada Quill", ""),
        ("Ben Okoro tells Corvid CEO Ada Quill to step down", ""),
        ("Senator Ben Okoro asks Ada Quill to step down as Corvid CEO", ""),
    ],
)
def test_who_is_told_of_it_or_joined_or_demands_it_stays(title: str, summary: str) -> None:
    assert [move.person for move in moves(title, summary)] == ["Ada Quill"]


def test_who_is_told_to_go_goes() -> None:
    assert [move.person for move in moves("Corvid told CEO Ben Okoro that he is out")] == ["Ben Okoro"]
    assert {move.person for move in moves("Ada Quill replaces Ben Okoro as Corvid CEO")} == {"Ada Quill", "Ben Okoro"}


@pytest.mark.parametrize(
    "title",
    [
        "Corvid CEO Ben Okoro announces departure of COO Ada Quill",
        "Corvid CEO Ben Okoro says finance chief Ada Quill will retire",
        "Corvid CEO Ben Okoro promotes Ada Quill to president",
        "Ben Okoro praises departing Corvid CFO Ada Quill",
        "Corvid board backs CEO Ben Okoro after Ada Quill exit",
        "Corvid's Ben Okoro loses another lieutenant as Ada Quill joins Osprey Labs",
        "Corvid CEO Ben Okoro hands bigger role to commercial chief Ada Quill",
    ],
)
def test_who_speaks_of_anothers_move_stays(title: str) -> None:
    assert [move.person for move in moves(title)] == ["Ada Quill"]


@pytest.mark.parametrize(
    "title",
    [
        "Corvid CEO Ben Okoro announces departure",
        "Corvid CEO Ben Okoro says he will leave",
        "Ben Okoro says Ada Quill will replace him as Corvid CEO",
    ],
)
def test_who_speaks_of_his_own_move_goes(title: str) -> None:
    assert "Ben Okoro" in [move.person for move in moves(title)]


def test_who_fires_a_director_without_a_name_stays() -> None:
    assert [move.person for move in moves("Corvid CEO Ben Okoro fires exploration director")] == [""]


@pytest.mark.parametrize(
    "title",
    [
        "Corvid chief Ben Okoro loses chairman title",
        "Corvid CEO Ben Okoro swaps roles with co-founder",
        "Ben Okoro ousted as director",
    ],
)
def test_who_loses_or_swaps_his_own_post_goes(title: str) -> None:
    assert people(title, "") == ["Ben Okoro"]


def test_where_somebody_said_so_is_no_firm_he_goes_to() -> None:
    [move] = moves("Corvid partner leaves", "Ada Quill is leaving Corvid after nine years, she wrote on LinkedIn on Tuesday.")
    assert (move.from_org, move.to_org) == ("Corvid", "")
    [move] = moves("Corvid finance chief Ada Quill joins LinkedIn")
    assert move.to_org == "LinkedIn"


def test_the_letters_of_a_firm_are_no_verb() -> None:
    [move] = moves("Corvid's risk chief jumps to NAB")
    assert (move.from_org, move.to_org) == ("Corvid", "NAB")


@pytest.mark.parametrize("place", ["North Carolina", "South Dakota", "West Virginia", "British Columbia", "Saudi Arabia"])
def test_half_of_a_places_name_employs_nobody(place: str) -> None:
    told = f"After a settlement in {place}, Ada Quill, the company's chairman and chief executive, will retire in May."
    (move,) = moves("Osprey Energy chief to go", told)
    assert (move.person, move.from_org) == ("Ada Quill", "Osprey Energy")


def test_who_takes_leave_goes_to_nobody() -> None:
    told = "Chemist Bo Tarrow joins Osprey Labs. Corvid president Ada Quill plans to take an extended leave until May."
    title = "Corvid founder joins Osprey Labs; president takes leave"
    found = {move.person: (move.action, move.to_org) for move in moves(title, told)}
    assert found["Ada Quill"] == ("other", "")


def test_an_analyst_who_is_quoted_does_not_move() -> None:
    told = "Those who left were central to power buying, said Ada Quill, chief analyst at Osprey Research."
    assert people("Corvid loses infrastructure executives", told) == []
    assert people("Corvid chief to go", "I will leave in May, said Ada Quill, Corvid's chief executive.") == ["Ada Quill"]


def test_a_word_with_another_before_it_is_no_firm() -> None:
    assert orgs("Corvid Systems names CEO", "Multi-industry executive Ada Quill starts in May.") == ["Corvid Systems"]
    assert moves("Ex-Osprey executive Ada Quill named CEO of Corvid Systems")[0].from_org == "Osprey"


def test_who_files_papers_with_a_regulator_is_the_firm() -> None:
    told = "The board has appointed Bo Tarrow as interim chief financial officer."
    assert {move.to_org for move in moves("SEC filing: Osprey Energy CFO resigns", told) if move.person} == {"Osprey Energy"}
    (gone,) = moves("Osprey filing shows COO resignation", "Ada Quill has left, the chipmaker told the SEC.")
    assert (gone.person, gone.from_org) == ("Ada Quill", "Osprey")


def test_a_bourse_that_is_told_of_a_move_makes_none() -> None:
    summary = (
        "Harrow Resorts managing director Chan Wei Quill will resign in March. In a note to Bursa Malaysia, it said "
        "Chan has informed the board that he will also be resigning from the board."
    )
    assert people("Harrow Hotels MD to resign", summary) == ["Chan Wei Quill"]
    assert "Bursa Malaysia" not in orgs("Harrow Hotels MD to resign", summary)
