"""The action of a buildout where the headline is a set phrase, whatever its summary tells besides."""

from __future__ import annotations

import pytest

from monitor.backtest import to_story
from monitor.classify.document import read
from monitor.classify.gazetteer import Gazetteer
from monitor.classify.infra import analyse
from monitor.classify.infra_outright import outright
from monitor.classify.row import rows
from monitor.model import BuildoutAction
from tests.classify.test_infra_order import facts

OLD_PLAN = "The company had planned to build a $4 billion, 600 MW campus there and to open three halls by 2028."


def action(title: str, summary: str = OLD_PLAN) -> BuildoutAction:
    document = read(to_story({"id": "1", "title": title, "summary": summary}))
    return analyse(document, rows(document, Gazetteer())).buildout.action


@pytest.mark.parametrize(
    "title",
    [
        "Osprey Compute scraps Ohio data center",
        "Amazon puts Frankfurt expansion on hold",
        "Meta hits pause on Louisiana campus",
        "Work stops on Stargate site in Abilene",
        "Nebius suspends work on Finnish site",
        "Plans for giant Teesside data centre abandoned",
        "Osprey freezes data center construction worldwide",
        "Chipmaker suspends work at Dresden fab",
        "Hyperscaler pulls plug on $2bn Quillsby site",
        "Corvid's Cork campus on hold after grid refusal",
    ],
)
def test_a_headline_that_stops_it_beats_a_summary_of_the_old_plan(title: str) -> None:
    assert action(title) == BuildoutAction.CANCEL


@pytest.mark.parametrize(
    "title",
    [
        "County pauses data center applications for a year",
        "Ohio pauses tax breaks for data centers",
        "Residents urge county to halt data center",
        "Microsoft resumes paused Wisconsin campus",
        "Virginia board halts work on data center rules",
    ],
)
def test_who_forbids_is_pressed_or_goes_on_cancels_nothing(title: str) -> None:
    assert action(title) != BuildoutAction.CANCEL


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Osprey raises $400 million to put data centers at sea", "finance"),
        ("Quillmark secures €1.2bn loan for GPU purchases tied to Microsoft", "finance"),
        ("Corvid energizes 60 MW at Lima AI site", "open"),
        ("Osprey seeks buyer for stake in Nordic data centers", "acquire"),
        ("Osprey to take minority stake in data center firm Quillmark", "invest"),
        ("Quillmark to invest up to €7bn to build French data centers", "invest"),
        ("Norden Compute leases 60 megawatts in Kansas City to meet demand", "lease"),
        ("Quillmark commits $6 billion to CoreWeave", "compute_deal"),
        ("Chevron spends $2bn to buy gas turbines for Permian data center", "power_deal"),
        ("Osprey's $38B campus in Quillsby is facing local pushback", "oppose"),
        ("Huge AI campus divides villagers in Quillsby", "oppose"),
        ("Ohio hits pause on data center tax breaks", "policy"),
        ("Osprey to receive $3bn in tax breaks for Quillsby campus", "policy"),
        ("Quillmark gets consent for 100MW campus in Leeds", "policy"),
        ("Osprey signs up hydro plant in Michigan for AI campus", "power_deal"),
        ("Caterpillar to supply 2 GW of generators for Utah data center", "power_deal"),
        ("Fire guts Corvid data center in Oslo", "other"),
        ("Crane collapse kills one at Osprey data center", "other"),
    ],
)
def test_a_set_phrase_says_the_deed(title: str, told: str) -> None:
    assert action(title, "The company builds a 600 MW campus.") == told


@pytest.mark.parametrize(
    "title",
    [
        "OpenAI opens tender for data center in Ohio",
        "Osprey raises 2027 capex forecast to $140bn",
        "Judge halts data center construction",
        "Osprey under fire over data center noise",
        "Quillmark seeks permit for data center",
        "Quillmark plans data center in Leeds",
        "Energy supplier abandons town to serve data centers",
    ],
)
def test_what_only_looks_like_one_is_left_to_the_weights(title: str) -> None:
    assert outright(facts(title)) is None
