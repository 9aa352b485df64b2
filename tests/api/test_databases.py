"""Answers that must not differ by the database below them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from monitor.app import App
from monitor.settings.schema import Settings
from monitor.store import Store
from tests import databases
from tests.store.build import NOW

from .conftest import client_of, fill


@pytest.fixture(scope="module", params=databases.KINDS)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One for all: here nothing is written."""
    with databases.fresh(request.param, tmp_path_factory.mktemp("read")) as url, Store.open(url) as store:
        fill(store, 4)
        yield client_of(App(settings=Settings(), store=store, clock=lambda: NOW))


LOOKED_UP = ("events", "alerts", "stories", "deliveries")


@pytest.mark.parametrize("path", [*(f"/api/v1/{kind}/" for kind in LOOKED_UP), "/events/", "/deliveries/", "/organisations/"])
@pytest.mark.parametrize("name", ["%00", "01%00", "%C3%A9", "%ED%A0%80", "%7F"])
def test_an_id_of_characters_no_id_has_is_not_found(client: TestClient, path: str, name: str) -> None:
    """PostgreSQL takes no text with a NUL in it."""
    assert client.get(path + name).status_code == 404


@pytest.mark.parametrize("asked", ["organisations/%00", "alerts?org=%00", "alerts?q=%00", "alerts?search=%00", "feeds?state=%00"])
def test_names_with_a_nul_are_no_fault(client: TestClient, asked: str) -> None:
    assert client.get(f"/api/v1/{asked}").status_code in (200, 400, 404)


def test_sums_of_people_are_whole_numbers(client: TestClient) -> None:
    """PostgreSQL adds whole numbers up to a decimal, which JSON would write as text."""
    found: dict[str, Any] = client.get("/api/v1/flows").json()
    assert found["flows"] and all(type(flow["people"]) is int for flow in found["flows"])
    assert all(type(value) in (str, int) for line in (*found["flows"], *found["balances"]) for value in line.values())
