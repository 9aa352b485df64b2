"""What a feed's answers do to it, each over a real socket."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from monitor.app import new_feed
from monitor.interfaces import Answer
from monitor.model import Feed, FeedId, FeedState
from monitor.polling.poll_record import spread_rest
from monitor.store import Store
from tests.polling import NOW, World, item, w
from tests.servers import Asked, Reply, rss

__all__ = ["w"]  # a fixture


def wait(w: World) -> timedelta:
    at = w.feed().next_check
    assert at is not None
    return at - w.now


# -- validators


def test_both_validators_go_back_exactly_as_they_came_and_a_304_keeps_them(w: World) -> None:
    w.says(etag='W/"Odd, \\"one\\""', last_modified="Mon, 04 May 2026 08:00:00 gmt")
    w.poll()
    w.answers(304)
    for _ in range(2):
        w.forward(hours=1)
        assert w.poll()[0].status == 304
    assert [(a.headers.get("if-none-match"), a.headers.get("if-modified-since")) for a in w.server.asked[1:]] == [
        ('W/"Odd, \\"one\\""', "Mon, 04 May 2026 08:00:00 gmt")
    ] * 2


def test_one_poll_in_a_hundred_is_unconditional(w: World) -> None:
    w.says(etag='"a"')
    w.poll()
    w.chance = 0.0099
    w.poll()
    w.chance = 0.0101
    w.poll()
    assert ["if-none-match" in a.headers for a in w.server.asked] == [False, False, True]


@pytest.mark.parametrize("etag", ['"caf\u00e9"', '"\u043d\u043e\u0432\u043e"'])
def test_validators_of_any_letters_go_back_as_the_bytes_they_came_in(w: World, etag: str) -> None:
    w.says(etag=etag)
    w.poll()
    w.says(etag='"plain"')
    assert w.poll()[0].kind == "unchanged" and w.feed().etag == '"plain"'
    assert [a.headers.get("if-none-match") for a in w.server.asked] == [None, etag.encode().decode("latin-1")]


def test_validators_that_are_no_text_or_longer_than_any_need_be_are_not_kept(w: World) -> None:
    for etag in ('"caf\udce9"', f'"{"x" * 5000}"'):
        w.says(etag=etag)
        w.poll()
        assert w.feed().etag == ""
        w.items.insert(0, item(len(w.items) + 20, w.now))


def test_a_304_to_a_question_without_validators_is_no_good_answer(w: World) -> None:
    w.answers(304)
    [outcome] = w.poll()
    assert outcome.kind == "failed" and w.feed().state == FeedState.FAILING and not w.feed().baseline_done
    assert w.feed().last_error == "it answers with not modified (304), though it was asked in full"
    w.says()
    assert w.poll()[0].new == 3 and w.feed().state == FeedState.OK


def test_who_refuses_our_validators_is_soon_asked_without_them(w: World) -> None:
    def wire(asked: Asked) -> Reply:
        return Reply(412) if "if-none-match" in asked.headers else Reply(200, rss(w.items), {"etag": '"a"'})

    w.server.routes["/wire"] = wire
    w.poll()
    w.items.insert(0, item(9, w.now))
    assert [w.poll()[0].kind for _ in range(3)] == ["failed", "failed", "new"]


def test_what_an_intermediary_has_changed_on_its_way_is_read(w: World) -> None:
    w.answers(203, rss(w.items))
    assert w.poll()[0].new == 3 and w.feed().state == FeedState.OK


def test_an_answer_that_cannot_be_read_leaves_no_validators(w: World) -> None:
    w.says(etag='"good"')
    w.poll()
    w.answers(200, b"<html><title>Just a moment...</title></html>", etag='"page"', content_type="text/html")
    w.forward(hours=1)
    assert "bot challenge" in w.poll()[0].why
    assert w.feed().etag == '"good"'


def test_a_document_that_is_not_well_formed_and_yields_entries_is_kept_and_marked(w: World) -> None:
    w.answers(200, rss(w.items).replace(b"<description>d", b"<description>ships & tides"))
    [outcome] = w.poll()
    assert (outcome.kind, outcome.new, w.feed().state) == ("new", 3, FeedState.OK)
    [poll] = w.app.store.feed_polls(w.feed().id)
    assert "not well-formed" in poll.error
    assert w.feed().last_error == ""


def test_the_same_body_is_dropped_on_its_digest(w: World) -> None:
    w.poll()
    w.forward(hours=1)
    [again] = w.poll()
    assert (again.kind, again.status) == ("unchanged", 200)
    assert w.collector is not None
    assert not w.collector.tiers, "it was not read"


def test_only_what_is_new_is_read_of_a_changed_document(w: World) -> None:
    w.poll()
    w.items.insert(0, item(9, NOW))
    w.forward(hours=1)
    [outcome] = w.poll()
    assert (outcome.kind, outcome.new) == ("new", 1)
    assert w.app.store.counts()["stories"] == 4


def test_a_new_process_reads_no_more_of_a_changed_document_than_the_old_one_would(w: World) -> None:
    """What an entry's words are known to be is marked as something else, which nobody finds out who does not read them again."""
    w.poll()
    w.app.store.transact(lambda tx: tx.connection.exec_driver_sql("UPDATE story_keys SET fingerprint = 'other'"))
    w.collector = None
    for n in (8, 9):
        w.items.insert(0, item(n, NOW))
        w.forward(hours=1)
        assert w.poll()[0].new == 1
    unread = "SELECT count(*) FROM story_keys WHERE fingerprint = 'other'"
    assert w.app.store.read(lambda r: r.connection.exec_driver_sql(unread).scalar_one()) == 6  # two names each


