"""Who is named behind a headline's group goes where the group goes; a verb told before its people is theirs."""

from __future__ import annotations

import pytest

from tests.classify.moves.choice.test_told_apart import moves, told

RESIGNED = "Louise Tan, Marc Abelson and Ravi Thakkar resigned on Tuesday."


@pytest.mark.parametrize(
    "title",
    [
        "Private credit trio decamps from Stonebrook to Apex Harbor",
        "Three managing directors leave Stonebrook for upstart Apex Harbor",
        "Apex Harbor hires three dealmakers from Stonebrook",
    ],
)
def test_the_people_of_a_group_go_where_it_goes(title: str) -> None:
    assert [(m.person, m.action.value, m.from_org, m.to_org) for m in moves(title, RESIGNED)] == [
        (person, "hire", "Stonebrook", "Apex Harbor") for person in ("Louise Tan", "Marc Abelson", "Ravi Thakkar")
    ]


def test_who_only_leaves_goes_nowhere() -> None:
    found = moves("Three managing directors leave Stonebrook", RESIGNED)
    assert [(m.action.value, m.to_org) for m in found] == [("depart", "")] * 3
    one = moves("Stonebrook CEO leaves as trio of traders quits Apex Harbor for Corvid", "Louise Tan resigned on Tuesday.")
    assert [m.to_org for m in one if m.person == "Louise Tan"] == [""]


@pytest.mark.parametrize("verb", ["gone", "out", "leaving"])
def test_a_verb_before_a_list_is_of_each(verb: str) -> None:
    summary = f"Ada Quill left on Monday. Also {verb}: finance chief Ben Okoro and general counsel Cy Lund."
    assert told("Harrow Foods CEO quits", summary) == [
        ("Ada Quill", "depart", "Harrow Foods", "CEO", "", ""),
        ("Ben Okoro", "depart", "Harrow Foods", "finance chief", "", ""),
        ("Cy Lund", "depart", "Harrow Foods", "general counsel", "", ""),
    ]


def test_who_joins_too_is_hired_too() -> None:
    found = moves("Harrow Foods hires Ada Quill as CFO", "Also joining are Ben Okoro and Cy Lund.")
    assert [(m.person, m.to_org) for m in found] == [(name, "Harrow Foods") for name in ("Ada Quill", "Ben Okoro", "Cy Lund")]


def test_whom_somebody_reports_to_is_no_post_of_theirs() -> None:
    summary = "Petra Novak, Tom Lim and John Okonjo will report to the chief scientist."
    assert [m.to_role for m in moves("Osprey loses three researchers to Lumora", summary)] == ["", "", ""]
