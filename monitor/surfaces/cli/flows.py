"""``flows``, ``moves``, ``buildouts`` and ``organisations``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import click

from monitor.model import Label
from monitor.money import dollars, watts
from monitor.surfaces.cli.context import asking, filtered_sums, names_of, pairs_of, settings_of
from monitor.surfaces.cli.output import form_of, listed, notice, show
from monitor.text import counted


@click.command()
@click.option("--by", type=click.Choice(("pair", "organisation")), default="pair", show_default=True, help="What a line is.")
@filtered_sums
@listed
@click.pass_context
def flows(ctx: click.Context, /, by: str, **options: Any) -> None:
    """Add up moves between organisations, the largest flow first.

    Each event counts once. --by organisation shows what each gained and lost. Denied moves count only with --status denied.
    """
    from monitor import summaries
    from monitor.surfaces import summary_rows as rows

    settings = settings_of(ctx, whole=False)
    with asking(ctx, options, settings) as (store, filter):
        found = summaries.flows(store, names_of(settings), filter)
    if by == "organisation":
        told: tuple[Any, ...] = map(rows.balance_row, found.balances), rows.BALANCE_COLUMNS, rows.BalanceRow
    else:
        told = map(rows.flow_row, found.flows), rows.FLOW_COLUMNS, rows.FlowRow
    lines, columns, shape = told
    show(lines, columns=columns, of=shape.__annotations__, **form_of(options))
    notice(counted(found.events, "event"))


@click.command()
@filtered_sums
@listed
@click.pass_context
def moves(ctx: click.Context, /, **options: Any) -> None:
    """List moves one by one: who moved, from where, to where.

    One line per move of the events that fit, the newest first.
    """
    from monitor import query, summaries
    from monitor.surfaces import summary_rows as rows

    columns = ("at", "person", "action", "from_org", "to_org", "to_role", "status", "event_id")
    with asking(ctx, options) as (store, filter):
        found = query.every(partial(summaries.moves, store, filter))
        show(map(rows.moved_row, found), columns=columns, of=rows.MovedRow.__annotations__, **form_of(options))


_BY = ("event", "organisation", "project", "month")


@click.command()
@click.option(
    "--by", type=click.Choice(_BY), default="event", show_default=True, help="What a line stands for; all but event add up."
)
@filtered_sums
@listed
@click.pass_context
def buildouts(ctx: click.Context, /, by: str, **options: Any) -> None:
    """List buildouts with dollars and megawatts, newest first, or add them up.

    Each event counts once, and in sums a repeated figure of the same project counts once. Denied ones count only with
    --status denied. Where a plan is opposed, its figures are shown and not added.
    """
    from monitor import query, summaries
    from monitor.surfaces import summary_rows as rows

    form = form_of(options)
    settings = settings_of(ctx, whole=False)
    with asking(ctx, options, settings) as (store, filter):
        if by == "event":
            told = query.every(partial(query.events, store, replace(filter, label=(Label.INFRASTRUCTURE,))))
            columns = ("at", "headline", "orgs", "progress", "amount_text", "capacity_text", "project", "location", "event_id")
            show(rows.ledger_rows(store, told), columns=columns, of=rows.LedgerRow.__annotations__, **form)
            return
        totals = summaries.totals(store, names_of(settings), filter)
    sums = {"organisation": totals.organisations, "project": totals.projects, "month": totals.months}[by]
    show(map(rows.sum_row, sums), columns=rows.SUM_COLUMNS, of=rows.SumRow.__annotations__, **form)
    whole = totals.whole
    none = "; none of them names a project" if by == "project" and whole.events and not sums else ""
    notice(f"{counted(whole.events, 'event')}, {dollars(whole.amount) or '$0'}, {watts(whole.capacity) or '0 MW'}{none}")


@click.command()
@filtered_sums
@listed
@click.pass_context
def organisations(ctx: click.Context, /, **options: Any) -> None:
    """List organisations: who hires, who loses people, who builds.

    The busiest come first. Gained, lost and builds count events; dollars and megawatts are as announced. What was denied counts
    only under --status denied.
    """
    from monitor import summaries
    from monitor.surfaces import summary_rows as rows

    settings = settings_of(ctx, whole=False)
    with asking(ctx, options, settings) as (store, filter):
        found = summaries.standings(store, names_of(settings), filter)
    row = partial(rows.standing_row, given=pairs_of(options), public_url=settings.server.public_url)
    lines = map(row, found)
    show(lines, columns=rows.STANDING_COLUMNS, of=rows.StandingRow.__annotations__, **form_of(options))
    notice(counted(len(found), "organisation"))
