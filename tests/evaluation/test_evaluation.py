"""Figures against gold: what agrees, what counts, how sure a figure is, and what is said of a file that is no gold."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import evaluation as ev
from monitor.classify import load_classifier
from monitor.evaluation.compare import numbers, overlap, paired, same_name
from tests.shared import DEV, SCORE, needs_gold

MOVE = {
    "person": "Ada Quill",
    "action": "hire",
    "from_org": "Globex",
    "to_org": "Initech",
    "to_role": "CEO",
    "status": "confirmed",
}
BUILT = {
    "orgs": ["Globex", "Skagen Power"],
    "action": "build",
    "amounts": ["$3 billion"],
    "capacity": ["1.2 GW"],
    "location": "Texas",
}


def gold(tmp_path: Path, *rows: dict[str, Any]) -> list[ev.Gold]:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps({"id": f"s{n}", "title": "t", "labels": []} | row) + "\n" for n, row in enumerate(rows)))
    return ev.stories_in(path)


def said(*labels: str, moves: tuple[Mapping[str, Any], ...] = (), infra: Mapping[str, Any] | None = None) -> ev.Said:
    from monitor.model import Label

    return ev.Said(labels=frozenset(Label(label) for label in labels), scores={}, moves=moves, infra=infra)


def figures(golds: list[ev.Gold], *answers: ev.Said) -> dict[str, Any]:
    return ev.figures(ev.total(ev.counts_of(g, s) for g, s in zip(golds, answers, strict=True)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Globex Inc.", "Globex", True),
        ("Société Générale", "Societe Generale SA", True),
        ("Acme Cloud", "Acme", True),
        ("Acme Cloud", "Acme Foods", False),
        ("", "", True),
        ("", "Acme", False),
        ("The Group", "", True),  # nothing is left of either
    ],
)
def test_names_agree_when_one_holds_the_other(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same and same_name(other, one) is same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$60 to $65 billion", {60e9, 65e9}),
        ("1.2 GW", {1.2e9}),
        ("1,200 megawatts", {1.2e9}),
        ("100,000 GPUs", {100000.0}),
        ("€3bn and 40 MW", {3e9, 40e6}),
        ("about 5", {5.0}),
        ("version 1.2.3", set()),
    ],
)
def test_numbers_carry_their_units(text: str, found: set[float]) -> None:
    assert numbers(text) == found


def test_each_value_answers_for_one() -> None:
    assert overlap(["Acme", "Acme Cloud"], ["Acme"], same_name) == (["Acme Cloud"], [])
    assert overlap([], ["Acme"], same_name) == ([], ["Acme"])


def test_moves_are_paired_by_person_then_by_organisation() -> None:
    other = {**MOVE, "person": "Bo Ek", "from_org": "", "to_org": "Globex"}
    nobody = {**MOVE, "person": "", "group": "three founders"}
    pairs, left = paired([MOVE, other], [other, MOVE])
    assert [p[1] for p in pairs] == [MOVE, other] and left == []
    assert paired([MOVE], [nobody])[0] == [(MOVE, nobody)]
    assert paired([MOVE], [{**MOVE, "person": "Cy Oak"}]) == ([(MOVE, None)], [{**MOVE, "person": "Cy Oak"}])


def test_labels_are_counted_in_three_views(tmp_path: Path) -> None:
    rows = (
        {"labels": ["executive_move"], "weight": 10},
        {"labels": ["executive_move"], "unsure": True, "weight": 30},
        {"labels": [], "weight": 20},
    )
    told = figures(gold(tmp_path, *rows), said("executive_move"), said(), said("executive_move"))["executive_move"]
    assert (told["sample"]["p"], told["sample"]["r"], told["n"]) == (0.5, 0.5, 2)
    assert (told["clear"]["p"], told["clear"]["r"]) == (0.5, 1.0)
    assert (told["natural"]["p"], told["natural"]["r"]) == (pytest.approx(10 / 30), 0.25)


def test_a_status_is_gold_as_messages_say_it_too(tmp_path: Path) -> None:
    golds = gold(tmp_path, {"labels": ["executive_move"], "moves": [{**MOVE, "status": "rumoured"}]})
    told = figures(golds, said("executive_move", moves=({**MOVE, "status": "rumored"},)))
    assert told["moves"]["status_acc"] == 1.0


def test_slots_and_records_are_counted(tmp_path: Path) -> None:
    golds = gold(tmp_path, {"labels": ["executive_move", "infrastructure"], "moves": [MOVE], "infra": BUILT})
    wrong = {**MOVE, "to_org": "Umbrella", "to_role": "", "status": "rumored"}
    spurious = {**MOVE, "person": "Bo Ek"}
    answer = said(
        "executive_move",
        "infrastructure",
        moves=(wrong, spurious),
        infra={
            "orgs": ["Globex", "Hooli"],
            "action": "build",
            "amounts": ["$3B", "$9 million"],
            "capacity": [],
            "location": "Texas",
        },
    )
    told = figures(golds, answer)
    moves, infra = told["moves"], told["infra"]
    assert (moves["action_acc"], moves["status_acc"], moves["record_acc"]) == (1.0, 0.0, 0.0)
    assert (moves["person"]["p"], moves["person"]["r"]) == (0.5, 1.0)
    assert moves["to_org"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert moves["to_role"]["r"] == 0.0
    assert (infra["orgs"]["p"], infra["orgs"]["r"], infra["amounts"]["p"], infra["amounts"]["r"]) == (0.5, 0.5, 0.5, 1.0)
    assert (infra["capacity"]["r"], infra["action_acc"], infra["location_recall"]) == (0.0, 1.0, 1.0)
    kinds = sorted(m.kind for m in ev.mistakes(golds[0], answer))
    assert kinds == [
        "buildout amounts spurious", "buildout capacity missing", "buildout orgs missing", "buildout orgs spurious",
        "move record spurious", "move status wrong", "move to_org wrong", "move to_role missing",
    ]  # fmt: skip


def test_a_label_missed_or_made_up_is_a_mistake_with_its_score(tmp_path: Path) -> None:
    golds = gold(tmp_path, {"labels": ["executive_move"], "moves": [MOVE]})
    found = list(ev.mistakes(golds[0], said("infrastructure")))
    assert [m.kind for m in found] == ["false no executive_move", "false yes infrastructure"] and found[0].said == "score 0.00"


@given(st.lists(st.sampled_from(["tp", "fp", "fn", "tn"]), min_size=1, max_size=40))
def test_an_interval_lies_between_0_and_1_and_is_the_same_each_time(cells: list[str]) -> None:
    counts = [{f"infrastructure.sample.{cell}": 1.0} for cell in cells]
    spread = ev.intervals(counts, rounds=40)
    assert spread == ev.intervals(counts, rounds=40)
    for name, value in ev.figures(ev.total(counts))["infrastructure"]["sample"].items():
        low, high = spread[f"infrastructure.sample.{name}"]
        assert 0 <= low <= high <= 1
        if len(set(cells)) == 1:  # stories all alike leave nothing to chance
            assert low == high == value


def test_an_interval_narrows_with_the_square_root_of_the_stories() -> None:
    few = [{"infrastructure.sample.tp": 1.0}, {"infrastructure.sample.fp": 1.0}] * 50
    low, high = ev.intervals(few)["infrastructure.sample.p"]
    assert low < 0.5 < high and 0.15 < high - low < 0.25  # 2 * 1.96 * sqrt(0.25 / 100) = 0.196
    low, high = ev.intervals(few * 4)["infrastructure.sample.p"]
    assert 0.07 < high - low < 0.13


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[]", "expected a JSON object"),
        ("{", "not JSON"),
        ('{"title": "t", "labels": []}', "id: found nothing; expected a str"),
        ('{"id": "a", "labels": []}', "title: found nothing"),
        ('{"id": "a", "title": "t", "labels": ["infra"]}', "labels: found 'infra'; expected executive_move or infrastructure"),
        ('{"id": "a", "title": "t", "labels": [], "moves": {}}', "moves: expected a list of objects"),
        ('{"id": "a", "title": "t", "labels": [], "infra": 3}', "infra: expected an object or null"),
        ('{"id": "a", "title": "t", "labels": [], "weight": "x"}', "weight: found 'x'"),
    ],
)
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "fine", "title": "t", "labels": []}\n' + line + "\n")
    with pytest.raises(ev.GoldError, match=r"gold\.jsonl:2: ") as raised:
        ev.stories_in(path)
    assert words in str(raised.value)


def test_an_empty_file_and_missing_predictions_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(ev.GoldError, match="holds no stories"):
        ev.stories_in(tmp_path / "empty.jsonl")
    golds = gold(tmp_path, {}, {})
    (tmp_path / "pred.jsonl").write_text('{"id": "s0", "labels": []}\n')
    with pytest.raises(ev.GoldError, match="1 of 2 stories have no prediction, the first is s1"):
        ev.said_in(tmp_path / "pred.jsonl", golds)


@needs_gold
def test_the_figures_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    """Every figure the scorer prints, to its four digits, on the same predictions."""
    golds = ev.stories_in(DEV)
    answers = ev.said_by(load_classifier(), golds)
    pred = tmp_path / "pred.jsonl"
    pred.write_text(
        "".join(
            json.dumps({"id": g.story.id, "labels": sorted(s.labels), "moves": s.moves, "infra": s.infra}) + "\n"
            for g, s in zip(golds, answers, strict=True)
        )
    )
    done = subprocess.run([sys.executable, SCORE, "labels", DEV, pred, "--json"], capture_output=True, check=True, timeout=60)
    theirs = json.loads(done.stdout)
    for ours in (figures(golds, *answers), figures(golds, *ev.said_in(pred, golds))):
        compared = 0
        for part in ("executive_move", "infrastructure", "moves", "infra"):
            for name, value in ours[part].items():
                if name == "n" and part in ("executive_move", "infrastructure"):
                    continue
                inner = value if isinstance(value, dict) else {"": value}
                for key, number in inner.items():
                    wanted = theirs[part][name][key] if key else theirs[part][name]
                    assert number == pytest.approx(wanted, abs=6e-5), (part, name, key)
                    compared += 1
        assert compared == 3 * 3 * 2 + 4 + 15 + 3 + 9
