"""A person's word on grouping, on a real database: two events become one, stories of one become another, and both are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.grouping_data import Pair, corrected
from monitor import corrections, feedback, query
from monitor.app import App
from monitor.errors import NotFoundError, QueryError
from monitor.model import EventId, FeedbackKind, Status, Story
from monitor.settings.schema import Settings
from monitor.store import Store
from tests.publishing import Known, publish
from tests.stories import NOON, move, moved, story

LATER = NOON + timedelta(days=1)


@pytest.fixture
def app(store: Store) -> App:
    made = App(settings=Settings(), store=store, clock=lambda: LATER)
    made.__dict__["classifier"] = made.__dict__["explainer"] = Known()
    return made


def two_events(app: App) -> tuple[EventId, EventId]:
    leaves = story("Mara Velling steps down at Quarrystone")
    joins = story("Borealis Compute finds its new head of sites", hours=90, outlet="Tide Post")
    first = publish(app, leaves, moved(leaves, move("Mara Velling", from_org="Quarrystone")))
    second = publish(app, joins, moved(joins, move("M. Velling", to_org="Borealis Compute")))
    assert first != second
    return first, second


def one_event(app: App) -> tuple[EventId, Story, Story]:
    first = story("Mara Velling joins Borealis Compute as chief executive")
    second = story("Borealis Compute names Mara Velling chief executive", hours=1, outlet="Tide Post")
    event_id = publish(app, first, moved(first, move("Mara Velling", to_org="Borealis Compute", status=Status.REPORTED)))
    said = moved(second, move("Mara Velling", to_org="Borealis Compute", to_role="chief executive"))
    assert publish(app, second, said) == event_id
    return event_id, first, second


def test_two_events_become_one_with_all_that_was_told(app: App) -> None:
    first, second = two_events(app)
    said = corrections.merge(app, first, second, by="Ada", note="the same move")
    detail = query.event(app.store, first)
    assert (detail.event.story_count, len(detail.memberships), len(detail.alerts)) == (2, 2, 2)
    assert [m.to_org for m in detail.event.moves] == ["Borealis Compute"]
    assert detail.event.timeline[-1].kind == "merged"
    assert query.event(app.store, second).event.id == first, "what it was known by leads to what it is part of"
    assert (said.by, said.note, said.same, len(said.stories)) == ("Ada", "the same move", True, 2)
    assert corrections.every(app.store) == [said]


def test_what_was_merged_takes_in_what_comes_later(app: App) -> None:
    first, second = two_events(app)
    corrections.merge(app, first, second, by="Ada")
    copy = story("Borealis Compute finds its new head of sites", hours=91, outlet="Other Post")
    assert publish(app, copy, moved(copy, move("M. Velling", to_org="Borealis Compute"))) == first


def test_stories_taken_out_are_an_event_of_their_own(app: App) -> None:
    whole, first, second = one_event(app)
    said = corrections.split(app, whole, [second.id], by="Ada")
    kept, other = query.event(app.store, whole), query.event(app.store, said.other_id)
    assert [m.story_id for m in kept.memberships] == [first.id]
    assert [m.story_id for m in other.memberships] == [second.id]
    assert other.memberships[0].reasons == ("Ada says so",)
    assert (kept.event.moves[0].to_role, other.event.moves[0].to_role) == ("", "chief executive")
    assert kept.event.status == Status.REPORTED, "what the story confirmed went with it"
    assert (said.same, said.stories) == (False, (first.id, second.id))
    assert len(kept.alerts) >= 1 and not other.alerts, "nobody is told anew"


def test_a_founder_can_be_taken_out(app: App) -> None:
    whole, first, second = one_event(app)
    said = corrections.split(app, whole, [first.id], by="Ada")
    assert said.other_id != whole
    assert [m.story_id for m in query.event(app.store, whole).memberships] == [second.id]
    assert query.event(app.store, said.other_id).event.stories[0].story_id == first.id


def test_what_was_split_and_merged_again_is_as_it_was(app: App) -> None:
    whole, _, second = one_event(app)
    before = query.event(app.store, whole).event
    said = corrections.split(app, whole, [second.id], by="Ada")
    corrections.merge(app, whole, said.other_id, by="Ben")
    after = query.event(app.store, whole).event
    assert (after.moves, after.status, after.story_count) == (before.moves, before.status, before.story_count)
    assert [c.kind for c in query.event(app.store, whole).corrections] == ["split", "merge"]


def test_what_cannot_be_is_refused_and_changes_nothing(app: App) -> None:
    whole, first, second = one_event(app)
    before = query.event(app.store, whole)
    for call in (
        lambda: corrections.merge(app, whole, whole, by="Ada"),
        lambda: corrections.split(app, whole, [first.id, second.id], by="Ada"),
    ):
        with pytest.raises(QueryError):
            call()
    with pytest.raises(NotFoundError):
        corrections.split(app, whole, ["0000000000"], by="Ada")
    assert query.event(app.store, whole) == before
    assert corrections.every(app.store) == []


def test_each_slot_says_which_story_it_came_from(app: App) -> None:
    whole, first, second = one_event(app)
    sources = query.event(app.store, whole).event.sources
    assert (sources["moves.0.to_org"], sources["moves.0.to_role"]) == (first.id, second.id)


def test_grouping_learns_from_what_people_said(app: App) -> None:
    whole, first, second = one_event(app)
    third = story("Mara Velling named chief executive of Borealis Compute", hours=2, outlet="Other Post")
    assert publish(app, third, moved(third, move("Mara Velling", to_org="Borealis Compute", to_role="chief executive"))) == whole
    feedback.give(app, third.id, FeedbackKind.WRONG_EVENT, by="Ada", via="cli")
    feedback.give(app, first.id, FeedbackKind.WRONG_EVENT, by="Ada", via="cli")  # a founder: of what event, it does not say
    said = corrections.split(app, whole, [second.id], by="Ada")
    corrections.merge(app, whole, said.other_id, by="Ben")
    pairs, stories = app.store.read(corrected)
    assert pairs == [Pair(first.id, second.id, same=True), Pair(first.id, third.id, same=False)], "the last word counts"
    assert {s.id for s in stories} == {first.id, second.id, third.id}
