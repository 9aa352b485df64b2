"""Statements see the tables as the rows declare them, without the start-up that declaring costs."""

from __future__ import annotations

import subprocess
import sys

import monitor.store.tables as tables
from monitor.store.describe import FILE, describe
from monitor.store.rows import METADATA
from tests.cli.conftest import ROOT


def test_the_file_of_tables_says_what_the_rows_declare() -> None:
    assert FILE.read_text(encoding="utf-8") == describe(), "rows changed: python -m monitor.store.describe writes the file anew"


def test_the_tables_read_from_the_file_are_those_of_the_rows() -> None:
    assert describe(tables.METADATA) == describe(METADATA)
    numbered = [{t.name for t in m.sorted_tables if t.autoincrement_column is not None} for m in (tables.METADATA, METADATA)]
    assert numbered[0] == numbered[1]


def test_opening_a_database_that_is_up_to_date_declares_no_rows() -> None:
    script = "import sys, monitor.query; print([m for m in ('sqlmodel', 'sqlalchemy.orm') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
