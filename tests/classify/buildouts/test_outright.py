"""The action of a buildout where the headline is a set phrase, whatever its summary tells besides."""

from __future__ import annotations

import pytest

from monitor.backtest import to_story
from monitor.classify.buildouts.infrastructure import analyse
from monitor.classify.buildouts.outright import outright
from monitor.classify.parsing.row import rows
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import known
from monitor.model import BuildoutAction
from tests.classify.buildouts.test_order import facts

OLD_PLAN = "The company had planned to build a $4 billion, 600 MW campus there and to open three halls by 2028."


def action(title: str, summary: str = OLD_PLAN) -> BuildoutAction:
    document = read(to_story({"id": "1", "title": title, "summary": summary}))
    return analyse(document, rows(document, known())).buildout.action


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
        "Osprey and Corvid shelve Ohio campus",
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
        ("Roofers put liens on Osprey campus", "other"),
        ("Osprey's Quillsby data center goes into service", "open"),
        ("Corvid fab starts trial production of AI chips", "open"),
        ("Osprey cluster is live with 9,000 GPUs", "open"),
        ("First grid connection goes to Corvid's Cork data centre", "power_deal"),
        ("Osprey wins 90 MW grid connection for Quillsby data center", "power_deal"),
        ("Data center builders jostle for wind power in Quillsby", "power_deal"),
        ("Osprey offloads Leeds data centre", "acquire"),
        ("Osprey doubles Ohio pledge", "expand"),
        ("Osprey in talks to expand Quillsby campus", "expand"),
        ("Osprey eyes 40 more acres for Quillsby fab", "expand"),
        ("Osprey earmarks $3 billion for data halls", "invest"),
        ("Greek grid operator clears Osprey's Quillsby data centre connection", "power_deal"),
        ("Osprey gets ERCOT approval for 90 MW more at its campus", "power_deal"),
        ("Osprey to fund geothermal plant for its data centers", "power_deal"),
        ("Quillmark turbine slots gone through 2030 on data center demand", "power_deal"),
        ("Quillmark sold out of gas turbines on AI demand", "power_deal"),
        ("Osprey gets US licences for 9,000 chips", "policy"),
        ("Osprey wins preliminary approval for microreactor at Idaho campus", "policy"),
        ("Residents ask Quill County for data center ban", "oppose"),
        ("Data center firm Osprey files for Chapter 11", "other"),
        ("Osprey tops out in Quillsby", "build"),
        ("Osprey begins pouring in Quillsby", "build"),
        ("Quillsby compute hub picks its builder", "build"),
        ("Town of Quillsby hits pause", "policy"),
        ("Norwegian agency waves through four server parks", "policy"),
        ("Osprey turbines draw third state notice", "policy"),
        ("Data center tax break lapses", "policy"),
        ("Rate payers' group appeals approval of gas units", "oppose"),
        ("Quillsby neighbors go to court over server complex", "oppose"),
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
        "Osprey rations chips until its Quillsby hall goes live",
        "Osprey offloads debt tied to data center",
        "Quillsby supervisors won't appeal data center ruling",
        "Energy supplier abandons town to serve data centers",
    ],
)
def test_what_only_looks_like_one_is_left_to_the_weights(title: str) -> None:
    assert outright(facts(title)) is None


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Ohio campus approved by Quillsby City Council amid protest", BuildoutAction.POLICY),
        ("Data center moratorium passed in town of Quillsby, blocking campus", BuildoutAction.POLICY),
        ("FERC denies Osprey-Quill data center agreement", BuildoutAction.POLICY),
        ("Quillsby council issues RFP for AI data centers", BuildoutAction.POLICY),
        ("Osprey has announced the completion of its Quillsby data center", BuildoutAction.OPEN),
        ("Osprey launches 12-megawatt data center in Lagos", BuildoutAction.OPEN),
        ("Supercomputer in Quillsby starts to boot up", BuildoutAction.OPEN),
        ("Osprey has reportedly dropped plans for a data center in Ohio", BuildoutAction.CANCEL),
        ("Osprey lands 130-acre plot for data center", BuildoutAction.ACQUIRE),
        ("Utilities ink data center supply agreements", BuildoutAction.POWER_DEAL),
        ("Osprey inks fuel cell supply agreement with Quill data centers", BuildoutAction.POWER_DEAL),
        ("Osprey to build 1,500 MW gas plant in Ohio to power AI data center", BuildoutAction.POWER_DEAL),
        ("Osprey seeking $9 billion for data centers", BuildoutAction.FINANCE),
        ("AI spending swells as Osprey taps debt markets", BuildoutAction.INVEST),
        ("Osprey agrees to buy Quillmark, which tunes the chips of compute clouds, for $600M", BuildoutAction.ACQUIRE),
        ("Corvid acquires colocation firm Quillmark for $3 billion", BuildoutAction.ACQUIRE),
        ("Osprey in talks to acquire Nordic data center operator", BuildoutAction.ACQUIRE),
        ("Osprey completes $6bn takeover of Quillmark Data Centers", BuildoutAction.ACQUIRE),
        ("Osprey secures 110MW customer contract in Melbourne", BuildoutAction.LEASE),
        ("Quillmark locks $3bn 20-year cloud lease deal", BuildoutAction.LEASE),
        ("Osprey signs $9bn compute contract with Quillmark", BuildoutAction.COMPUTE_DEAL),
        ("Quillmark expands cloud services agreement with Osprey", BuildoutAction.COMPUTE_DEAL),
        ("Osprey signs 15-year wind PPA for Hamina data centre", BuildoutAction.POWER_DEAL),
        ("Osprey and Quill Energy expand nuclear deal to 1.9 GW", BuildoutAction.POWER_DEAL),
        ("Osprey expands nuclear deal with Quill Energy to 1.9 GW", BuildoutAction.POWER_DEAL),
        ("Corvid signs pact to power Ohio data center", BuildoutAction.POWER_DEAL),
        ("Osprey adds 14 more gas turbines at its Quillsby campus", BuildoutAction.POWER_DEAL),
        ("Osprey breaks ground on 40 MW campus in Jakarta", BuildoutAction.BUILD),
        ("Quill County extends data center moratorium to June", BuildoutAction.POLICY),
    ],
)
def test_the_trade_press_says_it_in_its_own_phrases(title: str, told: BuildoutAction) -> None:
    assert outright(facts(title)) == told


