"""What the operator is told of deliveries that are given up."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

import monitor.store.tables as rows
from monitor import query
from monitor.model import Delivery, DeliveryState
from monitor.store import Store, Wanted
from monitor.store.values import micros
from monitor.subjects import Notice
from tests.claims import LEASE, ended

from .build import at
from .turns import attempt, claim, filled, sent, tried

__all__ = ["filled"]  # a fixture


def given_up(store: Store, minutes: float) -> list[Notice]:
    """What the channel ``ops`` is told, taken from its outbox."""
    told = []
    while found := claim(store, minutes, "ops").get("ops"):
        one, notice = found
        assert isinstance(notice, Notice) and notice.kind == "delivery.dead"
        told.append(notice)
        ended(store, tried(sent(one, minutes)))
    return told


def refused(store: Store, minutes: float, operator: str = "ops") -> Delivery:
    """The next delivery of ``slack`` as its receiver's refusal leaves it: dead, and recorded."""
    one, _ = claim(store, minutes, "slack")["slack"]
    dead = replace(one, state=DeliveryState.DEAD, lease_until=None, next_attempt=None, last_error="HTTP 404")
    store.turn_outbox((replace(tried(dead, attempt(one, status=404)), at=at(minutes)),), None, operator)
    return dead


def test_what_a_receiver_refuses_is_told_to_the_operator(filled: Store) -> None:
    dead = refused(filled, 10)
    [told] = given_up(filled, 10)
    assert (told.at, told.subject, told.title) == (at(10), "slack", "A delivery to slack was given up")
    assert told.lines[:2] == ("HTTP 404", f"movewire deliveries retry {dead.id}")


def test_dead_letters_are_told_once_a_channel_and_hour_with_their_number(filled: Store) -> None:
    refused(filled, 10)
    refused(filled, 59)
    [first] = given_up(filled, 59)
    assert first.at == at(10), "12:10"
    refused(filled, 60)
    [second] = given_up(filled, 60)
    assert second.at == at(60) and "slack has 3 dead letters" in second.lines


def test_a_dead_letter_of_the_operator_s_own_channel_makes_no_other(filled: Store) -> None:
    refused(filled, 10, operator="slack")
    damage = update(rows.alerts).where(rows.alerts.c.created_at == micros(at(1))).values(event="{no JSON")
    filled.transact(lambda tx: tx.connection.execute(damage))
    turn = filled.turn_outbox((), Wanted(now=at(10), lease=LEASE, limit=5, among=("slack",)), "slack")
    assert [d.channel for d in turn.dead] == ["slack"]
    assert all(d.kind == "alert" for d in query.deliveries(filled, limit=20).items)


def test_a_death_that_came_too_late_is_not_told(filled: Store) -> None:
    """Its lease ran out and another has sent it since."""
    one, _ = claim(filled, 10, "slack")["slack"]
    ended(filled, tried(sent(one), attempt(one, status=200)))
    late = replace(one, state=DeliveryState.DEAD, lease_until=None, last_error="HTTP 404")
    filled.turn_outbox((tried(late, attempt(one, status=404)),), None, "ops")
    assert given_up(filled, 10) == []
