"""``python -m tests.sender URL HOOK NOW``: a daemon's deliveries at a set time, as a process of its own that can be killed.

Everything under way when the last one died is released at the start, as `movewire run` does; what waits for it is sent within
the next five minutes, which are over at once.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

from monitor.app import open_app
from tests.outboxes import Clock, deliver, settings


def main(url: str, hook: str, now: str) -> None:
    clock = Clock()
    clock.now = datetime.fromisoformat(now)
    with open_app(settings(url, {"hook": {"type": "webhook", "url": hook}}), clock=clock, rnd=lambda: 0.5) as app:
        app.store.release_deliveries(clock.now)
        deliver(app, 60)
        clock.now += timedelta(minutes=5)
        deliver(app, 60)


if __name__ == "__main__":
    main(*sys.argv[1:])
