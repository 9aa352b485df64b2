"""Organisations and posts made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.naming import listed_level, org_id


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (("AWS", "Amazon Web Services", "Amazon Web Services, Inc."), "amazon-web-services"),
        (("OpenAI", "OpenAI’s", "openai"), "openai"),
        (("Corvid Systems Ltd.", "The Corvid Systems"), "corvid-systems"),
        (("Société Ébène SA",), "societe-ebene"),
        (("",), ""),
    ],
)
def test_an_organisation_has_one_id_however_it_is_written(names: tuple[str, ...], known: str) -> None:
    assert {org_id(name) for name in names} == {known}


@given(st.text(max_size=40))
def test_an_id_is_one_word_and_its_own_id(name: str) -> None:
    found = org_id(name)
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in found) and org_id(found.replace("-", " ")) == found


@pytest.mark.parametrize(
    ("role", "level"),
    [("chief executive", 1), ("CFO", 1), ("EVP, sales", 2), ("vice president", 3), ("researcher", 4),
     ("", None), ("gardener", None)],
)  # fmt: skip
def test_a_role_has_a_level(role: str, level: int | None) -> None:
    assert listed_level(role) == level
