"""Silences that go by a saved search: as it stands at each decision, on real sockets and a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from monitor import searches
from monitor.errors import ConflictError, QueryError
from monitor.model import Silence
from monitor.settings.schema import Settings
from monitor.silencing import make
from tests.databases import sqlite_first
from tests.test_flow import NOW
from tests.test_searched_routes import MOVES, Desk, desk


def _silence(it: Desk, match: Any, days: int = 7) -> Silence:
    """Of words as a command makes it; of conditions as it may stand in a database, with an exception too."""
    saved = {one.name: one.words for one in searches.every(it.app.store)}
    words, until = match if isinstance(match, str) else "org:Corvid", NOW + timedelta(days=days)
    made = make(words, starts_at=NOW, ends_at=until, author="Ada", comment="", now=NOW, watchlists=(), saved=saved)
    if not isinstance(match, str):
        made = replace(made, match=match)
    it.app.store.add_silence(made)
    return made


@sqlite_first
@pytest.mark.parametrize("match", ["search:meta", {"search": "meta"}])
def test_what_is_silenced_follows_the_search(url: str, match: Any) -> None:
    with desk(url, {}) as it:
        it.save("org:Corvid")
        held = _silence(it, match)
        with capture_logs() as log:
            assert it.publish(0) == []
        assert [line["log_level"] for line in log if "silence" in line["event"]] == []
        assert it.publish(1) == [MOVES[1][0]]
        it.save('org:"Harrow Chips"')
        assert it.publish(2) == []
        assert it.publish(3) == [MOVES[3][0]], "Corvid is in it no more"
        told = [reason for line in log for reason in (line.get("because") or "",) if "silenced" in reason]
    assert told and f"({held.id}, by the saved search 'meta' (org:Corvid))" in told[0]


@sqlite_first
def test_a_search_that_an_exception_names_excepts(url: str) -> None:
    with desk(url, {}) as it:
        it.save("org:Corvid")
        _silence(it, {"q": "chief", "unless": "search:meta"})
        assert it.publish(1) == []
        assert it.publish(0) == [MOVES[0][0]]


@sqlite_first
def test_a_search_that_a_silence_names_is_kept_usable_until_it_is_over(url: str) -> None:
    with desk(url, {}) as it:
        it.save("org:Corvid")
        held = _silence(it, "search:meta", days=1)
        with pytest.raises(ConflictError, match=f"named by the silence {held.id}.*silences expire {held.id}"):
            it.forget()
        with pytest.raises(QueryError, match=r"a silence uses this search; .*since is for lists of them"):
            it.save("org:Corvid since:7d")
        it.app.store.expire_silence(held.id, now=NOW, by="Ada")
        it.save("org:Corvid since:7d")
        searches.delete(it.app.store, "meta", Settings(), NOW + timedelta(minutes=1))


@sqlite_first
@pytest.mark.parametrize("match", ["search:meta", {"org": ["Corvid Systems"], "unless": "search:meta"}])
def test_what_cannot_be_read_silences_nothing(url: str, match: Any) -> None:
    """Of a database put together by hand: in doubt it is told, and the log says so."""
    with desk(url, {}) as it:
        it.save("org:Northlight")
        held = _silence(it, match)
        searches.delete(it.app.store, "meta", Settings(), NOW + timedelta(days=30))
        with capture_logs() as log:
            assert it.publish(0) == [MOVES[0][0]]
        [why] = [line["why"] for line in log if line["log_level"] == "error"]
        assert why.startswith(f"{held.id}: there is no saved search 'meta'")
