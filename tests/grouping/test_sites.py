"""Two sites of one firm on one day: each reaches the user where headlines cannot mean one; one site by two names is told once."""

from __future__ import annotations

import pytest

from monitor.grouping.sites import region_of
from monitor.placing import Step
from tests.pipelines import lived
from tests.stories import story

OKLAHOMA = ("Corvid Systems to build data center in Quill Falls, Oklahoma", "Corvid Systems will build on 200 acres.")
NORWAY = ("Corvid Systems to build data centers in Norway", "The sites follow talks with the grid's operator.")
Told = tuple[str, str]  # title and summary


def told(*stories: Told) -> list[Step]:
    """One story an hour, each of an outlet of its own."""
    return lived(story(*words, hours=n, outlet=f"x{n}.example") for n, words in enumerate(stories))


def firsts(steps: list[Step]) -> list[bool]:
    """Which of the stories were told as an event of their own."""
    return [step.decision.tell and step.attachment.relation == "founder" for step in steps]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            OKLAHOMA,
            ("Corvid Systems to build data center in Marrow Bay, Wyoming", "Corvid Systems will build on the coast road."),
        ),
        (NORWAY, ("Corvid Systems to build data centers in Portugal", "It will build with a local partner.")),
        (
            ("Corvid Systems to invest $5 billion in South Korea data centers", "Corvid Systems will invest $5 billion."),
            ("Corvid Systems to invest $5 billion in Thailand data centers", "Corvid Systems will invest $5 billion."),
        ),
        (
            ("Project Otter: data center campus proposed in Quill County", "Harrow Land proposed Project Otter on 900 acres."),
            ("Project Badger: data center campus proposed in Quill County", "Skagen Land proposed Project Badger on farmland."),
        ),
    ],
)
def test_what_headlines_put_elsewhere_is_an_event_of_its_own(first: Told, then: Told) -> None:
    steps = told(first, then)
    assert firsts(steps) == [True, True]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (OKLAHOMA, ("Corvid Systems to build data center in Quill County", "Corvid Systems will build on 200 acres.")),
        (OKLAHOMA, ("Corvid Systems plans data center in Oklahoma", "Corvid Systems will build on 200 acres in Quill Falls.")),
        (
            ("Corvid Systems to build data center in West Virginia", "Corvid Systems will build on 200 acres in Quill County."),
            ("Corvid Systems to build data center in Virginia", "Corvid Systems will build on 200 acres in Quill County."),
        ),
        (
            ("Taiwan's Corvid Systems to build data center in Norrvik", "Corvid Systems will build on 200 acres."),
            ("Corvid Systems to build data center in Norrvik, Sweden", "Corvid Systems will build on 200 acres."),
        ),
        (
            ("Corvid Systems to build data center in Kansas City, Missouri", "Corvid Systems will build on 200 acres."),
            ("Corvid Systems to build data center in Kansas", "Corvid Systems will build on 200 acres near Kansas City."),
        ),
        (
            ("Project Sail: data center campus proposed in Quill County", "Harrow Land proposed Project Sail on 900 acres."),
            ("Project Sale: data center campus proposed in Quill County", "Harrow Land proposed Project Sale on 900 acres."),
        ),
    ],
)
def test_what_may_be_one_site_is_told_once(first: Told, then: Told) -> None:
    steps = told(first, then)
    assert firsts(steps) == [True, False]
    assert len({step.event.id for step in steps if step.event}) == 1


@pytest.mark.parametrize("knows", ["Oklahoma", "Quill Falls", "Tulsa, Okla."])
def test_a_story_that_knows_of_the_other_site_is_no_second_one(knows: str) -> None:
    then = ("Corvid Systems to build data center in Wyoming", f"Corvid Systems will build on 200 acres, as it does in {knows}.")
    assert firsts(told(OKLAHOMA, then)) == [True, False]


def test_a_story_of_both_sites_tells_nobody_again() -> None:
    both = ("Corvid Systems to build data centers in Norway and Portugal", "The sites follow talks with both governments.")
    steps = told(NORWAY, ("Corvid Systems to build data centers in Portugal", "It will build with a local partner."), both)
    assert [step.decision.tell for step in steps] == [True, True, False]


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("Corvid Systems to build data center in Norway", "norway"),
        ("Corvid Systems to build data center in Quill Falls, West Virginia", "west virginia"),
        ("Corvid Systems to build data center near Memphis, Tennessee", ""),  # it may be across the line
        ("Corvid Systems to build data centers in Norway and Sweden", ""),
        ("Norway's Corvid Systems to build data center", ""),
        ("Corvid Systems signs deal in Norway to build data center", ""),
        ("Corvid Systems, based in Norway, to build data center", ""),
        ("Corvid Systems plans Norway data center, its first outside Texas", ""),
    ],
)
def test_a_headline_gives_a_region_where_it_says_so_of_the_site(title: str, region: str) -> None:
    assert region_of(title, title) == region
