"""``explain``: why a story is flagged or not, for a person or as JSON."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterable
from typing import Any

import click

from monitor.changes import status_word
from monitor.ids import begins_id
from monitor.surfaces.cli.arguments import WEB_ADDRESS
from monitor.surfaces.cli.context import app_beside, classifier_of, now, settings_of, store_of
from monitor.surfaces.cli.output import cell, clean, dump, heading, text_or_json

_ADDRESS = re.compile(r"https?://\S+", re.I)
_MOVE = ("person", "group", "action", "from_org", "from_role", "to_org", "to_role", "status")
_BUILDOUT = ("orgs", "action", "amounts", "capacity", "location", "project")


@click.command()
@click.argument("text")
@click.option("--summary", default="", help="The story's summary; TEXT is its title.")
@text_or_json
@click.pass_context
def explain(ctx: click.Context, text: str, summary: str, form: str) -> None:
    """Explain why a text or story is flagged or not.

    TEXT is a headline; - for standard input (a title, then a summary); the id of a stored story, event or alert; or the address
    of a stored story or any web page. An event is explained by its first story.
    """
    from monitor.explanation import explain as explained
    from monitor.explanation import story_of

    settings = settings_of(ctx)
    if text == "-":
        text, _, below = sys.stdin.read().strip().partition("\n")
        summary = summary or below
    if not text.strip():
        raise click.UsageError("there is no text to explain")
    if _ADDRESS.fullmatch(text):
        story = _fetched(ctx, settings, WEB_ADDRESS.convert(text, None, ctx))
    else:
        story = _stored(ctx, settings, text) or story_of(text, summary, at=now())
    told = explained(story, classifier_of(settings, possible=True))
    if form == "json":
        click.echo(dump(told, indent=2))
        return
    _print(told)


def _fetched(ctx: click.Context, settings: Any, url: str) -> Any:
    from monitor.explanation import story_at

    with app_beside(ctx, settings) as app:
        return asyncio.run(story_at(app, url))


def _stored(ctx: click.Context, settings: Any, text: str) -> Any:
    """The story an id stands for, where TEXT looks like one."""
    if not begins_id(text):
        return None
    from monitor.reference import subject

    with store_of(ctx, settings) as store:
        return subject(store, text).story


def _print(told: dict[str, Any]) -> None:
    for field in ("title", "summary"):
        if told[field]:
            click.echo(_marked(told[field], [(s["start"], s["end"]) for s in told["evidence"] if s["field"] == field]))
    click.echo(click.style(" · ".join(clean(t) for t in (told["outlet"], told["url"], told["nature"]) if t), dim=True))
    click.echo()
    click.echo(click.style("flagged: " + " and ".join(told["labels"]) if told["labels"] else "not flagged", bold=True))
    for decision in told["decisions"]:
        _decision(decision)
    if not told["decisions"]:
        click.echo(f"  {'; '.join(told['trace'])}")
    for n, move in enumerate(told["moves"]):
        heading(f"Move {n + 1}")
        _slots(move, _MOVE, f"moves.{n}.", told["evidence"], ids=("from_org", "to_org"))
    if told["infra"]:
        heading("Buildout")
        _slots(told["infra"], _BUILDOUT, "buildout.", told["evidence"])
    if told["rules"]:
        heading("Rules that spoke")
        for rule in told["rules"]:
            click.echo(f"  {rule['rule']:24} “{cell(rule['words'])}” ({rule['field']})")
    click.echo(click.style(f"\n{told['version']}", dim=True))


def _decision(d: dict[str, Any]) -> None:
    line = f"  {d['label']}: {'yes' if d['yes'] else 'no'}, {d['score']:.2f} — {d['why']}"
    click.echo(click.style(line, fg="green" if d["yes"] else None))
    for sign, name in ((1, "for it"), (-1, "against")):
        weights = [w for w in d["weights"] if w["weight"] * sign > 0]
        if weights:
            click.echo(f"    {name:8} " + " · ".join(f"{clean(w['words'])} {w['weight']:+.1f}" for w in weights))


def _slots(
    values: dict[str, Any], names: Iterable[str], prefix: str, evidence: list[dict[str, Any]], ids: tuple[str, ...] = ()
) -> None:
    """Each slot with its value, what it is known as where that is another word, and where it stands."""
    for name in names:
        if not values[name]:
            continue
        known = values[f"{name}_id"] if name in ids else ""
        known = f"  = {known}" if known and known != "-".join(values[name].lower().split()) else ""
        where = ", ".join(f"{s['field']} {s['start']}–{s['end']}" for s in evidence if s["supports"] == prefix + name)
        said = status_word(values[name]) if name == "status" else cell(values[name])
        click.echo(f"  {name:9} {said}{known}" + click.style(f"  ({where})" if where else "", dim=True))


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the words that prove something underlined; overlapping spans are drawn as one."""
    parts, end = [], 0
    for start, stop in sorted(spans):
        if stop > end:
            between, proof = text[end : max(start, end)], text[max(start, end) : stop]
            parts += [clean(between), click.style(clean(proof), bold=True, underline=True)]
            end = stop
    return "".join([*parts, clean(text[end:])])