@pytest.mark.parametrize("restarted", [False, True])
def test_entries_known_by_fingerprint_but_not_by_the_store_are_read_in_full(w: World, restarted: bool) -> None:
    w.poll()
    w.collector = None if restarted else w.collector
    w.app.store.transact(lambda tx: tx.connection.exec_driver_sql("DELETE FROM story_keys"))
    w.app.store.transact(lambda tx: tx.connection.exec_driver_sql("DELETE FROM stories"))
    w.items.insert(0, item(9, NOW))
    w.forward(hours=1)
    assert w.poll()[0].new == 4


# -- when to ask again


def test_max_age_ttl_and_skip_hours_are_kept(w: World) -> None:
    w.says(cache_control="max-age=7200")
    w.poll()
    assert wait(w) >= timedelta(hours=2)
    body = rss(w.items).replace(b"<description>d", b"<ttl>180</ttl><description>d")
    w.answers(200, body)
    w.forward(hours=3)
    w.poll()
    assert wait(w) >= timedelta(hours=3)
    hours = "".join(f"<hour>{h}</hour>" for h in range(12, 16)).encode()
    w.answers(200, rss(w.items).replace(b"<description>d", b"<skipHours>" + hours + b"</skipHours><description>d"))
    w.now = NOW.replace(hour=11, minute=55)
    w.poll()
    at = w.feed().next_check
    assert at is not None
    assert at.hour not in range(12, 16)


@pytest.mark.parametrize("status", [304, 200])
def test_what_a_document_asks_for_holds_until_it_changes(w: World, status: int) -> None:
    """Its answers say nothing of it: 304 has no document, and one that is the same is not read."""
    skip = b"<skipHours>" + b"".join(b"<hour>%d</hour>" % h for h in range(15, 20)) + b"</skipHours>"
    days = b"<skipDays><day>Sunday</day></skipDays>"
    body = rss(w.items).replace(b"<description>d", b"<ttl>180</ttl>" + skip + days + b"<description>d")
    w.answers(200, body, etag='"a"')
    w.poll()
    w.answers(status, body if status == 200 else b"", etag='"a"')
    w.collector = None  # nor does a new process
    w.now = NOW.replace(hour=11)
    assert w.poll()[0].kind == "unchanged"
    assert wait(w) >= timedelta(hours=3)
    w.now = NOW.replace(hour=14)
    w.poll()
    assert w.feed().next_check == w.now + timedelta(hours=6), "hours to skip, for as long as anything is waited"
    w.now = (NOW + timedelta(days=5)).replace(hour=23)  # a Saturday
    w.poll()
    assert wait(w) == timedelta(hours=6)
    w.says()
    w.forward(hours=6)
    w.poll()
    assert (w.feed().ttl_seconds, w.feed().skip_hours, w.feed().skip_days) == (0, 0, 0)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept_in_both_forms(w: World, status: int, form: str) -> None:
    later = NOW + timedelta(hours=5)
    w.answers(status, retry_after="18000" if form == "seconds" else format_datetime(later, usegmt=True))
    [outcome] = w.poll()
    assert (outcome.kind, outcome.status) == ("failed", status)
    assert timedelta(0) <= (w.feed().next_check or NOW) - later <= timedelta(minutes=30), "a tenth more at most"


