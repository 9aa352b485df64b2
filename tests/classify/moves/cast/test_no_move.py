"""What has the verbs of a move and is none: a term made longer, and executives who leave in general."""

from __future__ import annotations

import pytest

from monitor.classify import load_classifier
from monitor.explanation import explain
from monitor.model import Label, Verdict
from tests.classify.moves.cast.test_bystanders import moves
from tests.classify.test_moves import story
from tests.classify.test_moves_pitfalls import judged
from tests.classify.test_names import people


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Harrow Mills nominates chairman Bo Ferris for re-election", ""),
        ("Bo Ferris nominated for re-election to Harrow Mills board", ""),
        ("Ada Quill reappointed as chief financial officer of Harrow Mills", ""),
        ("Harrow Mills reappoints Ada Quill as chair", ""),
        ("Harrow Mills supervisory board extends the contract of Bo Ferris as CEO", ""),
        ("Bo Ferris's contract as CEO extended by five years", ""),
        ("Harrow Mills chief executive Ada Quill extends contract until 2029", ""),
        (
            "Harrow Mills extends contract of CEO Ada Quill",
            "Quill, who joined in 2020 from Corvid, leads it until 2030.",
        ),
        ("Harrow Mills board up for re-election", "The nomination committee proposes re-election of Bo Ferris and Lena Moss."),
        ("CEO of Corvid reappointed for third term", "The board has reappointed Ada Quill for a third four-year term."),
        ("Executives are leaving Corvid in droves", ""),
        ("CEOs are leaving Corvid in droves", ""),
        ("Executive exodus at Corvid continues", ""),
        (
            "Seven talent questions for utilities: a handbook for boards",
            "The sector has merged for years, with consequences for leadership succession.",
        ),
        ("Ada Quill to play ousted Corvid CEO in new film", ""),
        ("Streaming drama finds its fallen tech boss", "Ada Quill will play a chief executive ousted by her own board."),
        ("Rebels oust president", ""),
        ("Harrow Mills founder, Bo Ferris, passed away.", ""),
        ("Former Corvid chief executive Ada Quill dies at 88", "She loved horses and the sea."),
        ("Five famous founders ousted by their own boards", "It is a hard time to have had an idea."),
        ("Corvid TV says Ada Quill, Bo Ferris and Lena Moss are joining “The Lighthouse.”", ""),
        ("Ada Quill's assistant quits, too", "She has left the company after less than a year."),
        ("Laid-off workers ask Corvid CEO to honor approved medical leave", "They have asked chief executive Ada Quill twice."),
        ("Junta names new president", ""),
        ("Corvid refreshes board committees", "Director Ada Quill will chair the audit committee in place of Bo Ferris."),
    ],
)
def test_who_stays_and_executives_in_general_are_no_move(title: str, summary: str) -> None:
    assert moves(title, summary) == ()


@pytest.mark.parametrize(
    ("title", "mover"),
    [
        ("Harrow Mills chair Bo Ferris will not stand for re-election", "Bo Ferris"),
        ("Corvid will not renew contract of CEO Ada Quill", "Ada Quill"),
        ("Bo Ferris re-elected chairman, to step down as Harrow Mills CEO", "Bo Ferris"),
        ("Outgoing CEO Ada Quill to stay at Harrow Mills until 2026", "Ada Quill"),
        ("Harrow Mills renews CEO Ada Quill's contract, promotes Ben Okoro to CFO", "Ben Okoro"),
        ("Corvid executive exodus deepens as CFO Ada Quill resigns", "Ada Quill"),
        ("Leadership exodus at Corvid: operating chief departs", "operating chief"),
        ("Five executives leave Corvid as exodus grows", "Five executives"),
        ("Corvid's assistant general counsel Ada Quill quits", "Ada Quill"),
        ("Corvid CEO Ada Quill takes medical leave", "Ada Quill"),
    ],
)
def test_who_goes_all_the_same_is_told(title: str, mover: str) -> None:
    assert [move.person or move.group for move in moves(title)] == [mover]


@pytest.mark.parametrize(
    ("title", "summary", "kept", "mover"),
    [
        ("Harrow Mills re-elects chairman Bo Ferris and elects Lena Moss as new director", "", "Bo Ferris", "Lena Moss"),
        ("Harrow Mills extends CEO Bo Ferris's contract as CFO Ada Quill bows out", "", "Bo Ferris", "Ada Quill"),
        ("Harrow Mills: Bo Ferris proposed for another term; Ada Quill to leave", "", "Bo Ferris", "Ada Quill"),
        ("Lena Moss joins Harrow Mills board; Bo Ferris re-elected as chair", "", "Bo Ferris", "Lena Moss"),
        ("Harrow Mills: Lena Moss joins board", "Bo Ferris was re-elected.", "Bo Ferris", "Lena Moss"),
    ],
)
def test_beside_who_moves_who_stays_has_no_record(title: str, summary: str, kept: str, mover: str) -> None:
    assert kept not in people(title, summary)
    assert [move.person for move in moves(title, summary)] == [mover]


def test_the_post_of_who_stays_leaves_nobody() -> None:
    told = moves("Harrow Mills chair Bo Ferris re-elected as two directors quit")
    assert [move.person or move.group for move in told] == ["two directors"]


def test_whose_death_makes_room_is_told_of_beside_who_follows() -> None:
    assert "Ada Quill" in people("Corvid chief Bo Ferris dies; finance head Ada Quill named successor")


def test_who_was_once_reelected_and_resigns_is_told_of() -> None:
    assert people("Bo Ferris, re-elected in May, resigns as Harrow Mills chair") == ["Bo Ferris"]


def test_it_is_said_who_decided() -> None:
    title = "Harrow Mills reappoints Ada Quill as chair"
    verdict: Verdict = judged(load_classifier(encoder="off"), title)
    decision = next(d for d in verdict.decisions if d.label is Label.EXECUTIVE_MOVE)
    assert (decision.yes, decision.by) == (False, "rule")
    assert decision.score < decision.low
    told = explain(story(title), load_classifier(encoder="off"))["decisions"]
    assert any("a term made longer" in one["why"] for one in told)


@pytest.mark.parametrize("title", ["Ten founders who came back to run their firms", "12 tech CEOs who quit at the top"])
def test_a_list_of_old_moves_is_none(title: str) -> None:
    assert moves(title, "The founder of Corvid would return as chief executive, the firm said.") == ()


def test_founders_of_a_named_firm_who_leave_it_move() -> None:
    assert moves("Three founders who built Corvid Systems resign")
