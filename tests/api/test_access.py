"""Who gets in: tokens, scopes, hosts, origins, rates, sizes."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import monitor.store.access as stored
from monitor.app import App
from monitor.settings.schema import Server, Watchlist
from tests.api.conftest import client_of, filled, opened
from tests.store.build import NOW, at

ALERTS = "/api/v1/alerts"


def token(app: App, name: str = "desk", scope: str = "read", days: float | None = None) -> str:
    ends = None if days is None else NOW + timedelta(days=days)
    return app.store.transact(lambda tx: stored.create_token(tx, name, scope, NOW, ends))[1]  # type: ignore[arg-type]


def bearer(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def test_a_closed_server_asks_for_a_good_token(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        client, good = client_of(app), token(app)
        for wrong in ("", good[:-1], good + "x", "mw_00000000_x", "Ω", good.replace("mw_", "wm_")):
            answer = client.get(ALERTS, headers={"authorization": f"Bearer {wrong}".encode()})
            assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["title"] == "Unauthorized"
        assert client.get(ALERTS).status_code == 401
        assert client.get(ALERTS, headers=bearer(good)).status_code == 200
        basic = base64.b64encode(f"anybody:{good}".encode()).decode()
        assert client.get(ALERTS, headers={"authorization": f"Basic {basic}"}).status_code == 200
        assert client.get(ALERTS, headers={"authorization": "Basic !!!"}).status_code == 401


def test_a_feed_reader_is_asked_for_the_password_that_it_knows(tmp_path: Path) -> None:
    """Most send one only where they are asked; elsewhere a browser would ask in the middle of a page."""
    with opened(tmp_path, auth="token") as app:
        for path in ("/feeds/alerts.atom", "/feeds/alerts.json"):
            asked = client_of(app).get(path)
            assert asked.status_code == 401
            assert asked.headers["www-authenticate"] == 'Basic realm="movewire", charset="UTF-8", Bearer realm="movewire"'
        assert client_of(app).get(ALERTS).headers["www-authenticate"] == 'Bearer realm="movewire"'


def test_who_is_watched_is_told_to_nobody_without_a_token(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        client = client_of(app)
        for path in ("/openapi.json", "/docs"):
            answer = client.get(path)
            assert answer.status_code == 200 and "watchlist" in answer.text and "labs" not in answer.text
        good = bearer(token(app))
        assert client.get(f"{ALERTS}?watchlist=labs", headers=good).status_code == 200
        assert client.get("/api/v1/watchlists", headers=good).json()["items"][0]["watchlist"] == "labs"
        assert client.get("/api/v1/watchlists").status_code == 401


def test_a_token_ends_and_can_be_revoked(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        short, revoked = token(app, "short", days=1), token(app, "gone")
        assert client_of(app).get(ALERTS, headers=bearer(revoked)).status_code == 200
        app.store.transact(lambda tx: stored.revoke_token(tx, "gone", NOW))
        assert client_of(app).get(ALERTS, headers=bearer(revoked)).status_code == 401
        assert client_of(app).get(ALERTS, headers=bearer(short)).status_code == 200
        later = replace(app, clock=lambda: NOW + timedelta(days=1))
        assert client_of(later).get(ALERTS, headers=bearer(short)).status_code == 401


def test_only_a_digest_is_kept_and_the_use_is_noted(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        text = token(app)
        client_of(app).get(ALERTS, headers=bearer(text))
        (kept,) = app.store.read(stored.tokens)
        assert kept.last_used == NOW
        secret = text.split("_", 2)[2].encode()  # it may itself have underscores
    assert secret not in b"".join(p.read_bytes() for p in tmp_path.iterdir())


@pytest.mark.parametrize(
    "host", ["evil.example", "", "127.0.0.1.evil.example", "evil.example:8080", "[::1", "a b", "localhost.evil.example"]
)
def test_a_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    answer = client.get(ALERTS, headers={"host": host})
    assert answer.status_code == 400 and "allowed_hosts" in answer.json()["detail"]


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:8080", "192.0.2.7:80", "desk.example.org", "LOCALHOST"])
def test_names_that_are_ours_are_answered(tmp_path: Path, host: str) -> None:
    with opened(tmp_path, public_url="https://desk.example.org/") as app:
        assert client_of(app).get(ALERTS, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:8080"}, 303),
        ({"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8080"}, 303),
        ({}, 303),
    ],
)
def test_a_page_of_another_origin_changes_nothing(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/logout", headers=headers).status_code == status


def test_every_answer_carries_the_headers_that_keep_pages_safe(client: TestClient) -> None:
    for path in ("/", ALERTS, "/static/style.css", "/nothing", f"{ALERTS}?x=1", "/docs"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'self';") and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


def test_other_origins_may_not_read(client: TestClient) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "GET"}
    answer = client.options(ALERTS, headers=asked)
    assert answer.status_code == 405 and "access-control-allow-origin" not in answer.headers


def test_a_method_that_is_not_allowed_is_told_which_are(client: TestClient) -> None:
    assert client.delete(ALERTS).headers["allow"] == client.put("/").headers["allow"] == "GET, HEAD"
    assert client.delete("/api/v1/deliveries/x/retry").headers["allow"] == "POST"
    assert client.head(ALERTS).status_code == 200


def test_a_body_over_the_cap_is_refused_whether_it_says_its_length_or_not(tmp_path: Path) -> None:
    with opened(tmp_path, max_body=2000) as app:
        client = client_of(app)
        assert client.post("/login", data={"token": "x" * 3000}).status_code == 413
        assert client.post("/login", content=(b"token=" + b"x" * 500 for _ in range(10)), headers=FORM).status_code == 413
        assert client.post("/login", content=b"x", headers={"content-length": "many"}).status_code == 400


FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_caller_over_its_rate_waits(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token", rate_per_minute=60) as app:
        times = [NOW]
        ours = replace(app, clock=lambda: times[-1])
        client, first, second = client_of(ours), token(app, "a"), token(app, "b")
        for _ in range(60):
            assert client.get(f"{ALERTS}?limit=1", headers=bearer(first)).status_code == 200
        slow = client.get(ALERTS, headers=bearer(first))
        assert (slow.status_code, slow.headers["retry-after"]) == (429, "1")
        assert client.get(ALERTS, headers=bearer(second)).status_code == 200, "each token has its own"
        times.append(at(0) + timedelta(seconds=2))
        assert client.get(ALERTS, headers=bearer(first)).status_code == 200


def test_guessing_tokens_is_slowed_by_address(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token", rate_per_minute=5) as app:
        client = client_of(app)
        answers = [client.get(ALERTS, headers=bearer(f"mw_{n}_x")).status_code for n in range(7)]
        assert answers == [401] * 5 + [429] * 2


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../app.py",
        "/static/..%2f..%2f..%2fapp.py",
        "/static/%2e%2e/render.py",
        "/static//etc/passwd",
        "/static/style.css%00",
    ],
)
def test_nothing_beside_the_static_files_can_be_reached(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code in (400, 404)


# -- pages


def test_a_page_without_a_token_leads_to_the_form_and_back(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        client, good = client_of(app), token(app)
        sent = client.get("/?org=Meta")
        assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2F%3Forg%3DMeta")
        assert client.get(sent.headers["location"]).status_code == 200
        assert client.post("/login", data={"token": "wrong"}).status_code == 401
        entered = client.post("/login", data={"token": good, "next": "/?org=Meta"})
        assert (entered.status_code, entered.headers["location"]) == (303, "/?org=Meta")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie
        assert client.get("/?org=Meta").status_code == 200
        client.post("/logout")
        assert client.get("/").status_code == 303


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"])
def test_the_form_leads_nowhere_else(client: TestClient, next: str) -> None:
    assert client.post("/login", data={"token": "x", "next": next}).headers["location"] == "/"


def test_applications_of_one_process_document_each_its_own(tmp_path: Path) -> None:
    """What they share of their routes is made once; whether a token is needed and which watchlists there are is not shared."""
    with filled(tmp_path) as app:
        one = client_of(app)
        other = client_of(replace(app, settings=app.settings.model_copy(update={"watchlists": {"mine": Watchlist()}})))
        shut = client_of(replace(app, settings=app.settings.model_copy(update={"server": Server(auth="token")})))
        named = []
        for client in (one, other, shut, one):
            told = client.get("/openapi.json").json()
            asked = {p["name"]: p["schema"] for p in told["paths"]["/api/v1/alerts"]["get"]["parameters"]}
            named.append((asked["watchlist"]["items"].get("enum"), "security" in told))
    assert named == [(["empty", "labs"], False), (["mine"], False), (None, True), (["empty", "labs"], False)]
