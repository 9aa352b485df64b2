"""The first pass: it may let a stranger in, it must not turn a guest away."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from monitor.classify.prefilter import Candidates, candidates

SHARED = Path(os.environ.get("MOVEWIRE_SHARED", Path(__file__).parents[2] / "../shared"))


@pytest.mark.parametrize(
    "title",
    [
        "Acme hires Initech's chief scientist",
        "Founder quits Acme",
        "Acme's CFO on the way out?",
        "Three Acme leaders join Initech",
        "Acme director won’t stand for re-election",
    ],
)
def test_changes_of_post_pass(title: str) -> None:
    assert candidates(f"{title}\n").move


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Osprey's latest goodbye", "Ada Quill, who oversaw pretraining, said that Friday was her last day."),
        ("Corvid puts Ada Quill in charge of its jewels", ""),
        ("A new hand on Corvid's purse", "Since January Ada Quill has been chief financial officer. She came from Osprey."),
        ("London tech chair goes in-house", "Ada Quill will be general counsel at Osprey from February."),
        ("Osprey in talks with ex-Corvid foundry head over top job", ""),
        ("Shareholder presses Corvid over chair", ""),
    ],
)
def test_what_is_told_without_a_verb_of_moves_passes(title: str, summary: str) -> None:
    assert candidates(f"{title}\n{summary}").move


def test_a_hint_needs_somebody_with_a_post_unless_it_tells_by_itself() -> None:
    assert not candidates("Acme drops its prices\n").move and candidates("Acme drops its snacks boss\n").move
    assert not candidates("A sunny day\nThe shop puts cheese on the menu of its bosses.").move  # in headlines alone


@pytest.mark.parametrize(
    "title",
    [
        "Acme plans data-center campus",
        "Chip plant delayed in Norway",
        "Subsea cable lands",
        "Acme to rent GPUs for AI",
        "Datacentres draw water",
        "Meta starts on $3 billion campus",
        "Blackstone buys halls in Oslo",
        "County tables rezoning for Project Osprey",
        "€2bn plant for Nvidia chips",
        "Osprey cluster is live with 9,000 chips",
        "Oracle halts concrete at Project Quill",
    ],
)
def test_infrastructure_passes(title: str) -> None:
    assert candidates(f"{title}\n").infra


@pytest.mark.parametrize(
    "title",
    [
        "Striker scores twice in cup final",
        "A recipe for lentil soup",
        "Rain expected over the weekend",
        "New phone has better camera",
    ],
)
def test_other_news_is_let_go(title: str) -> None:
    assert candidates(f"{title}\n") == Candidates(move=False, infra=False)


def test_a_word_counts_as_a_whole_only() -> None:
    assert not candidates("The overleader resigns itself to prefabs\n").infra


def test_a_unit_may_follow_its_number_without_a_blank() -> None:
    assert candidates("Acme takes 40MW in Oslo\n").infra
    assert not candidates("Acme takes XMW in Oslo\n").infra


def test_firms_and_sums_add_to_a_site_in_the_headline_alone() -> None:
    assert not candidates("Meta raises $3 billion\n").infra
    assert not candidates("A new campus\nMeta will pay $3 billion.").infra
    assert {word.topic for _, word in candidates("Meta plans a new campus\n").hits} == {"tech_company", "land"}


def test_a_topic_counts_once() -> None:
    assert candidates("AI and AI and AI and AI and AI and AI and AI\n").infra is False


def test_a_summary_can_bring_what_the_title_lacks() -> None:
    assert candidates("A quiet village wakes up\nResidents learned that a data center is planned on the old airfield.").infra


@pytest.mark.parametrize(("label", "half"), [("executive_move", "move"), ("infrastructure", "infra")])
def test_gold_passes(label: str, half: str) -> None:
    """Recall of at least 0.995 on the labelled stories."""
    path = SHARED / "eval/train.jsonl"
    if not path.exists():
        pytest.skip("the labelled stories are not on this machine")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    gold = [row for row in rows if label in row["labels"]]
    passed = sum(getattr(candidates(f"{row['title']}\n{row['summary']}"), half) for row in gold)
    assert passed >= 0.995 * len(gold)
