"""``db``: the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import StoreError
from monitor.surfaces.cli.arguments import DATABASE, FILE
from monitor.surfaces.cli.context import Whole, absent_file, database_of, settings_of, store_of
from monitor.surfaces.cli.output import dump, notice, pairs, text_or_json

if TYPE_CHECKING:
    from monitor.store.copying import Copied


@click.group(cls=Whole)
def db() -> None:
    """The database: upgrade, stats, backup, restore, copy."""


@db.command("upgrade")
@click.pass_context
def db_upgrade(ctx: click.Context) -> None:
    """Upgrade the database to this version, as every command that opens it does."""
    with store_of(ctx) as store:
        notice(f"the database is at revision {store.stats()['revision']}")


@db.command("stats")
@text_or_json
@click.pass_context
def db_stats(ctx: click.Context, form: str) -> None:
    """Show what the database holds: rows per table, size, oldest and newest."""
    with store_of(ctx) as store:
        found = store.stats()
    if form == "json":
        click.echo(dump(found, indent=2))
        return
    rows = found.pop("rows")
    pairs([*found.items(), *((f"rows in {table}", count) for table, count in rows.items())])


@db.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def db_backup(ctx: click.Context, file: Path) -> None:
    """Write a consistent copy to FILE, whether the daemon runs or not."""
    from monitor.store.files import present

    if present(file):
        raise click.UsageError(f"{file} exists; name a new file")
    settings = settings_of(ctx, whole=False)
    if absent := absent_file(database_of(settings)):  # a backup of nothing would look like one
        raise StoreError(f"{absent}: no such file; there is nothing to back up")
    with store_of(ctx, settings) as store:
        store.backup(file)
    notice(f"{file}: {file.stat().st_size} bytes")


@db.command("restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Discard what the database holds now.")
@click.pass_context
def db_restore(ctx: click.Context, file: Path, replace: bool) -> None:
    """Restore a backup into the configured database; stop the daemon first."""
    from monitor.store.copying import restore

    _show_copied(restore(file, database_of(settings_of(ctx)), replace=replace))


@db.command("copy")
@click.argument("source", type=DATABASE)
@click.argument("target", type=DATABASE)
@click.option("--replace", is_flag=True, help="Discard what the target holds now.")
def db_copy(source: str, target: str, replace: bool) -> None:
    """Copy one database into another; no daemon may run on either.

    SOURCE and TARGET are addresses such as sqlite:///data/movewire.db and postgresql://USER:PASSWORD@HOST/DATABASE (to move
    onto a server)."""
    from monitor.store.copying import copy

    _show_copied(copy(source, target, replace=replace))


def _show_copied(copied: Copied) -> None:
    pairs([*((f"rows in {table}", count) for table, count in copied.rows.items() if count), ("checksum", copied.checksum[:16])])
    notice("both hold the same")
