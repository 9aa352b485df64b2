"""What is left out of a summary, and where texts that were glued together come apart again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.words.document import read
from monitor.classify.words.seams import seams
from monitor.model import FeedId, Story, StoryId

AT = datetime(2026, 5, 4, tzinfo=UTC)
TITLE = "Corvid Systems names Ada Quill as finance chief"


def pieces(summary: str, title: str = TITLE) -> list[str]:
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT)
    return [s.text.strip() for s in read(story).sentences if s.field == "summary"]


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        ("By Maria Tolland Corvid Systems has a new finance chief.", ["Corvid Systems has a new finance chief."]),
        ("By Maria Tolland and John HarrowCorvid Systems has one.", ["Corvid Systems has one."]),
        ("By Okeke Adanna and Jo HarrowCorvid Systems has one.", ["Corvid Systems has one."]),
        ("By Design Corvid Systems has one.", ["By Design Corvid Systems has one."]),
        ("CORVID OYJ STOCK EXCHANGE RELEASE 13.2.2026 AT 17.00 EETCorvid Oyj has one.", ["Corvid Oyj has one."]),
        ("Corvid | Inside Information | Stock Exchange Release 4 May 2026 at 8:00 am EEST. Corvid has one.", ["Corvid has one."]),
        ("Maria Tolland / Example Wire: Corvid Systems has one.", ["Corvid Systems has one."]),
        ("HELSINKI, Feb. 11, 2025 (EXAMPLE NEWSWIRE) — Corvid Systems has one.", ["Corvid Systems has one."]),
        ("Espoo, Finland--(Examplefile Corp. - May 7, 2025) - Corvid Systems has one.", ["Corvid Systems has one."]),
        ("OULU (AP) — Corvid Systems has one.", ["Corvid Systems has one."]),
        (f"{TITLE} Its last one left in May.", ["Its last one left in May."]),
        (
            f"{TITLE}PR NewswireOULU, Finland, May 10, 2025OULU, Finland, May 10, 2025 /PRNewswire/ -- She begins.",
            ["She begins."],
        ),
        (
            "Ada Quill on a stage. | Photo by Jo Marsh/Getty Images She begins in May.",
            ["Ada Quill on a stage.", "She begins in May."],
        ),
        ("Illustration by Jo Marsh / The Courier Corvid has one.", ["Corvid has one."]),
        ("Ada Quill begins in May. Continue reading...", ["Ada Quill begins in May."]),
        (f"She begins in May. The post {TITLE} appeared first on Lamp Daily.", ["She begins in May."]),
        (f"She begins in May.This article, “{TITLE}” first appeared on Lamp.example", ["She begins in May."]),
        ("She begins in May. submitted by /u/lamplighter [link] [comments]", ["She begins in May."]),
    ],
)
def test_what_is_no_part_of_the_text_is_left_out(summary: str, kept: list[str]) -> None:
    assert pieces(summary) == kept


def test_a_list_of_headlines_is_cut_behind_each_outlet() -> None:
    listed = f"{TITLE} Financial Times Ada Quill joins Corvid CNN Corvid picks Quill The New York Times"
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=f"{TITLE} - Financial Times", summary=listed, first_seen=AT)
    told = [s.text.strip() for s in read(story).sentences if s.field == "summary"]
    assert told == ["Ada Quill joins Corvid", "Corvid picks Quill"]


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        ("It wanted a chief for AI.Corvid found her.", ["It wanted a chief for AI.", "Corvid found her."]),
        ("News for your PortfolioCorvid found her.", ["News for your Portfolio", "Corvid found her."]),
        ("She is with the companyQuill begins in May.", ["She is with the company", "Quill begins in May."]),
        ("years-long restructuringByConor HaleCorvid has one.", ["years-long restructuring", "Corvid has one."]),
        ("A year of BusinessNEW YORK, May 10 is a date.", ["A year of Business", "NEW YORK, May 10 is a date."]),
    ],
)
def test_words_glued_together_come_apart(summary: str, kept: list[str]) -> None:
    assert pieces(summary) == kept


@pytest.mark.parametrize(
    "text",
    [
        "OpenAI, DeepMind and an AI start-up talk to YouTube.",
        "The iPhone maker and JPMorgan met at node.js.com, says LinkedIn.",
        "ChatGPT and GPT are not one.",
        "Corvid Systems (CVD) has a chief.",
        "AI-driven growth and more of it is what Quill wants.",
    ],
)
def test_names_written_so_and_plain_text_stay_whole(text: str) -> None:
    assert pieces(text) == [text]


def test_a_summary_that_goes_on_with_its_subject_keeps_it() -> None:
    assert pieces("Corvid Systems has a chief.", title="Corvid Systems") == ["Corvid Systems has a chief."]


@given(st.text(alphabet="aAbB .1/-—()By", max_size=60), st.text(alphabet="aAbB ", max_size=20))
def test_cuts_lie_in_the_summary_in_order(summary: str, title: str) -> None:
    found = seams(summary, title)
    assert found == sorted(found)
    assert all(0 <= start <= end <= len(summary) for start, end in found)


def test_a_quotation_s_end_is_the_end_of_a_sentence_where_a_name_follows() -> None:
    told = pieces("He leaves to ‘pursue other opportunities’.Tarrow Quill stays as adviser. See node.Js docs.")
    assert told[:2] == ["He leaves to ‘pursue other opportunities’.", "Tarrow Quill stays as adviser."]
    assert len(told) == 3


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        ("CORVID HAS NAMED NEW CFOPRISCILLA OKORO", ["CORVID HAS NAMED NEW CFO", "PRISCILLA OKORO"]),
        ("BEN OKORO QUITS AS CHIEF OF CORVIDPETER QUILL NAMED", ["BEN OKORO QUITS AS CHIEF OF CORVID", "PETER QUILL NAMED"]),
        ("BEN OKORO MOVES TO WASHINGTON", ["BEN OKORO MOVES TO WASHINGTON"]),
    ],
)
def test_a_name_in_capitals_glued_to_a_post_or_to_a_word_of_the_story_comes_apart(summary: str, kept: list[str]) -> None:
    assert pieces(summary) == kept


def test_whose_story_a_blog_tells_is_left_out() -> None:
    told = "Maria Tolland, reporting for The Example Times: Corvid Systems has one."
    assert pieces(told) == ["Corvid Systems has one."]
    assert pieces("Maria Tolland, writing at Example Post: Corvid Systems has one.") == ["Corvid Systems has one."]
