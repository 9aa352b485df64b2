"""Words find the same wherever they are asked: ``monitor.stems`` makes of a text what the databases' full text makes of it, and a
route with words takes an alert exactly where a search with the same words finds it."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import monitor.store.letters as letters
from monitor import query
from monitor.filtering import Filter
from monitor.matching import Profile, Profiler, compile_matcher, refusal
from monitor.settings.schema import Matcher
from monitor.stems import stems
from monitor.store import Store
from monitor.store.full_text import TOKENIZER
from tests import databases

from .build import at, event, founded
from .test_full_text import WORDS

# Beginnings and endings that Porter's steps tell apart, in every order.
_BEGUN = "at bl iz s ss e ll y an in o u tt zz ei k w x st br ab é ж".split()
_ENDED = (
    "ational tional enci anci izer logi bli abli alli entli eli ousli ization ation ator alism iveness fulness ousness aliti "
    "iviti biliti icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent ion sion tion ou ism ate "
    "iti ous ive ize ed ing eed s es ies sses y e ll"
).split()


def read(texts: list[str]) -> list[list[str]]:
    """The words of each text as SQLite's full text has them."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENIZER}')")
        database.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, 'instance')")
        database.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts))
        found: list[list[str]] = [[] for _ in texts]
        for number, word in database.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[number].append(word)
    return found


def shown(text: str) -> list[str]:
    """The stems of a text, legible: of a word whose last letter lost a byte as SQLite shows it."""
    return [stem if stem.isascii() else stem.encode("latin-1").decode() for stem in stems(text)]


def test_every_character_is_read_as_sqlite_reads_it() -> None:
    characters = [chr(n) for n in range(0x80, 0x30000) if not 0xD800 <= n <= 0xDFFF]
    expected = letters.words(characters)
    assert [one for one in characters if shown(f"q{one}q") != expected[one]] == []


def test_words_lose_their_endings_as_in_sqlite() -> None:
    rnd = random.Random(1)
    made = (
        "".join((*rnd.choices(_BEGUN, k=rnd.randint(1, 4)), *rnd.choices(_ENDED, k=rnd.randint(0, 3)))) for _ in range(60_000)
    )
    words = [*made, *WORDS, "eed", "yyed", "uyying", "sses", "ies", "s", "x" * 64 + "s", "x" * 60 + "ing", "Zürich's"]
    assert [word for word, expected in zip(words, read(words), strict=True) if shown(word) != expected] == []


class Desk:
    """A database with alerts of random words, and what routes see of each one's event. (Too much for a failing test to print.)"""

    def __init__(self, store: Store, profiles: dict[str, Profile]) -> None:
        self.store, self.profiles = store, profiles


@pytest.fixture(scope="module", params=databases.KINDS)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    rnd, profiler, profiles = random.Random(7), Profiler({}, {}), {}
    with databases.fresh(request.param, tmp_path_factory.mktemp("alike")) as url, Store.open(url) as store:
        for number in range(120):
            told = [" ".join(rnd.choices(WORDS, k=rnd.randint(1, 6))) for _ in range(3)]
            of = {"headline": told[0], "orgs": (told[1],), "people": (told[2], "Jane Doe")}
            made = founded(number, at(number), make=lambda one, of=of: event(one, **of))
            store.transact(lambda tx, made=made: tx.record_poll(made))
            profiles |= {alert.id: profiler.of(alert.event) for alert in made.alerts}
        yield Desk(store, profiles)


_WORD = st.sampled_from(WORDS)
# PostgreSQL takes endings off by letters and SQLite by bytes: an English one behind another script's letter is nobody's word.
_LATIN = st.sampled_from([word for word in WORDS if all(stem.isascii() for stem in stems(word))])
_CHANGED = st.one_of(
    _WORD,
    _WORD.map(str.upper),
    _WORD.map(str.lower),
    st.builds(lambda word, end: word + end, _LATIN, st.sampled_from(["s", "ing", "ed", "ly", "ness"])),
    st.builds(lambda word, end: word + end, _WORD, st.sampled_from(["'s", "*", "_", "—"])),
    st.builds(lambda word, end: f"{word[:end]}*", _WORD, st.integers(1, 5)),
)
_PHRASE = st.lists(_CHANGED, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
_ASKED = st.lists(st.one_of(_CHANGED, _PHRASE), min_size=1, max_size=3).map(" ".join)


@given(asked=_ASKED)
@example(asked="connections")
@example(asked='"Jane Doe"')
@example(asked='"jane d*"')
@example(asked='"doe jane"')
@example(asked="_")
@example(asked="data center")
@example(asked="datacentres")
@example(asked="400 MW")
@example(asked="400mw CFO")
@example(asked='"connected data centre" center')
@example(asked="— jane")
@example(asked="_ jane")
@example(asked="_ …")
@example(asked="_* hope*")
@example(asked='"hoping _*"')
def test_a_route_with_words_takes_what_a_search_with_them_finds(desk: Desk, asked: str) -> None:
    found = {alert.id for alert in query.alerts(desk.store, Filter(q=asked), limit=500).items}
    tests = compile_matcher(Matcher(q=asked))
    assert found == {id for id, profile in desk.profiles.items() if not refusal(tests, profile)}


def test_what_is_asked_above_finds_something_or_not(desk: Desk) -> None:
    """Else the law would hold of nothing."""
    rnd = random.Random(3)
    asked = [" ".join(rnd.choices(WORDS, k=rnd.randint(1, 2))) for _ in range(60)]
    hits = [bool(query.alerts(desk.store, Filter(q=one), limit=1).items) for one in asked]
    assert 20 < sum(hits) < 60
