"""Asking what was stored, with the database alone: alerts, events, deliveries, feeds, and what comes of mistakes."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.model import DeliveryState, Feed, FeedId
from monitor.results import Tried
from monitor.store import Store
from monitor.surfaces.details import DeliveryTold
from tests.claims import claims, ended
from tests.cli.conftest import ROOT, Run, World
from tests.servers import LocalServer
from tests.store.build import at, founded, item

MOVE = "Mara Lindqvist"


def alerts(told: Run, *args: str) -> list[dict[str, object]]:
    ended = told("alerts", *args, "--format", "json")
    assert ended.code == 0, ended.err
    found: list[dict[str, object]] = json.loads(ended.out)
    return found


def test_alerts_alone_is_alerts_list(told: Run) -> None:
    assert told("alerts").out == told("alerts", "list").out
    assert MOVE in told("alerts").out


def test_what_was_told_has_labels_status_reasons_and_slots(told: Run) -> None:
    by_label = {str(row["labels"]): row for row in alerts(told)}
    assert set(by_label) == {"['executive_move']", "['infrastructure']"}
    move = by_label["['executive_move']"]
    assert move["revision"] == 1 and move["status"] == "confirmed" and move["reasons"]
    assert move["moves"][0]["person"] == MOVE and move["moves"][0]["to_org"] == "Corvid Systems"  # type: ignore[index]
    assert (move["moves"][0]["to_org_id"], move["moves"][0]["to_level"]) == ("corvid-systems", 1)  # type: ignore[index]


@pytest.mark.parametrize(
    ("args", "count"),
    [
        (("--label", "executive_move"), 1),
        (("--label", "executive_move", "--label", "infrastructure"), 2),
        (("--to", "Corvid Systems"), 1),
        (("--from", "Corvid Systems"), 0),
        (("--org", "northlight ai"), 1),
        (("--person", "lindqvist"), 1),
        (("--status", "denied"), 0),
        (("--status", "rumoured"), 0),
        (("--action", "hire"), 1),
        (("--location", "Texas"), 1),
        (("--amount", "10e9"), 1),
        (("--capacity", "2000"), 0),
        (("--since", "7d"), 2),
        (("--until", "7d"), 0),
        (("-q", "campus"), 1),
        (("--limit", "1"), 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_filters_choose(args: tuple[str, ...], count: int, told: Run) -> None:
    assert len(alerts(told, *args)) == count
    assert len(json.loads(told("events", *args, "--format", "json").out)) == count


def test_who_closed_the_output_gets_no_fault(told_once: World) -> None:
    command = f"{sys.executable} -m monitor --config {told_once.config} alerts --format csv >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_empty_list_is_no_failure(told: Run) -> None:
    for form, out in (("json", "[]\n"), ("tsv", ""), ("ndjson", ""), ("csv", "at,severity,status,headline,revision,id\r\n")):
        ended = told("alerts", "--person", "Nobody", "--format", form)
        assert (ended.code, ended.out, ended.err) == (0, out, "")
    table = told("alerts", "--person", "Nobody", "--format", "table")
    assert (table.code, table.out, table.err) == (0, "", "nothing found\n")


def test_stories_are_listed_flagged_or_not_and_lead_to_why(told: Run) -> None:
    """Of what nobody was told, the id to ask `explain` with."""
    every = json.loads(told("stories", "--format", "json").out)
    assert len(every) == 3
    assert len(json.loads(told("stories", "--label", "infrastructure", "--format", "json").out)) == 1
    (quiet,) = json.loads(told("stories", "-q", "keyboards", "--format", "json").out)
    assert "not flagged" in told("explain", quiet["id"]).out
    for feed in (quiet["feed_id"], "Sample [red]Wire[/red]"):
        assert len(json.loads(told("stories", "--feed", feed, "--format", "json").out)) == 3
    unknown = told("stories", "--feed", "Sample Wire")
    assert unknown.code == 3 and "movewire: no feed 'Sample Wire': did you mean 'Sample [red]Wire[/red]'?" in unknown.err
    assert told("stories").out.splitlines()[0].count("\t") == 3


LISTS = """alerts;events;events corrections;stories;deliveries;feeds;feeds history Sample;feedback;flows;flows --by organisation;
    buildouts;
    buildouts --by month;silences;searches;tokens;train --list"""


@pytest.fixture(scope="module")
def never_polled(net: LocalServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration whose database has a feed that was never polled, and nothing else. For reading only."""
    made = World(tmp_path_factory.mktemp("never"), net, [])
    made.write()
    with Store.open(f"sqlite:///{made.folder}/movewire.db") as store:
        store.transact(lambda tx: tx.save_feed(Feed(id=FeedId("f"), name="Sample", url="https://example.org/f")))
    return made.config


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("command", [words.strip() for words in LISTS.split(";")])
def test_a_field_there_is_none_of_is_told_also_where_nothing_is_listed(
    run: Run, never_polled: Path, command: str, form: str
) -> None:
    asked = ("--config", never_polled, *command.split(" "), "--format", form, "--fields")
    ended = run(*asked, "nope")
    assert ended.code == 2 and "--fields: there is no nope; there are " in " ".join(ended.err.split()), ended.err
    known = ended.err.split("there are ")[1].replace("\n", " ").replace(" ", "").split(",")
    assert run(*asked, ",".join(known)).code == 0


