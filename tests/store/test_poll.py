"""A poll is written whole or not at all, and finding what is known does not depend on how much is stored."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from monitor import candidates
from monitor.errors import NotFoundError, StoreError
from monitor.model import Feed, Label, StoryId
from monitor.results import Membership, PollResult
from monitor.store import Store, Transaction
from monitor.urls import canonical
from tests.claims import claims
from tests.databases import only_sqlite

from .build import FEED, NOW, alert, at, delivery, event, founded, key, match, story


def record(store: Store, *results: PollResult) -> None:
    for result in results:
        store.transact(lambda tx, result=result: tx.record_poll(result))  # type: ignore[misc]


def test_what_a_poll_brought_can_be_read_back(store: Store) -> None:
    result = founded(1)
    record(store, result)
    one, happening = result.stories[0], result.events[0]
    assert store.story(one.id) == one
    assert store.feed("example wire") == FEED
    assert store.read(lambda r: r.event_of_story(one.id)) == happening
    assert store.read(lambda r: r.matches([one.id])) == {one.id: result.matches}
    assert store.read(lambda r: r.members(happening.id)) == list(result.memberships)
    assert store.read(lambda r: r.last_revision(happening.id)) == 1
    assert store.read(lambda r: r.channels_told(happening.id)) == {d.channel for d in result.deliveries}
    assert store.read(lambda r: r.known_keys(FEED.id, [result.keys[0].key, "unknown"])) == {result.keys[0].key: result.keys[0]}
    assert store.read(lambda r: r.stories_by_url([canonical(one.url), ""])) == {canonical(one.url): one}


def test_writing_the_same_poll_again_changes_nothing(store: Store) -> None:
    record(store, founded(1))
    before = store.stats()["rows"]
    record(store, founded(1))
    assert store.stats()["rows"] == before


def test_a_poll_that_fails_half_way_leaves_nothing_not_even_its_validators(store: Store) -> None:
    record(store, PollResult(feed=FEED))
    stray = replace(founded(1), feed=replace(FEED, etag='"new"'))
    stray = replace(stray, memberships=(replace(stray.memberships[0], story_id=StoryId("NOBODY")),))
    with pytest.raises(IntegrityError):
        record(store, stray)
    assert store.counts()["stories"] == store.counts()["events"] == 0
    assert store.feed(FEED.id).etag == ""


def test_an_error_in_the_work_rolls_back(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.record_poll(founded(1))
        raise KeyError("later")

    with pytest.raises(KeyError):
        store.transact(work)
    assert store.counts()["stories"] == 0


def test_an_edit_changes_the_words_and_replaces_the_matches(store: Store) -> None:
    result = founded(1)
    record(store, result)
    edited = replace(result.stories[0], title="Acme denies it names Jane Doe chief executive", first_seen=at(60))
    other = match(edited, label=Label.INFRASTRUCTURE, moves=())
    record(store, PollResult(feed=FEED, updated=(edited,), matches=(other,)))
    stored = store.story(edited.id)
    assert stored.title == edited.title
    assert stored.first_seen == NOW, "when it was first seen does not change"
    assert store.read(lambda r: r.matches([edited.id])) == {edited.id: (other,)}
    record(store, PollResult(feed=FEED, updated=(edited,)))
    assert store.read(lambda r: r.matches([edited.id])) == {}


def test_an_event_develops_and_is_found_by_its_new_keys(store: Store) -> None:
    first = founded(1)
    record(store, first)
    second = story(2, at(30), feed_id=FEED.id)
    developed = replace(
        first.events[0], last_seen=at(30), story_count=2, keys=("org:acme", "org:globex"), orgs=("Acme", "Globex")
    )
    joined = Membership(event_id=developed.id, story_id=second.id, relation="member", at=at(30))
    record(store, PollResult(feed=FEED, stories=(second,), events=(developed,), memberships=(joined,)))

    def candidates(*keys: str, since: float = 0) -> list[object]:
        return list(store.read(lambda r: r.candidate_events(dict.fromkeys(keys, at(since)))))

    assert candidates("org:globex") == [developed]
    assert candidates("person:jane doe") == [], "a key it no longer has does not find it"
    assert candidates("org:acme", since=31) == [], "last seen too long ago"
    assert store.read(lambda r: r.event_of_story(second.id)) == developed


def test_candidates_that_share_a_rarer_key_come_first_and_are_bounded(store: Store) -> None:
    rare = {3: ("person:x",), 5: ("orgs:a+b",), 6: ("orgs:a+b",)}
    record(store, *(founded(n, at(n), keys=("org:acme", *rare.get(n, ()))) for n in range(10)))
    found = store.read(lambda r: r.candidate_events(dict.fromkeys(("org:acme", "person:x", "orgs:a+b"), at(0))))
    assert [e.first_seen for e in found] == [at(3), at(6), at(5)], "the word of every event finds none by itself"
    many = [f"person:{n}" for n in range(20)]
    record(store, *(founded(n, at(n), keys=(key,)) for n, key in enumerate(many, 20)))
    found = store.read(lambda r: r.candidate_events(dict.fromkeys(many, at(0))))
    assert [e.first_seen for e in found] == [at(n) for n in range(39, 39 - candidates.MOST, -1)]


def test_each_key_has_a_time_of_its_own(store: Store) -> None:
    record(store, founded(1, at(1), keys=("person:x", "word:y")), founded(2, at(9), keys=("word:y",)))
    found = store.read(lambda r: r.candidate_events({"person:x": at(0), "word:y": at(5)}))
    assert [e.first_seen for e in found] == [at(9), at(1)]
    assert [e.first_seen for e in store.read(lambda r: r.candidate_events({"word:y": at(5)}))] == [at(9)]


def test_many_keys_are_looked_up_at_once(store: Store) -> None:
    record(store, founded(1, keys=("k77",)))
    assert len(store.read(lambda r: r.candidate_events({f"k{n}": NOW for n in range(100)}))) == 1
    assert store.read(lambda r: r.candidate_events({})) == []


@only_sqlite
def test_candidates_and_known_keys_are_found_by_index_alone(store: Store) -> None:
    """The statements that run for each story never scan a table."""
    statements = {
        "SELECT event_seq FROM event_keys WHERE key = 'a' AND last_seen >= 1 ORDER BY last_seen DESC, event_seq DESC LIMIT 50",
        "SELECT * FROM story_keys WHERE feed_id = 'a' AND key IN ('b', 'c')",
        "SELECT * FROM stories WHERE canonical_url IN ('a', 'b') ORDER BY seq DESC",
    }
    for statement in statements:
        plan = store.read(lambda r, s=statement: [row.detail for row in r.connection.execute(text(f"EXPLAIN QUERY PLAN {s}"))])  # type: ignore[misc]
        assert not any(step.startswith("SCAN") for step in plan), plan


def test_a_related_story_does_not_belong(store: Store) -> None:
    first = founded(1)
    aside = story(2)
    record(store, first)
    link = Membership(event_id=first.events[0].id, story_id=aside.id, relation="related", at=NOW)
    record(store, PollResult(feed=FEED, stories=(aside,), memberships=(link,)))
    assert store.read(lambda r: r.event_of_story(aside.id)) is None


def test_more_keys_than_one_statement_takes(store: Store) -> None:
    stories = tuple(story(n) for n in range(1200))
    record(store, PollResult(feed=FEED, stories=stories, keys=tuple(key(s) for s in stories)))
    assert len(store.read(lambda r: r.known_keys(FEED.id, [key(s).key for s in stories]))) == 1200
    assert len(store.read(lambda r: r.stories([s.id for s in stories]))) == 1200


def test_the_first_story_of_an_address_is_found(store: Store) -> None:
    again = story(2, at(5), url=story(1).url)
    record(store, PollResult(feed=FEED, stories=(story(1),)), PollResult(feed=FEED, stories=(again,)))
    address = canonical(again.url)
    assert store.read(lambda r: r.stories_by_url([address])) == {address: story(1)}


def test_odd_characters_reach_the_file_cleaned(store: Store) -> None:
    nasty = "Jane \ud800\0Doe"
    one = story(1, title=nasty, summary=nasty, outlet=nasty, url="https://example.com/\udfff\0")
    happening = event(one, headline=nasty, orgs=(nasty,), people=(nasty,))
    told = alert(happening)
    feed = replace(FEED, name=nasty, last_error=nasty)
    result = PollResult(feed=feed, stories=(one,), events=(happening,), alerts=(told,), deliveries=(delivery(told, nasty),))
    record(store, result)
    assert store.story(one.id).title == "Jane \ufffdDoe"
    claimed = claims(store, NOW)[0].subject
    assert claimed.event.headline == "Jane \ufffdDoe"


def test_a_transaction_inside_a_transaction_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside"):
        store.transact(lambda tx: store.transact(lambda inner: None))
    store.transact(lambda tx: None)


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match=r"read-?only"):
        store.read(lambda r: r.connection.execute(text("DELETE FROM feeds")))


def test_a_reader_sees_one_moment_while_a_writer_commits(store: Store) -> None:
    def look(reads: object) -> tuple[int, int]:
        before = reads.connection.execute(text("SELECT count(*) FROM stories")).scalar()  # type: ignore[attr-defined]
        record(store, founded(1))
        return before, reads.connection.execute(text("SELECT count(*) FROM stories")).scalar()  # type: ignore[attr-defined]

    assert store.read(look) == (0, 0)
    assert store.counts()["stories"] == 1


def test_the_loop_reads_and_writes_without_blocking(store: Store) -> None:
    async def run() -> tuple[int, list[Feed]]:
        async with asyncio.TaskGroup() as group:
            for number in range(20):
                group.create_task(store.atransact(lambda tx, n=number: tx.record_poll(founded(n, at(n)))))  # type: ignore[misc]
            readers = [group.create_task(store.acall(store.counts)) for _ in range(20)]
        assert all(0 <= r.result()["stories"] <= 20 for r in readers)
        return (await store.acall(store.counts))["stories"], await store.acall(store.feeds)

    assert asyncio.run(run()) == (20, [FEED])


def test_what_is_not_stored_is_said_by_name(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no story 'x'"):
        store.story(StoryId("x"))
    with pytest.raises(NotFoundError, match="no feed"):
        store.feed("x")
