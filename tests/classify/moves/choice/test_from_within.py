"""Who was with a firm already is promoted there; who comes to its board with a post is not hired from elsewhere by that."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.from_within import from_within
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.cast.test_bystanders import moves
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.choice.test_told_apart import told
from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    "summary",
    [
        "Ms Quill joined Harrow Mills in 2014 as controller.",
        "She joined the company in May 2019.",
        "Quill, who joined Harrow Mills three years ago, will begin in May.",
        "She has been with the company since 2011.",
    ],
)
def test_who_came_to_the_firm_long_ago_is_promoted(summary: str) -> None:
    ties = Ties(seen("Harrow Mills names Ada Quill finance chief", summary))
    one = from_within(ties, found(ties, "hire", to_org="Harrow Mills", to_role="finance chief"))
    assert (one.action, one.get("from_org")) == ("promote", "Harrow Mills")


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Harrow Mills names Ada Quill finance chief", "She joined Osprey Freight in 2014 as controller."),
        ("Harrow Mills names Ada Quill finance chief", "Bo Tarrow, whom she succeeds, joined Harrow Mills in 2014."),
        ("Ada Quill, who joined Harrow Mills in 2026, on her first months", "She talked of the harvest."),
    ],
)
def test_another_firm_or_another_person_or_nothing_beside_leaves_the_record(title: str, summary: str) -> None:
    ties = Ties(seen(title, summary))
    assert from_within(ties, found(ties, "hire", to_org="Harrow Mills", to_role="finance chief")).action == "hire"


def test_who_is_named_to_a_post_and_joins_the_board_with_it_is_appointed() -> None:
    summary = (
        "Harrow Mills has appointed Ada Quill chief executive officer and she will join the company's board of directors too."
    )
    assert told("Harrow Mills names chief executive", summary) == [
        ("Ada Quill", "appoint", "", "", "Harrow Mills", "chief executive officer")
    ]


def test_who_joins_the_firm_is_hired_as_before() -> None:
    ties = Ties(seen("Harrow Mills names Ada Quill finance chief", "She joins Harrow Mills in May and will sit on its board."))
    assert from_within(ties, found(ties, "hire", to_org="Harrow Mills", to_role="finance chief")).action == "hire"


def test_who_had_acted_in_the_post_is_promoted_to_it() -> None:
    ties = Ties(seen("Harrow Mills confirms Ada Quill as chief executive", "She had been acting in the position since May."))
    one = from_within(ties, found(ties, "appoint", to_org="Harrow Mills", to_role="chief executive"))
    assert (one.action, one.get("from_org")) == ("promote", "Harrow Mills")


def test_who_follows_one_who_had_acted_is_no_promotion() -> None:
    ties = Ties(
        seen("Harrow Mills names Ada Quill chief executive", "Ada Quill succeeds Bo Tarrow, who has served as interim chief.")
    )
    assert from_within(ties, found(ties, "appoint", to_org="Harrow Mills", to_role="chief executive")).action == "appoint"


def test_nobody_comes_on_a_board_by_coming_on_board() -> None:
    def boards(title: str, summary: str = "") -> list[str]:
        return [post.text for post, _ in seen(title, summary).titles if post.text.lower().startswith("board")]

    assert boards("Harrow Mills hires two", "Ada Quill has joined, while Bo Tarrow is expected to come on board shortly.") == []
    assert boards("Harrow Mills brings Ada Quill on board as chief scientist") == []
    assert boards("Ada Quill to leave board of Harrow Mills") == ["board"]
    assert boards("Harrow Mills", "Ada Quill has a seat on the board.") == ["board"]


def test_who_has_a_story_for_an_outlet_does_not_move() -> None:
    summary = "Ben Okoro, reporting for The Corvid Times: In a letter Ms. Quill agreed to step down."
    assert [one.text for one in seen("Ada Quill resigns as chief executive of Harrow Mills", summary).people] == ["Ada Quill"]


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        (
            "Corvid names chief executive",
            "Ada Quill, who joined Corvid from Osprey in 2019, will become chief executive on May 1.",
        ),
        ("Corvid appoints Ada Quill as CFO", "Quill joined Corvid in 2021."),
        ("Corvid names Ada Quill COO", "She joined the company in 2012 as an engineer."),
        ("Corvid names Ada Quill COO", "Quill has been with Corvid since 2015."),
    ],
)
def test_who_joined_years_before_rises(title: str, summary: str) -> None:
    (move,) = moves(title, summary)
    assert (move.person, move.action, move.from_org, move.to_org) == ("Ada Quill", "promote", "Corvid", "Corvid")


def test_who_has_been_elsewhere_is_hired() -> None:
    (move,) = moves("Corvid hires Ada Quill as CFO", "Quill has been at Osprey since 2015.")
    assert (move.action, move.from_org, move.to_org) == ("hire", "Osprey", "Corvid")
