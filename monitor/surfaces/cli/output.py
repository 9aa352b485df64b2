"""Rows out: a table on a terminal, tab-separated when piped, or json, ndjson, csv. Data on stdout, notices on stderr."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

import click

FORMATS = ("table", "json", "ndjson", "csv", "tsv")
Row = dict[str, Any]
# Terminal sequences and other control characters that a feed may send: never passed on.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-_]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def listed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every list has."""
    for option in (
        click.option("--limit", type=click.IntRange(1), default=None, help="How many at most (table: 50 by default)."),
        click.option("--fields", help="Columns, separated by commas."),
        click.option("--format", "form", type=click.Choice(FORMATS), help="Default: table on a terminal, tsv when piped."),
    ):
        command = option(command)
    return command


def show(rows: Iterable[Row], *, form: str | None, fields: str | None, columns: Sequence[str], limit: int | None = None) -> None:
    """Print rows. ``columns`` are the ones shown by default in a table or as text; json has everything."""
    form = form or ("table" if sys.stdout.isatty() else "tsv")
    chosen = [f.strip() for f in fields.split(",") if f.strip()] if fields else None
    taken = islice(rows, limit or (50 if form == "table" else None))
    if form in ("json", "ndjson"):
        _as_json(_checked(taken, chosen), form)
    elif form == "table":
        _as_table(list(_checked(taken, chosen)), chosen or columns)
    else:
        _as_text(_checked(taken, chosen), chosen or columns, form)


def _checked(rows: Iterable[Row], chosen: Sequence[str] | None) -> Iterator[Row]:
    """Rows with the chosen fields alone; a field no row has is an error in usage."""
    for row in rows:
        if chosen is None:
            yield row
            continue
        unknown = [f for f in chosen if f not in row]
        if unknown:
            raise click.UsageError(f"--fields: there is no {', '.join(unknown)}; there are {', '.join(row)}")
        yield {f: row[f] for f in chosen}


def _as_json(rows: Iterable[Row], form: str) -> None:
    if form == "ndjson":
        for row in rows:
            click.echo(dump(row))
        return
    out = sys.stdout
    out.write("[")
    for n, row in enumerate(rows):
        out.write((",\n " if n else "\n ") + dump(row))
    out.write("\n]\n")


def dump(value: Any, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=plain, **options)


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, (StrEnum, set, frozenset, tuple)):
        return value.value if isinstance(value, StrEnum) else list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def cell(value: Any) -> str:
    """A value in one line of text, with nothing a terminal would act on."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(v) for v in value)
    if isinstance(value, dict):
        return dump(value)
    return clean(str(value))


def clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\n", " ").replace("\t", " "))


def _as_text(rows: Iterable[Row], columns: Sequence[str], form: str) -> None:
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_safe(cell(row.get(c))) for c in columns])
        return
    for row in rows:
        click.echo("\t".join(cell(row.get(c)) for c in columns))


def _safe(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def _as_table(rows: list[Row], columns: Sequence[str]) -> None:
    if not rows:
        notice("nothing found")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        flexible = name in ("headline", "title", "last_error", "url", "why", "reasons")
        table.add_column(name.replace("_", " "), overflow="fold", ratio=1 if flexible else None, no_wrap=not flexible)
    for row in rows:
        table.add_row(*(Text(cell(row.get(c)), style=_STYLES.get(cell(row.get(c)), "")) for c in columns))
    Console(highlight=False).print(table)


_STYLES = {
    "critical": "bold red", "high": "yellow", "denied": "red", "rumored": "magenta", "confirmed": "green", "failing": "red",
    "dead": "red", "ok": "green", "sent": "green", "resting": "dim", "low": "dim",
}  # fmt: skip


def notice(words: str) -> None:
    click.echo(words, err=True)


def pairs(items: Iterable[tuple[str, Any]]) -> None:
    """A thing shown by name and value."""
    shown = [(name, cell(value)) for name, value in items if value not in (None, "", (), [])]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        click.echo(f"{name:<{width}}  {value}")


def heading(words: str) -> None:
    click.echo()
    click.echo(click.style(words, bold=True))
