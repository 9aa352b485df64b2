"""The daemon against the replayed internet: every feed on schedule, each event told once, counts that agree.

    python -m benchmarks.replay_run [--seconds 180] [--kills 3] [--hostile] [--json FILE]

Starts the feeds and the sink of the shared replay tool on free ports, runs ``movewire run`` as a process of its own
(optionally killed with SIGKILL and started again), then compares what the sink got with what the database says.
Exits 1 where something that was promised does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

SHARED = Path(os.environ.get("MOVEWIRE_SHARED", Path(__file__).parents[2] / "shared"))
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
INTERVAL = 5.0  # seconds between polls of a live feed
Records = list[dict[str, Any]]  # lines of JSON that somebody else wrote: the servers of the replay, the command line


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def replay(what: str, *options: str) -> Iterator[str]:
    """A part of the replay tool on a free port; its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, str(SHARED / "tools/replay.py"), what, "--port", str(port), *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(answer.read().decode())


def configuration(feeds_url: str, sink: str, folder: Path, hostile: bool) -> Path:
    index = json.loads(fetch(feeds_url + "/"))
    paths = index["live"] + (index["hostile"] if hostile else [])
    feeds = [{"name": re.sub(r"^/|\.xml$", "", p), "url": feeds_url + p, "category": p.split("/")[1]} for p in paths]
    config = {
        "database": {"url": f"sqlite:///{folder}/movewire.db"},
        "server": {"listen": "127.0.0.1:0"},
        "polling": {
            "min_interval": f"{INTERVAL}s",
            "max_interval": f"{INTERVAL}s",
            "host_delay": 0,
            "per_host": 50,
            "contact": "replay@example.org",
        },
        "network": {"allow_networks": ["127.0.0.1/32"]},
        "alerting": {"max_age": "3650d"},  # the replay's stories are of another year
        "channels": {
            "ok": {"type": "webhook", "url": f"{sink}/ok", "secrets": [SECRET], "rate_per_second": 100},
            "slack": {"type": "slack", "url": f"{sink}/slack", "rate_per_second": 100},
        },
        "routes": [{"name": "everything", "channels": ["ok", "slack"]}],
        "feeds": feeds,
        "feeds_file": "none.yaml",
    }
    (folder / "none.yaml").write_text("feeds: []\n")
    path = folder / "movewire.yaml"
    path.write_text(yaml.safe_dump(config))
    return path


