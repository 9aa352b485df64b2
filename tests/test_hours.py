"""Quiet hours and digests over time zones and both nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.hours import DAY, Rhythm, Span, clock_minutes, current, ends, instant, zone_of

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    "UTC Europe/Berlin Europe/London America/New_York America/Los_Angeles America/St_Johns America/Havana Asia/Kolkata "
    "Asia/Kathmandu Asia/Tehran Australia/Sydney Australia/Lord_Howe Pacific/Auckland Pacific/Chatham Pacific/Apia "
    "America/Sao_Paulo Africa/Casablanca Asia/Gaza Antarctica/Troll Pacific/Kiritimati"
).split()
zones = st.sampled_from(ZONES).map(ZoneInfo)
minutes = st.integers(0, DAY - 1)
spans = st.builds(
    lambda start, end, days: Span(start=start, end=end, days=frozenset(days)),
    minutes,
    st.integers(0, DAY),
    st.sets(st.integers(0, 6), max_size=6),
).filter(lambda s: (s.end - s.start) % DAY != 0)


def _changes(zone: ZoneInfo) -> list[datetime]:
    """The moments in 2025 and 2026 at which the zone's offset changes, to the minute."""
    found, at = [], datetime(2025, 1, 1, tzinfo=UTC)
    while at.year < 2027:
        after = at + timedelta(days=1)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = at, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                same = middle.astimezone(zone).utcoffset() == at.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        at = after
    return found


CHANGES = {key: _changes(ZoneInfo(key)) for key in ZONES}
near_a_change = zones.filter(lambda z: bool(CHANGES[z.key])).flatmap(
    lambda z: st.tuples(
        st.just(z), st.sampled_from(CHANGES[z.key]), st.integers(-36 * 3600, 36 * 3600).map(lambda s: timedelta(seconds=s))
    )
)
any_time = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
places = st.one_of(st.tuples(zones, any_time), near_a_change.map(lambda t: (t[0], t[1] + t[2])))


@given(places, st.lists(spans, min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_quiet_ends_at_the_first_moment_that_is_not_quiet(place: tuple[ZoneInfo, datetime], given_spans: list[Span]) -> None:
    zone, now = place
    try:
        end = ends(given_spans, zone, now)
    except ValueError:  # only where quiet holds at every hour of two weeks
        assert all(current(given_spans, zone, now + timedelta(hours=h)) for h in range(24 * 14))
        return
    assert (end == now) == (current(given_spans, zone, now) is None)
    assert current(given_spans, zone, end) is None
    step = (end - now) / 17
    assert all(current(given_spans, zone, now + step * n) is not None for n in range(17 if step else 0))


@given(places, st.one_of(st.just(Rhythm()), minutes.map(lambda m: Rhythm(minutes=m))))
@settings(max_examples=120, deadline=None)
def test_a_digest_is_due_soon_and_once(place: tuple[ZoneInfo, datetime], rhythm: Rhythm) -> None:
    zone, now = place
    due = rhythm.next(now, zone)
    longest = timedelta(hours=2) if rhythm.minutes is None else timedelta(hours=51)  # Apia once left a whole day out
    assert now < due <= now + longest
    assert rhythm.next(due - timedelta(microseconds=1), zone) == due
    after = rhythm.next(due, zone)
    assert after > due
    if rhythm.minutes is None:
        assert due.astimezone(zone).minute == 0
    else:
        assert due.astimezone(zone).date() != after.astimezone(zone).date()


@given(places, minutes, st.booleans())
@settings(max_examples=100, deadline=None)
def test_an_instant_shows_its_wall_time_unless_that_time_is_left_out(
    place: tuple[ZoneInfo, datetime], minute: int, second: bool
) -> None:
    zone, now = place
    day = now.astimezone(zone).date()
    shown = instant(day, minute, zone, second).astimezone(zone)
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
    if shown.replace(tzinfo=None) != wanted:
        before = (shown.astimezone(UTC) - timedelta(seconds=1)).astimezone(zone)
        assert before.replace(tzinfo=None) < wanted < shown.replace(tzinfo=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NIGHT = Span(start=clock_minutes("22:00"), end=clock_minutes("07:00"))


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-03-28T21:30", "2026-03-29T05:00"),  # clocks go forward: quiet at 22:30 ends at 07:00 summer time
        ("2026-10-24T21:30", "2026-10-25T06:00"),  # clocks go back: an hour longer
        ("2026-06-01T20:00", "2026-06-02T05:00"),
        ("2026-06-01T19:59", "2026-06-01T19:59"),
        ("2026-06-02T05:00", "2026-06-02T05:00"),
    ],
)
def test_a_night_in_berlin(now: str, end: str) -> None:
    assert ends([NIGHT], BERLIN, at(now)) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "now", "until"),
    [
        ("01:00", "02:30", "2026-03-29T00:30", "2026-03-29T01:00"),  # 02:30 does not exist: quiet to the change
        ("02:15", "04:00", "2026-03-29T01:00", "2026-03-29T02:00"),  # nor does 02:15: quiet from the change
        ("01:00", "02:30", "2026-10-25T00:00", "2026-10-25T01:30"),  # 02:30 comes twice: quiet to the second
        ("02:30", "04:00", "2026-10-25T00:30", "2026-10-25T03:00"),  # from the first
    ],
)
def test_times_that_are_missing_or_come_twice(start: str, end: str, now: str, until: str) -> None:
    span = Span(start=clock_minutes(start), end=clock_minutes(end))
    assert ends([span], BERLIN, at(now)) == at(until)


