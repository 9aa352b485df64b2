"""Names of people that no list knows, that are words, or that are written in other ways than most."""

from __future__ import annotations

import pytest

from tests.classify.test_names import orgs, people

NAMES = (
    "Zoltram Vexley",
    "J. Morwen Vexley",
    "T.V. Zoltraman",
    "Zol-Mir Vexley",
    "DeZoltram Vexley",
    "Ngo Thi Zol Vex",
    "Zoltram Al Vexley",
    "Zoltram van der Does",
    "Zoltram do Vexley",
    "Summer Frost",
    "May Young",
    "Duke Marsh",
    "Lei Jun",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "title",
    [
        "{} joins Osprey Systems as finance chief",
        "{} to join Osprey Systems from Corvid as finance chief",
        "{} is leaving Osprey Systems after nine years as finance chief",
        "Osprey Systems names {} as finance chief",
        "Osprey Systems taps Corvid veteran {} as finance chief",
        "Corvid hires {} from Osprey Systems as finance chief",
        "Osprey Systems' finance chief {} to depart",
    ],
)
def test_who_goes_to_a_post_or_leaves_one_is_a_person_by_the_whole_name(title: str, name: str) -> None:
    assert people(title.format(name)) == [name]
    assert name not in orgs(title.format(name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "title",
    [
        "{} succeeds Ada Quill as Osprey Systems finance chief",
        "{} to replace Ada Quill as finance chief of Osprey Systems",
        "Osprey Systems board elects {} as finance chief",
        "Osprey Systems promotes {} to finance chief",
        "{} resigns from Osprey Systems",
    ],
)
def test_who_follows_somebody_is_elected_or_resigns_is_a_person(title: str, name: str) -> None:
    assert name in people(title.format(name))
    assert name not in orgs(title.format(name))


def test_who_joins_from_somewhere_is_a_person() -> None:
    assert people("Osprey appoints finance chief", "Zoltram Vexley joins from Corvid.") == ["Zoltram Vexley"]


@pytest.mark.parametrize("name", ["Bill Ready", "Rose Field", "Judge Okoro", "DeZoltram Reed"])
def test_a_name_with_words_is_one_between_a_verb_and_the_post_in_a_headline_of_capitals(name: str) -> None:
    assert people(f"Osprey Systems Hires {name} as Finance Chief") == [name]


@pytest.mark.parametrize(
    ("title", "firm"),
    [
        ("Zorvik joins Corvid in a bid for Tallgrass, says CEO Ada Quill", "Zorvik"),
        ("Zorvik Vale joins Osprey as a partner as Ada Quill steps down as CEO", "Zorvik Vale"),
        ("Zorvik Vale to replace Corvid as partner, says CEO Ada Quill", "Zorvik Vale"),
        ("Zorvik Vale replaces Ada Quill as CEO", "Zorvik Vale"),
        ("Zorvik leaves Nasdaq after nine years as CEO quits", "Zorvik"),
    ],
)
def test_a_firm_joins_and_leaves_but_into_no_post(title: str, firm: str) -> None:
    assert firm in orgs(title)
    assert firm not in people(title)


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Osprey Founder Ada Quill Steps Aside as CEO", ["Ada Quill"]),
        ("Banker Okoro joins Osprey as finance chief", ["Okoro"]),
        ("Osprey Names Turnaround Specialist as CEO", []),
        ("Osprey fires Blue Harbor CEO Ada Quill", ["Ada Quill"]),
        ("Osprey CEO May Step Down, Says Chair", []),
    ],
)
def test_what_somebody_does_or_is_is_no_part_of_a_name(title: str, who: list[str]) -> None:
    assert people(title) == who


def test_a_name_of_words_is_one_wherever_the_story_tells_it() -> None:
    assert people("Osprey names May Young as CEO", "The firm said May Young will start in June.") == ["May Young"]


def test_a_name_goes_on_to_its_junior() -> None:
    assert people("Ben Okoro Jr. joins Osprey as finance chief") == ["Ben Okoro Jr."]


def test_a_quote_sign_alone_before_the_post_ends_what_is_read_as_one() -> None:
    assert people("Osprey names Bill Ready as ' chief, and Ada Quill joins Corvid as CEO")[-1] == "Ada Quill"


def test_a_surname_behind_a_particle_is_no_firm() -> None:
    title = "Osprey Systems finance chief {} steps down"
    assert people(title.format("Francesca De Ferrari")) == ["Francesca De Ferrari"]
    assert orgs(title.format("Francesca De Ferrari")) == ["Osprey Systems"]


def test_a_nickname_may_stand_behind_an_initial() -> None:
    assert people('Osprey Systems names William D. "Bill" Tarrow chief executive') == ['William D. "Bill" Tarrow']


def test_what_a_firm_does_in_a_loud_headline_is_no_part_of_its_name() -> None:
    assert orgs("Osprey Systems Restructures Under Ada Tarrow; Finance Chief Quits")[0] == "Osprey Systems"
