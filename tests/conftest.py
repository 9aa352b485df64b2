"""A real database for every test, of each kind the store knows."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from monitor.store import Store
from tests import databases

# The encoder costs 20 ms a story: what is not about it is tested without, in this process and in those it starts.
os.environ.setdefault("MOVEWIRE__CLASSIFY__ENCODER", "off")
# How long an example takes says how busy the machine is: a law is not broken by that.
settings.register_profile("any examples", deadline=None)
# What a change is judged by draws the same examples each time: an old fault found by chance is no fault of the change.
settings.register_profile("same examples", deadline=None, derandomize=True, database=None)
settings.load_profile("same examples" if os.environ.get("CI") else "any examples")


def pytest_collection_finish() -> None:
    """What was collected stays until the end: not to be looked through for garbage again and again. Nor is that looked for
    after every 700 objects, as tests make and keep many: it took a twentieth of all their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def log_as_it_comes() -> Iterator[None]:
    """What a test has set the log to is over with it: its level would hide from the next what that looks for."""
    yield
    structlog.reset_defaults()


@pytest.fixture(params=databases.KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that is up to date and empty."""
    with databases.fresh(request.param, tmp_path / "data") as made:
        yield made


@pytest.fixture(params=databases.KINDS)
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database in which nothing was made yet."""
    with databases.fresh(request.param, tmp_path / "data", migrated=False) as made:
        yield made


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened
