"""Which posts are seats on a board."""

from __future__ import annotations

import pytest

from monitor.classify.words.seats import board_kind, has_a_seat
from tests.classify.moves.cast.test_bystanders import moves


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("vice chairman", "chair"),
        ("chair of the audit committee", "chair"),
        ("chairman of osprey group", "chair"),
        ("chairman of bank of america", "chair"),
        ("chair of its board", "board"),
        ("chair of its television group", "no"),
        ("global vice chair of corvid's private equity group", "no"),
        ("vice chair of asia investment banking", "no"),
        ("vice chairman for europe", "no"),
        ("private equity co-chair", "no"),
        ("chairman and ceo", "exec chair"),
        ("senior independent director", "director"),
        ("senior director", "no"),
        ("adviser to the board", "no"),
        ("management board member", "no"),
        ("executive board", "no"),
        ("supervisory board", "board"),
        ("non-executive board chair", "board"),
        ("executive vice chair", "chair"),
    ],
)
def test_who_chairs_a_unit_has_no_seat(role: str, kind: str) -> None:
    assert board_kind[role] == kind


@pytest.mark.parametrize(
    "role",
    ["ceo and board member", "chief executive officer and board director", "president and director", "board member and cfo"],
)
def test_a_chief_may_sit_on_the_board_as_well(role: str) -> None:
    assert has_a_seat(role)


@pytest.mark.parametrize("role", ["board member", "chair of the board", "independent director", "president", "board adviser"])
def test_a_seat_alone_runs_nothing(role: str) -> None:
    assert not has_a_seat(role)


def test_a_chief_with_a_seat_makes_no_move_of_the_board() -> None:
    (gone,) = moves(
        "Corvid Systems CEO goes", "Corvid Systems said Ada Quill has resigned as chief executive and board director."
    )
    (come,) = moves("Corvid Systems names CEO", "Corvid Systems has named Ada Quill as chief executive and board member.")
    assert (gone.action, come.action) == ("depart", "appoint")


def test_who_leaves_anothers_board_moves_on_it_whatever_he_runs() -> None:
    told = moves(
        "Osprey directors quit", "Bo Tarrow, chairman and CEO of Corvid Rail, stepped down from the Osprey board on Monday."
    )
    assert [(move.person, move.action, move.from_org) for move in told] == [("Bo Tarrow", "board", "Osprey")]


def test_a_chief_executive_who_becomes_executive_chair_leaves_his_post() -> None:
    (move,) = moves("Corvid Systems CEO to be chair", "Corvid Systems moved chief executive Ada Quill to executive chair.")
    assert (move.action, move.to_role) == ("depart", "executive chair")
