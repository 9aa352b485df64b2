"""Every measurement, one after the other: ``make bench``. A table on the terminal, the figures as JSON in build/bench.json.

What needs the shared data is skipped with a reason where they are not there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import server

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MOVEWIRE_SHARED", ROOT.parent / "shared"))


def run(*command: str, misses: bool = False) -> str:
    """What a command says. Raises RuntimeError where it failed; ``misses``: 1 says that a target was missed."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=ROOT, timeout=900)
    if done.returncode and not (misses and done.returncode == 1 and "Traceback" not in done.stderr):
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def labels() -> dict[str, object]:
    """Precision and recall of both labels and F1 of the slots on the dev file."""
    text = run("-m", "benchmarks.accuracy", str(SHARED / "eval/dev.jsonl"))
    found = {name: json.loads(body) for name, body in re.findall(r"^(\w+): (\{.*\})$", text, re.M)}
    figures: dict[str, object] = {"ms a story": float(re.search(r"([\d.]+) ms each", text)[1])}  # type: ignore[index]
    for label in ("executive_move", "infrastructure"):
        figures[label] = "P {p:.3f} R {r:.3f}".format(**found[label]["sample"])
    for part, slots in (
        ("moves", ("person", "from_org", "to_org", "from_role", "to_role")),
        ("infra", ("orgs", "amounts", "capacity")),
    ):
        figures[f"{part} F1"] = ", ".join(f"{slot} {found[part][slot]['f1']:.2f}" for slot in slots)
    return figures


def baselines() -> dict[str, object]:
    """Both labels on the dev file beside keywords and TF-IDF with logistic regression, with 95 % intervals."""
    told = json.loads(run("-m", "benchmarks.baselines", "--shared", str(SHARED)))
    return {f"{label}, {who}": figure for who, figures in told.items() for label, figure in figures.items()}


def cascade_speed() -> dict[str, object]:
    """The cascade on one core over the natural stream, and what it costs to load."""
    told: dict[str, object] = json.loads(run("-m", "benchmarks.cascade_speed", str(SHARED / "replay/stories.jsonl.gz")))
    return told


def events() -> dict[str, object]:
    """BCubed F1 of the event groups on the dev file."""
    out = ROOT / "build/events.ndjson"
    out.write_text(run("-m", "monitor", "backtest", str(SHARED / "eval/events_dev_stories.jsonl"), "--format", "ndjson"))
    told = json.loads(run(str(SHARED / "eval/score.py"), "events", str(SHARED / "eval/events_dev.jsonl"), str(out), "--json"))
    return {"bcubed F1": told["bcubed"]["f1"], "pair precision": told["pairs"]["p"]}


def routes() -> dict[str, object]:
    """What a table of 200 routes costs a story."""
    told = run("-m", "benchmarks.routes_cost")
    return dict(zip(("median ms", "p99 ms"), re.findall(r"([\d.]+) ms", told), strict=False))


def grouping_cost() -> dict[str, object]:
    """What one more story costs to group at 1,000, 10,000 and 100,000 stored ones (a million: benchmarks.grouping_cost)."""
    told = run("-m", "benchmarks.grouping_cost", "--sizes", "1000", "10000", "100000")
    return {"microseconds": re.findall(r'"both": ([\d.]+)', told), "growth": told.splitlines()[-1]}


def month() -> dict[str, object]:
    """Alerts a day, revisions, alerts per happening, and how far the order of arrival matters."""
    told: dict[str, object] = json.loads(run("-m", "benchmarks.month"))
    return told


def stream() -> dict[str, object]:
    """The whole pipeline but the network and the store over the natural stream."""
    began = time.monotonic()
    out = run("-m", "monitor", "backtest", str(SHARED / "replay/stories.jsonl.gz"), "--format", "ndjson", "--flagged")
    flagged = out.count("\n")
    return {"flagged": flagged, "seconds": round(time.monotonic() - began, 1)}


def start_up() -> dict[str, object]:
    """CPU of the command line's first answer."""
    figures: dict[str, object] = {}
    for name, command in (
        ("movewire --help", ["-m", "monitor", "--help"]),
        ("config check", ["-m", "monitor", "config", "check"]),
    ):
        before = os.times()
        run(*command)
        after = os.times()
        figures[name + " ms CPU"] = round(
            1000 * (after.children_user + after.children_system - before.children_user - before.children_system)
        )
    return figures


