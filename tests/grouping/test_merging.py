"""What an event keeps of the stories that join it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor import grouping
from monitor.backtest import Index
from monitor.model import MAX_EVENT_STORIES, Status
from tests.grouping.placing import FIRST, hired, index
from tests.stories import NOON, move, moved, story

__all__ = ["index"]  # a fixture


def test_merging_a_story_twice_changes_nothing(index: Index) -> None:
    again = story("Mara Velling to join Borealis Compute as finance chief", hours=4, outlet="Dockside Post")
    (event,) = index.events.values()
    once = grouping.merge(event, again, hired(again))
    assert grouping.merge(once, again, hired(again)) == once


def test_founding_twice_gives_the_same_event() -> None:
    assert grouping.found(FIRST, hired(FIRST), NOON) == grouping.found(FIRST, hired(FIRST), NOON)


def test_an_event_of_many_copies_stays_small() -> None:
    event = grouping.found(FIRST, hired(FIRST), NOON)
    for n in range(40):
        copy = story(FIRST.title, hours=(n + 1) / 10, outlet=f"Paper {n}")
        event = grouping.merge(event, copy, hired(copy))
    assert event.story_count == 41
    assert len(event.stories) == MAX_EVENT_STORIES
    assert event.stories[0].story_id == FIRST.id
    assert len(event.keys) <= 90


def test_a_masthead_counts_once_by_name_and_by_address() -> None:
    event = grouping.found(FIRST, hired(FIRST), NOON)
    for outlet in ("The Dockside", "dockside.example", "Dockside"):
        copy = story(FIRST.title, hours=1, outlet=outlet, url=f"https://dockside.example/{outlet}")
        event = grouping.merge(event, copy, hired(copy))
    assert event.outlets == ("Harbor Wire", "The Dockside")


@pytest.mark.parametrize("said", [Status.RUMORED, Status.REPORTED])
def test_a_weaker_word_never_lowers_a_status(said: Status) -> None:
    event = grouping.found(FIRST, hired(FIRST), NOON)
    weaker = story("Mara Velling said to be in talks with Borealis Compute", hours=2)
    verdict = moved(weaker, move("Mara Velling", to_org="Borealis Compute", status=said))
    assert grouping.merge(event, weaker, verdict).status == Status.CONFIRMED


def test_a_denial_moves_the_status_and_only_a_confirmation_moves_it_on() -> None:
    event = grouping.found(FIRST, moved(FIRST, move("Mara Velling", to_org="Borealis Compute", status=Status.RUMORED)), NOON)
    statuses = []
    for n, said in enumerate((Status.DENIED, Status.RUMORED, Status.CONFIRMED)):
        next_ = story(f"Velling and Borealis Compute, part {n}", hours=n + 1)
        event = grouping.merge(event, next_, moved(next_, move("Mara Velling", to_org="Borealis Compute", status=said)))
        statuses.append(event.status)
    assert statuses == [Status.DENIED, Status.DENIED, Status.CONFIRMED]


def test_an_edit_changes_what_is_remembered_and_not_the_count() -> None:
    event = grouping.found(FIRST, hired(FIRST), NOON)
    edited = replace(FIRST, title="Borealis Compute names Mara Velling finance chief")
    after = grouping.refresh(event, edited, hired(edited), NOON + timedelta(hours=1))
    assert after.headline == edited.title
    assert (after.story_count, after.stories[0].title) == (1, edited.title)
