"""Whoever asks for an organisation by one of its names finds it by all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor import query
from monitor.classify.names import Names
from monitor.filtering import Context, parse, read
from monitor.store import Store
from monitor.store.wanted import terms_wanted

from . import databases
from .store.build import MOVE, NOW, at, founded

NAMES = Names(("Corvid Systems",))
CONTEXT = Context(now=NOW, names=NAMES.asked)


@pytest.fixture(params=databases.KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with databases.fresh(request.param, tmp_path) as url, Store.open(url) as opened:
        yield opened


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("org:Facebook", {"Meta Platforms, Inc.", "Facebook"}),
        ("to:Meta", {"Meta Platforms, Inc.", "Facebook"}),
        ('org:"meta platforms"', {"Meta Platforms, Inc.", "Facebook"}),
        ("org:Square", {"Square", "Block"}),
        ("org:Block", {"Block"}),
        ("org:Nobody", set()),
    ],
)
def test_an_organisation_is_found_by_any_of_its_names(store: Store, words: str, joined: set[str]) -> None:
    for number, org in enumerate(("Meta Platforms, Inc.", "Facebook", "Metallurgy Ltd", "Square", "Block"), 1):
        told = founded(number, at(number), moves=(replace(MOVE, from_org="Globex", to_org=org),))
        store.transact(lambda tx, told=told: tx.record_poll(told))  # type: ignore[misc]
    found = {event.moves[0].to_org for event in query.events(store, parse(read(words), CONTEXT)).items}
    assert found == joined, "Block is not looked for as Square, which is the name of other things as well"


def test_names_that_find_nothing_more_are_not_looked_for() -> None:
    filter = parse(read('org:Facebook org:"Corvid Systems"'), CONTEXT)
    assert {"Meta Platforms", "Meta Platforms Inc"} <= set(filter.org)
    (wanted,) = terms_wanted(filter)
    assert {("org", "facebook"), ("org", "meta"), ("org", "corvid systems")} <= set(wanted.terms)
    assert not [value for _, value in wanted.terms if value.startswith("meta ")]
