"""Which posts are seats on a board."""

from __future__ import annotations

import pytest

from monitor.classify.seats import board_kind


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
    ],
)
def test_who_chairs_a_unit_has_no_seat(role: str, kind: str) -> None:
    assert board_kind[role] == kind
