"""Who comes gets the post that the one who goes leaves, where a story names it once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.cast.view import Place
from monitor.classify.moves.choice.succession import succeed
from monitor.classify.parsing.chunks import Chunk
from tests.classify.moves.cast.test_bystanders import moves
from tests.classify.moves.choice.test_told_apart import told

SLOTS = ("from_org", "from_role", "to_org", "to_role")


def record(action: str, *values: str) -> Found:
    """``values`` in the order of ``SLOTS``, "" where one is not told."""
    slots = {}
    for slot, text in zip(SLOTS, values, strict=True):
        if text:
            slots[slot] = (Place(0, 0, Chunk("role", 0, 0, 0, len(text), text, text.lower())), text)
    return Found(None, action, slots)


@pytest.mark.parametrize(
    ("goes", "comes", "left", "got"),
    [
        (("depart", "Corvid", "CEO", "", ""), ("appoint", "", "", "Corvid", ""), "CEO", "CEO"),
        (("retire", "Corvid", "", "", ""), ("hire", "Osprey", "CFO", "Corvid Ltd", "president"), "president", "president"),
        (
            ("depart", "Corvid", "CEO", "Corvid", "executive chair"),
            ("promote", "Corvid", "COO", "Corvid", "executive chair"),
            "CEO",
            "CEO",
        ),
        (("depart", "Corvid", "CEO", "", ""), ("hire", "Corvid", "CFO", "Osprey", ""), "CEO", ""),
        (("depart", "Corvid", "CEO", "", ""), ("appoint", "", "", "Corvid", "chief scientist"), "CEO", "chief scientist"),
    ],
)
def test_a_post_told_once_is_left_by_one_and_taken_by_the_other(
    goes: tuple[str, ...], comes: tuple[str, ...], left: str, got: str
) -> None:
    for order in (1, -1):
        found = [record(*goes), record(*comes)][::order]
        succeed(found)
        one, other = found[::order]
        assert (one.get("from_role"), other.get("to_role")) == (left, got)


def test_where_two_go_nobody_knows_whose_post_it_is() -> None:
    found = [record("depart", "Corvid", post, "", "") for post in ("CEO", "CFO")] + [record("appoint", "", "", "Corvid", "")]
    succeed(found)
    assert found[2].get("to_role") == ""


ACTIONS = st.sampled_from(["appoint", "hire", "promote", "board", "depart", "retire", "dismiss", "found", "other"])
WORDS = st.sampled_from(["", "Corvid", "Osprey"]), st.sampled_from(["", "CEO", "chair", "CFO"])
RECORDS = st.lists(st.tuples(ACTIONS, WORDS[0], WORDS[1], WORDS[0], WORDS[1]), max_size=5)


@given(RECORDS)
def test_done_twice_it_changes_nothing_more(told: list[tuple[str, ...]]) -> None:
    """No post is taken away, and what was filled once stays."""
    found = [record(*one) for one in told]
    succeed(found)
    once = [{slot: one.get(slot) for slot in SLOTS} for one in found]
    assert all(
        one[slot] or not value
        for one, (_, *values) in zip(once, told, strict=True)
        for slot, value in zip(SLOTS, values, strict=True)
    )
    succeed(found)
    assert [{slot: one.get(slot) for slot in SLOTS} for one in found] == once


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        (
            "Harrow Mills reshuffles",
            "Finance chief Ludovic Tessier swaps roles with strategy head Amara Nwosu; R&D boss Bo Birk departs.",
        ),
        ("Harrow Mills finance chief Ludovic Tessier trades places with strategy head Amara Nwosu", ""),
    ],
)
def test_who_swap_posts_get_each_the_others(title: str, summary: str) -> None:
    crossed = {person: (action, left.lower(), gets.lower()) for person, action, _, left, _, gets in told(title, summary)}
    assert crossed["Ludovic Tessier"] == ("other", "finance chief", "strategy head")
    assert crossed["Amara Nwosu"] == ("other", "strategy head", "finance chief")


def test_who_shared_a_post_and_has_it_alone_is_promoted() -> None:
    found = told("Harrow Mills co-CEO Ben Okoro is leaving; Ada Quill becomes sole CEO")
    assert found[1] == ("Ada Quill", "promote", "Harrow Mills", "co-CEO", "Harrow Mills", "sole CEO")


def test_who_fills_in_for_one_on_leave_gets_that_ones_post() -> None:
    summary = "Ben Okoro is on administrative leave, the company said. Deputy Rosa Trevino is covering his duties."
    assert told("Harrow Mills finance chief on leave amid probe", summary) == [
        ("Ben Okoro", "other", "Harrow Mills", "finance chief", "", ""),
        ("Rosa Trevino", "appoint", "Harrow Mills", "Deputy", "Harrow Mills", "finance chief"),
    ]


@pytest.mark.parametrize("title", ["Quillon CEO Peter Vane gives way to Okoro", "Quillon CEO Peter Vane to make way for Okoro"])
def test_for_whom_somebody_makes_way_comes(title: str) -> None:
    assert told(title)[1] == ("Okoro", "appoint", "", "", "Quillon", "CEO")


def test_one_architect_told_twice_without_a_name_is_one() -> None:
    found = moves("Apple Loses a Chip Architect to Meta Again", "A second chip architect moves over to Meta.")
    assert [(move.from_org, move.to_org) for move in found] == [("Apple", "Meta")]
