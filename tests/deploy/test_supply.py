"""What the image is made of is locked, listed and licensed."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from supply.audit import audit
from supply.licences import document, locked

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-server.lock"
ENCODER = ROOT / "requirements-encoder.lock"  # what the encoder needs beside the others
NAMES = tuple(sorted(path.name for path in ROOT.glob("*.lock")))


def test_every_package_of_the_image_has_its_licence_listed() -> None:
    assert (ROOT / "docs" / "licences.md").read_text() == document(LOCK, ENCODER), "make licences"
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", document(LOCK, ENCODER), re.M)
    elsewhere = {
        "colorama",
        "tzdata",
        "win32-setctime",
        "cffi",
        "pycparser",
        "exceptiongroup",
        "async-timeout",
        "backports-asyncio-runner",
    }
    assert {*locked(LOCK), *locked(ENCODER)} - {name for name, _, _ in rows} <= elsewhere, (
        "only what other systems and Pythons need"
    )
    assert not [row for row in rows if re.search(r"(?<!L)GPL|AGPL|proprietary", row[2], re.I)]


def test_the_locks_agree_and_hold_hashes_and_no_registry() -> None:
    dev, run = (locked(ROOT / name) for name in ("requirements-dev.lock", "requirements.lock"))
    assert {"requirements.lock", "requirements-dev.lock", LOCK.name, ENCODER.name} < set(NAMES)
    for name in NAMES:
        assert {k: v for k, v in locked(ROOT / name).items() if dev.get(k, run.get(k, v)) != v} == {}, name
    assert run.keys() <= locked(LOCK).keys()
    assert locked(ENCODER).keys() == {"numpy"}
    for name in NAMES:
        text = (ROOT / name).read_text()
        assert "://" not in text and text.count("--hash=sha256:") >= len(locked(ROOT / name))


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile", "deploy/systemd/movewire.service"])
def test_what_is_locked_is_installed_as_it_is(name: str) -> None:
    """A resolver, let in, takes a newer release for a name with an extra (`coverage[toml]`) and then misses its hash."""
    calls = [line for line in (ROOT / name).read_text().splitlines() if re.search(r"install .*-r \S+\.lock", line)]
    assert calls and all("--no-deps" in line and "--require-hashes" in line for line in calls)


def test_the_locks_leave_no_requirement_open() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("locks", [[LOCK], [LOCK, ENCODER]], ids=["the image", "the larger image"])
def test_the_bill_of_materials_lists_every_locked_package(tmp_path: Path, locks: list[Path]) -> None:
    target = tmp_path / "sbom.json"
    command = [Path(sys.executable).parent / "cyclonedx-py", "requirements", "-", "--of", "JSON", "-o", target]
    told = "".join(lock.read_text() for lock in locks)
    subprocess.run([str(part) for part in command], input=told, text=True, check=True, capture_output=True, timeout=120)
    listed = {one["name"].lower().replace("_", "-") for one in json.loads(target.read_text())["components"]}
    assert {name.lower().replace("_", "-") for lock in locks for name in locked(lock)} <= listed


@pytest.mark.slow
def test_the_wheel_holds_the_data_the_shipped_configuration_and_the_notices(tmp_path: Path) -> None:
    command = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, ROOT]
    subprocess.run([sys.executable, "-m", "pip", *map(str, command)], check=True, capture_output=True, timeout=120)
    [wheel] = tmp_path.glob("*.whl")
    held = set(ZipFile(wheel).namelist())
    data = {str(path.relative_to(ROOT)) for path in (ROOT / "monitor" / "classify" / "data").iterdir()}
    assert len(data) > 10 and data <= held
    assert {f"monitor/shipped_config/{path.name}" for path in (ROOT / "config").iterdir()} <= held
    assert {"LICENSE", "NOTICE"} <= {name.rsplit("/", 1)[1] for name in held if "dist-info/licenses" in name}


def test_a_source_that_cannot_be_reached_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as bound:  # nobody listens there
        bound.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{bound.getsockname()[1]}")
        assert audit(ENCODER) == 0
    assert capsys.readouterr().out == f"audit: {ENCODER.name}: the source of known vulnerabilities does not answer; not audited\n"


@pytest.mark.parametrize("content", [None, "no requirement, this\n"], ids=["absent", "garbage"])
def test_a_lock_that_cannot_be_read_is_a_failure(content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = tmp_path / "some.lock"
    if content is not None:
        lock.write_text(content)
    assert audit(lock) == 1
    said = capsys.readouterr()
    assert said.out == "" and "some.lock: could not be audited" in said.err and "invalid" in said.err
