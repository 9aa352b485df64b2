"""Budgets over all processes, rests of hosts, keys kept fresh, addresses followed, subscriptions: on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.model import Correction, FeedId, FeedState
from monitor.results import PollResult, Subscription, SubscriptionState
from monitor.store import Store, care
from monitor.text import title_digest

from .build import FEED, NOW, at, founded, key, story


def test_turns_of_a_budget_never_meet(store: Store) -> None:
    turns = [store.transact(lambda tx: tx.reserve("sec.gov", 10.0, NOW)) for _ in range(5)]
    assert turns == [NOW + timedelta(milliseconds=100 * n) for n in range(5)]
    assert store.transact(lambda tx: tx.reserve("another", 1.0, NOW)) == NOW
    later = NOW + timedelta(minutes=5)
    assert store.transact(lambda tx: tx.reserve("sec.gov", 10.0, later)) == later


def test_a_turn_that_a_clock_gave_which_was_ahead_holds_nobody_up(store: Store) -> None:
    """A day ahead: EDGAR would be asked nothing, and wait with one of the places of what is under way."""
    store.transact(lambda tx: tx.reserve("sec.gov", 10.0, NOW + timedelta(days=1)))
    turns = [store.transact(lambda tx: tx.reserve("sec.gov", 10.0, NOW)) for _ in range(400)]
    assert turns == [NOW + timedelta(milliseconds=100 * n) for n in range(400)], "and a long line is kept"


def test_feeds_of_a_host_are_postponed_and_never_brought_forward(store: Store) -> None:
    for number, (url, when) in enumerate(
        (("https://a.example/1", None), ("https://a.example/2", at(300)), ("https://b.example/1", at(1)))
    ):
        feed = replace(FEED, id=FeedId(str(number)), name=str(number), url=url, next_check=when)
        store.transact(lambda tx, feed=feed: tx.save_feed(feed))  # type: ignore[misc]
    assert store.transact(lambda tx: tx.postpone(at(60), lambda url: "a.example" in url)) == 1
    assert [f.next_check for f in store.feeds()] == [at(60), at(300), at(1)]


def test_a_resting_feed_is_not_woken_by_a_rest(store: Store) -> None:
    store.transact(lambda tx: tx.save_feed(replace(FEED, state=FeedState.RESTING, next_check=at(1))))
    assert store.transact(lambda tx: tx.postpone(at(60), lambda _: True)) == 0


def test_keys_of_what_still_stands_are_kept_fresh(store: Store) -> None:
    stories = tuple(story(n) for n in range(3))
    keys = tuple(replace(key(s), last_seen=at(-1440 * n)) for n, s in enumerate(stories))
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=stories, keys=keys)))
    store.transact(lambda tx: tx.refresh_keys(FEED.id, at(60), at(-1500)))
    known = store.read(lambda r: r.known_keys(FEED.id, [k.key for k in keys]))
    assert [known[k.key].last_seen for k in keys] == [at(60), at(60), at(-2880)]


def test_an_address_is_followed_once_and_only_from_where_it_was(store: Store) -> None:
    store.transact(lambda tx: tx.save_feed(FEED))
    assert store.transact(lambda tx: tx.move_feed(FEED.id, FEED.url, "https://new.example/", FEED.url))
    assert not store.transact(lambda tx: tx.move_feed(FEED.id, FEED.url, "https://other.example/", FEED.url))
    assert (store.feed(FEED.id).url, store.feed(FEED.id).given_url) == ("https://new.example/", FEED.url)


def test_stories_are_found_by_title_and_by_feed(store: Store) -> None:
    stories = tuple(story(n, at(n)) for n in range(4))
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=stories)))
    digest = title_digest(stories[2].title)
    found = store.read(lambda r: r.stories_by_title([digest, "", "unknown"], at(0)))
    assert [s.id for s in found[digest]] == [s.id for s in stories if title_digest(s.title) == digest]
    assert store.read(lambda r: r.stories_by_title([digest], at(100))) == {}
    assert store.read(lambda r: r.recent_stories(FEED.id, 2)) == [stories[3], stories[2]]


def test_a_subscription_is_kept_and_its_feed_knows_how_long_it_is_pushed(store: Store) -> None:
    store.transact(lambda tx: tx.save_feed(FEED))
    sub = Subscription(
        feed_id=FEED.id, hub="https://hub.example/", topic=FEED.url, token="t", secret="s", next_request=at(5), failures=2
    )
    store.transact(lambda tx: tx.save_subscription(sub))
    assert store.read(lambda r: care.subscription_of(r, token="t")) == sub
    assert store.read(lambda r: care.subscription_of(r, token="other")) is None
    assert store.read(lambda r: care.due_subscriptions(r, at(4), 10)) == []
    assert store.read(lambda r: care.due_subscriptions(r, at(5), 10)) == [sub]
    active = replace(sub, state=SubscriptionState.ACTIVE, verified_at=NOW, lease_until=at(600))
    store.transact(lambda tx: tx.save_subscription(active))
    store.transact(lambda tx: tx.count_push(FEED.id, at(9)))
    assert store.read(lambda r: care.subscription_of(r, feed_id=FEED.id)) == replace(active, pushes=1, last_push=at(9))
    assert store.feed(FEED.id).pushed_until == at(600)
    store.transact(lambda tx: tx.save_polled(replace(FEED, polls=1)))
    assert store.feed(FEED.id).pushed_until == at(600), "a poll under way does not undo it"
    store.transact(lambda tx: tx.save_subscription(replace(active, state=SubscriptionState.OFF)))
    assert store.feed(FEED.id).pushed_until is None
    assert store.read(lambda r: care.due_subscriptions(r, at(9999), 10)) == []


def test_events_that_became_one_by_themselves_are_nobody_s_corrections(store: Store) -> None:
    """`db stats` is asked how much people had to put right."""
    polls = [founded(n, at(n)) for n in range(4)]
    for poll in polls:
        store.transact(lambda tx, poll=poll: tx.record_poll(poll))  # type: ignore[misc]
    a, b, c, d = (poll.events[0].id for poll in polls)
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, folded=((b, a), (c, a)), events=(polls[0].events[0],))))
    rows = store.stats()["rows"]
    assert (rows["corrections"], rows["folds"], rows["events"]) == (0, 2, 2)
    said = Correction(id="c1", kind="merge", event_id=a, other_id=d, stories=(polls[0].stories[0].id,), by="ines", at=at(9))
    store.transact(lambda tx: tx.record_correction(said))
    rows = store.stats()["rows"]
    assert (rows["corrections"], rows["folds"]) == (1, 2)
