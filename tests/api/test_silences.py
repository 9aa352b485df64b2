"""``/silences``: listed, asked for and ended, by who may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from monitor import query
from monitor.app import App
from monitor.filtering import Context, parse, read
from monitor.silencing import compiled, why_silenced
from tests.api.conftest import client_of, opened
from tests.api.test_access import bearer, token
from tests.store.build import NOW

API = "/api/v1/silences"


def test_a_silence_is_asked_for_listed_and_ended(app: App, client: TestClient) -> None:
    made = client.post(API, json={"match": "org:Acme label:executive_move", "lasts": "7d", "comment": "we know"})
    assert made.status_code == 201 and made.json()["state"] == "holds"
    assert made.json()["ends_at"] == (NOW + timedelta(days=7)).isoformat().replace("+00:00", "Z")
    assert (made.json()["author"], made.json()["match"]) == ("anybody", {"org": ["Acme"], "label": ["executive_move"]})
    assert client.get(API).json()["items"] == [made.json()]
    buzz = query.events(app.store, parse(read("label:executive_move"), Context(now=NOW))).items[0]
    quiet, problems = compiled(app.store.silences(NOW))
    assert not problems and "we know" in why_silenced(buzz, app.router, quiet, NOW)

    again = client.post(API, json={"match": "org:Acme label:executive_move", "lasts": "7d", "comment": "we know"})
    assert again.status_code == 201 and again.json() == made.json(), "said twice in one moment it is one silence"

    ended = client.post(f"{API}/{made.json()['id'][:16]}/end")
    assert ended.status_code == 200 and ended.json()["state"] == "over" and ended.json()["expired_by"] == "anybody"
    assert client.get(API).json()["items"] == []
    assert client.get(f"{API}?over=true").json()["items"] == [ended.json()]
    assert client.post(f"{API}/none/end").status_code == 404


def test_a_silence_goes_by_a_saved_search(app: App, client: TestClient) -> None:
    asked = {"match": "search:buzz", "lasts": "7d"}
    assert "no saved search 'buzz'" in client.post(API, json=asked).json()["detail"]
    assert client.post("/api/v1/searches", json={"name": "buzz", "words": "org:Acme"}).status_code == 201
    assert client.post(API, json=asked).json()["match"] == {"search": "buzz"}
    assert client.delete("/api/v1/searches/buzz").status_code == 409


def test_silences_come_in_pages_the_newest_first_and_as_csv(client: TestClient) -> None:
    for number in range(3):
        body = {"match": f"person:P{number}", "starts_at": (NOW + timedelta(days=number)).isoformat(), "lasts": "2d"}
        assert client.post(API, json=body).status_code == 201
    seen, address = [], f"{API}?limit=2"
    while address:
        page = client.get(address).json()
        seen += page["items"]
        address = page["next_url"]
    assert sorted(s["match"]["person"][0] for s in seen) == ["P0", "P1", "P2"]
    assert [s["id"] for s in seen] == sorted((s["id"] for s in seen), reverse=True)
    assert {s["state"] for s in seen} == {"holds", "to come"}
    assert len(client.get(f"{API}?format=csv").text.splitlines()) == 4


@pytest.mark.parametrize(
    ("body", "status", "parameter", "says"),
    [
        ({"match": "org:Acme"}, 400, "lasts", "is missing"),
        ({"match": "org:Acme", "lasts": "soon"}, 400, "lasts", "12h, 7d or 2w"),
        ({"match": "since:7d", "lasts": "1d"}, 400, "match", "lists of them"),
        ({"match": "colour:red", "lasts": "1d"}, 400, "match", "there is no 'colour'"),
        ({"match": "watchlist:nobody", "lasts": "1d"}, 400, None, "there are empty, labs"),
        ({"match": "org:Acme", "lasts": "1d", "starts_at": "2001-01-01T00:00:00Z"}, 409, None, "would end before it begins"),
        ({"match": "org:Acme", "lasts": "1d", "starts_at": "9999-12-31T12:00:00Z"}, 409, None, "too far in the future"),
        ({"match": "org:Acme", "lasts": "1d", "starts_at": "2030-01-01T00:00:00"}, 400, "starts_at", "timezone"),
        ({"match": "org:Acme", "lasts": "1d", "until": "x"}, 400, "until", "no such field"),
    ],
)
def test_a_silence_that_cannot_be_is_refused(
    client: TestClient, body: dict[str, Any], status: int, parameter: str | None, says: str
) -> None:
    answer = client.post(API, json=body)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert answer.json().get("parameter") == parameter and says in answer.json()["detail"]
    assert client.get(f"{API}?over=maybe").json()["parameter"] == "over"


def test_only_who_may_write_silences_and_by_the_tokens_name(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        client, read, write = client_of(app), bearer(token(app, "r")), bearer(token(app, "w", "write"))
        body = {"match": "org:Acme", "lasts": "1d"}
        assert [client.post(API, json=body, headers=h).status_code for h in ({}, read)] == [401, 403]
        made = client.post(API, json=body, headers=write).json()
        assert made["author"] == "w"
        assert client.get(API, headers=read).json()["items"] == [made]
        assert client.post(f"{API}/{made['id']}/end", headers=read).status_code == 403
