"""Sums and capacities: what is read, what it is worth, and what is left alone."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.buildouts.number_places import stretch
from monitor.classify.buildouts.quantities import amounts, capacities
from monitor.classify.words.document import read
from monitor.model import FeedId, Story, StoryId


@pytest.mark.parametrize(
    ("text", "written", "low", "high", "unit"),
    [
        ("Acme to spend $60 to $65 billion", "$60 to $65 billion", 60e9, 65e9, "USD"),
        ("capex of $60-65bn", "$60-65bn", 60e9, 65e9, "USD"),
        ("between $115 billion and $135 billion", "$115 billion and $135 billion", 115e9, 135e9, "USD"),
        ("a $500-billion venture", "$500-billion", 500e9, 500e9, "USD"),
        ("up to $100B for sites", "$100B", None, 100e9, "USD"),
        ("at least €10bn for a campus", "€10bn", 10e9, None, "EUR"),
        ("a $10 billion+ cable", "$10 billion+", 10e9, None, "USD"),
        ("Rs 1.5 lakh crore for a hub", "Rs 1.5 lakh crore", 1.5e12, 1.5e12, "INR"),
        ("20 billion euros by 2030", "20 billion euros", 20e9, 20e9, "EUR"),
        ("a deal of 250.3 million ringgit", "250.3 million ringgit", 250.3e6, 250.3e6, "MYR"),
        ("AU$1.5B of equity", "AU$1.5B", 1.5e9, 1.5e9, "AUD"),
        ("tens of billions of dollars", "tens of billions of dollars", 10e9, 100e9, "USD"),
        ("trillions of dollars for sites", "trillions of dollars", 1e12, None, "USD"),
        ("a multibillion-dollar site", "multibillion-dollar", 1e9, None, "USD"),
        ("a two-billion-dollar campus", "two-billion-dollar", 2e9, 2e9, "USD"),
        ("a $1 billion-plus campus", "$1 billion-plus", 1e9, None, "USD"),
        ("a loan of 3 billion Canadian dollars", "3 billion Canadian dollars", 3e9, 3e9, "CAD"),
        ("20 billion Norwegian kroner for a hub", "20 billion Norwegian kroner", 20e9, 20e9, "NOK"),
        ("SKr6bn for a hub", "SKr6bn", 6e9, 6e9, "SEK"),
        ("NKr400 million for a hub", "NKr400 million", 4e8, 4e8, "NOK"),
        ("4 billion Danish kroner for a hub", "4 billion Danish kroner", 4e9, 4e9, "DKK"),
        ("Rp 5 trillion for halls", "Rp 5 trillion", 5e12, 5e12, "IDR"),
        ("a ฿40 billion site", "฿40 billion", 40e9, 40e9, "THB"),
        ("a R8bn loan", "R8bn", 8e9, 8e9, "ZAR"),
        ("R1.6 billion for halls", "R1.6 billion", 1.6e9, 1.6e9, "ZAR"),
        ("to finish N180bn site", "N180bn", 180e9, 180e9, "NGN"),
        ("5 billion naira for halls", "5 billion naira", 5e9, 5e9, "NGN"),
        ("RM 10 bil for halls", "RM 10 bil", 10e9, 10e9, "MYR"),
        ("RM500mil for halls", "RM500mil", 500e6, 500e6, "MYR"),
        ("Rs 900 cr for halls", "Rs 900 cr", 9e9, 9e9, "INR"),
        ("Tk 1,200 crore for halls", "Tk 1,200 crore", 12e9, 12e9, "BDT"),
        ("KSh 8 billion for halls", "KSh 8 billion", 8e9, 8e9, "KES"),
        ("NIS 3 billion for halls", "NIS 3 billion", 3e9, 3e9, "ILS"),
        ("MAD 7 billion for halls", "MAD 7 billion", 7e9, 7e9, "MAD"),
        ("COP 900 billion for halls", "COP 900 billion", 900e9, 900e9, "COP"),
        ("4 billion Czech koruna for halls", "4 billion Czech koruna", 4e9, 4e9, "CZK"),
    ],
)
def test_sums_are_read_with_their_bounds(text: str, written: str, low: float | None, high: float | None, unit: str) -> None:
    (found,) = amounts(stretch(text))
    quantity = found.quantity
    assert (quantity.text, quantity.low, quantity.high, quantity.unit) == (written, low, high, unit)
    assert text[found.start : found.end] == written
    assert not found.kind


@pytest.mark.parametrize(
    "text",
    [
        "$2.50 per share",
        "$3 a gallon",
        "$40 per MWh",
        "priced at $999",
        "$12 an hour",
        "in 2030",
        "5 million homes",
        "billions of dollars of deals",
        "R1 and N95",
        "for R1 models",
        "R1B weights",
        "$5 military rations",
    ],
)
def test_prices_years_and_counts_are_no_sums(text: str) -> None:
    assert amounts(stretch(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("at a $8 billion valuation", "valuation"),
        ("valued at $350 billion", "valued"),
        ("revenue of $5.7 billion", "revenue"),
        ("$1.2 billion in quarterly revenue", "revenue"),
        ("$2.1 billion in Q1 revenue", "revenue"),
        ("$400 million in adjusted EBITDA", "ebitda"),
        ("from a previous estimate of $43 billion", "previous estimate of"),
        ("revenue rose 14% YoY in Q2 to $3.1B", "revenue"),
        ("vs. $2.9B est.", "est"),
        ("the shift added $80 million in value", "value"),
        ("reaps $2B windfall on site's debt", "windfall"),
    ],
)
def test_what_governs_a_sum_is_named(text: str, kind: str) -> None:
    (found,) = amounts(stretch(text))
    assert found.kind == kind


def test_what_a_site_is_valued_at_is_what_it_costs() -> None:
    (cost,), (worth,) = (amounts(stretch(f"{what} it values at $13 billion")) for what in ("an investment", "a start-up"))
    assert (cost.kind, worth.kind) == ("", "values")
    (cost,), (worth,) = (amounts(stretch(f"The {what} is valued at $13 billion")) for what in ("project", "company"))
    assert (cost.kind, worth.kind) == ("", "valued")


def test_the_same_sum_in_another_currency_is_a_conversion() -> None:
    first, second = amounts(stretch("invest €75 billion ($87 billion) in sites"))
    assert (first.kind, second.kind) == ("", "conversion")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a lease for $3.7 billion in revenue over 15 years", ""),
        ("$9 billion of contracted revenue over the initial term", ""),
        ("$5 billion in revenue over the past year", "revenue"),
        ("raises $1.4 billion in IPO", ""),
        ("files for $2 billion IPO", "ipo"),
        ("passes $9 billion run rate", "run rate"),
    ],
)
def test_what_a_contract_brings_and_a_float_raises_is_of_the_site(text: str, kind: str) -> None:
    assert [found.kind for found in amounts(stretch(text))] == [kind]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("opens 800,000sqft data centre", ["800,000sqft"]),
        ("200,000 units of Nvidia's next-generation GB300 GPUs", ["200,000 units of Nvidia's next-generation GB300 GPUs"]),
        ("a 12-inch wafer fab", []),
        ("a 300 mm wafer line", []),
    ],
)
def test_a_size_of_a_wafer_is_no_count_of_them(text: str, written: list[str]) -> None:
    assert [found.quantity.text for found in capacities(stretch(text))] == written


def test_a_backlog_of_revenue_is_what_was_ordered() -> None:
    (found,) = amounts(stretch("a $70B revenue backlog"))
    assert not found.kind


def test_a_change_to_a_new_level_is_no_range() -> None:
    found = amounts(stretch("raises capex by $300M to $3 billion"))
    assert [f.quantity.text for f in found] == ["$300M", "$3 billion"]


@pytest.mark.parametrize(
    ("text", "written", "low", "high", "unit"),
    [
        ("a 1.2GW campus", "1.2GW", 1200, 1200, "MW"),
        ("a 300-megawatt lease", "300-megawatt", 300, 300, "MW"),
        ("2 GW to 5 GW of load", "2 GW to 5 GW", 2000, 5000, "MW"),
        ("600 MW-1 GW of load", "600 MW-1 GW", 600, 1000, "MW"),
        ("more than 500 megawatts", "500 megawatts", 500, None, "MW"),
        ("6-plus GW of power", "6-plus GW", 6000, None, "MW"),
        ("over a gigawatt", "a gigawatt", 1000, None, "MW"),
        ("up to two gigawatts", "two gigawatts", None, 2000, "MW"),
        ("a 100MW+ hall", "100MW+", 100, None, "MW"),
        ("500 MWs data center", "500 MWs", 500, 500, "MW"),
        ("buys 600,000 SF facility", "600,000 SF", 600000, 600000, "square feet"),
        ("a 6200 sqm data centre", "6200 sqm", 6200, 6200, "square meters"),
        ("one million Google Cloud TPUs", "one million Google Cloud TPUs", 1e6, 1e6, "accelerators"),
        ("750 MWe of reactors", "750 MWe", 750, 750, "MW"),
        ("30MVA of grid capacity", "30MVA", 30, 30, "MW"),
        ("a gigawatt-scale campus", "a gigawatt-scale", 1000, 1000, "MW"),
        ("Gigawatt Data Center Campus", "Gigawatt", 1000, 1000, "MW"),
        ("9,000 Ascend chips data center", "9,000 Ascend chips", 9e3, 9e3, "accelerators"),
        ("4,600 Nvidia Blackwell Ultra GPUs", "4,600 Nvidia Blackwell Ultra GPUs", 4600, 4600, "accelerators"),
        ("a 30-gigawatt-hour battery", "30-gigawatt-hour", 30000, 30000, "MWh"),
        ("100,000 GPUs", "100,000 GPUs", 1e5, 1e5, "accelerators"),
        ("350k Nvidia H100 GPUs", "350k Nvidia H100 GPUs", 350e3, 350e3, "accelerators"),
        ("one million TPUs", "one million TPUs", 1e6, 1e6, "accelerators"),
        ("19 gas turbines on site", "19 gas turbines", 19, 19, "gas turbines"),
        ("nearly 300 data centers", "300 data centers", 300, 300, "data centers"),
        ("1 million square feet", "1 million square feet", 1e6, 1e6, "square feet"),
        ("50,000 wafers a month", "50,000 wafers a month", 50e3, 50e3, "wafers a month"),
        ("Acme Approves 4 New $2B U.S. Data Centers", "4 New $2B U.S. Data Centers", 4, 4, "data centers"),
        ("Ulmenland Will Have More Than 120 Data Centers", "120 Data Centers", 120, None, "data centers"),
        ("a 90,000-GPU hall", "90,000-GPU", 90e3, 90e3, "accelerators"),
        ("tens of millions of Acme's CPU cores", "tens of millions of Acme's CPU cores", None, None, "accelerators"),
        ("3 million Acme-designed Armv9 cores", "3 million Acme-designed Armv9 cores", 3e6, 3e6, "accelerators"),
        ("40K+ Nvidia GPUs", "40K+ Nvidia GPUs", 40e3, 40e3, "accelerators"),
        ("deploys 20,000 of its MI450 chips", "20,000 of its MI450 chips", 20e3, 20e3, "accelerators"),
        ("the 20,000 km system", "20,000 km", 20e3, 20e3, "kilometers"),
        ("a cable of 8,100km", "8,100km", 8100, 8100, "kilometers"),
        ("a link of 320Tbps", "320Tbps", 320, 320, "tbps"),
        ("a 1.8m sq ft campus", "1.8m sq ft", 1.8e6, 1.8e6, "square feet"),
        ("12 lakh sq ft of halls", "12 lakh sq ft", 1.2e6, 1.2e6, "square feet"),
        ("36 racks of servers", "36 racks", 36, 36, "racks"),
        ("a link of 16 fibre pairs", "16 fibre pairs", 16, 16, "fibre pairs"),
        ("a 950,000-sq-ft data center", "950,000-sq-ft", 950e3, 950e3, "square feet"),
        ("a 51,600-satellite orbital data center", "51,600-satellite", 51600, 51600, "satellites"),
        ("a cable of 240 terabits per second", "240 terabits per second", 240, 240, "terabits per second"),
    ],
)
def test_capacities_are_read_in_one_unit(text: str, written: str, low: float | None, high: float | None, unit: str) -> None:
    (found,) = capacities(stretch(text))
    assert (found.quantity.text, found.quantity.low, found.quantity.high, found.quantity.unit) == (written, low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "its Site 2 data center",
        "16 states for data center campuses",
        "a 40,000-acre data center",
        "in 2027 chips",
        "a data center",
        "a 7 trillion won AI data center",
        "300-plus wafer-scale systems",
        "a 2,000-square-foot room",
        "24 satellites",
        "approves five server parks",
        "customers of 60 MW or more",
        "6 out of 10 people are against data centers",
    ],
)
def test_numbers_beside_a_thing_are_not_always_its_count(text: str) -> None:
    assert capacities(stretch(text)) == []


@given(st.text(alphabet="$€ 0123456789.,-–bnmilkGW toandGPUsdatacenter", max_size=80))
def test_what_is_read_stands_where_it_says(text: str) -> None:
    for found in (*amounts(stretch(text)), *capacities(stretch(text))):
        assert text[found.start : found.end].strip() == found.quantity.text


@pytest.mark.parametrize(
    "piece", ["$1 ", "1,", "over ", "1 million ", "nvidia ", "100 new ", "9", "5 to ", "valuation of ", "2 acme's "]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    began = time.process_time()
    amounts(stretch(text))
    capacities(stretch(text))
    assert time.process_time() - began < 3.0  # quadratic patterns take minutes here


def test_a_count_with_a_comma_is_no_year_and_a_cable_is_measured_by_its_length() -> None:
    def told(text: str) -> list[tuple[float | None, str]]:
        return [(f.quantity.high, f.quantity.unit) for f in capacities(stretch(text))]

    assert told("a hall of 2,000 servers") == [(2000.0, "servers")] and told("opened in 2030 servers") == []
    assert told("a cable spanning 12,000 kilometers") == [(12000.0, "kilometers")] and told("40 km from the site") == []
    assert told("the 0 to 1 megawatt range") == []


def test_an_abbreviated_rupee_ends_no_sentence() -> None:
    story = Story(
        id=StoryId("1"),
        feed_id=FeedId("f"),
        url="",
        title="Osprey to spend Rs. 1,200 crore on a data centre",
        first_seen=datetime(2026, 1, 1, tzinfo=UTC),
    )
    (sentence,) = read(story).sentences
    (found,) = amounts(stretch(sentence.text))
    assert (found.quantity.text, found.quantity.high, found.quantity.unit) == ("Rs. 1,200 crore", 1.2e10, "INR")
