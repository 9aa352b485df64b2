"""The demo: the whole product on this machine alone, and its pages for as long as somebody looks at them."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import ROOT, clean_environ

RUN = "import sys; from monitor.surfaces.demo import run_demo; sys.exit(run_demo(seconds=2, stay=bool(int(sys.argv[1]))))"


def begun(folder: Path, *, stay: bool) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", RUN, str(int(stay))]
    return subprocess.Popen(words, cwd=folder, env=clean_environ(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


@pytest.mark.parametrize("stay", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_the_pages_of_the_demo_stay_where_somebody_looks(tmp_path: Path, stay: bool) -> None:
    said, page = [], ""
    with begun(tmp_path, stay=stay) as demo:
        assert demo.stderr is not None
        for line in demo.stderr:
            said.append(line)
            if "until Ctrl-C" in line:
                (url,) = re.findall(r"Pages are on (\S+)", "".join(said))
                page = urlopen(f"{url}/feeds", timeout=20).read().decode()
                demo.send_signal(signal.SIGINT)
    assert demo.returncode == 0, "".join(said)
    assert ("<h1>Feeds</h1>" in page) is stay
    summed = [line for line in said if " read, " in line]
    assert len(summed) == 1 and "What to try next" in "".join(said)


def test_a_demo_that_is_ended_early_sums_up_what_there_was(tmp_path: Path) -> None:
    with begun(tmp_path, stay=True) as demo:
        assert demo.stderr is not None
        said = []
        for line in demo.stderr:
            said.append(line)
            if line.startswith("Pages are on"):
                demo.send_signal(signal.SIGINT)
    assert demo.returncode == 0 and "until Ctrl-C" not in "".join(said)
    assert len([line for line in said if " read, " in line]) == 1


def test_the_demo_s_receiver_shows_the_bodies_and_its_feeds_are_listed(tmp_path: Path) -> None:
    with begun(tmp_path, stay=True) as demo:
        assert demo.stderr is not None
        said = []
        for line in demo.stderr:
            said.append(line)
            if line.startswith("receiver: "):
                (base,) = re.findall(r"what a webhook gets: (\S+)/hook", "".join(said))
                feeds, bodies = (urlopen(f"{base}{path}", timeout=20).read().decode() for path in ("/feeds/", "/hook"))
                demo.send_signal(signal.SIGINT)
    assert demo.returncode == 0
    assert [line.rpartition(".")[2] for line in feeds.splitlines()] == ["xml"] * 3
    assert json.loads(bodies)[0]["type"] == "alert.created"


def test_a_second_demo_leaves_the_first_its_database(tmp_path: Path) -> None:
    with begun(tmp_path, stay=True) as demo:
        assert demo.stderr is not None
        for line in demo.stderr:
            if line.startswith("Pages are on"):
                before = (tmp_path / "data" / "demo.db").stat().st_ino
                with begun(tmp_path, stay=False) as second:
                    assert second.stderr is not None
                    refused = second.stderr.read()
                assert (tmp_path / "data" / "demo.db").stat().st_ino == before
                demo.send_signal(signal.SIGINT)
    assert demo.returncode == 0
    assert f"another movewire daemon (process {demo.pid}) runs on this database" in refused


def test_a_demo_where_nothing_may_be_written_says_so_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    command = [sys.executable, "-m", "monitor", "demo", "--seconds", "1"]
    environ = clean_environ() | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "data/demo.db" in done.stderr and "Traceback" not in done.stderr, done.stderr
