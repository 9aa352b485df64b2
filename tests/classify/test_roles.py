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


def test_what_is_no_role_ranks_last() -> None:
    assert level_of("gardener") == 5


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Vellora hired an analyst to mend it", "analyst"),
        ("Ben Okoro is done as AI czar", "czar"),
        ("He becomes chairman emeritus in May", "chairman emeritus"),
        ("Vellora swaps its chief for the first time", "chief"),
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
