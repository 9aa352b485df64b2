"""What the encoder is trained on stands where it says, and what hears it leans on it as far as it is right."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from benchmarks import encoder_stories
from monitor.model import Label
from monitor.training import judged
from tests.stories import GOLD_HIRE
from tests.training.rows import rows

MOVE = {
    "id": "a",
    "title": "Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive - The Herald",
    "summary": "Lindqvist ran compute at Northlight AI.",
    "labels": ["executive_move"],
    "judged": ["executive_move"],
    "moves": [GOLD_HIRE],
}
BUILD = {
    "id": "a",
    "title": MOVE["title"],
    "summary": MOVE["summary"],
    "labels": [],
    "judged": ["infrastructure"],
}
SITE = {
    "id": "b",
    "title": "Skagen Power to build 1.2 GW data center campus in Texas",
    "summary": "",
    "labels": ["infrastructure"],
    "infra": {
        "orgs": ["Skagen Power"],
        "action": "build",
        "amounts": [],
        "capacity": ["1.2 GW"],
        "location": "Texas",
        "project": "",
    },
}


def lines(tmp_path: Path, capsys: pytest.CaptureFixture[str], *files: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    paths = []
    for n, told in enumerate(files):
        (path := tmp_path / f"{n}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in told), encoding="utf-8")
        paths.append(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["encoder_stories", *paths])
        encoder_stories.main()
    return {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}


def test_names_stand_where_they_say_and_what_is_right_is_among_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(tmp_path, capsys, [MOVE, SITE])
    move, site = found["a"], found["b"]
    assert not move["title"].endswith("The Herald") and move["status"] == "confirmed" and move["labels"] == [1, -1]

    def words(places: list[tuple[str, int, int]]) -> list[str]:
        return [move[field][start:end] for field, start, end in places]

    slots = move["slots"]
    people, orgs = ([words(places) for places in slots[name]] for name in ("people", "orgs"))
    (record,) = slots["records"]
    assert record["of"][0] == "people" and "Mara Lindqvist" in people[record["of"][1]]
    assert "Northlight AI" in orgs[[here for here, _ in record["orgs"][:-1]].index(1)]
    assert "Corvid Systems" in orgs[[there for _, there in record["orgs"][:-1]].index(1)]
    assert record["orgs"][-1] == [0, 0] and record["titles"][-1] == [1, 0], "no post is told that was left"
    acting = [one["places"] for one in site["actors"] if one["acts"]]
    assert [site["title"][start:end] for _, start, end in acting[0]] == ["Skagen Power"] and site["deed"] == "build"


def test_what_several_files_say_of_a_story_is_brought_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(tmp_path, capsys, [MOVE], [BUILD])
    assert list(found) == ["a"] and found["a"]["labels"] == [1, 0] and found["a"]["slots"]


def test_who_is_right_is_heard_and_who_guesses_is_not() -> None:
    pytest.importorskip("sklearn")
    from benchmarks.encoder_lines import fitted

    label, rnd = Label.EXECUTIVE_MOVE, random.Random(5)
    made = rows(240)
    for row in made[:40]:  # what the linear model cannot know
        row["labels"] = [] if row["labels"] else [label.value]
    told = judged(made, [label])[label]
    right = fitted(label, told, {j.row["id"]: (4.0 if j.yes else -4.0) + rnd.gauss(0, 2) for j in told})
    guesses = fitted(label, told, {j.row["id"]: rnd.gauss(0, 3) for j in told})
    assert right.own > 0.3 and abs(guesses.own) < right.own / 2
    for joint in (right, guesses):
        assert joint.low <= joint.threshold <= joint.high
