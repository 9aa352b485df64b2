"""Documents of more entries than are read: the newest are, whatever their order, and what it costs has a bound."""

from __future__ import annotations

import codecs
import json
import random
import resource
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.interfaces import Reading
from monitor.settings.schema import Settings
from monitor.sources import source_for
from monitor.sources.xml_guard import MAX_COUNTED
from tests.polling import NOW, Item, item, world
from tests.servers import rss

URL = "https://wire.example/feed"
MOST = 40
OLD = [item(n, NOW - timedelta(hours=300 - n)) for n in range(200)]  # oldest first
ORDERS = {"oldest first": lambda n: n, "newest first": lambda n: -n, "none": lambda n: random.Random(n).random()}


def read(body: bytes, most: int = MOST) -> Reading:
    return source_for("syndication", Settings.model_validate({"polling": {"max_entries": most}})).parse(body, url=URL)


def jsonfeed(items: Sequence[Item]) -> bytes:
    given = [{"id": g, "title": t, "url": f"https://wire.example/{g}", "date_published": at.isoformat()} for g, t, _, at in items]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": given}).encode()


def atom(items: Sequence[Item]) -> bytes:
    body = "".join(
        f"<entry title='a>b'><id>{g}</id><title>{t}</title><updated>{at.isoformat()}</updated></entry>" for g, t, _, at in items
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{body}<link href='/home'/></feed>".encode()


def damaged(items: Sequence[Item]) -> bytes:
    return rss(list(items)).replace(b"Sample Wire", b"Sample & Wire")


def wide(items: Sequence[Item]) -> bytes:
    return codecs.BOM_UTF16_LE + rss(list(items)).decode().replace("utf-8", "utf-16", 1).encode("utf-16-le")


@pytest.mark.parametrize("order", ORDERS)
def test_new_entries_of_a_long_feed_are_told_whatever_its_order(tmp_path: Path, order: str) -> None:
    with world(tmp_path, "wire", polling={"max_entries": MOST}) as w:
        w.items[:] = sorted(OLD, key=lambda one: ORDERS[order](int(one[0][2:])))
        w.says()
        [first] = w.poll()
        assert first.kind == "new"
        new = [item(n, NOW + timedelta(minutes=n - 200)) for n in (200, 201, 202)]
        w.items[:] = sorted([*OLD, *new], key=lambda one: ORDERS[order](int(one[0][2:])))
        w.forward(hours=1)
        [again] = w.poll()
        assert (again.kind, again.new) == ("new", 3)


@pytest.mark.parametrize("form", [rss, atom, jsonfeed, damaged, wide])
@pytest.mark.parametrize("order", ORDERS)
def test_the_newest_the_first_and_the_last_are_read_in_the_order_of_the_document(form, order: str) -> None:  # type: ignore[no-untyped-def]
    items = sorted(OLD, key=lambda one: ORDERS[order](int(one[0][2:])))
    reading = read(form(items))
    ids, given = [e.id.removeprefix("https://wire.example/") for e in reading.entries], [g for g, *_ in items]
    assert len(ids) == MOST and ids == [g for g in given if g in ids]
    assert {f"g-{n}" for n in range(180, 200)} <= set(ids)
    assert ids[:10] == given[:10] and ids[-10:] == given[-10:]
    assert "it has 200 entries, of which 40 were read: the newest, the first and the last" in reading.warnings
    if form is atom:
        assert reading.link == "https://wire.example/home", "what stands behind the entries is read too"


def test_without_dates_both_ends_are_read() -> None:
    undated = rss(OLD).replace(b"pubDate", b"note")
    ids = [e.id for e in read(undated).entries]
    assert ids == [f"g-{n}" for n in (*range(30), *range(190, 200))]


@pytest.mark.parametrize("tail", ["<item><title>" + "<a>" * 5000, "<item><title>x</tit", "</channel>&nonsense;"])
def test_what_is_wrong_behind_more_than_enough_entries_spoils_none_of_them(tail: str) -> None:
    whole = rss(OLD).decode().partition("</channel>")[0]
    reading = read((whole + tail).encode())
    assert len(reading.entries) == MOST and "g-198" in {e.id for e in reading.entries}


def test_a_document_of_a_million_entries_is_read_within_a_second_or_two_of_work() -> None:
    body = b"<rss version='2.0'><channel>" + b"<item/>" * 1_000_000 + b"</channel></rss>"
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    reading = read(body, most=2000)
    assert len(reading.entries) == 2000 and f"it has more than {MAX_COUNTED} entries" in reading.warnings[0]
    assert time.process_time() - began < 5 and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB
