"""Lists over HTTP: pages, filters, forms, and what comes of mistakes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import client_of, filled
from tests.store.build import NOW

ALERTS = "/api/v1/alerts"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One for all: here nothing is written."""
    with filled(tmp_path_factory.mktemp("read")) as app:
        yield client_of(app)


def test_pages_follow_one_another_and_end(client: TestClient) -> None:
    seen: list[str] = []
    url = f"{ALERTS}?limit=5"
    while url:
        answer = client.get(url)
        assert answer.status_code == 200
        page = answer.json()
        seen += [item["id"] for item in page["items"]]
        assert (
            (f'<{page["next_url"]}>; rel="next"' == answer.headers["link"]) if page["next_url"] else "link" not in answer.headers
        )
        url = page["next_url"]
    assert len(seen) == len(set(seen)) == 12


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("label=executive_move", 6),
        ("label=executive_move&label=infrastructure", 12),
        ("to=acme&from=globex", 6),
        ("org=umbrella", 6),
        ("watchlist=labs", 6),
        ("watchlist=empty", 0),
        ("amount>=3e9", 6),
        ("amount=4bn", 0),
        ("capacity>=0.4GW", 6),
        ("severity>=high", 0),
        ("severity=normal", 12),
        ("project=hyperion&location=texas", 6),
        ("since=2026-05-04T12:06:00Z", 6),
        ("until=2026-05-04T14:06:00+02:00", 6),
        ("until=1d", 0),
        ("q=Jane+%22part+2%22", 1),
    ],
)  # fmt: skip
def test_every_parameter_of_the_filter_works(client: TestClient, asked: str, count: int) -> None:
    assert len(client.get(f"{ALERTS}?{asked}").json()["items"]) == count


@pytest.mark.parametrize(
    ("asked", "parameter", "says"),
    [
        ("lable=x", "lable", "did you mean 'label'?"),
        ("label=sport", "label", "executive_move, infrastructure"),
        ("severity=>=loud", "severity", "low, normal"),
        ("since=lately", "since", "7d"),
        ("since=1d&since=2d", "since", "give it once"),
        ("amount=lots", "amount", "5bn"),
        ("capacity=1e999", "capacity", "1.2GW"),
        ("org=", "org", "leave it out"),
        ("watchlist=lbs", "watchlist", "did you mean 'labs'?"),
        ("limit=0", "limit", "between 1 and 1000"),
        ("limit=1001", "limit", "between 1 and 1000"),
        ("limit=ten", "limit", "between 1 and 1000"),
        ("limit=0000000011111&format=csv", "limit", "between 1 and 1000"),
        (f"limit=000000001{'0' * 5000}", "limit", "between 1 and 1000"),
        ("limit=1&limit=2", "limit", "is given 2 times; give it once"),
        ("format=csv&format=json", "format", "give it once"),
        ("cursor=bi4wLjAueA", "cursor", "start again"),
        ("q=" + "a+" * 100, "q", "has 100 words; give 64 at most"),
        ("cursor=x", "cursor", "start again"),
        ("format=xml", "format", "json, csv, ndjson"),
        ("fields=", "fields", "leave it out"),
        ("fields=headlin", "fields", "headline"),
        ("format=csv&fields=headlin", "fields", "headline"),
        ("feed=x", "feed", ""),
    ],
)
def test_a_mistake_is_a_problem_that_names_its_parameter(client: TestClient, asked: str, parameter: str, says: str) -> None:
    answer = client.get(f"{ALERTS}?{asked}")
    assert answer.status_code == 400 and answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["parameter"], told["status"], told["title"]) == (parameter, 400, "Bad Request")
    assert says in told["detail"]


def test_an_unknown_search_and_an_unknown_alert_are_404(client: TestClient) -> None:
    for path, detail in (
        (f"{ALERTS}?search=none", "no search 'none': there is none"),
        (f"{ALERTS}/0ZZZ", "no alert '0ZZZ'"),
        ("/api/v1/nothing", "there is no /api/v1/nothing here; /docs tells of every route"),
        ("/api/v1/organisations/Nobody", "no organisation 'Nobody': nothing that is stored names it"),
    ):
        answer = client.get(path)
        assert answer.status_code == 404 and answer.json()["title"] == "Not Found"
        assert answer.json()["detail"] == detail


def test_csv_and_ndjson_hold_the_whole_list_and_the_limit_holds_them(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ALERTS}?format=csv").text)))
    assert len(rows) == 12 and rows[0]["headline"]
    lines = client.get(f"{ALERTS}?format=ndjson&limit=7&fields=id,at").text.splitlines()
    assert len(lines) == 7 and list(json.loads(lines[0])) == ["id", "at"]


def test_what_has_not_changed_is_304(client: TestClient) -> None:
    first = client.get(ALERTS)
    again = client.get(ALERTS, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert client.get(f"{ALERTS}?limit=1", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_one_alert_has_its_revisions_and_deliveries(client: TestClient) -> None:
    (item,) = client.get(f"{ALERTS}?limit=1").json()["items"]
    told = client.get(f"{ALERTS}/{item['id'][:20]}").json()
    assert told["revisions"] == [item] and told["deliveries"][0]["channel"] == "slack"
    assert item["at"].startswith(NOW.date().isoformat())


def test_the_document_names_the_filter(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    names = {p["name"] for p in told["paths"][ALERTS]["get"]["parameters"]}
    assert {"label", "from", "to", "amount", "since", "q", "changed_after", "limit", "cursor", "format"} <= names
    assert "/api/v1/alerts" in client.get("/docs").text
