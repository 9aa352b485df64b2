"""Who opens a headline without a name of its own: bodies that decide, and those who live beside a site."""

from __future__ import annotations

import pytest

from tests.classify.buildouts.test_infrastructure import reading


@pytest.mark.parametrize(
    ("title", "summary", "orgs"),
    [
        ("Council tables data center ordinance until autumn", "", ("Council",)),
        ("Committee approves ordinance language for data centers", "", ("Committee",)),
        ("Data center pause for Quillsby: Council adopts moratorium", "", ("Council",)),
        ("Municipalities back six-month data center moratoriums", "", ("Municipalities",)),
        ("State Senate drops tax breaks for data centers", "The state Senate voted on Monday.", ("State Senate",)),
        ("Neighbors sue over hum of data center", "", ("Neighbors",)),
        ("Locals protest $2 billion data center in Quill County", "", ("Locals",)),
        ("Quillsby councils warn of data centre boom", "", ("Quillsby councils",)),
        # Where the summary has the name of the body, that is told.
        ("Commissioners table tax break for data center", "The Quill County Board tabled it on Friday.", ("Quill County Board",)),
    ],
)
def test_who_opens_the_headline_and_decides_or_opposes(title: str, summary: str, orgs: tuple[str, ...]) -> None:
    assert reading(title, summary).buildout.orgs == orgs


@pytest.mark.parametrize(
    "title",
    [
        "Council chief says data center is dead",
        "Committee meeting on data center moved",
        "Residents in Quillsby breathe out as data center is dropped",
        "Neighbors say hum of data center keeps them up",
        "Data center opponents and their council approves",
    ],
)
def test_others_told_with_such_a_word_are_nobody(title: str) -> None:
    assert not [m for c in reading(title).facts.candidates for m in c.mentions if m.opens]


def test_a_body_is_no_place() -> None:
    assert reading("Committee approves ordinance for data centers").buildout.location == ""
    assert reading("Quillsby approves ordinance for data centers").buildout.location == "Quillsby"


def test_a_country_before_its_agency_is_no_party_beside_it() -> None:
    orgs = reading(
        "US National Quill Foundation to finance supercomputer", "The US National Quill Foundation pays."
    ).buildout.orgs
    assert orgs == ("National Quill Foundation",)
