"""``evaluate``: figures, mistakes and ablation on a terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.classify.encoder.use import lacks
from tests.cli.conftest import Run
from tests.stories import GOLD_HIRE

ROWS = [
    {
        "id": "right",
        "title": "Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive",
        "labels": ["executive_move"],
        "moves": [GOLD_HIRE],
    },
    {"id": "missed", "title": "Ten quiet keyboards, tried", "labels": ["infrastructure"], "infra": {"orgs": ["Globex"]}},
    {"id": "quiet", "title": "Nothing to see in the garden", "labels": []},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


def test_figures_with_intervals(run: Run, gold: Path) -> None:
    shown = run("evaluate", gold, "--rounds", 20)
    assert shown.code == 0, shown.err
    assert "3 stories, cascade" in shown.out and "executive_move (1 in gold)" in shown.out
    assert "person         p 1.000 [1.000–1.000]" in shown.out
    told = json.loads(run("evaluate", gold, "--format", "json", "--rounds", 0).out)
    assert told["figures"]["executive_move"]["sample"] == {"p": 1.0, "r": 1.0, "f1": 1.0} and told["intervals"] == {}
    assert told["figures"]["infrastructure"]["sample"]["r"] == 0.0


def test_of_a_label_with_none_in_gold_no_figure_is_told(run: Run, gold: Path) -> None:
    gold.write_text(json.dumps(ROWS[0]) + "\n")
    for more in (("--rounds", 20), ("--rounds", 0, "--ablation")):
        shown = run("evaluate", gold, *more).out
        assert "1 story, cascade" in shown
        assert "infrastructure (0 in gold)\n  sample         p –   r –   f1 –\n" in shown
    assert "infrastructure p/r –\n" in shown


def test_mistakes_by_kind_with_their_trace(run: Run, gold: Path) -> None:
    shown = run("evaluate", gold, "--rounds", 0, "--errors").out
    assert "1  false no infrastructure" in shown and "Ten quiet keyboards" in shown and "score 0.00" in shown
    told = json.loads(run("evaluate", gold, "--rounds", 0, "--errors", 3, "--kind", "false yes", "--format", "json").out)
    assert told["mistakes"] == {} and told["examples"] == []


def test_each_half_alone(run: Run, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOVEWIRE__CLASSIFY__ENCODER", "off")
    told = json.loads(run("evaluate", gold, "--rounds", 0, "--ablation", "--format", "json").out)
    assert set(told["ablation"]) == {"rules only", "model only", "both"}
    assert "model only" in run("evaluate", gold, "--rounds", 0, "--ablation").out


@pytest.mark.skipif(bool(lacks()), reason=lacks())
def test_what_the_encoder_adds_is_told_where_it_is_used(run: Run, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOVEWIRE__CLASSIFY__ENCODER", "on")
    told = json.loads(run("evaluate", gold, "--rounds", 0, "--ablation", "--format", "json").out)
    assert set(told["ablation"]) == {"rules only", "model only", "without encoder", "both"} and "encoder:" in told["classifier"]


def test_what_backtest_printed_is_judged(run: Run, gold: Path, tmp_path: Path) -> None:
    pred = tmp_path / "pred.ndjson"
    pred.write_text(run("backtest", gold, "--format", "ndjson").out)
    ours, theirs = (json.loads(run("evaluate", gold, "--format", "json", *more).out) for more in ((), ("--pred", pred)))
    assert ours["figures"] == theirs["figures"] and theirs["classifier"] == str(pred)
    assert run("evaluate", gold, "--pred", pred, "--ablation").code == 2


def test_a_file_that_is_no_gold_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a"}\n')
    ended = run("evaluate", tmp_path / "bad.jsonl")
    assert ended.code == 1 and "bad.jsonl:1: title: found nothing; expected a str" in ended.err
    assert run("evaluate", tmp_path / "none.jsonl").code == 2
