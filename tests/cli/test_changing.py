"""Commands that change files of the configuration: comments stay, the whole must be right, or nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.settings import load
from tests.cli.conftest import Ended, Run, process

MAIN = """\
# ours
database: {{url: 'sqlite:///{folder}/m.db'}}
channels:
  desk: {{type: stdout}}  # the desk
  room: {{type: stdout}}
"""
LISTS = """\
# who we watch
watchlists:
  labs:  # the big ones
    orgs: [OpenAI, Anthropic]
    # people: none yet
  power: {orgs: [Vistra]}
"""
ROUTES = """\
# who is told
routes:
  - name: labs  # at once
    match: {watchlist: [labs]}
    channels: [desk]
  # and the rest
  - name: rest
    channels: [room]
"""
OUTLETS = """\
outlets:
  # agencies
  - {name: Reuters, domains: [reuters.com], tier: 1}
  # papers
  - {name: Harbor News, domains: [harbor.example, harbor.test], tier: 2}  # our own town's
"""
Here = Callable[..., Ended]


@pytest.fixture
def here(run: Run, tmp_path: Path) -> Here:
    """``run`` with a configuration of four files."""
    (tmp_path / "movewire.yaml").write_text(MAIN.format(folder=tmp_path))
    for name, text in {"watchlists": LISTS, "routes": ROUTES, "outlets": OUTLETS, "feeds": "feeds: []\n"}.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    return lambda *args: run("--config", tmp_path / "movewire.yaml", *args)


def rows(ended: Ended) -> list[list[object]]:
    return [list(row.values()) for row in json.loads(ended.out)]


def test_names_go_on_a_watchlist_and_off_it(here: Here, tmp_path: Path) -> None:
    file = tmp_path / "watchlists.yaml"
    said = here("watchlists", "add", "labs", "--org", "xAI", "--org", "openai", "--person", "Ada Quill")
    assert said.code == 0 and "watchlists.yaml: changed" in said.err and "movewire config reload" in said.err
    more = LISTS.replace("Anthropic]", "Anthropic, xAI]\n    people: [Ada Quill]")
    assert file.read_text() == more
    assert rows(here("watchlists", "--format", "json")) == [
        ["labs", ["OpenAI", "Anthropic", "xAI"], ["Ada Quill"], []],
        ["power", ["Vistra"], [], []],
    ]
    assert "Ada Quill" in here("watchlists", "show", "labs").out
    assert "nothing to change" in here("watchlists", "add", "labs", "--org", "XAI").err
    assert here("watchlists", "remove", "labs", "--org", "xai", "--person", "Ada Quill").code == 0
    assert file.read_text() == more.replace(", xAI", "").replace("[Ada Quill]", "[]")


def test_a_watchlist_is_made_and_taken_away(here: Here, tmp_path: Path) -> None:
    made = here("watchlists", "add", "sites", "--project", "Stargate", "--format", "json")
    assert json.loads(made.out) == {"watchlist": "sites", "orgs": [], "people": [], "projects": ["Stargate"]}
    assert (tmp_path / "watchlists.yaml").read_text() == LISTS + "  sites:\n    projects: [Stargate]\n"
    assert here("watchlists", "remove", "sites").code == 0
    assert (tmp_path / "watchlists.yaml").read_text() == LISTS


def test_a_masthead_is_set_and_taken_out(here: Here, tmp_path: Path) -> None:
    file = tmp_path / "outlets.yaml"
    assert here("outlets", "set", "AP", "--tier", "1", "--domain", "apnews.com").code == 0
    new = "  - {name: AP, domains: [apnews.com], tier: 1}\n"
    assert file.read_text() == OUTLETS.replace("  # papers\n", f"{new}  # papers\n")
    assert here("outlets", "set", "Wire", "--tier", "3").code == 0
    assert file.read_text().endswith("town's\n  - {name: Wire, tier: 3}\n")
    assert here("outlets", "remove", "Wire").code == 0
    domains = ("--domain", "harbor.test", "--domain", "hn.example")
    changed = here("outlets", "set", "harbor news", "--tier", "1", *domains, "--format", "json")
    assert json.loads(changed.out) == {"outlet": "Harbor News", "tier": 1, "domains": ["harbor.test", "hn.example"]}
    assert "{name: Harbor News, domains: [harbor.test, hn.example], tier: 1}  # our own town's" in file.read_text()
    assert load(tmp_path / "movewire.yaml", {}).outlet_tiers["hn.example"] == 1
    assert rows(here("outlets", "--tier", "1", "--fields", "outlet", "--format", "json")) == [
        ["Reuters"],
        ["AP"],
        ["Harbor News"],
    ]
    assert here("outlets", "remove", "ap").code == 0 and new not in file.read_text()


def test_a_route_is_added_before_what_takes_everything(here: Here, tmp_path: Path) -> None:
    file = tmp_path / "routes.yaml"
    said = ("org:Meta", "severity>=high", '"data center"', "--person", "Ada Quill")
    added = here("routes", "add", "metas", *said, "--channel", "desk", "--digest", "daily 8:00", "--continue")
    assert (added.code, "nothing comes to it" in added.err) == (0, False), added.err
    route = """\
  - name: metas
    match: 'org:Meta severity>=high "data center" person:"Ada Quill"'
    channels: [desk]
    digest: 'daily 8:00'
    continue: true
