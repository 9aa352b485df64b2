"""Two firms that do alike at one time: headlines that tell them apart make two events, one firm by two names makes one."""

from __future__ import annotations

import pytest

from monitor.membership import why_there
from tests.grouping.placing import Told, events_of
from tests.pipelines import lived
from tests.stories import story

OHIO = "Corvid Systems to build data center in Ohio"
SPENDING = "Corvid Systems lifts data center spending to $44 billion"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (OHIO, "Harrow Cloud to build data center in Ohio / Work starts in spring."),
        (SPENDING, "Harrow Cloud lifts data center spending to $25 billion"),
        (
            "Corvid Systems raises $2 billion to build data centers in Europe",
            "Harrow Cloud raises $900 million to build data centers in Europe / It has sites in Spain.",
        ),
        (
            "Corvid Systems data center in Ohio faces lawsuit over noise",
            "Harrow Cloud data center in Ohio faces complaints over noise",
        ),
    ],
)
def test_two_builders_are_two_events(first: str, then: str) -> None:
    assert events_of(3, (first, then)) == [0, 1]


@pytest.mark.parametrize(
    "told",
    [
        # one side knows the other's firm
        (OHIO, "Harrow Cloud to build data center in Ohio / Corvid Systems will be its landlord."),
        ("Corvid Systems to build data center in Ohio / Harrow Cloud rents it.", "Harrow Cloud to build data center in Ohio"),
        # one figure, one town
        (f"{OHIO} with 340 MW", "Harrow Cloud to build 340 MW data center in Ohio"),
        ("Corvid Systems to build data center in Dayton, Ohio", "Harrow Cloud to build data center in Dayton, Ohio"),
        # a longer name, a ticker, its initials
        (OHIO, "Corvid to build data center in Ohio"),
        ("Corvid Systems Global to build data center in Ohio", "CSG to build data center in Ohio"),
        # a firm and whose it is
        ("Google to build data center in Ohio", "Alphabet to build data center in Ohio"),
        ("xAI to build data center in Mississippi", "SpaceX to build data center in Mississippi"),
        # who builds is told of in general, or not
        (SPENDING, "Tech companies lift data center spending to $44 billion"),
        (OHIO, "Data center to be built in Ohio"),
    ],
)
def test_one_builder_by_two_names_is_one_event(told: Told) -> None:
    assert events_of(3, told) == [0, 0]


def test_the_reason_says_so() -> None:
    steps = lived([story(OHIO), story("Harrow Cloud to build data center in Ohio", hours=3, outlet="x1.example")])
    assert "conflict: another builder" in steps[1].attachment.reasons
    assert "against it: the headlines name other firms, another builder" in why_there("founder", steps[1].attachment.reasons)
