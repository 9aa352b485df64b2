"""Addresses that need no taking apart come out as those that are taken apart."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor import urls
from monitor.naming import page

_PARTS = [
    "a",
    "b-1",
    "A",
    "www.",
    "m.",
    "amp",
    "example",
    "index.html",
    ".",
    "..",
    "",
    ";",
    "~x",
    "%41",
    "q=1",
    ":80",
    "@",
    " ",
    "#f",
    "?",
]
_LINKS = st.builds(
    lambda scheme, host, path, end: f"{scheme}{'.'.join(host)}{''.join('/' + part for part in path)}{end}",
    st.sampled_from(["http://", "https://", "HTTP://", "//", ""]),
    st.lists(st.sampled_from(_PARTS), max_size=4),
    st.lists(st.sampled_from(_PARTS), max_size=4),
    st.sampled_from(["", "/", "//", "/amp", "/amp/", "?", "?a=1", "\n"]),
)


@given(_LINKS | st.from_regex(urls._PLAIN, fullmatch=True))
@example("https://www.example-org.cdn.ampproject.org/c/s/example.org/news/1")
@example("https://example.org")
@example("https://m.example.org/a/amp/")
def test_plain_addresses_are_folded_as_any_other(link: str) -> None:
    assert urls.canonical(link) == urls._canonical(link)
    assert urls.absolute(link, "http://example.org/feed") == urls._absolute(link, "http://example.org/feed")
    parts = urlsplit(urls.canonical(link))
    assert bool(page(link)) == bool(parts.path or parts.query)


def test_most_links_of_feeds_are_plain() -> None:
    plain = ["https://www.example.org/news/2026/11/a-new-chief,12.html", "http://example.co.uk/x/", "https://example.org/@me/1_2"]
    assert all(urls._PLAIN.fullmatch(link) for link in plain)


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/a?b", "https://wire.example/a?b"),
        (" //other.example/a ", "https://other.example/a"),
        ("", ""),
        ("mailto:desk@wire.example", ""),
        ("http:///no-host", ""),
        ("https://[broken", ""),
    ],
)
def test_a_link_is_made_whole_or_is_none(link: str, whole: str) -> None:
    assert urls.absolute(link, "https://wire.example/feed") == whole
