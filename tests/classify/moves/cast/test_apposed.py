"""Firms told of only to say which other one is meant."""

from __future__ import annotations

import pytest

from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("Osprey boss Ben Okoro quits to join Gucci owner Kering", ["Osprey", "Kering"]),
        ("Harrow Mills' rival Osprey names Ada Quill chief executive", ["Osprey"]),
        ("Ada Quill leaves Corvid for Harrow Mills parent company Osprey Foods", ["Corvid", "Osprey Foods"]),
    ],
)
def test_the_firm_behind_is_meant(title: str, orgs: list[str]) -> None:
    assert [one.text for one in seen(title).orgs] == orgs


def test_an_owner_who_is_somebody_has_the_firm_beside_him() -> None:
    found = seen("Twitter owner Elon Musk names Ada Quill chief executive")
    assert "Twitter" in [one.text for one in found.orgs]
