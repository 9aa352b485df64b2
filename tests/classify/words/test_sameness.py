"""When two ways to write a name are of one bearer."""

from __future__ import annotations

import pytest

from monitor.classify.words.sameness import abbreviates
from tests.classify.moves.choice.test_told_apart import told


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("HNA", "Halden Northern Airways", True),
        ("HA", "Halden Airways", True),
        ("HA", "Halden Northern Airways", False),
        ("AI", "Apple Inc", False),
        ("AI", "Artificial Intelligence", False),
        ("HCP", "HCPorter", True),
        ("HAL", "HALDEN", False),
        ("CEO", "Corvid", False),
    ],
)
def test_letters_stand_for_the_name_they_begin(short: str, full: str, *, same: bool) -> None:
    assert abbreviates(short, full) is same


def test_a_firm_by_two_letters_in_the_headline_is_told_by_its_name() -> None:
    found = told("HA names Ada Quill as chief executive", "Halden Airways has named Ada Quill as its new chief executive.")
    assert [one[4] for one in found] == ["Halden Airways"]
