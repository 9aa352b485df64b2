"""How fast questions are answered over a million stories and a hundred thousand alerts in SQLite.

The database is made once under build/ (some minutes) and kept; ``--stories`` and ``--alerts`` make a smaller one. Each question
is asked often, on a warm database, and its 95th percentile held against the target; exit code 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.query_fill import BEGIN, DAYS, fill
from monitor import query, summaries
from monitor.classify.names import Names
from monitor.filtering import Context, parse, read
from monitor.settings.schema import Watchlist
from monitor.store import Store
from monitor.surfaces.cli import garbage

ROOT = Path(__file__).parents[1]
NOW = BEGIN + timedelta(days=DAYS)
LABS = Watchlist(orgs=("OpenAI", "Anthropic", "Meta"), people=("Sam Altman",), projects=("Stargate",))
NAMES = Names(LABS.orgs)
CONTEXT = Context(now=NOW, watchlists={"labs": LABS}, names=NAMES.asked)
FILTERS = (
    "", "label:executive_move", "label:infrastructure", "org:OpenAI", "org:Meta org:Google", "from:Google", "to:OpenAI",
    "from:Google to:OpenAI", "person:baba", "role:CEO", 'role:"vice president"', "action:hire", "action:cancel",
    "status:rumored", "status:denied", "severity:critical", "severity>=high", "progress:open", "outlet:times",
    "project:Stargate", "location:Texas", "watchlist:labs", "amount>=1e9", "amount>=100bn", "capacity>=1GW", "since:7d",
    "since:1y until:360d", "until:700d", "org:OpenAI label:infrastructure amount>=10bn since:90d",
    "severity:critical status:denied", "org:nobody", "data", '"data center"', "campus power cloud", "zubace",
    "data since:30d", "data org:OpenAI", "data label:infrastructure status:denied", "openai hires",
    "org:OpenAI status:denied action:cancel", "dat*", "changed_after:1d", "changed_after:700d label:executive_move",
)  # fmt: skip
LISTS: dict[str, Callable[..., Any]] = {"alerts": query.alerts, "events": query.events, "stories": query.stories}


clock = time.perf_counter  # or time.thread_time, on a machine that is busy with other things


def p95(ask: Callable[[], object], times: int) -> tuple[float, float]:
    """(median, 95th percentile) in ms; the first, which finds the database cold, is left out."""
    ask()
    taken = []
    for _ in range(times):
        began = clock()
        ask()
        taken.append(1000 * (clock() - began))
    taken.sort()
    return taken[len(taken) // 2], taken[min(len(taken) - 1, round(0.95 * len(taken)))]


def first_pages(store: Store, times: int) -> list[tuple[str, float, float, float]]:
    found = []
    for name, of in LISTS.items():
        for words in FILTERS:
            if name == "stories" and "changed_after" in words:
                continue
            filter = parse(read(words), CONTEXT)
            found.append((f"{name}: {words or 'everything'}", *p95(partial(of, store, filter), times), 50.0))
    for words in FILTERS:  # what the page of alerts counts beside its list
        filter = parse(read(words), CONTEXT)
        found.append((f"facets: {words or 'everything'}", *p95(partial(query.facets, store, filter), times), 50.0))
    return found


def later_pages(store: Store, times: int) -> list[tuple[str, float, float, float]]:
    """A page deep inside: a keyset cursor costs what the first page does."""
    filter = parse(read("label:executive_move until:600d"), CONTEXT)
    cursor = query.alerts(store, filter).next
    ask = lambda: query.alerts(store, parse(read("label:executive_move"), CONTEXT), cursor=cursor)  # noqa: E731
    return [("alerts: a page deep inside", *p95(ask, times), 50.0)]


def read_models(store: Store, times: int) -> list[tuple[str, float, float, float]]:
    names, year = NAMES, parse(read("since:1y"), CONTEXT)
    quarter, to_one = parse(read("since:90d"), CONTEXT), parse(read("since:1y to:OpenAI"), CONTEXT)
    return [
        ("flows over a year", *p95(lambda: summaries.flows(store, names, year), times), 300.0),
        (
            "flows over a year to OpenAI",
            *p95(lambda: summaries.flows(store, names, to_one), times),
            300.0,
        ),
        ("buildouts added up over a year", *p95(lambda: summaries.totals(store, names, year), times), 1000.0),
        ("buildouts added up over 90 days", *p95(lambda: summaries.totals(store, names, quarter), times), 300.0),
        ("organisation: OpenAI", *p95(lambda: summaries.organisation(store, names, "OpenAI"), times), 150.0),
        ("organisation: Meta, a year", *p95(lambda: summaries.organisation(store, names, "Meta", year), times), 150.0),
        ("organisation: a small one", *p95(lambda: summaries.organisation(store, names, "Equinix"), times), 150.0),
    ]


CSV = """
import asyncio, resource, sys
from monitor.app import App
from monitor.settings.schema import Settings
from monitor.store import Store
from monitor.surfaces.api import create_app

