"""How commands end: 0 done, 1 failed, 2 usage, 3 not found, 4 configuration; and that what is said names what is to be mended."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import databases
from tests.cli.conftest import ROOT, Ended, Run, World, clean_environ, process
from tests.servers import free_port

READING = (("alerts",), ("events",), ("flows",), ("feeds",), ("deliveries",), ("tokens",), ("health",), ("db", "stats"))
WRITING = (("run", "--seconds", "0"), ("feeds", "poll"), ("db", "upgrade"), ("tokens", "create", "x"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a configuration of no feeds, and files that are none of what they are taken for."""
    (tmp_path / "movewire.yaml").write_text(
        f"database: {{url: 'sqlite:///{tmp_path}/m.db'}}\nserver: {{enabled: false}}\nlogging: {{level: error}}\nfeeds: []\n"
    )
    (tmp_path / "feeds.yaml").write_text("feeds: []\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").write_text("")
    (tmp_path / "words").write_bytes(b"these are no tables\0" * 300)
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\0")
    databases.put(tmp_path / "kept.db")
    databases.put(tmp_path / "newer.db")
    with closing(sqlite3.connect(tmp_path / "newer.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    return tmp_path


@pytest.fixture
def at(small: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    monkeypatch.chdir(small)
    return lambda *args: run("--config", "movewire.yaml", *args)


# What was typed, the code, words of the answer.
TABLE: tuple[tuple[str, int, str], ...] = (
    ("alerts show 01ZZZZZZZZZZ", 3, "no alert '01ZZZZZZZZZZ'"),
    ("alerts show ''", 3, "no alert ''"),
    ("alerts --limit 99999999999999999999", 2, "not in the range"),
    ("alerts --since 2026-13-40", 2, "write 12h, 7d, 2w"),
    ("alerts --since 999999d", 2, "too far in the past"),
    ("alerts --fields ,", 2, "--fields: is empty; leave it out, or name fields with commas between them"),
    ("alerts --search nosuch", 3, "no search 'nosuch': there is none"),
    ("feeds add notaurl", 2, "found 'notaurl'; expected an http or https address with a host, such as https://"),
    ("feeds add example.org/feed", 2, "found 'example.org/feed'; expected"),
    ("feeds add ''", 2, "found ''; expected"),
    ("feeds add http://[::1", 2, "found 'http://[::1'; expected"),
    ("feeds add http://a:99999/x", 2, "found 'http://a:99999/x'; expected"),
    ("feeds add https://xn--a/f", 2, "found 'https://xn--a/f'; expected"),
    ("feeds check https://a..example/f", 2, "found 'https://a..example/f'; expected"),
    ("feeds add ftp://jo:hidden@a.example/f", 2, "found 'ftp://…@a.example/f'; expected"),
    ("feeds check jo:hidden@a.example/f?token=hidden&a", 2, "found '…@a.example/f?…'; expected"),
    ("feeds check htp://jo:hidden@a.example/to/http://b.example", 2, "found 'htp://…@a.example/to/http://b.example'; expected"),
    ("feeds check http://jo:hid?den@a.example/f", 2, "found 'http://…@a.example/f'; expected"),
    ("feeds check htps://a.example/f?hidden", 2, "found 'htps://a.example/f?…'; expected"),
    ("feeds check https://a.example/f --source atm", 2, "'atm' is not a kind of feed"),
    ("feeds parse words --source atm", 2, "'atm' is not a kind of feed"),
    ("feeds parse nosuch", 2, "'nosuch' does not exist"),
    ("feeds parse folder", 2, "'folder' is a directory"),
    ("feeds import words", 1, "words: not OPML"),
    ("feeds show nosuch", 3, "no feed 'nosuch': there is none"),
    ("backtest bytes.jsonl", 1, "bytes.jsonl: found bytes that are not UTF-8"),
    ("backtest empty --into nonsense", 2, "'--into': found no database address; expected sqlite:///PATH"),
    ("backtest empty --into ''", 2, "'--into': found no database address"),
    ("evaluate empty", 1, "holds no stories"),
    ("train empty", 1, "are the fewest it can learn from"),
    ("train --with-feedback", 1, "are the fewest it can learn from"),
    ("train empty --strength nan", 2, "'nan' is not a number"),
    ("tokens create x --days nan", 2, "'nan' is not a number"),
    ("tokens create ''", 2, "a token needs a name"),
    ("run --seconds nan", 2, "'nan' is not a number"),
    ("demo --seconds -1", 2, "not in the range"),
    ("explain ''", 2, "no text to explain"),
    ("explain http://[::1", 2, "expected an http or https address"),
    ("routes test ''", 2, "no story to test"),
    ("silences add --org '' --for 1h", 2, "org: is empty"),
    ("silences add --org Meta --for 1h --start 9999-12-31T23:30", 2, "--for: '1h' is not a time"),
    ("--database sqlite:///nosuch.db db backup x.db", 1, "nosuch.db: no such file; there is nothing to back up"),
    ("--database sqlite:///fresh.db alerts", 0, "fresh.db is a new database: nothing is stored in it yet"),
    ("--database sqlite:///kept.db db backup /nosuch/x.db", 1, "/nosuch is not a folder to put a backup in"),
    ("db restore nosuch", 2, "'nosuch' does not exist"),
    ("db restore words", 1, "words is not a backup of a Movewire database, or a damaged one"),
    ("db restore empty", 1, "empty is not a backup of a Movewire database"),
    ("db restore newer.db", 1, "newer.db: the database is at revision 9999, which a newer Movewire wrote"),
    ("db copy nonsense sqlite:///t.db", 2, "'SOURCE': found no database address"),
    ("db copy sqlite:///newer.db nonsense", 2, "'TARGET': found no database address"),
    ("db copy sqlite:///newer.db sqlite:///./newer.db", 2, "source and target are the same database"),
    ("db copy sqlite:///nosuch.db sqlite:///t.db", 1, "nosuch.db: no such file"),
    ("channels enable nosuch", 3, "no channel 'nosuch': there is terminal"),
    ("channels test terminl", 3, "no channel 'terminl': did you mean 'terminal'?"),
    ("channels enable terminal", 0, "channel terminal is on"),
    ("channels forget nosuch", 3, "no channel 'nosuch'"),
    ("health --pulse folder", 1, ""),
    ("mcp --http ''", 2, "write 127.0.0.1:PORT"),
    ("mcp --http 0.0.0.0:80", 2, "write 127.0.0.1:PORT"),
    ("mcp --http 127.0.0.1:99999", 2, "write 127.0.0.1:PORT"),
)


@pytest.mark.parametrize(("typed", "code", "words"), TABLE, ids=[typed for typed, _, _ in TABLE])
def test_what_is_typed_wrong_ends_with_its_code_and_says_what_is_right(
    at: Callable[..., Ended], small: Path, typed: str, code: int, words: str
) -> None:
    if typed.startswith("train"):
        pytest.importorskip("sklearn", reason="needs the extra train")
    if typed.startswith("mcp"):
        pytest.importorskip("mcp", reason="needs the extra mcp")
    ended = at(*("" if one == "''" else one for one in typed.split(" ")))
    assert ended.code == code, ended.err
    assert words in " ".join(ended.err.split()) and "hidden" not in ended.err, ended.err
    assert not (small / "nosuch.db").exists()


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_a_database_address_that_is_none_is_blamed_on_where_it_was_written(
    at: Callable[..., Ended], small: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in ("nonsense", "", "mysql://a/b", "sqlite://x/y.db"):
        by_option = at("--database", url, *command)
        assert (by_option.code, by_option.out) == (2, "") and "'--database': found" in by_option.err, by_option.err
    monkeypatch.setenv("MOVEWIRE__DATABASE__URL", "nonsense")
    by_variable = at(*command)
    assert by_variable.code == 4, by_variable.err
    told = "movewire: environment MOVEWIRE__DATABASE__URL: database.url: found no database address; expected sqlite:///PATH "
    assert by_variable.err == f"{told}or postgresql://USER:PASSWORD@HOST/DATABASE\n"
    assert at("--database", f"sqlite:///{small}/m.db", "alerts").code == 0, "the option goes before the variable"
    monkeypatch.delenv("MOVEWIRE__DATABASE__URL")
    (small / "movewire.yaml").write_text("feeds: []\ndatabase:\n  url: nonsense\nserver: {enabled: false}\n")
    by_file = at(*command)
    assert by_file.code == 4 and by_file.err.startswith("movewire: movewire.yaml:3: database.url: found no"), by_file.err


@pytest.mark.parametrize("command", [*READING, *WRITING, ("config", "check")], ids=" ".join)
def test_a_missing_driver_is_told_as_every_missing_extra_is(
    at: Callable[..., Ended], command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ended = at("--database", "postgresql://127.0.0.1:1/x", *command)
    told = "movewire: --database: database.url: PostgreSQL needs the extra: pip install 'movewire[postgres]'\n"
    assert (ended.code, ended.out, ended.err) == (4, "", told)


def test_training_without_its_extra_ends_as_well_with_4(at: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    ended = at("train", "empty")
    assert ended.code == 4 and "pip install 'movewire[train]'" in ended.err


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:///folder", "folder: is a folder; expected a file"),
        ("sqlite:///words", "words: is no SQLite database, or a damaged one"),
        ("sqlite:///newer.db", "revision 9999, which a newer Movewire wrote"),
        ("sqlite:///words/m.db", "words can be no folder for the database"),
    ],
)
def test_a_database_that_cannot_be_used_ends_with_1_whatever_asks(
    at: Callable[..., Ended], command: tuple[str, ...], url: str, words: str
) -> None:
    ended = at("--database", url, *command)
    assert ended.code == 1 and words in ended.err and not ended.out, ended.err


@pytest.fixture
def somebody_else() -> list[str]:
    """What goes before a command that another user is to run."""
    other = "setpriv --reuid=65534 --regid=65534 --clear-groups".split()
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("needs root, to become somebody else")
    if subprocess.run([*other, sys.executable, "-c", "import monitor"], capture_output=True, cwd=ROOT, check=False).returncode:
        pytest.skip("nobody else may run this Python, or read this folder")
    return other


def test_what_the_user_may_not_reach_is_told_without_a_traceback(small: Path, somebody_else: list[str]) -> None:
    with TemporaryDirectory() as name:  # not below pytest's own, into which nobody else may look
        here = Path(name)
        here.chmod(0o755)
        (here / "locked").mkdir(mode=0o700)
        (here / "shut").mkdir(mode=0o755)
        for copy in (here, here / "locked"):
            shutil.copy(small / "newer.db", copy / "m.db")
        for url, words in (
            (f"sqlite:///{here}/locked/m.db", f"this user may not look into {here}/locked"),
            (f"sqlite:///{here}/m.db", "this user may not read and write the file"),
            (f"sqlite:///{here}/shut/m.db", f"this user may not write in {here}/shut"),
            (f"sqlite:///{here}/shut/below/m.db", f"{here}/shut/below can be no folder for the database"),
        ):
            command = [*somebody_else, sys.executable, "-m", "monitor", "--database", url, "alerts"]
            environ = clean_environ() | {"PYTHONDONTWRITEBYTECODE": "1"}
            done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environ, timeout=60, check=False)
            assert done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr, done.stderr


def test_a_lock_that_another_user_left_is_told_without_a_traceback(somebody_else: list[str]) -> None:
    """As where root tried the daemon before the service ran."""
    with TemporaryDirectory() as name:
        here = Path(name)
        here.chmod(0o777)
        (here / "m.db.lock").touch(mode=0o644)
        command = [
            *somebody_else,
            sys.executable,
            "-m",
            "monitor",
            "--database",
            f"sqlite:///{here}/m.db",
            "run",
            "--seconds",
            "0",
        ]
        environ = clean_environ() | {"PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environ, timeout=60, check=False)
        assert done.returncode == 1 and done.stderr.splitlines() == [
            f"movewire: {here}/m.db.lock: this user may not read and write the file"
        ]


def test_bytes_that_are_no_text_are_blamed_on_standard_input(run: Run, small: Path) -> None:
    ended = run("--config", small / "movewire.yaml", "backtest", "-", stdin=b"\xff\n")
    assert ended.code == 1 and ended.err.startswith("movewire: standard input: found bytes that are not UTF-8")


def test_a_channel_the_configuration_switches_off_is_told_so(world: World, run: Run) -> None:
    world.write(channels={"hook": {"type": "webhook", "url": f"{world.server.url}/hook", "enabled": False}})
    for command in ("enable", "test"):
        ended = run("--config", world.config, "channels", command, "hook")
        assert ended.code == 2 and "channels.hook.enabled: is switched off in the configuration" in ended.err, ended.err


def test_mistakes_of_every_kind_come_in_one_round(at: Callable[..., Ended], small: Path) -> None:
    (small / "movewire.yaml").write_text(
        "classify: {classifier: cascad}\nchannels:\n  desk: {type: slak}\npolling: {min_intervl: 5m}\ndatabase: {url: x}\n"
    )
    for command in (("config", "check"), ("run", "--seconds", "0"), ("channels",)):
        ended = at(*command)
        assert ended.code == 4
        assert [line.split(": ")[1:3] for line in ended.err.splitlines()] == [
            ["movewire.yaml:1", "classify.classifier"],
            ["movewire.yaml:3", "channels.desk.type"],
            ["movewire.yaml:4", "polling.min_intervl"],
            ["movewire.yaml:5", "database.url"],
        ]
    assert "database.url" not in at("--database", f"sqlite:///{small}/m.db", "config", "check").err


@pytest.mark.parametrize(
    ("pages", "metrics", "wrong"),
    [
        ("localhost:8080", "127.0.0.1:8080", True),
        ("127.0.0.1:8080", "0.0.0.0:8080", True),
        ("[::1]:8080", "[::]:8080", True),
        ("127.0.0.1:8080", "127.0.0.2:8080", False),
        ("127.0.0.1:8080", "[::]:8080", False),
        ("127.0.0.1:0", "127.0.0.1:0", False),
        ("127.0.0.1:8080", "", False),
    ],
)
def test_one_port_for_pages_and_metrics_is_told_when_the_configuration_is_checked(
    at: Callable[..., Ended], small: Path, pages: str, metrics: str, wrong: bool
) -> None:
    text = f"server: {{listen: '{pages}', auth: none}}\nmetrics: {{listen: '{metrics}'}}\nfeeds: []\n"
    (small / "movewire.yaml").write_text(text)
    said = at("config", "check")
    told = f"movewire.yaml:2: metrics.listen: found {metrics} beside server.listen: {pages}; expected another port"
    assert (said.code, told in said.err) == ((4, True) if wrong else (0, False)), said.err
    (small / "movewire.yaml").write_text(text.replace("server: {", "server: {enabled: false, "))
    assert at("config", "check").code == 0


def test_the_daemon_and_a_reload_say_of_one_port_what_the_check_says(at: Callable[..., Ended], small: Path) -> None:
    port = free_port()
    both = f"server: {{listen: 'localhost:{port}'}}\nmetrics: {{listen: '127.0.0.1:{port}'}}\nfeeds: []\n"
    (small / "movewire.yaml").write_text(f"database: {{url: 'sqlite:///{small}/m.db'}}\n{both}")
    said = at("config", "check")
    assert (said.code, at("config", "reload").err) == (4, said.err)
    started = process("--config", "movewire.yaml", "run", "--seconds", "0", cwd=small)
    assert (started.returncode, said.err.strip() in started.stderr.decode()) == (4, True), started.stderr
