"""Names beside a site that take no part, and names that are longer than they look."""

from __future__ import annotations

import pytest

from monitor.classify import load_classifier
from tests.classify.buildouts.test_parties import buildout


@pytest.fixture(scope="module")
def classifier():  # type: ignore[no-untyped-def]
    return load_classifier(encoder="off")


@pytest.mark.parametrize(
    ("title", "summary", "nobody"),
    [
        ("Oracle data center in Ohio to grow", "A tenant other than OpenAI will occupy the two extra halls.", "OpenAI"),
        ("Oracle builds data center in Ohio", "Tesla's owner will heat its offices with it.", "Tesla"),
        ("Quill Lambda 7 powers up in Oslo data center", "Cerebras built the supercomputer.", "Lambda"),
        ("Google signs for another Oklo reactor to feed data centers", "Ostrel 3 would put 140 MW on the grid.", "Ostrel"),
        ("Ostrel reactor loaded with fuel for Microsoft data centers", "", "Ostrel"),
        ("Data center capex to top $900bn in 2028: Morgan Stanley", "", "Morgan Stanley"),
        ("Microsoft takes Kansas data center after Oracle and OpenAI walked away", "", "Oracle"),
        ("Microsoft takes Kansas data center after Oracle and OpenAI walked away", "", "OpenAI"),
        (
            "Microsoft takes Kansas data center after Oracle and OpenAI walked away",
            "The halls were originally being developed for Oracle and OpenAI.",
            "Oracle",
        ),
        ("Data center boom in Oslo", "According to a report by Macquarie, the market will double by 2030.", "Macquarie"),
        ("Microsoft signs for Oslo data center", "Analysts at Jefferies put the deal at $2 billion.", "Jefferies"),
        ("Microsoft opens data center in Osaka", "Tesla's former panel factory has its power lines still.", "Tesla"),
        ("Oracle to build 40 MW data center in Nvidia's old headquarters", "", "Nvidia"),
        ("Oracle to buy Equinix's Asian rival for its data centers", "", "Equinix"),
        ("Oracle names former Google president to run data centers in Ohio", "", "Google"),
        ("Oracle builds $9 billion data center in Ohio, hires Google executive to run it", "", "Google"),
    ],
)
def test_who_is_told_apart_a_product_a_plant_and_a_forecaster_take_no_part(
    classifier, title: str, summary: str, nobody: str
) -> None:  # type: ignore[no-untyped-def]
    assert nobody not in buildout(classifier, title, summary).orgs


@pytest.mark.parametrize("title", ["Google's new data center in Ohio opens", "Oracle hires Google to build data center in Ohio"])
def test_who_has_a_site_now_and_who_is_hired_to_build_takes_part(classifier, title: str) -> None:  # type: ignore[no-untyped-def]
    assert "Google" in buildout(classifier, title).orgs


def test_a_bank_that_lends_takes_part(classifier) -> None:  # type: ignore[no-untyped-def]
    assert "Goldman" in buildout(classifier, "Goldman lends $2bn to Oracle for data center").orgs


@pytest.mark.parametrize(
    ("title", "summary", "orgs"),
    [
        ("Norway picks Oracle-Nvidia group for Bergen AI data center", "", {"Norway", "Oracle", "Nvidia"}),
        ("Roofers unpaid on Ohio data center", "They worked at the Quillmark-Nscale development.", {"Quillmark", "Nscale"}),
        ("AI hub: Kerala cabinet clears $2bn in incentives for Oracle data center", "", {"Kerala cabinet", "Oracle"}),
        ("Peru environment court stops $340 million data centre", "", {"Peru environment court"}),
        ("Norway to pay half of Oracle's GPU bill for data centers", "", {"Norway", "Oracle"}),
        ("Oracle opens data center in Accra", "The African Development Bank is weighing a loan.", {"African Development Bank"}),
        (
            "AI growth zone picks data center builder",
            "The Ministry for Trade, Energy and Industry has named Oracle preferred partner.",
            {"Ministry for Trade, Energy and Industry", "Oracle"},
        ),
        (
            "Group appeals gas units for data center",
            "One customer needs them, the Alliance for Fair Rates told a court.",
            {"Alliance for Fair Rates"},
        ),
        ("Data park in Johor fills up", "Operators leased 95 MW in data centers, its manager Quillmark said.", {"Quillmark"}),
        ("Osage County calms neighbors of data center", "Quill County commissioners hired an acoustics firm.",
         {"Quill County commissioners"}),
    ],
)  # fmt: skip
def test_all_of_a_name_and_both_of_a_pair(classifier, title: str, summary: str, orgs: set[str]) -> None:  # type: ignore[no-untyped-def]
    assert orgs <= set(buildout(classifier, title, summary).orgs)


def test_a_firm_told_by_its_letters_is_told_by_its_name(classifier) -> None:  # type: ignore[no-untyped-def]
    told = buildout(classifier, "AWS plans data center in Ohio", "Amazon Web Services will spend $2 billion.").orgs
    assert told == ("Amazon Web Services",)
    told = buildout(classifier, "AMD invests $2 billion in Ohio data center", "Advanced Micro Devices said so.").orgs
    assert told == ("AMD",)


def test_a_county_that_extends_a_ban_does_it_itself(classifier) -> None:  # type: ignore[no-untyped-def]
    assert buildout(classifier, "Loudoun County stretches data center moratorium").orgs == ("Loudoun County",)


@pytest.mark.parametrize(
    ("title", "summary", "orgs"),
    [
        ("Exclusive-Oracle to build data center in Ohio, sources say", "", ("Oracle",)),
        ("Analysis-Oracle bets on data centers in Ohio", "", ("Oracle",)),
        ("Exclusive-Osprey Quill to build data center in Ohio", "", ("Osprey Quill",)),
        ("Osprey Quill Explores Sale of Ohio Data Center", "", ("Osprey Quill",)),
        ("Ghana and Kenya announce plans for an AI data centre", "", ("Ghana", "Kenya")),
        ("Ghana puts data centers on Quill Island", "", ("Ghana",)),
        (
            "Quillsby rejects data center",
            "Quillsby's Planning and Zoning Commission voted against the project.",
            ("Quillsby's Planning and Zoning Commission",),
        ),
    ],
)
def test_who_takes_part_behind_what_a_wire_prints_before_and_in_states_and_commissions(
    classifier, title: str, summary: str, orgs: tuple[str, ...]
) -> None:  # type: ignore[no-untyped-def]
    assert buildout(classifier, title, summary).orgs == orgs


def test_a_sum_s_million_begins_no_name(classifier) -> None:  # type: ignore[no-untyped-def]
    found = buildout(classifier, "€40 Million Quill AI Factory To Be Built By Oracle In Latvia")
    assert not any(org.startswith("Million") for org in found.orgs)


def test_a_firm_s_first_letters_are_the_firm(classifier) -> None:  # type: ignore[no-untyped-def]
    found = buildout(classifier, "OQW buys land for data centers in Ohio", "Osprey Quill Works has bought land for data centers.")
    assert len(found.orgs) == 1
