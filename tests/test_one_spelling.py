"""A rumour is ``rumored`` to programs and "rumoured" to people, wherever they look; both are taken from whoever writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from monitor import grouping
from monitor.matching import Profiler, compile_matcher, refusal
from monitor.model import Change, Status, StoryId
from monitor.settings.schema import Matcher
from monitor.store import Store
from tests.api.conftest import client_of, opened
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.store.build import NOW, at, event, founded
from tests.stories import move, moved, story

HEADLINE = "Corvid Systems in talks to hire Mara Lindqvist from Northlight AI as chief executive"
DEVELOPED = Change(at=NOW, kind="founded", after="rumored", story_id=StoryId("s"))


def filled(store: Store) -> dict[str, str]:
    """The ids of an event that is a rumour, and of its alert."""
    found = founded(1, at(0), make=lambda one: event(one, status=Status.RUMORED, timeline=(DEVELOPED,)))
    store.transact(lambda tx: tx.record_poll(found))
    return {"events": found.events[0].id, "alerts": found.alerts[0].id}


@pytest.mark.parametrize("command", [("events", "show"), ("alerts", "show"), ("events", "--format", "table"), ("explain",)])
def test_the_command_line_shows_people_one_word(command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/m.db"
    with Store.open(database) as store:
        ids = filled(store)
    name = {"show": [ids.get(command[0], "")], "explain": [HEADLINE]}.get(command[-1], [])
    said = run("--database", database, *command, *name)
    assert said.code == 0 and "rumoured" in said.out and "rumored" not in said.out


def test_programs_are_given_the_model_s_word(run: Run, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/m.db"
    with Store.open(database) as store:
        filled(store)
    for word in ("rumored", "rumoured"):
        (row,) = json.loads(run("--database", database, "events", "--status", word, "--format", "json").out)
        assert row["status"] == "rumored"
    assert "\trumored\t" in run("--database", database, "events", "--format", "tsv").out


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with opened(tmp_path) as app:
        filled(app.store)
        yield client_of(app)


def test_pages_and_feeds_show_people_one_word(client: TestClient) -> None:
    event_id = client.get("/api/v1/events?status=rumoured").json()["items"][0]["id"]
    atom = client.get("/feeds/alerts.atom?status=rumoured").text
    assert "rumoured, " in atom and "rumored" not in atom
    page = re.sub(r"<[^>]*>", " ", client.get(f"/events/{event_id}").text)  # without the classes of its elements
    assert "rumoured" in page and "rumored" not in page


@pytest.mark.parametrize("words", [{"status": ["rumoured"]}, {"status": ("denied", "rumoured")}, "status:rumoured"])
def test_routes_take_both_and_give_reasons_in_the_word_of_people(words: object) -> None:
    item = story(HEADLINE)
    sure = Profiler({}, {}).of(grouping.found(item, moved(item, move("Mara Lindqvist", to_org="Corvid Systems")), item.at))
    matcher = Matcher.model_validate(words)
    assert Status.RUMORED in matcher.status
    assert refusal(compile_matcher(matcher), sure).endswith("rumoured")
    assert Matcher.model_validate({"unless": {"status": ["rumoured"]}}).unless == Matcher(status=(Status.RUMORED,))


def test_what_is_no_word_of_the_model_is_refused_as_it_was_written() -> None:
    with pytest.raises(ValueError, match="input_value='rumorous'"):
        Matcher.model_validate({"status": ["rumorous"]})
