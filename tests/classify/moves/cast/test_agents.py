"""Who brings others' moves about, speaks for a firm or held a post long before, and what is written behind a name."""

from __future__ import annotations

import pytest

from tests.classify.moves.cast.test_bystanders import moves
from tests.classify.test_names import people


@pytest.mark.parametrize(
    ("title", "summary", "who"),
    [
        ("Ada Quill, founder and CEO of the label Osprey Sounds, has promoted Ben Hart to vice president.", "", "Ada Quill"),
        (
            "Shake-up at Osprey",
            "CEO Ada Quill announced a reorganisation as finance chief Ben Hart prepares to leave.",
            "Ada Quill",
        ),
        ("Osprey hires a CEO", "Ada Quill has just announced that Osprey is hiring Ben Hart as chief.", "Ada Quill"),
        ("Osprey VP of design Ada Quill is leaving, after replacing Ben Hart in 2019", "", "Ben Hart"),
        (
            "Osprey gets a new head",
            "Ada Quill replaces Ben Hart, who had replaced Cleo Marsh more than a year ago.",
            "Cleo Marsh",
        ),
        ("Jon Quill, former chief of staff to Tony Marsh, is to become chief of Osprey", "", "Tony Marsh"),
        ("Osprey finance chief Ada Quill's old job goes to Ben Hart of Corvid", "", "Ada Quill"),
        ("Osprey denies Ada Quill will leave", "Ben Hart, a spokesman for Osprey, called it false.", "Ben Hart"),
    ],
)
def test_who_only_brings_it_about_has_no_part(title: str, summary: str, who: str) -> None:
    named = people(title, summary)
    assert named
    assert who not in named


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Ada Quill steps down as CEO of Osprey", "Quill, founder of Osprey, has promoted Ben Hart to vice president."),
        ("Osprey reshuffles", "Ada Quill, who becomes chairman, has promoted Ben Hart to chief."),
        ("Osprey reshuffles", "Ada Quill has named Ben Hart as her successor."),
        ("Ada Quill replaces Ben Hart as Osprey chief", ""),
        ("Ada Quill to leave Osprey after Ben Hart's exit", ""),
        ("Osprey spokeswoman Ada Quill leaves for Corvid", ""),
        ("Corvid hires Ada Quill, a spokeswoman for Osprey", "Ada Quill joins Corvid on Monday."),
    ],
)
def test_who_also_moves_has(title: str, summary: str) -> None:
    assert "Ada Quill" in people(title, summary)


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("The board of Osprey elected Ake Almgren, Ph.D., as board chair to succeed Howard Hart", "Ake Almgren"),
        ("Osprey names interim CEO Eugene I. Hart, Jr. as CEO", "Eugene I. Hart"),
        ("T.K. Ranga Quill, Osprey's longtime database chief, is leaving", "T.K. Ranga Quill"),
        ("Osprey's Chief Financial Officer, John Hart has announced that he will be leaving", "John Hart"),
    ],
)
def test_what_is_written_around_a_name(title: str, who: str) -> None:
    assert who in people(title)
    assert not {"Jr", "Jr.", "Ph.D"} & set(people(title))


def test_a_firm_that_begins_with_a_first_name() -> None:
    told = moves("Bob Evans Farms, Inc. announced that Paul F. Hart, the company's treasurer, resigned")
    assert [(one.person, one.from_org) for one in told] == [("Paul F. Hart", "Bob Evans Farms")]


def test_a_group_told_again_is_one_record() -> None:
    assert len(moves("Osprey founders step down", "On Wednesday the exit of all three cofounders of Osprey surprised few.")) == 1


@pytest.mark.parametrize(
    ("title", "summary", "told"),
    [
        ("Osprey names new CEO and CTO", "", [("new CEO", "CEO"), ("CTO", "CTO")]),
        ("Osprey hires CFO and general counsel", "", [("CFO", "CFO"), ("general counsel", "general counsel")]),
        ("Osprey stock slides as new CFO/COO named", "", [("new CFO", "CFO")]),
    ],
)
def test_of_two_posts_filled_each_gets_its_own(title: str, summary: str, told: list[tuple[str, str]]) -> None:
    assert [(one.group, one.to_role) for one in moves(title, summary)] == told


def test_a_headlines_group_is_none_beside_its_members() -> None:
    told = moves("Top executives leave Osprey", "Osprey's chief financial officer and chief operating officer are leaving.")
    assert [one.group for one in told] == ["Osprey's chief financial officer", "chief operating officer"]


@pytest.mark.parametrize(
    ("said", "also"),
    [
        ("So will Juno Marsh and Ben Hart.", ["Juno Marsh", "Ben Hart"]),
        ("So is the plan.", []),
        ("So has Osprey.", []),
    ],
)
def test_who_does_so_too(said: str, also: list[str]) -> None:
    told = moves("Exodus at Osprey", f"Ada Quill, head of hardware, resigned. {said}")
    assert [one.person for one in told] == ["Ada Quill", *also]
