"""Who gives up running a firm and stays in a lesser post leaves the one he had."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.steps_back import make_way, to_the_side
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.evidence.test_ties import seen

TIES = Ties(seen("Ada Quill of Harrow Mills"))
MILLS = {"from_org": "Harrow Mills", "to_org": "Harrow Mills"}


@pytest.mark.parametrize(
    ("action", "left", "got", "expected"),
    [
        ("other", "co-head of grain", "senior adviser", "depart"),
        ("other", "CEO", "special advisor", "depart"),
        ("other", "adviser", "senior adviser", "other"),
        ("other", "CEO", "executive chairman", "depart"),
        ("board", "CEO", "executive chairman of the board", "depart"),
        ("board", "CEO", "executive vice chair", "board"),
        ("board", "finance chief", "executive chairman and CEO", "board"),
        ("board", "director", "chairman", "board"),
        ("other", "head of grain", "head of oats", "other"),
    ],
)
def test_who_advises_from_now_on_or_only_chairs_departs(action: str, left: str, got: str, expected: str) -> None:
    assert to_the_side(found(TIES, action, **MILLS, from_role=left, to_role=got)).action == expected


def test_another_firms_adviser_does_not_step_back() -> None:
    one = found(TIES, "other", from_org="Osprey Freight", to_org="Harrow Mills", from_role="CEO", to_role="adviser")
    assert to_the_side(one).action == "other"


@pytest.mark.parametrize(
    ("left", "got", "next_post", "expected"),
    [
        ("president", "chairman", "president", "depart"),
        ("managing director", "non-executive director", "managing director", "board"),
        ("acting CEO", "chairman", "CEO", "board"),
        ("CEO", "chairman", "finance chief", "board"),
        ("CEO", "chairman and CEO", "president", "board"),
        ("director", "chairman", "CEO", "board"),
    ],
)
def test_who_chairs_a_firm_that_another_runs_from_now_on_departs(left: str, got: str, next_post: str, expected: str) -> None:
    one = found(TIES, "board", person="Ada Quill", **MILLS, from_role=left, to_role=got)
    other = found(TIES, "promote", person="Bo Tarrow", **MILLS, to_role=next_post)
    make_way([one, other])
    assert one.action == expected


def test_who_is_elected_to_the_chair_alone_keeps_running_the_firm() -> None:
    one = found(TIES, "board", person="Ada Quill", **MILLS, from_role="CEO", to_role="chairman")
    make_way([one])
    assert one.action == "board"
