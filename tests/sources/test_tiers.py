"""The first tier reads what feedparser would, or says that it does not know."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.interfaces import Reading, Skim
from monitor.sources.lean_reader import skim_xml
from monitor.sources.lean_rules import joined
from monitor.sources.xml_reader import read_xml
from tests.shared import RECORDED, SHARED, needs_recorded
from tests.sources.documents import ATOM, FIRST, GOOGLE, RDF, RSS20, URL

BASE = "https://feed.example/x/y.xml"
DOCUMENTS = [p for p in RECORDED if p.suffix == ".xml"]
STATES = sorted((SHARED / "replay" / "sequences").rglob("*.xml"))
# Entries on which the tiers may differ, each with its reason; at most one in a hundred. There are none.
EXCEPTIONS: dict[tuple[str, str], str] = {}


def skim(body: bytes, content_type: str = "") -> Skim | None:
    return skim_xml(body, url=BASE, content_type=content_type, max_entries=2000)


def full(body: bytes, content_type: str = "") -> Reading:
    return read_xml(body, url=BASE, content_type=content_type, max_entries=2000)


def differences(paths: list[Path]) -> tuple[list[tuple[str, str]], int, int]:
    """(document, entry) of each entry that differs; entries compared; documents the first tier took."""
    found, compared, taken = [], 0, 0
    for path in paths:
        body = path.read_bytes()
        quick = skim(body)
        if quick is None:
            continue
        taken += 1
        ours, theirs = quick.reading, full(body)
        assert (ours.title, ours.link, ours.format, ours.ttl_seconds) == (
            theirs.title,
            theirs.link,
            theirs.format,
            theirs.ttl_seconds,
        )
        assert (ours.hubs, ours.skip_hours, ours.skip_days) == (theirs.hubs, theirs.skip_hours, theirs.skip_days)
        assert len(ours.entries) == len(theirs.entries), path.name
        compared += len(ours.entries)
        found += [(path.name, b.id or b.link) for a, b in zip(ours.entries, theirs.entries, strict=True) if a != b]
    return found, compared, taken


@needs_recorded
@pytest.mark.replay
@pytest.mark.parametrize(
    "paths", [pytest.param(DOCUMENTS[::6], id="each-sixth"), pytest.param(DOCUMENTS, id="all", marks=pytest.mark.slow)]
)
def test_recorded_documents_read_the_same_through_both_tiers(paths: list[Path]) -> None:
    found, compared, taken = differences(paths)
    assert [f for f in found if f not in EXCEPTIONS] == []
    assert len(EXCEPTIONS) <= 0.01 * compared
    assert taken >= 0.9 * len(paths)


@needs_recorded
@pytest.mark.replay
@pytest.mark.slow
def test_the_first_tier_takes_nineteen_of_twenty_recorded_documents() -> None:
    assert sum(skim(p.read_bytes()) is not None for p in DOCUMENTS) >= 0.95 * len(DOCUMENTS)


@needs_recorded
@pytest.mark.replay
@pytest.mark.slow
def test_states_of_real_feeds_read_the_same_through_both_tiers() -> None:
    found, compared, taken = differences(STATES)
    assert (found, taken) == ([], len(STATES))
    assert compared > 5000


@pytest.mark.parametrize("document", [RSS20, RDF, ATOM, GOOGLE])
def test_small_documents_of_every_kind_read_the_same(document: str) -> None:
    quick = skim(document.encode())
    assert quick is not None
    assert quick.reading == full(document.encode())


def item(inside: str, more: str = "") -> bytes:
    spaces = (
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    return f'<rss version="2.0" {spaces}><channel><title>T</title>{more}<item>{inside}</item></channel></rss>'.encode()


FIELDS = st.sampled_from(
    [
        "<title>Orrin names a chief</title>",
        "<title>Another</title>",
        "<title></title>",
        "<media:title>Media says</media:title>",
        "<media:group><media:title>Deeper</media:title><media:description>Far</media:description></media:group>",
        "<dc:title>Dublin</dc:title>",
        "<description>&lt;p&gt;First words&lt;/p&gt;</description>",
        "<description><![CDATA[<b>Second</b> &amp; words]]></description>",
        "<content:encoded><![CDATA[<p>All of it</p>]]></content:encoded>",
        "<itunes:summary>Said shortly</itunes:summary>",
        "<media:description>Of a picture</media:description>",
        "<link>/a?x=1&amp;y=2</link>",
        "<link></link>",
        '<atom:link href="https://wire.example/b"/>',
        '<atom:link href=""/>',
        '<atom:link rel="enclosure" href="https://wire.example/c.mp3"/>',
        '<guid isPermaLink="false">g-1</guid>',
        "<guid>https://wire.example/g</guid>",
        "<guid>relative</guid>",
        "<pubDate>Mon, 04 May 2026 10:30:00 +0200</pubDate>",
        "<dc:date>2026-05-04T08:30:00Z</dc:date>",
        '<source url="https://other.example/rss">Other Gazette</source>',
        "<source><title>Inner</title></source>",
        "<source><title>One</title><title>Two</title></source>",
        '<enclosure url="https://wire.example/d.mp3"/>',
        "<author>a@wire.example</author>",
        "<dc:creator>Ann</dc:creator>",
        '<category domain="x">news</category>',
        "<foo:bar xmlns:foo='urn:x'>odd</foo:bar>",
        "<description>caf\u00c3\u00a9 \u0093quoted\u0094</description>",
        "<image>https://wire.example/i.png</image>",
    ]
)


@given(parts=st.lists(FIELDS, max_size=7))
@settings(max_examples=200, deadline=None)
def test_fields_in_any_order_and_number_read_as_feedparser_reads_them(parts: list[str]) -> None:
    body = item("".join(parts))
    quick = skim(body)
    assert quick is not None
    assert quick.reading.entries == full(body).entries


DOUBTS = {
    "not well-formed": b"<rss><channel><item><title>x</item></channel></rss>",
    "an undefined entity": item("<title>x&nbsp;y</title>"),
    "a document type": b'<!DOCTYPE rss SYSTEM "x">' + item("<title>x</title>"),
    "an unbound prefix": b"<rss><channel><item><foo:title>x</foo:title></item></channel></rss>",
    "another encoding": '<?xml version="1.0" encoding="windows-1251"?><rss><channel><title>\u0439</title></channel></rss>'.encode(
        "cp1251"
    ),
    "a wrong charset": "<rss><channel><item><title>caf\u00e9</title></item></channel></rss>".encode("latin-1"),
    "a strange date": item("<pubDate>last Tuesday</pubDate>"),
    "an unknown root": b"<news><item><title>x</title></item></news>",
    "an element within a link": item("<link><b>x</b></link>"),
    "an entry within an entry": item("<item><title>x</title></item>"),
    "a strange type of content": item('<content:encoded type="application/pdf">x</content:encoded>'),
    "too deep": b"<rss><channel>" + b"<a>" * 300 + b"</a>" * 300 + b"</channel></rss>",
    "too many attributes": item("<title " + " ".join(f'a{n}="1"' for n in range(600)) + ">x</title>"),
}


@pytest.mark.parametrize("body", DOUBTS.values(), ids=DOUBTS.keys())
def test_on_any_doubt_the_first_tier_reads_nothing(body: bytes) -> None:
    assert skim(body) is None


def test_more_entries_than_wanted_are_left_to_the_second_tier() -> None:
    assert skim_xml(RSS20.encode(), url=URL, content_type="", max_entries=1) is None


def test_what_was_in_the_document_before_is_not_read_again() -> None:
    """Its names and times come, for identity and rhythm; its words do not."""
    before = skim(RSS20.encode())
    assert before is not None
    news = '<item><title>News of today</title><guid isPermaLink="false">new</guid></item>'
    changed = RSS20.replace("<item>", news + "<item>", 1).encode()
    again = skim_xml(changed, url=BASE, content_type="", max_entries=2000, seen=before.prints)
    assert again is not None
    first, second, third = again.reading.entries
    assert (first.title, first.known) == ("News of today", False)
    assert second.known and third.known
    assert (second.title, second.id, second.link) == ("", "wire-1", "https://wire.example/a?x=1&y=2")
    assert second.published == before.reading.entries[0].published
    edited = skim_xml(RSS20.replace("joins", "leaves").encode(), url=BASE, content_type="", max_entries=2000, seen=before.prints)
    assert edited is not None
    assert (edited.reading.entries[0].known, edited.reading.entries[0].title) == (False, FIRST)


@given(
    st.sampled_from(
        "http://h|http://h/|http://h:80/a/b.xml|https://h/a/../b|http://h//a//b|http://h/a;p/b|http://h/a?x=/b".split("|")
    ),
    st.text("a1._~-/:?#;", max_size=6),
)
def test_addresses_are_joined_as_the_standard_library_joins_them(base: str, url: str) -> None:
    """feedparser's one step before, which drops slashes after a scheme, touches nothing without one."""
    if "://" not in url:
        assert joined(base, url) == (urljoin(base, url) if url else "")
