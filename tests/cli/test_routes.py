"""``routes`` and ``silences`` as their users have them."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run, World


def test_the_routes_are_listed_with_what_they_have_from_those_around_them(world: World, run: Run) -> None:
    inside = [{"name": "labs", "match": {"org": ["Corvid"]}}]
    route = {"name": "desk", "channels": ["hook"], "digest": "daily 08:00", "timezone": "Europe/Berlin", "routes": inside}
    world.write(routes=[route | {"quiet_hours": {"from": "22:00", "to": "07:00", "days": ["mon"]}}])
    listed = json.loads(run("--config", world.config, "routes", "list", "--format", "json").out)
    assert [r["route"] for r in listed] == ["desk", "desk / labs"]
    assert (listed[1]["channels"], listed[1]["digest"], listed[1]["timezone"]) == (["hook"], "daily 08:00", "Europe/Berlin")
    assert listed[1]["quiet_hours"] == ["22:00 to 07:00 mon"]
    assert [r["match"] for r in listed] == ["", "org:Corvid"]


def test_a_headline_goes_through_every_route(world: World, run: Run) -> None:
    moves = {"name": "moves", "match": {"label": ["executive_move"]}, "channels": ["hook"]}
    world.write(routes=[{"name": "builds", "match": {"label": ["infrastructure"]}, "channels": ["hook"]}, moves])
    said = run("--config", world.config, "routes", "test", "Corvid Systems names Mara Lindqvist chief executive").out
    assert "moves → hook: at once" in said
    assert "builds: no, label is executive_move, wanted infrastructure" in said
    assert "moves: yes, at once" in said


def test_a_headline_that_is_not_flagged_says_so(world: World, run: Run) -> None:
    said = run("--config", world.config, "routes", "test", "Ten quiet keyboards, tried for a month")
    assert (said.code, said.out) == (0, "no route is asked: not flagged\n")


def test_the_last_days_are_gone_through(told: Run) -> None:
    said = told("routes", "test")
    assert said.code == 0
    assert "all: 2 alerts" in said.out
    assert "3 stored stories" in said.err
    lines = [json.loads(line) for line in told("routes", "test", "--format", "ndjson").out.splitlines()]
    assert [(line["told"], line["sent"][0]["channel"]) for line in lines] == [(True, "hook"), (True, "hook")]


def test_a_stored_story_is_found_by_its_id(told: Run) -> None:
    line = json.loads(told("routes", "test", "--format", "ndjson").out.splitlines()[0])
    said = told("routes", "test", line["story"])
    assert told("routes", "test", line["story"].lower()).out == said.out  # as any other command takes it
    assert line["title"] in said.out and "all: yes, at once" in said.out
    assert told("routes", "test", "0ZZZZZZZZZZZ").code == 3


def test_a_silence_is_added_listed_heeded_and_ended(world: World, run: Run) -> None:
    added = run(
        "--config", world.config, "silences", "add", "--org", "Corvid Systems", "--for", "7d", "--by", "Ada", "--format", "json"
    )
    silence = json.loads(added.out)
    assert (silence["match"], silence["author"], silence["state"]) == ({"org": ["Corvid Systems"]}, "Ada", "holds")
    assert '\tAda\torg:"Corvid Systems"\t' in run("--config", world.config, "silences").out
    headline = "Corvid Systems names Mara Lindqvist chief executive"
    assert "not told: silenced by Ada until" in run("--config", world.config, "routes", "test", headline).out
    assert run("--config", world.config, "silences", "expire", silence["id"][:20]).code == 0
    assert run("--config", world.config, "silences").out == ""
    assert "over" in run("--config", world.config, "silences", "list", "--all").out
    assert "hook: at once" in run("--config", world.config, "routes", "test", headline).out


def test_a_silence_by_a_saved_search(world: World, run: Run) -> None:
    headline, add = (
        "Corvid Systems names Mara Lindqvist chief executive",
        ("silences", "add", "--search", "corvid", "--for", "7d"),
    )
    assert "there is no saved search 'corvid'" in run("--config", world.config, *add).err
    assert run("--config", world.config, "searches", "add", "corvid", "org:Corvid").code == 0
    assert run("--config", world.config, *add).code == 0
    assert '"search": "corvid"' in run("--config", world.config, "silences", "--format", "json").out
    told = run("--config", world.config, "routes", "test", headline).out
    assert "not told: silenced by" in told and "by the saved search 'corvid' (org:Corvid)" in told
    assert "named by the silence" in run("--config", world.config, "searches", "delete", "corvid").err


def test_a_silence_says_sums_and_severities_as_a_search_does(world: World, run: Run) -> None:
    least = ("--amount", "5bn", "--capacity", "1.2GW", "--severity", ">=high")
    added = run("--config", world.config, "silences", "add", *least, "--for", "7d", "--format", "json")
    assert json.loads(added.out)["match"] == {
        "amount_at_least": 5e9,
        "capacity_at_least": 1200,
        "severity_at_least": "high",
    }
    assert "amount>=5000000000 capacity>=1200 severity>=high" in run("--config", world.config, "silences").out
    heard = run("--config", world.config, "silences", "add", "--status", "rumoured", "--for", "7d", "--format", "json")
    assert json.loads(heard.out)["match"] == {"status": ["rumored"]}


def test_a_silence_takes_the_filter_s_options_but_those_of_lists(world: World, run: Run) -> None:
    said = ("--from", "Corvid Systems", "--severity", ">=high", "--severity", "low", "--query", '"data center"')
    added = run("--config", world.config, "silences", "add", *said, "--until", "2100-01-01", "--format", "json")
    assert json.loads(added.out)["match"] == {
        "from_org": ["Corvid Systems"],
        "severity": ["high", "critical", "low"],
        "q": '"data center"',
    }
    assert run("--config", world.config, "silences", "add", "--since", "7d", "--org", "A", "--for", "7d").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--amount", "much", "--for", "7d"), "amount: 'much' is not a number"),
        (("--severity", ">=huge", "--for", "7d"), "'>=huge' is not one of"),
        (("--org", "A", "--org", " ", "--for", "7d"), "org: is empty"),
        (("--org", "A"), "either --for (how long) or --until"),
        (("--org", "A", "--for", "soon"), "'soon' is not a time"),
        (("--org", "A", "--until", "tomorrow"), "'tomorrow' is not a date or time"),
        (("--for", "7d"), "has no condition"),
        (("--label", "moves", "--for", "7d"), "label"),
        (("--watchlist", "none-such", "--for", "7d"), "'none-such' is unknown"),
        (("--org", "A", "--until", "2020-01-01"), "would end before it begins"),
    ],
)
def test_a_silence_that_cannot_be_is_refused_in_words(world: World, run: Run, arguments: tuple[str, ...], words: str) -> None:
    said = run("--config", world.config, "silences", "add", *arguments)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
