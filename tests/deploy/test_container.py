"""The image as people run it: built, started with the least there is, fed, stopped, started again. ``make test-container``."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shared import REPLAY, needs_replay

ROOT = Path(__file__).parents[2]
IMAGE = "movewire:test"
LIMIT = 250_000_000  # bytes


def docker(*args: object, check: bool = True, timeout: float = 120) -> str:
    done = subprocess.run(["docker", *map(str, args)], capture_output=True, text=True, timeout=timeout, cwd=ROOT, check=False)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def _engine() -> str:
    """Why no engine can be used; "" where one can."""
    if shutil.which("docker") is None:
        return "no docker client"
    asked = subprocess.run(["docker", "info"], capture_output=True, text=True, timeout=30, check=False)
    return "" if asked.returncode == 0 else "no docker engine answers"


pytestmark = [pytest.mark.container, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def image() -> str:
    if why := _engine():
        pytest.skip(f"{why}: make test-container brings one up where it can")
    docker("buildx", "build", "--network", "host", "--load", "-t", IMAGE, ".", timeout=500)
    return IMAGE


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read(), "utf-8")


def arrived(sink: str) -> list[dict[str, Any]]:
    """Every request the sink got: a JSON object a line, or one list of them."""
    text = get(f"{sink}/_log").strip()
    found = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    return [asked | {"headers": {k.lower(): v for k, v in dict(asked["headers"]).items()}} for asked in found]


def until(holds: Any, seconds: float, what: str) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"{what}: not within {seconds} s"
        time.sleep(0.2)
    return time.monotonic() - began


@contextmanager
def internet(speed: int = 3600) -> Iterator[tuple[str, str]]:
    """The replay's feeds and its sink, on ports of their own."""
    feeds, sink = free_port(), free_port()
    commands = (["feeds", "--port", feeds, "--speed", speed], ["sink", "--port", sink])
    processes = [subprocess.Popen([sys.executable, REPLAY, *map(str, c)], stdout=subprocess.DEVNULL) for c in commands]

    def answers() -> bool:
        try:
            return get(f"http://127.0.0.1:{feeds}/") is not None and get(f"http://127.0.0.1:{sink}/_log") is not None
        except OSError:
            return False

    try:
        until(answers, 60, "the replay listens")
        yield f"http://127.0.0.1:{feeds}", f"http://127.0.0.1:{sink}"
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def configure(folder: Path, feeds: str, sink: str) -> Path:
    listed = [url for url in get(f"{feeds}/").split('"') if "/live/" in url][:80]
    addresses = [url if url.startswith("http") else feeds + url for url in listed]
    raw = {
        "polling": {"min_interval": "2s", "max_interval": "2s", "host_delay": 0, "per_host": 20},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "alerting": {"max_age": "3650d", "alert_backlog": "3650d"},
        "server": {"enabled": False},
        "channels": {"hook": {"type": "webhook", "url": f"{sink}/ok", "rate_per_second": 50}},
        "routes": [{"name": "all", "channels": ["hook"]}],
        "feeds": [{"name": url.rsplit("/", 1)[1], "url": url} for url in addresses],
    }
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "movewire.yaml").write_text(yaml.safe_dump(raw))
    (folder / "movewire.yaml").chmod(0o644)
    return folder


class Container:
    """One start of the image with everything taken away that can be."""

    def __init__(self, config: Path, volume: str, *command: str) -> None:
        self.name = f"movewire-test-{uuid.uuid4().hex[:8]}"
        hardened = ("--read-only", "--tmpfs", "/tmp", "--memory", "256m", "--memory-swap", "256m", "--pids-limit", "128")
        closed = ("--cap-drop", "ALL", "--security-opt", "no-new-privileges:true", "--network", "host")
        mounts = ("-v", f"{volume}:/data", "-v", f"{config}:/config:ro", "-e", "MOVEWIRE_CONFIG=/config/movewire.yaml")
        docker("run", "-d", "--name", self.name, *hardened, *closed, *mounts, IMAGE, *command)

    def state(self, what: str) -> str:
        return docker("inspect", "-f", f"{{{{{what}}}}}", self.name)

    def movewire(self, *args: str) -> str:
        return docker("exec", self.name, "movewire", *args)

    def logs(self) -> str:
        done = subprocess.run(["docker", "logs", self.name], capture_output=True, text=True, timeout=30, check=False)
        return done.stdout + done.stderr

    def stop(self) -> float:
        began = time.monotonic()
        docker("stop", "-t", "20", self.name)
        return time.monotonic() - began

    def remove(self) -> None:
        docker("rm", "-f", self.name, check=False)


