"""What is said before anything is done: help, version, completion, start-up time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from monitor import __version__
from monitor.store import Store
from monitor.surfaces.cli import COMMANDS, cli
from tests.cli.conftest import ROOT, Run, clean_environ, process
from tests.store.build import at, buildout_event, founded


def every_command(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


ALL = dict(every_command())


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_option_says_what_it_does(path: tuple[str, ...]) -> None:
    command = ALL[path]
    assert command.help and command.help.rstrip().endswith((".", ")"))
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{' '.join(path)} {param.opts[0]}"
    shown = CliRunner().invoke(cli, [*path, "--help"])
    assert shown.exit_code == 0 and shown.output.startswith("Usage:")


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_the_first_line_of_a_command_says_what_it_does_in_one_line_of_a_terminal(path: tuple[str, ...]) -> None:
    first = (ALL[path].help or "").partition("\n\n")[0]
    assert 0 < len(" ".join(first.split())) <= 80, first


def test_the_list_of_commands_says_what_the_commands_say() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).output
    for name, (_, _, words) in COMMANDS.items():
        command = ALL[name,]
        assert name in shown and command.help is not None
        assert command.help.split(":")[0].split(".")[0].split(",")[0][:12] == words[:12], name


def test_the_list_of_commands_names_those_of_each_group_and_a_group_says_whole_what_they_do() -> None:
    for (name, *rest), group in ALL.items():
        if isinstance(group, click.Group) and not rest:
            named = re.findall(r"[a-z]+", COMMANDS[name][2].rpartition(":")[2])
            assert sorted(named) == sorted(group.commands), name
            shown = CliRunner().invoke(cli, [name, "--help"]).output.partition("\nCommands:")[2]
            assert shown and "..." not in shown, shown


def test_the_commands_of_the_design_are_there() -> None:
    wanted = """run demo health schema backtest explain; alerts list|show; events list|show;
        feeds list|show|history|add|check|pause|resume|remove|poll|parse|import|export;
        deliveries list|retry; channels list|test; routes list|test|add|remove;
        watchlists list|show|add|remove; outlets list|set|remove; config check|show|schema;
        db upgrade|stats|backup"""
    for part in wanted.split(";"):
        words = part.split()
        for path in [(words[0], sub) for sub in words[1].split("|")] if "|" in part else [(word,) for word in words]:
            assert path in ALL, path


def without(args: Sequence[str], heavy: Sequence[str]) -> str:
    """What a command prints, in a process that imports none of these modules for it."""
    script = (
        "import sys; from monitor.surfaces.cli import main\n"
        f"try: main({list(args)!r})\nexcept SystemExit: pass\n"
        f"print([m for m in {list(heavy)!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, env=clean_environ(), check=True
    )
    assert done.stderr.strip() == "[]"
    return done.stdout


@pytest.mark.parametrize("args", [("--help",), ("--database", "sqlite:///m.db", "alerts", "list", "--help")], ids=len)
def test_help_imports_nothing_heavy(args: tuple[str, ...]) -> None:
    """`--help` is to answer within 150 ms: no validation, database, drawing or network is loaded for it."""
    heavy = "pydantic sqlmodel sqlalchemy rich httpx aiohttp structlog feedparser yaml".split()
    shown = without(args, heavy)
    assert "Usage:" in shown


def test_a_question_imports_nothing_that_only_daemons_need(tmp_path: Path) -> None:
    """`movewire alerts` is to cost 400 ms of CPU at most: each of these costs 50 to 270 of it."""
    heavy = "sqlmodel sqlalchemy.orm sqlalchemy.dialects.postgresql structlog httpx pydantic_settings slack_sdk rich".split()
    Store.open(f"sqlite:///{tmp_path}/m.db").close()
    without(["--database", f"sqlite:///{tmp_path}/m.db", "alerts", "--org", "Meta"], heavy)


def test_a_list_imports_nothing_that_polls_and_deliveries_need(tmp_path: Path) -> None:
    """The outbox, the health of feeds, what one event has and what a poll changed: 30 ms, which a list does without."""
    store = [f"monitor.store.{name}" for name in ("outbox", "dead_letters", "left_behind", "retention", "health", "feeds")]
    heavy = [*store, "monitor.results", "monitor.query.details", "monitor.membership", "email.headerregistry"]
    with Store.open(f"sqlite:///{tmp_path}/m.db") as made:
        made.transact(lambda tx: tx.record_poll(founded(1, at(1))))
    shown = without(["--database", f"sqlite:///{tmp_path}/m.db", "alerts"], heavy)
    assert shown.count("confirmed") == 1, shown


@pytest.mark.parametrize("form", ["table", "csv"])
@pytest.mark.parametrize("of", ["alerts", "events"])
def test_lists_that_show_no_slots_look_none_up(of: str, form: str, tmp_path: Path) -> None:
    """The names that the lexicon knows and the levels of posts cost 50 ms, which a table of headlines does not pay."""
    heavy = ["monitor.classify.parsing.roles", "monitor.classify.words.role_words"]
    database = f"sqlite:///{tmp_path}/m.db"
    with Store.open(database) as store:
        store.transact(lambda tx: tx.record_poll(founded(1, at(1))))
        store.transact(lambda tx: tx.record_poll(founded(2, at(2), make=buildout_event)))
    script = (
        "import sys; from monitor.surfaces.cli import main; from monitor.classify.words import lexicon\n"
        f"try: main(['--database', {database!r}, {of!r}, '--format', {form!r}])\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules], lexicon.orgs_by_alias.cache_info().misses, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, env=clean_environ(), check=True
    )
    assert done.stderr.strip() == "[] 0"
    assert done.stdout.count("confirmed") == 2, done.stdout


def test_a_poll_that_brings_nothing_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    """`movewire feeds poll` is run from cron as well: what tells, reads doubtful documents or writes a log costs 90 ms."""
    heavy = "sqlmodel sqlalchemy.orm structlog pydantic_settings slack_sdk rich pygments feedparser alembic".split()
    (tmp_path / "feeds.yaml").write_text("feeds: []\n")
    (tmp_path / "movewire.yaml").write_text(f"database: {{url: 'sqlite:///{tmp_path}/m.db'}}\n")
    Store.open(f"sqlite:///{tmp_path}/m.db").close()
    script = (
        "import sys; sys.argv[1:] = ['--config', 'movewire.yaml', 'feeds', 'poll']; from monitor.surfaces.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    environ = clean_environ()
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, env=environ, check=True)
    assert done.stderr.splitlines()[-1] == "[]", done.stderr


def test_a_question_reads_no_list_of_feeds(run: Run, tmp_path: Path) -> None:
    """Which is long, and a mistake in it no matter of what is stored; `config check` tells of it."""
    (tmp_path / "feeds.yaml").write_text("feeds: [{name: A wire without an address}]\n")
    (tmp_path / "movewire.yaml").write_text(f"database: {{url: 'sqlite:///{tmp_path}/m.db'}}\n")
    assert run("--config", tmp_path / "movewire.yaml", "alerts").code == 0
    assert run("--config", tmp_path / "movewire.yaml", "config", "check").code == 4


def test_the_version_is_the_package_s(run: Run) -> None:
    assert run("--version").out == f"movewire {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell: str, tmp_path: Path) -> None:
    done = process(cwd=tmp_path, _MOVEWIRE_COMPLETE=f"{shell}_source")
    assert done.returncode == 0 and b"_MOVEWIRE_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("movewire al", "alerts"),
        ("movewire feeds ", "poll"),
        ("movewire events list --status ", "rumored"),
        ("movewire watchlists ", "remove"),
        ("movewire routes add labs --act", "--action"),
        ("movewire silences add --severity ", "high"),
        ("movewire alerts list --form", "--format"),
    ],
)
def test_completion_knows_commands_options_and_choices(words: str, expected: str, tmp_path: Path) -> None:
    count = len(words.split(" ")) - 1
    done = process(cwd=tmp_path, _MOVEWIRE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(count))
    assert f"plain,{expected}" in done.stdout.decode().splitlines()


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",),
        ("alerts", "nonsense"),
        ("alerts", "--label", "sport"),
        ("alerts", "--since", "yesterday-ish"),
        ("alerts", "--limit", "0"),
        ("alerts", "--format", "xml"),
        ("--verbose", "--quiet", "alerts"),
        ("deliveries", "retry"),
    ],
    ids=" ".join,
)
def test_a_mistake_in_usage_ends_with_2_and_says_nothing_on_stdout(args: tuple[str, ...], told: Run) -> None:
    ended = told(*args)
    assert ended.code == 2 and ended.err and not ended.out


def test_a_command_nearly_right_is_named(told: Run) -> None:
    assert "No such command 'alert'. Did you mean 'alerts'?" in told("alert").err
    assert told("xyzzy").err.rstrip().endswith("No such command 'xyzzy'.")
