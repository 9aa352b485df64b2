"""The shipped config/feeds.yaml: a chosen list that any installation can start with."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import yaml

from monitor.model import Feed, FeedId
from monitor.settings.schema import FeedEntry, Polling, Settings
from monitor.sources import SOURCES, source_for
from monitor.urls import canonical

FILE = Path(__file__).parents[2] / "config" / "feeds.yaml"
ENTRIES = [FeedEntry.model_validate(entry) for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))["feeds"]]


def test_the_list_is_of_a_size_to_start_with() -> None:
    assert 60 <= len(ENTRIES) <= 120
    assert sum(not entry.paused for entry in ENTRIES) >= 60


def test_names_and_addresses_are_unique() -> None:
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert len({canonical(entry.url) for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_an_entry_can_be_asked_for_as_it_stands(entry: FeedEntry) -> None:
    assert entry.source in SOURCES
    assert entry.category
    feed = Feed(id=FeedId("f"), name=entry.name, url=entry.url)
    request = source_for(entry.source, Settings(polling=Polling(contact="desk@wire.example"))).request(feed)
    assert str(request.url) == entry.url, "not percent-encoded"
    assert isinstance(request, httpx.Request)
    assert (entry.source == "google_news") == (urlsplit(entry.url).hostname == "news.google.com")


def test_what_is_paused_says_why() -> None:
    assert all(entry.note for entry in ENTRIES if entry.paused)


def test_both_questions_and_every_kind_of_source_are_covered() -> None:
    categories = {entry.category for entry in ENTRIES}
    assert categories >= {"filings", "newsroom", "wires", "datacenter", "semiconductors", "energy", "ai", "tech", "business"}
    assert sum(entry.source == "google_news" for entry in ENTRIES) >= 10
