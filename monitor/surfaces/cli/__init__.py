"""The command line. Commands are imported when they run, so that ``movewire --help`` answers at once.

A command imports in its function what its own help and the completion of what is typed need not wait for: what costs a tenth of
a second and more (settings, the store, the app), and what only one of several commands needs.

Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 configuration.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import click

from monitor import __version__, errors
from monitor.surfaces.cli import garbage, sparing

FAILED, USAGE, NOT_FOUND, CONFIGURATION = 1, 2, 3, 4

# Name, module and attribute, help. The help stands here as well, so that listing the commands imports none of them.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "run": ("daemon", "run", "Start the daemon: poll feeds, classify, alert and deliver until stopped."),
    "worker": ("daemon", "worker", "Start a worker for `run --engine distributed`."),
    "demo": ("daemon", "demo", "Show Movewire at work on sample feeds, without a network."),
    "health": ("daemon", "health", "Check whether the daemon is alive and on schedule (exit code 0 or 1)."),
    "alerts": ("alerts", "alerts", "Alerts that were sent: list, show, mark."),
    "events": ("events", "events", "Events behind the alerts: list, show, mark, merge, split, corrections."),
    "stories": ("stories", "stories", "Stories from the feeds, flagged or not: list."),
    "feedback": ("feedback", "feedback", "Feedback people gave on alerts: list."),
    "moves": ("flows", "moves", "List moves one by one: who moved, from where, to where."),
    "flows": ("flows", "flows", "Add up moves between organisations."),
    "buildouts": ("flows", "buildouts", "List buildouts with dollars and megawatts, or add them up."),
    "organisations": ("flows", "organisations", "List organisations: who hires, who loses people, who builds."),
    "feeds": (
        "feeds",
        "feeds",
        "Feeds and their health: list, show, history, add, check, parse, poll, pause, resume, remove, import, export.",
    ),
    "deliveries": ("deliveries", "deliveries", "Messages sent and waiting, per channel: list, show, retry."),
    "routes": ("routes", "routes", "Rules for which events go to which channels: list, test, add, remove."),
    "watchlists": ("watchlists", "watchlists", "Lists of names to watch: list, show, add, remove."),
    "outlets": ("outlets", "outlets", "Outlets and their tiers: list, set, remove."),
    "silences": ("silences", "silences", "Alerts suppressed for a while: list, add, expire."),
    "channels": ("channels", "channels", "Destinations of alerts: list, test, enable, forget."),
    "searches": ("searches", "searches", "Saved searches: list, add, delete."),
    "mcp": ("mcp", "mcp", "Serve read-only tools to AI agents over MCP (extra mcp)."),
    "tokens": ("tokens", "tokens", "Access tokens for pages and API: list, create, revoke."),
    "backtest": ("backtest", "backtest", "Run classification, grouping and alerting over a file of stories."),
    "explain": ("explain", "explain", "Explain why a text or story is flagged or not."),
    "evaluate": ("evaluate", "evaluate", "Measure the classifier on labelled stories."),
    "train": ("train", "train", "Fit the models on labelled stories and feedback; use them if no worse."),
    "config": ("config", "config", "The configuration: check, show, reload, schema."),
    "schema": ("config", "schema", "Print the JSON Schema of webhook messages."),
    "db": ("db", "db", "The database: upgrade, stats, backup, restore, copy."),
}


@dataclass
class Options:
    """What the options before the command say."""

    config: Path | None = None
    database: str | None = None
    verbose: bool = False
    quiet: bool = False


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[name]
        command: click.Command = getattr(importlib.import_module(f"monitor.surfaces.cli.{module}"), attribute)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {close[0]!r}?" if close else ""))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # `movewire alerts | head`: the reader has had enough. click's own answer would be 1
            _swallow()
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


EPILOG = """Completion: eval "$(_MOVEWIRE_COMPLETE=bash_source movewire)" in ~/.bashrc; zsh_source and fish_source likewise.

Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 configuration."""


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
@click.version_option(__version__, message="movewire %(version)s", help="Print the version and exit.")
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="The configuration file (default: config/movewire.yaml)."
)
@click.option(
    "--database", metavar="ADDRESS", help="Use this database instead of the configured one, e.g. sqlite:///data/demo.db."
)
@click.option("-v", "--verbose", is_flag=True, help="Log every decision.")
@click.option("--quiet", is_flag=True, help="Print no notices, and log only errors.")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, database: str | None, verbose: bool, quiet: bool) -> None:
    """Movewire: news alerts on who moved and who is building, one per event."""
    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet exclude each other")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
    ctx.obj = Options(config=config, database=database, verbose=verbose, quiet=quiet)


def main(args: list[str] | None = None) -> None:
    """Run a command; our own errors become one line on stderr and an exit code. Without ``args`` it is the whole process."""
    if args is None:
        garbage.answer()
        sparing.libraries()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # started with it closed (`>&-`): what is said goes nowhere
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - open as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what no encoding holds (half a surrogate) is written as an escape
            stream.reconfigure(errors="backslashreplace")
    sys.excepthook = _last_words
    try:
        code = cli.main(args=args, prog_name="movewire", standalone_mode=False)
        sys.stdout.flush()  # here, where a closed pipe can be told from a fault
    except click.exceptions.Abort:
        _end("stopped", FAILED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _swallow()
        sys.exit(0)
    except Exception as error:  # the program's boundary: ours become a line, any other keeps its traceback
        known = _known(error)
        if known is None:
            raise
        _end(str(error), known)
    sys.exit(code if isinstance(code, int) else 0)


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault nobody foresaw is shown whole, without secrets. (The log costs 8 ms, which `--help` does not pay.)"""
    from monitor import log

    log.last_words(kind, error, trace)


def _swallow() -> None:
    """What is still to be written goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _known(error: Exception) -> int | None:
    """The exit code of an error we raise on purpose; None for any other, which keeps its traceback."""
    codes: tuple[tuple[type[Exception], int], ...] = (
        (errors.SettingsError, CONFIGURATION),
        (errors.QueryError, USAGE),
        (errors.ConflictError, USAGE),
        (errors.NotFoundError, NOT_FOUND),
        (errors.MovewireError, FAILED),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), None)


def _end(words: str, code: int) -> NoReturn:
    from monitor import log
    from monitor.surfaces.cli.output import clean

    for line in log.clean(words).splitlines():
        click.echo(f"movewire: {clean(line)}", err=True)
    sys.exit(code)
