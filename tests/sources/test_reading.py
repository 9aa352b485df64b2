"""What is read from each kind of document, field by field, and how damage is met."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.errors import HostileDocument, ReadingError
from monitor.interfaces import Entry, Reading
from monitor.settings.schema import Settings
from monitor.sources import source_for
from monitor.sources.json_reader import parse_time
from monitor.sources.xml_guard import survey
from tests.sources.documents import ATOM, GOOGLE, JSON11, PAGES, RSS20, URL


def read(
    document: str | bytes, *, source: str = "syndication", content_type: str = "", url: str = URL, most: int = 2000
) -> Reading:
    body = document.encode() if isinstance(document, str) else document
    settings = Settings.model_validate({"polling": {"max_entries": most}})
    return source_for(source, settings).parse(body, url=url, content_type=content_type)


def item(inside: str) -> Entry:
    document = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>{inside}</item></channel></rss>'
    return read(document).entries[0]


def test_an_rss_item_field_by_field() -> None:
    reading = read(RSS20)
    assert (reading.title, reading.link) == ("Sample Wire", "https://wire.example/")
    assert reading.entries[0] == Entry(
        id="wire-1",
        link="https://wire.example/a?x=1&y=2",
        title="Orrin & Vale names Tess Marlow chief executive",
        summary="She joins in June.",
        published=datetime(2026, 5, 4, 8, 30, tzinfo=UTC),
        outlet="Other Gazette",
        outlet_url="https://other.example/rss",
    )
    assert reading.entries[1].link == "https://wire.example/b"


def test_the_publishers_word_on_when_to_ask_again() -> None:
    reading = read(RSS20)
    assert reading.ttl_seconds == 7200  # twelve times a day is longer than a ttl of 30 minutes
    assert (reading.skip_hours, reading.skip_days) == ({0, 1}, {6})
    assert reading.hubs == ("https://hub.example/",)


def test_hours_and_days_elsewhere_in_a_document_are_nobodys_skip() -> None:
    reading = read(
        "<rss><channel><skipHours><hour>²</hour><hour>99</hour></skipHours><item><hour>3</hour><day>Monday</day></item></channel></rss>"
    )
    assert (reading.skip_hours, reading.skip_days) == (frozenset(), frozenset())


def test_an_atom_entry_field_by_field() -> None:
    entry = read(ATOM).entries[0]
    assert (entry.id, entry.link, entry.outlet) == ("tag:wire.example,2026:1", "https://wire.example/a?x=1&y=2", "Other Gazette")
    assert (entry.summary, entry.published) == ("She joins in June.", datetime(2026, 5, 4, 8, 30, tzinfo=UTC))


def test_a_json_feed_item_field_by_field_at_any_address() -> None:
    for source in ("jsonfeed", "syndication"):
        reading = read(JSON11, source=source)
        assert reading.hubs == ("https://hub.example/",)
        assert reading.entries[0].link == "https://wire.example/a?x=1&y=2"
        assert (reading.entries[0].summary, reading.entries[1].id) == ("She joins in June.", "2")


@pytest.mark.parametrize(
    ("document", "titles"),
    [
        ('{"items": [5, null, "x", {"id": {}, "title": ["a"], "authors": 3, "author": "n"}], "hubs": 5, "title": 7}', [""]),
        ('{"items": [{"title": "\\ud800 lone", "url": "\\udfff"}], "hubs": [{"url": 5}, 3]}', ["? lone"]),
        (
            '{"items": [{"date_published": "9999-12-31T23:59:59-12:00"}, {"date_published": "0001-01-01T00:00:00+12:00"}]}',
            ["", ""],
        ),
    ],
)
def test_json_of_odd_shapes_is_read_as_far_as_it_goes(document: str, titles: list[str]) -> None:
    entries = read(document, source="jsonfeed").entries
    assert [entry.title for entry in entries] == titles
    for entry in entries:
        (entry.id + entry.link + entry.title).encode()  # nothing is left that no encoding holds
        assert entry.published is None


def test_json_nested_without_end_is_hostile() -> None:
    with pytest.raises(HostileDocument, match="nested"):
        read('{"items": ' + "[" * 200_000, source="jsonfeed")


def test_google_news_keeps_the_outlet_and_takes_it_off_the_title() -> None:
    first, second = read(GOOGLE, source="google_news").entries
    assert (first.title, first.outlet, first.summary) == ("Orrin & Vale names Tess Marlow chief executive", "Other Gazette", "")
    assert (second.title, second.outlet) == ("Bluefjord to build a 300 MW data center in Oulu", "Kalix Post")
    assert first.outlet_url == "https://other.example"


def test_google_news_names_a_story_by_title_and_outlet_and_not_by_its_opaque_address() -> None:
    again = GOOGLE.replace("CBMi", "CBMx9").replace("- Other Gazette", "| Other Gazette")
    first, second = read(GOOGLE, source="google_news").entries
    assert [e.id for e in read(again, source="google_news").entries] == [first.id, second.id]
    elsewhere = GOOGLE.replace("Kalix Post", "Lule Post")
    assert read(elsewhere, source="google_news").entries[1].id != second.id


@pytest.mark.parametrize(
    ("date", "read_as"),
    [
        ("Mon, 04 May 2026 08:30:00 GMT", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
        ("Mon, 04 May 2026 03:30:00 EST", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
        ("2026-05-04T10:30:00+02:00", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
        ("2099-01-01T00:00:00Z", datetime(2099, 1, 1, tzinfo=UTC)),  # kept: what was said
        ("1984-04-04T00:00:00Z", datetime(1984, 4, 4, tzinfo=UTC)),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("0001-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_of_publishers(date: str, read_as: datetime | None) -> None:
    assert item(f"<title>t</title><pubDate>{date}</pubDate>").published == read_as


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-05-04T10:30:00+02:00", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
        ("2026-05-04T08:30:00Z", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
        ("2026-05-04", datetime(2026, 5, 4, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("nonsense", None),
    ],
)
def test_times_of_json_feeds(text: str, at: datetime | None) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize(
    ("inside", "field", "value"),
    [
        ("<link>//cdn.example/x</link>", "link", "https://cdn.example/x"),
        ("<link>  https://wire.example/x  </link>", "link", "https://wire.example/x"),
        ("<link>mailto:a@b.example</link>", "link", ""),
        ("<guid>https://wire.example/perma</guid>", "link", "https://wire.example/perma"),
        ("<guid isPermaLink='false'>https://wire.example/no</guid>", "link", ""),
        ('<enclosure url="https://wire.example/a.mp3" type="audio/mpeg" length="1"/>', "link", "https://wire.example/a.mp3"),
        ("<guid isPermaLink='false'>  spaced id </guid>", "id", "spaced id"),
        ("<description>Only words &lt;b&gt;here&lt;/b&gt;</description>", "title", "Only words here"),
        ("<title>a&#8203;b&#x202E;c</title>", "title", "abc"),
        ("<title>A &lt; B and C > D</title>", "title", "A < B and C > D"),
        ("<title>x</title><dc:date>2026-05-04T08:30:00Z</dc:date>", "published", datetime(2026, 5, 4, 8, 30, tzinfo=UTC)),
    ],
)
def test_single_fields_as_they_occur(inside: str, field: str, value: Any) -> None:
    assert getattr(item(inside), field) == value


def test_texts_are_bounded() -> None:
    entry = item(f"<title>{'t' * 50_000}</title><description>{'s' * 50_000}</description><guid>{'g' * 50_000}</guid>")
    assert (len(entry.title), len(entry.summary), len(entry.id)) == (1000, 4000, 2000)


# -- encodings: byte order mark, declaration, Content-Type, UTF-8

WORDS = "Žluťoučký kůň, Łódź"


def in_charset(encoding: str, *, declared: str = "", mark: bytes = b"") -> bytes:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = f'{declaration}<rss version="2.0"><channel><title>x</title><item><title>{WORDS}</title></item></channel></rss>'
    return mark + document.encode(encoding)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (in_charset("utf-8"), ""),
        (in_charset("utf-8"), "text/xml"),  # RFC 3023 would say ASCII
        (in_charset("utf-8"), "text/html; charset=no-such-thing"),
        (in_charset("utf-8", declared="utf-8"), "application/xml; charset=utf-16"),
        (in_charset("utf-8", mark=codecs.BOM_UTF8), "application/xml; charset=iso-8859-1"),
        (in_charset("iso-8859-2", declared="iso-8859-2"), ""),
        (in_charset("utf-16-le", declared="utf-16", mark=codecs.BOM_UTF16_LE), ""),
        (in_charset("utf-16-be", declared="utf-16", mark=codecs.BOM_UTF16_BE), "text/xml; charset=utf-8"),
        (in_charset("utf-8", declared="utf-16"), ""),  # as .NET writes a string; of odd or even length, as it happens
        (in_charset("utf-8", declared="utf-16") + b"\n", ""),
        (in_charset("utf-8", declared="UTF-16LE", mark=codecs.BOM_UTF8), "text/xml; charset=utf-8"),
        (in_charset("windows-1250", declared="ucs-2"), "text/xml; charset=windows-1250"),
        (in_charset("windows-1250"), 'text/xml; charset="windows-1250"'),
        (in_charset("windows-1250", declared="windows-1250"), "text/xml; charset=utf-8"),
    ],
    ids=range(14),
)
def test_the_charset_is_found_in_the_order_of_the_design(body: bytes, content_type: str) -> None:
    assert read(body, content_type=content_type).entries[0].title == WORDS


def test_a_wrong_charset_is_repaired() -> None:
    body = '<?xml version="1.0" encoding="utf-8"?><rss><channel><item><title>Café “noir”</title></item></channel></rss>'.encode(
        "cp1252"
    )
    reading = read(body, content_type="application/xml; charset=utf-16")
    assert reading.entries[0].title == "Café “noir”"
    assert any("not well-formed" in warning for warning in reading.warnings)


# -- damage and caps


def test_a_cut_document_keeps_its_whole_entries_and_says_so() -> None:
    reading = read(RSS20[: RSS20.index("<item><title><![CDATA[") + 20])
    assert reading.entries[0].title.startswith("Orrin & Vale")
    assert "not well-formed" in reading.warnings[0]


def test_what_a_server_writes_before_a_document_or_behind_it_cuts_nothing() -> None:
    for body in ("<br />\n<b>Warning</b>: no cache<br />\n" + RSS20, RSS20 + "<!-- 0.2 s --><script>count()</script>"):
        reading = read(body)
        assert reading.entries == read(RSS20).entries and not reading.ends_early and "ends too early" not in reading.warnings[0]


def test_a_json_feed_that_escapes_nothing_or_is_in_another_coding_is_read() -> None:
    document = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "Café\n names a chief"}]}'
    assert [e.title for e in read(document.encode()).entries] == ["Café names a chief"]
    reading = read(document.encode("latin-1"))
    assert [e.title for e in reading.entries] == ["Caf\ufffd names a chief"] and "not UTF-8" in reading.warnings[0]


def test_a_damaged_document_without_entries_is_a_failure() -> None:
    with pytest.raises(ReadingError, match="damaged"):
        read('<rss version="2.0"><channel><title>x</ti')


def test_an_undefined_entity_and_leading_noise_are_met() -> None:
    reading = read(
        '\n<?xml version="1.0"?><rss version="2.0"><channel><item><title>Smith&nbsp;&copy; Co</title></item></channel></rss>'
    )
    assert reading.entries[0].title == "Smith © Co"


def test_a_document_is_cut_where_more_than_enough_of_it_was_read_and_the_rest_is_hostile() -> None:
    tail = "<item><title>" + "<a>" * 5000
    for document in (RSS20, ATOM):
        name = "item" if "<item>" in document else "entry"
        reading = read(document[: document.rindex(f"</{name}>")] + f"</{name}>" + tail.replace("item", name), most=2)
        assert len(reading.entries) == 2
        assert reading.warnings == ("it has 3 entries, of which 2 were read: the newest, the first and the last",)


def test_a_document_in_utf_16_with_too_many_entries_is_not_cut_where_it_is_broken() -> None:
    with pytest.raises(HostileDocument, match="more than 1 entries, and cannot be read to its end"):
        read(codecs.BOM_UTF16_LE + RSS20.split("?>", 1)[1].replace("</channel>", "<b>").encode("utf-16-le"), most=1)


def test_bytes_that_are_a_path_or_an_address_open_nothing() -> None:
    for body in (b"/etc/hostname", b"file:///etc/hostname", b"http://127.0.0.1:9/"):
        with pytest.raises(ReadingError, match="neither XML nor JSON"):
            read(body)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("page", "a web page, not a feed: “Welcome & hello”"),
        ("challenge", "a web page that looks like a bot challenge, not a feed: “Just a moment...”"),
        ("fragment", "a web page, not a feed"),
        ("xhtml", "a web page, not a feed: “T”"),
        ("empty", "an empty answer"),
        ("text", "it begins with “not here”"),
        ("opml", "its root element is <opml>"),
        ("json", "no list named items"),
    ],
)
def test_the_reason_says_what_it_is_instead(page: str, words: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(PAGES[page])
    assert words in caught.value.why


def test_old_doctypes_and_parameter_entities_are_nobodys_attack() -> None:
    rdf = (
        '<!DOCTYPE rdf:RDF [<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml-lat1.ent">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<item><title>t</title></item></rdf:RDF>"
    )
    assert [e.title for e in read(rdf).entries] == ["t"]


def test_the_survey_counts_without_reading() -> None:
    found = survey(RSS20.encode(), max_entries=2000)
    assert (found.root, found.entries, found.well_formed, found.cut) == ("rss", 2, True, False)
    assert found.body == RSS20.encode()
