"""``backtest`` and ``explain``."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from monitor.surfaces.cli.context import classifier_of, now, settings_of, store_of
from monitor.surfaces.cli.output import cell, clean, dump, heading, notice, show

_ID = re.compile(r"0[0-9A-HJKMNP-TV-Z]{7,25}")  # of monitor.ids, or the beginning of one; no headline looks so


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "ndjson", "json", "csv", "tsv")),
    help="Default: table on a terminal, ndjson when piped.",
)
@click.option("--flagged", is_flag=True, help="Only stories that were flagged.")
@click.option("--limit", type=click.IntRange(1), help="How many rows at most.")
@click.pass_context
def backtest(ctx: click.Context, file: Path, form: str | None, flagged: bool, limit: int | None) -> None:
    """Run classification, grouping and alerting over stored stories, without touching the database.

    FILE holds JSON lines (also .gz; - is standard input) with id, title, summary, url, source, published.
    """
    from monitor import backtest as engine

    settings = settings_of(ctx)
    classifier = classifier_of(settings)
    seen: list[dict[str, Any]] = []

    def rows() -> Any:
        for row in engine.run(_records(file), classifier=classifier, settings=settings):
            seen.append({k: row[k] for k in ("labels", "event_id", "alerted", "status")})
            if row["labels"] or not flagged:
                yield row | {"label": " + ".join(row["labels"])}

    form = form or ("table" if sys.stdout.isatty() else "ndjson")
    every = rows()
    show(every, form=form, fields=None, columns=("label", "alerted", "status", "title", "event_id"), limit=limit)
    for _ in every:  # what was not shown still counts
        pass
    notice(", ".join(f"{count} {name}" for name, count in engine.totals(seen).items()))


def _records(file: Path) -> Any:
    from monitor.backtest import read_stories

    if str(file) != "-":
        yield from read_stories(file)
        return
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as copy:
        copy.writelines(sys.stdin)
        copy.flush()
        yield from read_stories(Path(copy.name))


@click.command()
@click.argument("text")
@click.option("--summary", default="", help="The story's summary; TEXT is its title.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.pass_context
def explain(ctx: click.Context, text: str, summary: str, form: str) -> None:
    """Say what a text would be flagged as, its slots, and the words that say so.

    TEXT is a headline, - for standard input, or the id of a stored story.
    """
    from monitor.model import FeedId, Story, StoryId
    from monitor.text import plain

    settings = settings_of(ctx)
    if text == "-":
        text, _, below = sys.stdin.read().strip().partition("\n")
        summary = summary or below
    story = _stored(ctx, text) or Story(
        id=StoryId("explained"), feed_id=FeedId(""), url="", title=plain(text), summary=plain(summary), first_seen=now()
    )
    classifier = classifier_of(settings)
    verdict = classifier.classify(story)
    if form == "json":
        from monitor.backtest import describe

        click.echo(
            dump(
                describe(story, verdict, None)
                | {"trace": list(verdict.trace), "nature": verdict.nature.value, "version": classifier.version},
                indent=2,
            )
        )
        return
    _explained(story, verdict)


def _stored(ctx: click.Context, text: str) -> Any:
    """A stored story, where TEXT looks like the id of one."""
    if not _ID.fullmatch(text):
        return None
    from monitor import query

    with store_of(ctx) as store:
        return query.story(store, text).story


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the words that prove something underlined; overlapping spans are drawn as one."""
    parts, end = [], 0
    for start, stop in sorted(spans):
        if stop > end:
            between, proof = text[end : max(start, end)], text[max(start, end) : stop]
            parts += [clean(between), click.style(clean(proof), bold=True, underline=True)]
            end = stop
    return "".join([*parts, clean(text[end:])])


def _explained(story: Any, verdict: Any) -> None:
    for field in ("title", "summary"):
        spans = [(s.start, s.end) for m in verdict.matches for s in m.evidence if s.field == field]
        if text := getattr(story, field):
            click.echo(_marked(text, spans))
    click.echo()
    words = [m.label.value for m in verdict.matches]
    click.echo(click.style("flagged: " + " and ".join(words) if words else "not flagged", bold=True))
    for label, score in verdict.scores.items():
        click.echo(f"  {label.value}: {score:.2f}")
    for match in verdict.matches:
        for n, move in enumerate(match.moves):
            heading(f"Move {n + 1}")
            slots = {
                s: getattr(move, s) for s in ("person", "group", "action", "from_org", "from_role", "to_org", "to_role", "status")
            }
            for name, value in slots.items():
                if value:
                    click.echo(f"  {name:9} {cell(str(value))}")
        if match.buildout is not None:
            heading("Buildout")
            b = match.buildout
            told = {
                "orgs": b.orgs,
                "action": b.action.value,
                "amounts": [q.text for q in b.amounts],
                "capacity": [q.text for q in b.capacity],
                "location": b.location,
                "project": b.project,
            }
            for name, value in told.items():
                if value:
                    click.echo(f"  {name:9} {cell(value)}")
        heading(f"The words that say {match.label.value}")
        for span in match.evidence:
            click.echo(f"  {span.supports:22} “{cell(span.text)}”  ({span.field} {span.start}–{span.end})")
    if verdict.trace:
        heading("Why")
        for line in verdict.trace:
            click.echo(f"  {cell(line)}")
