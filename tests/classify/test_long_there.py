"""Who has been with a firm for years is promoted in it; whoever leaves to begin a firm goes to the one that is named."""

from __future__ import annotations

import pytest

from tests.classify.test_bystanders import moves


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
