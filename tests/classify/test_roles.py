"""Roles: how senior a post as written is."""

from __future__ import annotations

import pytest

from monitor.classify.roles import find_roles, level_of


@pytest.mark.parametrize(
    ("role", "level"),
    [
        ("CEO", 1),
        ("C.E.O.", 1),
        ("chief financial officer", 1),
        ("chair of the board", 1),
        ("non-executive chairman", 1),
        ("senior vice president of sales", 2),
        ("president", 1),
        ("co-founder", 1),
        ("independent director", 3),
        ("board member", 2),
        ("general partner", 2),
        ("head of research", 2),
        ("director of design", 3),
        ("researcher", 4),
    ],
)
def test_level_of_a_role_as_written(role: str, level: int) -> None:
    assert level_of(role) == level


def test_who_is_named_to_a_second_post_is_told_with_both() -> None:
    text = "Chief Ada Quill named chief operating officer"
    assert [found.text for found in find_roles(text, 0, len(text))] == ["Chief", "chief operating officer"]


def test_what_is_no_role_ranks_last() -> None:
    assert level_of("gardener") == 5


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Vellora hired an analyst to mend it", "analyst"),
        ("Ben Okoro is done as AI czar", "czar"),
        ("He becomes chairman emeritus in May", "chairman emeritus"),
        ("Vellora swaps its chief for the first time", "chief"),
        ("Quill is its consumer chief marketing officer now", "consumer chief marketing officer"),
        ("Quill is gaming chief executive of Vellora", "gaming chief executive of Vellora"),
    ],
)
def test_a_post_ends_where_its_words_do(text: str, role: str) -> None:
    assert [found.text for found in find_roles(text, 0, len(text))] == [role]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Osprey Bank MD Quill resigns", ["MD"]),
        ("Osprey Bank MD & CEO Ada Quill to retire", ["MD & CEO"]),
        ("Osprey appoints Ada Quill as MD", ["MD"]),
        ("Ada Quill, MD, joins clinic", []),
        ("Data center opens in Frederick, MD", []),
        ("An mdadm array fails", []),
    ],
)
def test_who_runs_a_firm_and_no_doctor(text: str, roles: list[str]) -> None:
    assert [role.text for role in find_roles(text, 0, len(text))] == roles
