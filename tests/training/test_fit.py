"""A model is fitted, calibrated, given its threshold and band, written, read back, and says what it was made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import monitor.classify.weights.linear as linear
from monitor.classify import load_classifier
from monitor.classify.cascade import Cascade
from monitor.classify.weights.linear import Model
from monitor.model import Feedback, FeedbackKind, Label, StoryId
from monitor.training import TrainingError, as_story, design, fit, from_feedback, judged, without, write
from monitor.training.data import PRESS, STORY, is_headline, is_written
from tests.training.rows import rows

MOVE = Label.EXECUTIVE_MOVE
DAY = date(2026, 5, 4)


def fitted(given: Sequence[dict[str, Any]]) -> Model:
    return fit(MOVE, judged(given, [MOVE])[MOVE], made=DAY)


@pytest.fixture(scope="module")
def model() -> Model:
    return fitted(rows())


def test_it_learns_what_it_was_shown_and_carries_over_to_other_names(model: Model) -> None:
    classifier = load_classifier(models={MOVE: model})
    unseen = rows(60, seed=8)
    right = sum(bool(classifier.classify(as_story(r)).match(MOVE)) == bool(r["labels"]) for r in unseen)
    assert right >= 54, right


def test_the_card_says_what_it_was_made_of(model: Model) -> None:
    card = model.card
    assert (card["made"], card["stories"], card["positive"], card["examples"]) == ("2026-05-04", 160, 80, 0)
    assert card["features"] == len(model.weights) and 0 <= float(str(card["brier"])) < 0.25
    assert model.version == f"2026-05-04.{str(card['data'])[:6]}"
    assert set(card["cross_validated"]) >= {"0.5", "threshold"}  # type: ignore[call-overload]


def test_the_same_data_give_the_same_model_and_other_labels_another_digest(model: Model) -> None:
    again = fitted(rows())
    assert again == model
    changed = rows()
    changed[0]["labels"] = []
    assert fitted(changed).card["data"] != model.card["data"]


def test_lines_rise_and_scores_are_probabilities(model: Model) -> None:
    assert 0 <= model.low <= model.threshold <= model.high <= 1
    assert model.score(()) < model.threshold
    assert all(0 <= model.score([name]) <= 1 for name in model.weights)


def test_what_is_written_is_read_back(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "m.json"
    write(model, path)
    assert linear.load(MOVE, path) == model
    assert [p.name for p in path.parent.iterdir()] == ["m.json"]


def test_written_headlines_teach_and_are_not_counted(model: Model) -> None:
    written = [{**r, "id": r["id"] + "x", "example": True} for r in rows(40, seed=9)]
    more = fitted([*rows(), *written])
    assert (more.card["stories"], more.card["examples"]) == (160, 40) and more.weights != model.weights


def test_a_story_written_whole_teaches_more_than_a_headline_and_is_not_counted_either() -> None:
    """Of a wording that the stories do not hold a whole story teaches enough, a headline among many does not; a little more
    teaches what was printed and looked for."""
    new = "Vesper treasurer {} bolts for Karst"
    names = ("Ada Quill", "Bruno Holt", "Cora Lind", "Dario Penn")

    def score(kind: str | bool) -> float:
        told = [
            {"id": f"w{n}", "title": new.format(x), "summary": "", "labels": [MOVE.value], "example": kind}
            for n, x in enumerate(names)
        ]
        model = fitted([*rows(), *told])
        assert (model.card["stories"], model.card["examples"]) == (160, 4)
        parse = Cascade(models={MOVE: model}, gate=False).parse(as_story({"id": "n", "title": new.format("Edda Moor")}))
        return model.score(parse.features[MOVE]) if parse is not None else 0.0

    assert score(PRESS) > score(STORY) > score(True)


def test_that_a_label_is_likelier_among_stories_that_were_looked_for_is_not_learned(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are moves alone here. Whatever a story says, all scores rise with them where nothing tells them from the others."""
    looked_for = [{**row, "id": f"p{row['id']}", "example": PRESS} for row in rows(200, seed=9) if row["labels"]]
    told_apart = fitted([*rows(), *looked_for]).bias
    monkeypatch.setattr(design, "LOOKED_FOR", 0.0)
    assert model.bias < told_apart < fitted([*rows(), *looked_for]).bias


