"""``feeds`` as its users have it: found from a page, paused, resumed, removed, listed with their health, in and out as OPML."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.model import Feed
from monitor.opml import read_opml
from monitor.store import Store
from tests.cli.conftest import Run, World
from tests.servers import Reply, rss


def rows(run: Run, world: World, *more: str) -> dict[str, Any]:
    return {r["name"]: r for r in json.loads(run("--config", world.config, "feeds", "--format", "json", *more).out)}


def add(run: Run, world: World, name: str = "Page Wire") -> None:
    """A feed found from the address of a page that names it."""
    page = b"""<html><head><title>Wire</title>
        <link rel="alternate" type="application/rss+xml" title="All" href="/all.xml">
        <link rel="alternate" type="application/atom+xml" title="Comments" href="/comments.xml"></head></html>"""
    world.server.routes["/home"] = lambda _: Reply(200, page, {"content-type": "text/html"})
    world.server.routes["/all.xml"] = lambda _: Reply(200, rss(world.items, title=name))
    ended = run("--config", world.config, "feeds", "add", f"{world.server.url}/home")
    assert ended.code == 0, ended.err
    said = " ".join(ended.out.split())
    assert f"feed {world.server.url}/all.xml" in said
    assert "1 of 1 entry would be flagged" in said
    assert f"the page names another feed: Comments {world.server.url}/comments.xml" in ended.err
    assert f"added {name!r}; its first poll is its baseline" in ended.err


@pytest.mark.slow
def test_a_feed_is_found_from_the_address_of_a_page(world: World, run: Run) -> None:
    add(run, world)
    assert rows(run, world)["Page Wire"]["url"] == f"{world.server.url}/all.xml"
    checked = run("--config", world.config, "feeds", "check", f"{world.server.url}/home")
    assert checked.code == 0
    assert f"{world.server.url}/all.xml" in checked.out


def test_a_page_that_names_no_feed_is_refused(world: World, run: Run) -> None:
    ended = run("--config", world.config, "feeds", "add", f"{world.server.url}/page")
    assert ended.code == 1
    assert "a web page" in ended.err


def test_the_list_tells_each_feeds_health(told: Run) -> None:
    head = told("feeds", "--format", "csv").out.splitlines()[0]
    assert {"name", "state", "last_success", "next_check", "per_day", "share", "last_error"} <= set(head.split(","))
    (row,) = json.loads(told("feeds", "--format", "json").out)
    assert row["per_day"] > 0
    assert (row["share"], row["overruns"]) == ("67%", 0)


def test_a_feed_that_is_none_is_answered_with_what_would_be_right(told: Run) -> None:
    (row,) = json.loads(told("feeds", "--format", "json").out)
    ended = told("feeds", "show", row["name"][:-1])
    assert ended.code == 3 and f"did you mean {row['name']!r}?" in ended.err


def test_pause_and_resume(world: World, run: Run) -> None:
    add(run, world)
    assert run("--config", world.config, "feeds", "pause", "page wire").code == 0
    assert rows(run, world)["Page Wire"]["state"] == "paused"
    assert run("--config", world.config, "feeds", "poll").code == 0
    assert rows(run, world)["Page Wire"]["polls"] == 0
    assert run("--config", world.config, "feeds", "resume", "Page Wire").code == 0
    assert rows(run, world)["Page Wire"]["state"] == "ok"
    run("--config", world.config, "feeds", "poll", "Page Wire")
    assert rows(run, world)["Page Wire"]["polls"] == 1


@pytest.mark.parametrize("command", ["pause", "resume", "remove"])
def test_a_poll_that_ends_while_a_feed_is_changed_is_not_undone(
    command: str, world: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its validators, its baseline and its counts are the poll's, whenever the command looked for the feed."""
    add(run, world)
    look = Store.feed

    def looked(store: Store, name: str) -> Feed:
        feed = look(store, name)
        store.transact(lambda tx: tx.save_polled(replace(feed, etag='"a"', baseline_done=True, polls=1, stories=1)))
        return feed

    monkeypatch.setattr(Store, "feed", looked)
    assert run("--config", world.config, "feeds", command, "Page Wire").code == 0
    monkeypatch.undo()
    row = rows(run, world)["Page Wire"]
    assert (row["polls"], row["stories"], row["state"]) == (1, 1, "ok" if command == "resume" else "paused")


def test_what_the_file_rules_is_changed_in_the_file(world: World, run: Run) -> None:
    """The next poll, which takes the file up again, leaves it so."""
    name = "Sample [red]Wire[/red]"
    run("--config", world.config, "feeds", "poll", "--all")
    for command, state in (("pause", "paused"), ("resume", "ok")):
        assert run("--config", world.config, "feeds", command, name).code == 0
        run("--config", world.config, "feeds", "poll")
        assert rows(run, world)[name]["state"] == state


