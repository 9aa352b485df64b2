"""``flows``, ``buildouts``, ``tokens`` and ``searches`` on the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.conftest import Run, World


def test_flows_by_pair_and_by_organisation(told: Run) -> None:
    ended = told("flows", "--format", "json")
    (flow,) = json.loads(ended.out)
    assert (flow["to"], flow["events"], flow["people"], flow["chief"]) == ("Corvid Systems", 1, 1, 1)
    assert ended.err == "1 event\n"
    rows = list(csv.DictReader(io.StringIO(told("flows", "--by", "organisation", "--format", "csv").out)))
    assert {row["org"]: row["net"] for row in rows} == {"Corvid Systems": "1", flow["from"]: "-1"}
    assert told("flows", "--from", "Corvid Systems").out == ""


def test_moves_a_line_each(told: Run) -> None:
    (row,) = json.loads(told("moves", "--to", "Corvid Systems", "--format", "json").out)
    assert row["to_org"] == "Corvid Systems" and row["from_org"] and row["person"]
    line = told("moves", "--to", "Corvid Systems").out.rstrip("\n").split("\t")
    assert line[1] == row["person"] and line[3:5] == [row["from_org"], "Corvid Systems"] and line[-1] == row["event_id"]


def test_organisations_a_line_each(told: Run) -> None:
    ended = told("organisations", "--format", "json")
    rows = {row["name"]: row for row in json.loads(ended.out)}
    assert (rows["Corvid Systems"]["gained"], rows["Corvid Systems"]["net"]) == (1, 1)
    assert (rows["Skagen Power"]["builds"], rows["Skagen Power"]["amount"], rows["Skagen Power"]["capacity"]) == (1, 14e9, 1200.0)
    assert ended.err == f"{len(rows)} organisations\n"
    assert told("organisations", "--org", "Skagen Power").out == "Skagen Power\t0\t0\t0\t1\t14000000000\t1200\n"


@pytest.mark.parametrize("command", ["flows", "moves", "buildouts", "organisations"])
@pytest.mark.parametrize("option", ["--label=infrastructure", "--changed-after=7d"])
def test_what_sums_have_no_use_for_is_refused(told: Run, command: str, option: str) -> None:
    """It had been taken and passed over."""
    ended = told(command, option)
    assert ended.code == 2 and "No such option" in ended.err


def test_a_buildout_is_told_by_its_headline_also_where_it_names_nobody(told: Run) -> None:
    (line,) = told("buildouts").out.splitlines()
    assert "Skagen Power builds" in line and "\tSkagen Power\t" in line
    table = told("buildouts", "--format", "table").out
    assert table.startswith("Skagen Power builds"), "what stands first where a table has no room"


def test_buildouts_line_by_line_and_added_up(told: Run) -> None:
    (line,) = json.loads(told("buildouts", "--format", "json").out)
    assert (line["amount"], line["capacity"], line["progress"], line["counted"]) == (14e9, 1200.0, "planned", True)
    ended = told("buildouts", "--by", "organisation", "--format", "csv", "--fields", "name,amount,planned_capacity")
    assert ended.out.splitlines()[1] == "Skagen Power,14000000000,1200"
    assert ended.err == "1 event, $14 billion, 1.2 GW\n"
    assert told("buildouts", "--amount", "20bn").out == ""
    assert len(told("buildouts", "--by", "month").out.splitlines()) == 1
    nameless = told("buildouts", "--by", "project")
    assert (nameless.out, nameless.err) == ("", "1 event, $14 billion, 1.2 GW; none of them names a project\n")


def test_a_token_is_shown_once_listed_and_revoked(world: World, run: Run) -> None:
    def tokens(*args: str) -> str:
        ended = run("--config", world.config, "tokens", *args)
        assert ended.code == 0, ended.err
        return ended.out

    text = tokens("create", "desk", "--scope", "write", "--days", "30").strip()
    assert text.startswith("mw_") and len(text) > 50
    (row,) = json.loads(tokens("--format", "json"))
    assert (row["name"], row["scope"], row["good"]) == ("desk", "write", True) and text not in json.dumps(row)
    again = run("--config", world.config, "tokens", "create", "desk")
    assert again.code == 2 and "exists" in again.err
    tokens("revoke", "desk")
    assert json.loads(tokens("--format", "json"))[0]["good"] is False
    assert run("--config", world.config, "tokens", "revoke", "desk").code == 3


def test_a_search_is_saved_used_and_forgotten(world: World, run: Run) -> None:
    def call(*args: str) -> tuple[int, str, str]:
        ended = run("--config", world.config, *args)
        return ended.code, ended.out, ended.err

    assert call("searches", "add", "big", "org:Meta", "--amount", "5bn")[0] == 0
    assert json.loads(call("searches", "--format", "json")[1])[0]["words"] == "org:Meta amount>=5bn"
    assert call("alerts", "--search", "big") == (0, "", "")
    assert call("alerts", "--search", "small")[0] == 3
    assert call("searches", "add", "big", "org:Meta")[0] == 2
    assert call("searches", "add", "bad", "orgs:Meta")[2].startswith("movewire: there is no 'orgs'; did you mean 'org'?")
    assert call("searches", "delete", "big")[0] == 0 and call("searches", "delete", "big")[0] == 3


@pytest.mark.parametrize("args", [("--severity", ">=loud"), ("--progress", "done"), ("--watchlist", "nobody"), ("--since", "x")])
def test_a_mistake_in_the_filter_ends_with_2(args: tuple[str, str], told: Run) -> None:
    ended = told("alerts", *args)
    assert ended.code == 2 and ended.err and not ended.out
