"""What is done in a headline, by whom, to whom and to what, as features of a buildout's action."""

from __future__ import annotations

from monitor.classify.buildouts.action import action_features
from tests.classify.buildouts.test_order import facts


def deeds(title: str) -> set[str]:
    return {name for name in action_features(facts(title)) if "deed:" in name}


def test_the_order_of_two_deeds_is_told() -> None:
    assert "deed: invest > expand" in deeds("Meta invests to expand its data center")
    assert "deed: expand > invest" in deeds("Meta expands data center as it invests")


def test_a_deed_within_a_longer_one_is_not_told_beside_it() -> None:
    assert not any("finance" in name for name in deeds("Meta in power purchase for data center"))
    assert "deed: power.deal" in deeds("Meta in power purchase for data center")


def test_a_place_or_a_number_of_chips_is_no_deed() -> None:
    assert deeds("Data center campus, chips and a grid") == {"deed: none"}


def test_who_does_it_to_whom_and_to_what_is_told_by_kind() -> None:
    said = action_features(facts("Meta leases data center from Equinix"))
    assert {"hyperscaler lease", "lease data_center"} <= said
    assert said >= {name for name in action_features(facts("Amazon leases data center from Equinix")) if " lease" in name}
