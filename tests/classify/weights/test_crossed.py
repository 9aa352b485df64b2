"""Features by head and tail: told as their whole names would be, and the names of a story's are no two the same."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.buildouts.infrastructure import facts_of
from monitor.classify.buildouts.org_features import features_of
from monitor.classify.weights.crossed import Crossed, Rows
from tests.classify.buildouts.test_infrastructure import known, read, reading, rows, story

_HEADS, _TAILS = st.sampled_from(["", "core t", "core", "t=a &", "tt"]), st.sets(st.sampled_from(["b", "amount", "x y", "="]))
_TITLE = "Acme and Meta's Oslo-based unit sign $10 billion deal for 1 GW data center in Ohio, residents say"
_SUMMARY = "The data centers will need chips for data centers, Acme said. Meta and Nvidia will pay, as Ohio's governor said."


@given(st.dictionaries(_HEADS, _TAILS), st.dictionaries(st.sampled_from(["b", "core t b", "core x y", "t=a & ="]), st.integers()))
def test_the_sum_is_that_of_the_names(tails: dict[str, set[str]], weights: dict[str, int]) -> None:
    found = Crossed("", tails)
    assert set(found) == {f"{head} {tail}".lstrip() for head, told in tails.items() for tail in told}
    assert found.total(Rows(weights), 0) == sum(weights.get(name, 0) for name in found)


def test_a_prefix_stands_before_every_name() -> None:
    found = Crossed("i:", {"": {"site"}, "core t": {"amount"}})
    assert set(found) == {"i:site", "i:core t amount"} and "i:site" in found and "site" not in found
    table = found.table(["i:site", "i:core t amount"], {"i:site": 0.5, "i:core t amount": 0.25})
    assert found.told(table) == (2, 0.75)


@pytest.mark.parametrize("summary", ["", _SUMMARY])
def test_no_name_of_a_story_stands_under_two_heads(summary: str) -> None:
    document = read(story(_TITLE, summary))
    facts = facts_of(document, rows(document, known()))
    for found in (*map(features_of, facts.candidates), reading(_TITLE, summary).features):
        assert found and len(list(found)) == len(set(found))


@pytest.mark.parametrize("heads", list(permutations("abc")))
def test_a_total_is_the_same_in_whichever_order_its_features_come(heads: tuple[str, ...]) -> None:
    # A set has another order in each process, and 0.1 + 0.2 - 0.3 is above 0 in one order, and 0 in another.
    found = Crossed("", {head: {"x"} for head in heads})
    assert found.total(Rows({"a x": 0.1, "b x": 0.2, "c x": -0.3}), 0.0) == 0.0
