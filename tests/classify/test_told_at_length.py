"""Names and posts as press releases and wires tell them: in the first sentences, in capitals that say nothing, in asides."""

from __future__ import annotations

import pytest

from tests.classify.test_names import orgs, people, seen

LOUD = ("Osprey Systems Changes Guard", "Osprey Systems today announced the appointment of Ada Quill as {}, effective July 1.")


@pytest.mark.parametrize(
    "post",
    [
        "Head of AI Infrastructure",
        "Head of Sales",
        "Head of Data Center Energy",
        "Vice President of Clinical Operations",
        "President of International Operations",
        "Chair of the Audit Committee",
        "General Manager of the Robotics Unit",
        "Director of Trust and Safety",
        "CTO for Cloud",
    ],
)
def test_a_post_in_capitals_goes_with_its_unit(post: str) -> None:
    title, summary = LOUD
    found = seen(title, summary.format(post))
    assert [one.text for one in found.posts] == [post]
    assert [one.text for one in found.orgs] == ["Osprey Systems"]


@pytest.mark.parametrize(
    ("post", "firm"),
    [
        ("Director of Energy Transfer", "Energy Transfer"),
        ("President of Digital Osprey", "Digital Osprey"),
        ("Head of Research Corvid", "Corvid"),
        ("CEO of Space Exploration Holdings", "Space Exploration Holdings"),
    ],
)
def test_what_goes_on_as_a_name_is_no_unit(post: str, firm: str) -> None:
    assert any(firm in one for one in orgs("Corvid Changes Guard", f"Ada Quill, the {post}, will join the firm."))


@pytest.mark.parametrize("name", ["May Young", "Bill Ready", "Price Carter", "Łukasz Vexley", "DeZoltram Carter", "Basil West"])
@pytest.mark.parametrize(
    "summary",
    [
        "Osprey Systems said its finance chief, {}, is leaving to pursue other opportunities.",
        "Osprey Systems today announced that {} has been appointed Chief Executive Officer.",
        "Osprey Systems today announced that {} has been elected to its board of directors.",
        "{}, who spent nine years at Osprey Systems, most recently as treasurer, has resigned.",
        "{}, the treasurer of Osprey Systems, will step down at the end of the year.",
        "Osprey Systems announced that {}, formerly treasurer of Corvid, will become finance chief.",
    ],
)
def test_who_is_told_of_beside_a_post_is_a_person_by_the_whole_name(summary: str, name: str) -> None:
    assert people("Leadership change at Osprey Systems", summary.format(name)) == [name]


@pytest.mark.parametrize(
    ("title", "firm"),
    [
        ("Halden Fitness CFO Ada Quill Steps Down", "Halden Fitness"),
        ("Ada Quill Joins Halden Fitness as CFO", "Halden Fitness"),
        ("Corvid CFO Ada Quill Leaves for Halden Fitness", "Halden Fitness"),
        ("Ada Quill, CFO at Halden Fitness, Resigns", "Halden Fitness"),
        ("Former Halden Fitness CFO Ada Quill Joins Corvid", "Halden Fitness"),
        ("Former Osprey Systems Design Chief Ada Quill Joins Corvid", "Osprey Systems"),
        ("Ada Quill Joins Halden Board as Chair", "Halden"),
        ("Halden Rival CEO Ada Quill Steps Down", "Halden"),
    ],
)
def test_a_firm_in_a_headline_of_capitals_goes_up_to_where_its_name_must_end(title: str, firm: str) -> None:
    assert firm in orgs(title)


def test_behind_somebody_and_a_post_stands_the_firm() -> None:
    found = orgs("Osprey Systems names board", "Ada Quill, president, Corvid Harrow, joins the board of Osprey Systems.")
    assert "Corvid Harrow" in found


@pytest.mark.parametrize(
    "title",
    [
        "Osprey Systems Names May Young As Its New Treasurer",
        "May Young Joins Osprey Systems as Treasurer",
        "Corvid Treasurer May Young Leaves for Osprey Systems",
        "May Young Leaving Osprey Systems After Nine Years As Treasurer",
        "May Young Appointed Treasurer of Osprey Systems",
    ],
)
def test_a_name_of_words_is_whole_in_a_headline_of_capitals(title: str) -> None:
    assert people(title) == ["May Young"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("OSPREY SYSTEMS NAMES GRANT HILL AS FINANCE CHIEF", "GRANT HILL"),
        ("OSPREY SYSTEMS NAMES Z. VEXLEY AS FINANCE CHIEF", "Z. VEXLEY"),
        ("OSPREY SYSTEMS NAMES ADA F. QUILL AS FINANCE CHIEF", "ADA F. QUILL"),
        ("Zoltram Vex Appointed CFO of Osprey Systems", "Zoltram Vex"),
        ("Osprey Systems Names Patrick Cao Finance Chief", "Patrick Cao"),
    ],
)
def test_a_name_in_capitals_or_like_a_post_is_whole(title: str, name: str) -> None:
    assert people(title) == [name]


def test_whom_somebody_will_report_to_does_not_move() -> None:
    said = "Osprey Systems has appointed Ada Quill as treasurer, reporting to {}. “She is the leader we need,” said Voss."
    assert people("Osprey Systems adds to team", said.format("Lena Voss, chief executive")) == ["Ada Quill"]
    assert people("Osprey Systems adds to team", said.format("chief executive Lena Voss")) == ["Ada Quill"]


def test_a_second_she_is_whom_the_first_was() -> None:
    found = seen(
        "New treasurer for Osprey Systems",
        "Ada Quill will join Osprey Systems. She will also advise Lena Voss on deals. She was previously treasurer of Corvid.",
    )
    assert [(place.row, place.at) for place in found.people[0].places] == [(1, 0), (2, 0), (3, 0)]


def test_a_surname_that_is_also_a_firm_opens_a_sentence() -> None:
    said = "Corvid said that Ada Ford, formerly treasurer of Osprey Systems, will become chief. Ford replaces Bo Arkwright."
    assert "Ford" not in orgs("Corvid announces appointment", said)


def test_a_former_post_of_a_numbered_firm_is_the_firms() -> None:
    assert "3M" in orgs("Ex-3M treasurer Ada Quill joins Corvid")


def test_a_region_before_of_is_the_posts() -> None:
    said = "Ada Quill, the managing director for Europe of Osprey Systems, will step down."
    assert [one.text for one in seen("Ada Quill steps down", said).posts] == ["managing director for Europe"]
