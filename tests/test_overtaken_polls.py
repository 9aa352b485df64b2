"""A feed that is changed, put to rest or taken out while it is asked: what comes is not written of what it is by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.feed_state import FOREIGN
from monitor.model import Feed, FeedState
from monitor.store import Store, Transaction
from tests.databases import only_postgres
from tests.polling import NOW, World, item, world
from tests.servers import Reply, rss

Change = Callable[[Transaction], None]


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        made.items.append(item(1, NOW))
        made.says(etag='"one"')
        made.poll()
        made.forward(hours=1)
        made.items.insert(0, item(2, made.now))
        yield made


def meanwhile(w: World, change: Change, status: int = 200) -> None:
    """Before the answer comes, somebody else's transaction is through."""

    def reply(_: object) -> Reply:
        w.app.store.transact(change)
        return Reply(status, rss(w.items) if status == 200 else b"", {"etag": '"two"'})

    w.server.routes["/wire"] = reply


@pytest.mark.parametrize("status", [200, 304, 410, 500])
def test_another_address_starts_afresh(w: World, status: int) -> None:
    """The validators and the baseline of the old one would have made news of all that the new one holds."""
    old, address = w.feed(), f"{w.server.url}/else"
    elsewhere = Feed(id=old.id, name=old.name, url=address, given_url=address, declared=True)
    meanwhile(w, lambda tx: tx.sync_feeds([elsewhere]), status)
    [outcome] = w.poll()
    after = w.feed()
    assert outcome.new == 0 and outcome.alerts == 0
    assert (after.url, after.baseline_done, after.etag, after.body_digest) == (elsewhere.url, False, "", "")
    w.server.routes["/wire"] = lambda _: Reply(404, b"", {})
    w.server.routes["/else"] = lambda _: Reply(200, rss([item(n, w.now) for n in range(10, 15)]), {})
    w.forward(hours=1)
    assert [(o.kind, o.alerts) for o in w.poll()] == [("new", 0)]
    assert w.feed().baseline_done


@pytest.mark.parametrize("status", [200, 304, 500])
def test_a_feed_that_was_put_to_rest_rests_and_misses_nothing(w: World, status: int) -> None:
    resting = replace(w.feed(), state=FeedState.RESTING, last_error="paused")
    meanwhile(w, lambda tx: tx.save_feed(resting), status)
    w.poll()
    assert (w.feed().state, w.feed().last_error, w.feed().etag) == (FeedState.RESTING, "paused", '"one"')
    w.app.store.transact(lambda tx: tx.save_feed(replace(resting, state=FeedState.OK, last_error="")))
    w.says(etag='"two"')
    w.forward(hours=1)
    assert [o.new for o in w.poll()] == [1]


@pytest.mark.parametrize("status", [200, 304, 500])
def test_a_feed_that_a_person_found_well_is_not_quiet_again(w: World, status: int) -> None:
    """A feed whose titles are another's stays quiet until a person has looked: that word counts, not the poll begun before it."""
    quiet = replace(w.feed(), state=FeedState.QUIET, told_state=FeedState.QUIET, last_error=FOREIGN)
    w.app.store.transact(lambda tx: tx.save_feed(quiet))
    well = replace(quiet, state=FeedState.OK, told_state=FeedState.OK, last_error="", next_check=None)
    meanwhile(w, lambda tx: tx.save_feed(well), status)
    w.poll()
    assert w.feed() == well, "it is due, and asked again"
    w.says(etag='"two"')
    assert [o.new for o in w.poll()] == [1]
    assert w.feed().state == FeedState.OK


@only_postgres
@pytest.mark.parametrize("status", [304, 410, 500])
def test_a_word_that_is_being_written_while_the_poll_ends_is_waited_for(url: str, status: int, tmp_path: Path) -> None:
    """Polls that bring nothing are written beside other transactions: they must not decide by what is about to change."""
    with world(tmp_path, database={"url": url}) as w, Store.open(url) as other, ThreadPoolExecutor(1) as threads:
        w.items.append(item(1, NOW))
        w.says()
        w.poll()
        w.answers(status)
        w.forward(hours=1)
        paused = replace(w.feed(), paused=True, state=FeedState.RESTING, last_error="paused")

        def word(tx: Transaction) -> Future[object]:
            tx.save_feed(paused)
            polled = threads.submit(w.poll)
            while not polled.done() and not waiting(tx):
                pass
            return polled

        other.transact(word).result()
        assert w.feed() == paused


@only_postgres
def test_a_poll_that_is_being_written_while_the_file_is_brought_in_is_kept(url: str, tmp_path: Path) -> None:
    """Two that bring the file in take turns; a poll that brings nothing is written beside them."""
    with world(tmp_path, database={"url": url}) as w, Store.open(url) as other, ThreadPoolExecutor(1) as threads:
        before = w.feed()
        gone = replace(before, polls=before.polls + 1, etag='"two"', state=FeedState.RESTING, last_error="gone (410)")
        named = replace(before, category="press")

        def poll(tx: Transaction) -> Future[None]:
            tx.save_polled(gone)
            synced = threads.submit(w.app.store.transact, lambda tx: tx.sync_feeds([named]))
            while not synced.done() and not waiting(tx):
                pass
            return synced

        other.transact(poll, beside=True).result()
        assert w.feed() == replace(gone, category="press")


def waiting(tx: Transaction) -> bool:
    """Does anybody wait for a lock?"""
    return bool(tx.connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one())


def test_a_feed_that_was_taken_out_stays_out(tmp_path: Path) -> None:
    with world(tmp_path) as w:
        feed = w.feed()
        w.items.append(item(1, NOW))
        meanwhile(w, lambda tx: tx.delete_feed(feed.id))
        w.poll()
        assert w.app.store.read(lambda reads: reads.feed(feed.id)) is None


def test_what_a_hub_pushed_meanwhile_is_counted_whatever_the_answer(w: World) -> None:
    meanwhile(w, lambda tx: tx.save_feed(replace(w.feed(), stories=7)), 304)
    w.poll()
    assert w.feed().stories == 7
