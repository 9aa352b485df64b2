"""What was made of a document is made again only where it was long ago, and is never another document's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from monitor.store.recent import Recent
from monitor.store.values import document, event_of

from .build import founded


def test_a_value_is_made_once_while_it_is_among_the_last() -> None:
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text.upper()

    recent = Recent(make, most=2)
    assert [recent(text) for text in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"], "b was the one asked for longest ago"
    assert len(recent) == 2


def test_the_text_itself_is_not_kept() -> None:
    recent = Recent(len, most=4)
    recent("“" * 1000)
    assert [(type(key), len(key), value) for key, value in recent._found.items()] == [(bytes, 16, 1000)]


def test_an_event_is_the_same_object_until_its_document_changes() -> None:
    [event] = founded(1).events
    text = document(type(event), event)
    assert event_of(text) == event
    assert event_of(text) is event_of(str(text.encode(), "utf-8"))
    assert event_of(text.replace(event.id, "another")).id == "another"


def test_threads_may_ask_at_one_time() -> None:
    recent = Recent(str.upper, most=3)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: (n % 7, recent(f"text {n % 7}")), range(4000)))
    assert all(said == f"TEXT {n}" for n, said in found)
    assert len(recent) <= 3


def test_what_is_forgotten_is_made_anew() -> None:
    recent = Recent(str.upper, most=3)
    recent("a")
    recent.cache_clear()
    assert len(recent) == 0 and recent("a") == "A"
