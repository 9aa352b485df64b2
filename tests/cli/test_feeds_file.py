"""``feeds pause``, ``resume`` and ``remove`` of a feed that a file declares: in the file's own text, or told what to write."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.app import feed_of, new_feed
from monitor.settings import load, shipped_folder
from monitor.store import Store
from tests.cli.conftest import Ended, Run, process

MAIN = "database: {{url: 'sqlite:///{folder}/m.db'}}\n"
FEEDS = """\
# what we read
feeds:
  - name: Harbor News  # our own town's
    url: https://harbor.example/feed.xml
    # slow in the mornings

  # wires
  - {name: "Wire: all", url: 'https://wire.example/a.xml'}   # agencies
  - name: Tide
    paused: yes  # refuses programs
    url: https://tide.example/feed.xml
"""
Here = Callable[..., Ended]


@pytest.fixture
def here(run: Run, tmp_path: Path) -> Here:
    """``run`` with a configuration whose feeds stand in a file beside it."""
    (tmp_path / "movewire.yaml").write_text(MAIN.format(folder=tmp_path))
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    return lambda *args: run("--config", tmp_path / "movewire.yaml", *args)


@pytest.fixture
def known(here: Here, tmp_path: Path) -> Here:
    """The same with a database that was told of the feeds."""
    feeds = [feed_of(entry) for entry in load(tmp_path / "movewire.yaml", {}).feeds]
    with Store.open(f"sqlite:///{tmp_path}/m.db") as store:
        store.transact(lambda tx: tx.sync_feeds(feeds))
    return here


def states(here: Here) -> dict[str, str]:
    return {row["name"]: row["state"] for row in json.loads(here("feeds", "--format", "json").out)}


def test_a_feed_is_paused_and_resumed_in_its_file(known: Here, tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    said = known("feeds", "pause", "harbor news")
    assert said.code == 0, said.err
    assert f"{file}: 'Harbor News': `paused: true` is written" in said.err and "config reload" not in said.err
    assert file.read_text() == FEEDS.replace("feed.xml\n    # slow", "feed.xml\n    paused: true\n    # slow")
    assert states(known)["Harbor News"] == "paused"
    assert known("feeds", "pause", "Wire: all").code == 0
    assert "{name: \"Wire: all\", url: 'https://wire.example/a.xml', paused: true}   # agencies" in file.read_text()
    assert known("feeds", "resume", "Wire: all").code == known("feeds", "resume", "Harbor News").code == 0
    assert (file.read_text(), states(known)["Harbor News"]) == (FEEDS, "ok")


def test_a_name_that_is_none_is_answered_with_those_of_the_file_before_the_database_knows_them(here: Here) -> None:
    assert "no feed 'Harbor Newz': did you mean 'Harbor News'?" in here("feeds", "pause", "Harbor Newz").err
    assert "there are Harbor News, Tide, Wire: all" in here("feeds", "remove", "Gazette").err


def test_what_the_file_has_paused_is_resumed_there(known: Here, tmp_path: Path) -> None:
    assert "nothing to change" in known("feeds", "pause", "Tide").err
    assert (tmp_path / "feeds.yaml").read_text() == FEEDS
    said = known("feeds", "resume", "Tide")
    assert "'Tide': is no longer paused" in said.err and "'Tide' is polled again, now" in said.err
    assert (tmp_path / "feeds.yaml").read_text() == FEEDS.replace("    paused: yes  # refuses programs\n", "")
    assert states(known)["Tide"] == "ok"


def test_a_pause_that_comes_with_a_base_is_overruled(known: Here, tmp_path: Path) -> None:
    text = "feeds:\n  - &slow {name: A, url: 'https://a.example/', paused: true}\n  - {<<: *slow, name: B, url: 'https://b.example/'}\n"
    (tmp_path / "feeds.yaml").write_text(text)
    assert known("feeds", "resume", "B").code == 0
    assert (tmp_path / "feeds.yaml").read_text() == text.replace("b.example/'}", "b.example/', paused: false}")


def test_a_feed_is_taken_out_of_its_file(known: Here, tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    with Store.open(f"sqlite:///{tmp_path}/m.db") as store:
        told = replace(store.feed("Harbor News"), stories=1)
        store.transact(lambda tx: tx.save_feed(told))
    said = known("feeds", "remove", "Wire: all")
    assert said.code == 0 and f"{file}: 'Wire: all': is taken out" in said.err and "'Wire: all' is removed" in said.err
    assert "'Harbor News' has 1 story" in known("feeds", "remove", "Harbor News").err
    left = [line for line in FEEDS.splitlines(keepends=True) if "arbor" not in line and "Wire" not in line]
    assert file.read_text() == "".join(left)
    assert states(known) == {"Harbor News": "resting", "Tide": "paused"}


def test_what_was_taken_out_by_hand_is_told_how_to_be_put_back(known: Here, tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text("feeds: []\n")
    for command in ("pause", "resume"):
        said = known("feeds", command, "Tide")
        assert (
            said.code == 2 and "write it there again, under feeds: - {name: Tide, url: https://tide.example/feed.xml}" in said.err
        )
    assert known("feeds", "remove", "Tide").code == 0
    assert "Tide" not in states(known)


def test_a_feed_that_the_database_does_not_know_yet_is_changed_in_its_file_alone(here: Here, tmp_path: Path) -> None:
    said = here("feeds", "pause", "HARBOR NEWS")
    assert said.code == 0 and "config reload" in said.err and states(here) == {}
    assert here("feeds", "resume", "Tide").code == here("feeds", "remove", "wire: all").code == 0
    found = load(tmp_path / "movewire.yaml", {}).feeds
    assert [(feed.name, feed.paused) for feed in found] == [("Harbor News", True), ("Tide", False)]
    assert here("feeds", "pause", "Harbour").code == 3


def test_feeds_of_the_configuration_itself_are_changed_there(known: Here, tmp_path: Path) -> None:
    main, own = tmp_path / "movewire.yaml", "feeds:\n  # ours\n  - {name: Own, url: 'https://own.example/'}\n"
    before = main.read_text()
    main.write_text(before + own)
    assert known("feeds", "pause", "Own").code == known("feeds", "pause", "Harbor News").code == 0
    assert main.read_text() == before + own.replace("/'}", "/', paused: true}")
    assert "paused: true" in (tmp_path / "feeds.yaml").read_text()
    assert known("feeds", "remove", "Own").code == 0
    assert main.read_text() == before + "feeds: []\n  # ours\n"


def test_the_last_feed_stays_where_shipped_ones_would_be_asked_instead(known: Here, tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").unlink()
    main = tmp_path / "movewire.yaml"
    text = main.read_text() + "feeds: [{name: Own, url: 'https://own.example/'}]\n"
    main.write_text(text)
    said = known("feeds", "remove", "Own")
    assert said.code == 4 and "the shipped ones are asked; expected a feeds.yaml of your own beside it first" in said.err
    assert main.read_text() == text and "is left as it was" in said.err


def test_shipped_feeds_are_copied_beside_the_configuration(known: Here, tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.unlink()
    said = known("feeds", "pause", "OpenAI news")
    assert said.code == 0 and f"{file}: copied from the shipped one, with the change: 'OpenAI news'" in said.err
    shipped = (shipped_folder() / "feeds.yaml").read_text()
    assert sorted(file.read_text().splitlines()) == sorted([*shipped.splitlines(), "    paused: true"])


def test_a_file_that_cannot_be_changed_is_told_with_what_to_write(known: Here, tmp_path: Path) -> None:
    """The name leaves no room for that of the new text, which stands beside it till it is whole."""
    long = f"{'f' * 245}.yaml"
    (tmp_path / "feeds.yaml").rename(tmp_path / long)
    with (tmp_path / "movewire.yaml").open("a") as main:
        main.write(f"feeds_file: {long}\n")
    words = {"pause": "write `paused: true` there", "remove": "take it out there"}
    for command, by_hand in words.items():
        said = known("feeds", command, "Wire: all")
        assert said.code == 4 and "cannot be read or written (File name too long)" in said.err
        assert f"{tmp_path / long}:8: feeds[1]: by hand: {by_hand}" in said.err
    assert "take `paused: true` out there" in known("feeds", "resume", "Tide").err
    assert (tmp_path / long).read_text() == FEEDS
    assert states(known) == {"Harbor News": "ok", "Wire: all": "ok", "Tide": "paused"}


def test_a_form_that_no_command_can_change_is_left_to_the_hand(known: Here, tmp_path: Path) -> None:
    """An item that another refers to would be changed in both places."""
    text = "feeds:\n  - {name: &a A, url: 'https://a.example/'}\n  - {name: B, url: 'https://b.example/', note: *a}\n"
    (tmp_path / "feeds.yaml").write_text(text)
    said = known("feeds", "remove", "A")
    assert said.code == 4 and "feeds[0]: found a form that no command can change" in said.err
    assert f"{tmp_path}/feeds.yaml:2: feeds[0]: by hand: take it out there" in said.err
    assert (tmp_path / "feeds.yaml").read_text() == text


def test_what_the_environment_rules_is_told(known: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOVEWIRE__FEEDS", '[{"name": "Own", "url": "https://own.example/"}]')
    said = known("feeds", "pause", "Own")
    assert said.code == 4 and "environment MOVEWIRE__FEEDS: feeds[0]" in said.err and "write `paused: true` there" in said.err
    assert known("feeds", "pause", "Harbor News").code == 0
    assert "paused: true" in (tmp_path / "feeds.yaml").read_text()


def test_without_a_configuration_of_one_s_own_it_is_told(tmp_path: Path) -> None:
    said = process("--database", f"sqlite:///{tmp_path}/m.db", "feeds", "pause", "OpenAI news", cwd=tmp_path)
    assert said.returncode == 4 and b"the shipped configuration is in use and is never changed" in said.stderr
    assert b"by hand" not in said.stderr


def test_a_feed_added_by_command_is_no_matter_of_the_file(known: Here, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/m.db") as store:
        store.transact(lambda tx: tx.save_feed(new_feed("Added", "https://added.example/")))
    for command, state in (("pause", "paused"), ("resume", "ok"), ("remove", None)):
        assert known("feeds", command, "Added").code == 0
        assert states(known).get("Added") == state
    assert (tmp_path / "feeds.yaml").read_text() == FEEDS
