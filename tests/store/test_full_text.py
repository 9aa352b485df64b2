"""The same words find the same rows in every database: stems, marks, case, phrases, beginnings."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from monitor import query
from monitor.query import Filter
from monitor.results import PollResult
from monitor.store import Store
from tests import databases

from .build import FEED, at, story

# Words that stem alike or nearly so, with marks, digits, other scripts, and what is no word at all.
WORDS = (
    *("connect connected connections connecting hoping hopeful relational relates data centers center Center".split()),
    *("US us as a is 1e5 400MW GPT-4o 3.5 AT&T S&P résumé resume Société naïve Zürich Москва москва ΑΘΗΝΑ Łódź".split()),
    *("½ 1½ 2¼ CO² m³ Ⅳ ４００ ٣".split()),
    *("e-mail x_y don't ponies caresses agreed University universe 数据中心 https://wire.example/a?b=c — … '' ".split()),
)


@pytest.fixture(scope="module", params=databases.KINDS)
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from _filled(request.param, tmp_path_factory.mktemp("other"))


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from _filled("sqlite", tmp_path_factory.mktemp("first"))


def _filled(kind: str, folder: Path) -> Iterator[Store]:
    rnd = random.Random(11)
    with databases.fresh(kind, folder) as url, Store.open(url) as store:
        texts = [" ".join(rnd.choices(WORDS, k=rnd.randint(1, 7))) for _ in range(600)]
        stories = tuple(story(n, at(n), title=texts[2 * n], summary=texts[2 * n + 1]) for n in range(300))
        store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=stories)))
        yield store


def found(store: Store, q: str) -> list[str]:
    return [s.id for s in query.stories(store, Filter(q=q), limit=500).items]


@pytest.mark.slow
def test_random_queries_find_the_same_everywhere(sqlite: Store, other: Store) -> None:
    rnd = random.Random(5)
    hits = 0
    for _ in range(300):
        words = rnd.choices(WORDS, k=rnd.randint(1, 3))
        asked = rnd.choice((" ".join(words), f'"{" ".join(words)}"', words[0][: rnd.randint(1, 5)] + "*"))
        assert found(sqlite, asked) == found(other, asked), asked
        hits += bool(found(other, asked))
    assert hits > 100


def test_a_phrase_does_not_reach_from_the_title_into_the_summary(store: Store) -> None:
    one = story(1, title="Acme opens a data", summary="center in Texas")
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=(one,))))
    assert found(store, "data center") == [one.id]
    assert found(store, '"data center"') == []
    assert found(store, '"center in tex*"') == found(store, '"center in"') == [one.id]


def test_words_follow_their_story(store: Store) -> None:
    one = story(1, title="Acme opens a campus")
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=(one,))))
    edited = story(1, title="Acme sells a campus")
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, updated=(edited,))))
    assert (found(store, "opens"), found(store, "selling campus")) == ([], [one.id])


def test_numerals_beyond_ascii_are_parts_of_words(store: Store) -> None:
    one = story(1, title="Acme buys 1½ acres", summary="It will heat ４００ homes and emit no CO²")
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=(one,))))
    assert all(found(store, q) == [one.id] for q in ("1½", '"buys 1½ acres"', "４００", "co²"))
    assert found(store, "1 acres") == found(store, "co") == []


@databases.only_postgres
def test_an_index_that_left_numerals_out_is_given_them(url: str) -> None:
    """As revision 0014 made it: ½ and ² stood between words."""
    one = story(1, title="Acme buys 1½ acres")
    with Store.open(url) as store:

        def as_before(connection: Connection) -> None:
            now = connection.exec_driver_sql("SELECT pg_get_functiondef('movewire_stems'::regproc)").scalar_one()
            before = re.sub(r"\[:alnum:\][^]]+", "[:alnum:]", now)
            assert before != now
            connection.exec_driver_sql(before)
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0014'")

        store.transact(lambda tx: as_before(tx.connection))
        store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=(one, story(2, title="Acme buys acres")))))
        assert found(store, "1 acres") == [one.id]
    with Store.open(url) as store:
        assert found(store, "1½") == [one.id]
        assert found(store, "1 acres") == []
        assert len(found(store, "buying acres")) == 2
