from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor import backtest, query
from monitor.backtest import BacktestError
from monitor.model import Label, Match, Move, MoveAction, Status, Story, Verdict
from monitor.settings.schema import Settings
from monitor.store import Store


class Verb:
    """A classifier of one sentence form: "PERSON joins ORG"."""

    name, version = "verb", "1"

    def classify(self, story: Story) -> Verdict:
        person, verb, org = story.title.partition(" joins ")
        if not verb:
            return Verdict(story_id=story.id)
        slots = Move(person=person, action=MoveAction.HIRE, to_org=org, status=Status.CONFIRMED)
        match = Match(story_id=story.id, label=Label.EXECUTIVE_MOVE, score=0.9, moves=(slots,))
        scores = {Label.EXECUTIVE_MOVE: 0.9}
        return Verdict(story_id=story.id, scores=scores, matches=(match,), orgs=(org,), people=(person,))


def record(name: str, title: str, day: int, **more: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": title,
        "summary": "",
        "url": "",
        "source": "Harbor Wire",
        "published": f"2026-03-{day:02}",
    } | more


RECORDS = [
    record("c", "Mara Velling joins Borealis Compute", 5, source="Dockside Post"),
    record("a", "Rain is expected along the coast", 3),
    record("b", "Mara Velling joins Borealis Compute", 4),
    record("d", "Oskar Brandt joins Tidewater Grid", 5),
]


def test_stories_are_taken_in_time_order_and_keep_their_ids() -> None:
    rows = list(backtest.run(RECORDS, classifier=Verb()))
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]


def test_a_row_has_what_the_scorer_reads_and_why() -> None:
    rows = {row["id"]: row for row in backtest.run(RECORDS, classifier=Verb())}
    assert (rows["a"]["labels"], rows["a"]["event_id"], rows["a"]["alerted"]) == ([], None, False)
    first, copy, other = rows["b"], rows["c"], rows["d"]
    assert first["labels"] == ["executive_move"]
    assert first["scores"] == {"executive_move": 0.9, "infrastructure": 0.0}
    assert first["moves"][0]["to_org"] == "Borealis Compute"
    assert (first["relation"], first["alerted"]) == ("founder", True)
    assert (copy["event_id"], copy["relation"], copy["alerted"]) == (first["event_id"], "member", False)
    assert other["event_id"] != first["event_id"]
    assert json.loads(json.dumps(rows["b"])) == rows["b"]


def test_totals_count_events_and_messages() -> None:
    counts = backtest.totals(backtest.run(RECORDS, classifier=Verb()))
    assert (counts["stories"], counts["flagged"], counts["events"], counts["alerts"]) == (4, 3, 2, 2)


def test_what_is_kept_can_be_asked_and_nothing_of_it_is_sent(tmp_path: Path) -> None:
    given: dict[str, Any] = {"classifier": Verb(), "settings": Settings()}
    with Store.open(f"sqlite:///{tmp_path}/m.db") as store:
        rows = list(backtest.keep(RECORDS, store, **given))
        assert rows == list(backtest.run(RECORDS, classifier=Verb()))
        alerts = query.alerts(store).items
        assert [a.event_id for a in alerts] == [row["event_id"] for row in reversed(rows) if row["alerted"]]
        assert [a.created_at.day for a in alerts] == [5, 4]
        told = query.event(store, rows[1]["event_id"])
        assert {m.story_id: m.relation for m in told.memberships} == {"b": "founder", "c": "member"}
        assert store.counts()["stories"] == 4 and query.deliveries(store).items == ()
        assert store.due_feeds(datetime(2126, 1, 1, tzinfo=UTC), 10) == [], "the feed of a backtest is never polled"
        with pytest.raises(BacktestError, match="holds stories already"):
            next(backtest.keep(RECORDS, store, **given))


def test_the_order_of_the_file_does_not_matter() -> None:
    assert list(backtest.run(RECORDS, classifier=Verb())) == list(backtest.run(RECORDS[::-1], classifier=Verb()))


@pytest.mark.parametrize("name", ["stories.jsonl", "stories.jsonl.gz"])
def test_files_are_read_plain_or_compressed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = "".join(json.dumps(r) + "\n" for r in RECORDS) + "\n"
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    assert list(backtest.read_stories(path)) == RECORDS


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}'])
def test_a_line_that_is_no_story_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps(RECORDS[0]) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(BacktestError, match=r"stories\.jsonl:2"):
        list(backtest.read_stories(path))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BacktestError, match="absent"):
        list(backtest.read_stories(tmp_path / "absent.jsonl"))


@pytest.mark.parametrize("published", ["2026-03-04T10:00:00Z", "2026-03-04 10:00", "", "soon"])
def test_a_date_of_any_form_gives_an_aware_time(published: str) -> None:
    found = backtest.to_story(record("a", "Rain is expected", 1, published=published))
    assert found.at.tzinfo is not None
    assert found.at in (datetime(2026, 3, 4, 10, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC))
