"""Which entries of a poll are new, whatever a feed does to its guids."""

from __future__ import annotations

from datetime import timedelta

import pytest
import structlog

from tests.polling import NOW, World, item, w
from tests.servers import rss

__all__ = ["w"]  # a fixture


def test_guids_that_all_flip_bring_nothing_again(w: World) -> None:
    w.poll()
    w.items[:] = [(f"new-{g}", *rest) for g, *rest in w.items]  # type: ignore[misc]
    body = rss(w.items)
    for n in (1, 2, 3):
        body = body.replace(f"https://wire.example/new-g-{n}".encode(), f"https://wire.example/g-{n}".encode())
    w.answers(200, body)
    w.forward(hours=1)
    with structlog.testing.capture_logs() as lines:
        [outcome] = w.poll()
    assert (outcome.new, outcome.alerts) == (0, 0)
    [line] = [line for line in lines if "renamed" in line["event"]]
    assert (line["feed"], line["feed_id"], line["paired"]) == ("wire", w.feed().id, 3), "by the name people know"


def test_one_guid_for_all_names_none_and_the_next_poll_neither(w: World) -> None:
    def answer() -> None:
        body = rss(w.items)
        for guid, *_ in w.items:
            body = body.replace(f'isPermaLink="false">{guid}<'.encode(), b'isPermaLink="false">same<')
        w.answers(200, body)

    answer()
    assert w.poll()[0].new == 3
    assert w.feed().rung == 1
    w.items[:] = [item(9, w.now)]  # alone in its document: its guid would name the first story
    answer()
    w.forward(hours=1)
    assert w.poll()[0].new == 1
    assert w.app.store.counts()["stories"] == 4


MOVE = "Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive"


@pytest.mark.parametrize("cut", [b"Mara", b"g-3</link>", b"g-3</guid>", b"day 3", b"pubDate>Mon, 04 May 2026 06"])
def test_the_entry_in_which_a_document_ends_too_early_is_no_new_one(w: World, cut: bytes) -> None:
    """Without its guid, its link or its date an old story would be another, and of today."""
    w.items[2] = item(3, NOW - timedelta(hours=3), title=MOVE)
    w.says(etag='"whole"')
    w.poll()
    w.items.insert(0, item(4, NOW))
    more = rss(w.items)
    w.forward(hours=1)
    w.answers(200, more[: more.rindex(cut) + 2], etag='"half"')
    [outcome] = w.poll()
    assert (outcome.new, outcome.alerts) == (1, 0) and "ends too early" in outcome.why
    assert w.feed().etag == w.feed().body_digest == "", "what is missing is asked for at the next poll"
    w.forward(hours=1)
    w.says(etag='"whole"')
    assert w.poll()[0].new == 0 and w.feed().etag == '"whole"'


def test_a_document_that_only_lacks_its_end_is_kept_whole(w: World) -> None:
    w.answers(200, rss(w.items).replace(b"</channel></rss>", b""))
    assert w.poll()[0].new == 3


def test_a_wrong_charset_is_read_all_the_same(w: World) -> None:
    inside = "<title>T</title><item><title>Caf\u00e9 names a chief executive</title></item>"
    body = f'<rss version="2.0"><channel>{inside}</channel></rss>'
    w.answers(200, body.encode("latin-1"), content_type="application/rss+xml; charset=utf-8")
    assert w.poll()[0].new == 1
    [story] = w.app.store.read(lambda r: r.recent_stories(w.feed().id))
    assert story.title == "Caf\u00e9 names a chief executive"
    assert w.collector is not None
    assert w.collector.tiers == {"worker": 1}
