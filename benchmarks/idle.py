"""What a daemon holds and costs when nothing is new: ``python -m benchmarks.idle [--feeds 250] [--encoder auto]``. As JSON.

A new installation over loopback: resident memory once every feed was read for the first time, the most it ever was, and once
nobody has asked the encoder for two turns of ``REST_EVERY``. Then the same database under a new process, which finds nothing new:
its memory, and its CPU over a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from benchmarks.peers import ENTRIES, Feeds, serve
from monitor.engine.loops import REST_EVERY
from monitor.store import Store

PATIENCE = 300.0  # seconds for the first polls
MINUTE = 60.0


@contextmanager
def daemon(config: Path) -> Iterator[int]:
    """``movewire run`` with ``config``; its process id."""
    command = [sys.executable, "-m", "monitor", "--config", str(config), "run"]
    with (config.parent / "said").open("a") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=Path(__file__).parents[1])
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def memory(pid: int, what: str = "VmRSS") -> int:
    """MB as /proc tells it."""
    found = re.search(rf"{what}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return round(int(found[1]) / 1024) if found else 0


def cpu(pid: int) -> float:
    """Seconds so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def all_read(address: str, stories: int) -> None:
    """Waits for as many stories. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with Store.open(address) as store:
            if store.counts()["stories"] >= stories:
                return
        time.sleep(1)
    raise TimeoutError(f"no {stories} stories within {PATIENCE:.0f} s")


def measure(folder: Path, count: int, encoder: str) -> dict[str, float]:
    feeds = Feeds(count)
    server = serve(feeds)
    address = f"sqlite:///{folder}/movewire.db"
    settings = {
        "classify": {"encoder": encoder},
        "database": {"url": address},
        "polling": {"host_delay": 0, "per_host": 50, "contact": "idle@example.org"},
        "network": {"allow_networks": ["127.0.0.1/32"]},
        "server": {"listen": "127.0.0.1:0"},
        "feeds": [{"name": f"feed-{n}", "url": f"http://127.0.0.1:{server.server_port}/{n}.xml"} for n in range(count)],
        "feeds_file": "none.yaml",
    }
    (folder / "none.yaml").write_text("feeds: []\n")
    (config := folder / "movewire.yaml").write_text(yaml.safe_dump(settings))
    with daemon(config) as pid:
        all_read(address, int(0.98 * count * ENTRIES))  # a stream has copies
        time.sleep(5)
        found: dict[str, float] = {"first polls, MB": memory(pid), "first polls, CPU s": round(cpu(pid), 1)}
        time.sleep(2 * REST_EVERY)
        found |= {"at rest after them, MB": memory(pid), "the most, MB": memory(pid, "VmHWM")}
    with daemon(config) as pid:
        time.sleep(15)
        before = cpu(pid)
        time.sleep(MINUTE)
        found |= {"begun again, MB": memory(pid), "begun again, CPU %": round(100 * (cpu(pid) - before) / MINUTE, 2)}
    server.shutdown()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=250)
    parser.add_argument("--encoder", choices=("auto", "on", "off"), default="auto")
    o = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), o.feeds, o.encoder), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
