"""The models as files: one a label, checked when they are read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import monitor.classify.weights.linear as linear
from monitor.classify.weights.parts import Parts
from monitor.classify.weights.runs import Features, Runs
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label
from monitor.training import TrainingError, stories


@pytest.mark.parametrize("label", list(Label))
def test_each_label_has_its_model_with_a_card(label: Label) -> None:
    model = linear.shipped(label)
    assert model.card["stories"] and model.card["data"]
    assert model.score(()) < 0.1  # nothing said: no


def test_a_score_is_the_logistic_of_the_sum() -> None:
    model = linear.Model(label=Label.INFRASTRUCTURE, weights={"a": 2.0, "b": -1.0}, bias=-1.0, card={})
    assert model.score(["a", "b", "unknown"]) == pytest.approx(0.5)
    assert model.strongest(["a", "b", "unknown"]) == [("a", 2.0), ("b", -1.0)]
    assert linear.Model(label=Label.INFRASTRUCTURE, weights={}, bias=-5000.0, card={}).score(()) == 0.0


def test_words_that_speak_loudly_enough_against_a_label_end_the_matter() -> None:
    weights = {"t:goal": -3.0, "t:chief": 2.0, "gp:named": 9.0}
    parts = Parts({"goal": (-0.5,), "chief": (0.25,)})
    model = linear.Model(label=Label.EXECUTIVE_MOVE, weights=weights, bias=0.0, card={}, blocks=True, parts=parts, floor=-2.0)
    sport, post = Runs("t:", 1, (["goal"],)), Runs("t:", 1, (["chief"],))
    assert model.hopeless(Features((), sport)) and not model.hopeless(Features((), post))
    assert not replace(model, floor=linear.NEVER).hopeless(Features((), sport))
    for words in (sport, post, sport):
        model.hopeless(Features((), words))
        whole = Features({"gp:named"}, words)
        assert model.score(whole) == pytest.approx(replace(model).score(set(whole))), "what was asked before changes nothing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no model"),
        ('{"label": "infrastructure", "bias": 0}', "is no model"),
        ('{"label": "infrastructure", "bias": 0, "weights": {"a": "much"}}', "is no model"),
        ('{"label": "executive_move", "bias": 0, "weights": {}}', "expected 'infrastructure'"),
    ],
)
def test_a_file_that_is_no_model_of_the_label_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text)
    with pytest.raises(LexiconError, match=said):
        linear.load(Label.INFRASTRUCTURE, path)


def test_labels_without_text_are_joined_by_id_and_the_first_file_wins(tmp_path: Path) -> None:
    gold, more, texts = tmp_path / "gold.jsonl", tmp_path / "more.jsonl", tmp_path / "texts.jsonl"
    gold.write_text(json.dumps({"id": "a", "title": "Acme opens", "labels": ["infrastructure"]}) + "\n")
    more.write_text('{"id": "a", "labels": []}\n{"id": "b", "labels": [], "judged": ["infrastructure"]}\n')
    texts.write_text('{"id": "b", "title": "Acme closes", "summary": "", "labels": ["executive_move"]}\n')
    first, second = stories([gold, more], [texts])
    assert (first["title"], first["labels"]) == ("Acme opens", ["infrastructure"])
    assert (second["title"], second["labels"]) == ("Acme closes", [])
    with pytest.raises(TrainingError, match="--stories"):
        stories([more])


def test_a_line_that_is_no_story_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "labels": []}\n{"id":\n')
    with pytest.raises(TrainingError, match=r"bad\.jsonl:2"):
        stories([bad])
