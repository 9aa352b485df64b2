"""The outbox under every kind of trouble: order kept in a channel, channels apart, claims counted and never shared."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Alert, Delivery, DeliveryId, DeliveryState
from monitor.results import Attempt, PollResult
from monitor.store import Store

from .build import FEED, NOW, alert, at, delivery, founded

LEASE = timedelta(minutes=1)


@pytest.fixture
def filled(store: Store) -> Store:
    """Three alerts, a minute apart, each to slack and hook."""
    for number in (2, 0, 1):  # written out of order
        store.transact(lambda tx, n=number: tx.record_poll(founded(n, at(n), channels=("slack", "hook"))))  # type: ignore[misc]
    return store


def claim(store: Store, minutes: float = 10, limit: int = 10, busy: tuple[str, ...] = ()) -> dict[str, tuple[Delivery, Alert]]:
    return {d.channel: (d, a) for d, a in store.claim_deliveries(at(minutes), LEASE, limit, busy)}


def sent(delivery: Delivery, minutes: float = 10) -> Delivery:
    return replace(delivery, state=DeliveryState.SENT, sent_at=at(minutes), lease_until=None)


def again(delivery: Delivery, minutes: float) -> Delivery:
    return replace(delivery, state=DeliveryState.PENDING, next_attempt=at(minutes), lease_until=None, last_error="503")


def attempt(of: Delivery, **changed: object) -> Attempt:
    return replace(Attempt(delivery_id=of.id, number=of.attempts, at=at(10), status=503), **changed)


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
        assert filled.record_delivery(sent(one), attempt(one, status=200))
        filled.record_delivery(sent(found["hook"][0]))
    assert order == [at(0), at(1), at(2)]
    assert filled.next_delivery_at() is None


def test_revisions_of_an_alert_come_in_order(store: Store) -> None:
    first = founded(1)
    revised = replace(first.alerts[0], revision=2)
    store.transact(lambda tx: tx.record_poll(replace(first, alerts=(), deliveries=())))
    later = PollResult(feed=FEED, alerts=(revised, first.alerts[0]), deliveries=(delivery(revised), delivery(first.alerts[0])))
    store.transact(lambda tx: tx.record_poll(later))
    one, _ = claim(store)["slack"]
    assert one.revision == 1


def test_one_that_waits_for_its_retry_holds_back_its_channel_and_no_other(filled: Store) -> None:
    one, _ = claim(filled, limit=10, busy=("hook",))["slack"]
    filled.record_delivery(again(one, 30), attempt(one))
    assert set(claim(filled)) == {"hook"}
    retried, told = claim(filled, 30, busy=("hook",))["slack"]
    assert (retried.id, retried.attempts, told.created_at) == (one.id, 2, at(0))


def test_a_dead_one_does_not_hold_back(filled: Store) -> None:
    one, _ = claim(filled, busy=("hook",))["slack"]
    filled.record_delivery(replace(one, state=DeliveryState.DEAD, lease_until=None), attempt(one, status=400))
    after, told = claim(filled, busy=("hook",))["slack"]
    assert (after.id != one.id, told.created_at) == (True, at(1))


def test_an_expired_lease_is_taken_again_and_counted(filled: Store) -> None:
    one, _ = claim(filled, busy=("hook",))["slack"]
    assert claim(filled, 10.9, busy=("hook",)) == {}
    taken, _ = claim(filled, 11, busy=("hook",))["slack"]
    assert (taken.id, taken.attempts) == (one.id, 2)


def test_a_late_answer_to_an_expired_claim_changes_nothing_but_the_log(filled: Store) -> None:
    late, _ = claim(filled, busy=("hook",))["slack"]
    current, _ = claim(filled, 20, busy=("hook",))["slack"]
    assert not filled.record_delivery(again(late, 60), attempt(late))
    assert claim(filled, 20, busy=("hook",)) == {}, "still under the second claim's lease"
    assert filled.record_delivery(sent(late), None), "but that it arrived is kept"
    assert not filled.record_delivery(again(current, 60), attempt(current))
    assert filled.counts()["deliveries_sent"] == 1


def test_disabled_channels_and_busy_ones_are_skipped(filled: Store) -> None:
    filled.transact(lambda tx: tx.set_channel("slack", disabled=True, reason="the address is gone (410)"))
    assert claim(filled, busy=("hook",)) == {}
    assert [(c.name, c.disabled) for c in filled.channels()] == [("hook", False), ("slack", True)]
    filled.transact(lambda tx: tx.set_channel("slack", disabled=False))
    assert set(claim(filled)) == {"hook", "slack"}


def test_the_limit_is_kept(filled: Store) -> None:
    assert len(claim(filled, limit=1)) == 1


def test_when_to_look_again(filled: Store) -> None:
    assert filled.next_delivery_at() == at(0)
    claimed = claim(filled)
    assert filled.next_delivery_at() == at(11), "the first lease to end"
    filled.record_delivery(again(claimed["slack"][0], 30), None)
    filled.record_delivery(again(claimed["hook"][0], 20), None)
    assert filled.next_delivery_at() == at(20)
    assert filled.oldest_waiting() == at(0)


def test_failures_in_a_row_are_kept_for_each_channel(filled: Store) -> None:
    for minute in (10, 20, 30):
        one, _ = claim(filled, minute, busy=("hook",))["slack"]
        filled.record_delivery(again(one, minute), attempt(one, at=at(minute)))
    assert [(c.name, c.failures, c.failing_since) for c in filled.channels()] == [("hook", 0, None), ("slack", 3, at(10))]
    one, _ = claim(filled, 40, busy=("hook",))["slack"]
    filled.record_delivery(sent(one), attempt(one, status=200))
    assert [(c.failures, c.failing_since) for c in filled.channels()] == [(0, None), (0, None)]


def test_claims_given_back_are_not_counted(filled: Store) -> None:
    claimed = [d for d, _ in filled.claim_deliveries(at(10), LEASE, 10, ())]
    assert filled.requeue(claimed) == 2
    assert {d.attempts for d, _ in claim(filled).values()} == {1}
    assert filled.requeue([replace(d, attempts=7) for d in claimed]) == 0


def test_dead_deliveries_are_retried_by_id_or_by_time(filled: Store) -> None:
    one, _ = claim(filled, busy=("hook",))["slack"]
    filled.record_delivery(replace(one, state=DeliveryState.DEAD, lease_until=None), None)
    assert filled.retry_deliveries([DeliveryId("unknown")], now=at(50)) == 0
    assert filled.retry_deliveries(now=at(50), failed_since=at(1)) == 0
    assert filled.retry_deliveries(now=at(50), failed_since=at(0)) == 1
    back, _ = claim(filled, 50, busy=("hook",))["slack"]
    assert (back.id, back.attempts) == (one.id, 1)


def test_a_sent_delivery_is_never_sent_again_by_a_retry(filled: Store) -> None:
    one, _ = claim(filled, busy=("hook",))["slack"]
    filled.record_delivery(sent(one), None)
    assert filled.retry_deliveries([one.id], now=at(50)) == 0


def test_long_answers_are_cut(filled: Store) -> None:
    one, _ = claim(filled, busy=("hook",))["slack"]
    filled.record_delivery(again(one, 11), attempt(one, answer="é" * 9000))
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
        while one.next_delivery_at() is not None:
            for claimed, told in one.claim_deliveries(at(60), timedelta(days=1), 2, ()):
                seen[claimed.id] += 1
                order[claimed.channel].append(told.created_at)
                assert one.record_delivery(sent(claimed), attempt(claimed, status=200))

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
    assert store.next_delivery_at() == NOW + timedelta(minutes=11)
