"""Places in lists: what no page gave out is refused; who follows the others sees every row once while more are written."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Any

import pytest

from monitor import query
from monitor.errors import QueryError
from monitor.filtering import Filter
from monitor.query import Page
from monitor.store import Store

from .store.build import NOW, at, buildout_event, founded

LISTS: dict[str, Callable[..., Page[Any]]] = {
    "events": query.events,
    "alerts": query.alerts,
    "stories": query.stories,
    "feeds": query.feeds,
    "deliveries": query.deliveries,
    "feedback": query.feedback,
    "silences": partial(query.silences, now=NOW),
}
FILTERED = ("events", "alerts", "stories")
# Of each list the orders its pages come in. (A follower's list, with ``changed_after``, comes in c alone.)
ORDERS = dict.fromkeys(FILTERED, "ts") | {"feeds": "n", "silences": "n", "deliveries": "s", "feedback": "s"}


def forged(plain: str) -> str:
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def write(store: Store, numbers: range) -> None:
    for number in numbers:
        made = founded(number, at(number), make=buildout_event) if number % 2 else founded(number, at(number))
        store.transact(lambda tx, made=made: tx.record_poll(made))  # type: ignore[misc]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("order", "tscn")
def test_a_place_in_another_list_is_refused(store: Store, name: str, order: str) -> None:
    cursor = forged(f"{order}.1.1.x")
    if order in ORDERS[name]:
        LISTS[name](store, cursor=cursor)
        return
    with pytest.raises(QueryError, match="cursor: no page of this list gave it out") as refused:
        LISTS[name](store, cursor=cursor)
    assert refused.value.parameter == "cursor"


@pytest.mark.parametrize("name", LISTS)
def test_what_is_no_place_is_refused_by_every_database(store: Store, name: str) -> None:
    order = ORDERS[name][0]
    odd = ("1.1.a\0b/x", "1.1", ".1.", f"{2**63}.1.", "1.1e3.")
    for plain in (*(f"{order}.{rest}" for rest in odd), ".1.1.", "", "\0"):
        with pytest.raises(QueryError, match="cursor"):
            LISTS[name](store, cursor=forged(plain) or "=")


@pytest.mark.parametrize("name", FILTERED)
def test_a_follower_s_place_is_none_in_the_other_direction(store: Store, name: str) -> None:
    write(store, range(3))
    following = LISTS[name](store, Filter(changed_after=at(-1)), limit=1).next
    newest_first = LISTS[name](store, limit=1).next
    for filter, cursor in ((Filter(), following), (Filter(changed_after=at(-1)), newest_first)):
        with pytest.raises(QueryError, match="start again"):
            LISTS[name](store, filter, cursor=cursor)


@pytest.mark.parametrize("name", FILTERED)
def test_a_place_that_was_cut_is_refused_or_is_another_place(store: Store, name: str) -> None:
    write(store, range(3))
    whole = LISTS[name](store, limit=1).next
    assert whole is not None
    for end in range(1, len(whole)):
        try:
            LISTS[name](store, cursor=whole[:end])
        except QueryError as error:
            assert error.parameter == "cursor"


@pytest.mark.parametrize("name", FILTERED)
def test_who_follows_from_where_nothing_is_yet_misses_nothing(store: Store, name: str) -> None:
    write(store, range(3))
    none_yet = LISTS[name](store, Filter(changed_after=at(60)))
    assert none_yet.items == () and none_yet.next is not None
    write(store, range(100, 103))
    found = LISTS[name](store, Filter(changed_after=at(60)), cursor=none_yet.next)
    assert len(found.items) == 3


FILTERS = (
    Filter(),
    Filter(org=("umbrella",)),
    Filter(label=("infrastructure", "executive_move")),
    Filter(q="acme"),
    Filter(q="acme", since=NOW - timedelta(days=1)),
    Filter(project=("hyperion",), amount_min=1e9),
)


@pytest.mark.parametrize("filter", FILTERS, ids=range(len(FILTERS)))
def test_pages_give_what_was_there_once_while_more_is_written(store: Store, filter: Filter) -> None:
    write(store, range(16))
    number = 100
    for name in FILTERED:
        there = [one.id for one in query.every(partial(LISTS[name], store, filter), page=100)]
        seen, cursor = [], None
        while True:
            page = LISTS[name](store, filter, cursor=cursor, limit=3)
            seen += [one.id for one in page.items]
            write(store, range(number, number + 3))
            number += 3
            if (cursor := page.next) is None:
                break
        assert seen == there and len(set(seen)) == len(seen) >= 8, name


def test_a_follower_gets_every_row_once_from_writers_of_their_own(url: str) -> None:
    """Three writers with stores of their own, and one that follows meanwhile: no change is numbered before one that is seen."""

    def writes(numbers: range) -> None:
        with Store.open(url) as own:
            write(own, numbers)

    with Store.open(url) as store:
        writers = [Thread(target=writes, args=(range(start, start + 40),)) for start in (0, 1000, 2000)]
        for writer in writers:
            writer.start()
        seen: list[str] = []
        filter, cursor = Filter(changed_after=NOW - timedelta(days=1)), None
        while True:
            working = any(writer.is_alive() for writer in writers)
            page = query.alerts(store, filter, cursor=cursor, limit=7)
            seen += [alert.id for alert in page.items]
            cursor = page.next
            if not page.items and not working:
                break
        assert len(seen) == len(set(seen)) == 120
