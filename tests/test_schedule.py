"""When to ask again: every rule by example, the bounds as properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import schedule
from monitor.model import Feed, FeedId
from monitor.schedule import Wishes
from monitor.settings.schema import Polling

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)  # a Monday
POLLING = Polling()
LOW, HIGH = POLLING.min_interval.total_seconds(), POLLING.max_interval.total_seconds()
FEED = Feed(id=FeedId("f"), name="Sample", url="https://wire.example/")
RND = st.floats(0, 1, exclude_max=True)
MIDDLE = 0.5  # no jitter
NOTHING = Wishes()


def wait(feed: Feed = FEED, wishes: Wishes = NOTHING, *, rnd: float = MIDDLE, now: datetime = NOW, **rhythm: Any) -> float:
    interval = schedule.interval(feed, now=now, settings=POLLING, **rhythm)
    return (schedule.after_success(feed, interval, wishes, now=now, settings=POLLING, rnd=rnd) - now).total_seconds()


def test_half_the_mean_gap_between_stories_is_waited() -> None:
    assert wait(gap_seconds=3600) == 1800


def test_without_a_rhythm_the_last_wait_is_kept() -> None:
    known = replace(FEED, interval_seconds=1800.0, last_story=NOW - timedelta(hours=1))
    assert wait(known) == 1800


def test_a_feed_without_anything_known_is_asked_soon_and_then_less_and_less() -> None:
    assert wait() == LOW
    assert wait(replace(FEED, interval_seconds=LOW)) == 1.5 * LOW
    assert wait(replace(FEED, interval_seconds=HIGH)) == HIGH


@pytest.mark.parametrize(
    ("silent", "expected"), [(timedelta(hours=1), LOW), (timedelta(days=1), 3600), (timedelta(days=400), HIGH)]
)
def test_a_silent_feed_is_asked_less_often(silent: timedelta, expected: float) -> None:
    assert wait(replace(FEED, interval_seconds=LOW, last_story=NOW - silent)) == expected


def test_a_feed_that_speaks_again_is_asked_more_often() -> None:
    slow = replace(FEED, interval_seconds=HIGH, last_story=NOW - timedelta(hours=2))
    assert wait(slow) == HIGH
    assert wait(slow, fresh=True) == LOW
    assert wait(slow, fresh=True, gap_seconds=7200) == 3600


def test_the_stored_wait_does_not_wander_with_the_jitter() -> None:
    """A thousand answers without news: what is remembered is the rhythm, not the dice."""
    feed = replace(FEED, interval_seconds=1800.0, last_story=NOW)
    for _ in range(1000):
        feed = replace(feed, interval_seconds=schedule.interval(feed, now=NOW, settings=POLLING))
    assert feed.interval_seconds == 1800


@given(
    rnd=RND,
    gap=st.none() | st.floats(1, 1e9),
    before=st.floats(0, 1e6),
    asked=st.none() | st.floats(0, 1e9),
    silent=st.none() | st.floats(-1e6, 1e9),
    fresh=st.booleans(),
)
def test_a_check_stays_between_the_bounds_and_never_undercuts_the_publisher(
    rnd: float, gap: float | None, before: float, asked: float | None, silent: float | None, fresh: bool
) -> None:
    last = None if silent is None else NOW - timedelta(seconds=silent)
    feed = replace(FEED, interval_seconds=before, last_story=last)
    waited = wait(feed, Wishes(asked), rnd=rnd, gap_seconds=gap, fresh=fresh)
    assert LOW - 1e-3 <= waited <= HIGH + 1e-3
    assert waited >= min(asked or 0.0, HIGH) - 1e-3


@given(rnd=RND, gap=st.floats(2 * LOW, 2 * HIGH))
def test_jitter_is_ten_percent(rnd: float, gap: float) -> None:
    assert abs(wait(rnd=rnd, gap_seconds=gap) - gap / 2) <= 0.1 * gap / 2 + 1e-3


@given(
    rnd=RND,
    hours=st.frozensets(st.integers(0, 23), max_size=24),
    days=st.frozensets(st.integers(0, 6), max_size=7),
    minute=st.integers(0, 7 * 24 * 60),
    gap=st.floats(60, 2 * HIGH),
)
def test_hours_and_days_to_skip_are_skipped_unless_that_takes_too_long(
    rnd: float, hours: frozenset[int], days: frozenset[int], minute: int, gap: float
) -> None:
    now = NOW + timedelta(minutes=minute)
    waited = wait(wishes=Wishes(skip_hours=hours, skip_days=days), rnd=rnd, now=now, gap_seconds=gap)
    at = now + timedelta(seconds=waited)
    assert LOW - 1e-3 <= waited <= HIGH + 1e-3
    assert waited >= HIGH - 1e-3 or (at.hour not in hours and at.weekday() not in days)


def test_a_skipped_hour_is_waited_out() -> None:
    assert wait(wishes=Wishes(skip_hours={12, 13}), rnd=0.0, gap_seconds=1200) == 2 * 3600


# -- failures


@pytest.mark.parametrize(("failures", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (0, 5)])
def test_failures_double_the_wait(failures: int, minutes: float) -> None:
    at = schedule.after_failure(failures, now=NOW, settings=POLLING, rnd=MIDDLE)
    assert (at - NOW).total_seconds() == pytest.approx(60 * minutes)


@given(failures=st.integers(1, 10**9), rnd=RND)
def test_a_failing_feed_is_asked_at_least_once_a_day(failures: int, rnd: float) -> None:
    waited = schedule.after_failure(failures, now=NOW, settings=POLLING, rnd=rnd) - NOW
    assert timedelta(minutes=4.5) - timedelta(seconds=1) <= waited <= timedelta(days=1, seconds=1)


@given(failures=st.integers(1, 40), rnd=RND, asked=st.timedeltas(timedelta(0), timedelta(days=90)))
def test_retry_after_is_kept_up_to_a_day(failures: int, rnd: float, asked: timedelta) -> None:
    waited = schedule.after_failure(failures, now=NOW, settings=POLLING, rnd=rnd, retry_after=asked) - NOW
    assert waited >= min(asked, timedelta(days=1)) - timedelta(seconds=1)
    assert waited <= timedelta(days=1, seconds=1)


@given(rnd=RND, asked=st.timedeltas(timedelta(0), timedelta(days=2)))
def test_who_asks_for_rest_is_left_alone_for_up_to_a_tenth_longer(rnd: float, asked: timedelta) -> None:
    kept = min(asked, timedelta(days=1))
    assert kept <= schedule.rest(asked, rnd) <= min(1.1 * asked, timedelta(days=1))
    assert schedule.rest(timedelta(hours=1), rnd=0.5) == timedelta(minutes=63)


def test_a_short_min_interval_shortens_the_first_failure() -> None:
    quick = Polling(min_interval=timedelta(seconds=1), max_interval=timedelta(seconds=1))
    assert schedule.after_failure(1, now=NOW, settings=quick, rnd=MIDDLE) - NOW == timedelta(seconds=1)


@given(rnd=RND)
def test_the_wait_after_failures_grows_until_it_is_a_day(rnd: float) -> None:
    """Monotone for one throw of the dice."""
    waits = [schedule.after_failure(n, now=NOW, settings=POLLING, rnd=rnd) - NOW for n in range(1, 40)]
    assert waits == sorted(waits)


# -- what polls taught


@given(before=st.floats(schedule.LEAST_HASTE, 1), overlap=st.none() | st.floats(0, 1))
def test_haste_stays_within_its_bounds_and_follows_the_overlap(before: float, overlap: float | None) -> None:
    after = schedule.haste(before, overlap)
    assert schedule.LEAST_HASTE <= after <= 1
    if overlap is None:
        assert after == before
    elif overlap < 0.25:
        assert after <= before
    else:
        assert after >= before


def test_haste_shortens_what_the_rhythm_asks_for() -> None:
    assert wait(replace(FEED, haste=0.5), gap_seconds=7200) == 1800


def test_a_feed_that_is_pushed_is_asked_four_times_less_often_within_the_bounds() -> None:
    pushed = replace(FEED, pushed_until=NOW + timedelta(days=1))
    assert wait(pushed, gap_seconds=3600) == 4 * 1800
    assert wait(pushed, gap_seconds=80000) == HIGH
    assert wait(replace(FEED, pushed_until=NOW - timedelta(days=1)), gap_seconds=3600) == 1800, "the lease is over"


# -- what publishers say


def date(seconds: float) -> str:
    return format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "ttl", "expected"),
    [
        ({}, None, None),
        ({"cache-control": "max-age=600"}, None, 600),
        ({"cache-control": "public, MAX-AGE=600, must-revalidate"}, None, 600),
        ({"cache-control": 'max-age="600"'}, None, 600),
        ({"cache-control": "max-age=600", "age": "100"}, None, 500),
        ({"cache-control": "max-age=600", "age": "900"}, None, None),
        ({"cache-control": "max-age=0"}, None, None),
        ({"cache-control": "max-age=600", "expires": date(9000)}, None, 600),  # RFC 9111, 5.3
        ({"cache-control": "no-cache, max-age=600"}, None, None),
        ({"cache-control": "no-store"}, None, None),
        ({"cache-control": "max-age=²"}, None, None),
        ({"cache-control": "max-age=-5"}, None, None),
        ({"cache-control": "s-maxage=600"}, None, None),
        ({"expires": date(1200)}, None, 1200),
        ({"expires": date(-1200)}, None, None),
        ({"expires": "0"}, None, None),
        ({"expires": "-1"}, None, None),
        ({"cache-control": "max-age=600"}, 1800.0, 1800),
        ({"cache-control": "max-age=3600"}, 1800.0, 3600),
        ({"cache-control": "max-age=" + "9" * 400}, None, 1e9),
    ],
)
def test_the_longest_usable_word_of_the_publisher_counts(
    headers: Mapping[str, str], ttl: float | None, expected: float | None
) -> None:
    assert schedule.publisher_wait(headers, ttl, NOW) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("9" * 500, timedelta(days=1)),
        (date(300), timedelta(seconds=300)),
        (date(-300), timedelta(0)),
        (date(10**6), timedelta(days=1)),
        ("Monday, 04-May-26 12:05:00 GMT", timedelta(seconds=300)),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("²", None),
        ("1e3", None),
        ("1.5", timedelta(seconds=1.5)),
        ("60.", timedelta(seconds=60)),
        (".5", None),
        ("1.5.2", None),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, expected: timedelta | None) -> None:
    assert schedule.retry_after({"retry-after": value}, NOW) == expected


def test_a_date_needs_one_to_be_counted_from() -> None:
    assert schedule.retry_after({"retry-after": date(300)}, None) is None
    assert schedule.retry_after({"retry-after": "300"}, None) == timedelta(seconds=300)


@given(st.text(max_size=60))
def test_any_header_is_read_or_passed_over(text: str) -> None:
    schedule.retry_after({"retry-after": text}, NOW)
    schedule.publisher_wait({"cache-control": text, "expires": text, "age": text}, None, NOW)
    schedule.publisher_wait({"cache-control": f"max-age={text}", "age": text}, None, NOW)


# -- deliveries


def test_a_delivery_is_tried_for_three_days() -> None:
    waits = [schedule.delivery_wait(n, MIDDLE) for n in range(12)]
    assert waits[:4] == [timedelta(0), timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=5)]
    assert waits[10] == timedelta(hours=24)
    assert waits[11] is None
    assert sum((w for w in waits if w), timedelta(0)) == pytest.approx(timedelta(hours=76), abs=timedelta(hours=1))


@given(attempt=st.integers(1, 10), told=st.timedeltas(timedelta(seconds=1), timedelta(hours=24)))
def test_what_a_receiver_says_of_its_wait_is_never_undercut(attempt: int, told: timedelta) -> None:
    planned, waited = schedule.delivery_wait(attempt, MIDDLE), schedule.delivery_wait(attempt, MIDDLE, told)
    assert planned is not None
    assert waited == (told if attempt <= schedule.TOLD_WAITS else max(told, planned))


def test_what_a_receiver_says_of_its_wait_gives_no_attempt_more() -> None:
    assert schedule.delivery_wait(11, MIDDLE, timedelta(seconds=2)) is None


@given(attempt=st.integers(1, 10), rnd=RND)
def test_delivery_waits_are_spread_by_a_fifth(attempt: int, rnd: float) -> None:
    waited, middle = schedule.delivery_wait(attempt, rnd), schedule.delivery_wait(attempt, MIDDLE)
    assert waited is not None
    assert middle is not None
    assert abs(waited - middle) <= 0.2 * middle + timedelta(milliseconds=1)
