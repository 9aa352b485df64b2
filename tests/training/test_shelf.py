"""A user's own models: kept, promoted, gone back from; a damaged shelf says what is wrong and the way out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import monitor.classify.weights.linear as linear
from monitor.classify import classifier_for
from monitor.classify.shelf import history, models_in
from monitor.classify.words.lexicon import LexiconError
from monitor.evaluation import Gold
from monitor.model import Label
from monitor.settings.schema import Classify, Settings
from monitor.training import TrainingError, as_story
from monitor.training.promotion import Trial, trial
from monitor.training.shelf import Shelf
from tests.training.rows import rows

MOVE = Label.EXECUTIVE_MOVE


def model(data: str = "aaaaaa1", bias: float = -3.0) -> linear.Model:
    return replace(linear.blank(MOVE), bias=bias, card={"made": "2026-05-04", "data": data})


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "models")


def test_an_empty_shelf_uses_what_is_shipped(shelf: Shelf) -> None:
    assert models_in(shelf.folder) == {}
    assert [(v.label, v.name, v.in_use) for v in shelf.versions()] == [(label, "", True) for label in Label]
    assert not shelf.folder.exists()


def test_kept_promoted_and_gone_back_from(shelf: Shelf) -> None:
    first, second = shelf.keep(model()), shelf.keep(model("bbbbbb2"))
    assert models_in(shelf.folder) == {}  # kept is not in use
    for name in (first, second, second):
        shelf.promote(MOVE, name)
    assert models_in(shelf.folder) == {MOVE: model("bbbbbb2")}
    assert shelf.rollback(MOVE) == (second, first)
    assert models_in(shelf.folder) == {MOVE: model()}
    assert shelf.rollback(MOVE) == (first, "")
    assert models_in(shelf.folder) == {} and history(shelf.folder)[MOVE] == [""]
    with pytest.raises(TrainingError, match="none to go back to"):
        shelf.rollback(MOVE)
    assert {v.name for v in shelf.versions() if v.label is MOVE} == {"", first, second}


def test_each_model_has_a_name_of_its_own_and_the_same_one_keeps_it(shelf: Shelf) -> None:
    names = [shelf.keep(m) for m in (model(), model(bias=-2.0), model())]
    assert names == ["executive_move-2026-05-04.aaaaaa-1.json", "executive_move-2026-05-04.aaaaaa-2.json", names[0]]


def test_the_settings_classifier_uses_the_promoted_model(shelf: Shelf) -> None:
    settings = Settings(classify=Classify(model_dir=str(shelf.folder)))
    shipped = classifier_for(settings).version
    shelf.promote(MOVE, shelf.keep(model()))
    assert "executive_move:2026-05-04.aaaaaa" in classifier_for(settings).version != shipped


@pytest.mark.parametrize("damage", ["missing", "no model"])
def test_a_model_that_cannot_be_used_names_the_way_back(shelf: Shelf, damage: str) -> None:
    name = shelf.keep(model())
    shelf.promote(MOVE, name)
    (shelf.folder / name).unlink() if damage == "missing" else (shelf.folder / name).write_text("{}")
    with pytest.raises(LexiconError, match="movewire train --rollback"):
        models_in(shelf.folder)
    shelf.rollback(MOVE)
    assert models_in(shelf.folder) == {}


def test_a_damaged_list_is_named(shelf: Shelf) -> None:
    shelf.promote(MOVE, shelf.keep(model()))
    (shelf.folder / "current.json").write_text("[")
    with pytest.raises(LexiconError, match=r"current\.json: is no list of models"):
        models_in(shelf.folder)


def test_promotion_wants_precision_and_guards_recall() -> None:
    assert Trial(before=(0.9, 0.8), after=(0.9, 0.79)).refusal == ""
    assert "precision" in Trial(before=(0.9, 0.8), after=(0.89, 0.9)).refusal
    assert "recall" in Trial(before=(0.9, 0.8), after=(1.0, 0.5)).refusal


def test_a_trial_is_within_the_whole_classifier(tmp_path: Path) -> None:
    """A model that says yes to everything the prefilter lets through is right half of the time on these."""
    frozen = [Gold(story=as_story(r), labels=frozenset(map(Label, r["labels"]))) for r in rows(40)]
    judged = trial(model(bias=9.0), frozen, Settings(classify=Classify(model_dir=str(tmp_path))))
    assert judged.after[1] == 1.0 and 0.4 < judged.after[0] < 0.8 and judged.before[0] > judged.after[0]
    assert "precision" in judged.refusal
