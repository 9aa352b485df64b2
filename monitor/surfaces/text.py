"""Rows as text for people, spreadsheets and programs: nothing a terminal, a spreadsheet or a reader of JSON would act on."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from monitor.errors import QueryError

Row = Mapping[str, Any]
# Terminal sequences (CSI, OSC and its kin with their text, two-byte ones) and other control characters that a feed may
# send, and marks that turn the direction of writing: never passed on.
_CONTROL = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]"
    r"|[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What a spreadsheet takes for the beginning of a formula, in its full width too: at the beginning of a cell, and after a
# semicolon, where cells end for spreadsheets of most of Europe.
_FORMULA = re.compile("(^|;)(?=[-=+@\uff0d\uff1d\uff0b\uff20])")


def dump(value: Any, **options: Any) -> str:
    """JSON in which whatever a terminal might act on is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, default=plain, **options)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # To the microsecond where it has any, as the API writes it.
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, (StrEnum, set, frozenset, tuple)):
        return value.value if isinstance(value, StrEnum) else list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def cell(value: Any) -> str:
    """A value in one line of text, with nothing a terminal would act on."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(v) for v in value)
    if isinstance(value, dict) or (is_dataclass(value) and not isinstance(value, type)):
        return dump(value)
    return clean(str(value))


def clean(text: str) -> str:
    """One line with nothing in it that a terminal would act on."""
    return _CONTROL.sub("", " ".join(re.split(r"[\t\n\v\f\r\x85\u2028\u2029]+", text)))


def csv_cell(value: Any) -> str:
    """A cell of a CSV, with a quote before whatever a spreadsheet would run; a number is none, whatever its sign."""
    text = cell(value)
    return text if isinstance(value, (int, float)) else _FORMULA.sub(r"\1'", text)


def check_fields(chosen: Iterable[str], known: Collection[str]) -> None:
    """Raises QueryError for a field that is none of ``known``."""
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise QueryError(f"fields: there is no {', '.join(unknown)}; there are {', '.join(known)}", "fields")
