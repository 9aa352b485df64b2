"""``config`` and ``schema``."""

from __future__ import annotations

import click

from monitor.surfaces.cli.context import settings_of
from monitor.surfaces.cli.output import dump, notice


@click.group()
def config() -> None:
    """The configuration: check, show, schema."""


@config.command("check")
@click.pass_context
def config_check(ctx: click.Context) -> None:
    """Say every mistake at once, with file, line, key, what was found and what would be right."""
    from monitor.app import check

    settings = settings_of(ctx)
    check(settings)
    notice(
        f"the configuration is right: {len(settings.feeds)} feeds, {len(settings.channels)} channels, "
        f"{len(settings.routes)} routes"
    )


@config.command("show")
@click.option("--all", "everything", is_flag=True, help="Feeds, watchlists and outlets too.")
@click.pass_context
def config_show(ctx: click.Context, everything: bool) -> None:
    """Print the configuration in force as YAML, with secrets masked."""
    import yaml

    from monitor import log

    settings = settings_of(ctx)
    left_out = set() if everything else {"feeds", "watchlists", "outlet_tiers"}
    shown = settings.model_dump(mode="json", exclude=left_out, by_alias=True)
    click.echo(log.clean(yaml.safe_dump(shown, sort_keys=False, allow_unicode=True)), nl=False)


@config.command("schema")
def config_schema() -> None:
    """Print the JSON Schema of the configuration, for editors."""
    from monitor.settings.schema import json_schema

    click.echo(dump(json_schema(), indent=2))


@click.command()
@click.argument("type", required=False, default="")
def schema(type: str) -> None:
    """Print the JSON Schema of what a webhook gets: of one TYPE, such as alert.created, or of all."""
    from monitor.notify.schemas import TYPES
    from monitor.notify.schemas import schema as payload_schema

    if type and type not in TYPES:
        raise click.BadParameter(f"{type!r} is none of {', '.join(TYPES)}", param_hint="TYPE")
    click.echo(dump(payload_schema(type), indent=2))
