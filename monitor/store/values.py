"""Times as numbers, values as documents, and text cleaned at the edge, so that no odd character can fail a transaction."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from monitor.model import Event
from monitor.store.recent import Recent
from monitor.store.tables import DUE_NOW

T = TypeVar("T")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SURROGATE = re.compile("[\ud800-\udfff]")


def micros(when: datetime) -> int:
    """Microseconds since 1970; ``when`` is aware."""
    past = when - EPOCH
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds


def moment(number: int) -> datetime:
    return EPOCH + timedelta(microseconds=number)


def micros_or_none(when: datetime | None) -> int | None:
    return None if when is None else micros(when)


def moment_or_none(number: int | None) -> datetime | None:
    return None if number is None else moment(number)


def micros_or_now(when: datetime | None) -> int:
    return DUE_NOW if when is None else micros(when)


def moment_or_now(number: int) -> datetime | None:
    return None if number == DUE_NOW else moment(number)


def clean(text: str) -> str:
    """``text`` without NUL and with lone surrogates replaced: what every database and JSON reader takes."""
    if "\0" not in text:
        if text.isascii():
            return text
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _SURROGATE.sub("\ufffd", text.replace("\0", ""))


def finite(number: float) -> float:
    """``number``, or 0 where it is none: SQLite keeps NaN as NULL."""
    return float(number) if math.isfinite(number) else 0.0


def scrub(value: Any) -> Any:
    """``value`` with ``clean`` applied to every text in it, through dataclasses, tuples and mappings."""
    if isinstance(value, str):
        return clean(value) if type(value) is str else value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{f.name: scrub(getattr(value, f.name)) for f in dataclasses.fields(value)})
    if isinstance(value, (tuple, list)):
        return type(value)(scrub(item) for item in value)
    if isinstance(value, Mapping):
        return {scrub(key): scrub(item) for key, item in value.items()}
    return value


# -- documents


@lru_cache(maxsize=32)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def document(kind: Any, value: Any) -> str:
    """``value``, of the type ``kind``, as JSON text. A number that is not finite is written as null."""
    return documented(kind, value)[1]


def documented(kind: Any, value: T) -> tuple[T, str]:
    """``value`` with its texts clean, and its document. Walks through the value only where something is to be cleaned."""
    try:
        text: str = _adapter(kind).dump_json(value).decode()
        if "\\u0000" not in text:
            return value, text
    except PydanticSerializationError:
        pass  # a lone surrogate
    cleaned: T = scrub(value)
    return cleaned, _adapter(kind).dump_json(cleaned).decode()


def read_document(kind: Any, text: str) -> Any:
    return _adapter(kind).validate_json(text)


EVENTS_KEPT = 256  # 20 KB each, of an event of twelve stories; four times as many would be at hand one time in thirty more


def _event(text: str) -> Event:
    event: Event = _adapter(Event).validate_json(text)
    return event


event_of = Recent(_event, EVENTS_KEPT)
