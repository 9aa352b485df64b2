"""The command line as its users have it: arguments in; output, notices and an exit code back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.surfaces.cli import main
from tests.servers import LocalServer, Reply, document, local_server, rss

ROOT = Path(__file__).parents[2]


@dataclass
class Ended:
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("alerts", "list")``: the same ``main`` the command calls, in this process, with the bytes ``stdin`` to read."""
    for name in [name for name in os.environ if name.startswith("MOVEWIRE_") and name != "MOVEWIRE_SHARED"]:
        monkeypatch.delenv(name)

    def call(*args: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, *capsys.readouterr())

    return call


def process(*args: object, cwd: Path, stdin: bytes = b"", **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own, with no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "monitor", *(str(a) for a in args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=60,
        env=clean_environ() | environ,
        check=False,
    )


def begun(*args: object, cwd: Path) -> subprocess.Popen[bytes]:
    """The command as a process that goes on; what it says goes nowhere."""
    words = [sys.executable, "-m", "monitor", *(str(a) for a in args)]
    return subprocess.Popen(words, cwd=cwd, env=clean_environ(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def clean_environ() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_")} | {"PYTHONPATH": str(ROOT)}


@dataclass
class World:
    """A configuration, and the server its feeds and channels lead to."""

    folder: Path
    server: LocalServer
    items: list[tuple[str, str, str, datetime]]

    @property
    def config(self) -> Path:
        return self.folder / "movewire.yaml"

    def write(self, **sections: Any) -> None:
        base = {
            "database": {"url": f"sqlite:///{self.folder}/movewire.db"},
            "polling": {"min_interval": "1s", "max_interval": "1s", "host_delay": 0, "per_host": 10},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "logging": {"level": "error"},
            "server": {"listen": "127.0.0.1:0"},
            "channels": {"hook": {"type": "webhook", "url": f"{self.server.url}/hook", "rate_per_second": 100}},
            "routes": [{"name": "all", "channels": ["hook"]}],
            "feeds": [{"name": "Sample [red]Wire[/red]", "url": f"{self.server.url}/feed.xml"}],
        }
        self.config.write_text(yaml.safe_dump(base | sections))
        if not (mastheads := self.folder / "outlets.yaml").exists():  # the shipped ones are read where they are the matter
            mastheads.write_text("outlets: []\n")


def _ago(**span: float) -> datetime:
    return datetime.now(UTC) - timedelta(**span)


@pytest.fixture(scope="session")
def net() -> Iterator[LocalServer]:
    with local_server() as server:
        server.routes["/hook"] = lambda _: Reply(200, b"ok")
        server.routes["/page"] = lambda _: Reply(
            200, b"<!doctype html><title>Just a moment</title>", {"content-type": "text/html"}
        )
        yield server


@pytest.fixture
def world(net: LocalServer, tmp_path: Path) -> World:
    """Nothing polled yet; the feed holds one old story."""
    made = World(tmp_path, net, [("old-1", "Brightwater Foods names Ada Quill chief executive", "In June.", _ago(days=2))])
    net.routes["/feed.xml"] = document(lambda: rss(made.items))
    made.write()
    return made


@pytest.fixture(scope="session")
def told_once(net: LocalServer, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A feed that was polled twice: one move and one buildout were told. For reading only."""
    made = World(tmp_path_factory.mktemp("told"), net, [("old-1", "Ten quiet keyboards, tried", "We typed.", _ago(days=2))])
    net.routes["/told.xml"] = document(lambda: rss(made.items))
    made.write(feeds=[{"name": "Sample [red]Wire[/red]", "url": f"{net.url}/told.xml"}])
    first = process("--config", made.config, "feeds", "poll", "--all", "--once", cwd=made.folder)
    made.items[:0] = [
        (
            "new-1",
            "Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive",
            "Mara Lindqvist of Northlight AI joins Corvid Systems, the company announced.",
            _ago(minutes=5),
        ),
        (
            "new-2",
            "Skagen Power to build 1.2 GW data center campus in Texas for $14 billion",
            "Skagen Power will build a data center campus in Texas, it said on Monday.",
            _ago(minutes=4),
        ),
    ]
    second = process("--config", made.config, "feeds", "poll", "--all", cwd=made.folder)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert b"2 new, 2 flagged, 2 alerts" in second.stdout, second.stdout + second.stderr
    return made


@pytest.fixture
def told(told_once: World, run: Run) -> Run:
    """``run`` with the configuration of a feed whose stories were told."""
    return lambda *args: run("--config", told_once.config, *args)
