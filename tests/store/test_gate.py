"""Who writes next, with threads that really wait."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from monitor.store.gate import Gate


def waiting(gate: Gate, urgent: bool, done: Callable[[], None]) -> threading.Thread:
    """A thread that waits for the gate, begun and known to wait."""
    began = threading.Event()

    def run() -> None:
        began.set()
        with gate.passed(urgent=urgent):
            done()

    thread = threading.Thread(target=run)
    thread.start()
    began.wait(5)
    return thread


def test_what_is_urgent_goes_before_what_waits_already() -> None:
    gate, order = Gate(), []
    with gate.passed(urgent=False):
        threads = [waiting(gate, False, lambda n=n: order.append(f"poll {n}")) for n in range(5)]  # type: ignore[misc]
        threads.append(waiting(gate, True, lambda: order.append("outbox")))
        while not gate._urgent:  # it waits now
            pass
    for thread in threads:
        thread.join(5)
    assert order[0] == "outbox" and len(order) == 6


def test_one_at_a_time_and_everybody_in_the_end() -> None:
    gate, inside, most, passed = Gate(), [0], [0], [0]

    def work() -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        passed[0] += 1
        inside[0] -= 1

    threads = [waiting(gate, n % 3 == 0, work) for n in range(60)]
    for thread in threads:
        thread.join(5)
    assert (most, passed) == ([1], [60])


def test_a_fault_inside_lets_the_next_one_in_and_the_holder_is_known() -> None:
    gate = Gate()
    with pytest.raises(ZeroDivisionError), gate.passed(urgent=False):
        assert gate.mine
        _ = 1 / 0
    assert not gate.mine
    with gate.passed(urgent=True):
        assert gate.mine
