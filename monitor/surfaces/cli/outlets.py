"""``outlets``: mastheads with their domains and tiers, as their file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from monitor.surfaces.cli.arguments import HostName, Named
from monitor.surfaces.cli.changing import change, missing, texts
from monitor.surfaces.cli.context import Listing, settings_of
from monitor.surfaces.cli.output import dump, listed, show, text_or_json
from monitor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.settings import Settings
    from monitor.settings.change import Changeable
    from monitor.settings.origin import Path_
    from monitor.surfaces.setup_rows import OutletRow

COLUMNS = ("outlet", "tier", "domains")
TIER = click.IntRange(1, 3)


@click.group(cls=Listing)
def outlets() -> None:
    """Outlets and their tiers: list, set, remove."""


@outlets.command("list")
@click.option("--tier", type=TIER, help="1: filings, companies and agencies; 2: original reporting; 3: the rest.")
@listed
@click.pass_context
def outlets_list(ctx: click.Context, tier: int | None, form: str | None, fields: str | None, limit: int | None) -> None:
    """List outlets with their tiers; an outlet not listed has tier 3."""
    rows = (row for row in _rows(settings_of(ctx)) if tier in (None, row["tier"]))
    show(rows, form=form, fields=fields, columns=COLUMNS, of=COLUMNS, limit=limit)


def _rows(settings: Settings) -> Iterator[OutletRow]:
    from monitor.settings.change import outlets as mastheads
    from monitor.surfaces.setup_rows import outlet_rows

    return outlet_rows(settings, mastheads(settings))


@outlets.command("set", cls=Named, meant=("--domain",))
@click.argument("name")
@click.option("--tier", type=TIER, required=True, help="1: filings, companies and agencies; 2: original reporting; 3: the rest.")
@click.option(
    "--domain", "domains", type=HostName(), multiple=True, help="Its domain, instead of those it has. Can be given several times."
)
@text_or_json
@click.pass_context
def outlets_set(ctx: click.Context, name: str, tier: int, domains: tuple[str, ...], form: str) -> None:
    """Set the tier and the domains of an outlet.

    A domain includes its subdomains. The outlet is written to the file of the outlets; its comments stay.
    """
    wanted = texts("--domain", domains)
    [name] = texts("NAME", [name])

    def edit(settings: Settings, held: Changeable) -> str:
        return _with(held.text, name, tier, wanted)

    def overruled(settings: Settings) -> Path_ | None:
        tiers = settings.outlet_tiers
        return next((("outlet_tiers", fold(one)) for one in (name, *wanted) if tiers.get(fold(one)) != tier), None)

    made = change(ctx, ("outlets",), edit, overruled)
    if form == "json":
        click.echo(dump(next(row for row in _rows(made) if fold(row["outlet"]) == fold(name)), indent=2))


def _with(text: str, name: str, tier: int, domains: list[str]) -> str:
    """The file's text where it says so of the masthead: of one that is new behind the last of its tier."""
    from monitor.settings.yaml_edit import data, drop, insert, put

    there = data(text).get("outlets") or []
    tiers = [one.get("tier", "3") for one in there]
    n = _place(there, name)
    if n is None:
        new: dict[str, Any] = {"name": name} | ({"domains": domains} if domains else {}) | {"tier": tier}
        last = max((n for n, found in enumerate(tiers) if found == str(tier)), default=len(tiers) - 1)
        return insert(text, ("outlets",), new, last + 1)
    if tiers[n] != str(tier):
        text = put(text, ("outlets", n, "tier"), tier)
    before = [fold(one) for one in there[n].get("domains") or []]
    gone = [m for m, one in enumerate(before) if domains and one not in map(fold, domains)]
    for one in domains:
        if fold(one) not in before:
            text = insert(text, ("outlets", n, "domains"), one)
    for m in reversed(gone):
        text = drop(text, ("outlets", n, "domains", m))
    return text


def _place(there: list[dict[str, Any]], name: str) -> int | None:
    return next((n for n, one in enumerate(there) if fold(one["name"]) == fold(name)), None)


@outlets.command("remove")
@click.argument("name")
@click.pass_context
def outlets_remove(ctx: click.Context, name: str) -> None:
    """Remove an outlet with its domains; it then has tier 3."""
    from monitor.settings.yaml_edit import data, drop

    def edit(settings: Settings, held: Changeable) -> str:
        there = data(held.text).get("outlets") or []
        n = _place(there, name)
        if n is None:
            raise missing("outlet", name, f"{held.file}: outlets", (one["name"] for one in there))
        return drop(held.text, ("outlets", n))

    def overruled(settings: Settings) -> Path_ | None:
        return ("outlet_tiers", fold(name)) if fold(name) in settings.outlet_tiers else None

    change(ctx, ("outlets",), edit, overruled)
