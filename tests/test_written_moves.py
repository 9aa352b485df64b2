"""Headlines written for training are whole sentences, and their lists and records are what the file says."""

from __future__ import annotations

import re

from benchmarks.written_moves import RARE, TEMPLATES, UNTOLD, rows, templates
from monitor.classify.words.lexicon import first_names


def test_every_row_is_filled_and_labelled_as_its_template_says() -> None:
    told = dict(enumerate(templates()))
    for row in rows(1):
        records = told[int(row["id"].split("-")[1])][1]
        assert not re.search(r"[\[\]{}@|]", row["title"] + row["summary"]), row
        assert row["labels"] == (["executive_move"] if records else [])
        assert len(row["moves"]) == len([record for record in records if record != UNTOLD])


def test_the_same_rows_come_out_each_time_and_no_new_name_is_common() -> None:
    made = rows(1)
    assert made == rows(1)
    names = [move["person"] for row in made for move in row["moves"] if move["person"]]
    assert len(set(names)) > len(names) / 2


def test_a_named_list_stands_before_its_first_use() -> None:
    known: set[str] = set()
    for line in TEMPLATES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        used = set(re.findall(r"@\w+", line.partition(" = ")[2] if line.startswith("@") else line))
        assert used <= known, line[:80]
        if line.startswith("@"):
            known.add(line.partition(" = ")[0])


def test_rare_first_names_are_on_no_list() -> None:
    assert first_names().isdisjoint(RARE)