def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

async def count(api, query):
    lines = 0
    sent = asyncio.Event()
    scope = {"type": "http", "method": "GET", "path": "/api/v1/alerts", "raw_path": b"", "query_string": query, "root_path": "",
             "headers": [(b"host", b"127.0.0.1")], "http_version": "1.1", "scheme": "http", "client": ("127.0.0.1", 1),
             "asgi": {"version": "3.0"}}
    async def receive():
        await sent.wait()
        return {"type": "http.disconnect"}
    async def send(message):
        nonlocal lines
        lines += message.get("body", b"").count(b"\\r\\n")
    await api(scope, receive, send)
    return lines

settings = Settings(database={"url": sys.argv[1]})
with Store.open(settings.database.url) as store:
    api = create_app(App(settings=settings, store=store))
    asyncio.run(count(api, b"format=csv&limit=1000"))
    before = memory()
    print(asyncio.run(count(api, b"format=csv")) - 1, memory() - before)
"""


def streamed(url: str) -> tuple[int, float, float]:
    """Rows of the whole list of alerts as CSV, the memory it took beyond the first hundred (MB), and seconds."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", CSV, url], capture_output=True, text=True, cwd=ROOT, check=True)
    rows, memory = done.stdout.split()
    return int(rows), float(memory), time.perf_counter() - began


def cpu(*args: str) -> float:
    """ms of CPU of a command, the best of five: an installed one, whose byte code is compiled."""
    best, environ = 1e9, {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "monitor", *args], stdout=subprocess.DEVNULL, cwd=ROOT, check=True, env=environ)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1_000_000)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20, help="how often each question is asked")
    parser.add_argument("--slow", action="store_true", help="print only what misses its target")
    parser.add_argument("--cpu", action="store_true", help="CPU of the asking thread instead of time by the clock")
    o = parser.parse_args()
    global clock
    clock = time.thread_time if o.cpu else time.perf_counter
    path = ROOT / f"build/queries-{o.stories}-{o.alerts}.db"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        fill(path, stories=o.stories, alerts=o.alerts)
    url = f"sqlite:///{path}"
    garbage.stay()  # as the daemon does
    with Store.open(url) as store:
        figures = [*first_pages(store, o.times), *later_pages(store, o.times), *read_models(store, o.times)]
    rows, memory, seconds = streamed(url)
    figures.append((f"CSV of {rows:,} alerts in {seconds:.0f} s: MB of memory", memory, memory, 50.0))
    for name, args, target in (
        ("--help: CPU", ("--help",), 150.0),
        ("alerts: CPU", ("--database", url, "alerts", "--limit", "50"), 400.0),
        ("alerts --org Meta: CPU", ("--database", url, "alerts", "--org", "Meta", "--limit", "50"), 400.0),
        ("flows --since 90d: CPU", ("--database", url, "flows", "--since", "90d", "--limit", "50"), 700.0),
    ):
        taken = cpu(*args)
        figures.append((f"movewire {name}", taken, taken, target))
    missed = [f for f in figures if f[2] > f[3]]
    for name, median, worst, target in missed if o.slow else figures:
        print(f"{'MISSED' if worst > target else 'ok':7}{name:70}{median:9.1f}{worst:9.1f}  (target {target:g})")
    print(f"{len(figures) - len(missed)} of {len(figures)} within their targets")
    told = {name: {"median": m, "p95": w, "target": target} for name, m, w, target in figures}
    (ROOT / "build/queries.json").write_text(json.dumps(told, indent=1))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
