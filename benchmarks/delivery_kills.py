"""500 alerts to eight receivers, of which six misbehave, while the daemon is killed again and again.

    python -m benchmarks.delivery_kills [--alerts 500] [--kills 200] [--calm 60] [--drain 1800] [--json FILE]

First a calm part without kills: alerts come at a steady pace, and what the channel ``ok`` gets is measured against the time
each was due. Then the rest of the alerts, with ``kill -9`` at random points after each start; then the daemon runs until the
working channels have everything. Exits 1 where something that was promised does not hold.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from benchmarks.replay_run import SECRET, SHARED, Records, quantile, replay, verify
from monitor import query
from monitor.app import App
from monitor.model import Delivery, DeliveryId
from monitor.settings.schema import Settings
from monitor.store import Store
from tests.outboxes import numbered, tell

RECEIVERS = ("ok", "500", "429", "hang", "drop", "flaky", "slow", "410")
WORKING = ("ok", "slow")


def configuration(sink: str, folder: Path) -> Path:
    channels = {
        name: {"type": "webhook", "url": f"{sink}/{name}", "secrets": [SECRET], "rate_per_second": 200, "timeout": "5s"}
        for name in RECEIVERS
    }
    config = {
        "database": {"url": f"sqlite:///{folder}/movewire.db"},
        "server": {"listen": "127.0.0.1:0"},
        "network": {"allow_networks": ["127.0.0.1/32"]},
        "channels": channels,
        "routes": [{"name": "everything", "channels": list(RECEIVERS)}],
        "feeds_file": "none.yaml",
    }
    (folder / "none.yaml").write_text("feeds: []\n")
    path = folder / "movewire.yaml"
    path.write_text(yaml.safe_dump(config))
    return path


class Writer:
    """Writes alerts into the outbox as a poll does: one transaction each, due at once on every channel."""

    def __init__(self, app: App) -> None:
        self._app, self.written = app, 0

    def one(self) -> None:
        tell(self._app, numbered(self.written, datetime.now(UTC)), RECEIVERS)
        self.written += 1


@contextmanager
def daemon(config: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon as a process of its own, from when it says that it runs; killed with SIGKILL at the end of the block."""
    start = log.stat().st_size if log.exists() else 0
    with log.open("ab") as out:
        process = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(config), "run"], stdout=out, stderr=out)
    try:
        while b"movewire runs" not in log.read_bytes()[start:]:
            if process.poll() is not None:
                raise SystemExit(f"the daemon ended by itself with {process.returncode}:\n{log.read_text()[-2000:]}")
            time.sleep(0.01)
        yield process
    finally:
        process.kill()
        process.wait(15)


def measure(o: argparse.Namespace, folder: Path) -> dict[str, object]:
    rnd = random.Random(o.seed)
    log, arrived = folder / "daemon.log", folder / "sink.jsonl"
    with replay("sink", "--log", str(arrived)) as sink:
        config = configuration(sink, folder)
        with Store.open(f"sqlite:///{folder}/movewire.db") as store:
            writer = Writer(App(settings=Settings(), store=store))
            calm = o.alerts // 2
            with daemon(config, log):
                time.sleep(1)
                for _ in range(calm):
                    writer.one()
                    time.sleep(o.calm / calm)
                time.sleep(3)
            due = {d.id: d.created_at.timestamp() for d in every(store, "ok")}
            kills = 0
            for left in range(o.kills, 0, -1):
                for _ in range(-(-(o.alerts - writer.written) // left)):
                    writer.one()
                with daemon(config, log):
                    time.sleep(rnd.uniform(0, 0.7))
                kills += 1
            ends = time.monotonic() + o.drain
            with daemon(config, log):
                while time.monotonic() < ends and any(d.state != "sent" for name in WORKING for d in every(store, name)):
                    time.sleep(1)
            return judge(store, [json.loads(line) for line in arrived.read_text().splitlines()], due, kills)


def every(store: Store, channel: str) -> list[Delivery]:
    """A channel's deliveries in the order of their alerts."""
    found: list[Delivery] = []
    cursor = None
    while True:
        page = query.deliveries(store, channel=channel, cursor=cursor, limit=1000)
        found += page.items
        if (cursor := page.next) is None:
            return sorted(found, key=lambda d: (d.created_at, d.alert_id))


def judge(store: Store, got: Records, due: Mapping[DeliveryId, float], kills: int) -> dict[str, object]:
    complaints: list[str] = []
    bodies = verify(got, complaints)
    first: dict[str, dict[DeliveryId, float]] = defaultdict(dict)
    repeats = 0
    for hook in got:
        if hook["answered"] == 200:
            seen = first[hook["path"].strip("/")]
            repeats += hook["headers"]["webhook-id"] in seen
            seen.setdefault(hook["headers"]["webhook-id"], hook["t"])
    lags = sorted(first["ok"][i] - at for i, at in due.items() if i in first["ok"])
    table: dict[str, object] = {}
    for name in RECEIVERS:
        rows = every(store, name)
        ids = [d.id for d in rows]
        places = [ids.index(i) for i in first[name]]
        if places != sorted(places):
            complaints.append(f"{name}: not in the order of the alerts")
        if name in WORKING and len(first[name]) != len(rows):
            complaints.append(f"{name}: {len(first[name])} of {len(rows)} arrived")
        if wrong := [d.id for d in rows if d.state == "sent" and d.id not in first[name]]:
            complaints.append(f"{name}: {len(wrong)} are called sent and never arrived")
        states = {s: sum(d.state == s for d in rows) for s in ("sent", "pending", "sending", "dead")}
        table[name] = {"arrived": len(first[name])} | {s: n for s, n in states.items() if n}
    off = {c.name for c in store.channels() if c.disabled}
    if off != {"410"}:
        complaints.append(f"switched off: {sorted(off)}, and not 410 alone")
    if lags and quantile(lags, 0.99) > 1:
        complaints.append(f"ok: p99 is {quantile(lags, 0.99)} s after it was due")
    return {
        "kills": kills,
        "requests": len(got),
        "webhook_ids": len(bodies),
        "accepted_again_after_a_kill": repeats,
        "ok_after_due_s": {"n": len(lags), "p50": quantile(lags, 0.5), "p99": quantile(lags, 0.99), "max": quantile(lags, 1)},
        "receivers": table,
        "complaints": complaints,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--calm", type=float, default=60, help="seconds of the part without kills")
    parser.add_argument("--drain", type=float, default=1800, help="seconds at most for what is left at the end")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for database and logs, kept afterwards")
    o = parser.parse_args()
    if not (SHARED / "tools/replay.py").exists():
        raise SystemExit(f"skipped: no replay tool under {SHARED}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = o.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report = measure(o, folder)
    print(json.dumps(report, indent=2))
    if o.json:
        o.json.write_text(json.dumps(report, indent=2))
    sys.exit(bool(report["complaints"]))


if __name__ == "__main__":
    main()
