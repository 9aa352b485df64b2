"""Roles: what kind of post words as written name, and how senior it is."""

from __future__ import annotations

import pytest

from monitor.classify.roles import level_of, rank_of


@pytest.mark.parametrize(
    ("role", "rank", "level"),
    [
        ("CEO", "chief", 1),
        ("C.E.O.", "chief", 1),
        ("chief financial officer", "chief", 1),
        ("chair of the board", "chair", 1),
        ("non-executive chairman", "chair", 1),
        ("senior vice president of sales", "vp", 2),
        ("president", "president", 1),
        ("co-founder", "founder", 1),
        ("independent director", "board", 3),
        ("board member", "board", 2),
        ("general partner", "partner", 2),
        ("head of research", "head", 2),
        ("director of design", "director", 3),
        ("researcher", "other", 4),
    ],
)
def test_rank_and_level_of_a_role_as_written(role: str, rank: str, level: int) -> None:
    assert (rank_of(role), level_of(role)) == (rank, level)


def test_what_is_no_role_ranks_last() -> None:
    assert (rank_of("gardener"), level_of("gardener")) == ("other", 5)
