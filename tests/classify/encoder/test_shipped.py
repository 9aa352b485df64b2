"""The encoder that is shipped, in the whole classifier: what it adds, where it is asked, and that it always says the same."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify import load_classifier
from monitor.classify.buildouts.infrastructure import weights
from monitor.classify.encoder import mixing
from monitor.classify.encoder import network as encoder
from monitor.classify.encoder.encoded import Encoded
from monitor.classify.encoder.use import CARD, FILE, lacks
from monitor.classify.weights.decision import ENCODER
from monitor.classify.words.document import read
from monitor.interfaces import Classifier
from monitor.model import FeedId, Label, Story, StoryId, Verdict

pytestmark = pytest.mark.skipif(bool(lacks()), reason=lacks())
AT = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier(encoder="on")


def story(title: str, summary: str = "") -> Story:
    return Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT)


def said(classifier: Classifier, title: str, summary: str = "") -> Verdict:
    return classifier.classify(story(title, summary))


def test_the_card_says_how_it_was_made_and_how_both_labels_are_heard() -> None:
    card = encoder.card()
    assert set(card.joints) == set(Label) and card.base.startswith("sentence-transformers/all-MiniLM-L6-v2")
    for lines in card.joints.values():
        assert 0 < lines.asked_from <= lines.low <= lines.threshold <= lines.high and lines.asked_to < 1
        assert lines.own > 0 and lines.linear > 0
    assert FILE.stat().st_size < 27_000_000 and CARD.is_file()


def test_the_version_of_the_classifier_names_it(classifier: Classifier) -> None:
    assert encoder.card().version in classifier.version
    assert "encoder" not in load_classifier().version


def test_what_both_are_sure_of_stays_and_a_look_at_the_whole_is_told(classifier: Classifier) -> None:
    title = "Group of Osprey AI leaders who planned its data centers heads to Corvid Systems"
    alone, both = said(load_classifier(), title), said(classifier, title)
    assert alone.scores != both.scores
    told = [name for d in both.decisions for name, _ in d.weights]
    assert ENCODER in told and ENCODER not in [name for d in alone.decisions for name, _ in d.weights]


def test_a_story_of_neither_kind_never_reaches_it(classifier: Classifier, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(encoder.Encoder, "states", never)
    assert not said(classifier, "Local team wins the cup after a long night of rain").matches
    assert not said(classifier, "Best cloud storage deals this week", "Save on servers, chips and gas grills.").matches


@pytest.mark.parametrize("again", ["{}", "{}.", "{} - Corvid Newsroom"])
def test_a_summary_that_says_the_headline_once_more_is_none(classifier: Classifier, again: str) -> None:
    title = "Corvid names Mara Lindqvist general manager of Nordics and opens Oslo office"
    alone = replace(story(title), outlet="Corvid Newsroom")
    told = [classifier.classify(one) for one in (alone, replace(alone, summary=again.format(title)))]
    assert told[0].scores == told[1].scores
    matches = [verdict.match(Label.EXECUTIVE_MOVE) for verdict in told]
    assert matches[0] is not None and matches[1] is not None and matches[0].moves == matches[1].moves


def test_who_moves_from_where_to_where_is_told_by_both(classifier: Classifier) -> None:
    match = said(
        classifier,
        "Corvid Systems hires Mara Lindqvist, a Northlight AI veteran, to run its compute group",
        "Lindqvist, who led data center planning at Northlight AI, joins Corvid Systems as vice president of compute next month.",
    ).match(Label.EXECUTIVE_MOVE)
    assert match is not None
    move = match.moves[0]
    assert (move.person, move.from_org, move.to_org, move.action) == ("Mara Lindqvist", "Northlight AI", "Corvid Systems", "hire")
    assert all(span.text for span in match.evidence)


def test_the_action_of_a_buildout_is_told_by_both(classifier: Classifier) -> None:
    told = story("Corvid Systems signs 15-year deal for 400 megawatts of wind power for its Iowa data centers")
    logs = Encoded(read(told)).deeds()
    assert set(logs) == {action.value for action in weights().actions} and sum(map(math.exp, logs.values())) == pytest.approx(1)
    assert max(logs, key=logs.__getitem__) == "power_deal"
    match = classifier.classify(told).match(Label.INFRASTRUCTURE)
    assert match is not None and match.buildout is not None and match.buildout.action == "power_deal"


LOGS = st.lists(st.floats(-12, 0), min_size=2, max_size=13)


@given(LOGS, st.data())
def test_an_action_that_both_think_likeliest_is_told(sums: list[float], data: st.DataObject) -> None:
    logs = data.draw(st.lists(st.floats(-12, 0), min_size=len(sums), max_size=len(sums)))
    first = data.draw(st.integers(0, len(sums) - 1))
    sums[first], logs[first] = max(sums) + 1, max(logs) + 1
    told = mixing.deeds(sums, logs)
    assert told.index(max(told)) == first


_ASK = """
from datetime import UTC, datetime
from monitor.classify import load_classifier
from monitor.model import FeedId, Story, StoryId
told = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title="Osprey AI loses its compute chief to Corvid Systems",
             summary="Bo Tarrow led the $3 billion campus in Ohio.", first_seen=datetime(2026, 5, 4, tzinfo=UTC))
found = load_classifier(encoder="on").classify(told)
print(sorted((label.value, score) for label, score in found.scores.items()), found.matches)
"""


@pytest.mark.slow
def test_every_process_says_the_same() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _ASK], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1 and "Tarrow" in next(iter(told))
