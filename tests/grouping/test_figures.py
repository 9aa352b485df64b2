"""Figures of a text: what they count, and which of two texts tell the same one."""

from __future__ import annotations

import pytest

from monitor.grouping.figures import agree, figures
from monitor.grouping.keys import event_keys
from tests.stories import moved, story


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A data center drained 30M gallons of water, 71% said", {("%", 71.0), ("gallon", 3e7)}),
        ("US$1.8 billion for 1,200 towns", {("$", 1.8e9), ("town", 1200.0)}),
        ("2 dead in 2026", set()),  # a small number and a year say little
        ("5 percent, or $3", {("%", 5.0), ("$", 3.0)}),  # but for shares and sums
        ("12 of them", set()),  # nothing is counted
        ("10 schools and 9 parks", {("school", 10.0)}),
    ],
)
def test_a_figure_is_what_it_counts_and_how_much(text: str, found: set[tuple[str, float]]) -> None:
    assert figures(text) == found


def test_a_share_alone_brings_no_stories_together() -> None:
    told = story("71% of Quarrystone's 1,300 engineers are to go")
    keys = {key for key in event_keys(told, moved(told)) if key.startswith("figure:")}
    assert keys == {"figure:engineer~31", "figure:engineer~1031"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("$100 million", "$95 million", True),  # within a twentieth of the larger
        ("$100 million", "$94 million", False),
        ("40 schools", "40 parks", False),
        ("40 schools, 70%", "70% of 90 parks", True),  # one is enough
        ("40 schools", "no figure", False),
    ],
)
def test_texts_agree_where_one_figure_counts_the_same_and_is_near(one: str, other: str, same: bool) -> None:
    assert agree(figures(one), figures(other)) == agree(figures(other), figures(one)) == same
