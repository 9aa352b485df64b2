"""What a feed's answers do to it, each over a real socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from monitor import feed_state
from monitor.app import feed_of, new_feed
from monitor.interfaces import Answer
from monitor.model import Feed, FeedId, FeedState
from monitor.poll_record import spread_rest
from monitor.store import Store
from tests.polling import NOW, World, item, world
from tests.servers import Reply, document, rss


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        made.items[:] = [item(n, NOW - timedelta(hours=n)) for n in (1, 2, 3)]
        made.says()
        yield made


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


def test_an_answer_that_cannot_be_read_leaves_no_validators(w: World) -> None:
    w.says(etag='"good"')
    w.poll()
    w.answers(200, b"<html><title>Just a moment...</title></html>", etag='"page"', content_type="text/html")
    w.forward(hours=1)
    assert "bot challenge" in w.poll()[0].why
    assert w.feed().etag == '"good"'


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


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept_in_both_forms(w: World, status: int, form: str) -> None:
    later = NOW + timedelta(hours=5)
    w.answers(status, retry_after="18000" if form == "seconds" else format_datetime(later, usegmt=True))
    [outcome] = w.poll()
    assert (outcome.kind, outcome.status) == ("failed", status)
    assert w.feed().next_check == later


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
        w.app.store.transact(lambda tx, answer=answer: spread_rest(tx, asked, answer, NOW))  # type: ignore[misc]
        assert {name for name, rests in others().items() if rests} == resting


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
    assert "410" in w.feed().last_error
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


def test_a_desk_that_rests_on_sundays_is_not_dead(w: World) -> None:
    """Ten usual gaps are less than the longest it has lately been silent."""
    w.items[:] = [item(n, NOW - timedelta(hours=n)) for n in range(20)] + [item(99, NOW - timedelta(hours=80))]
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
    w.answers(304)
    w.forward(hours=1)
    w.poll()
    assert w.feed().state == FeedState.QUIET, "until a person has looked"


# -- identity over a real socket


def test_guids_that_all_flip_bring_nothing_again(w: World) -> None:
    w.poll()
    w.items[:] = [(f"new-{g}", *rest) for g, *rest in w.items]  # type: ignore[misc]
    body = rss(w.items)
    for n in (1, 2, 3):
        body = body.replace(f"https://wire.example/new-g-{n}".encode(), f"https://wire.example/g-{n}".encode())
    w.answers(200, body)
    w.forward(hours=1)
    [outcome] = w.poll()
    assert (outcome.new, outcome.alerts) == (0, 0)


def test_one_guid_for_all_names_none_and_the_next_poll_neither(w: World) -> None:
    def answer() -> None:
        body = rss(w.items)
        for guid, *_ in w.items:
            body = body.replace(f'isPermaLink="false">{guid}<'.encode(), b'isPermaLink="false">same<')
        w.answers(200, body)

    answer()
    assert w.poll()[0].new == 3
    assert w.feed().rung == 1
    w.items[:] = [item(9, w.now)]  # alone in its document: its guid would name the first story
    answer()
    w.forward(hours=1)
    assert w.poll()[0].new == 1
    assert w.app.store.counts()["stories"] == 4


def test_a_wrong_charset_is_read_all_the_same(w: World) -> None:
    inside = "<title>T</title><item><title>Caf\u00e9 names a chief executive</title></item>"
    body = f'<rss version="2.0"><channel>{inside}</channel></rss>'
    w.answers(200, body.encode("latin-1"), content_type="application/rss+xml; charset=utf-8")
    assert w.poll()[0].new == 1
    [story] = w.app.store.read(lambda r: r.recent_stories(w.feed().id))
    assert story.title == "Caf\u00e9 names a chief executive"
    assert w.collector is not None
    assert w.collector.tiers == {"worker": 1}


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


# -- tombstones, our own network, notices


def test_keys_stay_fresh_on_a_304(w: World) -> None:
    w.says(etag='"a"')
    w.poll()
    w.answers(304)
    for _ in range(5):
        w.forward(days=1)
        w.poll()
    seen = w.app.store.read(lambda r: {row[0] for row in r.connection.exec_driver_sql("SELECT last_seen FROM story_keys")})
    assert seen == {int(w.now.timestamp() * 1_000_000)}


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