def test_a_written_yes_is_read_without_the_gate_and_only_where_something_is_seen() -> None:
    blind = {"id": "b", "title": "Rain over the hills", "summary": "", "labels": [MOVE.value], "example": True}
    assert judged([blind], [MOVE])[MOVE] == []
    assert len(judged([{**blind, "labels": []}, {**blind, "example": False}], [MOVE])[MOVE]) == 2
    shut_out = {"title": "Best cloud storage deals this week", "summary": "Save on servers, chips and gas grills."}
    row = {"id": "s", **shut_out, "labels": [], "judged": [Label.INFRASTRUCTURE.value]}
    told, written = (judged([{**row, "example": e}], [Label.INFRASTRUCTURE])[Label.INFRASTRUCTURE][0] for e in (False, True))
    assert not told.features and written.features


def test_a_written_yes_that_names_no_site_teaches_less_than_one_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    infra = Label.INFRASTRUCTURE
    places = [first + last for first in ("Glen", "Mill", "Oak", "East", "North") for last in ("ham", "ford", "wick", "ton", "by")]
    told = [{"title": f"Acme plans data center in {place}", "summary": "", "labels": [infra.value]} for place in places]
    told += [{"title": f"Acme unveils data center GPU in {place}", "summary": "", "labels": []} for place in places]
    real = [{**row, "id": str(n)} for n, row in enumerate(told)]

    def learned(title: str, vague: float) -> object:
        monkeypatch.setattr(design, "VAGUE", vague)
        written = [{"id": f"w{n}", "title": title, "summary": "", "labels": [infra.value], "example": True} for n in range(9)]
        found = fit(infra, judged([*real, *written], [infra])[infra], made=DAY)
        return found.weights, found.bias

    no_site, site = "Sparrow rents GPU servers", "Sparrow rents data center"
    assert learned(no_site, 0.2) != learned(no_site, 1.0)
    assert learned(site, 0.2) == learned(site, 1.0)


def test_too_little_to_learn_from_is_said() -> None:
    with pytest.raises(TrainingError, match="20 stories with the label and 20 without"):
        fitted(rows(30))
    with pytest.raises(TrainingError, match="executive_move: 20"):
        fitted([{**r, "labels": []} for r in rows(60)])


# -- what people said


def said(story: str, kind: FeedbackKind, by: str = "ada", labels: tuple[Label, ...] = (MOVE,)) -> Feedback:
    return Feedback(
        target=story, target_kind="story", kind=kind, by=by, story_id=StoryId(story), title=f"{story} joins Acme", labels=labels,
        at=datetime(2026, 5, 4, tzinfo=UTC),
    )  # fmt: skip


def test_feedback_becomes_rows_by_majority() -> None:
    k = FeedbackKind
    found = from_feedback(
        [
            said("A", k.RELEVANT), said("A", k.NOT_RELEVANT, "bo"), said("A", k.WRONG_SLOT, "cy"),
            said("B", k.NOT_RELEVANT, labels=tuple(Label)),
            said("C", k.RELEVANT), said("C", k.NOT_RELEVANT, "bo"),  # even: nothing
            said("D", k.WRONG_EVENT),
            said("E", k.RELEVANT, labels=()),  # which label was missed is not said
        ]
    )  # fmt: skip
    assert [(r["id"], r["labels"], r["judged"]) for r in found] == [
        ("A", ["executive_move"], ["executive_move"]),
        ("B", [], ["executive_move", "infrastructure"]),
    ]


def test_what_is_judged_by_is_not_learned_from() -> None:
    given = rows(6)
    copy = {**given[2], "id": "copy", "title": given[2]["title"] + "!"}
    assert without([*given, copy], given[2:3]) == [*given[:2], *given[3:]]
    assert json.dumps(without(given, [])) == json.dumps(given)


@pytest.mark.parametrize(
    ("example", "headline", "written"),
    [(True, True, True), (STORY, False, True), (PRESS, False, False), (False, False, False), (None, False, False)],
)
def test_a_headline_is_written_and_no_whole_story(example: object, headline: bool, written: bool) -> None:
    row = {"id": "a", "example": example}
    assert (is_headline(row), is_written(row)) == (headline, written)
