"""What becomes of a feed: it moves, goes, falls silent, fails for others' fault; and what the operator is told of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import feed_state
from monitor.app import feed_of
from monitor.model import FeedState
from tests.polling import NOW, World, item, w, world
from tests.servers import Reply, document, rss

__all__ = ["w"]  # a fixture


# -- addresses


def test_a_feed_moves_after_five_permanent_redirects_over_two_days(w: World) -> None:
    old = f"{w.server.url}/wire"
    w.server.routes["/new"] = document(lambda: rss(w.items))
    for status in (301, 308, 301, 308):
        w.answers(status, location="/new")
        w.poll()
        w.forward(hours=16)
        assert w.feed().url == old
    w.answers(301, location="/new")
    w.poll()
    feed = w.feed()
    assert (feed.url, feed.given_url, feed.moved_polls) == (f"{w.server.url}/new", old, 0)
    w.items.insert(0, item(9, w.now))
    w.forward(hours=1)
    assert w.poll()[0].new == 1, "what it said at its new address is its baseline there"
    w.app.store.transact(lambda tx: tx.sync_feeds([]))

    w.app.store.transact(lambda tx: tx.sync_feeds([feed_of(entry) for entry in w.app.settings.feeds]))
    assert w.feed().url == f"{w.server.url}/new", "a restart does not move it back"


@pytest.mark.parametrize(
    ("statuses", "step"),
    [((301,) * 5, 11), ((302,) * 6, 24), ((301, 301, 302, 301, 301), 24)],
    ids=["too soon", "temporary", "interrupted"],
)
def test_nothing_less_moves_a_feed(w: World, statuses: tuple[int, ...], step: int) -> None:
    w.server.routes["/new"] = document(lambda: rss(w.items))
    for status in statuses:
        w.answers(status, location="/new")
        w.poll()
        w.forward(hours=step)
    assert w.feed().url == f"{w.server.url}/wire"


def test_a_person_who_changes_the_address_meanwhile_is_not_overruled(w: World) -> None:
    feed = w.feed()
    w.app.store.transact(lambda tx: tx.save_feed(replace(feed, url="https://mended.example/")))
    assert not w.app.store.transact(lambda tx: tx.move_feed(feed.id, feed.url, "https://else.example/", feed.url))
    w.app.store.transact(lambda tx: tx.save_polled(feed))
    assert w.feed().url == "https://mended.example/"


def test_a_410_rests_and_says_so(w: World) -> None:
    w.poll()
    w.answers(410)
    w.forward(hours=1)
    assert w.poll()[0].kind == "gone"
    assert w.feed().state == FeedState.RESTING
    assert "410" in w.feed().last_error and w.feed().failures == 1
    assert w.app.store.due_feeds(w.now + timedelta(days=400), 10) == []


# -- silent deaths


def test_a_feed_that_turns_empty_is_quiet_and_asked_in_full_until_it_speaks(w: World) -> None:
    w.says(etag='"full"')
    w.poll()
    kept, w.items[:] = list(w.items), []
    w.forward(hours=1)
    [outcome] = w.poll()
    assert (outcome.kind, w.feed().state, w.feed().last_error) == ("failed", FeedState.QUIET, feed_state.EMPTIED)
    w.forward(hours=1)
    w.poll()
    assert "if-none-match" not in w.server.asked[-1].headers
    w.items[:] = [item(9, w.now), *kept]
    w.forward(hours=1)
    assert w.poll()[0].new == 1
    assert w.feed().state == FeedState.OK


def test_a_feed_of_copies_alone_that_turns_empty_is_quiet_too(tmp_path: Path) -> None:
    """It has no story of its own: all came by the other feed first."""
    with world(tmp_path, "wire", "copies") as w:
        w.items[:] = [item(n, NOW - timedelta(hours=n)) for n in (1, 2, 3)]
        w.says()
        w.poll()
        w.server.routes["/copies"] = lambda _: Reply(200, rss(w.items))
        assert w.poll("copies")[0].new == 0
        w.server.routes["/copies"] = lambda _: Reply(200, rss([]))
        w.forward(hours=1)
        w.poll("copies")
        assert (w.feed("copies").stories, w.feed("copies").state) == (0, FeedState.QUIET)


def test_an_empty_first_poll_is_a_baseline(w: World) -> None:
    w.items.clear()
    w.poll()
    feed = w.feed()
    assert (feed.state, feed.baseline_done) == (FeedState.OK, True)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!doctype html><html><head><title>Welcome</title></head></html>", "a web page"),
        (b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", "bot challenge"),
    ],
)
def test_a_web_page_or_a_challenge_instead_of_a_feed_is_a_failure_in_plain_words(w: World, body: bytes, words: str) -> None:
    w.poll()
    w.answers(200, body, content_type="text/html")
    w.forward(hours=1)
    w.poll()
    assert w.feed().state == FeedState.FAILING
    assert words in w.feed().last_error


def test_a_304_for_longer_than_ten_usual_gaps_is_quiet(w: World) -> None:
    w.says(etag='"stuck"')
    w.poll()
    assert w.feed().gap_seconds == 3600
    w.answers(304)
    w.forward(hours=9)
    w.poll()
    assert w.feed().state == FeedState.OK
    w.forward(hours=2)
    w.poll()
    assert w.feed().state == FeedState.QUIET
    assert w.feed().last_error == "unchanged for 11 hours, though it usually has a story every 60 minutes"
    w.items.insert(0, item(9, w.now))
    w.says(etag='"new"')
    w.forward(hours=1)
    w.poll()
    assert w.feed().state == FeedState.OK


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(7200, "2 hours"), (7199, "120 minutes"), (2 * 86400, "2 days"), (2 * 86400 - 1, "48 hours"), (120, "2 minutes")],
)
def test_a_span_is_told_in_the_largest_unit_it_holds_twice(seconds: float, said: str) -> None:
    assert feed_state._long(seconds) == said


def test_a_desk_that_rests_on_sundays_is_not_dead(w: World) -> None:
    """Ten usual gaps are less than the longest it has lately been silent."""
    w.items[:] = [item(n, NOW - timedelta(hours=n)) for n in range(20)] + [item(99, NOW - timedelta(hours=80))]
    w.says(etag='"a"')
    w.poll()
    w.answers(304)
    w.forward(hours=62)
    w.poll()
    assert w.feed().state == FeedState.OK


def test_titles_that_no_longer_belong_are_quiet_and_alerted_to_nobody(w: World) -> None:
    w.items[:] = [item(n, NOW - timedelta(hours=n)) for n in range(1, 16)]
    w.poll()
    spam = [f"Lucky casino bonus spins jackpot slot number {n}" for n in range(8)]
    spam[0] = "Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive"
    strangers = [item(100 + n, NOW, title=title) for n, title in enumerate(spam)]
    w.answers(200, rss(strangers, title="Best Betting Offers").replace(b"wire.example", b"spins.example"))
    w.forward(hours=1)
    [outcome] = w.poll()
    assert (outcome.new, outcome.alerts) == (8, 0)
    assert (w.feed().state, w.feed().last_error) == (FeedState.QUIET, feed_state.FOREIGN)
    w.forward(hours=1)
    w.poll()
    assert w.feed().state == FeedState.QUIET, "until a person has looked"
    theirs = w.server.routes["/wire"]
    w.answers(500)
    w.forward(hours=1)
    w.poll()
    assert w.feed().state == FeedState.FAILING
    w.answers(200, rss([]))
    w.forward(hours=1)
    w.poll()
    assert w.feed().state == FeedState.QUIET and feed_state.EMPTIED in w.feed().last_error
    w.server.routes["/wire"] = theirs
    w.forward(hours=1)
    w.poll()
    assert (w.feed().state, w.feed().last_error) == (FeedState.QUIET, feed_state.FOREIGN), "whatever happens in between"


# -- our own network, notices


def names_of(w: World) -> list[str]:
    return [f.name for f in w.app.store.feeds()]


def test_when_most_hosts_fail_at_once_no_feed_is_blamed(tmp_path: Path) -> None:
    with world(tmp_path, *(f"feed{n}" for n in range(8)), operator_channel="terminal") as w:
        for n, name in enumerate(names_of(w)):
            feed = w.feed(name)
            # Hosts of their own: 127.0.0.1 to 127.0.0.8, where nothing listens.
            w.app.store.transact(
                lambda tx, feed=feed, n=n: tx.save_feed(replace(feed, url=f"http://127.0.0.{n + 1}:9/x", last_success=NOW))  # type: ignore[misc]
            )
        outcomes = w.poll(*names_of(w))
        assert {o.kind for o in outcomes} == {"failed"}
        feeds = w.app.store.feeds()
        assert {f.state for f in feeds} == {FeedState.OK}
        assert {f.failures for f in feeds} == {0}
        assert {f.last_error for f in feeds} == {feed_state.OUR_NETWORK}, "nobody takes it for well"
        w.server.routes["/back"] = lambda _: Reply(200, rss([item(1, NOW)]))
        w.app.store.transact(lambda tx: tx.save_feed(replace(feeds[0], url=f"{w.server.url}/back")))
        w.poll(feeds[0].name)
        assert w.feed(feeds[0].name).last_error == ""
        assert all((f.next_check or NOW) <= w.now + timedelta(minutes=6) for f in feeds), "asked again soon"


def test_one_host_that_fails_among_many_that_answer_is_blamed(tmp_path: Path) -> None:
    with world(tmp_path, *(f"feed{n}" for n in range(6))) as w:
        for name in names_of(w):
            w.server.routes[f"/{name}"] = lambda _: Reply(200, rss([item(1, NOW)]))
        dead = w.feed("feed5")
        w.app.store.transact(lambda tx: tx.save_feed(replace(dead, url="http://127.0.0.2:9/x")))
        w.poll(*names_of(w))
        assert [f.name for f in w.app.store.feeds() if f.state == FeedState.FAILING] == ["feed5"]


def told(w: World) -> list[str]:
    statement = "SELECT document FROM deliveries WHERE kind = 'notice' ORDER BY seq"
    rows = w.app.store.read(lambda r: r.connection.exec_driver_sql(statement).scalars().all())
    return [json.loads(row)["kind"] for row in rows]


def test_the_operator_is_told_once_a_change_of_state(tmp_path: Path) -> None:
    with world(tmp_path, operator_channel="terminal") as w:
        w.items[:] = [item(1, NOW)]
        w.says()
        w.poll()
        assert told(w) == []
        w.answers(404)
        for _ in range(3):
            w.forward(minutes=10)
            w.poll()
        assert told(w) == ["feed.failing"]
        w.says()
        for _ in range(2):
            w.forward(minutes=10)
            w.poll()
        assert told(w) == ["feed.failing", "feed.ok"]
        w.answers(410)
        w.forward(minutes=10)
        w.poll()
        assert told(w) == ["feed.failing", "feed.ok", "feed.resting"]


def test_a_failure_that_passes_is_not_worth_a_notice(tmp_path: Path) -> None:
    with world(tmp_path, operator_channel="terminal", polling={"notice_after": "15m"}) as w:
        w.items[:] = [item(1, NOW)]
        w.answers(500)
        w.poll()
        w.says()
        w.forward(minutes=5)
        w.poll()
        assert told(w) == []
        w.answers(500)
        for _ in range(3):
            w.forward(minutes=10)
            w.poll()
        assert told(w) == ["feed.failing"]
