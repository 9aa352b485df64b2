"""What is told as news, and what is only a word about it: by the headline and by the part of the site it stands in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.classify.nature import nature_of
from monitor.model import Nature
from tests.pipelines import lived
from tests.stories import story


@pytest.mark.parametrize(
    ("title", "nature"),
    [
        ("Corvid Systems names Mara Lindqvist chief executive", Nature.NEWS),
        ("Harbor Podcast: what Mara Lindqvist leaves behind", Nature.COMMENT),
        ("Readers react to Mara Lindqvist stepping down", Nature.COMMENT),
        ("Long-time colleagues say Mara Lindqvist will change little", Nature.COMMENT),
        ("Corvid to spend $9 billion on campuses — analyst says the fears are 'overdone'", Nature.NEWS),
        ("Corvid drops its Ohio campus as rates rise; critics say it was never needed", Nature.NEWS),
        ("Keyboards, cables and Mara Lindqvist's legacy", Nature.COMMENT),
        ("A look at Corvid's recent wave of departures", Nature.COMMENT),
        ("Corvid has an opportunity to find itself again", Nature.COMMENT),
        ("Five data center stories this week: weekly digest", Nature.ROUNDUP),
        ("Corvid's data center and other troubles of the week, and more energy news", Nature.ROUNDUP),
        ("All the latest on Corvid's campuses", Nature.ROUNDUP),
    ],
)
def test_comment_is_told_from_news(title: str, nature: Nature) -> None:
    assert nature_of(story(title)) == nature


@pytest.mark.parametrize(
    "title",
    [
        "Is Corvid Systems Stock a Buy After Its Campus Deal? - Harbor Finance",
        "Corvid's chief executive is leaving. What happens now?",
        "Can anger over data centers tilt a vote? - 'It unites us', they say",
        "Data centers get nearer: are we ready?",
        "Who is Mara Lindqvist, the new chief executive of Corvid",
        "What Corvid's lease means for Ohio",
        "Where Corvid is building: a list",
        "When the fans stop: insuring a data center",
        "Neoclouds and why they outgrow their banks",
        "The 3 GW typo: how it came about",
        "Corvid's campuses: where the sites stand",
        "Fact check: what Corvid's chief said of data centers",
        "Data centers can lower rates | Opinion",
        "Data centers can lower rates | Harbor Daily | Analysis",
        "Corvid Systems: Exposure To The Buildout Of Data Centers (NYSE:CRV) - Harbor Alpha",
        "Corvid stock slips as data-center costs stay in focus - Harbor Stocks",
        "The bull case for Corvid could change after its chief's exit",
        "The race to build the largest data center",
        "An interview with Mara Lindqvist, chief executive of Corvid",
        "The Harbor Show: Mara Lindqvist leaves Corvid",
        "Seven reasons data centers go north",
        "It's time to plan for data center waste",
        "Congress should stop studying data centers",
        "Frontier labs do not use most data centers (yet)",
        "Data centers at sea, part 2: the cables",
        "The economics of data centers in orbit [pdf]",
    ],
)
def test_forms_of_comment(title: str) -> None:
    assert nature_of(story(title)) == Nature.COMMENT


@pytest.mark.parametrize(
    "title",
    [
        "Is Mara Lindqvist leaving Corvid? New reports say she may step down",
        "Corvid to build campus in Ohio - here's what we know",
        "Corvid stock jumps after it signs a 300 MW lease",
        "Corvid shares plans for a data center in Ohio",
        "WHO names Mara Lindqvist head of data",
        "Regulator says utilities should pay for data centers",
        "Corvid should be barred from Ohio, council says",
        "'How we build': Corvid opens Ohio campus",
        "Micron-like Corvid to buy chip site (CRV:NYSE)",
        "Corvid raises $2 billion to rent capacity to laboratories, schools, and more",
        "The man who built Corvid joins Harrow Cloud as chief executive",
        "Who pays for data centers? Corvid's bond sales top $250 billion",
        "The filings show: Corvid to build data center in Ohio",
        "The largest data center in Ohio is open",
        "Data centers must pay for the grid under a new law",
    ],
)
def test_news_in_such_words_is_news(title: str) -> None:
    assert nature_of(story(title)) == Nature.NEWS


@pytest.mark.parametrize(
    ("address", "nature"),
    [
        ("https://harbor.example/opinion/corvid-ohio", Nature.COMMENT),
        ("https://harbor.example/en/analysis/corvid-ohio", Nature.COMMENT),
        ("https://harbor.example/news/features/2026-03-02/corvid-ohio?x=1", Nature.COMMENT),
        ("https://harbor.example/news/opinion", Nature.NEWS),
        ("https://harbor.example/news/analysis-of-soil-stops-corvid/", Nature.NEWS),
        ("https://harbor.example/r/tech/comments/1x/corvid/", Nature.NEWS),
        ("https://opinion.example/news/corvid?back=/opinion/x", Nature.NEWS),
        ("", Nature.NEWS),
    ],
)
def test_the_part_of_a_site_tells(address: str, nature: Nature) -> None:
    assert nature_of(replace(story("Corvid to build data center in Ohio"), url=address)) == nature


def test_a_comment_is_linked_and_tells_nobody() -> None:
    news = story("Corvid Systems to build 300 MW data center in Ohio", outlet="x.example")
    asks = story("Can Ohio feed the 300 MW data center of Corvid Systems?", hours=3, outlet="y.example")
    alone, (first, then) = lived([asks])[0], lived([news, asks])
    assert not alone.decision.tell and alone.event is None
    assert first.decision.tell and not then.decision.tell
    assert first.event and then.event and then.event.id == first.event.id
