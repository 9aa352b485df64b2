"""A new configuration without a restart, on a daemon that runs as a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
import yaml

from monitor.app import open_app
from monitor.engine.embedded import serve
from monitor.engine.loops import Running
from monitor.engine.reloading import Reloads, lives
from monitor.settings import load
from monitor.store import Store

ROOT = Path(__file__).parents[2]


def configure(folder: Path, **sections: Any) -> Path:
    raw: dict[str, Any] = {
        "database": {"url": f"sqlite:///{folder}/movewire.db"},
        "server": {"enabled": False},
        "feeds": [{"name": "One", "url": "http://127.0.0.1:9/one.xml"}],
        "pulse_file": str(folder / "pulse"),
    }
    config = folder / "movewire.yaml"
    config.write_text(yaml.safe_dump(raw | sections))
    return config


def movewire(*args: object) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_")} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "monitor", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=clean, check=False)


@contextmanager
def daemon(config: Path) -> Iterator[subprocess.Popen[bytes]]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_")} | {"PYTHONPATH": str(ROOT)}
    with (config.parent / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(config), "run"], stderr=log, env=clean)
    try:
        deadline = time.monotonic() + 40
        while movewire("health", "--quiet", "--pulse", config.parent / "pulse").returncode != 0:
            assert process.poll() is None and time.monotonic() < deadline, (config.parent / "log").read_text()
        yield process
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.slow
def test_a_new_file_is_taken_whole_and_a_wrong_one_not_at_all(tmp_path: Path) -> None:
    config = configure(tmp_path)
    with daemon(config) as process, Store.open(f"sqlite:///{tmp_path}/movewire.db") as store:
        configure(tmp_path, feeds=[{"name": "Two", "url": "http://127.0.0.1:9/two.xml"}])
        done = movewire("--config", config, "config", "reload")
        assert done.returncode == 0 and "in force" in done.stderr, done.stderr
        assert {f.name: f.state.value for f in store.feeds()}["One"] == "resting"
        assert "Two" in {f.name for f in store.feeds()}

        configure(
            tmp_path, feeds=[{"name": "Three", "url": "http://127.0.0.1:9/3.xml"}], channels={"terminal": {"type": "nonsense"}}
        )
        done = movewire("--config", config, "config", "reload")
        assert done.returncode == 4 and "nonsense" in done.stderr
        process.send_signal(signal.SIGHUP)  # whoever does not use the command is told in the log
        deadline = time.monotonic() + 20
        while "the old one stays" not in (log := (tmp_path / "log").read_text()):
            assert time.monotonic() < deadline, log
            time.sleep(0.05)
        assert "nonsense" in log and "Three" not in {f.name for f in store.feeds()}
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_reload_without_a_daemon_says_so(tmp_path: Path) -> None:
    done = movewire("--config", configure(tmp_path), "config", "reload")
    assert done.returncode == 1 and done.stderr.splitlines()[-1] == "movewire: no daemon runs on this database"


@pytest.mark.parametrize(("text", "why"), [("", "no pulse"), ("{}", "no pulse"), (None, "no process")])
def test_a_pulse_that_cannot_be_read_is_no_health(tmp_path: Path, text: str | None, why: str) -> None:
    from datetime import UTC, datetime

    from monitor import pulse

    path = tmp_path / "pulse"
    if text is not None:
        path.write_text(text)
    assert why in pulse.read(path, datetime.now(UTC))


def test_a_pulse_speaks_of_a_process_that_is_heard_and_whose_loops_move(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from monitor import pulse

    now, path = datetime(2026, 5, 4, tzinfo=UTC), tmp_path / "pulse"
    minute = timedelta(minutes=1)
    pulse.write(str(path), now, {"pid": 7, "started": (now - minute).isoformat(), "collect": now.isoformat(), "deliver": None})
    assert "deliver loop has not run since" in pulse.read(path, now)
    pulse.write(str(path), now, {"pid": 7, "started": now.isoformat(), "collect": None, "deliver": None})
    assert pulse.read(path, now) == ""
    assert "last heartbeat of the process was 60 s ago (process 7)" in pulse.read(path, now + minute)
    with structlog.testing.capture_logs() as lines:
        for _ in range(2):
            pulse.write(str(tmp_path / "no" / "folder"), now, {})  # nobody dies of it
    assert [line["why"] for line in lines] == ["No such file or directory"], "and it is said once"


@pytest.mark.slow
def test_a_daemon_that_was_killed_is_missed_at_once(tmp_path: Path) -> None:
    """Its last heartbeat is fresh for 45 s more: health was good for so long, and a reload ended in a traceback."""
    config = configure(tmp_path)
    with daemon(config) as process:
        assert movewire("--config", config, "health", "--quiet").returncode == 0
        process.kill()
        process.wait(10)
        for asked in (("health",), ("health", "--pulse", tmp_path / "pulse")):
            done = movewire("--config", config, *asked)
            assert done.returncode == 1 and f"was killed or crashed (process {process.pid})" in done.stdout
        done = movewire("--config", config, "config", "reload")
        assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "movewire: no daemon runs on this database")


def _listens(process: subprocess.Popen[bytes]) -> bool:
    """Does it have a handler of its own for SIGHUP by now?"""
    caught = next(line for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGHUP - 1) & 1)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the system does not tell which signals a process catches")
def test_a_hangup_before_the_daemon_is_up_is_kept_for_when_it_is(tmp_path: Path) -> None:
    """`systemctl reload` right after the start had ended it."""
    config = configure(tmp_path)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_")} | {"PYTHONPATH": str(ROOT)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(config), "run"], stderr=log, env=clean)
    try:
        deadline = time.monotonic() + 40
        while not _listens(process):
            assert not (tmp_path / "movewire.db").exists() and time.monotonic() < deadline, "from the very beginning"
        process.send_signal(signal.SIGHUP)
        while "the new configuration is in force" not in (said := (tmp_path / "log").read_text()):
            assert process.poll() is None and time.monotonic() < deadline, said
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait(10)


def test_a_signal_to_stop_that_comes_during_a_reload_stops(tmp_path: Path) -> None:
    """`systemctl reload` and then `stop`: the life that ended had heard it, and the next one ran until it was killed."""
    lived, settings = [], load(configure(tmp_path), {})

    @asynccontextmanager
    async def reloading(running: Running) -> AsyncIterator[None]:
        lived.append(running.app)
        if first := len(lived) == 1:
            reloads.taken = settings
            reloads.ready.set()
        yield
        if first:
            os.kill(os.getpid(), signal.SIGTERM)  # while the old configuration's loops drain

    with open_app(settings, alone=True) as app:
        reloads = Reloads(lambda: settings)
        code = asyncio.run(lives(app, reloads, lambda app: serve(app, 2, [reloading], reloads)))
    assert (code, len(lived)) == (0, 1)
