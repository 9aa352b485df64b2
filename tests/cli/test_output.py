"""Rows in every format, and nothing in them that a terminal or a spreadsheet would act on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Label
from monitor.surfaces.cli.output import cell, clean, dump, pairs, show

ROWS = [
    {"id": "1", "title": "A plain one", "at": datetime(2025, 3, 1, 12, tzinfo=UTC), "labels": (Label.INFRASTRUCTURE,), "n": 3},
    {"id": "2", "title": "[bold]not markup[/bold]", "at": None, "labels": (), "n": 0},
]
COLUMNS = ("id", "title", "at", "labels")
Shown = Callable[..., str]


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Shown:
    def call(rows: object = ROWS, **options: object) -> str:
        show(rows, **({"form": None, "fields": None, "columns": COLUMNS, "of": ROWS[0]} | options))  # type: ignore[arg-type]
        return capsys.readouterr().out

    return call


def test_without_a_terminal_it_is_tab_separated(shown: Shown) -> None:
    assert shown() == "1\tA plain one\t2025-03-01 12:00\tinfrastructure\n2\t[bold]not markup[/bold]\t\t\n"


def test_json_has_everything_and_is_one_document(shown: Shown) -> None:
    found = json.loads(shown(form="json"))
    assert found[0] == {"id": "1", "title": "A plain one", "at": "2025-03-01T12:00:00Z", "labels": ["infrastructure"], "n": 3}
    assert json.loads(shown([], form="json")) == []


def test_ndjson_is_a_document_a_line(shown: Shown) -> None:
    assert [json.loads(line)["n"] for line in shown(form="ndjson").splitlines()] == [3, 0]
    assert shown([], form="ndjson") == ""


def test_csv_has_a_head_and_round_trips(shown: Shown) -> None:
    rows = list(csv.reader(io.StringIO(shown(form="csv"))))
    assert rows == [
        list(COLUMNS),
        ["1", "A plain one", "2025-03-01 12:00", "infrastructure"],
        ["2", "[bold]not markup[/bold]", "", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_csv_is_a_formula(start: str, shown: Shown) -> None:
    """Nor is what a spreadsheet makes a cell of that takes semicolons for the ends of cells, as most of Europe's do."""
    row = {"id": f"{start}HYPERLINK(1)", "title": f"He left;{start}HYPERLINK(1)", "at": None, "labels": (f"a;{start}b", "c")}
    (found,) = list(csv.reader(io.StringIO(shown([row], form="csv"))))[1:]
    cells = [cell for one in found for cell in one.split(";")]
    assert len(cells) == 6
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]
    assert "HYPERLINK(1)" in found[0]


def test_numbers_and_words_stay_as_they_are_in_a_csv(shown: Shown) -> None:
    row = {"id": -3, "title": "up; down - by 3 = 1+1", "at": None, "labels": ()}
    assert shown([row], form="csv").splitlines()[1] == "-3,up; down - by 3 = 1+1,,"


def test_a_table_shows_markup_as_it_is_written(shown: Shown) -> None:
    out = shown(form="table")
    assert "[bold]not markup[/bold]" in out and "\x1b" not in out


def test_a_table_is_cut_and_says_so(shown: Shown, capsys: pytest.CaptureFixture[str]) -> None:
    many = [{"id": str(n), "title": "", "at": None, "labels": ()} for n in range(60)]
    show(iter(many), form="table", fields=None, columns=COLUMNS)
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 51 and printed.err == "the first 50; --limit shows more\n"
    assert len(shown(many, form="table", limit=60).splitlines()) == 61


def test_fields_choose_and_order_the_columns(shown: Shown) -> None:
    assert shown(fields="n, id", form="tsv") == "3\t1\n0\t2\n"
    assert json.loads(shown(fields="n", form="json")) == [{"n": 3}, {"n": 0}]
    with pytest.raises(click.UsageError, match="there is no colour; there are id, title"):
        shown(fields="colour")


def test_rows_are_printed_as_they_come_and_no_more_are_asked_for_than_shown(shown: Shown) -> None:
    asked = []

    def rows() -> object:
        for n in range(1000):
            asked.append(n)
            yield {"id": str(n), "title": "", "at": None, "labels": ()}

    shown(rows(), form="tsv", limit=3)
    assert asked == [0, 1, 2]


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b]0;new title\x07b", "ab"),
        ("a\x1b]8;;https://x.example\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9b31mb", "ab"),
        ("a\x9dtitle\x9cb", "ab"),
        ("a\x1bcb", "ab"),
        ("a\x1b(0b", "ab"),
        ("a\u202eb", "ab"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("a\x00\x08\x7fb", "ab"),
    ],
)
def test_terminal_sequences_are_taken_out(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless


@given(st.text())
def test_no_text_whatever_leaves_a_control_character(text: str) -> None:
    for out in (cell(text), cell([text, text]), cell({"k": text}), dump({"k": text})):
        assert not [
            c for c in out if ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 or 0x202A <= ord(c) <= 0x202E
        ]
    assert json.loads(dump(text)) == text


def test_pairs_leave_out_what_is_empty_and_line_up(capsys: pytest.CaptureFixture[str]) -> None:
    pairs([("name", "x\x1b[2J"), ("nothing", ""), ("count", 0)])
    assert capsys.readouterr().out == "name   x\ncount  0\n"