def peers() -> dict[str, object]:
    """CPU of three reloads of 200 feeds beside other pollers, start-up included: first, one new entry in each, all 304."""
    told = json.loads(run("-m", "benchmarks.peers").splitlines()[-1])
    figures: dict[str, object] = {f"{name}, CPU s": cost for name, cost in told["cpu_s"].items()}
    figures |= {f"ratio to {name}": ratio for name, ratio in told["ratio"].items()}
    return {**figures, **told["left_out"]}


def replay() -> dict[str, object]:
    """The daemon for a minute against the replayed internet, killed twice."""
    text = run("-m", "benchmarks.replay_run", "--seconds", "60", "--kills", "2")
    told = json.loads(text[text.index("{") :])
    keys = ("polls", "events_alerted", "webhooks_received", "webhook_ids", "peak_memory_mb", "complaints")
    return {key: told[key] for key in keys} | {"gap between polls": told["gap_between_polls_s"]}


def deliveries() -> dict[str, object]:
    """A full outbox of 50 channels, seconds from first seen to sent, and a daemon killed 20 times amid bad receivers."""
    full = _told("-m", "benchmarks.delivery_throughput")
    kills = _told("-m", "benchmarks.delivery_kills", "--alerts", "60", "--kills", "20", "--calm", "20", "--drain", "500")
    return {
        "deliveries a second": full["full_outbox"]["a_second"],
        "first seen to sent s": full["daemon"]["first_seen_to_sent_s"],
        "ok after due s": kills["ok_after_due_s"],
        "complaints": kills["complaints"],
    }


def polling() -> dict[str, object]:
    """Ten days of 1,000 feeds on a virtual clock; kill -9 at 40 random points while feeds change."""
    month = run("-m", "benchmarks.simulated_month", "--feeds", "1000", "--days", "10")
    table: dict[str, object] = json.loads(next(line for line in month.splitlines() if line.startswith("{")))
    killed = json.loads(run("-m", "benchmarks.polling_kills", "--kills", "40").splitlines()[0])
    return table | {f"{name} (40 kills)": killed[name] for name in ("stories", "lost", "twice", "ahead")}


def queries() -> dict[str, object]:
    """Every question over 100,000 stories and 10,000 alerts, held against its target (a million: benchmarks.queries)."""
    run("-m", "benchmarks.queries", "--stories", "100000", "--alerts", "10000", misses=True)
    told = json.loads((ROOT / "build/queries.json").read_text())
    missed = {name: f["p95"] for name, f in told.items() if f["p95"] > f["target"]}
    return {"within their targets": f"{len(told) - len(missed)} of {len(told)}"} | {f"missed: {n}": f for n, f in missed.items()}


def idle() -> dict[str, object]:
    """What a daemon of 250 feeds holds and costs when nothing is new: memory in MB, CPU over a minute."""
    told: dict[str, object] = json.loads(run("-m", "benchmarks.idle"))
    return told


def workers() -> dict[str, object]:
    """One, two and four workers on PostgreSQL at what waits on the network, and four of which one is killed."""
    try:
        server()
    except pytest.skip.Exception as why:
        return {"skipped": str(why)}
    *runs, killed, _ = map(json.loads, run("-m", "benchmarks.workers", "--feeds", "600").splitlines())
    figures: dict[str, object] = {f"{told['workers']} workers, times one": told["times one worker"] for told in runs}
    one = killed["one of four killed"]
    return figures | {f"one of four killed: {name}": one[name] for name in ("stories doubled", "received twice")}


def _told(*command: str) -> dict[str, Any]:
    """The JSON a benchmark ends with, also where it ends with a complaint."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=ROOT, timeout=900)
    told: dict[str, Any] = json.loads(done.stdout[done.stdout.index("\n{\n") if not done.stdout.startswith("{") else 0 :])
    return told


def main() -> None:
    (ROOT / "build").mkdir(exist_ok=True)
    results: dict[str, dict[str, object]] = {}
    measures = (
        start_up,
        labels,
        baselines,
        cascade_speed,
        events,
        routes,
        grouping_cost,
        month,
        stream,
        peers,
        replay,
        deliveries,
        polling,
        queries,
        idle,
        workers,
    )
    for measure in measures:
        if measure is not start_up and not SHARED.is_dir():
            results[measure.__name__] = {"skipped": f"no shared data under {SHARED}"}
        else:
            results[measure.__name__] = measure()
        print(measure.__name__, "-", (measure.__doc__ or "").strip())
        for name, figure in results[measure.__name__].items():
            print(f"  {name:52} {figure}")
    (ROOT / "build/bench.json").write_text(json.dumps(results, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
