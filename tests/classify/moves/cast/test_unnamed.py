"""Firms told by their kind alone, and firms whose name is words: who is left, and who is gone to."""

from __future__ import annotations

from functools import cache

import pytest

from monitor.classify import load_classifier
from monitor.interfaces import Classifier
from monitor.model import MoveAction
from tests.classify.moves.evidence.test_ties import seen
from tests.classify.test_moves import story


@cache
def classifier(encoder: str) -> Classifier:
    return load_classifier(encoder=encoder)


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("Fusion Startup Hires Osprey's Grid Chief", ["Osprey"]),
        ("Hedge Fund Hires Corvid Trading Chief as Partner", ["Corvid"]),
        ("Danish AI Firm Names Former Osprey Executive as COO", ["Osprey"]),
        ("Osprey Sales Chief Joins Rival Marrow as COO", ["Osprey", "Marrow"]),
        ("Osprey sales chief joins rival Marrow as COO", ["Osprey", "Marrow"]),
        ("Osprey Chief Joins Standing Stone as CFO", ["Osprey", "Standing Stone"]),
        ("Osprey Chief Joins Rival Standing Stone as CFO", ["Osprey", "Standing Stone"]),
        ("Osprey Chief Joins Executive Team as CFO", ["Osprey"]),
        ("Osprey Chief Joins Advisory Board as Chair", ["Osprey"]),
        ("Osprey Chief Joins Law Firm as Partner", ["Osprey"]),
    ],
)
def test_words_of_a_headline_name_a_firm_where_somebody_joins_it_and_a_kind_names_none(title: str, orgs: list[str]) -> None:
    found = seen(title)
    assert [one.text for one in found.orgs] == orgs
    assert "Marrow" not in [one.text for one in found.people]


@pytest.mark.parametrize(
    ("title", "here", "there"),
    [
        ("Nuclear startup hires Amazon's grid planning chief", "Amazon", ""),
        ("Hedge fund hires Goldman Sachs trading chief as partner", "Goldman Sachs", ""),
        ("Rival bank poaches HSBC's head of Nordic lending", "HSBC", ""),
        ("Saudi AI firm hires former Cisco executive as chief operating officer", "Cisco", ""),
        ("Intel's packaging head joins stealth startup", "Intel", ""),
        ("Palantir co-founder joins board of nuclear developer", "Palantir", ""),
        ("Cisco CFO joins from a startup", "", "Cisco"),
        ("Nestle India sales chief joins rival Britannia as COO", "Nestle", "Britannia"),
    ],
)
@pytest.mark.parametrize("encoder", ["off", "auto"])
def test_the_one_firm_with_a_name_is_left_and_not_gone_to(title: str, here: str, there: str, encoder: str) -> None:
    [match] = classifier(encoder).classify(story(title)).matches
    [move] = match.moves
    assert move.action is (MoveAction.BOARD if "board" in title else MoveAction.HIRE)
    assert (move.from_org.partition(" India")[0], move.to_org) == (here, there)


@pytest.mark.parametrize(
    ("title", "many"),
    [
        ("Ada Quill leaves Osprey for a rival bank", 1),
        ("Chip startup poaches Osprey's design chief", 1),
        ("Ada Quill leaves Osprey for rival Corvid", 0),  # the kind says what Corvid is
        ("Ada Quill joins Osprey's lab", 0),
        ("Ada Quill joins Osprey; the startup has raised $50 million", 0),  # told by its name
        ("Ada Quill joins Osprey to lead its startup fund of funds", 0),
    ],
)
def test_a_kind_is_a_firm_where_nothing_names_it(title: str, many: int) -> None:
    from monitor.classify.moves.evidence.ties import Ties

    assert sum(map(len, Ties(seen(title)).unnamed)) == many
