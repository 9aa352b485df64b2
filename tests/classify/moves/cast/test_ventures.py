"""Firms that have no name but somebody's."""

from __future__ import annotations

import pytest

from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("title", "firm"),
    [
        ("Ben Okoro is joining Ada Quill's startup", "Ada Quill's startup"),
        ("Ada Quill's new robotics venture hires Corvid co-founder from Osprey Freight", "Ada Quill's new robotics venture"),
        ("Corvid hires former head of Ada Quill’s energy advisory council", "Ada Quill’s energy advisory council"),
        ("Ben Okoro joins Ada Quill's new company", "Ada Quill's new company"),
    ],
)
def test_what_somebody_founded_is_a_firm_and_its_founder_takes_no_part(title: str, firm: str) -> None:
    found = seen(title)
    assert firm in [one.text for one in found.orgs]
    assert "Ada Quill" not in [one.text for one in found.people]


@pytest.mark.parametrize(
    "title",
    [
        "Ada Quill's startup, Northlight Labs, loses two co-founders",
        "Ada Quill's startup Northlight hires Ben Okoro",
        "Ben Okoro joins Ada Quill's company",  # which has a name, told elsewhere
        "Osprey's startup fund names Ben Okoro chief",
    ],
)
def test_a_firm_with_a_name_goes_by_it(title: str) -> None:
    assert not [one.text for one in seen(title).orgs if "startup" in one.text or "company" in one.text]


def test_whose_head_it_is_owns_the_post() -> None:
    found = seen("Ada Quill's startup’s chief Ben Okoro resigns")
    [firm] = found.orgs
    assert (firm.text, firm.best.chunk.owns) == ("Ada Quill's startup", True)
