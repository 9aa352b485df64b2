"""Rows drawn for people: a table where the terminal has room for one, else a few lines a row."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from unicodedata import combining, east_asian_width

import click

from monitor.changes import status_word
from monitor.model import Status
from monitor.surfaces.text import Row, cell

# Columns whose words may go on in the next line, and how wide such a column must be at least.
_WRAPS = frozenset(
    "name headline title last_error url why reasons where outlets orgs project location comment note words match".split()
)
_NARROWEST = 16
_GAP, _HELD = "  ", "\0"  # (no cell holds the second)
_NO_TERMINAL = 100  # columns
_STYLES: dict[str, dict[str, Any]] = {
    "critical": {"fg": "red", "bold": True}, "high": {"fg": "yellow"}, "low": {"dim": True},
    "rumoured": {"fg": "magenta"}, "confirmed": {"fg": "green"}, "denied": {"fg": "red"},
    "ok": {"fg": "green"}, "sent": {"fg": "green"}, "failing": {"fg": "red"}, "dead": {"fg": "red"}, "resting": {"dim": True},
}  # fmt: skip
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")  # of ours; every command takes the beginning of one
_ENOUGH = 14  # characters of it: the millisecond and a million ways beyond


def draw(rows: Sequence[Row], columns: Sequence[str], *, chosen: bool) -> str:
    """``rows`` as text. Unless they were ``chosen``, columns that say nothing in any row are left out."""
    if not chosen:
        columns = [name for name in columns if any(row.get(name) not in (None, "", 0, (), []) for row in rows)] or columns
    cells = [[_short(row.get(name)) for name in columns] for row in rows]
    wide = shutil.get_terminal_size((_NO_TERMINAL, 24)).columns
    widths = _widths(columns, cells, wide)
    numbers = {name for name in columns if all(_is_number(row.get(name)) for row in rows)}
    lines = _table(columns, cells, widths, numbers) if widths else _blocks(columns, cells, wide, numbers)
    return "".join(f"{line}\n" for line in lines)


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]], wide: int) -> list[int] | None:
    """What each column gets of ``wide``; None where that is too little to be read."""
    wanted = [max(_width(text) for text in (*name.split("_"), *(line[n] for line in cells))) for n, name in enumerate(columns)]
    given = [min(width, _NARROWEST) if name in _WRAPS else width for name, width in zip(columns, wanted, strict=True)]
    spare = wide - sum(given) - len(_GAP) * (len(columns) - 1)
    while spare > 0 and (short := [n for n in range(len(columns)) if given[n] < wanted[n]]):
        for n in short[:spare]:  # a character each, so that those that want little get it all
            given[n] += 1
        spare -= len(short[:spare])
    return given if spare >= 0 else None


def _table(columns: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int], numbers: Collection[str]) -> list[str]:
    head = [click.style(line, bold=True) for line in _line([_head(name) for name in columns], columns, widths, numbers)]
    return head + [line for row in cells for line in _line(row, columns, widths, numbers)]


def _line(row: Sequence[str], columns: Sequence[str], widths: Sequence[int], numbers: Collection[str]) -> list[str]:
    """One row in as many lines as its longest cell is folded into."""
    folded = [_folded(text, width) for text, width in zip(row, widths, strict=True)]
    lines = []
    for n in range(max(map(len, folded))):
        parts = [part[n] if n < len(part) else "" for part in folded]
        while parts and not parts[-1]:
            parts.pop()
        told = zip(parts, widths, columns, strict=False)
        placed = [_placed(part, width, right=name in numbers) for part, width, name in told]
        lines.append(_GAP.join([*placed[:-1], placed[-1].rstrip()]) if placed else "")
    return lines


def _blocks(columns: Sequence[str], cells: Sequence[Sequence[str]], wide: int, numbers: Collection[str]) -> list[str]:
    """What wraps, or else the first column, with the others below it in a line; numbers with their names."""
    title = next((n for n, name in enumerate(columns) if name in _WRAPS), 0)
    lines = []
    for line in cells:
        others = [
            f"{_head(name)} {text}" if name in numbers else text
            for n, (name, text) in enumerate(zip(columns, line, strict=True))
            if n != title and text
        ]
        told = " · ".join(other.replace(" ", _HELD) for other in others)  # a name stays with its number
        lines += [click.style(part, bold=True) for part in _folded(line[title] or "-", wide)]
        lines += [f"{_GAP}{part.replace(_HELD, ' ')}" for part in _folded(told, max(wide - len(_GAP), 1)) if part]
    return lines


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _head(name: str) -> str:
    return name.replace("_", " ")


def _short(value: Any) -> str:
    """A cell: times without what is the same in all of them, the beginning of an id, a status in the word for people."""
    if isinstance(value, Status):
        return status_word(value.value)
    if isinstance(value, datetime):
        this_year = value.astimezone(UTC).year == datetime.now(UTC).year
        return value.astimezone(UTC).strftime("%m-%d %H:%M" if this_year else "%Y-%m-%d")
    if isinstance(value, float):
        return f"{value:,.10g}" if abs(value) < 1e6 else f"{value:,.0f}"
    text = cell(value)
    return text[:_ENOUGH] if _ID.fullmatch(text) else text


def _placed(text: str, width: int, *, right: bool) -> str:
    room = " " * (width - _width(text))
    style = _STYLES.get(text)
    shown = click.style(text, **style) if style else text
    return room + shown if right else shown + room


def _width(text: str) -> int:
    """Columns of a terminal: two for what East Asia writes wide, none for an accent that stands by itself."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _folded(text: str, width: int) -> list[str]:
    """``text`` in lines of ``width`` at most, broken between words where one fits, else within it."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and _width(line) + 1 + _width(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while _width(line) > width:
            end = next(n for n in range(len(line), 0, -1) if _width(line[:n]) <= width or n == 1)
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line]
