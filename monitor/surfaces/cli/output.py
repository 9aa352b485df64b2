"""Rows out: a table on a terminal, tab-separated when piped, or json, ndjson, csv. Data on stdout, notices on stderr."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import click

from monitor.errors import QueryError
from monitor.surfaces.cli.arguments import ROWS
from monitor.surfaces.text import Row, cell, check_fields, clean, csv_cell, dump, plain

# What commands print with, whichever file it is from.
__all__ = [
    "Row", "cell", "clean", "dump", "form_of", "heading", "in_form", "listed", "notice", "pairs", "plain", "show", "text_or_json",
]  # fmt: skip

FORMATS = ("table", "json", "ndjson", "csv", "tsv")
MOST_IN_A_TABLE = 50


in_form = click.option("--format", "form", type=click.Choice(FORMATS), help="Default: table on a terminal, tsv when piped.")
text_or_json = click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")


def listed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every list has."""
    for option in (
        click.option("--limit", type=ROWS, default=None, help="How many at most (table: 50 by default)."),
        click.option("--fields", help="Columns, separated by commas."),
        in_form,
    ):
        command = option(command)
    return command


def form_of(options: Mapping[str, Any], *, every: int | None = None) -> dict[str, Any]:
    """What the options of ``listed`` say to ``show``; with ``every`` a table without --limit has that many rows."""
    limit = options["limit"] or (None if every is None else max(every, 1))
    return {"form": options["form"], "fields": options["fields"], "limit": limit}


def show(
    rows: Iterable[Row],
    *,
    form: str | None,
    columns: Sequence[str],
    fields: str | None = None,
    of: Collection[str] = (),
    limit: int | None = None,
) -> None:
    """Print rows. ``columns`` are the ones shown by default in a table or as text; json has everything. ``fields`` chooses among
    those that the rows are made ``of``. Raises UsageError where it names another."""
    form = form or ("table" if sys.stdout.isatty() else "tsv")
    chosen = [f.strip() for f in (fields or "").split(",") if f.strip()]
    if fields is not None and not chosen:
        raise click.UsageError("--fields: is empty; leave it out, or name fields with commas between them")
    try:
        check_fields(chosen, of)
    except QueryError as error:
        raise click.UsageError(f"--{error}") from error
    if chosen:
        rows = ({f: row[f] for f in chosen} for row in rows)
    if form == "table":
        most = limit or MOST_IN_A_TABLE
        taken = list(islice(rows, most + 1))
        _as_table(taken[:most], chosen or columns, chosen=bool(chosen))
        if len(taken) > most and limit is None:
            notice(f"the first {most}; --limit shows more")
    elif form in ("json", "ndjson"):
        _as_json(islice(rows, limit), form)
    else:
        _as_text(islice(rows, limit), chosen or columns, form)


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