def test_a_429_rests_the_registrable_domain_and_a_503_the_host(w: World) -> None:
    def others() -> dict[str, bool]:
        return {f.name: (f.next_check or NOW) >= NOW + timedelta(hours=1) for f in w.app.store.feeds() if f.name != "wire"}

    for name, url in (
        ("same host", "http://feeds.harbor.example/other"),
        ("sister", "http://www.harbor.example/a"),
        ("stranger", "http://dock.example/a"),
    ):
        feed = new_feed(name, url)
        w.app.store.transact(lambda tx, feed=feed: tx.save_feed(feed))  # type: ignore[misc]

    asked = Feed(id=FeedId("x"), name="x", url="http://feeds.harbor.example/feed")
    for status, resting in ((503, {"same host"}), (429, {"same host", "sister"})):
        answer = Answer(status=status, headers={"retry-after": "7200"}, url=asked.url)
        w.app.store.transact(lambda tx, answer=answer: spread_rest(tx, asked, answer, NOW, lambda: 0.0))  # type: ignore[misc]
        assert {name for name, rests in others().items() if rests} == resting


def test_the_feeds_of_a_domain_that_asks_for_rest_do_not_come_back_in_one_moment(w: World) -> None:
    feeds = [new_feed(f"desk {n}", f"http://desk{n}.harbor.example/feed") for n in range(3)]
    for feed in feeds:
        w.app.store.transact(lambda tx, feed=feed: tx.save_feed(feed))  # type: ignore[misc]
    answer = Answer(status=429, headers={"retry-after": "3600"}, url=feeds[0].url)
    dice = iter((0.0, 0.5, 0.9))
    w.app.store.transact(lambda tx: spread_rest(tx, feeds[0], answer, NOW, lambda: next(dice)))
    rests = sorted((w.feed(feed.name).next_check or NOW) - NOW for feed in feeds)
    assert rests == [timedelta(minutes=minutes) for minutes in (60, 63, 65.4)]


def test_failures_back_off_and_are_probed_at_least_daily(w: World) -> None:
    w.answers(500)
    waits = []
    for _ in range(14):
        w.poll()
        waits.append(wait(w))
        w.now = w.feed().next_check or w.now
    assert waits[0] == timedelta(minutes=5)
    assert waits[1] == timedelta(minutes=10)
    assert max(waits) <= timedelta(days=1)
    assert w.feed().state == FeedState.FAILING
    w.says()
    w.poll()
    assert (w.feed().state, w.feed().failures) == (FeedState.OK, 0)


# -- what was missed


def test_a_document_that_shares_nothing_with_the_one_before_counts_as_an_overrun(w: World) -> None:
    w.poll()
    before = w.feed().interval_seconds
    w.items[:] = [item(n, w.now + timedelta(hours=10 - n)) for n in (11, 12, 13)]
    w.forward(hours=12)
    w.poll()
    feed = w.feed()
    assert (feed.overruns, feed.haste) == (1, 0.5)
    assert feed.interval_seconds == before / 2
    w.items.insert(0, item(14, w.now))
    w.forward(hours=1)
    w.poll()
    assert (w.feed().overruns, w.feed().haste) == (1, 0.55), "slowly back"


def test_a_budget_is_kept_over_all_processes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/m.db"
    with Store.open(url) as one, Store.open(url) as two:
        turns = [store.transact(lambda tx: tx.reserve("sec.gov", 10.0, NOW)) for _ in range(10) for store in (one, two)]
        assert turns == [NOW + timedelta(milliseconds=100 * n) for n in range(20)]
        later = NOW + timedelta(seconds=60)
        assert one.transact(lambda tx: tx.reserve("sec.gov", 10.0, later)) == later


# -- tombstones


def test_keys_stay_fresh_on_a_304(w: World) -> None:
    w.says(etag='"a"')
    w.poll()
    w.answers(304)
    for _ in range(5):
        w.forward(days=1)
        w.poll()
    seen = w.app.store.read(lambda r: {row[0] for row in r.connection.exec_driver_sql("SELECT last_seen FROM story_keys")})
    assert seen == {int(w.now.timestamp() * 1_000_000)}
