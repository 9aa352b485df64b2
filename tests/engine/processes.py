"""``movewire`` as processes of its own over real sockets: feeds, a receiver, and what they logged."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.servers import LocalServer

ROOT = Path(__file__).parents[2]


def told(number: int) -> tuple[str, str, str, datetime]:
    """A move nobody else makes, so that each feed has an event of its own."""
    name = f"{'ABCDEFGHIJ'[number // 10 % 10]}{'abcdefghij'[number % 10]}rnor Systems"
    person = f"Mara {'ABCDEFGHIJ'[number % 10]}indqv{'aeiou'[number // 10 % 5]}st"
    title = f"{name} names {person} chief executive officer"
    return f"new-{number}", title, f"{person} takes over at {name}.", datetime.now(UTC) - timedelta(minutes=5)


def configure(folder: Path, net: LocalServer, url: str, feeds: int) -> Path:
    port = net.url.rpartition(":")[2]
    raw: dict[str, Any] = {
        "database": {"url": url},
        "server": {"listen": "127.0.0.1:0"},
        "metrics": {"listen": "127.0.0.1:0"},
        "polling": {"min_interval": "1s", "max_interval": "1s", "host_delay": 0},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "alerting": {"alert_backlog": "24h"},
        # The lease of a delivery under way is six time-outs and 45 s: a short time-out keeps the wait for it short.
        "channels": {"hook": {"type": "webhook", "url": f"{net.url}/hook", "rate_per_second": 1000, "timeout": "3s"}},
        "routes": [{"name": "all", "channels": ["hook"]}],
        "feeds": [{"name": f"wire {n}", "url": f"http://127.0.1.{n + 1}:{port}/{n}.xml"} for n in range(feeds)],
    }
    config = folder / "movewire.yaml"
    config.write_text(yaml.safe_dump(raw))
    return config


@contextmanager
def running(config: Path, *args: str) -> Iterator[subprocess.Popen[bytes]]:
    """``movewire ARGS`` until the block ends; its log lies beside the configuration."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_")} | {"PYTHONPATH": str(ROOT)}
    with (config.parent / f"log-{'-'.join(args[:1])}-{time.monotonic_ns()}").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(config), *args], stderr=log, env=clean)
        process.log = Path(log.name)  # type: ignore[attr-defined]
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def until(holds: Callable[[], bool], seconds: float, folder: Path) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            logs = "\n".join(f"{p.name}:\n{p.read_text()[-3000:]}" for p in sorted(folder.glob("log-*")))
            raise AssertionError(f"not within {seconds} s\n{logs}")
        time.sleep(0.1)


def ids(net: LocalServer) -> Counter[str]:
    return Counter(asked.headers["webhook-id"] for asked in net.asked if asked.path == "/hook")


def log_of(process: subprocess.Popen[bytes]) -> str:
    """What a process that ``running`` began has logged so far."""
    return Path(process.log).read_text()  # type: ignore[attr-defined]


def watched_at(process: subprocess.Popen[bytes], folder: Path) -> str:
    """The address where a process serves its metrics, as its log tells it."""
    found = re.compile(r"metrics and health.*?(http://127\.0\.0\.1:\d+)|(http://127\.0\.0\.1:\d+).*?metrics and health")

    def address() -> str:
        lines = (found.search(line) for line in log_of(process).splitlines())
        return next((match[1] or match[2] for match in lines if match), "")

    until(lambda: bool(address()), 40, folder)
    return address()
