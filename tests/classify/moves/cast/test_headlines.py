"""A headline's post without a name is somebody's of the summary, where one person alone can be meant; and tasks as posts."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.moves.cast.cast import Cast, cast
from monitor.classify.moves.cast.headlines import alike, is_stand_in
from monitor.classify.parsing.row import rows
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import known
from monitor.model import FeedId, Story, StoryId

GAZETTEER = known()
AT = datetime(2026, 5, 4, tzinfo=UTC)


def cast_of(title: str, summary: str = "") -> Cast:
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT)
    return cast(rows(read(story), GAZETTEER))


def headline(title: str, summary: str) -> str:
    """The headline with the name of whoever was put beside a post, in brackets."""
    items = cast_of(title, summary).seen.rows[0].items
    return " ".join(f"[{c.low}]" if is_stand_in(c) else c.text for c in items)


@pytest.mark.parametrize(
    ("title", "summary", "told"),
    [
        (
            "Corvid's robotics chief to retire",
            "Ada Quill, who joined the company in 2004, built its largest unit.",
            "Corvid robotics chief [ada quill] to retire",
        ),
        (
            "Corvid loses CFO amid restructuring",
            "Former Osprey executive Ada Quill is retiring, and two directors have left.",
            "Corvid loses CFO [ada quill] amid restructuring",
        ),
        (
            "Corvid names chief commercial officer",
            "Corvid appointed Ada Quill as CCO, succeeding Bo Tarrow.",
            "Corvid names [ada quill] chief commercial officer",
        ),
        (
            "Corvid CEO steps down",
            "Finance chief Bo Tarrow will replace chief executive Ada Quill in May.",
            "Corvid CEO [ada quill] steps down",
        ),
        (
            "Corvid hires Osprey executive as new finance chief",
            "Ada Quill replaces Bo Tarrow, who retires.",
            "Corvid hires Osprey executive [ada quill] as new finance chief",
        ),
    ],
)
def test_a_post_without_a_name_is_the_one_person_s_who_can_be_meant(title: str, summary: str, told: str) -> None:
    assert headline(title, summary) == told
    somebody = next(one for one in cast_of(title, summary).people if one.text == "Ada Quill")
    assert somebody.places[0].row == 0
    assert somebody.best.row > 0, "what is shown is the name where it is written"


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Corvid CEO steps down", "Executive chair Bo Tarrow will take over as chief executive."),
        ("Corvid CEO steps down", "Analyst Ada Quill said the news came early."),
        ("Corvid names new CEO", "Its chief executive, Ada Quill, retires in May."),
        ("Corvid's CEO resigns", "Ada Quill and Bo Tarrow built the firm in ten years."),
        ("Corvid CEO Ada Quill resigns", "Bo Tarrow was her deputy."),
        ("Corvid engineers leave", "Ada Quill worked there for ten years."),
    ],
)
def test_where_nobody_or_several_can_be_meant_the_post_stays_without_a_name(title: str, summary: str) -> None:
    assert "[" not in headline(title, summary)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("cfo", "finance chief", True),
        ("ceo", "chief executive", True),
        ("chro", "chief human resources officer", True),
        ("boss", "president of the retail unit", True),
        ("ceo", "executive chair", False),
        ("cfo", "chief marketing officer", False),
    ],
)
def test_two_wordings_of_one_post(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


@given(
    st.sampled_from(["CEO", "CFO", "chief people officer", "head of sales", "chair"]), st.sampled_from(["steps down", "resigns"])
)
def test_a_stand_in_takes_no_room(post: str, verb: str) -> None:
    """With stand-ins or without, the words of a row are the same and stand in their order."""
    title, summary = f"Corvid {post} {verb}", f"Ada Quill, the {post}, has been with the firm for years."
    with_her, without = cast_of(title, summary).seen.rows[0].items, cast_of(title).seen.rows[0].items
    assert [c for c in with_her if not is_stand_in(c)] == without
    assert all(a.first <= b.first and a.end <= b.end for a, b in pairwise(with_her))


@pytest.mark.parametrize(
    ("title", "tasks"),
    [
        ("Corvid taps Ada Quill to lead its robotics push", ["lead its robotics push"]),
        ("Ada Quill, who ran the Osprey lending unit, joins Corvid", ["ran the Osprey lending unit"]),
        ("Corvid puts Ada Quill in charge of chip design as Tarrow leaves", ["charge of chip design"]),
        ("Ada Quill was led to the lead of the pack in a long run", []),
    ],
)
def test_a_task_told_in_place_of_a_post(title: str, tasks: list[str]) -> None:
    assert [place.chunk.text for named, place in cast_of(title).titles if named.kind == "task"] == tasks


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("Corvid's metals trading head to leave in latest departure", ["metals trading head"]),
        ("Corvid's App Shop Head to Leave Amid Scrutiny", ["App Shop Head"]),
        ("Corvid Vision Head Steps Down", ["Head"]),
        ("Corvid's harbour projects head, Ada Quill, resigns", ["harbour projects head"]),
        ("Three Corvid directors head to Osprey", ["directors"]),
        ("Two Corvid co-founders head to leave it all behind", ["Two Corvid co-founders"]),
        ("Ada Quill to head Osprey as Tarrow leaves", []),
    ],
)
def test_a_bare_head_is_a_post_where_its_holder_acts(title: str, posts: list[str]) -> None:
    found = [post.text for post in cast_of(title).posts]
    assert [p.split()[-1] for p in found] == [p.split()[-1] for p in posts]
    assert not posts or posts[0].endswith(found[0])


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("Corvid names Osprey's Africa chief as chairman", ["Africa chief", "chairman"]),
        ("Corvid's Latin America head out after sales slump", ["Latin America head"]),
        ("Osprey loses its Germany head to Corvid", ["Germany head"]),
        ("Corvid's Tarrow lead Ada Quill steps down", ["Tarrow lead"]),
        ("Report: Corvid's Optimus lead is in discussions with Osprey", ["Optimus lead"]),
        ("Nissan Americas chief Ada Quill resigns", ["Americas chief"]),
        ("Corvid's Google chief resigns", ["chief"]),
        ("Corvid's Profit Lead Narrows", []),
        ("Corvid's shares head to a record", []),
    ],
)
def test_what_somebody_heads_stands_between_owner_and_head(title: str, posts: list[str]) -> None:
    assert [post.text for post in cast_of(title).posts] == posts
