"""What holds for every registered source: a new one is tested by being registered."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import HostileDocument, ReadingError, SettingsError
from monitor.interfaces import Reading, Source
from monitor.model import Feed, FeedId
from monitor.settings.schema import Settings
from monitor.sources import SOURCES, source_for
from tests.sources.documents import AT, EMPTY, FIRST, HOSTILE, PAGES, READS, SECOND, TITLES, URL

SETTINGS = Settings()
CASES = [(name, kind) for name in sorted(SOURCES) for kind in READS[name]]


def titles(name: str) -> list[str]:
    return TITLES.get(name, [FIRST, SECOND])


def make(name: str, **polling: int) -> Source:
    return source_for(name, Settings.model_validate({"polling": {"contact": "desk@wire.example"} | polling}))


def read(name: str, document: str | bytes, content_type: str = "") -> Reading:
    body = document.encode() if isinstance(document, str) else document
    return make(name).parse(body, url=URL, content_type=content_type)


def feed(**fields: str) -> Feed:
    return Feed(id=FeedId("f"), name="Sample", url=URL, **fields)


def test_every_member_has_sample_documents() -> None:
    assert set(READS) == set(SOURCES), "add the kinds your source reads to tests/sources/documents.py"


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_member_is_registered_under_its_name(name: str) -> None:
    assert make(name).name == name


def test_an_unknown_source_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(SettingsError, match=r"'rss'.*syndication"):
        source_for("rss", SETTINGS)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_validators_are_sent_exactly_as_they_came(name: str) -> None:
    known = feed(etag='W/"a,b"-gzip', last_modified="Wed, 01 Jan 2041 00:00:00 gmt")
    request = make(name).request(known)
    assert (request.method, str(request.url)) == ("GET", URL)
    assert request.headers["if-none-match"] == 'W/"a,b"-gzip'
    assert request.headers["if-modified-since"] == "Wed, 01 Jan 2041 00:00:00 gmt"
    assert request.headers["a-im"] == "feed"
    assert request.headers["accept"]


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_an_unconditional_request_and_a_first_one_carry_no_validators(name: str) -> None:
    for request in (make(name).request(feed(etag='"x"', last_modified="y"), conditional=False), make(name).request(feed())):
        assert not {"if-none-match", "if-modified-since"} & set(request.headers)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_the_same_two_stories_are_read_from_every_kind(name: str, kind: str) -> None:
    reading = read(name, READS[name][kind])
    assert reading.format == kind
    assert reading.title
    assert [e.title for e in reading.entries] == titles(name)
    assert all(e.link.startswith("https://") for e in reading.entries)
    assert "<" not in reading.entries[0].summary
    assert reading.warnings == ()


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_quick_reading_is_the_full_one_or_none(name: str, kind: str) -> None:
    source, body = make(name), READS[name][kind].encode()
    quick = source.skim(body, url=URL)
    assert quick is None or quick.reading == source.parse(body, url=URL)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_budget_names_itself_and_a_rate(name: str) -> None:
    budget = make(name).budget
    assert budget is None or (budget[0] and 0 < budget[1] <= 100)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_times_are_aware_and_in_utc(name: str, kind: str) -> None:
    entries = read(name, READS[name][kind]).entries
    assert entries[0].published in (AT, None)
    assert entries[1].published is None
    assert all(e.published is None or e.published.utcoffset() == timedelta(0) for e in entries)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_reading_is_repeatable(name: str, kind: str) -> None:
    source = make(name)
    body = READS[name][kind].encode()
    assert source.parse(body, url=URL) == source.parse(body, url=URL)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_no_more_entries_are_read_than_the_settings_want(name: str, kind: str) -> None:
    reading = make(name, max_entries=1).parse(READS[name][kind].encode(), url=URL)
    assert [e.title for e in reading.entries] == titles(name)[:1]
    [warning] = reading.warnings
    assert warning.startswith("it has ") and ", of which 1 were read: the newest" in warning


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize("page", sorted(PAGES))
def test_what_is_no_feed_is_refused_in_plain_words(name: str, page: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(name, PAGES[page])
    assert len(caught.value.why) < 300
    assert not isinstance(caught.value, HostileDocument)


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize("document", sorted(HOSTILE))
def test_a_document_that_passes_a_cap_is_refused_before_it_costs(name: str, document: str) -> None:
    """jsonfeed reads no XML, so for it these are simply no feed."""
    with pytest.raises(ReadingError if name == "jsonfeed" else HostileDocument):
        read(name, HOSTILE[document])


@pytest.mark.parametrize(("name", "kind"), [(n, k) for n in SOURCES for k in EMPTY if k == "json" or n != "jsonfeed"])
def test_an_empty_feed_is_a_reading_without_entries(name: str, kind: str) -> None:
    if name in ("google_news", "edgar") and kind == "json":
        pytest.skip("it speaks XML only")
    reading = read(name, EMPTY[kind])
    assert (reading.title, reading.entries) == ("Quiet", ())


@pytest.mark.parametrize("name", sorted(SOURCES))
@given(body=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(name: str, body: bytes) -> None:
    try:
        make(name).parse(body, url=URL)
    except ReadingError as error:
        assert error.why


@pytest.mark.parametrize(("name", "kind"), CASES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_document_damaged_anywhere_is_read_or_refused(name: str, kind: str, data: st.DataObject) -> None:
    body = READS[name][kind].encode()
    at = data.draw(st.integers(0, len(body)))
    length = data.draw(st.integers(0, 40))
    body = body[:at] + data.draw(st.binary(max_size=8)) + body[at + length :]
    try:
        reading = make(name).parse(body, url=URL, content_type=data.draw(st.sampled_from(["", "text/xml", "application/json"])))
    except ReadingError as error:
        assert error.why
    else:
        for entry in reading.entries:
            json.dumps([entry.id, entry.link, entry.title, entry.summary]).encode()
