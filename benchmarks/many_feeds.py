"""Whether one core keeps up with very many feeds: ``python -m benchmarks.many_feeds [--feeds 10000] [--minutes 45]``. As JSON.

A daemon bound to one core polls feeds over loopback, each every 15 minutes; in every turn a tenth of them has a new entry and the
others answer 304. Told are how late polls are: as the feeds see it (the time between two requests for one feed, less the 15
minutes), and as the daemon tells it (``movewire_poll_lag_seconds``, asked every 5 s); its memory, and that of a
daemon begun again; its CPU in percent of a core. The first turn, in which every feed is read for the first time, is told apart.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import yaml

from benchmarks.idle import cpu, daemon, memory
from benchmarks.peers import serve, stories

EVERY = 900.0  # seconds between two polls of a feed
ENTRIES = 10
FRESH = 10  # each feed has a new entry every so many turns
FIRST = 600.0  # seconds for the first polls
ASK, AGAIN = 5.0, 120.0


class Growing:
    """Feeds by number; a document is made when it is asked for. ``requests``: when each was asked for, by its number."""

    def __init__(self, count: int) -> None:
        self.count, self.begun = count, time.monotonic()
        self._told = stories(count + ENTRIES)
        self.requests: list[list[float]] = [[] for _ in range(count)]

    def asked(self, number: int) -> int:
        """How many entries were added so far: one feed after the other, each once in FRESH turns."""
        self.requests[number].append(time.monotonic())
        return int((time.monotonic() - self.begun) / EVERY + number % FRESH) // FRESH

    def document(self, number: int, version: int) -> bytes:
        items = []
        for n in range(version + ENTRIES - 1, version - 1, -1):
            title, text = (part.replace("&", "and").replace("<", " ") for part in self._told[(number + n) % len(self._told)])
            link = f"http://{number}.example/{n}"
            items.append(f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>")
        channel = f"<title>Feed {number}</title><link>http://{number}.example/</link><description>d</description>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'.encode()


def configured(folder: Path, count: int, feeds_port: int, port: int, encoder: str) -> Path:
    settings = {
        "classify": {"encoder": encoder},
        "database": {"url": f"sqlite:///{folder}/movewire.db"},
        "polling": {
            "host_delay": 0,
            "per_host": 50,
            "min_interval": "15m",
            "max_interval": "15m",
            "contact": "many@example.org",
        },
        "network": {"allow_networks": ["127.0.0.1/32"]},
        "server": {"listen": f"127.0.0.1:{port}"},
        "feeds": [{"name": f"feed-{n}", "url": f"http://127.0.0.1:{feeds_port}/{n}.xml"} for n in range(count)],
        "feeds_file": "none.yaml",
    }
    (folder / "none.yaml").write_text("feeds: []\n")
    (config := folder / "movewire.yaml").write_text(yaml.safe_dump(settings))
    return config


def lag(port: int) -> float | None:
    """What the daemon says of itself; None where it does not answer yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=ASK) as answer:
            found = re.search(r"^movewire_poll_lag_seconds (\S+)", answer.read().decode(), re.M)
    except OSError:
        return None
    return float(found[1]) if found else None


def share(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(int(part * len(ordered)), len(ordered) - 1)], 1) if ordered else -1.0


def measure(folder: Path, count: int, minutes: float, port: int, encoder: str) -> dict[str, float]:
    feeds = Growing(count)
    server = serve(feeds)
    config = configured(folder, count, server.server_port, port, encoder)
    with daemon(config) as pid:
        os.sched_setaffinity(pid, {0})
        begun = time.monotonic()
        while (seen := sum(map(bool, feeds.requests))) < count and time.monotonic() - begun < FIRST:
            time.sleep(1)
        first, spent = time.monotonic() - begun, cpu(pid)
        lags: list[float] = []
        while time.monotonic() - begun < 60 * minutes:
            time.sleep(ASK)
            told = lag(port)
            if told is not None and time.monotonic() - begun > EVERY:
                lags.append(told)
        late = [b - a - EVERY for times in feeds.requests for a, b in itertools.pairwise(times)]
        found = {
            "feeds": count,
            "read for the first time": seen,
            "first turn, s": round(first),
            "first turn, CPU s": round(spent),
            "polls after it": len(late),
            "late by, median s": share(late, 0.5),
            "late by, p99 s": share(late, 0.99),
            "late by, the most s": share(late, 1.0),
            "lag the daemon tells, p99 s": share(lags, 0.99),
            "memory, MB": memory(pid),
            "the most, MB": memory(pid, "VmHWM"),
            "CPU after the first turn, %": round(100 * (cpu(pid) - spent) / (60 * minutes - first), 1),
        }
    with daemon(config) as pid:
        os.sched_setaffinity(pid, {0})
        time.sleep(AGAIN)
        found |= {"begun again, MB": memory(pid)}
    server.shutdown()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--port", type=int, default=18_099, help="of the daemon's own server")
    parser.add_argument("--encoder", choices=("auto", "on", "off"), default="auto")
    o = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), o.feeds, o.minutes, o.port, o.encoder), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
