"""Units of firms are no firms."""

from __future__ import annotations

import pytest

from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("summary", "unit"),
    [
        ("John Tarrow, senior vice president of Hardware Design, becomes chief of Vellora.", "Hardware Design"),
        ("Tarrow is to lead its Client Computing & Physical AI group.", "Client Computing & Physical AI"),
        ("Tarrow takes over the Visual Display business of Vellora.", "Visual Display"),
        ("Tarrow currently leads Vellora's Data Center and AI work.", "Data Center"),
        ("Tarrow joins Vellora to lead Devices & Services.", "Devices & Services"),
    ],
)
def test_what_a_post_is_of_is_no_firm(summary: str, unit: str) -> None:
    assert unit not in [one.text for one in seen("Vellora names Tarrow", summary).orgs]


@pytest.mark.parametrize(
    ("summary", "firm"),
    [
        ("John Tarrow, chief executive of Planet Fitness, resigns.", "Planet Fitness"),
        ("Tarrow is to lead Harrow Software from May.", "Harrow Software"),
        ("Tarrow was senior vice president of Osprey until May.", "Osprey"),
        ("Tarrow joins Best Lumber, where he is to lead a team.", "Best Lumber"),
    ],
)
def test_a_firm_that_is_called_by_words_stays_one(summary: str, firm: str) -> None:
    assert firm in [one.text for one in seen("Vellora names Tarrow", summary).orgs]


def test_a_post_is_told_with_its_unit() -> None:
    found = seen("Vellora names Tarrow", "John Tarrow, senior vice president of Hardware Design, becomes chief of Vellora.")
    assert "senior vice president of Hardware Design" in [place.chunk.text for _, place in found.titles]
