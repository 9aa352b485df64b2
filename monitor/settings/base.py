"""What every section of the configuration is made of: durations as people write them, and a model that takes nothing unknown."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?\s*")
A_DURATION = "a duration such as 30s, 5m, 6h or 7d"
LONGEST = 36525 * 86400.0  # seconds


def parse_duration(value: Any) -> Any:
    """``"5m"``, ``300`` and, as variables have no numbers, ``"300"`` to a timedelta. Raises ValueError for anything else."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(str(value)) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
    if not found:
        raise ValueError(f"expected {A_DURATION}")
    seconds = float(found[1]) * _UNITS[found[2] or "s"]
    if seconds > LONGEST:
        raise ValueError(f"expected {A_DURATION}, at most 100 years")
    return timedelta(seconds=seconds)


def _some(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("expected more than 0 seconds")
    return value


def write_duration(value: timedelta) -> str:
    """A timedelta in its largest whole unit: ``"5m"``."""
    seconds = value.total_seconds()
    for unit in ("d", "h", "m", "s"):
        if seconds and seconds % _UNITS[unit] == 0:
            return f"{int(seconds / _UNITS[unit])}{unit}"
    return f"{seconds:g}s"


_Written = Annotated[str, Field(pattern=r"^\s*\d+(\.\d+)?\s*(ms|s|m|h|d|w)?\s*$")] | Annotated[float, Field(ge=0)]
Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration, json_schema_input_type=_Written),
    PlainSerializer(write_duration, return_type=str),
]
Positive = Annotated[Duration, AfterValidator(_some)]


class Section(BaseModel):
    """Part of the configuration."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, use_attribute_docstrings=True)
