"""A network for processes: feeds that tests give, and a receiver that takes everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import LocalServer, Reply, local_server


@pytest.fixture
def net() -> Iterator[LocalServer]:
    with local_server("0.0.0.0") as server:
        server.routes["/hook"] = lambda _: Reply(200, b"ok")
        yield server
