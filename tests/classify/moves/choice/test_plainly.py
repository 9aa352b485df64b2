"""What a sentence says in so many words of where somebody comes from and goes, whatever else speaks for another reading."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.overruling import below_the_board, from_his_post, heard
from monitor.classify.moves.choice.plainly import plainly
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.choice.test_others import moves
from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("summary", "action", "there"),
    [
        (
            "Harrow Mills said Ada Quill would leave. It said Quill was returning to Corvid Foods, from where she had come.",
            "hire",
            "C",
        ),
        ("Ada Quill will step down from her day-to-day role at Harrow Mills to launch a new venture in toys.", "found", ""),
        ("Ada Quill, Bo Tarrow and Cy Lund will step down from Harrow Mills to start their own firm.", "found", ""),
        ("Ada Quill leaves Harrow Mills as its chief, and will start her own firm.", "found", ""),
        ("Ada Quill leaves Harrow Mills as the company prepares to launch a new fund.", "depart", ""),
        ("Ada Quill leaves Harrow Mills. Bo Tarrow left last month to launch a new venture.", "depart", ""),
    ],
)
def test_who_leaves_goes_where_the_story_says(summary: str, action: str, there: str) -> None:
    ties = Ties(seen("A shake-up", summary))
    one = plainly(ties, found(ties, "depart", from_org="Harrow Mills"))
    assert (one.action, one.get("to_org")[:1]) == (action, there)


@pytest.mark.parametrize(
    ("summary", "action", "there"),
    [
        (
            "Today a founder, Ada Quill, said she is leaving to work at one of its biggest rivals, Corvid Foods.",
            "hire",
            "Corvid Foods",
        ),
        ("Ada Quill, who stepped down as chief of the Lumen brand, was in talks with Corvid Foods.", "hire", "Corvid Foods"),
        ("Finance chief Ada Quill resigned, saying Harrow Mills was in talks with Corvid Foods.", "depart", ""),
        ("Finance chief Ada Quill resigned as it is in talks with Corvid Foods about a merger.", "depart", ""),
        ("Finance chief Ada Quill quits to work on a book with Corvid Foods.", "depart", ""),
    ],
)
def test_who_leaves_is_hired_where_work_or_talks_are_told(summary: str, action: str, there: str) -> None:
    ties = Ties(seen("More changes at Harrow Mills", summary))
    one = plainly(ties, found(ties, "depart", from_org="Harrow Mills"))
    assert (one.action, one.get("to_org")) == (action, there)


def test_who_is_leaving_is_not_hired_by_the_firm_that_is_left() -> None:
    ties = Ties(seen("Harrow Mills design head Ada Quill is leaving; Corvid's Bo Tarrow is returning to Harrow Mills"))
    one = plainly(ties, found(ties, "hire", from_org="Harrow Mills", to_org="Harrow Mills"))
    assert (one.action, one.get("from_org"), one.get("to_org")) == ("depart", "Harrow Mills", "")


def test_a_new_job_is_no_new_firm() -> None:
    ties = Ties(seen("Ada Quill leaves Harrow Mills to start a new role at Corvid"))
    assert plainly(ties, found(ties, "found", from_org="Harrow Mills", to_org="Corvid")).action == "hire"
    ties = Ties(seen("Ada Quill leaves Harrow Mills to start a new brewery"))
    assert plainly(ties, found(ties, "found", from_org="Harrow Mills")).action == "found"


def test_who_is_upped_is_promoted_there() -> None:
    for title in ("Harrow Mills Ups Ada Quill To Head Of Sales", "Ada Quill has been upped to head of sales at Harrow Mills"):
        ties = Ties(seen(title))
        one = plainly(ties, found(ties, "appoint", to_org="Harrow Mills"))
        assert (one.action, one.get("from_org")) == ("promote", "Harrow Mills")
    ties = Ties(seen("Harrow Mills names Ada Quill head of sales"))
    assert plainly(ties, found(ties, "appoint", to_org="Harrow Mills")).action == "appoint"


def test_who_only_was_something_elsewhere_is_hired() -> None:
    [aide] = moves("Ada Quill, former chief of staff to the premier, is to be a managing director of Harrow Mills")
    assert (aide.action, aide.from_org, aide.to_org) == ("hire", "", "Harrow Mills")
    ties = Ties(seen("Who runs what", "Ada Quill, who was CIO of Corvid until 2020, is now heading IT for Harrow Mills."))
    one = found(ties, "promote", from_org="Harrow Mills", from_role="CIO", to_org="Harrow Mills")
    assert (plainly(ties, one).action, one.get("from_org")) == ("hire", "Corvid")
    ties = Ties(seen("Harrow Mills promotes Ada Quill, formerly head of sales, to president"))
    one = found(ties, "promote", from_org="Harrow Mills", from_role="head of sales", to_org="Harrow Mills")
    assert (plainly(ties, one).action, one.get("from_org")) == ("promote", "Harrow Mills")


def test_whose_post_is_left_is_where_from() -> None:
    ties = Ties(seen("Harrow Mills hires Corvid veteran Ada Quill away from her post as Lumen's design head"))
    assert from_his_post(ties, found(ties, "hire", from_org="Corvid", to_org="Harrow Mills")).get("from_org") == "Lumen"
    ties = Ties(seen("Harrow Mills hires Corvid veteran Ada Quill for a post at Lumen"))
    assert from_his_post(ties, found(ties, "hire", from_org="Corvid", to_org="Harrow Mills")).get("from_org") == "Corvid"


@pytest.mark.parametrize(
    ("title", "action"),
    [
        ("Ada Quill, a director in Harrow Mills's fast-growing toys division, left the company", "depart"),
        ("Ada Quill, a director of Harrow Mills, left the board", "board"),
        ("Ada Quill, an independent director at Harrow Mills, resigned", "board"),
    ],
)
def test_a_director_in_a_part_of_a_firm_sits_on_no_board(title: str, action: str) -> None:
    ties = Ties(seen(title))
    _, place = next(pair for pair in ties.cast.titles if "director" in pair[1].chunk.low)
    one = found(ties, "board", from_org="Harrow Mills")
    one.slots["from_role"] = (place, place.chunk.text)
    assert below_the_board(ties, one).action == action


def test_a_verb_of_its_own_settles_another_kind_of_move() -> None:
    ties = Ties(seen("Ada Quill steps into the role of finance chief at Harrow Mills"))
    assert heard(ties, found(ties, "other", to_org="Harrow Mills", to_role="finance chief")).action == "appoint"
    ties = Ties(seen("Harrow Mills promotes Ada Quill to finance chief"))
    assert heard(ties, found(ties, "hire", to_org="Harrow Mills", to_role="finance chief")).action == "promote"


def test_an_outgoing_chief_leaves() -> None:
    cast = seen(
        "Harrow Mills appoints Bo Tarrow chief executive", "Along with outgoing CEO Ada Quill, Tarrow built the toys business."
    )
    ties = Ties(cast)
    one = found(ties, "other", to_org="Harrow Mills")
    one.anchor = next(person for person in cast.people if person.text == "Ada Quill")
    _, place = next(pair for pair in cast.titles if pair[1].chunk.low == "outgoing ceo")
    one.slots["from_role"] = (place, "CEO")
    assert (heard(ties, one).action, one.get("to_org")) == ("depart", "")
