"""``train``: from labelled stories and feedback to a model in use, refused where it is worse, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, World
from tests.training.rows import rows

MOVE = ("--label", "executive_move")


def lines(path: Path, given: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in given))
    return path


@pytest.fixture
def own(world: World, run: Run) -> Run:
    """A configuration whose models lie in a folder of the test."""
    world.write(classify={"model_dir": str(world.folder / "models")})
    return lambda *args: run("--config", world.config, *args)


def in_use(run: Run) -> str:
    told = json.loads(run("train", "--list", *MOVE, "--format", "json").out)
    return next(str(row["name"]) for row in told if row["in_use"])


@pytest.mark.slow
def test_a_model_is_trained_promoted_used_and_gone_back_from(own: Run, tmp_path: Path) -> None:
    files = lines(tmp_path / "train.jsonl", rows(90)), lines(tmp_path / "frozen.jsonl", rows(40, seed=8))
    done = own("train", files[0], *MOVE, "--frozen", files[1], "--format", "json")
    assert done.code == 0, done.err
    told = json.loads(done.out)["executive_move"]
    assert told["promoted"] and told["frozen"]["after"]["p"] >= told["frozen"]["before"]["p"]
    assert in_use(own) == told["file"]
    assert (
        told["file"].split("-", 1)[1][:17]
        in json.loads(own("explain", "Globex names Ada Quill CEO", "--format", "json").out)["version"]
    )
    assert "shipped model is in use again" in own("train", "--rollback").err and in_use(own) == "shipped"
    assert own("train", "--rollback").code == 1


@pytest.mark.slow
def test_a_worse_model_is_kept_and_refused(own: Run, tmp_path: Path) -> None:
    upside_down = [{**r, "labels": [] if r["labels"] else ["executive_move"]} for r in rows(90)]
    files = lines(tmp_path / "train.jsonl", upside_down), lines(tmp_path / "frozen.jsonl", rows(40, seed=8))
    done = own("train", files[0], *MOVE, "--frozen", files[1])
    assert done.code == 1 and "refused: precision on the frozen set would fall" in done.err
    assert in_use(own) == "shipped" and len(own("train", "--list", *MOVE).out.splitlines()) == 2


def test_without_a_frozen_set_nothing_is_promoted_and_out_writes_a_file(own: Run, tmp_path: Path) -> None:
    file = lines(tmp_path / "train.jsonl", rows(90))
    assert "--frozen GOLD judges" in own("train", file, *MOVE).err and in_use(own) == "shipped"
    own("train", file, *MOVE, "--out", tmp_path / "m.json")
    assert json.loads((tmp_path / "m.json").read_text())["label"] == "executive_move"


def test_what_people_said_is_learned_from_and_frozen_stories_are_not(told: Run, tmp_path: Path) -> None:
    copy = f"sqlite:///{tmp_path}/copy.db"
    told("db", "backup", tmp_path / "copy.db")
    alert = json.loads(told("alerts", *MOVE, "--format", "json").out)[0]["id"]
    told("--database", copy, "alerts", "mark", alert, "relevant")
    file = lines(tmp_path / "train.jsonl", rows(90))
    args = (*MOVE, "--out", tmp_path / "m.json", "--with-feedback", "--frozen", lines(tmp_path / "frozen.jsonl", rows(90)[:10]))
    done = told("--database", copy, "train", file, *args)
    assert done.code == 0, done.err
    assert "1 story from feedback" in done.err and "not learned from" in done.err
    card = json.loads((tmp_path / "m.json").read_text())["card"]
    assert card["feedback"] == 1 and card["stories"] <= 81


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        ((), 2, "name files"),
        (("--out", "m.json", "FILE"), 2, "--label"),
        (("FILE",), 1, "labels must be a list"),
    ],
)
def test_mistakes_are_said(own: Run, tmp_path: Path, args: tuple[str, ...], code: int, words: str) -> None:
    bad = lines(tmp_path / "bad.jsonl", [{"id": "a", "title": "t", "labels": "x"}])
    ended = own("train", *(bad if a == "FILE" else a for a in args))
    assert ended.code == code and words in ended.err