def test_days_are_those_a_span_begins_on() -> None:
    friday = Span(start=NIGHT.start, end=NIGHT.end, days=frozenset({4}))
    assert current([friday], BERLIN, at("2026-06-06T02:00")) == friday  # the small hours of Saturday
    assert current([friday], BERLIN, at("2026-06-05T02:00")) is None


def test_spans_that_follow_on_each_other_are_one_quiet() -> None:
    weekend = Span(start=0, end=DAY, days=frozenset({5, 6}))
    assert ends([NIGHT, weekend], BERLIN, at("2026-06-05T21:00")) == at("2026-06-08T05:00")


def test_hours_without_end_are_refused() -> None:
    with pytest.raises(ValueError, match="hours that end"):
        ends([Span(start=0, end=DAY)], BERLIN, at("2026-06-01T12:00"))


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        ("daily 08:00", "2026-03-28T07:00", "2026-03-29T06:00"),
        ("daily 02:30", "2026-03-28T12:00", "2026-03-29T01:00"),
        ("daily 02:30", "2026-10-24T12:00", "2026-10-25T00:30"),
        ("daily 02:30", "2026-10-25T00:30", "2026-10-26T01:30"),
        ("hourly", "2026-10-25T00:10", "2026-10-25T01:00"),
        ("hourly", "2026-10-25T00:00", "2026-10-25T01:00"),
    ],
)
def test_digests_over_the_nights_of_the_change(rhythm: str, now: str, due: str) -> None:
    assert Rhythm.of(rhythm).next(at(now), BERLIN) == at(due)


@pytest.mark.parametrize("text", ["weekly", "daily", "daily 24:00", "daily 8", "daily 25:00", "", "hourly 3"])
def test_a_rhythm_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="daily HH:MM"):
        Rhythm.of(text)


@pytest.mark.parametrize("text", ["Mars/Base", "", "../etc/passwd", "Europe", "/etc/localtime"])
def test_a_zone_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="Europe/Berlin"):
        zone_of(text)


def test_a_clock_time() -> None:
    assert (clock_minutes("7:05"), clock_minutes("24:00")) == (425, DAY)
    for wrong in ("24:01", "12", "ab:cd", "12:60"):
        with pytest.raises(ValueError, match="08:00"):
            clock_minutes(wrong)


def test_a_day_a_zone_left_out() -> None:
    """Samoa had no 30 December 2011; its 08:00 is the moment of the change, and the digest of the 31st comes at its hour."""
    apia = ZoneInfo("Pacific/Apia")
    assert instant(date(2011, 12, 30), 480, apia).astimezone(apia).date() == date(2011, 12, 31)