def test_an_alert_that_waits_for_a_digest_is_told_to_be_delivered_to_somebody(run: Run, tmp_path: Path) -> None:
    database, waits = f"sqlite:///{tmp_path}/m.db", item(founded(0), 60)
    with Store.open(database) as store:
        store.transact(lambda tx: tx.record_poll(waits))
    shown = run("--database", database, "alerts", "show", str(waits.alerts[0].id)).out
    assert "Delivered to nobody" not in shown and "slack, revision 1: waits for the digest of 2026-" in shown


def test_one_alert_and_one_event_are_shown_by_the_beginning_of_an_id(told: Run) -> None:
    (row,) = alerts(told, "--label", "executive_move")
    shown = told("alerts", "show", str(row["id"]))
    assert shown.code == 0 and MOVE in shown.out and "hook, revision 1: sent" in shown.out
    event = told("events", "show", str(row["event_id"]), "--format", "json")
    assert json.loads(event.out)["members"][0]["relation"] == "founder"
    whole = told("events", "show", str(row["event_id"])[:24]).out
    assert "How it developed" in whole and "  wire.example: " in whole, "a story whose feed names no outlet has its host's name"
    assert "first reported as: confirmed" in whole, "in the words of the messages"


@pytest.mark.parametrize(
    "args",
    [("alerts", "show", "0ZZZZ"), ("events", "show", "x"), ("deliveries", "show", "0ZZ"), ("feeds", "show", "No Such"),
     ("feeds", "poll", "No Such"), ("channels", "test", "nowhere"), ("channels", "enable", "nowhere"),
     ("explain", "01ARZ3NDEKTSV4RRFF")],
    ids=" ".join,
)  # fmt: skip
def test_what_is_not_there_ends_with_3(args: tuple[str, ...], told: Run) -> None:
    ended = told(*args)
    assert ended.code == 3 and ended.err.startswith("movewire: no ") and not ended.out


def test_deliveries_tell_where_it_went(told: Run) -> None:
    rows = json.loads(told("deliveries", "--format", "json").out)
    assert {(r["channel"], r["state"], r["attempts"], r["last_status"]) for r in rows} == {("hook", "sent", 1, 200)}
    assert "1. " in told("deliveries", "show", rows[0]["id"]).out
    shown = json.loads(told("deliveries", "show", rows[0]["id"][:24], "--format", "json").out)
    assert set(shown) == set(DeliveryTold.__annotations__) and shown["delivery"] == rows[0] and shown["says"]
    assert [(one["number"], one["status"], one["next_attempt"]) for one in shown["attempts"]] == [(1, 200, None)]
    assert told("deliveries", "--state", "dead").out == ""
    assert "nothing to send again" in told("deliveries", "retry", "--failed", "--yes").err
    again = told("deliveries", "retry", rows[0]["id"])
    assert (again.code, again.err) == (2, f"movewire: delivery {rows[0]['id']} was sent already and is not sent twice\n")


