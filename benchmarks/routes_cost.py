"""What a table of 200 routes costs a story: ``python -m benchmarks.routes_cost``. CPU, on events that few of them want."""

from __future__ import annotations

import argparse
import random
import time
from datetime import UTC, datetime
from statistics import median

from benchmarks.grouping_cost import START, told
from monitor import grouping
from monitor.routing import Router
from monitor.settings.schema import Settings

NIGHT = {"from": "22:00", "to": "07:00"}
EVENTS = 400


def table(count: int) -> Settings:
    """Routes of every kind of condition; a fifth inside another, each with hours of its own."""
    rnd = random.Random(3)
    names = [f"Watched {n} Systems" for n in range(4 * count)]
    kinds = (
        lambda: {"org": rnd.sample(names, 8)},
        lambda: {"to_org": rnd.sample(names, 4), "role_level": ["top", "chief"]},
        lambda: {"label": ["infrastructure"], "amount_at_least": 1e12},
        lambda: {"watchlist": ["watched"], "severity_at_least": "high"},
        lambda: {"q": f'"data center" {rnd.choice(names)}'},
        lambda: {"person": [f"Person {rnd.randrange(999)} Watched"], "unless": {"status": ["denied"]}},
    )
    routes = [
        {"name": f"r{n}", "match": kinds[n % len(kinds)](), "channels": ["desk"], "continue": True, "quiet_hours": NIGHT}
        | (
            {"routes": [{"name": f"r{n} inside", "match": kinds[(n + 1) % len(kinds)](), "digest": "hourly"}]}
            if n % 5 == 0
            else {}
        )
        for n in range(count * 5 // 6)
    ]
    routes.append({"name": "rest", "channels": ["desk"], "timezone": "Europe/Berlin", "quiet_hours": NIGHT})
    channels = {"desk": {"type": "stdout"}}
    watched = {"watched": {"orgs": names, "people": [f"Somebody {n}" for n in range(count)]}}
    return Settings.model_validate({"channels": channels, "routes": routes, "watchlists": watched})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--routes", type=int, default=200)
    router, rnd, spent = Router(table(parser.parse_args().routes)), random.Random(4), []
    for number in range(EVENTS):
        story, verdict = told(rnd, number, START)
        event = grouping.found(story, verdict, story.at)
        began = time.process_time()
        router.route(event, now=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
        spent.append(time.process_time() - began)
    spent.sort()
    count = sum(1 for _ in router.every())
    print(f"{count} routes: {1000 * median(spent):.2f} ms a story in the middle, {1000 * spent[EVENTS * 99 // 100]:.2f} ms p99")


if __name__ == "__main__":
    main()
