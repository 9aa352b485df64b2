"""``backtest`` and ``explain``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from monitor.surfaces.cli.context import now, settings_of, store_of
from monitor.surfaces.cli.output import cell, dump, heading, notice, show


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
    from monitor.classify import load_classifier

    settings = settings_of(ctx)
    options = settings.classify
    classifier = load_classifier(
        options.classifier,
        threshold_move=options.threshold_move,
        threshold_infrastructure=options.threshold_infrastructure,
        extra_orgs=[o for w in settings.watchlists.values() for o in w.orgs],
        extra_people=[p for w in settings.watchlists.values() for p in w.people],
    )
    seen: list[dict[str, Any]] = []

    def rows() -> Any:
        for row in engine.run(_records(file), classifier=classifier, settings=settings):
            seen.append({k: row[k] for k in ("labels", "event_id", "alerted", "status")})
            if row["labels"] or not flagged:
                yield row | {"label": " + ".join(row["labels"])}

    form = form or ("table" if sys.stdout.isatty() else "ndjson")
    show(rows(), form=form, fields=None, columns=("label", "alerted", "status", "title", "event_id"), limit=limit)
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
    from monitor.classify import load_classifier
    from monitor.model import FeedId, Story, StoryId

    settings = settings_of(ctx)
    if text == "-":
        text = sys.stdin.read().strip()
        text, _, summary = text.partition("\n")
    story = _stored(ctx, text) or Story(
        id=StoryId("explained"), feed_id=FeedId(""), url="", title=text, summary=summary.strip(), first_seen=now()
    )
    options = settings.classify
    classifier = load_classifier(
        options.classifier, threshold_move=options.threshold_move, threshold_infrastructure=options.threshold_infrastructure
    )
    verdict = classifier.classify(story)
    if form == "json":
        from monitor.backtest import describe

        click.echo(
            dump(describe(story, verdict, None) | {"trace": list(verdict.trace), "nature": verdict.nature.value}, indent=2)
        )
        return
    _explained(story, verdict)


def _stored(ctx: click.Context, text: str) -> Any:
    """A stored story, where TEXT looks like the id of one."""
    if len(text) < 8 or len(text) > 26 or not text.isalnum() or not text.isupper():
        return None
    from monitor import query

    with store_of(ctx) as store:
        return query.story(store, text).story


def _explained(story: Any, verdict: Any) -> None:
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
