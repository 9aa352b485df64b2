"""The image as people run it: built, started with the least there is, fed, stopped, started again. ``make test-container``."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.deploy.containers import (
    IMAGE,
    LARGER,
    LIMITS,
    ROOT,
    Container,
    arrived,
    built,
    configure,
    docker,
    free_port,
    get,
    internet,
    no_engine,
    until,
)
from tests.shared import needs_replay

pytestmark = [pytest.mark.container, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def image() -> str:
    if why := no_engine():
        pytest.skip(f"{why}: make test-container brings one up where it can")
    return built(IMAGE)


@pytest.fixture(scope="module")
def larger(image: str) -> str:
    """The image with the encoder."""
    return built(LARGER, "--build-arg", "ENCODER=1")


def within_its_size(image: str) -> bool:
    size = int(docker("image", "inspect", "-f", "{{.Size}}", image))
    print(f"\n{image}: {size / 1e6:.0f} MB")
    return size < LIMITS[image]


def test_the_image_is_small_and_has_nothing_it_does_not_need(image: str) -> None:
    assert within_its_size(image)
    config = json.loads(docker("image", "inspect", "-f", "{{json .Config}}", image))
    assert config["User"] == "10001:10001" and list(config["Volumes"]) == ["/data"]
    assert config["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0"
    assert not [e for e in config["Env"] if any(word in e.upper() for word in ("SECRET", "TOKEN", "PASSWORD"))]
    history = docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", image)
    assert "pip.conf" not in history.replace("id=pip_conf,target=/etc/pip.conf", "")
    found = docker("run", "--rm", "--entrypoint", "sh", image, "-c", "ls /opt/movewire/bin")
    assert "pip" not in found.split() and "movewire" in found.split()
    packages = docker("run", "--rm", "--entrypoint", "sh", image, "-c", "cd /opt/movewire/lib/python3*/site-packages && find")
    assert "./monitor/classify/cascade.py" in packages and "./numpy/" not in packages and ".npz" not in packages


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


@needs_replay
def test_the_larger_image_judges_with_the_encoder_in_the_memory_it_is_given(larger: str, tmp_path: Path) -> None:
    assert within_its_size(larger)
    volume = f"movewire-test-{uuid.uuid4().hex[:8]}"
    with internet() as (feeds, sink):
        daemon = Container(configure(tmp_path / "config", feeds, sink), volume, "run", image=larger, memory="384m")
        try:
            healthy = until(lambda: daemon.state(".State.Health.Status") == "healthy", 15, "healthy")
            assert re.search(r"^encoder\s+used$", daemon.movewire("health"), re.M)
            until(lambda: len(arrived(sink)) >= 5, 90, "five deliveries")
            memory = docker("stats", "--no-stream", "--format", "{{.MemUsage}}", daemon.name)
            took = daemon.stop()
            assert (daemon.state(".State.ExitCode"), daemon.state(".State.OOMKilled")) == ("0", "false"), daemon.logs()[-3000:]
            print(f"\nhealthy after {healthy:.1f} s, memory {memory}, stopped in {took:.1f} s")
        finally:
            daemon.remove()
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


POSTGRES = "movewire-postgres:test"
_POSTGRES_FILE = """
FROM python:3.13-slim
RUN apt-get update -qq && apt-get install -qq --yes --no-install-recommends postgresql >/dev/null \\
    && install --directory --owner postgres --group postgres --mode 0700 /var/lib/postgresql/data
