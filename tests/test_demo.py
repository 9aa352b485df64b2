"""The demo: the whole product on this machine alone, and its pages for as long as somebody looks at them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import clean_environ

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
