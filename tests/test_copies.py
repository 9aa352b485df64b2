"""One story by several ways: Google News, an outlet's other feeds, another outlet's copy; and guids used again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.copies import copy_of
from monitor.interfaces import Entry
from monitor.model import FeedId, Story, StoryId
from monitor.naming import GUID, LINK, WORDS, rung_of
from tests.pipelines import FEED, OTHER, World, entry, moved_by
from tests.stories import NOON

TITLE = "Orrin & Vale names Tess Marlow chief executive"
OPAQUE = "https://news.google.com/rss/articles/CBMi?oc=5"
OWN = Story(
    id=StoryId("s"), feed_id=FeedId("own"), url="https://www.othergazette.com/a", title=TITLE, published=NOON, first_seen=NOON
)


def google(outlet: str = "Other Gazette", outlet_url: str = "", hours: float = 1) -> Entry:
    at = NOON + timedelta(hours=hours)
    return Entry(id="g", link=OPAQUE, title=TITLE, published=at, outlet=outlet, outlet_url=outlet_url)


@pytest.mark.parametrize(
    ("copy", "same"),
    [
        (google(outlet_url="https://www.othergazette.com"), True),
        (google(), True),  # its name is that of the domain
        (google(outlet="othergazette.com"), True),
        (google(outlet="The Other Gazette"), True),
        (google(outlet="Kalix Post"), False),
        (google(outlet_url="https://kalixpost.example"), False),
        (google(outlet=""), False),
        (google(hours=48), False),
        (replace(google(), published=None), False),
        (Entry(link="https://othergazette.com/business/a", title=TITLE, published=NOON), True),  # another section's feed
        (Entry(link="https://othergazette.com/b", title=TITLE, published=NOON + timedelta(days=1)), False),  # every day's title
        (
            Entry(link="https://kalixpost.example/a", title=TITLE, published=NOON),
            False,
        ),  # syndicated: its outlet's story
    ],
)
def test_a_copy_is_known_by_title_outlet_and_time(copy: Entry, same: bool) -> None:
    assert copy_of(copy, OWN) == same


def test_an_outlets_own_words_are_never_taken_for_googles_copy() -> None:
    copied = replace(OWN, url=OPAQUE, outlet="Other Gazette")
    assert not copy_of(Entry(link="https://othergazette.com/a", title=TITLE, published=NOON, outlet="Other Gazette"), copied)


def test_a_google_copy_of_a_story_that_came_by_its_own_feed_is_that_story() -> None:
    world = World()
    own = Entry(id="1", link="https://othergazette.com/a", title=TITLE, published=NOON)
    [story] = world.poll(FEED, [own]).stories
    plan = world.plan(OTHER, [google()], NOON + timedelta(hours=1))
    assert plan.stories == ()
    assert {key.story_id for key in plan.keys} == {story.id}


def test_a_syndicated_copy_joins_the_event_and_alerts_nobody() -> None:
    world = World()
    said = {TITLE: moved_by(TITLE, "Tess Marlow", "Orrin & Vale")}
    first = world.poll(FEED, [entry(TITLE, "1", "https://harbor.example/1")], said)
    copy = world.poll(OTHER, [entry(TITLE, "9", "https://dockside.example/9")], said, now=NOON + timedelta(hours=1))
    assert len(first.alerts) == 1
    assert (len(copy.stories), len(copy.alerts), copy.events[0].story_count) == (1, 0, 2)


@pytest.mark.parametrize(
    ("link", "hours", "alerts"),
    [
        ("https://harbor.example/1", 1, 1),  # the same page
        ("https://harbor.example/desk/1", 1, 1),  # the outlet's other feed has an address of its own for it
        ("https://harbor.example/1", 9, 0),  # nobody calls that news any more
    ],
)
def test_what_a_new_feed_began_with_is_told_when_a_feed_that_is_followed_brings_it(link: str, hours: float, alerts: int) -> None:
    """A feed added just after the news broke must not make it a thing of the past for those that were there before."""
    world, new = World(), replace(OTHER, baseline_done=False, stories=0)
    said = {TITLE: moved_by(TITLE, "Tess Marlow", "Orrin & Vale")}
    began = world.poll(new, [entry(TITLE, "9", "https://harbor.example/1")], said)
    assert (len(began.events), began.alerts) == (1, ())
    at = NOON + timedelta(hours=hours)
    live = world.poll(FEED, [entry(TITLE, "1", link)], said, now=at)
    assert (live.stories, len(live.alerts), len(live.deliveries)) == ((), alerts, alerts)
    assert world.poll(FEED, [entry(TITLE, "1", link)], said, now=at + timedelta(minutes=5)).alerts == ()
    third = replace(FEED, id=FeedId("f3"))
    assert world.poll(third, [entry(TITLE, "3", link)], said, now=at + timedelta(minutes=9)).alerts == (), "once"


def test_what_two_new_feeds_begin_with_is_told_to_nobody() -> None:
    world, new = World(), replace(OTHER, baseline_done=False, stories=0)
    said = {TITLE: moved_by(TITLE, "Tess Marlow", "Orrin & Vale")}
    one = entry(TITLE, "9", "https://harbor.example/1")
    for number in range(2):
        assert world.poll(replace(new, id=FeedId(f"n{number}")), [one], said).alerts == ()


def test_a_copy_of_a_story_that_was_told_is_told_to_nobody() -> None:
    world, one = World(), entry(TITLE, "9", "https://harbor.example/1")
    said = {TITLE: moved_by(TITLE, "Tess Marlow", "Orrin & Vale")}
    assert len(world.poll(FEED, [one], said).alerts) == 1
    assert world.poll(OTHER, [one], said, now=NOON + timedelta(hours=1)).alerts == ()


def test_a_guid_used_again_for_another_page_names_nothing() -> None:
    world = World()
    world.poll(FEED, [entry("Yesterday's lead story of the harbour", "lead", "https://harbor.example/1")])
    today = entry("A quite different lead story today", "lead", "https://harbor.example/2")
    plan = world.plan(FEED, [today], NOON + timedelta(days=1))
    assert [s.title for s in plan.stories] == [today.title]
    edited = entry("Yesterday's lead story of the harbour, corrected", "lead", "https://harbor.example/1")
    again = world.plan(FEED, [edited], NOON + timedelta(days=1))
    assert (len(again.stories), len(again.updated)) == (0, 1)


def test_what_is_not_wanted_is_remembered_and_no_story() -> None:
    world = World()
    filing = Entry(id="0001-26-1", link="https://sec.example/1", title="8-K - ORRIN CORP (0001) (Filer)", wanted=False)
    result = world.poll(FEED, [filing])
    assert result.stories == ()
    assert [key.story_id for key in result.keys if key.key] and len(world.keys) >= 1
    assert world.poll(FEED, [filing]).keys == ()
    plan = world.plan(FEED, [filing], NOON)
    assert plan.overlap == 1.0, "it counts as known"


@pytest.mark.parametrize(
    ("guids", "before", "after"),
    [
        (["a", "b", "c"], GUID, GUID),
        (["a", "a", "b", "c", "d"], GUID, GUID),  # one slip
        (["a", "a", "a", "b"], GUID, LINK),
        (["a", "a", "a", "b", "c"], GUID, LINK),  # three of five
        (["a", "a", "a", "b", "c", "d"], GUID, GUID),  # half is not most
        (["a", "a"], GUID, GUID),  # two are an accident
        (["a"], LINK, LINK),  # never up again
        (["a", "a", "a"], WORDS, WORDS),
    ],
)
def test_a_feed_steps_down_where_one_guid_serves_most(guids: list[str], before: int, after: int) -> None:
    entries = [entry(f"Story {n} of the day", guid, f"https://harbor.example/{n}") for n, guid in enumerate(guids)]
    assert rung_of(entries, before) == after


def test_one_link_for_all_is_stepped_over_too() -> None:
    entries = [entry(f"Story {n} of the day", "same", "https://harbor.example/all") for n in range(4)]
    assert rung_of(entries, GUID) == WORDS
