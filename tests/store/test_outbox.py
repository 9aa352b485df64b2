"""The outbox under every kind of trouble: order kept in a channel, channels apart, claims counted and never shared."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

import monitor.store.tables as rows
from monitor import query
from monitor.deliver import after_judgement
from monitor.errors import ConflictError
from monitor.interfaces import Judged, Judgement
from monitor.model import Alert, DeliveryId, DeliveryState
from monitor.results import PollResult
from monitor.schedule import DELIVERY_WAITS, LONGEST_DELIVERY_WAIT, MAX_LOST
from monitor.sending import Outcome
from monitor.store import Store, Wanted
from monitor.store.values import micros
from monitor.subjects import Digest, Notice, at_of, notice
from tests.claims import LEASE, claims, ended, recorded

from .build import FEED, alert, at, delivery, founded
from .turns import again, attempt, claim, filled, sent, tried

__all__ = ["filled"]  # a fixture


def test_a_claim_takes_the_oldest_of_each_channel_and_counts(filled: Store) -> None:
    claimed = claim(filled)
    assert set(claimed) == {"slack", "hook"}
    one, told = claimed["slack"]
    assert (one.attempts, one.state, one.lease_until) == (1, DeliveryState.SENDING, at(11))
    assert told.created_at == at(0)
    assert told.event.headline == founded(0).events[0].headline


def test_a_channel_with_one_under_way_gets_no_second(filled: Store) -> None:
    claim(filled)
    assert claim(filled) == {}


def test_a_channel_is_served_in_the_order_of_its_alerts(filled: Store) -> None:
    order = []
    while found := claim(filled):
        one, told = found["slack"]
        order.append(told.created_at)
        assert recorded(filled, tried(sent(one), attempt(one, status=200)))
        ended(filled, tried(sent(found["hook"][0])))
    assert order == [at(0), at(1), at(2)]
    assert filled.oldest_waiting() is None and filled.due_channels(at(10_000)) == []


def test_revisions_of_an_alert_come_in_order(store: Store) -> None:
    first = founded(1)
    revised = replace(first.alerts[0], revision=2)
    store.transact(lambda tx: tx.record_poll(replace(first, alerts=(), deliveries=())))
    later = PollResult(feed=FEED, alerts=(revised, first.alerts[0]), deliveries=(delivery(revised), delivery(first.alerts[0])))
    store.transact(lambda tx: tx.record_poll(later))
    one, _ = claim(store)["slack"]
    assert one.revision == 1


def test_one_that_waits_for_its_retry_holds_back_its_channel_and_no_other(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    ended(filled, tried(again(one, 30), attempt(one)))
    assert set(claim(filled)) == {"hook"}
    retried, told = claim(filled, 30, "slack")["slack"]
    assert (retried.id, retried.attempts, told.created_at) == (one.id, 2, at(0))


def test_a_dead_one_does_not_hold_back(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    ended(filled, tried(replace(one, state=DeliveryState.DEAD, lease_until=None), attempt(one, status=400)))
    after, told = claim(filled, 10, "slack")["slack"]
    assert (after.id != one.id, told.created_at) == (True, at(1))


def test_an_expired_lease_is_taken_again_and_counted(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    assert claim(filled, 10.9, "slack") == {}
    taken, _ = claim(filled, 11, "slack")["slack"]
    assert (taken.id, taken.attempts) == (one.id, 2)


def test_a_late_answer_to_an_expired_claim_changes_nothing_but_the_log(filled: Store) -> None:
    late, _ = claim(filled, 10, "slack")["slack"]
    current, _ = claim(filled, 20, "slack")["slack"]
    assert not recorded(filled, tried(again(late, 60), attempt(late)))
    assert claim(filled, 20, "slack") == {}, "still under the second claim's lease"
    assert recorded(filled, tried(sent(late))), "but that it arrived is kept"
    assert not recorded(filled, tried(again(current, 60), attempt(current)))
    assert filled.counts()["deliveries_sent"] == 1


def test_disabled_channels_and_those_not_asked_for_are_skipped(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    ended(filled, replace(tried(again(one, 10), attempt(one)), gone=True))
    assert claim(filled, 20, "slack") == {}
    assert [(c.name, c.disabled) for c in filled.channels()] == [("hook", False), ("slack", True)]
    filled.transact(lambda tx: tx.enable_channel("slack"))
    assert set(claim(filled, 20, "hook")) == {"hook"}
    assert set(claim(filled, 20)) == {"slack"}


def test_the_limit_is_kept(filled: Store) -> None:
    assert len(claim(filled, limit=1)) == 1


def test_when_to_look_again(filled: Store) -> None:
    assert filled.due_channels(at(0)) == ["hook", "slack"]
    claimed = claim(filled)
    assert (filled.due_channels(at(10.9)), filled.due_channels(at(11))) == ([], ["hook", "slack"]), "the leases end"
    ended(filled, tried(again(claimed["slack"][0], 30), None))
    ended(filled, tried(again(claimed["hook"][0], 20), None))
    assert [filled.due_channels(at(minutes)) for minutes in (19.9, 20, 30)] == [[], ["hook"], ["hook", "slack"]]
    assert filled.oldest_waiting() == at(0)


def test_failures_in_a_row_are_kept_for_each_channel(filled: Store) -> None:
    for minute in (10, 20, 30):
        one, _ = claim(filled, minute, "slack")["slack"]
        ended(filled, tried(again(one, minute), attempt(one, at=at(minute))))
    assert [(c.name, c.failures, c.failing_since) for c in filled.channels()] == [("hook", 0, None), ("slack", 3, at(10))]
    one, _ = claim(filled, 40, "slack")["slack"]
    ended(filled, tried(sent(one), attempt(one, status=200)))
    assert [(c.failures, c.failing_since) for c in filled.channels()] == [(0, None), (0, None)]


def test_dead_deliveries_are_retried_by_id_or_by_time(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    ended(filled, tried(replace(one, state=DeliveryState.DEAD, lease_until=None), None))
    assert filled.retry_deliveries([DeliveryId("unknown")], now=at(50)) == 0
    assert filled.retry_deliveries(now=at(50), failed_since=at(1)) == 0
    assert filled.retry_deliveries(now=at(50), failed_since=at(0)) == 1
    back, _ = claim(filled, 50, "slack")["slack"]
    assert (back.id, back.attempts) == (one.id, 1)


def test_a_sent_delivery_is_never_sent_again_by_a_retry(filled: Store) -> None:
    claimed = claim(filled)
    one, dead = claimed["slack"][0], claimed["hook"][0]
    with pytest.raises(ConflictError, match=f"delivery {one.id} is being sent"):
        filled.retry_deliveries([one.id], now=at(50))
    ended(filled, tried(sent(one), None))
    ended(filled, tried(replace(dead, state=DeliveryState.DEAD, lease_until=None), None))
    with pytest.raises(ConflictError, match=f"delivery {one.id} was sent already and is not sent twice"):
        filled.retry_deliveries([dead.id, one.id], now=at(50))
    assert filled.count_dead(at(0)) == 1, "and the other is as it was"


def test_long_answers_are_cut(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    ended(filled, tried(again(one, 11), attempt(one, answer="é" * 9000)))
    answer = filled.read(lambda r: r.connection.exec_driver_sql("SELECT answer FROM attempts").scalar_one())
    assert len(answer) == 4096


def test_many_workers_claim_each_delivery_once(store: Store, url: str) -> None:
    """Eight threads over two stores, as two processes would: every delivery is sent once, no channel has two under way."""
    channels = tuple(f"channel {n}" for n in range(5))
    for number in range(12):
        store.transact(lambda tx, n=number: tx.record_poll(founded(n, at(n), channels=channels)))  # type: ignore[misc]
    seen: Counter[str] = Counter()
    order: dict[str, list[object]] = {channel: [] for channel in channels}

    def work(one: Store) -> None:
        while one.oldest_waiting() is not None:
            for found in claims(one, at(60), timedelta(days=1), 2):
                claimed = found.delivery
                seen[claimed.id] += 1
                order[claimed.channel].append(at_of(found.subject))
                assert recorded(one, tried(sent(claimed), attempt(claimed, status=200)))

    with Store.open(url) as other, ThreadPoolExecutor(8) as threads:
        for future in [threads.submit(work, one) for one in (store, other) * 4]:
            future.result()
    assert set(seen.values()) == {1}
    assert len(seen) == 60
    assert all(times == [at(n) for n in range(12)] for times in order.values())


def test_an_unsent_delivery_of_an_alert_not_in_the_poll_is_ordered_by_its_own_time(store: Store) -> None:
    first = founded(1)
    store.transact(lambda tx: tx.record_poll(replace(first, deliveries=())))
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, deliveries=(delivery(alert(first.events[0])),))))
    assert claim(store)["slack"][1] == first.alerts[0]
    assert (store.due_channels(at(10.9)), store.due_channels(at(11))) == ([], ["slack"])


def test_whether_an_earlier_attempt_may_have_arrived_is_known_at_the_next_claim(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    assert not one.unsure
    lost, _ = claim(filled, 12, "slack")["slack"]
    assert lost.unsure, "its lease ran out: nobody knows what the first attempt did"
    ended(filled, tried(again(replace(lost, unsure=False), 20), attempt(lost)))
    answered, _ = claim(filled, 20, "slack")["slack"]
    assert not answered.unsure, "the receiver answered: it has not arrived"


def test_an_attempt_that_never_ended_is_no_failure_and_waits_by_a_schedule_of_its_own(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    second, _ = claim(filled, 20, "slack")["slack"]
    assert (second.id, second.attempts, second.lost) == (one.id, 2, 1), "at once: it was killed while it was sent"
    assert claim(filled, 30, "slack") == {}, "the second time 5 s later"
    third, _ = claim(filled, 30.1, "slack")["slack"]
    assert (third.id, third.attempts, third.lost) == (one.id, 3, 2)
    log = query.delivery(filled, one.id).attempts
    assert [(a.number, a.error[:30], a.next_attempt) for a in log] == [
        (1, "the attempt began and never en", at(20)),
        (2, "the attempt began and never en", at(30) + timedelta(seconds=5)),
    ]
    ended(filled, tried(again(third, 31), attempt(third)))
    fourth, _ = claim(filled, 31, "slack")["slack"]
    assert (fourth.attempts, fourth.lost) == (4, 2)
    after = after_judgement(fourth, Outcome(judged=Judged(judgement=Judgement.AGAIN, why="503")), at(31), 0.5)
    assert after.next_attempt == at(31) + DELIVERY_WAITS[2], "two attempts have failed, whatever was lost"


def test_a_delivery_whoever_sends_it_dies_of_goes_to_the_dead_letters(filled: Store) -> None:
    minutes, seen = 10.0, 0
    first = None
    while True:
        turn = filled.turn_outbox((), Wanted(now=at(minutes), lease=LEASE, limit=5, among=("slack",)), "ops")
        if turn.dead:
            break
        if turn.claimed:
            seen += 1
            first = first or turn.claimed[0].delivery.id
            assert (turn.claimed[0].delivery.id, turn.claimed[0].delivery.attempts) == (first, seen)
        minutes += 1
    assert seen == MAX_LOST and 60 < minutes < 180, "some two hours of dying"
    assert [d.id for d in turn.dead] == [first] and turn.claimed == (), "its place is free at the next claim"
    assert turn.notices == (), "of the channel there is nothing to say"
    _, told = claim(filled, minutes, "ops")["ops"]
    assert isinstance(told, Notice) and (told.kind, told.subject) == ("delivery.dead", "slack")
    assert f"movewire deliveries retry {first}" in told.lines
    after, told = claim(filled, minutes, "slack")["slack"]
    assert (after.id != first, at_of(told)) == (True, at(1))
    assert filled.count_dead(at(0)) == 1
    filled.retry_deliveries([first], now=at(minutes))
    assert (query.delivery(filled, first).delivery.attempts, query.delivery(filled, first).delivery.lost) == (0, 0)


def test_a_clock_that_was_ahead_holds_nothing_back(filled: Store) -> None:
    """A year ahead, an attempt fails and an alert is made; then the clock is set right."""
    year = 365 * 24 * 60.0
    one, _ = claim(filled, year, "slack")["slack"]
    assert recorded(filled, tried(again(one, year + 1), attempt(one)))
    filled.transact(lambda tx: tx.record_poll(founded(3, at(year), channels=("desk",))))
    assert filled.due_channels(at(20)) == ["desk", "hook", "slack"]
    claimed = claim(filled, 20, "slack", "desk")
    assert claimed["slack"][0].id == one.id and claimed["desk"][1].created_at == at(year)


def test_the_longest_waits_there_are_are_kept(filled: Store) -> None:
    one, _ = claim(filled, 10, "slack")["slack"]
    wait = LONGEST_DELIVERY_WAIT.total_seconds() / 60
    assert recorded(filled, tried(again(one, 10 + wait), attempt(one)))
    assert claim(filled, 10, "slack") == {} and claim(filled, 10 + wait, "slack")


def test_a_row_that_cannot_be_read_goes_to_the_dead_letters_and_the_others_out(filled: Store) -> None:
    damage = update(rows.alerts).where(rows.alerts.c.created_at == micros(at(0))).values(event="{no JSON")
    filled.transact(lambda tx: tx.connection.execute(damage))
    assert claim(filled) == {}
    assert {at_of(told) for _, told in claim(filled).values()} == {at(1)}
    dead = [d for d in query.deliveries(filled, limit=10).items if d.state == DeliveryState.DEAD]
    assert len(dead) == 2 and all("cannot be read" in d.last_error for d in dead)


def test_notices_and_digests_go_the_same_way_in_their_order(filled: Store) -> None:
    told = notice(at(0.5), "feed.failing", "wire", "Feed wire fails", "for a day")
    alerts = tuple(founded(n, at(n)).alerts[0] for n in (1, 0))
    digest = Digest(id="D", at=at(0.7), title="Daily", since=at(0), until=at(1), alerts=alerts, omitted=3)
    for _ in range(2):  # telling the same again changes nothing
        filled.transact(lambda tx: tx.tell(told, "slack"))
        filled.transact(lambda tx: tx.tell(digest, "slack"))
    seen = []
    while found := claim(filled, 10, "slack"):
        one, subject = found["slack"]
        seen.append(subject)
        ended(filled, tried(sent(one), attempt(one, status=200)))
    assert seen[1:3] == [told, digest] and len(seen) == 5


def test_where_a_channel_holds_an_alert_is_kept(filled: Store) -> None:
    [one] = claims(filled, at(10), among=("slack",))
    assert one.post == ""
    ended(filled, replace(tried(sent(one.delivery), attempt(one.delivery, status=200)), post="C1/17.5"))
    told = one.subject
    assert isinstance(told, Alert)
    revised = replace(told, revision=2, created_at=at(5))
    later = PollResult(feed=FEED, events=(told.event,), alerts=(revised,), deliveries=(delivery(revised),))
    filled.transact(lambda tx: tx.record_poll(later))
    posts = {}
    while found := claims(filled, at(10), among=("slack",)):
        posts[found[0].delivery.revision, found[0].delivery.alert_id] = found[0].post
        ended(filled, tried(sent(found[0].delivery), None))
    assert posts[2, told.id] == "C1/17.5" and set(posts.values()) == {"C1/17.5", ""}
