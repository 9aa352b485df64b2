"""What people see on their terminals, wide and narrow, plain and in colour; and what the next program in a pipe gets."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.store import Store
from monitor.surfaces.cli.table import _folded, _width, draw
from tests.cli.conftest import ROOT
from tests.store.build import at, buildout_event, founded

TOLD = "Acme"  # is in each headline below


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = f"sqlite:///{tmp_path_factory.mktemp('table')}/m.db"
    with Store.open(made) as store:
        for n in range(60):
            event = founded(n, at(n), make=buildout_event) if n % 2 else founded(n, at(n))
            store.transact(lambda tx, event=event: tx.record_poll(event))  # type: ignore[misc]
    return made


def terminal(url: str, *args: str, columns: int = 100, **environ: str) -> str:
    """What a terminal of so many columns is sent by a command; its exit code is 0."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_") and k not in ("NO_COLOR", "COLUMNS")}
    environment = clean | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"} | environ
    command = [sys.executable, "-m", "monitor", "--database", url, *args]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=ROOT) as running:
        os.close(theirs)
        said = b""
        while part := _read(ours):
            said += part
    os.close(ours)
    assert running.returncode == 0, said
    return said.decode().replace("\r\n", "\n")


def _read(ours: int) -> bytes:
    try:
        return os.read(ours, 65536)
    except OSError:  # Linux says so where the other end was closed
        return b""


@pytest.mark.parametrize(("columns", "environ"), [(100, {"TERM": "dumb"}), (72, {"NO_COLOR": "1"}), (40, {"TERM": "dumb"})])
def test_a_plain_terminal_gets_plain_lines_that_fit_it(url: str, columns: int, environ: dict[str, str]) -> None:
    said = terminal(url, "alerts", "--label", "executive_move", "--limit", "5", columns=columns, **environ)
    assert "\x1b" not in said
    assert max(len(line) for line in said.splitlines()) <= columns
    assert said.count(TOLD) >= 5 and all(line == line.rstrip() for line in said.splitlines())


def test_a_terminal_gets_colours_and_ids_that_commands_take(url: str) -> None:
    said = terminal(url, "alerts", "--label", "executive_move", "--limit", "1")
    head, line, *_ = said.splitlines()
    assert head.startswith("\x1b[1mat") and "\x1b[" in line
    shown = line.split()[-1]
    assert len(shown) == 14 and TOLD in terminal(url, "alerts", "show", shown)


def test_a_reader_that_has_enough_ends_it_quietly(url: str) -> None:
    piped = f"{sys.executable} -m monitor --database {url} alerts | head -n 2; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, cwd=ROOT, check=True)
    first, second, code = done.stdout.splitlines()
    assert first.count("\t") == second.count("\t") == 5 and code == "0" and not done.stderr


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_program_gets_every_row_whole(url: str, form: str) -> None:
    command = [sys.executable, "-m", "monitor", "--database", url, "alerts", "--format", form]
    out = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, env=os.environ | {"TERM": "dumb"}).stdout
    count = len(json.loads(out)) if form == "json" else len(out.splitlines()) - (form == "csv")
    assert count == 60 and "\x1b" not in out


def test_columns_that_say_nothing_are_left_out_unless_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows = [{"org": "Acme", "board": 0, "chief": 12, "note": ""}, {"org": "Globex", "board": 0, "chief": 3, "note": ""}]
    assert draw(rows, ("org", "board", "chief", "note"), chosen=False) == (
        "\x1b[1morg     chief\x1b[0m\nAcme       12\nGlobex      3\n"
    )
    assert "board" in draw(rows, ("org", "board", "chief", "note"), chosen=True)


def test_a_row_too_wide_for_a_table_is_told_in_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    row = {"status": "confirmed", "headline": "Acme builds a campus", "stories": 3, "id": "01KSDE5SG0ZFJXY42AJ1B5TK53"}
    assert draw([row], tuple(row), chosen=False).splitlines() == [
        "\x1b[1mAcme builds a campus\x1b[0m",
        "  confirmed · stories 3",
        "  · 01KSDE5SG0ZFJX",
    ]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), max_size=80), st.integers(2, 30))
@example("東京のデータセンター", 5)
def test_folded_text_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = _folded(text, width)
    assert all(_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
