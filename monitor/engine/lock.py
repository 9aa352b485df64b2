"""One daemon a database: two would poll every feed twice and race for the outbox."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import StoreError

SQLITE = "sqlite:///"


@contextmanager
def single_instance(database_url: str) -> Iterator[None]:
    """Hold an advisory lock beside a SQLite file while a daemon runs; the kernel lets go of it however we end.

    Raises StoreError naming the process that holds it. Other databases coordinate through their own locks.
    """
    if not database_url.startswith(SQLITE):
        yield
        return
    path = Path(database_url.removeprefix(SQLITE) + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise StoreError(f"another movewire daemon (process {holder}) runs on this database; stop it first") from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
