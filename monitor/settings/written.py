"""Values as people write them: times of the day (``08:00``), time zones, rhythms of digests."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from monitor.hours import DAY, Rhythm, clock_minutes, clock_words, zone_of


def _clock(value: Any) -> Any:
    """``"22:00"``; YAML reads 22:00 without quotes as a number to the base of 60, which is the minutes after midnight."""
    if isinstance(value, str):
        return clock_minutes(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= DAY:
        return value
    raise ValueError("expected a time such as 08:00")


def _zone_name(value: str) -> str:
    zone_of(value)
    return value


def _rhythm(value: Any) -> Any:
    return Rhythm.of(value) if isinstance(value, str) else value


def _switch(value: Any) -> Any:
    """YAML reads on and off without quotes as true and false."""
    return ("on" if value else "off") if isinstance(value, bool) else value


def one_or_more(value: Any) -> Any:
    if not isinstance(value, (dict, list, tuple)):
        raise ValueError('expected a span such as {from: "22:00", to: "07:00"}, or a list of them')
    return [value] if isinstance(value, dict) else value


_ClockWritten = Annotated[str, Field(pattern=r"^([01]?\d|2[0-4]):[0-5]\d$")]
ClockTime = Annotated[
    int, BeforeValidator(_clock, json_schema_input_type=_ClockWritten), PlainSerializer(clock_words, return_type=str)
]
_Switch = Literal["auto", "on", "off"]
Switch = Annotated[_Switch, BeforeValidator(_switch, json_schema_input_type=_Switch | bool)]
ZoneName = Annotated[str, AfterValidator(_zone_name)]
DigestRhythm = Annotated[
    Rhythm,
    BeforeValidator(_rhythm, json_schema_input_type=Annotated[str, Field(pattern=r"^(hourly|daily \d?\d:\d\d)$")]),
    PlainSerializer(Rhythm.words, return_type=str),
]
