"""Feeds found in a page."""

from __future__ import annotations

import time

from monitor.sources.discovery import FoundFeed, feeds_of_page

PAGE = b"""<!doctype html><html><head><title>Wire</title>
<link rel="stylesheet" href="/x.css"><link rel=alternate type=application/rss+xml href=/rss>
<LINK title='All &amp; more' type="application/atom+xml; charset=utf-8" REL="home Alternate" href="atom.xml?a=1&amp;b=2"/>
<link rel="alternate" type="application/feed+json" href="https://json.example/feed.json">
<link rel="alternate" type="application/rss+xml" href="/rss" title="again">
<link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" type="application/rss+xml" href="javascript:x()">
</head><body>hello</body></html>"""


def test_the_feeds_a_page_names_are_found_in_order_and_once() -> None:
    assert feeds_of_page(PAGE, url="https://wire.example/news/") == (
        FoundFeed(url="https://wire.example/rss", type="application/rss+xml"),
        FoundFeed(url="https://wire.example/news/atom.xml?a=1&b=2", title="All & more", type="application/atom+xml"),
        FoundFeed(url="https://json.example/feed.json", type="application/feed+json"),
    )


def test_a_base_element_moves_relative_addresses() -> None:
    page = b'<base href="https://other.example/x/"><link rel="alternate" type="application/rss+xml" href="rss">'
    assert [f.url for f in feeds_of_page(page, url="https://wire.example/")] == ["https://other.example/x/rss"]


def test_a_page_without_feeds_and_hostile_pages_cost_nothing() -> None:
    began = time.process_time()
    for page in (
        b"",
        b"<p>hello</p>",
        b"<link " * 100_000,
        b"<link a=" * 60_000,
        b"<link " + b"a" * 500_000 + b">",
        b"<link" + b" " * 500_000,
    ):
        assert feeds_of_page(page, url="https://wire.example/") == ()
    assert time.process_time() - began < 2