def movewire(config: Path, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "--config", str(config), *args], capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise SystemExit(f"movewire {' '.join(args)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def memory_mb(pid: int) -> float:
    """Resident memory of a process and its children, in MB; 0 where it has ended."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if f"\nPPid:\t{pid}\n" in text or status.parent.name == str(pid):
            total += int((re.search(r"VmRSS:\s+(\d+)", text) or [0, 0])[1])
    return total / 1024


def run_daemon(config: Path, seconds: float, kills: int, log: Path) -> tuple[float, float]:
    """Run for ``seconds`` with ``kills`` SIGKILLs spread over it; peak memory in MB and CPU seconds of the last run."""
    ends = time.monotonic() + seconds
    rnd, peak, cpu = random.Random(7), 0.0, 0.0
    pauses = [seconds / (kills + 1) * rnd.uniform(0.8, 1.2) for _ in range(kills)]
    for turn in range(kills + 1):
        left = max(ends - time.monotonic(), 1) if turn == kills else pauses[turn]
        with log.open("a") as out:
            daemon = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(config), "run"], stdout=out, stderr=out)
        until = time.monotonic() + left
        while time.monotonic() < until and daemon.poll() is None:
            peak = max(peak, memory_mb(daemon.pid))
            time.sleep(0.5)
        if daemon.poll() is not None:
            raise SystemExit(f"the daemon ended by itself with {daemon.returncode}:\n{log.read_text()[-3000:]}")
        ticks = Path(f"/proc/{daemon.pid}/stat").read_text().rsplit(")", 1)[1].split()
        cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
        daemon.send_signal(signal.SIGKILL if turn < kills else signal.SIGTERM)
        daemon.wait(15)
    return peak, cpu


def verify(hooks: Records, complaints: list[str]) -> dict[str, set[str]]:
    """Check each signature with the independent library; bodies by webhook-id."""
    from standardwebhooks import Webhook

    bodies: dict[str, set[str]] = defaultdict(set)
    for hook in hooks:
        headers = hook["headers"]
        moment = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        wanted = Webhook(SECRET).sign(headers["webhook-id"], moment, hook["body"])
        if wanted not in headers["webhook-signature"].split():
            complaints.append(f"a signature does not verify: {headers['webhook-id']}")
        bodies[headers["webhook-id"]].add(hook["body"])
    complaints += [f"webhook-id {i} came with {len(b)} bodies" for i, b in bodies.items() if len(b) > 1]
    return bodies


def lags(asked: Records) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    for line in asked:
        if line["path"].startswith("/live/"):
            times[line["path"]].append(line["t"])
    return {path: [b - a for a, b in pairwise(ts)] for path, ts in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--speed", type=float, default=20000)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the database and logs, kept afterwards")
    o = parser.parse_args()
    if not (SHARED / "tools/replay.py").exists():
        raise SystemExit(f"skipped: no replay tool under {SHARED}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = o.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report = measure(o, folder)
    print(json.dumps(report, indent=2, ensure_ascii=False))
    if o.json:
        o.json.write_text(json.dumps(report, indent=2, ensure_ascii=False))
    sys.exit(bool(report["complaints"]))


def measure(o: argparse.Namespace, folder: Path) -> dict[str, Any]:
    with replay("feeds", "--speed", str(o.speed)) as feeds_url, replay("sink") as sink:
        config = configuration(feeds_url, sink, folder, o.hostile)
        peak, cpu = run_daemon(config, o.seconds, o.kills, folder / "daemon.log")
        movewire(config, "run", "--seconds", "5")  # what was in the outbox at the end goes out
        asked = [json.loads(line) for line in fetch(feeds_url + "/_log").splitlines()]
        got = [json.loads(line) for line in fetch(sink + "/_log").splitlines()]
        alerts = json.loads(movewire(config, "alerts", "--format", "json", "--limit", "100000"))
        feeds = json.loads(movewire(config, "feeds", "list", "--format", "json", "--limit", "100000"))
    return judge(o, asked, got, alerts, feeds, peak, cpu)


def judge(
    o: argparse.Namespace, asked: Records, got: Records, alerts: Records, feeds: Records, peak: float, cpu: float
) -> dict[str, Any]:
    complaints: list[str] = []
    hooks = [g for g in got if g["path"] == "/ok"]
    bodies = verify(hooks, complaints)
    messages = [json.loads(next(iter(b))) for b in bodies.values()]
    created = Counter(m["data"]["event"]["id"] for m in messages if m["type"] == "alert.created")
    complaints += [f"event {e} was told first {n} times" for e, n in created.items() if n > 1]
    told, stored = len(created), len({a["event_id"] for a in alerts})
    if told != stored:
        complaints.append(f"{stored} events alerted in the database, {told} at the receiver")
    gaps = sorted(g for gs in lags(asked).values() for g in gs)
    polled = Counter(line["path"] for line in asked if line["path"].startswith("/live/"))
    slack = [g for g in got if g["path"] == "/slack"]
    if peak > 300:
        complaints.append(f"peak memory {peak:.0f} MB")
    return {
        "seconds": o.seconds,
        "kills": o.kills,
        "live_feeds": len(polled),
        "polls": sum(polled.values()),
        "polls_a_feed_min": min(polled.values(), default=0),
        "gap_between_polls_s": {"p50": quantile(gaps, 0.5), "p99": quantile(gaps, 0.99), "wanted": f"{INTERVAL} ± 10 %"},
        "events_alerted": stored,
        "webhooks_received": len(hooks),
        "webhook_ids": len(bodies),
        "alert_created": told,
        "alert_updated": len(messages) - sum(created.values()),
        "slack_received": len(slack),
        "peak_memory_mb": round(peak),
        "cpu_seconds_last_run": cpu,
        "feeds_by_state": Counter(f["state"] for f in feeds),
        "hostile": {f["name"]: f"{f['state']}: {f['last_error']}" for f in feeds if "/hostile/" in f["url"]},
        "samples": [m["data"].get("headline") or m["data"]["event"]["headline"] for m in messages[:5]],
        "complaints": complaints,
    }


def quantile(values: list[float], q: float) -> float:
    return round(values[min(int(len(values) * q), len(values) - 1)], 2) if values else 0.0


if __name__ == "__main__":
    main()
