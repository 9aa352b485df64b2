"""``mcp``."""

from __future__ import annotations

import click

from monitor.errors import SettingsError
from monitor.surfaces.cli import garbage
from monitor.surfaces.cli.context import app_beside, settings_of
from monitor.surfaces.cli.output import notice


@click.command()
@click.option("--http", metavar="HOST:PORT", help="Serve streamable HTTP at /mcp on this loopback address, instead of stdio.")
@click.pass_context
def mcp(ctx: click.Context, http: str | None) -> None:
    """Serve read-only tools to AI agents over MCP (needs the extra mcp)."""
    try:
        from monitor.surfaces.mcp import make_server
    except ModuleNotFoundError as error:
        if error.name != "mcp":
            raise
        raise SettingsError(["movewire mcp needs an extra: pip install 'movewire[mcp]'"]) from error
    settings = settings_of(ctx)
    host, _, port = (http or "").rpartition(":")
    if http is not None and not (host in ("127.0.0.1", "localhost", "[::1]") and port.isdecimal() and int(port) < 65536):
        raise click.UsageError(
            "--http: write 127.0.0.1:PORT; agents elsewhere come through SSH, or a proxy that asks who they are"
        )
    with app_beside(ctx, settings) as app:
        garbage.stay()
        server = make_server(app)
        if http:
            notice(f"agents find it at http://{http}/mcp")
            server.run("streamable-http", host=host.strip("[]"), port=int(port))
        else:
            server.run("stdio")
