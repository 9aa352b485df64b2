"""Which files the settings come from: the shipped ones, those beside them, the one that is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.errors import SettingsError
from monitor.settings import Settings, find, load, shipped_folder
from monitor.settings.explain import fields_at
from monitor.settings.schema import FeedEntry, json_schema
from tests.settings.conftest import Complaints, Loading

CONFIG = Path(__file__).parents[2] / "config"


# -- the shipped files


def test_the_shipped_configuration_says_the_defaults() -> None:
    shipped = load(CONFIG / "movewire.yaml", {}).model_dump()
    built_in = Settings().model_dump()
    read_beside = {"feeds", "watchlists", "outlet_tiers"}
    assert {k: v for k, v in shipped.items() if k not in read_beside} == {
        k: v for k, v in built_in.items() if k not in read_beside
    }
    assert shipped["feeds"] and shipped["outlet_tiers"]


def test_the_shipped_configuration_mentions_every_option() -> None:
    text = (CONFIG / "movewire.yaml").read_text(encoding="utf-8")
    told = set(re.findall(r"[a-z][a-z_]*", text))
    assert options(Settings) - told - set(FeedEntry.model_fields) == set()
    assert set(FeedEntry.model_fields) <= set(re.findall(r"[a-z_]+", (CONFIG / "feeds.yaml").read_text(encoding="utf-8")))


def options(
    model: type[BaseModel], path: tuple[str | int, ...] = (), around: frozenset[frozenset[str]] = frozenset()
) -> set[str]:
    """Every key of the schema, at any depth; the names people give (channels, watchlists) stepped over."""
    names = fields_at(model, path)
    found = set(names)
    if names and frozenset(names) not in around:  # a route within a route has no new keys
        for name in names:
            for below in ((*path, name), (*path, name, 0)):
                found |= options(model, below, around | {frozenset(names)})
    return found


def test_every_option_has_words_in_the_schema_for_editors() -> None:
    schema = json_schema()
    assert schema["$defs"]["Polling"]["properties"]["min_interval"]["default"] == "5m"
    kinds = {kind["type"] for kind in schema["$defs"]["Polling"]["properties"]["min_interval"]["anyOf"]}
    assert kinds == {"string", "number"}
    assert "continue" in schema["$defs"]["Route"]["properties"]
    assert [kind["type"] for kind in schema["$defs"]["Matcher"]["anyOf"]] == ["object", "string"], "a matcher may be a search"
    json.dumps(schema)


# -- discovery


def test_the_file_is_the_one_named_then_the_variable_then_the_folder_then_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find(None, {}) == shipped_folder() / "movewire.yaml"
    (tmp_path / "movewire.yaml").touch()
    assert find(None, {}) == Path("movewire.yaml")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "movewire.yaml").touch()
    assert find(None, {}) == Path("config/movewire.yaml")
    assert find(None, {"MOVEWIRE_CONFIG": "/a/b.yaml"}) == Path("/a/b.yaml")
    assert find(Path("c.yaml"), {"MOVEWIRE_CONFIG": "/a/b.yaml"}) == Path("c.yaml")


def test_a_file_that_no_configuration_stands_beside_is_told_as_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feeds.yaml").write_text("feeds:\n  - {name: Mine, url: 'https://a.example/f'}\n")
    monkeypatch.chdir(tmp_path)
    told = ("config/feeds.yaml: is not read, as no movewire.yaml stands beside it; an empty one is enough",)
    assert load(None, {}).origin.notices == told
    (tmp_path / "config" / "movewire.yaml").touch()
    found = load(None, {})
    assert found.origin.notices == () and [feed.name for feed in found.feeds] == ["Mine"]


def test_a_named_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.yaml: cannot be read \(No such file or directory\); expected a YAML file"):
        load(tmp_path / "gone.yaml", {})


def test_a_folder_without_companions_gets_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "movewire.yaml").write_text("logging: {level: debug}\n")
    shipped = load(CONFIG / "movewire.yaml", {})
    found = load(tmp_path / "movewire.yaml", {})
    assert (found.feeds, found.watchlists, found.outlet_tiers) == (shipped.feeds, shipped.watchlists, shipped.outlet_tiers)


def test_feeds_of_ones_own_are_not_joined_by_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "movewire.yaml").write_text(
        "feeds:\n  - {name: Mine, url: 'https://a.example/f'}\nwatchlists: {w: {orgs: [A]}}\n"
    )
    found = load(tmp_path / "movewire.yaml", {})
    assert [f.name for f in found.feeds] == ["Mine"] and list(found.watchlists) == ["w"]
    assert found.outlet_tiers


def test_an_empty_file_is_the_defaults(loading: Loading) -> None:
    assert loading("") == Settings()
    assert loading("# nothing but a comment\n") == Settings()


def test_companions_are_read_and_outlets_folded(loading: Loading) -> None:
    found = loading(
        "feeds_file: feeds.yaml\n",
        feeds="feeds:\n  - {name: A, url: 'https://a.example/f', source: jsonfeed, category: c, note: n, paused: true}\n",
        watchlists="watchlists:\n  w: {orgs: [Brightwater], people: [Ada Quill], projects: [P]}\n",
        outlets="outlets:\n  - {name: The Härbour Post, domains: [harbour.example], tier: 1}\n  - {name: Odd}\n",
    )
    assert found.feeds[0].paused and found.feeds[0].source == "jsonfeed"
    assert found.watchlists["w"].people == ("Ada Quill",)
    assert found.outlet_tiers["harbour.example"] == 1 and found.outlet_tiers["odd"] == 3
    assert 1 in {tier for name, tier in found.outlet_tiers.items() if name.startswith("the h")}


def test_anchors_and_merge_keys_work_and_own_keys_win(loading: Loading) -> None:
    found = loading(
        """\
        channels:
          one: &base {type: webhook, url: "https://a.example", timeout: 3s}
          two: {<<: *base, timeout: 4s}
        routes: [{name: a, channels: [one, two]}]
        """
    )
    assert [c.timeout.total_seconds() for c in found.channels.values()] == [3, 4]


def test_yaml_words_keep_their_types(loading: Loading, complaints: Complaints) -> None:
    assert loading("polling: {contact: 'no'}").polling.contact == "no"
    assert complaints("polling: {contact: no}") == ["movewire.yaml:1: polling.contact: found false; expected text"]