def test_the_image_is_small_and_has_nothing_it_does_not_need(image: str) -> None:
    size = int(docker("image", "inspect", "-f", "{{.Size}}", image))
    print(f"\nimage: {size / 1e6:.0f} MB")
    assert size < LIMIT
    config = json.loads(docker("image", "inspect", "-f", "{{json .Config}}", image))
    assert config["User"] == "10001:10001" and list(config["Volumes"]) == ["/data"]
    assert config["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0"
    assert not [e for e in config["Env"] if any(word in e.upper() for word in ("SECRET", "TOKEN", "PASSWORD"))]
    history = docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", image)
    assert "pip.conf" not in history.replace("id=pip_conf,target=/etc/pip.conf", "")
    found = docker("run", "--rm", "--entrypoint", "sh", image, "-c", "ls /opt/movewire/bin")
    assert "pip" not in found.split() and "movewire" in found.split()


@needs_replay
def test_it_is_healthy_delivers_and_stops_with_nothing_lost(image: str, tmp_path: Path) -> None:
    volume = f"movewire-test-{uuid.uuid4().hex[:8]}"
    with internet() as (feeds, sink):
        config = configure(tmp_path / "config", feeds, sink)
        first = Container(config, volume, "run")
        second = None
        try:
            healthy = until(lambda: first.state(".State.Health.Status") == "healthy", 10, "healthy")
            uids = {line.split()[1] for line in docker("top", first.name, "-eo", "pid,uid").splitlines()[1:]}
            assert uids == {"10001"}, "nobody in it is root"
            refused = docker("exec", first.name, "python", "-c", "open('/opt/x', 'w')", check=False)
            assert refused == "" and "No such file" in docker("exec", first.name, "sh", "-c", "ls /opt/x 2>&1", check=False)
            until(lambda: len(arrived(sink)) >= 5, 90, "five deliveries")
            peak = docker("stats", "--no-stream", "--format", "{{.MemUsage}}", first.name)
            took = first.stop()
            assert (first.state(".State.ExitCode"), first.state(".State.OOMKilled")) == ("0", "false"), first.logs()[-3000:]
            assert took < 10
            print(f"\nhealthy after {healthy:.1f} s, memory {peak}, stopped in {took:.1f} s")
            told = Counter(asked["headers"]["webhook-id"] for asked in arrived(sink))
            assert set(told.values()) == {1}

            second = Container(config, volume, "run")
            until(lambda: second.state(".State.Health.Status") == "healthy", 15, "healthy again")
            until(lambda: not json.loads(second.movewire("deliveries", "--state", "sending", "--format", "json")), 60, "drained")
            until(lambda: len(arrived(sink)) > len(told), 60, "it goes on")
            second.stop()
            after = Counter(asked["headers"]["webhook-id"] for asked in arrived(sink))
            assert set(after.values()) == {1} and told.keys() <= after.keys(), "nothing twice"
        finally:
            for one in (first, second):
                if one is not None:
                    one.remove()
            docker("volume", "rm", "-f", volume, check=False)


@pytest.mark.parametrize("wrong", ["root", "writable"])
def test_it_needs_neither_root_nor_a_writable_root(image: str, wrong: str) -> None:
    """What a person might grant it by mistake changes nothing: the program never asks for it."""
    options = ("--user", "0") if wrong == "root" else ("--cap-drop", "ALL")
    assert docker("run", "--rm", "--network", "host", *options, image, "--version").startswith("movewire ")


def test_the_compose_file_comes_up_healthy(image: str, tmp_path: Path) -> None:
    project = f"movewire-test-{uuid.uuid4().hex[:8]}"
    # An engine without a bridge has the host's network only, where no port is published.
    host = (
        "services: {movewire: {network_mode: host, ports: !reset [], environment: {MOVEWIRE__SERVER__LISTEN: '127.0.0.1:0'}}}\n"
    )
    (tmp_path / "host.yaml").write_text(host)
    base = ["compose", "-p", project, "-f", "deploy/compose.yaml", "-f", str(tmp_path / "host.yaml")]
    os.environ["MOVEWIRE_IMAGE"] = image
    try:
        docker(*base, "up", "-d", "--no-build", "--wait", "--wait-timeout", "60", timeout=90)
        state = json.loads(docker(*base, "ps", "--format", "json").splitlines()[0])
        assert state["Health"] == "healthy"
    finally:
        docker(*base, "down", "-v", check=False)
        del os.environ["MOVEWIRE_IMAGE"]