def test_feeds_tell_how_they_fare_and_their_names_are_no_markup(told: Run) -> None:
    (row,) = json.loads(told("feeds", "--format", "json").out)
    assert (row["state"], row["stories"], row["matches"], row["share"]) == ("ok", 3, 2, "67%")
    assert "[red]Wire[/red]" in told("feeds", "--format", "table").out
    assert "new" in told("feeds", "show", row["name"]).out
    assert told("feeds", "--state", "failing").out == ""


def test_a_story_s_id_can_be_explained(told: Run, told_once: World) -> None:
    (row,) = alerts(told, "--label", "executive_move")
    story = json.loads(told("events", "show", str(row["event_id"]), "--format", "json").out)["members"][0]["story"]["id"]
    assert json.loads(told("explain", story, "--format", "json").out)["moves"][0]["person"] == MOVE


def test_csv_can_be_read_back(told: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(told("alerts", "--format", "csv", "--fields", "id,headline").out)))
    assert len(rows) == 2 and set(rows[0]) == {"id", "headline"}


def test_the_database_is_said_upgraded_and_copied(told: Run, tmp_path: Path) -> None:
    assert "revision" in told("db", "upgrade").err
    stats = json.loads(told("db", "stats", "--format", "json").out)
    assert stats["rows"]["alerts"] == 2 and stats["bytes"] > 0
    copy = tmp_path / "copy.db"
    assert told("db", "backup", copy).code == 0
    assert json.loads(told("--database", f"sqlite:///{copy}", "alerts", "--format", "json").out) == alerts(told)
    assert told("db", "backup", copy).code == 2


def test_who_may_not_read_the_database_may_not_read_its_backup(run: Run, tmp_path: Path) -> None:
    url, copy = f"sqlite:///{tmp_path}/m.db", tmp_path / "copy.db"
    run("--database", url, "db", "upgrade")
    (tmp_path / "m.db").chmod(0o600)
    assert run("--database", url, "db", "backup", copy).code == 0
    assert copy.stat().st_mode & 0o777 == 0o600


def test_health_counts_what_was_given_up(run: Run, tmp_path: Path) -> None:
    """Of a channel's deliveries given up within an hour one is told; how many there are is seen here and in the metrics."""
    url = f"sqlite:///{tmp_path}/m.db"
    with Store.open(url) as store:
        for number in range(2):
            store.transact(lambda tx, n=number: tx.record_poll(founded(n, at(n), channels=("hook",))))  # type: ignore[misc]
            [claimed] = claims(store, at(10))
            dead = replace(claimed.delivery, state=DeliveryState.DEAD, lease_until=None, last_error="404")
            ended(store, Tried(delivery=dead, at=at(10), attempt=None))
    told = dict(line.split("  ", 1) for line in run("--database", url, "health").out.splitlines())
    assert told["given up deliveries"].strip() == "2"


def test_health_says_that_no_daemon_has_run(told: Run) -> None:
    ended = told("health")
    assert ended.code == 1 and "no daemon has run" in ended.out
    assert told("health", "--quiet").out == ""


def test_quiet_is_quiet_and_data_goes_to_stdout_alone(told: Run) -> None:
    assert told("--quiet", "db", "upgrade").err == ""
    assert told("alerts").err == ""


# -- as processes


def test_a_reader_that_has_had_enough_is_no_error(told_once: World) -> None:
    for form in ("tsv", "table"):
        command = f'"{sys.executable}" -m monitor --config "{told_once.config}" alerts --format {form} | head -c 5'
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, timeout=60, check=False)
        assert done.stderr == b"" and done.returncode == 0, form


