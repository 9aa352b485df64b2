"""What is a name and whose: in Title Case, beside words of a trade, and by what is said of it elsewhere in the story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.classify.moves.cast.cast import Cast, cast
from monitor.classify.parsing.row import rows
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import known
from monitor.model import FeedId, Story, StoryId

GAZETTEER = known()
AT = datetime(2026, 5, 4, tzinfo=UTC)


def seen(title: str, summary: str = "", outlet: str = "") -> Cast:
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, outlet=outlet, first_seen=AT)
    document = read(story)
    return cast(rows(document, GAZETTEER), document.outlet)


def orgs(title: str, summary: str = "") -> list[str]:
    return [one.text for one in seen(title, summary).orgs]


def people(title: str, summary: str = "") -> list[str]:
    return [one.text for one in seen(title, summary).people]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Grocery Giant Maplewick Names New Finance Chief", "Maplewick"),
        ("Swedish Miner Kiruvaara Names New CEO", "Kiruvaara"),
        ("Corvid-Backed Tallgrain Appoints New CEO", "Tallgrain"),
        ("Air Kestava Kicks Off Search to Replace CEO", "Air Kestava"),
        ("Norrvik Labs Closed Its Round, Appoints Ada Quill as CFO", "Norrvik Labs"),
        ("Hollin Software Cofounder Retires After 30 Years", "Hollin Software"),
        ("GNOSTIC Foundation Executive Director Departing", "GNOSTIC Foundation"),
        ("Solvang Partners Expands Board With Hiring of Ada Quill", "Solvang Partners"),
        ("Ada Quill Joins Hestholm Board", "Hestholm"),
    ],
)
def test_a_name_in_a_headline_of_capitals_ends_where_words_begin(title: str, name: str) -> None:
    assert orgs(title)[0] == name


@pytest.mark.parametrize(
    ("title", "none"),
    [
        ("Controversial CEO Ben Okoro Retires From Vellora", "Controversial"),
        ("Vellora Chief Resigns After Diatribes", "Diatribes"),
        ("Vellora CEO Quits Over Botched Revamp", "Botched"),
        ("Vellora Stock Sinks as CEO Ben Okoro Steps Down", "Sinks"),
        ("ChatGPT boss Ben Okoro leaves Vellora", "ChatGPT"),
        ("Vellora names Ada Quill HR chief", "HR"),
        ("Vellora hires Ada Quill for AI-driven growth, the Company says", "Company"),
        ("Oslo-based Vellora names Ada Quill CEO", "Oslo-based"),
        ("Vellora names former Musk adviser Ada Quill as president", "Musk"),
    ],
)
def test_words_products_and_people_are_no_employers(title: str, none: str) -> None:
    assert none not in orgs(title)
    assert "Vellora" in orgs(title)


def test_a_verb_before_what_a_firm_is_called_leaves_no_name_between() -> None:
    assert people("Corvid sets up chipmaker giant names Ada Quill chief executive")[-1] == "Ada Quill"


def test_a_word_written_small_makes_capitals_mean_something() -> None:
    assert orgs("Board ousts Harbor Fitness CEO Ada Quill") == ["Harbor Fitness"]
    assert seen("Ada Quill Joins Harbor Fitness From Maplewick").seen.rows[0].sentence.loud
    assert seen("Ada Quill Joins Harbor Fitness from Maplewick").seen.rows[0].sentence.loud  # Title Case leaves "from" small


def test_a_headline_follows_what_its_summary_writes_small_or_with_a_capital() -> None:
    summary = "The chief of Overlook, a maker of lamps, has resigned, and the board of Overlook looks for another."
    assert orgs("Lamp Veteran Resigns From Overlook", summary) == ["Overlook"]
    assert orgs("Marden Ousts Chief in Overlook", "It was an overlook that cost the chief of Marden a post.") == ["Marden"]


@pytest.mark.parametrize(
    ("title", "summary", "person"),
    [
        ("Osprey Freight replaces its chief", "It parts with co-founder Kadri Vossberg.", "Kadri Vossberg"),
        ("Osprey Freight gets a chief", "Kadri Vossberg, the former head of Harrow Mills, begins in May.", "Kadri Vossberg"),
        ("Osprey Freight appoints Mo Xurong as chair", "", "Mo Xurong"),
        ("Osprey Freight names Bob Gold as finance chief", "", "Bob Gold"),
        ("Jan De Wolfe joins Osprey Freight as operating partner", "", "Jan De Wolfe"),
        ("Osprey Freight's chair goes", "Its Chair Dato' Lim Kee Soon is to step aside.", "Lim Kee Soon"),
        ("Osprey Freight hires a minister", "Education Minister Denys Kovalchuk is to join.", "Denys Kovalchuk"),
        ("Ahmad Zaki bin Abdul Karim named chief of Osprey Freight", "", "Ahmad Zaki bin Abdul Karim"),
        ("Osprey Freight Appoints Dr. Eric Fields as Medical Chief", "", "Eric Fields"),
        ("David Sacks is done as adviser of Osprey Freight", "", "David Sacks"),
    ],
)
def test_people_are_told_by_shape_and_by_what_is_said_of_them(title: str, summary: str, person: str) -> None:
    found = seen(title, summary)
    assert [one.text for one in found.people] == [person]
    assert person not in [one.text for one in found.orgs]


@pytest.mark.parametrize(
    ("title", "firm"),
    [
        ("Otis Fernweh Appoints Ada Quill as COO", "Otis Fernweh"),
        ("Avis Brightwater CEO Joe Marsh to Step Down", "Avis Brightwater"),
        ("Ada Quill, CEO of Vellora, resigns", "Vellora"),
        ("Ada Quill leaves Vellora", "Vellora"),
    ],
)
def test_a_firm_is_told_from_a_person_by_its_posts_and_what_it_does(title: str, firm: str) -> None:
    found = seen(title)
    assert firm in [one.text for one in found.orgs]
    assert firm not in [one.text for one in found.people]


def test_places_are_nobody() -> None:
    assert people("Ada Quill named Osprey Freight chief for Korea", "She goes to Seoul in May.") == ["Ada Quill"]


@pytest.mark.parametrize(
    ("title", "summary", "firm"),
    [
        (
            "National Association of Lamplighters' CEO Stepping Down",
            "Ada Quill has been NAL’s chief executive since 2017.",
            "National Association of Lamplighters",
        ),
        ("Vellora hires ex-NYC chief", "Ben Okoro ran the New York Cranes Company.", "New York Cranes Company"),
    ],
)
def test_letters_stand_for_the_name_they_begin(title: str, summary: str, firm: str) -> None:
    found = orgs(title, summary)
    assert firm in found
    assert not {"NAL", "NYC"} & set(found)


@pytest.mark.parametrize(
    ("title", "none"),
    [
        ("Vellora raises a Series C and names Ada Quill CEO", "Series C"),
        ("Vellora chief pleads guilty under the Lamp Secrecy Act and resigns", "Lamp Secrecy Act"),
        ("Vellora names CEO, a filing with the Tallinn Exchange says", "Tallinn Exchange"),
        ("Readers React as Vellora CEO Steps Down", "React"),
    ],
)
def test_rounds_laws_and_markets_employ_nobody(title: str, none: str) -> None:
    assert none not in orgs(title)


def test_a_nickname_stands_inside_a_name() -> None:
    assert people("Vellora names a chief", "Joanna “Jo” Clarke, the head of sales, will be chief.") == ["Joanna “Jo” Clarke"]


def test_a_son_is_somebody() -> None:
    assert people("Ben Okoro steps down as Vellora chair, hands over to son Tarvo") == ["Ben Okoro", "Tarvo"]


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("CEO and CFO suddenly depart lamp maker Vellora", ["CEO", "CFO"]),
        ("Lamp maker Vellora fires CEO, COO", ["CEO", "COO"]),
        ("Vellora appoints new COO and group leader", ["new COO", "group leader"]),
        ("Vellora's chairman and CEO leaves", ["chairman and CEO"]),
        ("Ada Quill named CFO and COO of Vellora", ["CFO and COO"]),
    ],
)
def test_two_posts_of_two_people_are_two(title: str, posts: list[str]) -> None:
    assert [one.text for one in seen(title).posts] == posts


_WORDS = st.sampled_from(
    "Vellora names kicks Off backed Corvid-backed Giant Maker CEO CFO and , board Board of the “ ” Jo Ada Quill Dr . Inc new "
    "New York appoints to replace Partners Series C 's ’s 3M > & Association Steps Down".split()
)


@pytest.mark.slow
@given(st.lists(_WORDS, max_size=12), st.lists(_WORDS, max_size=20))
@settings(max_examples=200, deadline=None)
def test_no_headline_is_too_strange(title: list[str], summary: list[str]) -> None:
    found = seen(" ".join(title), " ".join(summary))
    assert all(one.text for one in (*found.people, *found.orgs, *found.posts))


@pytest.mark.parametrize(
    ("title", "summary", "nobody"),
    [
        ("Kestrel Oy climbs after rosy report, new CFO named", "Shares of Kestrel Oy rose on Monday.", "Kestrel Oy"),
        ("Estonia to end Lumo Golf funding, while league appoints new chairman", "", "Lumo Golf"),
        ("Vellora CFO retires after Kestrel failure", "", "Kestrel"),
        ("Another co-founder departs Ben Okoro's Vellora", "", "Ben Okoro"),
    ],
)
def test_who_does_nothing_is_nobody(title: str, summary: str, nobody: str) -> None:
    assert nobody not in people(title, summary)


@pytest.mark.parametrize(
    ("title", "surnames"),
    [
        ("Vellora taps Quillby as next CEO, succeeding Okoro", ["Quillby", "Okoro"]),
        ("Quillby, Okoro join Vellora board", ["Quillby", "Okoro"]),
        ("Quillby named CEO of Vellora", ["Quillby"]),
        ("Vellora co-founder Quillby leaves", ["Quillby"]),
    ],
)
def test_a_surname_alone_is_told_by_what_is_said_of_it(title: str, surnames: list[str]) -> None:
    assert people(title) == surnames


@pytest.mark.parametrize(
    ("title", "nobody"),
    [
        ("Vellora names former Trump adviser Ada Quill as president", "Trump"),
        ("CEO of Naavi and Prossa Steps Down", "Prossa"),
        ("Vellora AI Chief Retiring After Siri Failure", "Siri Failure"),
    ],
)
def test_who_lends_a_name_to_something_else_is_not_told_of(title: str, nobody: str) -> None:
    assert nobody not in people(title)


def test_capitals_throughout_hide_nobody() -> None:
    assert "MICHAEL TURNER" in people("Vellora adds directors", "VELLORA INC APPOINTS JAIME LEVERING, MICHAEL TURNER TO BOARD")


@pytest.mark.parametrize(
    ("title", "summary", "name"),
    [
        ("Tarrow to head Vellora with Okafor set to retire", "", "Okafor"),
        ("Hestholm names Vellora's Okafor as chief legal officer", "", "Okafor"),
        ("Vellora shares fall after surprise", "The firm said that Okafor was departing as chairman.", "Okafor"),
        ("Vellora CEO quits", "Chiwen Zao founded the exchange in 2017.", "Chiwen Zao"),
        ("Vellora soars after Eric and Donna Okafor become advisers", "", "Eric"),
    ],
)
def test_who_does_what_no_firm_does_is_a_person(title: str, summary: str, name: str) -> None:
    assert name in people(title, summary)
    assert name not in orgs(title, summary)


@pytest.mark.parametrize(
    ("title", "summary", "nobody"),
    [
        ("Will Vellora's New CEO Reframe Its Strategy?", "", "Reframe"),
        ("Vellora Announces Rebrand to Hestholm, Appointment of New Chair", "", "Rebrand"),
        ("Vellora hires CFO", "Lier, 11 February 2026: The board of Vellora is pleased.", "Lier"),
        ("Vellora Names Change at Top With New CEO Ap", "", "Ap"),
        ("Ruby Hollow loses director", "Ruby Hollow, a nonprofit that teaches code, is in trouble.", "Ruby Hollow"),
        ("Cory Hexen Loses Its Second Director", "", "Cory Hexen"),
    ],
)
def test_what_only_looks_like_a_name_is_nobody(title: str, summary: str, nobody: str) -> None:
    assert nobody not in people(title, summary)


def test_of_two_spellings_of_a_name_the_first_is_kept_and_the_fuller_wins() -> None:
    assert people("Dave Okafor leaves Vellora", "David Okafor ran its devices unit.") == ["Dave Okafor"]
    assert people("Okafor leaves Vellora", "David Okafor ran its devices unit.") == ["David Okafor"]


def test_a_veteran_of_a_firm_is_no_firm_and_a_name_cut_short_is_the_same() -> None:
    assert people("Vellora names Jory Bonfield, a 27-year company veteran, as new CEO") == ["Jory Bonfield"]
    assert people("Vellora Appoints Dorin V. Falk, M.D., as Chief Medical Officer", "Dorin V joins in May.") == ["Dorin V. Falk"]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Osprey appoints Corvid's Wassym Bensaid as chief executive", ["Wassym Bensaid"]),
        ("Osprey names Corvid's Wassym Bensaid chief executive", ["Wassym Bensaid"]),
        (
            "Osprey hires Corvid's Srini Iyengar and Harrow's Kevork Kechichian to lead silicon",
            ["Srini Iyengar", "Kevork Kechichian"],
        ),
        ("Osprey reshuffles; Ahn Hyun promoted to president", ["Ahn Hyun"]),
    ],
)
def test_a_full_name_that_no_list_knows_is_told_by_who_is_taken_from_whom(title: str, names: list[str]) -> None:
    assert [one.text for one in seen(title).people] == names


def test_who_is_known_stays_somebody_whatever_he_does() -> None:
    found = seen("Elon Musk names Corvid's Ada Quill chief executive of Osprey")
    assert "Elon Musk" not in [one.text for one in found.orgs]
