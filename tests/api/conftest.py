"""The application over a real database, asked as a client asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from fastapi.testclient import TestClient

from monitor.app import App
from monitor.settings.schema import Server, Settings, Watchlist
from monitor.store import Store
from monitor.surfaces.api import create_app
from tests.store.build import NOW, at, buildout_event, founded

Client = Callable[..., TestClient]


def fill(store: Store, count: int = 12) -> None:
    """``count`` events, every other one a buildout, a minute apart, each alerted."""
    for number in range(count):
        made = founded(number, at(number), make=buildout_event) if number % 2 else founded(number, at(number))
        store.transact(lambda tx, made=made: tx.record_poll(made))  # type: ignore[misc]


@lru_cache(maxsize=1)
def _filled() -> bytes:
    """A SQLite file that was filled once, to copy others from."""
    with TemporaryDirectory(prefix="movewire-") as folder:
        with opened(Path(folder)) as made:
            fill(made.store)
        return Path(folder, "movewire.db").read_bytes()


@contextmanager
def filled(folder: Path, **server: Any) -> Iterator[App]:
    """``opened`` with what ``fill`` stores."""
    Path(folder, "movewire.db").write_bytes(_filled())
    with opened(folder, **server) as made:
        yield made


@contextmanager
def opened(folder: Path, **server: Any) -> Iterator[App]:
    settings = Settings(
        database={"url": f"sqlite:///{folder}/movewire.db"},  # type: ignore[arg-type]
        server=Server(**server),
        watchlists={"labs": Watchlist(orgs=("Umbrella",), people=("Nobody Here",)), "empty": Watchlist()},
    )
    with Store.open(settings.database.url) as store:
        yield App(settings=settings, store=store, clock=lambda: NOW)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with filled(tmp_path) as made:
        yield made


def client_of(app: App) -> TestClient:
    return TestClient(create_app(app), base_url="http://127.0.0.1:8080", follow_redirects=False)


@pytest.fixture
def client(app: App) -> TestClient:
    return client_of(app)