def test_a_closed_pipe_is_no_error_even_before_the_first_line(told_once: World) -> None:
    command = f'{{ sleep 0.1; "{sys.executable}" -m monitor --config "{told_once.config}" alerts; }} | true'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_gets_a_table_and_its_colours_unless_it_wants_none(told_once: World) -> None:
    """On a pseudo-terminal: the head of a table, drawn in colour, or without where NO_COLOR is set."""

    def drawn(**environ: str) -> str:
        ours, theirs = pty.openpty()
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_") and k != "NO_COLOR"}
        subprocess.run(
            [sys.executable, "-m", "monitor", "--config", str(told_once.config), "alerts"],
            stdout=theirs, stdin=theirs, cwd=ROOT, env=clean | {"TERM": "xterm-256color", "COLUMNS": "120"} | environ,
            timeout=60, check=True,
        )  # fmt: skip
        os.close(theirs)
        screen = os.read(ours, 65536).decode()
        os.close(ours)
        return screen

    coloured, plain = drawn(), drawn(NO_COLOR="1")
    assert "severity" in coloured and "\x1b[" in coloured
    assert "severity" in plain and MOVE in plain and "\x1b[3" not in plain


def test_words_that_are_no_utf_8_are_survived(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "explain", b"\xff\xfe hires", "--format", "json"],
        capture_output=True, cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "LC_ALL": "C"}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "hires" in json.loads(done.stdout)["title"], done.stderr


def test_a_mistaken_configuration_ends_with_4_and_starts_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "movewire.yaml").write_text("polling:\n  min_intervl: 5m\nchannels:\n  hook: {type: webhok}\nroutes: []\n")
    for command in (("run",), ("alerts",), ("config", "check"), ("health",), ("feeds", "poll")):
        ended = run(*command)
        assert ended.code == 4 and ended.out == ""
        assert "movewire.yaml:2: polling.min_intervl: found a key that does not exist; expected 'min_interval'" in ended.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["movewire.yaml"]


def test_an_unknown_kind_of_channel_and_of_feed_are_said_together(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "movewire.yaml").write_text(
        "channels:\n  hook: {type: webhok, url: 'https://a.example'}\nroutes: []\n"
        "feeds:\n  - {name: A, url: 'https://a.example/f', source: atm}\n"
    )
    ended = run("run")
    assert ended.code == 4
    assert ended.err.splitlines() == [
        "movewire: movewire.yaml:2: channels.hook.type: found 'webhok'; expected 'webhook'",
        "movewire: movewire.yaml:5: feed 'A': source: found 'atm'; expected one of edgar, google_news, jsonfeed, syndication",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["movewire.yaml"]


def test_deliveries_of_a_channel_that_is_none_are_not_an_empty_list(told: Run) -> None:
    assert len(told("deliveries", "--channel", "hook").out.splitlines()) == 2
    unknown = told("deliveries", "--channel", "hok")
    assert unknown.code == 3 and unknown.err == "movewire: no channel 'hok': did you mean 'hook'?\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("alerts", "--since", ""), "since: is empty; leave it out"),
        (("events", "--amount", " "), "amount: is empty; leave it out"),
        (("stories", "--feed", ""), "no feed ''"),
        (("alerts", "--search", ""), "no search ''"),
        (("deliveries", "--since", ""), "since: '' is not a time"),
        (("deliveries", "--channel", ""), "no channel ''"),
        (("alerts", "--fields", ""), "--fields: is empty; leave it out"),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, tuple) else "",
)
def test_an_option_that_is_left_empty_is_not_left_out(told: Run, args: tuple[str, ...], says: str) -> None:
    """As a script gives it whose variable is not set: the list of everything is no answer to that."""
    ended = told(*args)
    assert ended.code in (2, 3) and ended.out == "" and says in ended.err


def test_no_words_to_look_for_are_none(told: Run) -> None:
    assert told("alerts", "-q", "").out == told("alerts").out
