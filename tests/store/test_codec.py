"""What goes into a row comes out again, whatever it holds; odd characters are cleaned and never crash a write."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import EnumType
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model import (
    Alert,
    Delivery,
    Event,
    Feed,
    Label,
    Match,
    Quantity,
    Story,
    StoryId,
)
from monitor.results import Attempt, Membership, StoryKey
from monitor.store import codec, delivery_codec, feed_codec
from monitor.store.values import clean, document, micros, moment, read_document, scrub

ODD = ["", "\0", "a\0b", "\ud800", "x\udfffy", "Ünïcode \U0001f600", "'\"; --"]
TEXT = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(ODD)
TIMES = st.integers(-(2**51), 2**57).map(lambda number: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number))
IDS = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=1, max_size=26)
ID_FIELDS = {"id", "feed_id", "story_id", "event_id", "alert_id", "delivery_id", "key", "fingerprint", "body_digest"}
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**40), 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    datetime: TIMES,
    type(None): st.none(),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that the frozen values use."""
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) is tuple:
        return st.lists(values_of(get_args(hint)[0]), max_size=3).map(tuple)
    if get_origin(hint) is dict:
        return st.dictionaries(IDS, values_of(get_args(hint)[1]), max_size=3)
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*(values_of(one) for one in get_args(hint)))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{f.name: IDS if f.name in ID_FIELDS else values_of(hints[f.name]) for f in fields(hint)})
    return st.sampled_from(list(hint)) if isinstance(hint, EnumType) else IDS


CASES: list[tuple[type[Any], Any, Any]] = [
    (Feed, feed_codec.feed_row, feed_codec.feed_of),
    (Story, codec.story_row, codec.story_of),
    (StoryKey, codec.key_row, codec.key_of),
    (Match, codec.match_row, codec.match_of),
    (Membership, codec.membership_row, codec.membership_of),
    (Alert, lambda a: codec.alert_row(a) | {"event": document(Event, a.event)}, codec.alert_of),
    (Delivery, delivery_codec.delivery_row, delivery_codec.delivery_of),
    (Attempt, delivery_codec.attempt_row, delivery_codec.attempt_of),
]


class Row:
    """A row as SQLAlchemy hands it out: columns as attributes."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


@pytest.mark.parametrize(("kind", "to_row", "of_row"), CASES, ids=[kind.__name__ for kind, _, _ in CASES])
def test_a_row_gives_the_value_back(kind: type[Any], to_row: Any, of_row: Any) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(values_of(kind))
    def check(value: Any) -> None:
        again = of_row(Row(to_row(value)))
        assert again == scrub(value)
        assert of_row(Row(to_row(again))) == again

    check()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(values_of(Event))
def test_an_event_comes_back_from_its_document(event: Event) -> None:
    assert read_document(Event, document(Event, event)) == scrub(event)


@given(TEXT)
def test_cleaned_text_can_be_written_and_is_cleaned_once(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert clean(cleaned) == cleaned


@given(TIMES)
def test_times_keep_their_microseconds(when: datetime) -> None:
    assert moment(micros(when)) == when
    assert micros(when) < micros(when + timedelta(microseconds=1))


def test_a_time_in_another_zone_is_kept_as_the_same_moment() -> None:
    east = datetime(2026, 5, 4, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert moment(micros(east)) == east
    assert moment(micros(east)).utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        micros(datetime(2026, 5, 4))  # noqa: DTZ001


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_do_not_reach_a_column(odd: float) -> None:
    match = Match(story_id=StoryId("s"), label=Label.INFRASTRUCTURE, score=odd)
    assert codec.match_row(match)["score"] == 0.0
    assert read_document(Quantity, document(Quantity, Quantity(text="a lot", low=odd))).low is None
