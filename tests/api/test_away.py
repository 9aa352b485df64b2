"""A database that cannot be asked just now: the answer says that asking again helps."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.app import App
from monitor.settings.schema import Settings
from monitor.store import Store
from monitor.store import sqlite as dialect
from tests import postgres
from tests.api.conftest import client_of
from tests.databases import only_postgres, only_sqlite


@only_postgres
def test_a_server_that_is_away_is_a_503_and_its_place_is_not_told(url: str) -> None:
    with Store.open(url) as store:
        client = client_of(App(settings=Settings(), store=store))
        server = postgres.server()
        server.stop()
        try:
            away = client.get("/api/v1/alerts")
        finally:
            server.start()
        assert (away.status_code, away.headers["retry-after"]) == (503, "1")
        assert away.json()["detail"] == "the database is busy or cannot be reached; ask again"
        assert client.get("/api/v1/alerts").status_code == 200


@only_sqlite
def test_a_held_lock_is_a_503(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.05)
    with Store.open(url) as store, closing(sqlite3.connect(tmp_path / "data/movewire.db", isolation_level=None)) as other:
        client = client_of(App(settings=Settings(), store=store))
        other.execute("BEGIN IMMEDIATE")
        busy = client.post("/api/v1/silences", json={"match": "org:Acme", "lasts": "7d", "comment": "we know"})
        other.execute("ROLLBACK")
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")
