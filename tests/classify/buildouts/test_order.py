"""Sentences of the infrastructure half as symbols: names, sums and sites by their kind, words by their stem."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.classify.buildouts.facts import Facts
from monitor.classify.buildouts.infrastructure import facts_of
from monitor.classify.buildouts.order import pairs, symbols
from monitor.classify.parsing.row import rows
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import known
from monitor.model import FeedId, Story, StoryId

GAZETTEER = known()


def facts(title: str, summary: str = "") -> Facts:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    document = read(Story(id=StoryId("s"), feed_id=FeedId("f"), url="", title=title, summary=summary, first_seen=now))
    return facts_of(document, rows(document, GAZETTEER))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Meta buys 2 GW of nuclear power in Ohio", "^ _org buys _size of _nuclear in _place $"),
        ("Oracle spends $10 billion on data centers", "^ _org spend _sum on _data_center $"),
        ("Google's 14 halls", "^ _org 0 hall $"),
    ],
)
def test_names_sums_and_sites_stand_for_their_kind(title: str, told: str) -> None:
    found = facts(title)
    assert " ".join(symbols(found, found.document.sentences[0])) == told


def test_the_same_is_said_of_other_names_sums_and_places() -> None:
    one, other = (
        facts("Meta to lease data center in Ohio for $2 billion"),
        facts("Oracle to lease data centre in Norway for €9bn"),
    )
    assert set(pairs(one)) == set(pairs(other))


def test_of_the_summary_the_first_sentence_is_read() -> None:
    found = set(pairs(facts("Meta plans data center", "It will open in May. Neighbors object to it.")))
    assert "ss:will open" in found and not any("object" in pair for pair in found)