@pytest.mark.parametrize(
    "title",
    [
        "Osprey plan approved by shareholders for data center",
        "Osprey announces completion of $2bn data center loan",
        "Quill County has dropped plans for a data center tax in Ohio",
        "Osprey lands $130m for data center",
        "Osprey launches data center map in Lagos",
        "Osprey launches plans for data center in Lagos",
        "Osprey inks chip supply agreement with Quill for data centers",
        "Osprey to build data center beside gas plant in Ohio",
        "Osprey agrees to buy $2bn of chips for its data centers",
        "Osprey agrees to buy a stake in data center firm Quillmark",
        "Osprey in talks to buy 900 MW of electricity for its halls",
        "Quillmark, which aims to buy spare GPU hours, hires 40",
        "Osprey to break ground on Ohio data center in spring",
        "Osprey sues Quill County over data center moratorium",
        "Residents and Osprey at odds over data center moratorium",
        "Is Osprey's expanding hyperscaler business a buy?",
        "Osprey's compute and cloud units sign on 40 staff",
    ],
)
def test_what_only_sounds_like_such_a_phrase_says_none(title: str) -> None:
    assert outright(facts(title)) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Osprey signs $3bn data center lease in Nevada", BuildoutAction.LEASE),
        ("Osprey locks in 15-year, $7 billion lease at Quill Bend", BuildoutAction.LEASE),
        ("Permit for 90MW data center near Quillsby rescinded", BuildoutAction.CANCEL),
        ("Osprey terminates vast data center in Virginia", BuildoutAction.CANCEL),
        ("Quill One fab slips again: Osprey now says 2032", BuildoutAction.OTHER),
        ("Osprey says first 200MW in Quillsby slips to September", BuildoutAction.OTHER),
        ("Osprey delays $9 billion Ohio chip fab", BuildoutAction.OTHER),
    ],
)
def test_leases_what_is_taken_back_and_what_comes_later(title: str, expected: BuildoutAction) -> None:
    assert action(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "County delays vote on Osprey data center until April",
        "Quill Island reactor restart slips to 2028",
        "Osprey shares slip as data center costs rise",
    ],
)
def test_a_vote_a_reactor_and_a_share_are_no_site_that_comes_later(title: str) -> None:
    assert outright(facts(title)) is not BuildoutAction.OTHER


def test_chips_are_leased_in_a_deal_for_compute() -> None:
    assert outright(facts("Osprey inks $1.7B GPU lease with Corvid in Quebec")) is not BuildoutAction.LEASE
