"""Whether it is our own network that is down, told from what was heard of hosts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.outage import LATEST, WINDOW, Outage
from tests.stories import NOON


def heard(lost: int, reached: int) -> Outage:
    outage = Outage()
    for n in range(lost + reached):
        outage.heard(f"host-{n}", reached=n >= lost, at=NOON)
    return outage


@pytest.mark.parametrize(
    ("lost", "reached", "ours"),
    [
        (5, 0, True),
        (4, 0, False),  # too few to say
        (6, 2, True),  # three of four
        (5, 2, False),
        (0, 5, False),
    ],
)
def test_it_is_ours_where_three_of_four_hosts_are_lost(lost: int, reached: int, ours: bool) -> None:
    assert heard(lost, reached).ours(NOON) is ours


def test_only_what_was_heard_lately_counts() -> None:
    outage = heard(5, 0)
    assert outage.ours(NOON + WINDOW)
    assert not outage.ours(NOON + WINDOW + timedelta(seconds=1))


def test_a_host_counts_once_with_the_last_it_did() -> None:
    outage = heard(5, 0)
    outage.heard("host-0", reached=False, at=NOON)
    assert outage.ours(NOON)
    outage.heard("host-0", reached=True, at=NOON)
    outage.heard("host-1", reached=True, at=NOON)
    assert not outage.ours(NOON)


def test_of_many_hosts_the_latest_are_looked_at() -> None:
    assert heard(LATEST // 4 * 3, LATEST // 4).ours(NOON)
    assert not heard(LATEST // 4 * 3, LATEST // 4 + 1).ours(NOON), "the one heard of first is forgotten"
