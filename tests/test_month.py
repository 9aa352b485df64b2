"""Polling over a month on a virtual clock, and through kills: the benchmarks' own code, smaller."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.polling_kills import kills
from benchmarks.simulated_month import simulate


def test_days_of_polling_keep_to_each_feeds_rhythm_and_miss_nothing() -> None:
    figures = simulate(feeds=150, days=4)
    assert figures.missed == 0
    assert figures.too_close == 0
    assert figures.most_in_flight <= 2
    assert figures.outcomes["304"] > figures.outcomes["the same digest"] > 0
    against = sorted(figures.against)
    assert 0.8 <= against[len(against) // 2] <= 1.3, "about twice as often as it has a story, within the settings' bounds"
    assert max(figures.per_day) <= 24 * 60 / (0.9 * 5), "never more often than every five minutes"


@pytest.mark.slow
def test_killed_at_random_points_nothing_is_lost_twice_or_ahead_of_its_stories(tmp_path: Path) -> None:
    found = kills(40, feeds=8, folder=tmp_path)
    assert (found.twice, found.lost, found.ahead) == ([], [], [])
    assert found.kills_that_found_news > 10, "the kills fell into work"
    assert found.polls > 100
