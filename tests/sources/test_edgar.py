"""EDGAR: every filing is remembered, those of item 5.02 are stories, and who asks says so."""

from __future__ import annotations

import pytest

from monitor.classify import load_classifier
from monitor.errors import ReadingError
from monitor.interfaces import Reading
from monitor.model import Feed, FeedId, Label, MoveAction, Status, Story, StoryId
from monitor.settings.schema import Polling, Settings
from monitor.sources.edgar import Edgar
from tests.sources.documents import AT, EDGAR

ADDRESS = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=8-K&company=&dateb=&owner=include&count=40&output=atom"
FEED = Feed(id=FeedId("f"), name="EDGAR", url=ADDRESS, source="edgar", etag='"x"')
SOURCE = Edgar(Settings(polling=Polling(contact="desk@wire.example")))


def read(document: str = EDGAR) -> Reading:
    return SOURCE.parse(document.encode(), url=ADDRESS)


def test_a_change_of_officers_is_a_story_and_every_other_filing_only_remembered() -> None:
    change, other = read().entries
    assert (change.wanted, other.wanted) == (True, False)
    assert change.id == "0001234567-26-000012"
    assert change.link.endswith("000123456726000012-index.htm")
    assert (change.outlet, change.published) == ("SEC EDGAR", AT)
    assert "Item 5.02" in change.summary


def test_a_filing_of_several_companies_is_one_story() -> None:
    twice = EDGAR.replace(
        "</feed>", EDGAR[EDGAR.index("<entry>") : EDGAR.index("</entry>") + 8].replace("(Filer)", "(Subject)") + "</feed>"
    )
    assert [e.id for e in read(twice).entries] == [e.id for e in read().entries]


def test_an_amendment_is_read_and_an_odd_title_is_kept_unread() -> None:
    amended = read(EDGAR.replace("<title>8-K - ORRIN", "<title>8-K/A - ORRIN")).entries[0]
    assert amended.title.startswith("ORRIN & VALE INC: ")
    assert "8-K/A" in amended.title
    assert not read(EDGAR.replace("<title>8-K - ORRIN", "<title>Orrin")).entries[0].wanted


def test_without_a_contact_nothing_is_asked() -> None:
    with pytest.raises(ReadingError, match=r"polling\.contact"):
        Edgar(Settings()).request(FEED)


def test_earlier_pages_are_asked_for_in_full_by_start() -> None:
    pages = [SOURCE.earlier(FEED, page) for page in (1, 2)]
    assert [r.url.params["start"] for r in pages if r] == ["40", "80"]
    assert all(r.url.params["count"] == "40" and "if-none-match" not in r.headers for r in pages if r)
    all_of_it = SOURCE.earlier(Feed(id=FeedId("f"), name="E", url=ADDRESS.replace("&count=40", "")), 3)
    assert all_of_it is not None
    assert (all_of_it.url.params["start"], all_of_it.url.params["count"]) == ("300", "100")


def test_a_change_of_officers_is_a_confirmed_move_with_the_company_and_the_filing() -> None:
    entry = read().entries[0]
    story = Story(
        id=StoryId("s"),
        feed_id=FEED.id,
        url=entry.link,
        title=entry.title,
        summary=entry.summary,
        outlet=entry.outlet,
        first_seen=AT,
    )
    [match] = load_classifier().classify(story).matches
    [move] = match.moves
    assert (match.label, move.action, move.status, move.to_org) == (
        Label.EXECUTIVE_MOVE,
        MoveAction.OTHER,
        Status.CONFIRMED,
        "ORRIN & VALE INC",
    )
    assert all(story.title[span.start : span.end] == span.text for span in match.evidence)
    assert {span.supports for span in match.evidence} == {"moves.0.to_org", "rule:filing.5.02"}


def test_the_same_words_of_another_outlet_are_read_like_any_story() -> None:
    entry = read().entries[0]
    story = Story(id=StoryId("s"), feed_id=FEED.id, url=entry.link, title=entry.title, outlet="Kalix Post", first_seen=AT)
    assert "filing: item 5.02" not in load_classifier().classify(story).trace
