"""Words weighed by their parts: unseen words by what they share with seen ones, titles above summaries, order without effect."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.weights.linear import Model
from monitor.classify.weights.parts import Parts, parts_of, shares_of_parts, words_of
from monitor.classify.weights.runs import Features, Runs
from monitor.model import Label

WEIGHTS = {"datac*": (2.0, -1.0), "*ter": (0.5, 0.25), "outage": (-3.0, 1.0)}
WORDS = st.lists(st.text("abcdeot", min_size=1, max_size=9), max_size=12)


def test_a_word_never_seen_is_told_by_its_beginning_and_its_end() -> None:
    parts = Parts(WEIGHTS, width=2)
    assert parts.of_word("datacampus") == (2.0, -1.0)
    assert parts.of_word("datacenter") == (2.5, -0.75)
    assert parts.of_word("zebra") == (0.0, 0.0)


def test_a_word_of_the_title_counts_more_and_a_long_text_does_not_outshout_a_short_one() -> None:
    parts = Parts(WEIGHTS, width=2)
    title, summary = parts.sums(["t:outage"])[0], parts.sums(["s:outage"])[0]
    assert title == pytest.approx(-3.0 * math.sqrt(1.5)) and title < summary == -3.0
    assert parts.sums(["t:outage", *(f"s:z{n}" for n in range(100))])[0] > title / 5


def all_words(title: str, summary: str) -> Features:
    return Features((), *words_of(title, summary))


def test_no_words_no_sum() -> None:
    assert Parts(WEIGHTS, width=2).sums(["i:core t", "no summary"]) == [0.0, 0.0]


def test_words_are_taken_once_a_field_in_lower_case() -> None:
    assert all_words("A $2bn Site, a SITE", "A site") == {"t:a", "t:$2bn", "t:site", "s:a", "s:site"}
    assert parts_of("abc") == ["abc"] and parts_of("sited") == ["sited", "sit*", "site*", "*ted"]


@given(WORDS, WORDS)
def test_what_training_sees_is_what_is_applied(title: list[str], summary: list[str]) -> None:
    features = all_words(" ".join(title), " ".join(summary))
    weights = {part: (0.37 * n - 2,) for n, part in enumerate(sorted(shares_of_parts(features)))}
    told = sum(share * weights[part][0] for part, share in shares_of_parts(features).items())
    parts = Parts(weights)
    assert parts.sums(features)[0] == pytest.approx(told, abs=1e-9)
    assert sum(weight for _, weight in parts.told(features)) == pytest.approx(told, abs=1e-9)


def test_of_runs_of_words_single_ones_have_parts() -> None:
    """The move label has the title's runs and the whole text's: a word of the title counts in both."""
    parts = Parts(WEIGHTS, width=2)
    features = Features((), Runs("t:", 3, (["the", "outage"],)), Runs("b:", 2, (["the", "outage", "today"],)))
    assert parts.sums(features) == pytest.approx(parts.sums(set(features)))
    assert parts.sums(features)[0] == pytest.approx(-3.0 * 2.5 / math.sqrt(2 * 1.5 + 3 * 1.0))
    assert shares_of_parts(features)["outage"] == pytest.approx(2.5 / math.sqrt(6.0))


def test_parts_stand_beside_blocks() -> None:
    blocks = Model(label=Label.EXECUTIVE_MOVE, weights={"t:outage": 0.5}, bias=0.0, card={}, blocks=True)
    both = Model(
        label=Label.EXECUTIVE_MOVE, weights={"t:outage": 0.5}, bias=3.0, card={}, blocks=True, parts=Parts({"outage": (-3.0,)})
    )
    features = Features((), Runs("t:", 3, (["outage"],)))
    assert blocks.score(features) == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert both.strongest(features) == [("t:outage", pytest.approx(0.5 - 3.0 * math.sqrt(1.5)))], "a word is named once"
    assert both.score(features) == pytest.approx(1 / (1 + math.exp(-(0.5 + 3.0 - 3.0 * math.sqrt(1.5)))))


def test_a_model_adds_its_words_to_its_features_and_names_the_loudest() -> None:
    parts = Parts({"outage": (-2.0,)})
    model = Model(label=Label.INFRASTRUCTURE, weights={"i:core t": 1.0}, bias=2 * math.sqrt(1.5) - 1.0, card={}, parts=parts)
    assert model.score(["i:core t", "t:outage"]) == pytest.approx(0.5)
    assert model.strongest(["i:core t", "t:outage", "t:the"])[0][0] == "t:outage"
