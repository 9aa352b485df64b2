"""What is a move and what only looks like one: pairs written for it, a headline apart in a word or two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.classify import load_classifier
from monitor.classify.encoder.use import lacks
from monitor.interfaces import Classifier
from monitor.model import FeedId, Label, Move, Status, Story, StoryId, Verdict

AT = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture(scope="module", params=["off", "on"])
def classifier(request: pytest.FixtureRequest) -> Classifier:
    """Without the encoder and with it."""
    if lacks() and request.param == "on":
        pytest.skip(lacks())
    return load_classifier(encoder=request.param)


def judged(classifier: Classifier, title: str, summary: str = "") -> Verdict:
    return classifier.classify(Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT))


def only(classifier: Classifier, title: str, summary: str = "") -> Move:
    match = judged(classifier, title, summary).match(Label.EXECUTIVE_MOVE)
    assert match is not None, f"not flagged: {title}"
    return match.moves[0]


PAIRS = [
    (
        "Hollis Pharma's former finance chief joins Karst as CFO",
        "Former Hollis Pharma finance chief raises $90 million for start-up",
    ),
    ("Ex-Zentrix executive named Vesper president", "Ex-Zentrix executive criticises AI spending"),
    ("Zentrix loses robotics co-lead to Vesper", "Zentrix loses robotics contract to Vesper"),
    ("Rafael Ibarra stays at Vesper after Zentrix offer", "Rafael Ibarra praises Vesper after Zentrix demo"),
    ("Umbra Systems CEO to retire after 20 years", "Umbra Systems to retire 20-year-old product line"),
    ("Tidewater Utilities board begins search for new CEO", "Tidewater Utilities begins search for new headquarters"),
    ("Target names insider as next CEO", "Target names insider threat as next risk"),
    ("Delphine founder leaves to start rival lab", "Delphine founder leaves door open to sale"),
    ("Corvid Networks hires nuclear chief for its data centers", "Corvid Networks hires 400 electricians for its data centers"),
    ("Is Juno Semiconductor's CEO on the way out?", "Is Juno Semiconductor's chip on the way to phones?"),
    ("Polaris Shipping chairman Theo Van Houten steps down", "Prime minister Theo Van Houten steps down"),
    ("Quillon AI fires its chief scientist", "Quillon AI fires 300 engineers"),
    ("Quillon AI replaces finance chief", "Quillon AI replaces finance software"),
    ("Sofia Kovacs joins Aldgate Group board", "Sofia Kovacs joins cast of new thriller"),
    ("Brightwell Insurance appoints Emil Sandoval as CFO", "Brightwell Insurance appoints auditor"),
    ("Kestrel Robotics CEO Min Thu resigns", "Lawmaker Min Thu resigns from parliament"),
    ("Meridian Foods names Claire Fontaine president", "Meridian Foods named best place to work"),
    ("Orbit lab OrbitCore poaches two researchers from Solvane", "Poachers kill two rhinos in park"),
    ("Nimbus Freight head of operations departs", "Nimbus Freight plane departs with relief goods"),
    ("Westmark Retail ousts CEO", "Rebels oust president"),
    ("Lars Nygaard quits Boreal Telecom for Vesper", "Striker Lars Nygaard quits club for rival"),
    ("Cinder Games studio head leaves after ten years", "Cinder Games leaves app store after ten years"),
    ("Harrow Mills CEO steps down, finance chief takes over", "Harrow Mills steps up spending, takes over Fernhill Holdings"),
    ("Xylos CEO Ingrid Solheim is leaving the company", "Xylos CEO Ingrid Solheim: nobody is coming for the company"),
    ("Lumen Harbor promotes finance chief to president", "Lumen Harbor promotes new phone to business users"),
    ("Rookwood Capital partner leaves", "Rookwood Capital leaves partner programme"),
]


@pytest.mark.parametrize(("move", "other"), PAIRS)
def test_of_two_that_look_alike_one_is_a_move(classifier: Classifier, move: str, other: str) -> None:
    assert judged(classifier, move).match(Label.EXECUTIVE_MOVE) is not None
    assert judged(classifier, other).match(Label.EXECUTIVE_MOVE) is None


def test_a_product_that_is_to_lead_something_is_no_move(classifier: Classifier) -> None:
    assert judged(classifier, "Ardent Cloud taps Vesper's AI chief to lead research").match(Label.EXECUTIVE_MOVE) is not None
    assert judged(classifier, "Ardent Cloud taps Vesper's AI to lead research").match(Label.EXECUTIVE_MOVE) is None


@pytest.mark.parametrize(
    "title",
    [
        "Probe leaves orbit of Mars",
        "Court denies extradition of former president's son",
        "Opposition vlogger appointed education minister",
        "Zentrix CEO Dana Whitlock: we are only at the start",
        "A profile of Zentrix CEO Dana Whitlock",
        "Zentrix CEO Dana Whitlock sells shares worth $5 million",
        "Zentrix plans to cut a tenth of its workforce",
        "Bishop Pavel Dvorak appointed archbishop",
        "Team fires head coach Hugo Laurent",
        "Central bank governor to step down",
        "Former Zentrix president Dana Whitlock dies at 81",
    ],
)
def test_other_worlds_and_sitting_officers_are_no_moves(classifier: Classifier, title: str) -> None:
    assert judged(classifier, title).match(Label.EXECUTIVE_MOVE) is None


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Vesper denies hiring Zentrix's chief scientist", Status.DENIED),
        ("Vesper in talks to hire Zentrix's head of compute", Status.RUMORED),
        ("Sources: Vesper hires Zentrix's head of compute", Status.REPORTED),
        ("Vesper hires Zentrix's head of compute", Status.CONFIRMED),
    ],
)
def test_how_sure_it_is(classifier: Classifier, title: str, status: Status) -> None:
    move = only(classifier, title)
    assert (move.from_org, move.to_org, move.status) == ("Zentrix", "Vesper", status)


def test_a_possessive_names_where_somebody_comes_from(classifier: Classifier) -> None:
    move = only(classifier, "Zentrix's Arjun Bhandari to join Vesper")
    assert (move.person, move.from_org, move.to_org) == ("Arjun Bhandari", "Zentrix", "Vesper")


def test_a_firm_that_licenses_and_hires_is_named_alone(classifier: Classifier) -> None:
    move = only(classifier, "Nvidia licenses Karst technology and hires its founder and president")
    assert (move.from_org, move.to_org) == ("Karst", "Nvidia")


def test_a_roundup_has_a_record_for_each(classifier: Classifier) -> None:
    match = judged(classifier, "People moves: Zentrix AI leader departs for Vesper; Karst CFO steps down").match(
        Label.EXECUTIVE_MOVE
    )
    assert match is not None
    assert [(m.from_org, m.to_org) for m in match.moves] == [("Zentrix", "Vesper"), ("Karst", "")]


CONCEIVED = (
    "Meta recruits senior leaders of OpenAI's $500 billion Stargate programme, sources say",
    "Meta has recruited a group of senior leaders of OpenAI's $500 billion Stargate data center programme, according to people "
    "familiar with the matter. Meta expects capital expenditures of $60 to $65 billion this year.",
)


def test_the_story_the_product_was_conceived_from(classifier: Classifier) -> None:
    verdict = judged(classifier, *CONCEIVED)
    assert {m.label for m in verdict.matches} == {Label.EXECUTIVE_MOVE, Label.INFRASTRUCTURE}
    move = only(classifier, *CONCEIVED)
    assert (move.person, move.from_org, move.to_org, move.action, move.status) == ("", "OpenAI", "Meta", "hire", Status.REPORTED)
    assert "senior leaders" in move.group.lower()
    buildout = next(m.buildout for m in verdict.matches if m.buildout is not None)
    assert {(a.low, a.high) for a in buildout.amounts} >= {(5e11, 5e11), (6e10, 6.5e10)}
