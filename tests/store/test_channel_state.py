"""What the outbox remembers of a channel: failures in a row, when it is switched off, and what the operator is told."""

from __future__ import annotations

from dataclasses import replace

from monitor import query
from monitor.store import Store
from monitor.subjects import Notice

from .build import at
from .turns import again, attempt, claim, filled, sent, tried

__all__ = ["filled"]  # a fixture


class TestChannelState:
    def fail(self, store: Store, minutes: float, gone: bool = False) -> list[Notice]:
        one, _ = claim(store, minutes, "slack")["slack"]
        failed = replace(tried(again(one, minutes), attempt(one, at=at(minutes))), at=at(minutes), gone=gone)
        return list(store.turn_outbox((failed,), None, "ops").notices)

    def told(self, store: Store) -> list[str]:
        return [d.kind for d in query.deliveries(store, channel="ops", limit=10).items]

    def test_the_fourth_failure_in_a_row_and_the_recovery_are_told_once(self, filled: Store) -> None:
        kinds = [[n.kind for n in self.fail(filled, 10 + n)] for n in range(6)]
        assert kinds == [[], [], [], ["channel.failing"], [], []]
        one, _ = claim(filled, 20, "slack")["slack"]
        [well] = filled.turn_outbox((tried(sent(one), attempt(one, status=200)),), None, "ops").notices
        assert well.kind == "channel.recovered" and "6 failures" in well.lines[0]
        assert self.told(filled) == ["notice", "notice"]
        assert [c.failures for c in filled.channels() if c.name == "slack"] == [0]

    def test_a_destination_that_is_gone_switches_the_channel_off(self, filled: Store) -> None:
        [off] = self.fail(filled, 10, gone=True)
        assert off.kind == "channel.disabled" and "movewire channels enable slack" in off.lines
        assert claim(filled, 60, "slack") == {}

    def test_five_days_of_failure_switch_it_off_and_a_person_on_again(self, filled: Store) -> None:
        for day in range(5):
            assert all(n.kind == "channel.failing" for n in self.fail(filled, 10 + day * 1440))
        [off] = self.fail(filled, 10 + 5 * 1440)
        assert off.kind == "channel.disabled" and "has failed since" in off.lines[0]
        filled.transact(lambda tx: tx.enable_channel("slack"))
        assert set(claim(filled, 6 * 1440, "slack")) == {"slack"}
        [state] = [c for c in filled.channels() if c.name == "slack"]
        assert (state.disabled, state.failures, state.failing_since) == (False, 0, None)

    def test_the_operator_s_own_channel_is_not_told_of_itself(self, filled: Store) -> None:
        one, _ = claim(filled, 10, "slack")["slack"]
        failed = replace(tried(again(one, 10), attempt(one)), gone=True)
        assert len(filled.turn_outbox((failed,), None, "slack").notices) == 1, "it is logged"
        assert all(d.kind == "alert" for d in query.deliveries(filled, limit=20).items)
