"""What people say of alerts: the newest word of a person counts, history stays, and it outlives what it is about."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor import query
from monitor.app import App
from monitor.errors import NotFoundError
from monitor.feedback import give
from monitor.model import Feedback, FeedbackKind, Label, StoryId
from monitor.settings.schema import Settings
from monitor.store import Store, feedback

from .build import NOW, founded


@pytest.fixture
def app(store: Store) -> App:
    store.transact(lambda tx: tx.know_channels(["slack"]))
    store.transact(lambda tx: tx.record_poll(founded(1)))
    return App(settings=Settings(), store=store, clock=lambda: NOW + timedelta(hours=1))


def a_word(**changed: object) -> Feedback:
    given = Feedback(
        target="E1", target_kind="event", kind=FeedbackKind.RELEVANT, by="ada", story_id=StoryId("S1"), title="t", at=NOW
    )
    return replace(given, **changed)  # type: ignore[arg-type]


def said_of(store: Store, target: str) -> list[Feedback]:
    return store.read(lambda reads: feedback.of_target(reads, target))


def test_an_alert_an_event_and_the_beginning_of_an_id_are_one_target(app: App) -> None:
    poll = founded(1)
    alert, event = poll.alerts[0], poll.events[0]
    said = [give(app, ref, FeedbackKind.NOT_RELEVANT, by="ada", via="cli") for ref in (alert.id, event.id, event.id[:20].lower())]
    assert {s.target for s in said} == {event.id} and len({s.id for s in said}) == 1
    assert said[0].title == event.headline and said[0].labels == (Label.EXECUTIVE_MOVE,)
    assert said[0].trace and said[0].version.startswith("cascade ")
    assert len(said_of(app.store, event.id)) == 1


def test_a_story_is_judged_by_its_own_words(app: App) -> None:
    story = founded(1).stories[0]
    said = give(app, story.id, FeedbackKind.WRONG_SLOT, by="bo", via="api", note="  the post is wrong ")
    assert (said.target_kind, said.target, said.summary) == ("story", story.id, story.summary)
    assert said.note == "the post is wrong" and said.at == NOW + timedelta(hours=1)


def test_what_is_not_there_is_said(app: App) -> None:
    with pytest.raises(NotFoundError, match="alert, event or story"):
        give(app, "0ZZZZZZZ", FeedbackKind.RELEVANT, by="ada", via="cli")


def test_the_newest_word_of_a_person_counts_and_the_older_are_kept(store: Store) -> None:
    for kind in (FeedbackKind.RELEVANT, FeedbackKind.NOT_RELEVANT, FeedbackKind.NOT_RELEVANT, FeedbackKind.RELEVANT):
        store.give_feedback(a_word(kind=kind))
    store.give_feedback(a_word(by="bo", kind=FeedbackKind.WRONG_EVENT))
    history = said_of(store, "E1")
    assert [(f.by, f.kind.value, f.current) for f in history] == [
        ("ada", "relevant", False),
        ("ada", "not_relevant", False),
        ("ada", "relevant", True),
        ("bo", "wrong_event", True),
    ]
    assert len({f.id for f in history}) == 4
    assert [f.by for f in query.feedback(store).items] == ["bo", "ada"]
    assert len(query.feedback(store, history=True).items) == 4
    assert [f.by for f in query.feedback(store, kind=FeedbackKind.RELEVANT).items] == ["ada"]
    assert query.feedback(store, by="nobody").items == ()


def test_the_same_word_with_a_new_note_is_a_new_word_and_without_a_note_none(store: Store) -> None:
    first = store.give_feedback(a_word(note="one"))
    assert store.give_feedback(a_word()) == first and store.give_feedback(a_word(note="one")) == first
    assert store.give_feedback(a_word(note="two")).note == "two"
    assert [f.note for f in said_of(store, "E1") if f.current] == ["two"]


def test_a_page_goes_on_where_the_last_ended(store: Store) -> None:
    for n in range(5):
        store.give_feedback(a_word(target=f"E{n}"))
    first = query.feedback(store, limit=2)
    second = query.feedback(store, limit=9, cursor=first.next)
    assert [f.target for f in (*first.items, *second.items)] == ["E4", "E3", "E2", "E1", "E0"] and second.next is None


def test_everything_said_comes_back_as_it_was(store: Store) -> None:
    given = a_word(
        via="slack",
        note="näh\0",
        summary="s",
        url="https://a.example/1",
        labels=tuple(Label),
        trace=("frames: hire", "x"),
        version="v",
    )
    stored = store.give_feedback(given)
    assert replace(stored, id="") == replace(given, note="näh") and said_of(store, "E1") == [stored]


def test_two_clicks_at_once_are_one_word(store: Store) -> None:
    together = threading.Barrier(8)

    def click() -> None:
        together.wait()
        store.give_feedback(a_word())

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said_of(store, "E1")) == 1
