"""Rows out: a table on a terminal, tab-separated when piped, or json, ndjson, csv. Data on stdout, notices on stderr."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import click

from monitor.surfaces.cli.arguments import ROWS
from monitor.surfaces.text import Row, cell, clean, csv_cell, dump, plain

# What commands print with, whichever file it is from.
__all__ = ["Row", "cell", "clean", "dump", "heading", "in_form", "listed", "notice", "pairs", "plain", "show"]

FORMATS = ("table", "json", "ndjson", "csv", "tsv")
MOST_IN_A_TABLE = 50


in_form = click.option("--format", "form", type=click.Choice(FORMATS), help="Default: table on a terminal, tsv when piped.")


def listed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every list has."""
    for option in (
        click.option("--limit", type=ROWS, default=None, help="How many at most (table: 50 by default)."),
        click.option("--fields", help="Columns, separated by commas."),
        in_form,
    ):
        command = option(command)
    return command


def show(rows: Iterable[Row], *, form: str | None, fields: str | None, columns: Sequence[str], limit: int | None = None) -> None:
    """Print rows. ``columns`` are the ones shown by default in a table or as text; json has everything."""
    form = form or ("table" if sys.stdout.isatty() else "tsv")
    chosen = [f.strip() for f in (fields or "").split(",") if f.strip()] or None
    if form == "table":
        most = limit or MOST_IN_A_TABLE
        taken = list(islice(rows, most + 1))
        _as_table(list(_checked(taken[:most], chosen)), chosen or columns, chosen=bool(chosen))
        if len(taken) > most and limit is None:
            notice(f"the first {most}; --limit shows more")
    elif form in ("json", "ndjson"):
        _as_json(_checked(islice(rows, limit), chosen), form)
    else:
        _as_text(_checked(islice(rows, limit), chosen), chosen or columns, form)


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
            sys.stdout.write(dump(row) + "\n")
        return
    before = "["
    for row in rows:
        sys.stdout.write(f"{before}\n {dump(row)}")
        before = ","
    sys.stdout.write("[]\n" if before == "[" else "\n]\n")


def _as_text(rows: Iterable[Row], columns: Sequence[str], form: str) -> None:
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\r\n")  # RFC 4180
        writer.writerow(columns)
        writer.writerows([csv_cell(row.get(c)) for c in columns] for row in rows)
        return
    for row in rows:
        sys.stdout.write("\t".join(cell(row.get(c)) for c in columns) + "\n")


def _as_table(rows: list[Row], columns: Sequence[str], *, chosen: bool) -> None:
    if not rows:
        notice("nothing found")
        return
    from monitor.surfaces.cli.table import draw

    click.echo(draw(rows, columns, chosen=chosen), nl=False)


def notice(words: str) -> None:
    """Words for people, on stderr; silent under --quiet."""
    ctx = click.get_current_context(silent=True)
    if ctx is None or not getattr(ctx.find_root().obj, "quiet", False):
        click.echo(clean(words), err=True)


def pairs(items: Iterable[tuple[str, Any]]) -> None:
    """A thing shown by name and value."""
    shown = [(name, cell(value)) for name, value in items if value not in (None, "", (), [])]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        click.echo(f"{name:<{width}}  {value}")


def heading(words: str) -> None:
    click.echo()
    click.echo(click.style(words, bold=True))
