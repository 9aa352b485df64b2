"""Saved searches that routes go by, as users of the command line have them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Run, World

HEADLINE = "Corvid Systems names Mara Lindqvist chief executive"
MISSING = "there is no saved search 'corvid': `movewire searches add 'corvid' WORDS` makes it; until then the route takes nothing"
Call = Callable[..., Ended]


@pytest.fixture
def call(world: World, run: Run) -> Call:
    """Commands of a configuration with a route that goes by the search ``corvid``."""
    world.write(routes=[{"name": "desk", "match": "search:corvid", "channels": ["hook"]}])
    return lambda *args: run("--config", world.config, *args)


def test_a_check_tells_of_a_search_that_is_not_there_and_makes_no_database(world: World, call: Call) -> None:
    checked = call("config", "check")
    database = world.folder / "movewire.db"
    assert checked.code == 0 and "the configuration is right" in checked.err
    assert f"the saved search 'corvid' cannot be looked up: {database} does not exist yet" in checked.err
    assert not database.exists()
    call("db", "upgrade")
    said = call("config", "check").err
    assert re.match(rf"{re.escape(str(world.config))}:\d+: routes\[0\]\.match \(route 'desk'\): {re.escape(MISSING)}\n", said)
    call("searches", "add", "corvid", "org:Corvid")
    assert "corvid" not in call("config", "check").err
    assert MISSING not in call("config", "reload").err


def test_a_reload_tells_of_it_too(call: Call) -> None:
    call("db", "upgrade")
    said = call("config", "reload")
    assert MISSING in said.err and "no daemon runs" in said.err


def test_health_tells_of_it(call: Call) -> None:
    assert MISSING in call("health").out
    call("searches", "add", "corvid", "org:Corvid")
    assert "corvid" not in call("health").out


def test_routes_are_listed_and_tested_with_the_words_of_their_search(call: Call) -> None:
    assert MISSING in call("routes", "list").err
    said = call("routes", "test", HEADLINE)
    assert f"desk: no, {MISSING.partition(';')[0]}" in said.out and MISSING in said.err
    call("searches", "add", "corvid", "org:Corvid")
    [row] = json.loads(call("routes", "list", "--format", "json").out)
    assert (row["search"], row["words"]) == ("corvid", "org:Corvid")
    assert "desk: yes, by the saved search 'corvid' (org:Corvid), at once" in call("routes", "test", HEADLINE).out
    call("searches", "add", "--replace", "corvid", "org:Northlight")
    said = call("routes", "test", HEADLINE)
    assert "desk: no, by the saved search 'corvid' (org:Northlight), org is none of those wanted" in said.out


def test_a_search_that_a_route_names_is_replaced_and_not_deleted(call: Call) -> None:
    call("searches", "add", "corvid", "org:Corvid")
    refused = call("searches", "delete", "corvid")
    assert refused.code == 2 and "named by the route 'desk'" in refused.err
    assert call("searches", "add", "corvid", "org:Northlight").code == 2
    timed = call("searches", "add", "--replace", "corvid", "org:Northlight since:7d")
    assert timed.code == 2 and "since is for lists of them" in timed.err
    assert call("searches", "add", "--replace", "corvid", "org:Northlight").code == 0
    assert json.loads(call("searches", "--format", "json").out)[0]["words"] == "org:Northlight"


def test_a_backtest_goes_by_the_searches_of_the_database_in_use(call: Call, tmp_path: Path) -> None:
    story = {"id": "s", "title": HEADLINE, "published": "2025-03-02T08:00:00Z", "source": "A"}
    (tmp_path / "s.jsonl").write_text(json.dumps(story) + "\n")

    def tested() -> tuple[bool, str]:
        ended = call("backtest", tmp_path / "s.jsonl", "--format", "ndjson")
        return json.loads(ended.out)["alerted"], ended.err

    told, notices = tested()
    assert not told and "routes that use a saved search match nothing" in notices and "does not exist yet" in notices
    call("searches", "add", "corvid", "org:Northlight")
    assert not tested()[0]
    call("searches", "add", "--replace", "corvid", "org:Corvid")
    assert tested()[0]
