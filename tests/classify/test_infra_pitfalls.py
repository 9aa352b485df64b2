"""Pairs that look alike and are not: what is capacity for computing, and what only has its words."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from monitor.classify.cascade import Cascade
from monitor.classify.encoder.use import lacks
from monitor.model import Buildout, BuildoutAction, FeedId, Label, Story, StoryId, Verdict


@cache
def cascade(encoder: str) -> Cascade:
    return Cascade(encoder=encoder)


asked = "off"


@pytest.fixture(autouse=True, scope="module", params=["off", "on"])
def _encoder(request: pytest.FixtureRequest) -> None:
    """Without the encoder and with it."""
    global asked
    if lacks() and request.param == "on":
        pytest.skip(lacks())
    asked = request.param


def said(title: str, summary: str = "") -> Verdict:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return cascade(asked).classify(
        Story(id=StoryId("s"), feed_id=FeedId("f"), url="", title=title, summary=summary, first_seen=now)
    )


def buildout(title: str, summary: str = "") -> Buildout:
    match = said(title, summary).match(Label.INFRASTRUCTURE)
    assert match is not None and match.buildout is not None
    return match.buildout


@pytest.mark.parametrize(
    "title",
    [
        "CoreWeave sells junk bonds to pay for a data center in Ohio",
        "Meta turns to the bond market for $12 billion to fund data centers",
        "Amazon lifts capex to $150 billion to build AI data centers",
        "AMD will provide Meta with 3 gigawatts of GPUs",
        "County board passes a moratorium on data centers",
        "Neighbors go to court to stop a 900 MW data center",
        "Power company asks for higher rates, citing demand from data centers",
        "Oracle and Crusoe abandon plan to enlarge a Texas data center",
        "Meta signs 20-year nuclear power deal for its AI data centers",
        "Google to lay an undersea cable between Oregon and Japan",
        "Startup plans orbital data centers by 2028",
        "Micron breaks ground on memory fab in New York",
        "Anthropic rents a cluster of 60,000 GPUs",
        "Residents' wells run dry beside Georgia data center",
    ],
)
def test_capacity_for_computing_is_infrastructure(title: str) -> None:
    assert said(title).match(Label.INFRASTRUCTURE) is not None


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia borrows $20 billion in the bond market",  # no word of capacity
        "Nvidia turns to the bond market for $12 billion",
        "Google cuts 4,000 jobs while AI spending rises",
        "Shares of Amazon sink on worries about AI spending",
        "Nvidia shows a data center GPU called Feynman",
        "Intel's data center revenue falls again",
        "AMD's new accelerator beats its rival in benchmarks",
        "Azure outage takes a data center region down",
        "Fire at data center knocks banks' services offline",
        "Power company asks for higher rates to protect lines from storms",
        "Infrastructure bill pays for roads, bridges and ports",
        "Pulumi adds a feature to its infrastructure as code tool",
        "Streaming service orders a new Stargate TV series",
        "Analyst raises price target on Microsoft",
        "Google buys security firm for $20 billion",
        "Four OpenAI Stargate leaders move to Meta",
        "Microsoft in talks to hire Oracle's compute chief",
        "Nvidia in talks to recruit Anthropic's compute head",
        "Amazon hires a nuclear energy chief for its data centers",
        "Utility files for permit to build a nuclear reactor in Ontario",
        "Lawmakers tighten export controls on AI chips",
        "Chip startup raises $200 million at a $1 billion valuation",
    ],
)
def test_what_only_has_its_words_is_not(title: str) -> None:
    assert said(title).match(Label.INFRASTRUCTURE) is None


def test_a_word_of_a_name_says_nothing() -> None:
    found = said("Data center planned in Ulmenau", "Halvorsen Systems said the county had agreed to a new road.")
    match = found.match(Label.INFRASTRUCTURE)
    assert match is not None
    assert all("Systems" not in span.text for span in match.evidence if span.supports != "buildout.orgs")


def test_sunlight_from_space_is_no_site_in_space() -> None:
    assert buildout("Meta to power AI data centers with solar energy from space").location != "space"
    assert buildout("Startup to put data centers in space").location == "space"


def test_money_for_compute_is_spending_and_no_deal() -> None:
    assert buildout("OpenAI says it will spend $40 billion on compute this year").action is BuildoutAction.INVEST


def test_a_region_of_companies_is_no_company() -> None:
    assert "Silicon Valley" not in buildout("Silicon Valley races to build data centers with Oracle").orgs


def test_the_words_of_the_action_say_the_action() -> None:
    match = said("Sources: Acme cancels plan for $2 billion data center, county president says").match(Label.INFRASTRUCTURE)
    assert match is not None
    (told,) = [span.text for span in match.evidence if span.supports == "buildout.action"]
    assert told == "cancels"
