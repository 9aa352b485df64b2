"""What waits for channels that the configuration no longer names."""

from __future__ import annotations

from monitor import query
from monitor.model import DeliveryState
from monitor.store import Store
from tests.claims import ended

from .build import at, founded, item
from .test_waiting import write
from .turns import again, attempt, claim, filled, sent, tried

__all__ = ["filled"]  # a fixture


def test_what_waits_is_counted_by_channel_and_given_up_for_one(filled: Store) -> None:
    write(filled, item(founded(5), 60, channel="hook"))
    assert filled.waiting_by_channel() == {"hook": 3, "slack": 3}
    assert filled.forget_channel("hook") == 3
    assert filled.waiting_by_channel() == {"slack": 3}
    assert filled.close_digests(at(60)) == 0, "what waited for its next digest as well"
    dead = query.deliveries(filled, channel="hook", limit=9).items
    assert {(d.state, d.next_attempt, d.last_error[:8]) for d in dead} == {(DeliveryState.DEAD, None, "given up")}
    assert filled.retry_deliveries([dead[0].id], now=at(61)) == 1, "it may come back"
    assert claim(filled, 61, "hook")["hook"][0].id == dead[0].id


def test_an_attempt_that_was_under_way_may_still_end(filled: Store) -> None:
    """The daemon learns of it later: what it sent was sent, what failed waits again, and its turn does not fail."""
    one, _ = claim(filled, 10, "hook")["hook"]
    other, _ = claim(filled, 10, "slack")["slack"]
    for name in ("hook", "slack"):
        filled.forget_channel(name)
    ended(filled, tried(sent(one), attempt(one, status=200)), tried(again(other, 11), attempt(other)))
    states = [query.delivery(filled, d.id).delivery.state for d in (one, other)]
    assert states == [DeliveryState.SENT, DeliveryState.PENDING] and filled.waiting_by_channel() == {"slack": 1}
