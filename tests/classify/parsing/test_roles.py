"""Roles: how senior a post as written is."""

from __future__ import annotations

import pytest

from monitor.classify.parsing.roles import find_roles, level_of


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
        ("president emeritus", 1),
        ("chairwoman emerita", 1),
        ("co-founder", 1),
        ("independent director", 3),
        ("board member", 2),
        ("general partner", 2),
        ("head of research", 2),
        ("director of design", 3),
        ("researcher", 4),
        ("marketer", 4),
        ("CMD", 1),
        ("executive committee", 2),
    ],
)
def test_level_of_a_role_as_written(role: str, level: int) -> None:
    assert level_of(role) == level


@pytest.mark.parametrize(
    "text",
    [
        "Vellora takes the lead for now",
        "Vellora is to lead for years",
        "Publisher Vellora buys Corvid",
        "Quill will chair for now",
    ],
)
def test_who_leads_and_what_publishes_is_no_post(text: str) -> None:
    assert find_roles(text, 0, len(text)) == []


def test_several_who_research_are_told_without_their_field() -> None:
    text = "AI researchers leave Vellora"
    assert [found.text for found in find_roles(text, 0, len(text))] == ["researchers"]


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
        ("Vellora names Quill as principal research scientist", "principal research scientist"),
        ("Vellora names Quill as distinguished engineer", "distinguished engineer"),
        ("Vellora names Quill as editor in chief", "editor in chief"),
        ("Vellora names Quill as publisher", "publisher"),
        ("Vellora names Quill as country manager for Japan", "country manager for Japan"),
        ("Vellora names Quill as group product manager", "group product manager"),
        ("Vellora names Quill as lead of the Lantern team", "lead of the Lantern team"),
        ("Vellora loses its site lead", "site lead"),
        ("Quill will stay CEO for another 15 years", "CEO"),
        ("Quill became head of Office last year", "head of Office"),
        ("The SVP of Devices announced last week that she leaves", "SVP of Devices"),
        ("Vellora hires a director of India ahead of its opening", "director of India"),
        ("Vellora names Quill as head of Japan and plans an office", "head of Japan"),
        ("Quill, vice president of hardware and one of a kind", "vice president of hardware"),
        ("Quill is head of the company's U.S. operations", "head of the company's U.S. operations"),
        ("Quill, SVP, Cloud Infrastructure, leaves", "SVP, Cloud Infrastructure"),
        ("Quill was vice president, global HR, at Vellora", "vice president, global HR"),
        ("Vellora names Quill vice president, sales rise", "vice president"),
        ("Vellora names Quill as president, North America", "president, North America"),
        ("Vellora hires Quill as senior research scientist", "senior research scientist"),
        ("Vellora hires Quill as machine learning engineer", "machine learning engineer"),
        ("Vellora hires Quill as staff engineer", "staff engineer"),
        ("Vellora names Quill as technical director", "technical director"),
        ("Vellora names Quill as venture partner", "venture partner"),
        ("Vellora names Quill as strategic adviser to its chief executive", "strategic adviser to its chief executive"),
        ("Vellora loses senior portfolio manager Quill", "senior portfolio manager"),
        ("Vellora chair steps down after a row", "chair"),
        ("Quill is to retake chair for another try", "chair"),
        ("Quill was made Chairlady", "Chairlady"),
        ("Vellora promotes Quill's deputy Bo Tarrow", "deputy"),
        ("Quill's No. 2 is to go", "No. 2"),
        ("Quill gives up the presidency in June", "presidency"),
        ("Vellora loses its growth team lead", "team lead"),
        ("Vellora hires Corvid antitrust counsel in Brussels", "antitrust counsel"),
        ("Quill was under secretary for trade and left Washington", "under secretary for trade"),
        ("Lantern architect Ada Quill stays", "architect"),
        ("Vellora founder-CEO quits", "founder-CEO"),
        ("Vellora names Quill as group actuary", "group actuary"),
        ("Vellora lobbyist Ada Quill joins Corvid", "lobbyist"),
        ("Vellora names Quill as regional head", "regional head"),
        ("The chairman-elect pulls out", "chairman-elect"),
        ("Vellora names sons as advisers", "advisers"),
        ("Veteran bond manager Ada Quill hangs up her boots", "Veteran bond manager"),
        ("Quill was MD/CEO of Vellora", "MD/CEO of Vellora"),
        ("Vellora brings a Corvid vet aboard", "vet"),
        ("Quill is in talks for the chairmanship of Vellora Foods", "chairmanship of Vellora Foods"),
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


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Vellora names Ada Quill to its executive committee", ["executive committee"]),
        ("joins the Management Board of Vellora", ["Management Board of Vellora"]),
        ("joins Vellora's executive leadership team", ["executive leadership team"]),
        ("the chairman of the management board", ["chairman of the management board"]),
        ("its management team won", []),
    ],
)
def test_a_body_of_executives_is_a_post_and_no_board(text: str, roles: list[str]) -> None:
    assert [found.text for found in find_roles(text, 0, len(text))] == roles


def test_a_surname_that_is_written_like_a_chief_officer_is_none() -> None:
    assert find_roles("Cao Peng joins Vellora", 0, 22) == []
    assert [found.text for found in find_roles("Vellora CAO leaves", 0, 18)] == ["CAO"]


@pytest.mark.parametrize("verb", ["appointed", "promoted", "hired", "announces", "made", "moves", "replaced"])
def test_a_post_ends_where_the_firm_does_the_next_thing(verb: str) -> None:
    text = f"named Ada Quill head of chips and design and {verb} Ben Okoro"
    assert [role.text for role in find_roles(text, 0, len(text))] == ["head of chips and design"]


def test_who_is_in_office_now_has_no_post_that_is_told() -> None:
    assert find_roles("Governor Ada Quill meets senator Ben Hart", 0, 41) == []
    assert [r.text for r in find_roles("former governor Ada Quill", 0, 25)] == ["former governor"]
