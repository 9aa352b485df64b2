"""``backtest``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.errors import StoreError
from monitor.surfaces.cli.arguments import DATABASE, FILE_OR_STDIN, ROWS
from monitor.surfaces.cli.context import classifier_of, saved_words, settings_of
from monitor.surfaces.cli.output import notice, show

if TYPE_CHECKING:
    from monitor.settings import Settings


@click.command()
@click.argument("file", type=FILE_OR_STDIN)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "ndjson", "json", "csv", "tsv")),
    help="Default: table on a terminal, ndjson when piped.",
)
@click.option("--flagged", is_flag=True, help="Only stories that were flagged.")
@click.option("--limit", type=ROWS, help="How many rows at most.")
@click.option(
    "--into", type=DATABASE, metavar="DATABASE", help="Store stories, events and alerts in this new database, to query them."
)
@click.pass_context
def backtest(ctx: click.Context, file: Path, form: str | None, flagged: bool, limit: int | None, into: str | None) -> None:
    """Run classification, grouping and alerting over a file of stories.

    FILE holds JSON lines (also .gz; - is standard input) with id, title, summary, url, source, published. The database in use
    is not touched.
    """
    from monitor import backtest as engine
    from monitor.store import Store

    settings = settings_of(ctx)
    classifier = classifier_of(settings, reasons=False)
    seen: list[dict[str, Any]] = []
    saved = _saved(settings)
    store = Store.open(into) if into else None

    def rows() -> Any:
        given: Any = {"classifier": classifier, "settings": settings, "saved": saved}
        found = engine.keep(_records(file), store, **given) if store else engine.run(_records(file), **given)
        for row in found:
            seen.append({k: row[k] for k in ("labels", "event_id", "alerted", "status")})
            if row["labels"] or not flagged:
                yield row | {"label": " + ".join(row["labels"])}

    form = form or ("table" if sys.stdout.isatty() else "ndjson")
    with store or nullcontext():
        every = rows()
        show(every, form=form, columns=("label", "alerted", "status", "title", "event_id"), limit=limit)
        for _ in every:  # what was not shown still counts
            pass
    notice(", ".join(_count_of(count, name) for name, count in engine.totals(seen).items()))


def _saved(settings: Settings) -> dict[str, str] | None:
    """The saved searches of the database in use, which routes name; None where it cannot be read."""
    from monitor import searches

    try:
        saved = saved_words(settings)
    except StoreError as error:
        notice(f"routes that use a saved search match nothing: {error}")
        return None
    for words in searches.wrong(settings, saved):
        notice(words)
    return saved


_ONE = {"stories": "story", "events": "event", "alerts": "alert", "revisions": "revision"}


def _count_of(count: int, name: str) -> str:
    return f"{count} {_ONE.get(name, name) if count == 1 else name}"


def _records(file: Path) -> Any:
    from monitor.backtest import BacktestError, read_stories

    if str(file) != "-":
        yield from read_stories(file)
        return
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        try:
            yield from read_stories(Path(copy.name))
        except BacktestError as error:
            raise BacktestError(str(error).replace(copy.name, "standard input")) from error
