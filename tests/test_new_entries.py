"""Which entries of a document are new, edited or known, through the pure pipeline."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from tests.pipelines import FEED, OTHER, World, entry, moved_by
from tests.stories import NOON


def test_a_document_read_twice_brings_its_stories_once() -> None:
    world, entries = World(), [entry("One thing happened today", "g1"), entry("Another thing happened today", "g2")]
    assert len(world.poll(FEED, entries).stories) == 2
    again = world.poll(FEED, entries, now=NOON + timedelta(minutes=5))
    assert (again.stories, again.updated, again.keys) == ((), (), ())


def test_a_key_seen_again_is_kept_fresh_once_a_day() -> None:
    world, entries = World(), [entry("One thing happened today", "g1")]
    world.poll(FEED, entries)
    later = NOON + timedelta(hours=25)
    assert {k.last_seen for k in world.poll(FEED, entries, now=later).keys} == {later}


def test_a_guid_of_all_entries_names_none_of_them() -> None:
    entries = [entry(f"Story number {n} of the day", "same", f"https://harbor.example/{n}") for n in range(5)]
    world = World()
    assert len(world.poll(FEED, entries).stories) == 5
    assert world.poll(FEED, [*entries, entry("A sixth story of the day", "same", "https://harbor.example/6")]).stories[
        0
    ].title == ("A sixth story of the day")


def test_without_guid_and_with_one_link_for_all_the_words_name_a_story() -> None:
    entries = [entry(f"Story number {n} of the day", "", "https://harbor.example/") for n in range(3)]
    world = World()
    assert len(world.poll(FEED, entries).stories) == 3
    assert world.poll(FEED, entries).stories == ()


def test_an_entry_given_twice_in_one_document_is_one_story() -> None:
    one = entry("One thing happened today", "g1", "https://harbor.example/1")
    world = World()
    assert len(world.poll(FEED, [one, one]).stories) == 1
    assert world.poll(FEED, [one]).stories == ()


def test_the_same_page_in_another_feed_is_the_same_story() -> None:
    world = World()
    world.poll(FEED, [entry("One thing happened today", "g1", "https://harbor.example/1?utm_source=a")])
    result = world.poll(OTHER, [entry("One thing happened", "x1", "https://www.harbor.example/1#top")])
    assert result.stories == ()
    assert {k.feed_id for k in result.keys} == {OTHER.id}
    assert world.poll(OTHER, [entry("One thing happened", "x1", "https://www.harbor.example/1#top")]).keys == ()


def test_an_edit_updates_its_story_and_keeps_its_id() -> None:
    world = World()
    (first,) = world.poll(FEED, [entry("One thing happened today", "g1")]).stories
    result = world.poll(FEED, [entry("One thing happened yesterday", "g1")], now=NOON + timedelta(hours=1))
    assert result.stories == ()
    assert [(s.id, s.title) for s in result.updated] == [(first.id, "One thing happened yesterday")]
    assert abs(result.updated[0].first_seen - first.first_seen) < timedelta(milliseconds=2)


def test_a_repeat_of_another_feeds_story_is_never_an_edit_of_it() -> None:
    world = World()
    world.poll(FEED, [entry("One thing happened today", "g1", "https://harbor.example/1")])
    world.poll(OTHER, [entry("One thing happened", "x1", "https://harbor.example/1")])
    assert world.poll(OTHER, [entry("One thing happened, retold", "x1", "https://harbor.example/1")]).updated == ()


def test_renamed_guids_are_paired_and_alert_nothing() -> None:
    world = World()
    titles = [f"Company {n} names a new chief executive" for n in range(4)]
    said = {t: moved_by(t, f"Ann Person{n}", f"Company{n}") for n, t in enumerate(titles)}
    before = [entry(t, f"old{n}", f"https://harbor.example/{n}") for n, t in enumerate(titles)]
    assert len(world.poll(FEED, before, said).alerts) == 4
    # Two keep their address, two only their title and day.
    moved_on = [entry(t, f"new{n}", f"https://harbor.example/{'x' if n > 1 else ''}{n}") for n, t in enumerate(titles)]
    result = world.poll(FEED, moved_on, said, now=NOON + timedelta(hours=1))
    assert (result.stories, result.alerts) == ((), ())
    assert "paired" in result.notes[0].message
    assert world.poll(FEED, moved_on, said, now=NOON + timedelta(hours=2)).stories == ()


def test_a_document_that_shares_nothing_with_the_last_says_so() -> None:
    world = World()
    world.poll(FEED, [entry("One thing happened today", "g1")])
    result = world.poll(FEED, [entry("Quite another thing happened since", "g2")], now=NOON + timedelta(hours=9))
    assert [n.level for n in result.notes] == ["warning"]


@given(some.lists(some.tuples(some.sampled_from(["", "g1", "g2"]), some.sampled_from(["", "u1", "u2"]), some.text(max_size=5))))
def test_any_document_read_twice_adds_nothing(shapes: list[tuple[str, str, str]]) -> None:
    world = World()
    entries = [entry(t, g, f"https://harbor.example/{u}" if u else "") for g, u, t in shapes]
    first = world.poll(FEED, entries)
    assert len({s.id for s in first.stories}) == len(first.stories)
    again = world.poll(FEED, entries, now=NOON + timedelta(minutes=5))
    assert (again.stories, again.updated) == ((), ())


def test_planning_twice_gives_the_same_ids() -> None:
    entries = [entry("One thing happened today", "g1")]
    assert World().plan(FEED, entries, NOON) == World().plan(FEED, entries, NOON)
