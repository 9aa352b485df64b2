"""The chair of another post is no post, and nobody gets to be a founder by taking a founder's place."""

from __future__ import annotations

import pytest

from tests.classify.moves.choice.test_told_apart import told


@pytest.mark.parametrize(
    "title",
    [
        "Sipho Dube takes the chief executive's chair at Kestrel Rail",
        "Sipho Dube takes the chief executive chair at Kestrel Rail",
    ],
)
def test_who_takes_the_chair_of_a_post_gets_the_post(title: str) -> None:
    assert told(title) == [("Sipho Dube", "appoint", "", "", "Kestrel Rail", "chief executive")]


def test_the_chair_of_a_board_is_a_post() -> None:
    assert told("Sipho Dube named Kestrel Rail chair") == [("Sipho Dube", "board", "", "", "Kestrel Rail", "chair")]


def test_who_replaces_a_founder_gets_the_post_that_is_told() -> None:
    found = told("Harrow Mills names new CEO", "Lena Marsh replaces founder Peter Vane from February.")
    assert [(person, gets) for person, _, _, _, _, gets in found if person == "Lena Marsh"] == [("Lena Marsh", "CEO")]
