"""A database moves into another of either kind whole, and the daemon goes on there as if nothing had happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import query
from monitor.errors import ConflictError, StoreError
from monitor.model import DeliveryState
from monitor.query import Filter
from monitor.results import PollResult, Tried
from monitor.store import Store
from monitor.store.copying import copy, restore
from tests import databases
from tests.claims import claims, ended

from .build import FEED, NOW, at, founded, story


@pytest.fixture(params=databases.KINDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with databases.fresh(request.param, tmp_path / "target", migrated=False) as made:
        yield made


def fill(url: str) -> None:
    with Store.open(url) as store:
        for number in range(30):
            store.transact(lambda tx, n=number: tx.record_poll(founded(n, at(n), channels=("slack", "hook"))))  # type: ignore[misc]
        odd = story(99, title="Zürich: “Łódź” \U0001f600 names a chief executive", summary="tab\tand\nline")
        store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=(odd,))))
        [claimed] = claims(store, at(60), limit=1)
        sent = replace(claimed.delivery, state=DeliveryState.SENT, sent_at=at(61), lease_until=None)
        ended(store, Tried(delivery=sent, at=at(61)))


@pytest.mark.slow
def test_a_database_moves_whole_and_goes_on(url: str, target: str) -> None:
    fill(url)
    copied = copy(url, target)
    assert copied.rows["stories"] == 31 and copied.rows["deliveries"] == 60
    with Store.open(url) as one, Store.open(target) as other:
        assert other.stats()["rows"] == one.stats()["rows"]
        for filter in (Filter(), Filter(q="zurich"), Filter(org=("acme",))):
            assert query.events(other, filter, limit=100) == query.events(one, filter, limit=100)
            assert query.stories(other, filter, limit=100) == query.stories(one, filter, limit=100)
        before = other.counts()
        other.transact(lambda tx: tx.record_poll(founded(3, at(3), channels=("slack", "hook"))))
        assert other.counts() == before, "what was told is known there"
        other.transact(lambda tx: tx.record_poll(founded(77, at(77))))
        assert query.events(other).items[0].first_seen == at(77)


@pytest.mark.slow
def test_nothing_is_copied_over_what_is_there_and_nothing_while_a_daemon_runs(url: str, target: str) -> None:
    fill(url)
    with pytest.raises(ConflictError, match="same database"):
        copy(url, url)
    with pytest.raises(StoreError, match=r"is empty|no such file"):
        copy(target, url)
    copy(url, target)
    with pytest.raises(StoreError, match=r"not empty: .*; --replace throws"):
        copy(url, target)
    with Store.open(target) as store:
        with store.alone(), pytest.raises(StoreError, match="another movewire daemon"):
            copy(url, target, replace=True)
        store.transact(lambda tx: tx.record_poll(founded(88, at(88))))
    copy(url, target, replace=True)
    with Store.open(target) as store:
        assert store.counts()["stories"] == 31


def test_a_backup_is_brought_back(url: str, target: str, tmp_path: Path) -> None:
    fill(url)
    with Store.open(url) as store:
        store.backup(tmp_path / "saved.db")
        kept = store.stats()["rows"]
    restore(tmp_path / "saved.db", target)
    with Store.open(target) as store:
        assert store.stats()["rows"] == kept
    (tmp_path / "notes.txt").write_text("no database" * 500)
    for wrong in ("absent.db", "notes.txt"):
        with pytest.raises(StoreError, match=wrong.partition(".")[0] if wrong == "absent.db" else "notes.txt is not a backup"):
            restore(tmp_path / wrong, target, replace=True)


def test_a_copy_that_does_not_hold_the_same_is_not_kept(url: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row the target changes while it is written (here by a trigger) is found by the checksum."""
    fill(url)
    with Store.open(target) as store:
        if store.kind == "sqlite":
            trigger = "CREATE TRIGGER spoil AFTER INSERT ON feeds BEGIN UPDATE feeds SET category = 'other'; END"
        else:
            trigger = (
                "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.category = 'other'; RETURN new; END $$;"
                "CREATE TRIGGER spoil BEFORE INSERT ON feeds FOR EACH ROW EXECUTE FUNCTION spoil()"
            )
        store.transact(lambda tx: tx.connection.exec_driver_sql(trigger))
    with pytest.raises(StoreError, match="nothing was copied"):
        copy(url, target)
    with Store.open(target) as store:
        assert store.counts()["stories"] == 0


def test_forgetting_keeps_what_was_told_and_knows_what_it_forgot(url: str) -> None:
    year = timedelta(days=365)
    with Store.open(url) as store:
        told = founded(1, at(0))
        silent = replace(founded(2, at(1)), alerts=(), deliveries=())
        loose = story(3, at(2))
        young = founded(4, NOW + year)
        for result in (told, silent, PollResult(feed=FEED, stories=(loose,)), young):
            store.transact(lambda tx, result=result: tx.record_poll(result))  # type: ignore[misc]
        assert store.forget(NOW + year, stories=None, attempts=None).stories == 0
        first = store.forget(NOW + year + timedelta(days=1), stories=year, attempts=year, most=1)
        assert (first.stories, first.events, first.more) == (1, 1, True)
        rest = store.forget(NOW + year + timedelta(days=1), stories=year, attempts=year)
        assert (rest.stories, rest.more) == (1, False)
        assert {s.id for s in query.stories(store).items} == {told.stories[0].id, young.stories[0].id}
        assert {e.id for e in query.events(store).items} == {told.events[0].id, young.events[0].id}
        known = store.read(lambda r: r.known_keys(FEED.id, [silent.keys[0].key]))
        assert known, "an entry the feed still shows is not new again"
        assert len(query.alerts(store).items) == 2
        assert query.stories(store, Filter(q="part 2")).items == ()
