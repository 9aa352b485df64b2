"""The whole of it with real processes: receivers that misbehave, a daemon that is killed. The long form is a benchmark."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.shared import needs_replay


@pytest.mark.slow
@pytest.mark.timeout(400)
@needs_replay
def test_nothing_is_lost_nothing_said_twice_and_slow_ones_delay_nobody(tmp_path: Path) -> None:
    from benchmarks import delivery_kills

    o = argparse.Namespace(alerts=40, kills=12, calm=10.0, drain=150.0, seed=2)
    report = delivery_kills.measure(o, tmp_path)
    late = [c for c in report["complaints"] if "after it was due" in c]  # type: ignore[attr-defined]
    assert report["complaints"] == late, "how long it takes is the benchmark's to say: a busy machine is slow"
    assert report["receivers"]["ok"]["arrived"] == 40  # type: ignore[index]
