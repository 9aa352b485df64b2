"""``silences``: what people asked not to hear of for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import click

from monitor.surfaces.cli.arguments import by_whom
from monitor.surfaces.cli.context import Listing, login, matched, now, settings_of, store_of, words_of
from monitor.surfaces.cli.output import Row, cell, dump, listed, notice, show, text_or_json


@click.group(cls=Listing)
def silences() -> None:
    """Alerts suppressed for a while: list, add, expire."""


@silences.command("list")
@click.option("--all", "every", is_flag=True, help="Also those that have ended.")
@listed
@click.pass_context
def silences_list(ctx: click.Context, every: bool, limit: int | None, fields: str | None, form: str | None) -> None:
    """List present and future silences, newest first."""
    from monitor import query
    from monitor.settings.routes import in_words
    from monitor.surfaces.rows import SilenceRow, silence_row

    at = now()
    with store_of(ctx) as store:
        columns = ("state", "starts_at", "ends_at", "author", "match", "comment", "id")
        found = query.every(partial(query.silences, store, at, over=every))
        rows: Iterable[Row] = (silence_row(s, at) for s in found)
        if form not in ("json", "ndjson"):
            rows = ({**row, "match": in_words(row["match"])} for row in rows)
        show(rows, form=form, fields=fields, columns=columns, of=SilenceRow.__annotations__, limit=limit)


@silences.command("add")
@matched
@click.option("--for", "span", help="How long: 12h, 7d, 2w. Or give --until.")
@click.option("--until", help="When it ends: a date or time.")
@click.option("--start", help="When it begins: a date or time (default: now).")
@by_whom("asks for it")
@click.option("--comment", default="", help="Why.")
@text_or_json
@click.pass_context
def silences_add(
    ctx: click.Context,
    /,
    span: str | None,
    until: str | None,
    start: str | None,
    by: str | None,
    comment: str,
    form: str,
    **conditions: Any,
) -> None:
    """Suppress alerts on matching events for a while.

    All conditions must hold; of an option given several times, one suffices."""
    from monitor import searches, silencing
    from monitor.surfaces.rows import silence_row

    settings, at = settings_of(ctx), now()
    starts_at = _moment("--start", start) if start else at
    ends_at = _end(starts_at, span, until)
    with store_of(ctx, settings) as store:
        silence = silencing.make(
            words_of(conditions),
            starts_at=starts_at,
            ends_at=ends_at,
            author=by or login(),
            comment=comment,
            now=at,
            watchlists=settings.watchlists,
            saved=searches.by_name(store),
        )
        store.add_silence(silence)
    if form == "json":
        click.echo(dump(silence_row(silence, at), indent=2))
        return
    notice(f"silence {silence.id} holds from {cell(silence.starts_at)} until {cell(silence.ends_at)} UTC")


def _end(starts_at: datetime, span: str | None, until: str | None) -> datetime:
    from monitor.settings.base import parse_duration

    if (span is None) == (until is None):
        raise click.UsageError("give either --for (how long) or --until (until when)")
    if until is not None:
        return _moment("--until", until)
    try:
        ends: datetime = starts_at + parse_duration(span)
    except (ValueError, OverflowError) as error:
        raise click.UsageError(f"--for: {span!r} is not a time: {error}") from error
    return ends


def _moment(option: str, text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise click.UsageError(f"{option}: {text!r} is not a date or time; write 2026-01-31 or 2026-01-31T08:00Z") from error
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


@silences.command("expire")
@click.argument("id")
@by_whom("ends it")
@click.pass_context
def silences_expire(ctx: click.Context, id: str, by: str | None) -> None:
    """End a silence now. ID may be the beginning of an id."""
    with store_of(ctx) as store:
        silence = store.expire_silence(id, now=now(), by=by or login())
    notice(f"silence {silence.id} is over since {cell(silence.ends_at)} UTC")
