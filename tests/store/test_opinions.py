"""Second opinions in the store: asked once, counted by the day, their answers kept."""

from __future__ import annotations

from datetime import timedelta

import monitor.store.opinions as opinions
from monitor.store import Store

from .build import NOW


def begin(store: Store, key: str, hours: float = 0, budget: int = 2) -> bool:
    return store.transact(lambda tx: opinions.begin(tx, key, NOW + timedelta(hours=hours), budget))


def test_a_question_is_asked_once_and_its_answer_kept(store: Store) -> None:
    assert store.read(lambda reads: opinions.answer(reads, "a")) is None
    assert begin(store, "a") and not begin(store, "a")
    assert store.read(lambda reads: opinions.answer(reads, "a")) == ""
    store.transact(lambda tx: opinions.keep(tx, "a", '{"yes": "näh\0"}'))
    assert store.read(lambda reads: opinions.answer(reads, "a")) == '{"yes": "näh"}'


def test_a_day_has_its_budget_and_the_next_a_new_one(store: Store) -> None:
    assert [begin(store, key) for key in "abc"] == [True, True, False]
    assert begin(store, "c", hours=12) and not begin(store, "d", budget=0)
