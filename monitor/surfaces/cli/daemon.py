"""``run``, ``demo`` and ``health``."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from monitor.surfaces.cli.context import now, settings_of, store_of
from monitor.surfaces.cli.output import pairs

STALE = timedelta(seconds=45)  # a heartbeat comes every 5 s


@click.command()
@click.option("--seconds", type=float, help="Stop by itself after this time.")
@click.pass_context
def run(ctx: click.Context, seconds: float | None) -> int:
    """Start the daemon: poll, classify, alert, deliver, until it is stopped."""
    from monitor.app import check
    from monitor.engine.embedded import run_daemon

    settings = settings_of(ctx)
    check(settings)  # before the lock beside the database is made: nothing is half started
    if not settings.server.enabled:
        return run_daemon(settings, seconds=seconds)
    from monitor.surfaces.api.server import serving

    return run_daemon(settings, seconds=seconds, beside=[serving])


@click.command()
@click.option("--seconds", type=float, help="How long; by default until the last sample story was told.")
def demo(seconds: float | None) -> int:
    """See it work without a network: sample feeds that change, a local receiver."""
    from monitor.surfaces.demo import run_demo

    return run_demo(seconds=seconds)


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing; the exit code tells.")
@click.pass_context
def health(ctx: click.Context, quiet: bool) -> int:
    """Say whether the daemon is alive and on schedule. Exit code 0: healthy, 1: not."""
    with store_of(ctx) as store:
        beat, at = store.heartbeats().get("daemon"), now()
        feeds = store.feeds()
        oldest = store.oldest_waiting()
        counts = store.counts()
    if beat is None:
        why = "no daemon has run on this database yet"
    elif at - beat.at > STALE:
        why = f"the daemon was last heard {_ago(at - beat.at)} ago (process {beat.info.get('pid')})"
    elif (late := _late(beat.info, at)) != "":
        why = late
    else:
        why = ""
    if not quiet:
        failing = sum(f.state.value == "failing" for f in feeds)
        facts = [
            ("state", why or "healthy"),
            ("process", beat.info.get("pid") if beat else None),
            ("feeds", f"{len(feeds)}, {failing} failing" if feeds else "none"),
            ("waiting deliveries", counts.get("deliveries_pending", 0)),
            ("oldest waiting", oldest),
        ]
        pairs(facts)
    return 1 if why else 0


def _late(info: dict[str, object], at: datetime) -> str:
    for tick in ("collect", "deliver"):
        told = info.get(tick) or info.get("started")  # the first heartbeat comes before the first tick has ended
        if not isinstance(told, str):
            return f"the {tick} loop has not begun"
        if at - datetime.fromisoformat(told) > STALE:
            return f"the {tick} loop stands still since {told}"
    return ""


def _ago(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
