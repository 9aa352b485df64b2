"""Images and containers of a Docker engine, and the recorded internet they are run against."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from tests.servers import free_port as free_port
from tests.shared import REPLAY

ROOT = Path(__file__).parents[2]
IMAGE, LARGER = "movewire:test", "movewire:test-encoder"
LIMITS = {IMAGE: 250_000_000, LARGER: 330_000_000}  # bytes


def docker(*args: object, check: bool = True, timeout: float = 120) -> str:
    done = subprocess.run(["docker", *map(str, args)], capture_output=True, text=True, timeout=timeout, cwd=ROOT, check=False)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def no_engine() -> str:
    """Why no engine can be used; "" where one can."""
    if shutil.which("docker") is None:
        return "no docker client"
    asked = subprocess.run(["docker", "info"], capture_output=True, text=True, timeout=30, check=False)
    return "" if asked.returncode == 0 else "no docker engine answers"


def built(image: str, *options: str) -> str:
    docker("buildx", "build", "--network", "host", "--load", *options, "-t", image, ".", timeout=500)
    return image


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

    def __init__(self, config: Path, volume: str, *command: str, image: str = IMAGE, memory: str = "256m") -> None:
        self.name = f"movewire-test-{uuid.uuid4().hex[:8]}"
        hardened = ("--read-only", "--tmpfs", "/tmp", "--memory", memory, "--memory-swap", memory, "--pids-limit", "128")
        closed = ("--cap-drop", "ALL", "--security-opt", "no-new-privileges:true", "--network", "host")
        mounts = ("-v", f"{volume}:/data", "-v", f"{config}:/config:ro", "-e", "MOVEWIRE_CONFIG=/config/movewire.yaml")
        docker("run", "-d", "--name", self.name, *hardened, *closed, *mounts, image, *command)

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
