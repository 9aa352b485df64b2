"""Silences, made of what a command or a search says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.errors import ConflictError, QueryError
from monitor.model import Silence
from monitor.silencing import make
from tests.stories import NOON

SAVED = {"old": "org:Acme since:7d", "rivals": "watchlist:rivals", "ours": "watchlist:labs"}


def made(match: str, hours: float = 1, starts: float = 0) -> Silence:
    begins, ends = NOON + timedelta(hours=starts), NOON + timedelta(hours=hours)
    return make(match, starts_at=begins, ends_at=ends, author="Ada", comment="", now=NOON, watchlists={"labs"}, saved=SAVED)


def test_a_silence_is_made_of_the_words_of_a_search() -> None:
    said = made('from:Acme amount>=5bn severity>=high "data center"').match
    assert said == {"from_org": ["Acme"], "amount_at_least": 5e9, "severity_at_least": "high", "q": '"data center"'}


@pytest.mark.parametrize(
    ("match", "says"),
    [
        ("", "has no condition"),
        ('org:Acme org:" "', "org: is empty"),
        ("watchlist:labs watchlist:rivals", "'rivals' is unknown; there are labs"),
        ("colour:red", "colour"),
        ("label:moves", "label"),
        ("org:", "understood"),
        ("search:acme", "there is no saved search 'acme'"),
        ("search:old", "since is for lists of them"),
        ("search:rivals", "names the watchlist 'rivals'"),
    ],
)
def test_a_silence_of_nothing_or_of_what_is_not_there_is_refused(match: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        made(match)


@pytest.mark.parametrize(("hours", "starts"), [(0, -1), (2, 2)])
def test_a_silence_that_never_holds_is_refused(hours: float, starts: float) -> None:
    with pytest.raises(ConflictError, match="would end before it begins"):
        made("org:Acme", hours, starts)


@pytest.mark.parametrize(("hours", "holds"), [(-0.01, False), (0, True), (0.99, True), (1, False)])
def test_a_silence_holds_from_its_beginning_until_its_end(hours: float, holds: bool) -> None:
    assert made("org:Acme").holds(NOON + timedelta(hours=hours)) is holds
