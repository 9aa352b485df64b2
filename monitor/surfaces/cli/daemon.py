"""``run``, ``worker``, ``demo`` and ``health``."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor import pulse
from monitor.engine import hangups
from monitor.errors import SettingsError
from monitor.surfaces.cli import garbage
from monitor.surfaces.cli.arguments import SECONDS
from monitor.surfaces.cli.context import now, settings_of, store_of
from monitor.surfaces.cli.output import pairs

if TYPE_CHECKING:
    from monitor.engine.loops import Running


_for_seconds = click.option("--seconds", type=SECONDS, help="Stop after this many seconds.")


@click.command()
@_for_seconds
@click.option(
    "--engine",
    type=click.Choice(("embedded", "distributed")),
    default="embedded",
    help="embedded: all in this process (default). distributed: this is the scheduler, `movewire worker` does the work.",
)
@click.pass_context
def run(ctx: click.Context, seconds: float | None, engine: str) -> int:
    """Start the daemon: poll feeds, classify, alert and deliver until stopped."""
    hangups.hold()
    settings = settings_of(ctx)
    beside = [_watched, _served]
    if engine == "distributed":
        _needs_queue()
        from monitor.engine.distributed import run_scheduler

        garbage.stay()
        return run_scheduler(settings, seconds=seconds, beside=beside, again=lambda: settings_of(ctx))
    from monitor.engine.embedded import run_daemon

    garbage.stay()
    return run_daemon(settings, seconds=seconds, beside=beside, again=lambda: settings_of(ctx))


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 500), default=20, show_default=True, help="Jobs at once.")
@click.option("--queues", default="poll,deliver", show_default=True, help="Which jobs to do.")
@_for_seconds
@click.pass_context
def worker(ctx: click.Context, concurrency: int, queues: str, seconds: float | None) -> int:
    """Start a worker for `movewire run --engine distributed`.

    Run as many as you like, on as many machines as you like."""
    hangups.hold()
    _needs_queue()
    from monitor.engine.queue import DELIVER, POLL
    from monitor.engine.worker import run_worker

    named = [name.strip() for name in queues.split(",")]
    if unknown := [name for name in named if name not in (POLL, DELIVER)]:
        raise click.UsageError(f"--queues: {unknown[0]!r} is not a queue; write poll, deliver, or poll,deliver")
    settings = settings_of(ctx)
    garbage.stay()
    return run_worker(
        settings,
        concurrency=concurrency,
        queues=named,
        seconds=seconds,
        beside=[_watched],
        again=lambda: settings_of(ctx),
    )


@asynccontextmanager
async def _watched(running: Running) -> AsyncIterator[None]:
    """Metrics and health on an address of their own, where the settings in force say so; imported only then."""
    async with AsyncExitStack() as stack:
        if running.app.settings.metrics.listen:
            from monitor.surfaces.watching import watched

            await stack.enter_async_context(watched(running))
        yield


@asynccontextmanager
async def _served(running: Running) -> AsyncIterator[None]:
    """Pages and API, likewise."""
    async with AsyncExitStack() as stack:
        if running.app.settings.server.enabled:
            from monitor.surfaces.api.server import serving

            await stack.enter_async_context(serving(running))
        yield


def _needs_queue() -> None:
    if importlib.util.find_spec("procrastinate") is None:
        raise SettingsError(["this needs the extra: pip install 'movewire[postgres]'"])


@click.command()
@click.option(
    "--seconds", type=SECONDS, help="How many seconds to run; default: until all alerts are sent, on a terminal until Ctrl-C."
)
def demo(seconds: float | None) -> int:
    """Show Movewire at work on sample feeds, without a network."""
    from monitor.surfaces.demo import run_demo

    return run_demo(seconds=seconds, stay=seconds is None and sys.stdin.isatty() and sys.stderr.isatty())


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing; only set the exit code.")
@click.option("--pulse", "file", type=click.Path(path_type=Path), help="Read only this pulse_file: no database, no settings.")
@click.pass_context
def health(ctx: click.Context, quiet: bool, file: Path | None) -> int:
    """Check whether the daemon is alive and on schedule.

    Exit code 0: healthy, 1: not."""
    if file is not None:
        why = pulse.read(file, now())
        if not quiet:
            pairs([("state", why or "healthy")])
        return 1 if why else 0
    from monitor import searches
    from monitor.feed_state import OUR_NETWORK

    settings = settings_of(ctx, whole=False)
    with store_of(ctx, settings) as store:
        beat, at = store.heartbeats().get("daemon"), now()
        feeds = store.feeds()
        oldest = store.oldest_waiting()
        counts = store.counts()
        unusable = searches.wrong(settings, searches.of_routes(store, settings))
    why = pulse.dead(beat.at, beat.info, at) if beat else "no daemon has run on this database yet"
    if not quiet:
        failing = sum(f.state.value == "failing" for f in feeds)
        lost = sum(f.last_error == OUR_NETWORK for f in feeds)
        facts = [
            ("state", why or "healthy"),
            ("process", beat.info.get("pid") if beat else None),
            (
                "feeds",
                f"{len(feeds)}, {failing} failing{f', {lost} out of reach of our network' if lost else ''}" if feeds else "none",
            ),
            ("encoder", beat.info.get("encoder") if beat else None),
            ("waiting deliveries", counts.get("deliveries_pending", 0)),
            ("oldest waiting", oldest),
            ("given up deliveries", counts.get("deliveries_dead") or None),
            *(("route", words) for words in unusable),
        ]
        pairs(facts)
    return 1 if why else 0
