"""The tables as statements see them, read from ``tables.json``: what ``rows`` declares, without the cost of declaring it.

``rows`` stays the one declaration, which the migrations are held against. Its classes cost 0.3 s of start-up, which a question
at the command line would pay each time; ``tests/store/test_tables.py`` holds the file against them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ColumnDefault, Float, ForeignKeyConstraint, MetaData, Table, Text

DUE_NOW = -(2**62)  # stands for "no time given: now", and sorts before every time in every database
METADATA = MetaData()
_TYPES: dict[str, Any] = {"text": Text(), "number": BigInteger(), "truth": Boolean(), "real": Float()}


def _read() -> None:
    for name, told in json.loads(Path(__file__).with_name("tables.json").read_bytes()).items():
        key, empty = told["key"], told.get("empty", ())
        columns = [
            Column(column, _TYPES[kind], *([ColumnDefault("")] if column in empty else []), primary_key=column in key)
            for column, kind in told["columns"].items()
        ]
        refers = [ForeignKeyConstraint(r["columns"], r["to"], ondelete=r.get("on_delete")) for r in told.get("refers", ())]
        Table(name, METADATA, *columns, *refers)


_read()
_all = METADATA.tables
feeds, feed_polls, feed_prints = (_all[name] for name in ("feeds", "feed_polls", "feed_prints"))
budgets, subscriptions = (_all[name] for name in ("budgets", "subscriptions"))
stories, story_keys, matches, memberships = (_all[name] for name in ("stories", "story_keys", "matches", "memberships"))
events, event_terms, event_keys = (_all[name] for name in ("events", "event_terms", "event_keys"))
event_moves, event_buildouts = (_all[name] for name in ("event_moves", "event_buildouts"))
alerts, alert_terms = (_all[name] for name in ("alerts", "alert_terms"))
deliveries, attempts, posts, digest_items = (_all[name] for name in ("deliveries", "attempts", "posts", "digest_items"))
channels, heartbeats, silences, corrections = (_all[name] for name in ("channels", "heartbeats", "silences", "corrections"))
feedback, tokens, searches, opinions = (_all[name] for name in ("feedback", "tokens", "searches", "opinions"))
