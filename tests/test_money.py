"""Sums of other currencies in dollars."""

from __future__ import annotations

import pytest

from monitor.classify.buildouts.currencies import currencies
from monitor.classify.buildouts.number_places import stretch
from monitor.classify.buildouts.quantities import amounts
from monitor.matching import largest
from monitor.model import Quantity
from monitor.money import RATES, in_dollars, in_unit, watts


def test_every_currency_that_is_read_has_a_rate() -> None:
    assert currencies() <= RATES.keys()


def test_the_words_stay_and_the_bounds_become_dollars() -> None:
    (found,) = amounts(stretch("spend up to €10 billion on sites"))
    dollars = in_dollars(found.quantity)
    assert dollars is not None
    assert (dollars.text, dollars.low, dollars.unit) == ("€10 billion", None, "USD")
    assert dollars.high == pytest.approx(10e9 * RATES["EUR"])


def test_what_is_no_currency_has_no_dollars() -> None:
    assert in_dollars(Quantity(text="1 GW", low=1000, high=1000, unit="MW")) is None
    assert in_unit(Quantity(text="1 GW", low=1000, high=1000, unit="MW"), "USD") is None
    assert in_unit(Quantity(text="at least 1 GW", low=1000, unit="MW"), "MW") == 1000


def test_the_largest_sum_counts_across_currencies() -> None:
    sums = [Quantity(text="$2 billion", low=2e9, high=2e9, unit="USD"), Quantity(text="£5bn", low=5e9, high=5e9, unit="GBP")]
    assert largest(sums, "USD") == pytest.approx(5e9 * RATES["GBP"])
    power = Quantity(text="1 GW", low=1000, high=1000, unit="MW")
    assert largest([power, *sums], "USD") == pytest.approx(5e9 * RATES["GBP"])
    assert largest([power], "USD") == largest([], "USD") == 0.0


@pytest.mark.parametrize(
    ("megawatts", "said"), [(None, ""), (0, ""), (97.5, "97.5 MW"), (999, "999 MW"), (1000, "1 GW"), (1250, "1.25 GW")]
)
def test_capacity_is_written_in_one_way(megawatts: float | None, said: str) -> None:
    assert watts(megawatts) == said
