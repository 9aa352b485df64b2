"""In a list of several firms' moves each record is filled by its own part of the story."""

from __future__ import annotations

import pytest

from monitor.backtest import to_story
from monitor.classify import load_classifier
from monitor.classify.moves.choice.told_apart import parts
from monitor.model import Move
from tests.classify.moves.evidence.test_ties import seen

CLASSIFIER = load_classifier(reasons=False, encoder="off")


def moves(title: str, summary: str = "") -> list[Move]:
    verdict = CLASSIFIER.classify(to_story({"id": "1", "title": title, "summary": summary}))
    return [move for match in verdict.matches for move in match.moves]


def told(title: str, summary: str = "") -> list[tuple[str, ...]]:
    return [(m.person, m.action.value, m.from_org, m.from_role, m.to_org, m.to_role) for m in moves(title, summary)]


def test_the_second_clause_has_its_own_firm() -> None:
    assert told("Quillon promotes Lena Marsh to SVP; Bancroft Law hires Peter Vane as CFO") == [
        ("Lena Marsh", "promote", "Quillon", "", "Quillon", "SVP"),
        ("Peter Vane", "hire", "", "", "Bancroft Law", "CFO"),
    ]
    assert told("Oslo's Kestrel promotes Ada Quill to CFO, while Bergen's Marlow appoints Ben Okoro CEO")[1] == (
        *("Ben Okoro", "appoint", "", "", "Marlow", "CEO"),
    )


def test_what_says_how_a_firm_acts_stands_before_its_verb() -> None:
    title = "In two months, Ada Quill left Kestrel to start her own firm. Marlow abruptly ousted Ben Okoro."
    assert [(who, action, here) for who, action, here, *_ in told(title)] == [
        ("Ada Quill", "found", "Kestrel"),
        ("Ben Okoro", "dismiss", "Marlow"),
    ]


ITEMS = [
    "Dunmore Steel named Ada Quill chief executive. Marlow Foods hired Ben Okoro as finance director. "
    "Tarrow Bank promoted Cy Lund to treasurer.",
    "• Dunmore Steel taps Ada Quill as chief executive • Marlow Foods recruits Ben Okoro as finance director "
    "• Tarrow Bank elevates Cy Lund to treasurer",
    "Dunmore Steel: Ada Quill has been appointed chief executive. Marlow Foods: Ben Okoro joins as finance director. "
    "Tarrow Bank: Cy Lund has been promoted to treasurer.",
    "Ada Quill has been named chief executive of Dunmore Steel; Ben Okoro has joined Marlow Foods as finance director; "
    "Cy Lund has been promoted to treasurer at Tarrow Bank.",
]


@pytest.mark.parametrize("summary", ITEMS)
def test_each_item_of_a_list_is_read_by_itself(summary: str) -> None:
    assert told("People on the move", summary) == [
        ("Ada Quill", "appoint", "", "", "Dunmore Steel", "chief executive"),
        ("Ben Okoro", "hire", "", "", "Marlow Foods", "finance director"),
        ("Cy Lund", "promote", "Tarrow Bank", "", "Tarrow Bank", "treasurer"),
    ]


def test_what_is_told_of_somebody_later_is_their_part_too() -> None:
    summary = (
        "Osprey named Ada Quill CFO. Corvid hired Bo Tarrow as COO in the same week. Quill joins from Harrow. Tarrow was at Pell."
    )
    assert [(m.person, m.from_org, m.to_org) for m in moves("Osprey taps Ada Quill as CFO", summary)] == [
        ("Ada Quill", "Harrow", "Osprey"),
        ("Bo Tarrow", "Pell", "Corvid"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Osprey names Ada Quill CEO; Corvid hires her predecessor Bo Tarrow",
        "Osprey names Ada Quill CEO after Corvid hires Bo Tarrow",
        "Osprey names Ada Quill CEO; Ben Okoro joins from Corvid as chair",
        "Osprey names Ada Quill CEO; Osprey promotes Bo Tarrow to CFO",
    ],
)
def test_who_is_spoken_of_in_both_clauses_is_in_no_part(title: str) -> None:
    assert not parts(seen(title))


def test_a_move_told_first_is_of_all_parts() -> None:
    summary = "Ada Quill has joined Corvid; Bo Tarrow is joining Marrow; Cy Lund has joined Pell."
    assert not parts(seen("Three engineers leave Osprey", summary))
    assert [m.from_org for m in moves("Three engineers leave Osprey", summary) if m.person == "Ada Quill"] == ["Osprey"]
