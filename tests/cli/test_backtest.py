"""Commands that read stories without storing any: backtests, explanations, summaries of lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.surfaces.cli import cli
from tests.cli.conftest import Run

STORIES = [
    {
        "id": "s2",
        "title": "Corvid Systems hires Mara Lindqvist as chief executive",
        "published": "2025-03-02T08:00:00Z",
        "source": "A",
    },
    {"id": "s1", "title": "Ten quiet keyboards, tried for a month", "published": "2025-03-01T08:00:00Z", "source": "B"},
]


@pytest.mark.parametrize("packed", [False, True])
def test_a_backtest_prints_an_object_a_story_in_time_order(packed: bool, run: Run, tmp_path: Path) -> None:
    text = "".join(json.dumps(s) + "\n" for s in STORIES).encode()
    path = tmp_path / ("s.jsonl.gz" if packed else "s.jsonl")
    path.write_bytes(gzip.compress(text) if packed else text)
    ended = run("backtest", path, "--format", "ndjson")
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [r["id"] for r in rows] == ["s1", "s2"]
    assert rows[1]["labels"] == ["executive_move"] and rows[1]["alerted"] and rows[1]["evidence"]
    assert "2 stories" in ended.err and "1 flagged" in ended.err


def test_a_backtest_reads_standard_input_and_counts_what_it_does_not_show(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run("backtest", "-", "--limit", "1", stdin="".join(json.dumps(s) + "\n" for s in STORIES).encode())
    assert ended.code == 0 and len(ended.out.splitlines()) == 1 and "2 stories" in ended.err
    assert not list(tmp_path.iterdir())


def test_a_backtest_of_what_is_no_story_says_the_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.jsonl").write_text('{"id": "a", "title": "x"}\n{nonsense\n')
    ended = run("backtest", tmp_path / "s.jsonl")
    assert ended.code == 1 and "s.jsonl:2: not JSON" in ended.err


def test_an_explanation_tells_label_slots_words_and_rules(run: Run) -> None:
    out = run("explain", "Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive").out
    for words in (
        "flagged: executive_move",
        "Mara Lindqvist",
        "from_org  Northlight AI",
        "(title 0–14)",
        "for it",
        "hire.hire",
    ):
        assert words in out
    found = json.loads(run("explain", "Ten quiet keyboards", "--summary", "Tried.", "--format", "json").out)
    assert found["labels"] == [] and found["trace"]


def test_an_explanation_underlines_the_words_that_prove_on_a_terminal_and_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Corvid Systems hires Mara Lindqvist"
    shown = CliRunner().invoke(cli, ["explain", title], color=True).output
    assert "\x1b[1m\x1b[4mMara Lindqvist\x1b[0m" in shown
    assert "\x1b" not in CliRunner().invoke(cli, ["explain", title]).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(cli, ["explain", title]).output


def test_a_summary_of_lines_comes_from_standard_input(run: Run) -> None:
    stdin = b"Corvid Systems names a chief executive\nMara Lindqvist takes over in June.\n"
    found = json.loads(run("explain", "-", "--format", "json", stdin=stdin).out)
    assert found["title"] == "Corvid Systems names a chief executive"
