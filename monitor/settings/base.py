"""What every section of the configuration is made of: durations as people write them, and a model that takes nothing unknown."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from datetime import timedelta
from itertools import pairwise
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
    """Part of the configuration. The text below a field is its help, which ``help_of`` reads when it is asked for."""

    # (Not use_attribute_docstrings: to find them pydantic parses the source once a class, a tenth of a second of start-up.)
    # (defer_build: what validates a section is built with the whole that holds it, and not once more by itself.)
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)


def help_of(section: type[Section]) -> dict[str, str]:
    """The text below each field of ``section``, its own and its bases', that has one."""
    found: dict[str, str] = {}
    for kind in reversed(section.__mro__):
        if issubclass(kind, Section):
            found |= _texts_below(ast.parse(textwrap.dedent(inspect.getsource(kind))))
    return found


def _texts_below(tree: ast.Module) -> dict[str, str]:
    """By name, the text that stands as a statement right after an annotated one."""
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for field, below in pairwise(node.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }


HOST_AND_PORT = r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{1,5}"


class Listening(Section):
    """A section with an address to listen on, HOST:PORT; "" is none."""

    listen: str = ""

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2])