@pytest.mark.slow
def test_a_feed_that_is_gone_is_resumed_by_a_person(world: World, run: Run) -> None:
    add(run, world)
    world.server.routes["/all.xml"] = lambda _: Reply(410)
    run("--config", world.config, "feeds", "poll", "Page Wire")
    assert rows(run, world)["Page Wire"]["state"] == "resting"
    run("--config", world.config, "feeds", "resume", "Page Wire")
    assert (rows(run, world)["Page Wire"]["state"], rows(run, world)["Page Wire"]["last_error"]) == ("ok", "")


@pytest.mark.slow
def test_remove_takes_out_what_has_no_stories_and_rests_what_has(world: World, run: Run) -> None:
    add(run, world)
    assert "is removed" in run("--config", world.config, "feeds", "remove", "Page Wire").err
    assert "Page Wire" not in rows(run, world)
    add(run, world)
    run("--config", world.config, "feeds", "poll", "Page Wire")
    ended = run("--config", world.config, "feeds", "remove", "Page Wire")
    assert "has 1 story, which needs it" in ended.err
    assert rows(run, world)["Page Wire"]["state"] == "paused"


def test_history_tells_the_last_polls_newest_first(world: World, run: Run) -> None:
    add(run, world)
    run("--config", world.config, "feeds", "poll", "Page Wire")
    world.server.routes["/all.xml"] = lambda _: Reply(503)
    run("--config", world.config, "feeds", "poll", "Page Wire")
    told = json.loads(run("--config", world.config, "feeds", "history", "Page Wire", "--format", "json").out)
    assert [(p["outcome"], p["status"], p["new_entries"]) for p in told] == [("failed", 503, 0), ("new", 200, 1)]
    assert "503" in told[0]["error"]


def test_opml_goes_out_and_comes_in_again(world: World, run: Run, tmp_path: Path) -> None:
    add(run, world)
    run("--config", world.config, "feeds", "poll", "Sample [red]Wire[/red]")
    out = run("--config", world.config, "feeds", "export").out
    assert {o.name for o in read_opml(out.encode())} == {"Sample [red]Wire[/red]", "Page Wire"}
    (tmp_path / "list.opml").write_text(out)
    run("--config", world.config, "feeds", "remove", "Page Wire")
    assert "1 feed added of 2" in run("--config", world.config, "feeds", "import", tmp_path / "list.opml").err
    assert "Page Wire" in rows(run, world)


@pytest.mark.parametrize("command", ["channels test nosuch", "feeds check URL", "feeds add URL", "feeds import FILE"])
def test_a_command_with_another_configuration_leaves_the_declared_feeds_alone(
    command: str, world: World, run: Run, tmp_path: Path
) -> None:
    """Only the daemon and `feeds poll` say which feeds are declared."""
    world.server.routes["/other.xml"] = lambda _: Reply(200, rss(world.items, title="Other Wire"))
    assert run("--config", world.config, "feeds", "poll").code == 0
    before = rows(run, world)
    outlines = tmp_path / "list.opml"
    outlines.write_text('<opml version="2.0"><body><outline text="One" xmlUrl="https://one.example/feed"/></body></opml>')
    world.write(feeds=[{"name": "Elsewhere", "url": "https://elsewhere.example/feed"}])
    words = command.replace("URL", f"{world.server.url}/other.xml").replace("FILE", str(outlines))
    run("--config", world.config, *words.split())
    after = rows(run, world)
    assert "Elsewhere" not in after
    assert {name: after[name] for name in before} == before


def test_what_the_configuration_polls_is_not_added_once_more(world: World, run: Run, tmp_path: Path) -> None:
    """Also where the daemon has not been told of it yet."""
    twin = run("--config", world.config, "feeds", "add", f"{world.server.url}/feed.xml")
    assert twin.code == 2 and "polled already, as 'Sample [red]Wire[/red]'" in twin.err
    world.server.routes["/named.xml"] = lambda _: Reply(200, rss(world.items, title="Named Wire"))
    named = run("--config", world.config, "feeds", "add", f"{world.server.url}/named.xml", "--name", "Sample [red]Wire[/red]")
    assert named.code == 2 and "there is a feed named" in named.err
    outlines = tmp_path / "list.opml"
    outlines.write_text(f'<opml version="2.0"><body><outline text="X" xmlUrl="{world.server.url}/feed.xml"/></body></opml>')
    assert "0 feeds added of 1" in run("--config", world.config, "feeds", "import", outlines).err
