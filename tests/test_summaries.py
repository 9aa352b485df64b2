"""Flows, buildouts and organisations: each event once, whatever told it; each figure once; one name an organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import monitor.store.ledger as ledger
from monitor import query, summaries
from monitor.classify.names import Names
from monitor.errors import QueryError
from monitor.filtering import Context, Filter, parse, read
from monitor.model import BuildoutAction, MoveAction, Quantity, Status
from monitor.results import PollResult
from monitor.standing import Progress, Seniority, org_key, progress, seniority
from monitor.store import Store
from monitor.summaries.talent import flows_of
from monitor.surfaces.summary_rows import ledger_rows

from . import databases
from .store.build import BUILDOUT, FEED, MOVE, NOW, at, buildout_event, founded

NAMES = Names()


def move(number: int, gone: str, to: str, role: str = "chief executive", minutes: float = 0, **changed: Any) -> PollResult:
    return founded(number, at(minutes), moves=(replace(MOVE, from_org=gone, to_org=to, to_role=role),), **changed)


def build(number: int, amount: float, minutes: float = 0, *, headline: str = "A campus", **changed: Any) -> PollResult:
    given: dict[str, Any] = {"amounts": (Quantity(text="$", low=amount, high=amount, unit="USD"),), **changed}
    return founded(number, at(minutes), make=buildout_event, buildout=replace(BUILDOUT, **given), headline=headline)


def told(store: Store, *results: PollResult) -> None:
    for result in results:
        store.transact(lambda tx, result=result: tx.record_poll(result))  # type: ignore[misc]


@pytest.fixture(params=databases.KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with databases.fresh(request.param, tmp_path) as url, Store.open(url) as opened:
        yield opened


def pairs(found: summaries.Flows) -> dict[tuple[str, str], int]:
    return {(flow.from_org, flow.to_org): flow.events for flow in found.flows}


def asked(words: str) -> Filter:
    return parse(read(words), Context(now=NOW))


def test_each_event_counts_once_however_often_it_is_told_and_changed(store: Store) -> None:
    first = move(1, "Globex", "Acme")
    told(store, first, first, PollResult(feed=FEED, events=(replace(first.events[0], story_count=40),)))
    told(store, move(2, "Globex", "Acme", "Vice President of Power"), move(3, "Acme", "Globex"))
    found = summaries.flows(store, NAMES)
    assert pairs(found) == {("Globex", "Acme"): 2, ("Acme", "Globex"): 1} and found.events == 3
    assert found.flows[0].by_seniority == {Seniority.CHIEF: 1, Seniority.VICE_PRESIDENT: 1}
    assert {(b.org, b.gained, b.lost, b.net) for b in found.balances} == {("Acme", 2, 1, 1), ("Globex", 1, 2, -1)}


def test_one_event_with_many_people_is_one_event_and_a_corrected_one_leaves_nothing_behind(store: Store) -> None:
    group = tuple(replace(MOVE, person=f"Person {n}", from_org="Globex", to_org="Acme", to_role="engineer") for n in range(4))
    first = founded(1, moves=(*group, replace(MOVE, from_org="Acme", to_org="Umbrella")))
    told(store, first)
    found = summaries.flows(store, NAMES)
    assert pairs(found) == {("Globex", "Acme"): 1, ("Acme", "Umbrella"): 1} and found.events == 1
    assert found.flows[1].people == 4
    told(store, PollResult(feed=FEED, events=(replace(first.events[0], moves=(replace(MOVE, from_org="", to_org="Acme"),)),)))
    assert pairs(summaries.flows(store, NAMES)) == {("", "Acme"): 1}


def test_spellings_come_together_and_a_move_inside_one_organisation_is_no_flow(store: Store) -> None:
    told(store, move(1, "Facebook", "Acme"), move(2, "Meta Platforms, Inc.", "Acme Corp."), move(3, "Meta", "Facebook"))
    told(store, move(4, "Acme", "Acme, Inc."))
    found = summaries.flows(store, NAMES)
    assert pairs(found) == {("Meta", "Acme"): 2}


def test_what_was_denied_counts_only_when_it_is_asked_for(store: Store) -> None:
    told(store, move(1, "Globex", "Acme"), move(2, "Globex", "Umbrella", status=Status.DENIED))
    assert pairs(summaries.flows(store, NAMES)) == {("Globex", "Acme"): 1}
    assert pairs(summaries.flows(store, NAMES, asked("status:denied"))) == {("Globex", "Umbrella"): 1}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("since:2026-05-04T12:05:00Z", {("Globex", "Umbrella")}),
        ("until:2026-05-04T12:05:00Z", {("Globex", "Acme")}),
        ("to:acme", {("Globex", "Acme")}),
        ("from:globex role:president", {("Globex", "Umbrella")}),
        ("person:nobody", set()),
        ('q:"part two"', {("Globex", "Umbrella")}),
        ("amount>=1", set()),
        ("severity:normal label:infrastructure", {("Globex", "Acme"), ("Globex", "Umbrella")}),
    ],
)
def test_the_filter_narrows_the_flows(store: Store, words: str, expected: set[tuple[str, str]]) -> None:
    told(
        store, move(1, "Globex", "Acme", headline="Part one"), move(2, "Globex", "Umbrella", "president", 9, headline="Part two")
    )
    assert set(pairs(summaries.flows(store, NAMES, asked(words)))) == expected


def test_a_figure_told_again_of_one_project_counts_once_at_the_stage_it_has_reached(store: Store) -> None:
    told(store, build(1, 5e11, project="Stargate", orgs=("OpenAI", "Oracle")))
    told(store, build(2, 5e11, 10, project="stargate", orgs=("OpenAI",), headline="Stargate breaks ground"))
    told(store, build(3, 1e9, 20, project="Stargate", orgs=("OpenAI",)), build(4, 5e11, 30, project="", orgs=("Acme",)))
    found = summaries.totals(store, NAMES)
    assert (found.whole.events, found.whole.amount) == (4, 1.001e12)
    assert found.whole.stages[Progress.UNDER_WAY] == (1, 5e11, 0.0)
    assert {(s.name, s.events, s.amount) for s in found.organisations} == {
        ("OpenAI", 3, 5.01e11),
        ("Oracle", 1, 5e11),
        ("Acme", 1, 5e11),
    }
    assert sum(s.amount for s in found.months) == found.whole.amount and [s.name for s in found.months] == ["2026-05"]
    newest = query.events(store, Filter()).items
    assert summaries.told_before(store, newest) == {newest[2].id}


def test_who_fights_a_plan_announces_none_of_its_figures(store: Store) -> None:
    plan, fight = build(1, 2e9), build(2, 2e9, 5, headline="Residents oppose a campus", action=BuildoutAction.OPPOSE, project="")
    told(store, plan, fight)
    found = summaries.totals(store, Names())
    assert (found.whole.events, found.whole.amount) == (2, 2e9)
    events = [e for r in (plan, fight) for e in r.events]
    assert [row["counted"] for row in ledger_rows(store, events)] == [True, False]


def test_the_ledger_is_narrowed_by_the_same_words(store: Store) -> None:
    told(store, build(1, 3e9), build(2, 7e9, 5, action=BuildoutAction.OPEN), build(3, 1e9, 6, action=BuildoutAction.CANCEL))
    for words, amount in (
        ("progress:open", 7e9),
        ("amount>=2e9", 1e10),
        ("progress:cancelled", 1e9),
        ("project:hyperion", 1.1e10),
    ):
        assert summaries.totals(store, NAMES, asked(words)).whole.amount == amount, words
    assert [e.headline for e in query.events(store, asked("progress:open")).items] == ["A campus"]


def test_an_organisation_has_its_moves_beside_its_money_under_any_spelling(store: Store) -> None:
    told(store, move(1, "Globex", "Meta"), move(2, "Facebook", "Acme", minutes=1), move(3, "Meta Materials", "Acme", minutes=2))
    told(
        store,
        build(4, 2e9, 3, orgs=("Meta Platforms",), project="Hyperion"),
        build(5, 9e9, 4, orgs=("Acme",), project="Acme One"),
    )
    for name in ("Meta", "facebook", "Meta Platforms, Inc."):
        found = summaries.organisation(store, NAMES, name)
        assert (found.name, found.balance.gained, found.balance.lost) == ("Meta", 1, 1)
        assert (found.built.events, found.built.amount) == (1, 2e9)
        assert [f.from_org for f in found.gained_from] == ["Globex"] and [f.to_org for f in found.lost_to] == ["Acme"]
        assert len(found.joined) == len(found.left) == len(found.buildouts) == 1
        assert [(m.month, m.gained, m.lost, m.amount) for m in found.months] == [("2026-05", 1, 1, 2e9)]
    nobody = summaries.organisation(store, NAMES, "Nobody at all")
    assert (nobody.balance.gained, nobody.built.events, nobody.months) == (0, 0, ())


def test_every_organisation_stands_in_one_line_and_pages_hold_each_once(store: Store) -> None:
    told(store, *(move(n, f"Firm {n}", "Acme Corp", minutes=n) for n in range(5)), move(6, "Acme", "Firm 1", minutes=9))
    told(store, build(20, 3e9, 20, orgs=("Acme",)), build(21, 9e9, 21, orgs=("Skagen",), project="Quay"))
    found = summaries.standings(store, NAMES)
    lines = {one.name: (one.gained, one.lost, one.net, one.builds, one.amount) for one in found}
    assert len(found) == 7 and found[0].name in ("Acme", "Acme Corp") and lines[found[0].name] == (5, 1, 4, 1, 3e9)
    assert (lines["Firm 1"], lines["Firm 2"], lines["Skagen"]) == ((1, 1, 0, 0, 0.0), (0, 1, -1, 0, 0.0), (0, 0, 0, 1, 9e9))
    assert [one.name for one in found[1:3]] == ["Firm 1", "Skagen"], "the busiest first, then those of more money"
    for size in (1, 2, 3, 7):
        pages = partial(summaries.standings_page, found)
        assert tuple(query.every(pages, page=size)) == found
    assert summaries.standings_page(found, limit=7).next is None
    until = summaries.standings(store, NAMES, Filter(until=at(15)))
    assert sum(one.builds for one in until) == 0 and until[0].gained == 5
    assert summaries.standings(store, NAMES, Filter(status=("denied",))) == ()
    (alone,) = summaries.standings(store, NAMES, Filter(org=("firm 1",)))
    assert (alone.name, alone.gained, alone.lost) == ("Firm 1", 1, 1), "without whom it hires from"
    assert len(summaries.standings(store, NAMES, Filter(org=("firm",)))) == 5


def test_firms_that_nothing_but_the_legal_form_tells_apart_are_two(store: Store) -> None:
    """EQT Corp produces gas in Pittsburgh, EQT invests from Stockholm."""
    told(store, move(1, "EQT Corporation", "Acme"), move(2, "EQT", "Acme", minutes=1), move(3, "EQT Corp.", "EQT", minutes=2))
    told(store, build(4, 2e9, 3, orgs=("EQT Corp",), project=""), build(5, 9e9, 4, orgs=("EQT Infrastructure",), project="One"))
    assert pairs(summaries.flows(store, NAMES)) == {("EQT Corp", "Acme"): 1, ("EQT", "Acme"): 1, ("EQT Corp", "EQT"): 1}
    assert {(s.name, s.amount) for s in summaries.totals(store, NAMES).organisations} == {("EQT Corp", 2e9), ("EQT", 9e9)}
    for name, gained, lost, amount in (("EQT", 1, 1, 9e9), ("The EQT Corporation", 0, 2, 2e9)):
        found = summaries.organisation(store, NAMES, name)
        assert (found.balance.gained, found.balance.lost, found.built.amount) == (gained, lost, amount)
        assert (len(found.joined), len(found.left), len(found.buildouts)) == (gained, lost, 1)


def test_an_event_of_a_firm_by_a_name_that_was_another_firm_before_is_one_of_its_own(store: Store) -> None:
    """Events keep the words as written, and each asking finds who is meant by them: no lexicon of before is in what is stored."""
    told(store, move(1, "Globex", "Circle Internet"), move(2, "Globex", "Circle", minutes=1))
    told(store, build(3, 2e9, 2, orgs=("Circle Internet Group",)), build(4, 1e9, 3, orgs=("Circle",), project="Other"))
    assert pairs(summaries.flows(store, NAMES)) == {("Globex", "Circle Internet"): 2}
    assert [(s.name, s.amount) for s in summaries.totals(store, NAMES).organisations] == [("Circle Internet", 3e9)]
    found = summaries.organisation(store, NAMES, "Circle")
    assert (found.name, found.balance.gained, found.built.amount) == ("Circle Internet", 2, 3e9)


@pytest.mark.parametrize(
    ("role", "level"),
    [
        ("Chief Executive Officer", "chief"), ("CEO", "chief"), ("co-founder", "chief"), ("President and COO", "chief"),
        ("Senior Vice President, Power", "vice_president"), ("EVP", "vice_president"), ("Vice Chairman", "vice_president"),
        ("independent director", "board"), ("Chairwoman", "board"), ("director of engineering", "head"), ("Head of AI", "head"),
        ("research scientist", "specialist"), ("astronaut", "other"), ("", "unsaid"), ("  ", "unsaid"),
    ],
)  # fmt: skip
def test_roles_have_their_height(role: str, level: str) -> None:
    assert seniority(role) == level


@pytest.mark.parametrize(
    ("action", "headline", "stage"),
    [
        (BuildoutAction.BUILD, "Acme to build a campus", "planned"),
        (BuildoutAction.BUILD, "Acme breaks ground on a campus", "under_way"),
        (BuildoutAction.INVEST, "Construction has begun in Texas", "under_way"),
        (BuildoutAction.OPEN, "Acme opens its campus", "open"),
        (BuildoutAction.CANCEL, "Acme walks away", "cancelled"),
        (BuildoutAction.BUILD, "Acme scraps its campus", "cancelled"),
        (BuildoutAction.FINANCE, "Acme drops plans elsewhere and borrows", "planned"),
    ],
)
def test_a_buildout_has_its_stage(action: BuildoutAction, headline: str, stage: str) -> None:
    (event,) = build(1, 1.0, action=action, headline=headline).events
    assert progress(event) == stage
    assert progress(founded(2).events[0]) is None


def test_names_are_compared_without_legal_forms() -> None:
    assert org_key("Acme, Inc.") == org_key("ACME") == org_key("The Acme Company") == "acme"
    assert org_key("Société Générale SA") == "societe generale"
    assert org_key("...") == "" and org_key("Inc.") == "inc"
    assert NAMES.canonical("facebook") == "Meta" and NAMES.canonical("Nobody Ltd") == "Nobody Ltd"
    assert NAMES.spellings("Facebook")[0] == "Meta" and MoveAction.HIRE == "hire"


def test_a_name_that_is_spelled_in_two_ways_as_often_is_told_in_one_way_by_every_database(store: Store) -> None:
    told(store, move(1, "Globex", "ZORKEL Corp"), move(2, "Globex", "Zorkel corp"), move(3, "Initech", "zorkel Corp."))
    found = summaries.flows(store, NAMES)
    assert [(flow.to_org, flow.events) for flow in found.flows] == [("ZORKEL Corp", 2), ("ZORKEL Corp", 1)]
    groups = store.read(lambda reads: ledger.moves(reads, Filter()))
    assert flows_of(groups[::-1], NAMES) == flows_of(groups, NAMES) == found.flows


@pytest.mark.parametrize("words", ["changed_after:7d", "feed:x"])
def test_sums_refuse_what_they_would_pass_over(store: Store, words: str) -> None:
    for ask in (
        lambda: summaries.flows(store, NAMES, asked(words)),
        lambda: summaries.totals(store, NAMES, asked(words)),
        lambda: summaries.organisation(store, NAMES, "Globex", asked(words)),
    ):
        with pytest.raises(QueryError, match="cannot be used with sums"):
            ask()
