"""Whoever leaves to begin a firm goes to the one that is named."""

from __future__ import annotations

import pytest

from tests.classify.moves.cast.test_bystanders import moves


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Ada Quill leaves Corvid to found Lumenforge", ""),
        ("Corvid head of compute quits", "Ada Quill, Corvid's head of compute, has quit to start her own company, Lumenforge."),
    ],
)
def test_the_firm_that_somebody_begins_is_where_he_goes(title: str, summary: str) -> None:
    (move,) = moves(title, summary)
    assert (move.action, move.from_org, move.to_org) == ("found", "Corvid", "Lumenforge")
