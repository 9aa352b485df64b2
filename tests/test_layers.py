"""The layer table of docs/architecture.md, enforced on every import, and proved to catch a planted violation."""

from __future__ import annotations

import ast
import gc
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "monitor"

# A module belongs to the first row whose prefix fits. Lower numbers never import higher ones.
LAYERS: tuple[tuple[str, str, int], ...] = (
    ("monitor.__main__", "face", 6),
    ("monitor.surfaces", "face", 6),
    ("monitor.engine", "engine", 5),
    ("monitor.app", "shell", 4),
    ("monitor.collect", "shell", 4),
    ("monitor.polling", "shell", 4),
    ("monitor.deliver", "shell", 4),
    ("monitor.sending", "shell", 4),
    ("monitor.channel_test", "shell", 4),
    ("monitor.backtest", "shell", 4),
    ("monitor.rehearsal", "shell", 4),
    ("monitor.corrections", "shell", 4),
    ("monitor.in_force", "shell", 4),
    ("monitor.training", "shell", 4),
    ("monitor.feedback", "shell", 4),
    ("monitor.second_opinion", "shell", 4),
    ("monitor.explanation", "shell", 4),
    ("monitor.slack_feedback", "shell", 4),
    ("monitor.evaluation", "shell", 4),
    ("monitor.pipeline", "whole", 3),
    ("monitor.placing", "whole", 3),
    ("monitor.query", "reads", 3),
    ("monitor.reference", "reads", 3),
    ("monitor.searches", "reads", 3),
    ("monitor.summaries", "reads", 3),
    ("monitor.sources", "stage", 2),
    ("monitor.classify", "stage", 2),
    ("monitor.identity", "stage", 2),
    ("monitor.naming", "stage", 2),
    ("monitor.copies", "stage", 2),
    ("monitor.belonging", "stage", 2),
    ("monitor.grouping", "stage", 2),
    ("monitor.alerting", "stage", 2),
    ("monitor.severity", "stage", 2),
    ("monitor.routing", "stage", 2),
    ("monitor.matching", "stage", 2),
    ("monitor.silencing", "stage", 2),
    ("monitor.notify", "stage", 2),
    ("monitor.doors", "edge", 2),
    ("monitor.store", "edge", 2),
    ("monitor.interfaces", "contract", 1),
    ("monitor.results", "contract", 1),
    ("monitor.filtering", "contract", 1),
    ("monitor.schedule", "contract", 1),
    ("monitor.feed_state", "contract", 1),
    ("monitor.channel_state", "contract", 1),
    ("monitor.outage", "contract", 1),
    ("monitor.last_entries", "contract", 1),
    ("monitor.websub", "contract", 1),
    ("monitor.settings", "contract", 1),
    ("monitor.model", "word", 0),
    ("monitor.errors", "word", 0),
    ("monitor.later", "word", 0),
    ("monitor.ids", "word", 0),
    ("monitor.candidates", "word", 0),
    ("monitor.json_lines", "word", 0),
    ("monitor.subjects", "word", 0),
    ("monitor.standing", "word", 0),
    ("monitor.headlines", "word", 0),
    ("monitor.posts", "word", 0),
    ("monitor.membership", "word", 0),
    ("monitor.changes", "word", 0),
    ("monitor.money", "word", 0),
    ("monitor.text", "word", 0),
    ("monitor.stems", "word", 0),
    ("monitor.searching", "word", 0),
    ("monitor.opml", "word", 0),
    ("monitor.filings", "word", 0),
    ("monitor.urls", "word", 0),
    ("monitor.hours", "word", 0),
    ("monitor.log", "word", 0),
    ("monitor.pulse", "shell", 4),
    ("monitor.metrics", "shell", 4),
    ("monitor.tracing", "shell", 4),
)
# Stages that belong together and may use each other; every other pair of stages and edges may not.
TOGETHER = {
    frozenset({"monitor.alerting", "monitor.routing"}),
    frozenset({"monitor.identity", "monitor.naming"}),
    frozenset({"monitor.identity", "monitor.copies"}),
    frozenset({"monitor.identity", "monitor.belonging"}),
    *(
        frozenset(pair)
        for pair in combinations(
            ("monitor.alerting", "monitor.severity", "monitor.routing", "monitor.matching", "monitor.silencing"), 2
        )
    ),
}
# The folders of the classifier, each with those it may ask beside itself; modules beside the folders call them.
INSIDE_CLASSIFY = {
    "words": "",
    "parsing": "words",
    "weights": "words",
    "moves.cast": "words parsing moves.evidence",
    "moves.evidence": "words parsing moves.cast",
    "encoder": "words weights moves.cast moves.evidence",
    "moves.choice": "words parsing weights encoder moves.cast moves.evidence",
    "moves": "words parsing weights moves.cast moves.evidence",
    "buildouts": "words parsing weights encoder",
    "wording": "words",
}
# What pure code must not touch: the clock, the environment, chance, sockets, the disk's writers.
IMPURE = {
    "os",
    "random",
    "socket",
    "subprocess",
    "sqlite3",
    "sqlmodel",
    "sqlalchemy",
    "aiohttp",
    "asyncio",
    "structlog",
    "threading",
}
ONLY = {
    "ahocorasick": "monitor.classify",
    "aiohttp": "monitor.doors.http_library",
    "alembic": "monitor.store",
    "apprise": "monitor.doors.apprise_child",
    "apscheduler": "monitor.engine",
    "click": "monitor.surfaces",
    "fastapi": "monitor.surfaces",
    "feedparser": "monitor.sources",
    "jinja2": "monitor.surfaces",
    "mcp": "monitor.surfaces",
    "opentelemetry": "monitor.tracing",
    "procrastinate": "monitor.engine",
    "prometheus_client": "monitor.metrics",
    "pydantic_settings": "monitor.settings",
    "scipy": "monitor.training",
    "selectolax": "monitor.sources",
    "sklearn": "monitor.training",
    "smtplib": "monitor.doors.mail_door",
    "sqlalchemy": "monitor.store",
    "sqlite3": "monitor.store",
    "sqlmodel": "monitor.store",
    "starlette": "monitor.surfaces",
    "structlog": "monitor.log",
    "subprocess": "monitor.polling.reading_worker",
    "uvicorn": "monitor.surfaces",
}
# Who may look at the environment: the settings, what a terminal says of its colours, and what a child process is handed.
ENVIRONMENT = ("monitor.settings", "monitor.surfaces.cli", "monitor.doors.apprise_door")


CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter"}
PURE_CONTRACTS = {"monitor.schedule", "monitor.feed_state", "monitor.channel_state", "monitor.outage", "monitor.websub"}


def module_of(path: Path, root: Path) -> str:
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def row_of(module: str) -> tuple[str, str, int]:
    for prefix, kind, level in LAYERS:
        if module == prefix or module.startswith(prefix + "."):
            return prefix, kind, level
    raise AssertionError(f"{module} stands in no row of the layer table: add it to docs/architecture.md and here")


@cache
def parsed(path: Path) -> ast.Module:
    text = path.read_text(encoding="utf-8")
    gc.disable()  # Python 3.11 loses count of its depth where what is collected in the midst has pytest parse something
    try:
        return ast.parse(text)
    finally:
        gc.enable()


def imports(path: Path, module: str) -> Iterator[tuple[int, str]]:
    tree = parsed(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
                base = ".".join([*package[: len(package) - node.level + 1], base]).rstrip(".")
            yield node.lineno, base
            if base == "monitor" or base.startswith("monitor."):
                yield from ((node.lineno, f"{base}.{a.name}") for a in node.names if is_module(f"{base}.{a.name}"))


@cache
def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def complaint(module: str, target: str) -> str:
    """Why ``module`` may not import ``target``; "" where it may."""
    prefix, kind, level = row_of(module)
    top = target.split(".")[0]
    owner = ONLY.get(top)
    if owner and not (module == owner or module.startswith(owner + ".")):
        return f"only {owner} may use {top}"
    if top != "monitor":
        return f"pure code may not use {top}" if is_pure(module) and top in IMPURE else ""
    if target == "monitor":
        return ""
    if target == "monitor.log" and kind in ("stage", "whole"):
        return "pure code returns its reasons, and the shell logs them"
    if module in (registered := members(prefix)) and target in registered - {module}:
        return "members of a registry do not know each other"
    other, other_kind, other_level = row_of(target)
    if other_level > level:
        return f"layer {level} may not use layer {other_level}"
    if other != prefix and level == other_level == 2 and frozenset({prefix, other}) not in TOGETHER:
        return "stages and edges of one layer do not know each other"
    if kind == "whole" and other_kind in ("edge", "reads"):
        return "the pipeline is pure"
    inside, asked = folder_of(module), folder_of(target)
    if prefix == other and inside in INSIDE_CLASSIFY and asked not in (inside, *INSIDE_CLASSIFY[inside].split()):
        return f"{inside} of the classifier may not ask {asked or 'what calls it'}"
    folder = "." in module.removeprefix(prefix)
    if kind == "stage" and folder and target == prefix:
        return "a member of a registry may not import its registry"
    return ""


def folder_of(module: str) -> str:
    """The folder of the classifier that a module of it stands in; "" where it stands beside the folders."""
    inside = module.partition("monitor.classify.")[2]
    return inside if inside in INSIDE_CLASSIFY else inside.rpartition(".")[0]


def is_pure(module: str) -> bool:
    prefix, kind, _ = row_of(module)
    return (kind in ("stage", "whole", "word") and module != "monitor.log") or prefix in PURE_CONTRACTS


@cache
def members(prefix: str) -> frozenset[str]:
    """The modules a registry of sources or notifiers is made of: those its folder's ``__init__`` imports."""
    registry = ROOT.joinpath(*prefix.split("."), "__init__.py")
    if prefix not in ("monitor.sources", "monitor.notify"):
        return frozenset()
    return frozenset(target for _, target in imports(registry, prefix) if target.startswith(prefix + "."))


def clocks(path: Path) -> Iterator[int]:
    """The lines where a clock is read."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            if isinstance(node.func.value, ast.Name) and node.func.value.id in ("datetime", "date", "time"):
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "time" and CLOCKS & {alias.name for alias in node.names}:
            yield node.lineno


def environment(path: Path) -> Iterator[int]:
    """The lines where the environment is read or changed."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "putenv"):
            if isinstance(node.value, ast.Name) and node.value.id == "os":
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "os" and {"environ", "getenv"} & {a.name for a in node.names}:
            yield node.lineno


def violations(root: Path) -> list[str]:
    found = []
    for path in sorted(root.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        module = module_of(path, root)
        if module == "monitor":
            continue
        found += [
            f"{path.relative_to(root.parent)}:{line}: {target}: {why}"
            for line, target in imports(path, module)
            if (why := complaint(module, target))
        ]
        if is_pure(module):
            found += [f"{path.relative_to(root.parent)}:{line}: pure code is told the time" for line in clocks(path)]
        if not module.startswith(ENVIRONMENT):
            found += [
                f"{path.relative_to(root.parent)}:{line}: settings alone read the environment" for line in environment(path)
            ]
    return found


def test_every_import_keeps_to_the_layers() -> None:
    assert violations(PACKAGE) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("grouping.py", "from monitor.store import Store"),
        ("model/stories.py", "import monitor.settings.schema"),
        ("classify/persons.py", "from monitor.classify import load_classifier"),
        ("classify/moves/cast/chairs.py", "from monitor.classify.buildouts import places"),
        ("classify/words/kept.py", "from monitor.classify.cascade import Cascade"),
        ("notify/slack.py", "from monitor import alerting"),
        ("pipeline.py", "import random"),
        ("query/pages.py", "from sqlmodel import Session"),
        ("collect.py", "from monitor.engine import embedded"),
        ("alerting.py", "from datetime import datetime; datetime.now()"),
        ("sources/edgar.py", "from time import monotonic"),
        ("schedule.py", "import random"),
        ("grouping/score.py", "from monitor import log"),
        ("sources/google_news.py", "from monitor.sources.edgar import Edgar"),
        ("notify/slack_bot.py", "from monitor.notify import slack"),
        ("deliver.py", "import os; os.environ['SLACK_WEBHOOK_URL']"),
        ("engine/loops.py", "from os import getenv"),
        ("app.py", "from feedparser import parse"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, file: str, line: str) -> None:
    planted = tmp_path / "monitor" / file
    planted.parent.mkdir(parents=True)
    planted.write_text(line + "\n")
    assert violations(tmp_path / "monitor")


def test_the_table_is_that_of_the_architecture_and_names_nothing_that_is_not_there() -> None:
    """A row of a module that was taken out would let the next of its name in unseen."""
    assert [prefix for prefix, _, _ in LAYERS if not is_module(prefix)] == []
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told: dict[int, set[str]] = {}
    for level, members in re.findall(r"^\| ([0-6]) [a-z][^|]*\| `([^`]+)` \|", text, re.M):
        told.setdefault(int(level), set()).update(name.removesuffix("/*") for name in members.split())
    ours: dict[int, set[str]] = {}
    for prefix, _, level in LAYERS:
        ours.setdefault(level, set()).add(prefix.removeprefix("monitor."))
    assert told == ours


def test_no_import_circle() -> None:
    """Between modules, counting only what is imported when a module loads."""
    graph: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        module = module_of(path, PACKAGE)
        top = parsed(path).body
        lines = {n.lineno for n in top if isinstance(n, (ast.Import, ast.ImportFrom))}
        graph[module] = {t for line, t in imports(path, module) if line in lines and t != module and t.startswith("monitor.")}
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join([*trail, module])
        if module not in done:
            for target in sorted(graph.get(module, ())):
                walk(target, (*trail, module))
            done.add(module)

    for module in sorted(graph):
        walk(module, ())


def test_files_keep_to_their_budget_of_lines() -> None:
    long = {str(p.relative_to(ROOT)): n for p in PACKAGE.rglob("*.py") if (n := p.read_text(encoding="utf-8").count("\n")) > 300}
    assert long == {}
