"""Commands that act: polling, adding, parsing, testing a channel, the configuration."""

from __future__ import annotations

import io
import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from monitor.classify import encoder_told
from monitor.settings import Settings
from tests.cli.conftest import Run, World, begun, process
from tests.servers import Reply, rss

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour &amp; Sons</title><link href="https://h.example/"/><id>h</id>
<entry><id>tag:h.example,2025:e1</id><title type="html">&lt;b&gt;Ada Quill&lt;/b&gt; leaves</title><link href="/one"/>
<updated>2025-03-01T12:00:00+02:00</updated><summary>After ten years.</summary></entry></feed>"""


# -- reading documents


def test_a_document_is_printed_as_what_was_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(ATOM, encoding="utf-8")
    found = json.loads(run("feeds", "parse", tmp_path / "feed.xml", "--url", "https://h.example/feed.xml").out)
    assert list(found) == ["feed", "entries", "warnings"]
    assert found["feed"] == {"title": "Harbour & Sons", "link": "https://h.example/", "format": "atom10"}
    (entry,) = found["entries"]
    assert entry == {
        "id": "tag:h.example,2025:e1",
        "link": "https://h.example/one",
        "title": "Ada Quill leaves",
        "summary": "After ten years.",
        "published": "2025-03-01T10:00:00Z",
        "outlet": "",
    }


def test_a_document_comes_from_standard_input_too(run: Run, tmp_path: Path) -> None:
    done = process("feeds", "parse", "-", cwd=tmp_path, stdin=ATOM.encode())
    assert done.returncode == 0 and json.loads(done.stdout)["entries"][0]["title"] == "Ada Quill leaves"
    none = run("feeds", "parse", "-", stdin=b"no feed at all")
    assert none.code == 1 and none.err.startswith("movewire: standard input: not a feed"), none.err


@pytest.mark.parametrize("body", [b"", b"<!doctype html><title>Just a moment</title>", b"\x00\x01\x02", b"{}"])
def test_what_is_no_feed_ends_with_1_and_a_plain_reason(body: bytes, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(body)
    ended = run("feeds", "parse", tmp_path / "x")
    assert ended.code == 1 and not ended.out
    assert ended.err.startswith("movewire: ") and "Traceback" not in ended.err


def test_a_document_that_is_no_feed_is_told_with_the_name_of_its_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.xml").write_text("no feed at all")
    for command in ("parse", "import"):
        ended = run("feeds", command, tmp_path / "notes.xml")
        assert ended.code == 1 and ended.err.startswith(f"movewire: {tmp_path}/notes.xml: not "), ended.err


# -- polling and adding


def test_polling_tells_a_line_a_feed_and_delivers(world: World, run: Run) -> None:
    bad = {"name": "A page", "url": f"{world.server.url}/page"}
    good = {"name": "Wire", "url": f"{world.server.url}/feed.xml"}
    world.write(feeds=[good, bad])
    ended = run("--config", world.config, "feeds", "poll", "--all", "--once")
    lines = sorted(ended.out.splitlines())
    assert ended.code == 0 and len(lines) == 2
    assert lines[0].startswith("failed     A page") and "page" in lines[0]
    assert lines[1] == "new        Wire  1 new, 1 flagged, 0 alerts"
    assert ended.err == "2 feeds polled, 1 could not be used; 1 new story, 1 flagged\n"


def test_feeds_that_were_never_polled_are_announced(world: World, run: Run) -> None:
    ended = run("--config", world.config, "feeds")
    assert (ended.code, ended.out) == (0, "") and "\n1 feed of the configuration is not known yet" in ended.err


def test_a_named_feed_that_cannot_be_used_ends_with_1(world: World, run: Run) -> None:
    world.write(feeds=[{"name": "A page", "url": f"{world.server.url}/page"}])
    assert run("--config", world.config, "feeds", "poll", "A page").code == 1
    shown = run("--config", world.config, "feeds", "--state", "failing")
    assert "A page" in shown.out


def test_checking_an_address_says_what_would_be_done_and_stores_nothing(world: World, run: Run) -> None:
    ended = run("--config", world.config, "feeds", "check", f"{world.server.url}/feed.xml")
    assert ended.code == 0
    for words in ("title Sample Wire", "format rss20", "entries 1", "next check", "1 of 1 entry would be flagged:"):
        assert words in " ".join(ended.out.split())
    assert json.loads(run("--config", world.config, "db", "stats", "--format", "json").out)["rows"]["stories"] == 0


def test_checking_what_is_no_feed_ends_with_1(world: World, run: Run) -> None:
    ended = run("--config", world.config, "feeds", "check", f"{world.server.url}/page")
    assert ended.code == 1 and "page" in ended.err
    assert run("--config", world.config, "feeds", "check", f"{world.server.url}/nothing").code == 1
    for command in (("feeds", "check"), ("feeds", "add"), ("explain",)):
        for path in ("nothing", "feed.xml" if command == ("explain",) else "page"):
            told = run("--config", world.config, *command, f"{world.server.url}/{path}?key=hidden")
            assert told.code == 1 and f"{world.server.url}/{path}?…: " in told.err and "hidden" not in told.err, told.err
    assert run("--config", world.config, "feeds", "check", "http://169.254.169.254/latest").code == 1
    assert run("--config", world.config, "feeds", "check", f"{world.server.url}/feed.xml", "--source", "atm").code == 2


def test_adding_takes_the_feed_s_own_title_and_no_address_twice(world: World, run: Run) -> None:
    world.server.routes["/more.xml"] = lambda _: Reply(200, rss(world.items, title="More Wire"))
    added = run("--config", world.config, "feeds", "add", f"{world.server.url}/more.xml", "--category", "tests")
    assert added.code == 0 and "added 'More Wire'" in added.err
    again = run("--config", world.config, "feeds", "add", f"{world.server.url}/more.xml")
    assert again.code == 2 and "polled already, as 'More Wire'" in again.err
    rows = {r["name"]: r for r in json.loads(run("--config", world.config, "feeds", "--format", "json").out)}
    assert rows["More Wire"]["declared"] is False and rows["More Wire"]["category"] == "tests"


def test_importing_opml_adds_what_is_new_once(world: World, run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(
        """<opml version="2.0"><body><outline text="Energy">
        <outline text="One" xmlUrl="https://one.example/feed"/><outline text="One" xmlUrl="https://two.example/feed"/>
        <outline text="Bad" xmlUrl="https://a b"/><outline text="Old" xmlUrl="ftp://old.example/f"/></outline></body></opml>"""
    )
    first = run("--config", world.config, "feeds", "import", tmp_path / "list.opml")
    assert first.code == 0 and "left out: Bad" in first.err and "1 feed added of 4" in first.err
    assert "left out: Old (ftp://old.example/f is no address)" in first.err
    assert "left out: One (https://two.example/feed): another feed has this name" in first.err
    assert "0 feeds added of 4" in run("--config", world.config, "feeds", "import", tmp_path / "list.opml").err
    (tmp_path / "not.opml").write_text("<html/>")
    assert run("--config", world.config, "feeds", "import", tmp_path / "not.opml").code == 1


# -- channels


def test_a_channel_is_tested_through_the_real_door(world: World, run: Run) -> None:
    before = len(world.server.asked)
    ended = run("--config", world.config, "channels", "test", "hook")
    assert ended.code == 0 and ended.err == "channel hook: delivered\n"
    (asked,) = world.server.asked[before:]
    assert json.loads(asked.body)["type"] == "channel.test"


def test_a_channel_that_refuses_ends_with_1_and_its_reason(world: World, run: Run) -> None:
    world.write(channels={"hook": {"type": "webhook", "url": f"{world.server.url}/not-there"}})
    ended = run("--config", world.config, "channels", "test", "hook")
    assert ended.code == 1 and "404" in ended.err


def test_channels_are_listed_without_their_secrets(world: World, run: Run) -> None:
    url = f"{world.server.url}/hook/T000/very-secret-words"
    world.write(channels={"hook": {"type": "webhook", "url": url, "bearer_token": "another-secret"}})
    for args in (("channels", "list"), ("channels", "list", "--format", "json"), ("config", "show")):
        ended = run("--config", world.config, *args)
        assert ended.code == 0 and "hook" in ended.out
        assert "very-secret" not in ended.out + ended.err and "another-secret" not in ended.out + ended.err


def test_a_channel_that_fails_is_listed_as_failing_with_its_reason(world: World, run: Run) -> None:
    world.write(channels={"hook": {"type": "webhook", "url": f"{world.server.url}/not-there"}})
    assert listed(world, run) == ("ok", 0, "")
    run("--config", world.config, "feeds", "poll", "--all", "--once")
    world.items.insert(0, ("new-1", "Corvid Systems hires Mara Lindqvist as chief executive", "It said.", datetime.now(UTC)))
    run("--config", world.config, "feeds", "poll", "--all")
    state, failures, why = listed(world, run)
    assert state == "failing" and failures > 0 and "404" in why


def test_what_waits_for_a_channel_that_was_renamed_is_listed_and_can_be_given_up(world: World, run: Run) -> None:
    world.write(channels={"hook": {"type": "webhook", "url": f"{world.server.url}/not-there"}})
    run("--config", world.config, "feeds", "poll", "--all", "--once")
    world.items.insert(0, ("new-1", "Corvid Systems hires Mara Lindqvist as chief executive", "It said.", datetime.now(UTC)))
    run("--config", world.config, "feeds", "poll", "--all")
    refused = run("--config", world.config, "channels", "forget", "hook")
    assert refused.code != 0 and "is configured; take it out there first" in refused.err
    routes = [{"name": "all", "channels": ["desk"]}]
    world.write(channels={"desk": {"type": "webhook", "url": f"{world.server.url}/hook"}}, routes=routes)
    rows = json.loads(run("--config", world.config, "channels", "list", "--format", "json").out)
    assert [(row["name"], row["state"]) for row in rows] == [("desk", "ok"), ("hook", "not configured")]
    assert rows[1]["why"] == "deliveries that wait: 1; put it back, or movewire channels forget hook"
    ended = run("--config", world.config, "channels", "forget", "hook")
    assert (ended.code, ended.err) == (0, "channel hook is forgotten; deliveries given up: 1\n")
    assert len(json.loads(run("--config", world.config, "channels", "list", "--format", "json").out)) == 1
    dead = json.loads(run("--config", world.config, "deliveries", "list", "--state", "dead", "--format", "json").out)[0]
    assert dead["channel"] == "hook" and "no longer names the channel" in dead["last_error"]


def listed(world: World, run: Run) -> tuple[str, int, str]:
    [row] = json.loads(run("--config", world.config, "channels", "list", "--format", "json").out)
    return row["state"], row["failures"], row["why"]


# -- the configuration


def test_the_configuration_is_checked_and_shown_and_read_back(world: World, run: Run, tmp_path: Path) -> None:
    assert "the configuration is right: 1 feed, 1 channel, 1 route; " in run("--config", world.config, "config", "check").err
    shown = yaml.safe_load(run("--config", world.config, "config", "show").out)
    assert shown["polling"]["min_interval"] == "1s" and "feeds" not in shown
    assert yaml.safe_load(run("--config", world.config, "config", "show", "--all").out)["feeds"][0]["name"]
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "movewire.yaml").write_text(
        yaml.safe_dump({"polling": shown["polling"], "alerting": shown["alerting"]})
    )
    assert run("--config", tmp_path / "again" / "movewire.yaml", "config", "check").code == 0


def test_a_key_in_the_address_of_a_service_is_not_shown(world: World, run: Run) -> None:
    service = "https://quill:very-secret@llm.example/v1?model=a&key=very-secret"
    world.write(classify={"second_opinion": {"url": service, "model": "a"}})
    shown = run("--config", world.config, "config", "show").out
    assert yaml.safe_load(shown)["classify"]["second_opinion"]["url"] == "https://…@llm.example/v1?…"
    assert "very-secret" not in shown


def test_a_server_that_would_not_be_started_for_want_of_a_token_is_told_when_the_configuration_is_checked(
    world: World, run: Run
) -> None:
    """Tokens live in the database, so that it is no mistake of the file; a loopback address and `auth: none` need none."""
    world.write(server={"listen": "0.0.0.0:0"})
    told = "server.listen: found 0.0.0.0:0, which others can reach; create a token first (movewire tokens create NAME)"
    for made in (False, True):
        checked = run("--config", world.config, "config", "check")
        assert checked.code == 0 and (told in checked.err) is not made, checked.err
        assert (world.folder / "movewire.db").exists() is made, "looked at as it is"
        run("--config", world.config, "tokens", "create", "desk")
    world.write(server={"listen": "0.0.0.0:0", "auth": "none"}, database={"url": f"sqlite:///{world.folder}/other.db"})
    assert told not in run("--config", world.config, "config", "check").err


def test_the_schemas_are_json_schema(run: Run) -> None:
    for command in (("config", "schema"), ("schema",)):
        found = json.loads(run(*command).out)
        assert found["type"] == "object" and found["properties"]


def test_notices_of_the_configuration_go_to_stderr(world: World, run: Run, tmp_path: Path) -> None:
    (tmp_path / "url").write_text(f"{world.server.url}/hook")
    (tmp_path / "url").chmod(0o644)
    world.write(channels={"hook": {"type": "webhook", "url_file": "url"}})
    ended = run("--config", world.config, "alerts")
    assert ended.code == 0 and "chmod 600" in ended.err and not ended.out
    assert run("--config", world.config, "--quiet", "alerts").err == ""


@pytest.mark.slow
def test_a_daemon_is_healthy_while_it_runs_and_no_longer(world: World, run: Run) -> None:
    daemon = begun("--config", world.config, "run", cwd=world.folder)
    try:
        deadline = time.monotonic() + 30
        while (ended := run("--config", world.config, "health")).code != 0:
            assert time.monotonic() < deadline and daemon.poll() is None, ended.out
            time.sleep(0.1)
        assert "healthy" in ended.out and io.StringIO(ended.out).readline().startswith("state")
        assert re.search(rf"^encoder\s+{re.escape(encoder_told(Settings()))}$", ended.out, re.M)
        daemon.terminate()
        assert daemon.wait(15) == 0
    finally:
        daemon.kill()
        daemon.wait()
    ended = run("--config", world.config, "health")
    assert ended.code == 1 and "was stopped at" in ended.out


@pytest.mark.parametrize(
    "url, told",
    [
        ("sqlite://data/x.db", "found a host where SQLite has none; expected three slashes: sqlite:///data/x.db"),
        ("postgresql://u:hidden@h:abc/d", "found no database address; expected sqlite:///PATH or postgresql://"),
        ("mysql://x/y", "found mysql, which is not supported; expected sqlite:///PATH or postgresql://"),
        ("", "found no database address; expected sqlite:///PATH or postgresql://"),
        ("sqlite:///", "found no file; expected sqlite:///PATH"),
        ("postgresql://u:hidden@h:99999/d", "found port 99999; expected 1 to 65535"),
    ],
)
def test_a_database_address_that_is_none_is_a_mistake_of_the_configuration(run: Run, tmp_path: Path, url: str, told: str) -> None:
    config = tmp_path / "movewire.yaml"
    config.write_text(f'database:\n  url: "{url}"\nserver: {{enabled: false}}\nfeeds: []\n')
    for command in (("config", "check"), ("run", "--seconds", 0)):
        ended = run("--config", config, *command)
        assert ended.code == 4 and f"movewire.yaml:2: database.url: {told}" in ended.err, ended.err
        assert "hidden" not in ended.err


def test_channels_alone_lists_and_an_unending_run_is_refused(run: Run, world: World) -> None:
    assert run("--config", world.config, "channels").out == run("--config", world.config, "channels", "list").out != ""
    assert run("--config", world.config, "run", "--seconds", -1).code == 2
    missing = run("--config", world.config, "backtest", "/nosuch")
    assert missing.code == 2 and "'/nosuch' does not exist" in missing.err


def test_a_classifier_that_is_none_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "movewire.yaml"
    config.write_text("classify:\n  classifier: cascad\nfeeds: []\n")
    ended = run("--config", config, "config", "check")
    assert ended.code == 4 and "movewire.yaml:2: classify.classifier: found 'cascad'; expected 'cascade'" in ended.err


def test_a_channel_of_no_known_type_is_not_listed_as_well(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "movewire.yaml"
    config.write_text("channels:\n  desk: {type: slak, url: 'https://a.example/x'}\nfeeds: []\n")
    ended = run("--config", config, "channels")
    assert ended.code == 4 and "movewire.yaml:2: channels.desk.type: found 'slak'; expected 'slack'" in ended.err
