"""A fresh database of each kind, for tests that must hold on all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from monitor.store import Store
from tests import postgres

KINDS = (
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.postgres),
)

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # for what is SQLite's own
sqlite_first = pytest.mark.parametrize(  # for what takes long: the other databases have their turn among the slow tests
    "url", ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.slow])], indirect=True
)
only_postgres = pytest.mark.parametrize("url", [KINDS[1]], indirect=True)


@contextmanager
def fresh(kind: str, folder: Path, *, migrated: bool = True) -> Iterator[str]:
    """The URL of an empty database: up to date, or with nothing made in it yet. A SQLite file lies in ``folder``."""
    if kind == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        if migrated:
            put(folder / "movewire.db")
        yield f"sqlite:///{folder}/movewire.db"
        return
    with postgres.server().migrated() if migrated else postgres.server().database() as url:
        yield url


def put(path: Path) -> None:
    """A SQLite file that is up to date and empty."""
    shutil.copy(_file(), path)


@lru_cache(maxsize=1)
def _holder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="movewire-")


@lru_cache(maxsize=1)
def _file() -> Path:
    """A SQLite file that was migrated once, to copy others from."""
    path = Path(_holder().name) / "movewire.db"
    Store.open(f"sqlite:///{path}").close()
    return path
