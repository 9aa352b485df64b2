"""A program gets one thing in one shape, by the command line and over HTTP: the same keys, nesting, nulls, words and times."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from monitor import corrections, query, searches, silencing
from monitor.app import App
from monitor.feedback import give
from monitor.filtering import read
from monitor.model import FeedbackKind, StoryId
from monitor.results import Subscription, SubscriptionState, Tried
from monitor.settings import load
from monitor.store import Store
from tests.api.conftest import client_of, filled
from tests.claims import claims, ended
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.store.build import FEED, NOW, at, buildout_event, founded
from tests.store.turns import again, attempt

BETWEEN = timedelta(microseconds=123456)  # what a real clock has beyond the second
FAR = datetime(2100, 1, 1, tzinfo=UTC)  # to come by the test's clock and by the machine's
Ids = dict[str, str]


def grown(app: App) -> Ids:
    """More of every kind, with what may be null told and not; the ids to ask for."""
    made = founded(90, at(90) + BETWEEN, sources={"moves.0.person": StoryId("s-90")}, severity_reasons=("a chief",))
    app.store.transact(lambda tx: tx.record_poll(made))
    (claimed,) = claims(app.store, at(99), limit=1)
    ended(app.store, Tried(delivery=again(claimed.delivery, 200), at=at(10), attempt=attempt(claimed.delivery, at=NOW + BETWEEN)))
    event, other = made.events[0].id, founded(91, at(91), make=buildout_event)
    app.store.transact(lambda tx: tx.record_poll(other))
    corrections.merge(app, event, other.events[0].id, by="Ada", note="one happening")
    give(app, event, FeedbackKind.NOT_RELEVANT, by="Ada", via="cli", note="old news")
    searches.save(app.store, "meta", read('org:Meta "data center"'), NOW + BETWEEN, app.settings)
    app.store.add_silence(
        silencing.make(
            "org:Meta", starts_at=FAR, ends_at=FAR + BETWEEN, author="Ada", comment="", now=NOW, watchlists={}, saved={}
        )
    )
    later = silencing.make(  # told before the one above, which ends first
        "org:Globex", starts_at=FAR, ends_at=FAR + 2 * BETWEEN, author="Ada", comment="", now=at(1), watchlists={}, saved={}
    )
    app.store.add_silence(later)
    _polled(app)
    story = query.event(app.store, event).memberships[0].story_id
    return {"alert": made.alerts[0].id, "event": event, "story": story, "delivery": claimed.delivery.id, "feed": FEED.name}


def _polled(app: App) -> None:
    polls = (NOW + BETWEEN, "new", 200, 2, 0.25, ""), (at(1), "failed", None, 0, 0.5, "no answer")
    for count, poll in enumerate(polls, 1):
        app.store.transact(lambda tx, count=count: tx.save_polled(replace(FEED, polls=count)))  # type: ignore[misc]
        app.store.transact(lambda tx, poll=poll: tx.record_feed_poll(FEED.id, *poll))  # type: ignore[misc]
    hub = Subscription(
        feed_id=FEED.id, hub="https://hub.example/", topic=FEED.url, token="the-token", secret="the-secret", next_request=at(5)
    )
    app.store.transact(lambda tx: tx.save_subscription(replace(hub, state=SubscriptionState.ACTIVE, lease_until=FAR)))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, TestClient, Ids]]:
    folder: Path = tmp_path_factory.mktemp("shapes")
    with filled(folder) as app:
        yield f"sqlite:///{folder}/movewire.db", client_of(app), grown(app)


ONE = {  # the command that shows one thing, and its address
    "alerts show {alert}": "alerts/{alert}",
    "events show {event}": "events/{event}",
    "deliveries show {delivery}": "deliveries/{delivery}",
    "feeds show {feed}": "feeds/{feed}",
}
LISTS = {
    "alerts list": "alerts",
    "events list": "events",
    "stories list": "stories",
    "deliveries list": "deliveries",
    "feeds list": "feeds",
    "silences list": "silences",
    "feedback list": "feedback",
    "buildouts": "buildouts",
    "moves": "moves",
    "organisations": "organisations",
    "searches list": "searches",
}
PARTS = {  # lists that the API gives as part of something else
    "flows": ("flows", ("flows",)),
    "flows --by organisation": ("flows", ("balances",)),
    "buildouts --by month": ("buildouts/totals", ("months",)),
    "buildouts --by project": ("buildouts/totals", ("projects",)),
    "buildouts --by organisation": ("buildouts/totals", ("organisations",)),
    "feeds history {feed}": ("feeds/{feed}", ("polls",)),
    "events corrections": ("events/{event}", ("corrections",)),
}
SETUP = ("watchlists", "outlets", "routes", "channels")  # of the configuration
LAW = [(command, path, ()) for command, path in ONE.items()]
LAW += [(command, path, ("items",)) for command, path in LISTS.items()]
LAW += [(command, path, within) for command, (path, within) in PARTS.items()]


@pytest.mark.parametrize(("command", "path", "within"), LAW, ids=[command for command, _, _ in LAW])
def test_the_command_tells_what_the_api_tells(
    command: str, path: str, within: tuple[str, ...], world: tuple[str, TestClient, Ids], run: Run
) -> None:
    database, client, ids = world
    said = run("--database", database, *(word.format(**ids) for word in command.split()), "--format", "json")
    assert said.code == 0, said.err
    answer = client.get(f"/api/v1/{path.format(**ids)}")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    for key in within:
        told = told[key]
    assert told, "two that say nothing say the same"
    assert json.loads(said.out) == told


CONFIGURATION = """
database: {url: "sqlite:///FOLDER/movewire.db"}
channels:
  desk: {type: webhook, url: "https://hooks.example/a-secret", enabled: false}
