"""The declared rows as a file, ``tables.json``, which ``tables`` reads: ``python -m monitor.store.describe`` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Float, ForeignKeyConstraint, MetaData, Table, Text

from monitor.store.rows import METADATA

FILE = Path(__file__).with_name("tables.json")


def describe(metadata: MetaData = METADATA) -> str:
    """What statements need of every table: columns with their types, keys, and what they refer to; a line each."""
    lines = (f"{json.dumps(table.name)}: {json.dumps(_table(table))}" for table in metadata.sorted_tables)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _table(table: Table) -> dict[str, Any]:
    told = {
        "columns": {column.name: _type(column.type) for column in table.columns},
        "key": [column.name for column in table.primary_key.columns],
        "empty": [column.name for column in table.columns if column.default is not None],
        "refers": sorted((_refers(key) for key in table.foreign_key_constraints), key=str),
    }
    return {name: value for name, value in told.items() if value}


def _refers(key: ForeignKeyConstraint) -> dict[str, Any]:
    told: dict[str, Any] = {"columns": key.column_keys, "to": [element.target_fullname for element in key.elements]}
    return told | ({"on_delete": key.ondelete} if key.ondelete else {})


def _type(kind: Any) -> str:
    known = {Text: "text", Boolean: "truth", Float: "real"}
    return next((name for sort, name in known.items() if isinstance(kind, sort)), "number")


if __name__ == "__main__":
    FILE.write_text(describe(), encoding="utf-8")
