"""The file rules what feeds are, the database how they fare; the schedule lives in the row."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import StoreError
from monitor.model import Feed, FeedId, FeedState
from monitor.results import PollResult
from monitor.store import Store
from monitor.store.feed_writes import NOT_DECLARED, POLLS_KEPT

from .build import FEED, NOW, at, founded


def declare(store: Store, *feeds: Feed) -> None:
    store.transact(lambda tx: tx.sync_feeds(feeds))


def polled(store: Store, feed: Feed) -> None:
    store.transact(lambda tx: tx.record_poll(PollResult(feed=feed)))


def test_declared_feeds_are_added_and_renamed_with_their_state_kept(store: Store) -> None:
    declare(store, FEED)
    polled(store, replace(FEED, polls=3, etag='"a"', next_check=at(30), baseline_done=True))
    declare(store, replace(FEED, name="Another name", category="press"))
    feed = store.feed(FEED.id)
    assert (feed.name, feed.category, feed.polls, feed.etag, feed.baseline_done) == ("Another name", "press", 3, '"a"', True)


def test_a_new_address_starts_afresh_with_a_baseline(store: Store) -> None:
    declare(store, FEED)
    gone = replace(FEED, polls=3, stories=9, etag='"a"', baseline_done=True, state=FeedState.RESTING, last_error="gone (410)")
    polled(store, gone)
    declare(store, FEED)
    assert store.feed(FEED.id).state == FeedState.RESTING, "gone stays gone while the address is the same"
    declare(store, replace(FEED, url="https://example.com/new.xml"))
    feed = store.feed(FEED.id)
    assert (feed.etag, feed.baseline_done, feed.state, feed.next_check, feed.stories) == ("", False, FeedState.OK, None, 9)


def test_a_feed_taken_out_of_the_file_rests_and_comes_back(store: Store) -> None:
    declare(store, FEED)
    polled(store, replace(FEED, etag='"a"', next_check=at(30)))
    declare(store)
    assert (store.feed(FEED.id).state, store.feed(FEED.id).last_error) == (FeedState.RESTING, NOT_DECLARED)
    assert store.due_feeds(at(60), 10) == []
    declare(store, FEED)
    assert (store.feed(FEED.id).state, store.feed(FEED.id).etag) == (FeedState.OK, '"a"')
    assert len(store.due_feeds(NOW, 10)) == 1


def test_feeds_added_by_command_are_left_alone_by_the_file(store: Store) -> None:
    own = replace(FEED, declared=False)
    store.transact(lambda tx: tx.save_feed(own))
    declare(store)
    assert store.feed(FEED.id) == own


def test_a_pause_in_the_file_is_begun_and_ended_by_the_file(store: Store) -> None:
    declare(store, FEED)
    declare(store, replace(FEED, paused=True))
    assert store.due_feeds(NOW, 10) == []
    declare(store, FEED)
    assert len(store.due_feeds(NOW, 10)) == 1


def test_a_poll_under_way_does_not_undo_a_persons_pause(store: Store) -> None:
    declare(store, FEED)
    store.transact(lambda tx: tx.save_feed(replace(FEED, paused=True, name="Renamed")))
    polled(store, replace(FEED, polls=1))
    feed = store.feed(FEED.id)
    assert (feed.paused, feed.name, feed.polls) == (True, "Renamed", 1)


def test_due_feeds_come_longest_due_first(store: Store) -> None:
    feeds = [
        replace(FEED, id=FeedId(str(n)), name=f"feed {n}", next_check=when) for n, when in enumerate([at(5), None, at(-5), at(0)])
    ]
    feeds.append(replace(FEED, id=FeedId("resting"), state=FeedState.RESTING))
    for feed in feeds:
        store.transact(lambda tx, feed=feed: tx.save_feed(feed))  # type: ignore[misc]
    assert [f.id for f in store.due_feeds(NOW, 10)] == ["1", "2", "3"]
    assert [f.id for f in store.due_feeds(NOW, 2)] == ["1", "2"]


def test_when_a_feed_is_due(store: Store) -> None:
    assert store.due_feeds(at(10_000), 10) == []
    store.transact(lambda tx: tx.save_feed(replace(FEED, next_check=at(5))))
    assert [len(store.due_feeds(at(minutes), 10)) for minutes in (4.9, 5)] == [0, 1]
    store.transact(lambda tx: tx.save_feed(replace(FEED, next_check=None)))
    assert len(store.due_feeds(at(-10_000), 10)) == 1, "at any time: now"


def test_a_feed_keeps_its_last_polls(store: Store) -> None:
    for number in range(1, POLLS_KEPT + 6):
        feed = replace(FEED, polls=number)
        store.transact(
            lambda tx, feed=feed, n=number: (  # type: ignore[misc]
                tx.save_feed(feed),
                tx.record_feed_poll(feed.id, NOW + timedelta(minutes=n), "failed", 503, 0, 0.25, f"poll {n}"),
            )
        )
    polls = store.feed_polls(FEED.id, limit=100)
    assert len(polls) == POLLS_KEPT
    assert (polls[0].error, polls[0].status, polls[0].seconds) == (f"poll {POLLS_KEPT + 5}", 503, 0.25)
    assert polls[-1].error == "poll 6"


def test_a_feed_without_stories_can_be_deleted_and_one_with_stories_rests(store: Store) -> None:
    other = replace(FEED, id=FeedId("other"), name="other")
    declare(store, FEED, other)
    store.transact(lambda tx: tx.record_feed_poll(other.id, NOW, "failed", None, 0, 0.1, "no answer"))
    store.transact(lambda tx: tx.record_poll(founded(1)))
    store.transact(lambda tx: tx.delete_feed(other.id))
    assert [f.id for f in store.feeds()] == [FEED.id]
    with pytest.raises(StoreError, match="pause it"):
        store.transact(lambda tx: tx.delete_feed(FEED.id))


def test_it_is_known_whether_a_feed_was_never_asked_and_which_never_answered(store: Store) -> None:
    """What rests is waited for by nobody."""
    one, two, rests = (replace(FEED, id=FeedId(name), name=name) for name in ("one", "two", "rests"))
    declare(store, two, one, replace(rests, state=FeedState.RESTING))
    assert store.untried()
    polled(store, replace(one, last_checked=NOW))
    assert store.untried()
    polled(store, replace(two, last_checked=NOW, last_success=NOW))
    assert not store.untried()
    assert [f.name for f in store.silent_feeds()] == ["one"]
    polled(store, replace(two, last_checked=NOW, last_success=NOW, state=FeedState.FAILING))
    assert [f.name for f in store.silent_feeds()] == ["one", "two"]
