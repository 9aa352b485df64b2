"""A deal that is off is told as cancelled, by whomever and in whichever words; one that is made or refused is not."""

from __future__ import annotations

import pytest

from monitor.classify import load_classifier
from monitor.model import BuildoutAction, Label, Status
from tests.pipelines import lived
from tests.stories import story

CANCEL = BuildoutAction.CANCEL


def told(title: str) -> tuple[BuildoutAction, Status]:
    match = load_classifier().classify(story(title)).match(Label.INFRASTRUCTURE)
    assert match is not None and match.buildout is not None, title
    return match.buildout.action, match.buildout.status


@pytest.mark.parametrize(
    "title",
    [
        "Tarn Labs and Brightloom call off $4.2 billion compute deal",
        "Tarn Labs walks away from $4.2 billion compute deal with Brightloom",
        "Tarn Labs ends compute agreement with Brightloom",
        "Tarn Labs nixes GPU deal with Brightloom",
        "Tarn Labs pulls plug on $4 billion compute deal with Brightloom",
        "Tarn Labs and Brightloom mutually agree to terminate compute agreement",
        "Brightloom says Tarn Labs has terminated its $4.2 billion compute contract",
        "Brightloom loses $4.2 billion compute contract with Tarn Labs",
        "$4.2 billion compute deal between Tarn Labs and Brightloom collapses",
        "Brightloom's $4.2 billion compute deal with Tarn Labs falls through",
        "Tarn Labs' compute deal with Brightloom is off",
        "Tarn Labs won't go ahead with $4 billion compute deal with Brightloom",
        "Skagen Power and Corvid Systems call off nuclear power deal for data centers",
        "Lenders pull out of $2 billion loan for Corvid Systems' Ohio data center",
        "Corvid Systems and Orrin Realty terminate $9 billion merger of data center operators",
        "Corvid Systems drops $3 billion bid for data center operator Orrin Realty",
        "Talks between Tarn Labs and Brightloom over GPU deal break down",
    ],
)
def test_a_deal_that_is_off_is_cancelled(title: str) -> None:
    assert told(title)[0] == CANCEL


@pytest.mark.parametrize(
    "title",
    [
        "Tarn Labs signs compute deal with Brightloom after Osprey Cloud deal collapses",
        "Tarn Labs replaces cancelled Osprey Cloud deal with $4 billion Brightloom compute contract",
        "Tarn Labs denies it will call off compute deal with Brightloom",
        "Tarn Labs will not drop compute deal with Brightloom",
        "Residents urge Corvid Systems to cancel data center power deal",
        "Court ends Corvid Systems' data center lease dispute",
        "Corvid Systems breaks down the $4 billion data center deal",
        "Trump calls off executive order on data centers",
    ],
)
def test_a_deal_that_stands_is_not(title: str) -> None:
    assert told(title)[0] != CANCEL


@pytest.mark.parametrize(
    "title",
    [
        "Tarn Labs may walk away from $4.2 billion compute deal with Brightloom",
        "Tarn Labs threatens to terminate compute deal with Brightloom",
        "Tarn Labs considers ending compute deal with Brightloom",
    ],
)
def test_what_may_be_called_off_is_a_rumour(title: str) -> None:
    assert told(title) == (CANCEL, Status.RUMORED)


def test_doubt_and_end_of_a_deal_are_revisions_each_told_once() -> None:
    titles = (
        "Tarn Labs signs $4.2 billion compute deal with Brightloom",
        "Tarn Labs may walk away from $4.2 billion compute deal with Brightloom",
        "Tarn Labs considers ending $4.2 billion compute deal with Brightloom",
        "Tarn Labs ends $4.2 billion compute deal with Brightloom",
        "Brightloom loses $4.2 billion compute deal with Tarn Labs",
        "Tarn Labs might call off $4.2 billion compute deal with Brightloom",
    )
    steps = lived(story(title, hours=20 * n, outlet=f"x{n}.example") for n, title in enumerate(titles))
    assert [[c.after for c in step.decision.changes] for step in steps] == [
        [],
        ["may be cancelled"],
        [],
        ["called off"],
        [],
        [],
    ]
    assert [step.decision.tell for step in steps] == [True, True, False, True, False, False]
    event = steps[-1].event
    assert event is not None and event.buildout is not None and event.buildout.action == CANCEL
