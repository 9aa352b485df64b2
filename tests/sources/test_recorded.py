"""Documents as publishers served them, against feedparser as it comes."""

from __future__ import annotations

import io
from pathlib import Path

import feedparser
import pytest

from monitor.interfaces import Reading
from monitor.settings.schema import Settings
from monitor.sources import source_for
from monitor.text import plain
from tests.shared import RECORDED, needs_recorded

URL = "https://feed.example/x/y.xml"
SOURCE = source_for("syndication", Settings())
pytestmark = [pytest.mark.replay, needs_recorded]
# feedparser with its sanitiser takes three times as long as we do; each fourth document is enough day by day.
PORTIONS = [
    pytest.param(RECORDED[::4], id="each-fourth"),
    pytest.param([p for n, p in enumerate(RECORDED) if n % 4], id="the-others", marks=pytest.mark.slow),
]


def as_it_comes(path: Path) -> list[tuple[str, str]]:
    """(title, link) of each entry."""
    parsed = feedparser.parse(
        io.BytesIO(path.read_bytes()), response_headers={"content-location": URL, "content-type": "application/xml"}
    )
    return [(plain(e.get("title") or "", 1000), (e.get("link") or "").strip()) for e in parsed.entries]


def ours(reading: Reading) -> list[tuple[str, str]]:
    return [(e.title, e.link) for e in reading.entries]


@pytest.mark.parametrize("portion", PORTIONS)
def test_entries_titles_and_links_agree_with_feedparser(portion: list[Path]) -> None:
    """Ours may have more: a title made of the summary, a link taken from an enclosure."""
    differences = []
    for path in (p for p in portion if p.suffix == ".xml"):
        expected, found = as_it_comes(path), ours(SOURCE.parse(path.read_bytes(), url=URL))
        assert len(found) == min(len(expected), 2000), path.name
        differences += [
            (path.name, e, f)
            for e, f in zip(expected, found, strict=False)
            if (e[0] and e[0] != f[0]) or (e[1].startswith("http") and e[1] != f[1])
        ]
    assert differences == []


@pytest.mark.parametrize("portion", PORTIONS)
def test_every_recorded_document_is_read_with_usable_entries(portion: list[Path]) -> None:
    for path in portion:
        reading = SOURCE.parse(path.read_bytes(), url=URL)
        assert reading.format not in ("", "unknown"), path.name
        for entry in reading.entries:
            assert entry.title or entry.link or entry.id, path.name
            assert "<p>" not in entry.summary, path.name
            assert entry.published is None or entry.published.utcoffset() is not None
