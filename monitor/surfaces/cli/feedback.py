"""``alerts mark`` and ``feedback``: a person's word on what was told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import click

from monitor.model import FeedbackKind
from monitor.surfaces.cli.arguments import by_whom
from monitor.surfaces.cli.context import Listing, app_beside, login, settings_of, store_of
from monitor.surfaces.cli.output import Row, dump, listed, notice, show, text_or_json

FOR_PROGRAMS = ("json", "ndjson", "csv")  # they spell a word as the API does, people as they type it
KINDS = {kind.value.replace("_", "-"): kind for kind in FeedbackKind}


class Word(click.Choice[str]):
    """A word of ``KINDS``, also as the API and JSON spell it."""

    def __init__(self) -> None:
        super().__init__(tuple(KINDS))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(str(value).replace("_", "-"), param, ctx)


@click.command()
@click.argument("id")
@click.argument("verdict", type=Word())
@by_whom("says so")
@click.option("--note", default="", help="A comment: what is wrong, and what would be right.")
@text_or_json
@click.pass_context
def mark(ctx: click.Context, id: str, verdict: str, by: str | None, note: str, form: str) -> None:
    """Record whether an alert was right.

    ID is that of an alert, event or story, or its beginning. A person's latest judgement counts; earlier ones are kept.
    `movewire train --with-feedback` learns from them.
    """
    from monitor.feedback import give
    from monitor.surfaces.rows import feedback_row

    with app_beside(ctx, settings_of(ctx)) as app:
        said = give(app, id, KINDS[verdict], by=by or login(), via="cli", note=note)
    if form == "json":
        click.echo(dump(feedback_row(said), indent=2))
        return
    notice(f"{said.by} says {verdict} of {said.target_kind} {said.target}: {said.title}")


@click.group(cls=Listing)
def feedback() -> None:
    """Feedback people gave on alerts."""


@feedback.command("list")
@click.option("--kind", type=Word(), help="Only this kind.")
@click.option("--by", default="", help="Only this person.")
@click.option("--history", is_flag=True, help="Also judgements that the same person has replaced since.")
@listed
@click.pass_context
def feedback_list(
    ctx: click.Context, kind: str | None, by: str, history: bool, limit: int | None, fields: str | None, form: str | None
) -> None:
    """List feedback, newest first: each person's latest judgement of each event."""
    from monitor import query
    from monitor.surfaces.rows import FeedbackRow, feedback_row

    chosen = KINDS[kind] if kind else None
    with store_of(ctx) as store:
        found = query.every(partial(query.feedback, store, kind=chosen, by=by, history=history))
        columns = ("at", "kind", "by", "title", "note", "target")
        rows: Iterable[Row] = map(feedback_row, found)
        if form not in FOR_PROGRAMS:
            rows = ({**row, "kind": str(row["kind"]).replace("_", "-")} for row in rows)
        show(rows, form=form, fields=fields, columns=columns, of=FeedbackRow.__annotations__, limit=limit)
