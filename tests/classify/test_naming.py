"""Organisations and posts made comparable, and features put into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.naming import listed_level, org_id
from monitor.classify.wording import worded


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


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("t:_org hires _person", "title “[organisation] hires [person]”"),
        ("s:_role1s |", "summary “[chief officer] [end]”"),
        ("i:data_center title", "computing: data_center title"),
        ("b:steps down", "text “steps down”"),
        ("gw:_org _f:ORG_NAMES:appoint _role1g", "title “[organisation] [appoint] [chief officer]”"),
        ("gv:_person joins", "summary “[person] joins”"),
        ("gq:t:sport", "title speaks of: sport"),
        ("gp:t O hire P", "title clause: an organisation hire a person"),
        ("gp:t clean 3 R1", "title clause: (no public office, sport or stage) (verb 3 of 4 sure) a chief officer"),
        ("gcore:t 3 1 False", "title: verb 3 of 4 sure, a chief officer, of no public life"),
        ("gcore:s 0 5", "summary: verb 0 of 4 sure, no post"),
        ("gp:s announces > R1x", "summary clause: announces > a chief officer"),
        ("public", "public"),
        ("new:kind", "new:kind"),
    ],
)
def test_a_feature_is_put_into_words(feature: str, words: str) -> None:
    assert worded(feature) == words
