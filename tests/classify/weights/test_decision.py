"""A score becomes a yes or a no: the threshold, the band around it, and what the grammar is certain of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monitor.classify.weights.linear as linear
from monitor.classify.weights.decision import CERTAIN, DOUBT, decide
from monitor.model import Label

MODEL = replace(linear.blank(Label.EXECUTIVE_MOVE), low=0.2, threshold=0.5, high=0.8)


@pytest.mark.parametrize(
    ("score", "certain", "yes", "by"),
    [
        (0.1, False, False, "model"),
        (0.2, False, False, "band"),
        (0.5, False, True, "band"),
        (0.8, False, True, "model"),
        (0.3, True, True, "rule"),
        (0.05, True, False, "model"),  # the model all but rules it out
        (0.75, True, True, "band"),  # the rule adds nothing
    ],
)
def test_who_decides(score: float, certain: bool, yes: bool, by: str) -> None:
    decision = decide(MODEL, score, certain=certain)
    assert (decision.yes, decision.by) == (yes, by)
    assert decision.score == (CERTAIN if by == "rule" else score)


def test_a_user_s_threshold_widens_the_band_where_it_must() -> None:
    strict = decide(MODEL, 0.85, threshold=0.9)
    assert (strict.yes, strict.low, strict.threshold, strict.high, strict.by) == (False, 0.2, 0.9, 0.9, "band")
    loose = decide(MODEL, 0.15, threshold=0.1)
    assert (loose.yes, loose.low, loose.by) == (True, 0.1, "band")


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_higher_score_is_never_less_of_a_yes(a: float, b: float, certain: bool) -> None:
    low, high = (decide(MODEL, s, certain=certain) for s in sorted((a, b)))
    assert low.yes <= high.yes and low.score <= high.score


@given(st.floats(0, 1))
def test_the_rule_only_ever_lifts(score: float) -> None:
    plain, ruled = decide(MODEL, score), decide(MODEL, score, certain=True)
    assert ruled.score >= plain.score and (ruled.score == plain.score or score >= DOUBT - 1e-4)
