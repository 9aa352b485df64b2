"""Headlines that tell in a participle what was done to somebody, or that somebody gets a job: it is a person who moves."""

from __future__ import annotations

import pytest

from tests.classify.moves.cast.test_bystanders import moves
from tests.classify.test_names import orgs, people


@pytest.mark.parametrize(
    ("title", "action"),
    [
        ("Maria Tolland removed as Corvid CEO", "dismiss"),
        ("Maria Tolland removed as CEO of Corvid", "dismiss"),
        ("Maria Tolland unveiled as Corvid CEO", "appoint"),
        ("Maria Tolland introduced as Corvid CEO", "appoint"),
        ("Maria Tolland lands Corvid CEO job", "appoint"),
    ],
)
def test_who_is_removed_or_unveiled_is_somebody(title: str, action: str) -> None:
    (move,) = moves(title)
    firm = move.from_org if action in ("dismiss", "depart") else move.to_org
    assert (move.person, firm, move.action) == ("Maria Tolland", "Corvid", action)


def test_who_lands_a_job_takes_nobody() -> None:
    assert people("Maria Tolland lands CEO role at Corvid after leaving Osprey") == ["Maria Tolland"]
    assert people("Maria Tolland gets finance chief job at Corvid") == ["Maria Tolland"]


def test_a_firm_that_lands_somebody_or_unveils_him_is_none() -> None:
    assert people("Corvid lands Osprey CEO Maria Tolland") == ["Maria Tolland"]
    assert people("Corvid unveils Maria Tolland as CEO") == ["Maria Tolland"]
    assert "Corvid" in orgs("Corvid lands Osprey CEO Maria Tolland")


def test_who_is_replaced_as_chief_is_somebody() -> None:
    (move,) = moves("Maria Tolland replaced as Corvid CEO")
    assert (move.person, move.from_org, move.from_role) == ("Maria Tolland", "Corvid", "CEO")


@pytest.mark.parametrize(
    "title",
    [
        "Corvid ousts CEO Ada Quill, names Bo Tarrow interim chief",
        "Corvid fires CEO Ada Quill, appoints Bo Tarrow",
        "Corvid loses CEO Ada Quill, promotes Bo Tarrow",
    ],
)
def test_whom_a_firm_ousts_before_it_names_another_names_nobody(title: str) -> None:
    assert people(title) == ["Ada Quill", "Bo Tarrow"]


def test_who_names_another_himself_does_not_move() -> None:
    assert people("CEO Ada Quill names Bo Tarrow finance chief") == ["Bo Tarrow"]


@pytest.mark.parametrize(
    "title", ["Corvid lures Ada Quill from Osprey to run AI", "Corvid hires Ada Quill from Osprey to lead sales"]
)
def test_from_whom_somebody_is_lured_is_a_firm(title: str) -> None:
    assert (people(title), orgs(title)) == (["Ada Quill"], ["Corvid", "Osprey"])


def test_a_post_for_a_while_keeps_its_word_before_the_firm() -> None:
    (move,) = moves("Ada Quill named interim Corvid CEO")
    assert (move.to_org, move.to_role) == ("Corvid", "interim Corvid CEO")


@pytest.mark.parametrize(
    ("title", "left", "got"),
    [
        ("Ada Quill joins a16z as general partner", "", "a16z"),
        ("Ada Quill, general partner at a16z, joins Corvid", "a16z", "Corvid"),
    ],
)
def test_a_firm_of_small_letters_and_a_figure_is_one(title: str, left: str, got: str) -> None:
    (move,) = moves(title)
    assert (move.from_org, move.to_org) == (left, got)


def test_how_many_more_leave_is_no_part_of_their_post() -> None:
    (move,) = moves("Two more cofounders leave Corvid Systems for Osprey")
    assert (move.group, move.from_role) == ("Two more cofounders", "cofounders")
