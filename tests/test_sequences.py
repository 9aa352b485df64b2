"""Recorded states of three feeds, polled one after the other: every entry is one story, and none that stood there is lost."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from monitor.naming import name_entries
from monitor.settings.schema import Settings
from monitor.sources import source_for
from tests.polling import world
from tests.servers import document
from tests.shared import SHARED

INDEX = SHARED / "replay" / "sequences.json"
STATES = json.loads(INDEX.read_text()) if INDEX.is_file() else []
NAMES = sorted({Path(state["file"]).parts[1] for state in STATES}) or ["none"]
pytestmark = [
    pytest.mark.replay,
    pytest.mark.skipif(not STATES, reason="no recorded sequences (../shared/replay or MOVEWIRE_SHARED)"),
]


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.slow] if i else []) for i, n in enumerate(NAMES)])
def test_state_after_state_each_entry_becomes_one_story(name: str, tmp_path: Path) -> None:
    states = sorted((s for s in STATES if f"/{name}/" in s["file"]), key=lambda s: s["seq"])
    source = source_for("syndication", Settings())
    with world(tmp_path, alerting={"max_age": "3650d"}) as w:
        stood: dict[str, str] = {}  # by key, the title an entry had
        brought = 0
        for state in states:
            body = (SHARED / "replay" / state["file"]).read_bytes()
            w.server.routes["/wire"] = document(lambda body=body: body)  # type: ignore[misc]
            w.now = max(datetime.fromisoformat(state["fetched_at"]), w.now)
            [outcome] = w.poll()
            assert outcome.kind in ("new", "unchanged"), outcome.why
            brought += outcome.new
            reading = source.parse(body, url=w.feed().url)
            stood |= {n.key: n.entry.title for n in name_entries(reading.entries, w.feed().rung)}
            feed_id, standing = w.feed().id, list(stood)
            keys = w.app.store.read(lambda r, i=feed_id, s=standing: r.known_keys(i, s))  # type: ignore[misc]
            assert set(keys) == set(stood), "an entry that stood there has no story"
            again = w.poll()[0]
            assert (again.kind, again.new) == ("unchanged", 0)
        stories = w.app.store.counts()["stories"]
        told = {key.story_id for key in keys.values()}
        assert stories == brought == len(told)
        assert len(stood) - stories <= 0.02 * len(stood), "keys that share a story: one page under two guids"
