"""A report of a buildout is confirmed by a deed, by who is part of it or by a first-tier outlet: not by who tells it after."""

from __future__ import annotations

import pytest

from monitor.model import Status
from tests.pipelines import SETTINGS, lived
from tests.stories import story

REPORT = "Sources: Corvid Systems plans a robotics firm to build data centers in Ohio, seeking $9 billion"


def said_after(then: str, outlet: str = "y.example", first: str = REPORT) -> tuple[list[str], Status]:
    """The lines that ``then`` adds to a report, a slash before its summary, and the status of the event."""
    title, _, summary = then.partition(" / ")
    steps = lived([story(first, outlet="x.example"), story(title, summary, hours=5, outlet=outlet)], SETTINGS)
    event = steps[1].event
    assert event is not None and steps[0].event is not None and event.id == steps[0].event.id, "two events"
    return [c.after for c in steps[1].decision.changes if c.kind in ("status", "confirmation")], event.status


@pytest.mark.parametrize(
    "then",
    [
        "Corvid Systems plans robotics firm to build data centers in Ohio, aims for $9 billion",
        "Robots of Corvid Systems' firm: data centers in Ohio for $9 billion",
        "Corvid Systems seeks $9 billion for robotics firm to build data centers in Ohio / The firm is about to list.",
    ],
)
def test_who_tells_a_report_after_another_confirms_nothing(then: str) -> None:
    assert said_after(then) == ([], Status.REPORTED)


@pytest.mark.parametrize(
    "then",
    [
        "Corvid Systems launches robotics firm to build data centers in Ohio",
        "Corvid Systems to build data centers in Ohio with robotics firm, seeking $9 billion",
        "Corvid Systems says it plans a robotics firm to build data centers in Ohio",
        "Corvid Systems plans robotics firm to build data centers in Ohio / Corvid announced it on Monday.",
        "Corvid Systems plans robotics firm to build data centers in Ohio / Corvid has formed the firm with Harrow.",
    ],
)
def test_a_deed_and_the_word_of_who_is_part_of_it_do(then: str) -> None:
    assert said_after(then) == (["confirmed"], Status.CONFIRMED)


def test_a_first_tier_outlet_does() -> None:
    then = "Corvid Systems plans robotics firm to build data centers in Ohio, aims for $9 billion"
    assert said_after(then, "Release Line") == (["confirmed"], Status.CONFIRMED)


def test_what_was_a_rumour_is_a_report_where_an_outlet_tells_it_as_a_fact() -> None:
    rumour = "Corvid Systems in talks to lend $9 billion for robotics data centers in Ohio"
    then = "Corvid Systems backers shop $9 billion debt for robotics data centers in Ohio"
    assert said_after(then, first=rumour) == (["reported"], Status.REPORTED)