routes:
  - name: labs
    match: "search:meta severity>=high"
    channels: [desk]
    quiet_hours: {from: "22:00", to: "07:00", days: [mon]}
    digest: "daily 08:00"
    timezone: Europe/Berlin
    continue: true
  - {name: all, channels: [desk]}
outlet_tiers: {Wire Beside: 2}
"""


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, TestClient]]:
    folder: Path = tmp_path_factory.mktemp("configured")
    (folder / "movewire.yaml").write_text(CONFIGURATION.replace("FOLDER", str(folder)))
    (folder / "watchlists.yaml").write_text("watchlists: {labs: {orgs: [Umbrella, Globex], people: [Jane Doe]}, none: {}}\n")
    (folder / "outlets.yaml").write_text("outlets: [{name: Example Wire, tier: 1, domains: [wire.example]}, {name: Post}]\n")
    (folder / "feeds.yaml").write_text("feeds: []\n")
    settings = load(folder / "movewire.yaml")
    with Store.open(settings.database.url) as store:
        app = App(settings=settings, store=store, clock=lambda: NOW)
        searches.save(store, "meta", read("org:Meta"), NOW, settings)
        store.transact(lambda tx: tx.record_poll(founded(1, at(1))))  # for a channel that is not configured
        yield f"{folder}/movewire.yaml", client_of(app)


@pytest.mark.parametrize("of", SETUP)
def test_what_is_configured_is_told_alike(of: str, configured: tuple[str, TestClient], run: Run) -> None:
    file, client = configured
    said = run("--config", file, of, "list", "--format", "json")
    assert said.code == 0, said.err
    answer = client.get(f"/api/v1/{of}")
    assert answer.status_code == 200 and answer.json()["next"] is None
    told = answer.json()["items"]
    assert len(told) > 1 and json.loads(said.out) == told
    assert "a-secret" not in said.out + answer.text
    first = next(iter(told[0]))
    chosen = run("--config", file, of, "list", "--format", "csv", "--fields", first)
    assert chosen.out == client.get(f"/api/v1/{of}?format=csv&fields={first}").text, chosen.err
    assert run("--config", file, of, "--limit", "1", "--format", "ndjson").out.count("\n") == 1
    assert client.get(f"/api/v1/{of}?limit=1").status_code == 400, "there are no pages"


def test_what_the_file_of_outlets_says_by_now_is_no_fault_of_ours(configured: tuple[str, TestClient]) -> None:
    """It is in force when it is reloaded; one that cannot be read is told with its name and line."""
    file, client = configured
    mastheads = Path(file).with_name("outlets.yaml")
    before = mastheads.read_text()
    try:
        mastheads.write_text("outlets: [{name: Example Wire, tier: 3, domains: [wire.example]}, {name: New Gazette, tier: 1}]\n")
        told = {row["outlet"]: row["tier"] for row in client.get("/api/v1/outlets").json()["items"]}
        assert told["Example Wire"] == 1 and "New Gazette" not in told
        mastheads.write_text("outlets: [{name: ]\n")
        broken = client.get("/api/v1/outlets")
        assert broken.status_code == 409 and "outlets.yaml:1" in broken.json()["detail"]
    finally:
        mastheads.write_text(before)


def test_every_list_and_every_thing_of_the_api_is_held_to_it(world: tuple[str, TestClient, Ids]) -> None:
    """But for what no command tells as JSON: one story, an organisation."""
    asked = {path.split("/{")[0] + ("/{}" if "{" in path else "") for _, path, _ in LAW}
    _, client, _ = world
    routes = {path: ways for path, ways in client.get("/openapi.json").json()["paths"].items() if path.startswith("/api/v1/")}
    reads = {path.removeprefix("/api/v1/") for path, ways in routes.items() if "get" in ways}
    known = {path.split("/{")[0] + ("/{}" if "{" in path else "") for path in reads}
    assert known - asked == {"stories/{}", "organisations/{}", "stream", *SETUP}


def test_a_feed_s_hub_is_told_without_what_signs_its_pushes(world: tuple[str, TestClient, Ids], run: Run) -> None:
    database, client, ids = world
    out = run("--database", database, "feeds", "show", ids["feed"], "--format", "json").out
    told = json.loads(out)
    assert (told["hub"]["hub"], told["hub"]["state"], told["hub"]["last_push"]) == ("https://hub.example/", "active", None)
    assert [(poll["outcome"], poll["status"]) for poll in told["polls"]] == [("failed", None), ("new", 200)]
    assert told["polls"][1]["at"] == "2026-05-04T12:00:00.123456Z"
    assert "the-secret" not in out and "the-token" not in out
    assert client.get("/api/v1/feeds/nosuch").status_code == 404
