"""What is new and nothing else: deltas, which `A-IM: feed` asks for (RFC 3229), and what hubs push."""

from __future__ import annotations

from datetime import timedelta

from monitor.model import FeedState
from tests.polling import NOW, World, item, w
from tests.servers import Asked, Reply, rss

__all__ = ["w"]  # a fixture


def speaks_deltas(w: World) -> None:
    """The server sends what is new since the validator it is given, and all where it is given none."""

    def answer(asked: Asked) -> Reply:
        tag, held = f'"{len(w.items)}"', int(asked.headers.get("if-none-match", '"0"').strip('"'))
        if held == len(w.items):
            return Reply(304, b"", {"etag": tag})
        if not held or "feed" not in asked.headers.get("a-im", ""):
            return Reply(200, rss(w.items), {"etag": tag})
        return Reply(226, rss(w.items[: len(w.items) - held]), {"etag": tag, "im": "feed"})

    w.server.routes["/wire"] = answer


def link(n: int) -> bytes:
    return b"https://wire.example/g-%d<" % n


def test_a_delta_is_read_and_is_no_window_that_shares_nothing_with_the_one_before(w: World) -> None:
    speaks_deltas(w)
    w.poll()
    before = w.feed()
    for n in (7, 8):
        w.items[:0] = [item(10 * n + m, w.now + timedelta(minutes=59 - m)) for m in (0, 1)]
        w.forward(hours=1)
        [outcome] = w.poll()
        assert (outcome.kind, outcome.status, outcome.new) == ("new", 226, 2)
    after = w.feed()
    assert (after.state, after.etag, after.stories) == (FeedState.OK, '"7"', 7)
    assert (after.overruns, after.haste) == (0, 1.0)
    assert (after.gap_seconds, after.interval_seconds) == (before.gap_seconds, before.interval_seconds), (
        "its rhythm is the feed's"
    )
    w.forward(hours=1)
    assert w.poll()[0].status == 304


def test_a_delta_without_entries_is_no_feed_that_fell_silent(w: World) -> None:
    w.poll()
    w.answers(226, rss([]), etag='"b"', im="feed")
    w.forward(hours=1)
    [outcome] = w.poll()
    assert (outcome.kind, w.feed().state, w.feed().etag) == ("unchanged", FeedState.OK, '"b"')


def test_what_stood_beside_a_delta_is_not_read_again_when_all_comes(w: World) -> None:
    speaks_deltas(w)
    w.poll()
    w.items.insert(0, item(9, NOW))
    w.forward(hours=1)
    w.poll()
    w.app.store.transact(lambda tx: tx.connection.exec_driver_sql("UPDATE story_keys SET fingerprint = 'other'"))
    w.items.insert(0, item(10, NOW))
    w.chance, w.collector = 0.001, None  # in full, in a new process
    w.forward(hours=1)
    assert w.poll()[0].new == 1
    unread = "SELECT count(*) FROM story_keys WHERE fingerprint = 'other'"
    assert w.app.store.read(lambda r: r.connection.exec_driver_sql(unread).scalar_one()) == 8, "two names each"


def test_the_same_body_under_new_validators_is_not_sent_at_every_poll(w: World) -> None:
    """A publisher's machines may each have a validator of their own; that of the last answer is the one to be asked with."""
    w.says(etag='"one"', last_modified="Mon, 04 May 2026 08:00:00 GMT")
    w.poll()
    w.says(etag='"two"')
    w.forward(hours=1)
    assert w.poll()[0].kind == "unchanged"
    assert (w.feed().etag, w.feed().last_modified) == ('"two"', "")


def test_news_on_a_page_that_had_other_news_is_news_in_a_delta_too(w: World) -> None:
    """Most of a delta is new: that its publisher renamed what it has is no reason for it."""
    page = b"https://harbor.example/today"
    w.answers(200, rss(w.items).replace(link(1), page + b"<"), etag='"3"')
    w.poll()
    w.items[:] = [item(n, NOW) for n in (7, 8, 9)]
    w.answers(226, rss(w.items).replace(link(7), page + b"<"), etag='"6"', im="feed")
    w.forward(hours=1)
    assert w.poll()[0].new == 3