COPY --chmod=755 begin /begin
USER postgres
ENTRYPOINT ["/begin"]
"""
_POSTGRES_BEGIN = """#!/bin/sh -e
cd /var/lib/postgresql/data
bin=$(echo /usr/lib/postgresql/*/bin)
if [ ! -s PG_VERSION ]; then
  printf %s "$POSTGRES_PASSWORD" >/tmp/password
  "$bin/initdb" -D . -U "$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust --encoding=UTF8
  echo "CREATE DATABASE $POSTGRES_DB" | "$bin/postgres" --single -D . postgres
fi
exec "$bin/postgres" -D . -c listen_addresses=127.0.0.1
"""


@pytest.fixture(scope="module")
def postgres_image(image: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The image the compose file names, where it can be had; else one like it, of Debian's package on our own base."""
    named = yaml.safe_load((ROOT / "deploy" / "compose.scale.yaml").read_text())["services"]["postgres"]["image"]
    pulled = subprocess.run(["docker", "pull", "--quiet", named], capture_output=True, timeout=300, check=False)
    if pulled.returncode == 0:
        return str(named)
    folder = tmp_path_factory.mktemp("postgres")
    (folder / "Dockerfile").write_text(_POSTGRES_FILE)
    (folder / "begin").write_text(_POSTGRES_BEGIN)
    docker("buildx", "build", "--network", "host", "--load", "-t", POSTGRES, folder, timeout=500)
    return POSTGRES


def scaled(folder: Path, config: Path, postgres: str) -> Path:
    """What the scale file needs beside it here: a configuration, and, for engines without a bridge, the host's network."""
    ours: dict[str, Any] = {"volumes": [f"{config}:/config:ro"], "environment": {"MOVEWIRE_CONFIG": "/config/movewire.yaml"}}
    override: dict[str, Any] = {"scheduler": ours, "worker": ours, "postgres": {"image": postgres}}
    port = free_port()
    for service in override.values():
        service["network_mode"] = "host"
    override["postgres"]["environment"] = {"PGPORT": str(port)}
    ours["environment"] |= {
        "MOVEWIRE__DATABASE__URL": f"postgresql://movewire:chosen@127.0.0.1:{port}/movewire",
        "MOVEWIRE__METRICS__LISTEN": "127.0.0.1:0",
    }
    text = yaml.dump({"services": override}, Dumper=yaml.SafeDumper)
    path = folder / "here.yaml"
    path.write_text(text.replace("  scheduler:\n", "  scheduler:\n    ports: !reset []\n"))
    return path


@needs_replay
def test_the_scale_file_comes_up_healthy_and_its_workers_deliver(image: str, postgres_image: str, tmp_path: Path) -> None:
    project = f"movewire-test-{uuid.uuid4().hex[:8]}"
    with internet() as (feeds, sink), pytest.MonkeyPatch.context() as environment:
        environment.setenv("MOVEWIRE_IMAGE", image)
        environment.setenv("POSTGRES_PASSWORD", "chosen")
        here = scaled(tmp_path, configure(tmp_path / "config", feeds, sink), postgres_image)
        base = ["compose", "-p", project, "-f", "deploy/compose.scale.yaml", "-f", str(here)]
        try:
            began = time.monotonic()
            docker(*base, "up", "-d", "--no-build", "--wait", "--wait-timeout", "120", timeout=150)
            healthy = time.monotonic() - began
            states = [json.loads(line) for line in docker(*base, "ps", "--format", "json").splitlines()]
            assert Counter((s["Service"], s["Health"]) for s in states) == {
                ("postgres", "healthy"): 1,
                ("scheduler", "healthy"): 1,
                ("worker", "healthy"): 2,
            }
            until(lambda: len(arrived(sink)) >= 5, 120, "five deliveries")
            workers = sorted(s["Name"] for s in states if s["Service"] == "worker")
            assert sum(sent_by(name) for name in workers) >= 5, "who did it is seen at each worker"
            memory = docker("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}", *[s["Name"] for s in states])
            docker("kill", "--signal", "KILL", workers[0])
            before = len(arrived(sink))
            until(lambda: len(arrived(sink)) >= before + 3, 240, "the other worker goes on")
            began = time.monotonic()
            docker(*base, "stop", timeout=60)
            print(f"\nhealthy after {healthy:.1f} s, stopped in {time.monotonic() - began:.1f} s; memory:\n{memory}")
            ends = {
                n: docker("inspect", "-f", "{{.State.ExitCode}} {{.State.OOMKilled}}", n) for n in (s["Name"] for s in states)
            }
            assert {end for name, end in ends.items() if name != workers[0]} == {"0 false"}, ends
            told = Counter(asked["headers"]["webhook-id"] for asked in arrived(sink))
            assert sum(told.values()) - len(told) <= 1, "the one under way when its worker was killed may come again"
        finally:
            docker(*base, "down", "-v", "-t", "5", check=False)


def sent_by(worker: str) -> float:
    """How many deliveries a container says it has sent, where its log says that its metrics are."""
    logged = subprocess.run(["docker", "logs", worker], capture_output=True, text=True, timeout=30, check=False)
    lines = [json.loads(line) for line in logged.stderr.splitlines() if "metrics and health" in line]
    samples = [s for f in text_string_to_metric_families(get(f"{lines[-1]['url']}/metrics")) for s in f.samples]
    return sum(s.value for s in samples if s.name == "movewire_deliveries_total" and s.labels["outcome"] == "sent")