"""
    assert file.read_text() == ROUTES.replace("  # and", f"{route}  # and")
    assert here("routes", "add", "inner", "--inside", "labs", "--watchlist", "power").code == 0
    said = here("routes", "add", "first", "--before", "labs", "--channel", "room", "--search", "x", "--format", "json")
    assert json.loads(said.out) == {"name": "first", "match": "search:x", "channels": ["room"]}
    assert "the saved search 'x' cannot be looked up" in said.err
    listed = [row[0] for row in rows(here("routes", "--format", "json"))]
    assert listed == ["first", "labs", "labs / inner", "metas", "rest"]
    assert "3 routes left" in here("routes", "remove", "labs").err
    assert here("routes", "remove", "metas").code == 0 and "# who is told" in file.read_text()


def test_the_route_that_stands_in_for_none_goes_on_behind_the_first_that_is_added(here: Here, tmp_path: Path) -> None:
    (tmp_path / "routes.yaml").unlink()
    assert "routes: is not given, and 'everything' is there till one is" in here("routes", "remove", "everything").err
    assert here("routes", "add", "labs", "--watchlist", "labs", "--channel", "desk").code == 0
    assert (tmp_path / "movewire.yaml").read_text() == MAIN.format(folder=tmp_path) + (
        "routes:\n  - name: labs\n    match: 'watchlist:labs'\n    channels: [desk]\n"
        "  - name: everything\n    channels: [desk, room]\n"
    )
    assert here("routes", "remove", "labs").code == 0
    assert "no route is left" in here("routes", "remove", "everything").err


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (("watchlists", "add", "labs"), 2, "--org, --person or --project"),
        (("watchlists", "add", "labs", "--org", " "), 2, "--org: is empty"),
        (
            ("watchlists", "add", "labs", "Safe Labs", "xAI"),
            2,
            "found 'Safe Labs' 'xAI' without an option; expected --org, --person or --project before each, as in --org 'Saf",
        ),
        (("watchlists", "remove", "labs", "OpenAI"), 2, "as in --org OpenAI"),
        (("outlets", "set", "AP", "ap.org", "--tier", "1"), 2, "found 'ap.org' without an option; expected --domain before each"),
        (("watchlists", "remove", "lab"), 3, "no watchlist 'lab': {folder}/watchlists.yaml: watchlists: expected 'labs'"),
        (("watchlists", "show", "lab"), 3, "watchlists: expected 'labs'"),
        (
            ("watchlists", "remove", "labs", "--org", "OpenAl"),
            3,
            "no organisation 'OpenAl': {folder}/watchlists.yaml: watchlists.labs.orgs: expected 'OpenAI'",
        ),
        (
            ("watchlists", "remove", "labs"),
            4,
            "{folder}/routes.yaml:4: routes[0].match.watchlist (route 'labs'): found 'labs'; expected a watchlist, one of power",
        ),
        (("watchlists", "remove", "labs"), 4, "{folder}/watchlists.yaml: is left as it was"),
        (("outlets", "set", "AP", "--tier", "4"), 2, "1<=x<=3"),
        (("outlets", "set", "AP", "--tier", "1", "--domain", "https://ap.org"), 2, "a host name without scheme and port"),
        (("outlets", "remove", "Reuter"), 3, "no outlet 'Reuter': {folder}/outlets.yaml: outlets: expected 'Reuters'"),
        (
            ("routes", "add", "new", "--channel", "dek"),
            4,
            "{folder}/routes.yaml:7: routes[1].channels (route 'new'): found 'dek'; expected a channel, 'desk'",
        ),
        (("routes", "add", "new"), 4, "routes[1].channels (route 'new'): is not given"),
        (("routes", "add", "new", "--channel", "desk", "--digest", "often"), 4, "routes[1].digest (route 'new')"),
        (("routes", "add", "new", "--channel", "desk", "--watchlist", "lab"), 4, "expected a watchlist"),
        (("routes", "add", "new", "--channel", "desk", "since:7d"), 4, "since is for lists of them"),
        (("routes", "add", "new", "colour:red", "--channel", "desk"), 2, "there is no 'colour'"),
        (("routes", "add", "labs", "--channel", "desk"), 2, "{folder}/routes.yaml:3: routes[0] (route 'labs'): has this name"),
        (("routes", "add", "new", "--inside", "lab"), 3, "no route 'lab': {folder}/routes.yaml: routes: expected 'labs'"),
        (("routes", "add", "new", "--inside", "labs", "--before", "rest"), 2, "exclude each other"),
        (("routes", "remove", "none"), 3, "no route 'none'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_would_be_wrong_is_told_and_not_written(
    here: Here, tmp_path: Path, command: tuple[str, ...], code: int, words: str
) -> None:
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    said = here(*command)
    assert (said.code, said.out) == (code, "")
    assert words.format(folder=tmp_path) in said.err
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("more", "command", "words"),
    [
        (
            "outlet_tiers: {ap: 3}\n",
            ("outlets", "set", "AP", "--tier", "1"),
            "movewire.yaml:6: outlet_tiers.ap: found",
        ),
        ("watchlists: {labs: {}}\n", ("watchlists", "remove", "labs"), "watchlists.labs: found what has the last word"),
    ],
)
def test_what_another_place_rules_is_not_written(
    here: Here, tmp_path: Path, more: str, command: tuple[str, ...], words: str
) -> None:
    with (tmp_path / "movewire.yaml").open("a") as file:
        file.write(more)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    said = here(*command)
    assert said.code == 4 and words in said.err, said.err
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_what_the_environment_rules_is_not_written(here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOVEWIRE__WATCHLISTS", '{"power": {"orgs": ["Oklo"]}}')
    said = here("watchlists", "add", "power", "--org", "Talen")
    assert said.code == 4 and "environment MOVEWIRE__WATCHLISTS: watchlists.power.orgs: found what" in said.err, said.err
    assert (tmp_path / "watchlists.yaml").read_text() == LISTS


def test_a_form_that_no_command_can_change_is_left_to_the_hand(here: Here, tmp_path: Path) -> None:
    text = "watchlists: {labs: {orgs: &all [OpenAI]}, power: {orgs: *all}}\n"
    (tmp_path / "watchlists.yaml").write_text(text)
    said = here("watchlists", "add", "power", "--org", "Vistra")
    assert said.code == 4 and "watchlists.yaml: watchlists.power.orgs: found a form that no command can change" in said.err
    assert (tmp_path / "watchlists.yaml").read_text() == text


def test_shipped_lists_are_copied_beside_the_configuration(here: Here, tmp_path: Path) -> None:
    (tmp_path / "watchlists.yaml").unlink()
    (tmp_path / "routes.yaml").unlink()
    said = here("watchlists", "add", "chips", "--org", "Etched")
    assert said.code == 0 and "watchlists.yaml: copied from the shipped one, with the change" in said.err
    text = (tmp_path / "watchlists.yaml").read_text()
    assert text.startswith("# Watchlists: names you care about.") and "Etched" in text


def test_without_a_configuration_of_one_s_own_nothing_is_changed(tmp_path: Path) -> None:
    said = process("outlets", "remove", "Reuters", cwd=tmp_path)
    assert said.returncode == 4 and b"the shipped configuration is in use and is never changed" in said.stderr
