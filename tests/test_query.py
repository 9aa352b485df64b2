"""Every filter against a plain reading of the same events, every page after the other, and one thing with all of its own."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from monitor import query
from monitor.errors import AmbiguousError, NotFoundError, QueryError
from monitor.filtering import Context, Filter, parse, read
from monitor.filtering.filter import MOST_WORDS
from monitor.model import DeliveryState, Event, FeedId, Label, MoveAction, Severity, Status
from monitor.reference import subject
from monitor.results import Attempt, Membership, PollResult, Tried
from monitor.store import Store
from monitor.store.cursor import Cursor
from monitor.store.wanted import terms_wanted

from . import databases
from .claims import claims, ended
from .store.build import BUILDOUT, FEED, MOVE, NOW, alert, at, buildout_event, delivery, founded, story

ORGS = ("Acme Corp.", "Acme Cloud", "Globex", "Société Générale", "AT&T", "Umbrella")


@pytest.fixture(scope="module", params=databases.KINDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Sixty events of both kinds, some of them of one minute."""
    rnd = random.Random(3)
    with databases.fresh(request.param, tmp_path_factory.mktemp("query")) as url, Store.open(url) as store:
        for number in range(60):
            when = at(number - number % 3)
            common: dict[str, Any] = {
                "status": rnd.choice(list(Status)),
                "severity": rnd.choice(list(Severity)),
                "orgs": (rnd.choice(ORGS),),
                "headline": f"Headline {number} of {rnd.choice(('spring', 'autumn'))}",
            }
            if number % 2:
                move = replace(MOVE, from_org=rnd.choice(ORGS), to_org=rnd.choice(ORGS), action=rnd.choice(list(MoveAction)))
                result = founded(number, when, moves=(move,), **common)
            else:
                built = replace(BUILDOUT, orgs=(rnd.choice(ORGS),), amounts=(replace(BUILDOUT.amounts[0], high=number * 1e8),))
                result = founded(number, when, make=buildout_event, buildout=built, **common)
            store.transact(lambda tx, result=result: tx.record_poll(result))  # type: ignore[misc]
        yield store


def all_of(store: Store, filter: Filter, page: int = 7) -> list[Event]:
    return list(query.every(partial(query.events, store, filter), page=page))


def events_where(store: Store, holds: Callable[[Event], bool]) -> list[Event]:
    return [e for e in all_of(store, Filter()) if holds(e)]


@pytest.mark.parametrize("words", ["", "spring", "org:Acme", "autumn severity>=high", "status:denied org:Globex spring", "?!"])
def test_what_else_could_be_chosen_is_counted_each_event_once(filled: Store, words: str) -> None:
    filter = parse(read(words), Context(now=NOW))
    found = query.facets(filled, filter)
    for name, of in (("label", lambda e: e.labels), ("status", lambda e: (e.status,)), ("severity", lambda e: (e.severity,))):
        listed = query.every(partial(query.alerts, filled, replace(filter, **{name: ()})))
        events = {alert.event_id: alert.event for alert in listed}
        assert found[name] == Counter(value for event in events.values() for value in of(event)), name


def test_an_event_that_nobody_was_told_of_is_not_counted(store: Store) -> None:
    told, quiet = founded(1, headline="A spring"), replace(founded(2, headline="A spring"), alerts=(), deliveries=())
    for result in (told, quiet):
        store.transact(lambda tx, result=result: tx.record_poll(result))  # type: ignore[misc]
    assert query.facets(store, Filter(q="spring"))["label"] == {Label.EXECUTIVE_MOVE: 1}


def test_everything_comes_newest_first_and_once(filled: Store) -> None:
    found = all_of(filled, Filter())
    assert len({e.id for e in found}) == len(found) == 60
    times = [e.first_seen for e in found]
    assert times == sorted(times, reverse=True)
    assert found == all_of(filled, Filter(), page=60) == all_of(filled, Filter(), page=1)


CASES: list[tuple[Filter, Callable[[Event], bool]]] = [
    (Filter(label=("infrastructure",)), lambda e: Label.INFRASTRUCTURE in e.labels),
    (Filter(label=("infrastructure", "executive_move")), lambda e: True),
    (Filter(status=("rumored",), severity=("high", "low")), lambda e: e.status == "rumored" and e.severity in ("high", "low")),
    (Filter(action=("hire",)), lambda e: any(m.action == "hire" for m in e.moves)),
    (Filter(to_org=("ACME",)), lambda e: any("Acme" in m.to_org for m in e.moves)),
    (Filter(to_org=("acme corp",)), lambda e: any("Acme Corp." in m.to_org for m in e.moves)),
    (Filter(from_org=("globex", "umbrella")), lambda e: any(m.from_org in ("Globex", "Umbrella") for m in e.moves)),
    (Filter(from_org=("globex",), to_org=("globex",)), lambda e: any(m.from_org == m.to_org == "Globex" for m in e.moves)),
    (Filter(org=("societe generale",)), lambda e: "Société Générale" in all_orgs(e)),
    (Filter(org=("AT&T",), label=("infrastructure",)), lambda e: "AT&T" in all_orgs(e) and bool(e.buildout)),
    (Filter(org=("cloud acme",)), lambda e: False),
    (Filter(org=("...",)), lambda e: False),
    (Filter(person=("doe",)), lambda e: bool(e.people)),
    (Filter(role=("CEO",)), lambda e: bool(e.moves)),
    (Filter(role=("chief executive", "nobody")), lambda e: bool(e.moves)),
    (Filter(project=("hyperion",), location=("texas",)), lambda e: bool(e.buildout)),
    (Filter(amount_min=3.5e9), lambda e: bool(e.buildout and (e.buildout.amounts[0].high or 0) >= 3.5e9)),
    (Filter(amount_min=0.5, capacity_min=400), lambda e: bool(e.buildout and e.buildout.amounts[0].high)),
    (Filter(capacity_min=400.5), lambda e: False),
    (Filter(since=at(20), until=at(40)), lambda e: at(20) <= e.first_seen < at(40)),
    (Filter(since=at(30), label=("executive_move",)), lambda e: e.first_seen >= at(30) and bool(e.moves)),
    (Filter(outlet=("example wire",)), lambda e: True),
    (Filter(q="spring"), lambda e: "spring" in e.headline),
    (Filter(q="autumn headlines", label=("infrastructure",)), lambda e: "autumn" in e.headline and bool(e.buildout)),
    (Filter(q='"headline 7"'), lambda e: "Headline 7 " in e.headline),
    (Filter(q="spring", since=at(30)), lambda e: "spring" in e.headline and e.first_seen >= at(30)),
    (Filter(q="aut*"), lambda e: "autumn" in e.headline),
    (Filter(q="() * ^ -"), lambda e: False),
]


def all_orgs(event: Event) -> set[str]:
    moved = {org for m in event.moves for org in (m.from_org, m.to_org)}
    return {*event.orgs, *moved, *(event.buildout.orgs if event.buildout else ())}


@pytest.mark.parametrize(("filter", "holds"), CASES, ids=lambda c: "" if callable(c) else repr(c)[:60])
def test_a_filter_gives_what_a_plain_reading_gives(filled: Store, filter: Filter, holds: Callable[[Event], bool]) -> None:
    expected = {e.id for e in events_where(filled, holds)}
    assert {e.id for e in all_of(filled, filter)} == expected
    told = list(query.every(partial(query.alerts, filled, filter), page=5))
    assert {a.event_id for a in told} == expected, "alerts are filtered by the same words"
    if not filter.q:
        times = [a.created_at for a in told]
        assert times == sorted(times, reverse=True)


@pytest.mark.parametrize(
    "q", ['"', "a AND", "NEAR(a b)", "headline:x", "\ud800 \0", "-", "*", 'un"even "quotes', "{a b}: c", "^x", "é" * 5000]
)
def test_no_query_can_break_the_search(filled: Store, q: str) -> None:
    for of in (query.events, query.alerts, query.stories):
        of(filled, Filter(q=q, org=(q,), outlet=(q,)))  # type: ignore[operator]


@pytest.mark.parametrize("words", ["the", "a*", "w{}", '"data {}"', "a-b"])
def test_every_database_takes_as_many_words_as_may_be_asked_for(filled: Store, words: str) -> None:
    most = MOST_WORDS // len(words.replace("-", " ").split())
    for of in (query.events, query.alerts, query.stories):
        of(filled, Filter(q=" ".join(words.format(n) for n in range(most))))  # type: ignore[operator]
    with pytest.raises(QueryError, match=f"q: has .* words; give {MOST_WORDS} at most"):
        Filter(q=" ".join(words.format(n) for n in range(MOST_WORDS + 1)))


def test_thousands_of_names_are_looked_for_in_a_moment() -> None:
    """Each had been held against each: 20 s of a thread for an address of 30 KB."""
    names = tuple(f"n{n}" for n in range(20_000))
    begun = time.process_time()
    (wanted,) = terms_wanted(Filter(org=(*names, "n7 corp", "the n8 of it", "b c")))
    assert time.process_time() - begun < 10
    assert wanted.terms == tuple(("org", name) for name in (*names, "b c"))


def test_stories_are_found_by_their_own_words_and_by_their_event(filled: Store) -> None:
    assert len(list(query.every(partial(query.stories, filled, Filter()), page=9))) == 60
    assert len(query.stories(filled, Filter(q="part 7")).items) == 1
    assert len(query.stories(filled, Filter(label=("infrastructure",)), limit=100).items) == 30
    assert len(query.stories(filled, Filter(feed=FEED.id, outlet=("EXAMPLE wire",)), limit=100).items) == 60
    moved = {e.stories[0].story_id for e in events_where(filled, lambda e: "Globex" in all_orgs(e))}
    assert {s.id for s in query.every(partial(query.stories, filled, Filter(org=("globex",))))} == moved
    big = {e.stories[0].story_id for e in all_of(filled, Filter(amount_min=4e9))}
    assert {s.id for s in query.every(partial(query.stories, filled, Filter(amount_min=4e9)))} == big
    assert not query.stories(filled, Filter(feed="another")).items


def test_a_page_is_stable_while_new_events_arrive(store: Store) -> None:
    for number in range(10):
        store.transact(lambda tx, n=number: tx.record_poll(founded(n, at(n))))  # type: ignore[misc]
    first = query.events(store, limit=5)
    store.transact(lambda tx: tx.record_poll(founded(99, at(99))))
    second = query.events(store, cursor=first.next, limit=5)
    assert [e.first_seen for e in (*first.items, *second.items)] == [at(n) for n in range(9, -1, -1)]
    assert second.next is None


def test_a_follower_sees_each_change_once_and_goes_on(store: Store) -> None:

    def poll(result: PollResult, minutes: float) -> None:
        store.transact(lambda tx: tx.record_poll(replace(result, feed=replace(FEED, last_checked=at(minutes)))))

    for number in range(3):
        poll(founded(number, at(number)), number)
    page = query.events(store, Filter(changed_after=at(0)))
    assert [e.first_seen for e in page.items] == [at(1), at(2)]
    again = query.events(store, Filter(changed_after=at(0)), cursor=page.next)
    assert (again.items, again.next) == ((), page.next)
    developed = replace(founded(0, at(0)).events[0], headline="It developed", last_seen=at(9))
    poll(PollResult(feed=FEED, events=(developed,)), 9)
    assert query.events(store, Filter(changed_after=at(0)), cursor=again.next).items == (developed,)
    assert query.events(store, Filter(q="developed")).items == (developed,)
    assert len(query.alerts(store, Filter(changed_after=at(0))).items) == 2


def test_full_text_follows_an_edit(store: Store) -> None:
    before = story(1, title="Acme opens a foundry")
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=(before,))))
    edited = replace(before, title="Acme closes a foundry")
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, updated=(edited,))))
    assert query.stories(store, Filter(q="closing foundries")).items == (edited,), "words are compared by their stems"
    assert query.stories(store, Filter(q="opens")).items == ()


def test_a_changed_event_is_found_by_what_it_is_now_and_its_alert_by_what_was_told(store: Store) -> None:
    first = founded(1, status=Status.RUMORED)
    store.transact(lambda tx: tx.record_poll(first))
    confirmed = replace(first.events[0], status=Status.CONFIRMED, first_seen=at(-5))
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, events=(confirmed,))))
    assert not query.events(store, Filter(status=("rumored",))).items
    assert query.events(store, Filter(status=("confirmed",))).items == (confirmed,)
    assert len(query.alerts(store, Filter(status=("rumored",))).items) == 1


def test_one_event_and_one_alert_with_all_that_belongs_to_them(store: Store) -> None:
    first, other = founded(1), story(2, at(5))
    happening, told = first.events[0], first.alerts[0]
    revised = alert(happening, 2, at(6))
    aside = Membership(event_id=happening.id, story_id=other.id, relation="related", at=at(5))
    store.transact(lambda tx: tx.record_poll(first))
    more = PollResult(feed=FEED, stories=(other,), memberships=(aside,), alerts=(revised,), deliveries=(delivery(revised),))
    store.transact(lambda tx: tx.record_poll(more))
    claimed = claims(store, at(10), limit=5)[0].delivery
    tried = Attempt(delivery_id=claimed.id, number=1, at=at(10), status=200, duration_ms=12.5, answer="ok")
    after = replace(claimed, state=DeliveryState.SENT, sent_at=at(10), lease_until=None)
    ended(store, Tried(delivery=after, at=at(10), attempt=tried))

    found = query.alert(store, told.id[:18].lower())
    assert (found.alert, found.revisions) == (revised, (told, revised))
    assert [d.state for d in found.deliveries] == ["sent", "pending"]
    assert found.attempts == (tried,)
    assert found.event == query.event(store, happening.id)
    assert [m.relation for m in found.event.memberships] == ["founder", "related"]
    assert found.event.stories == {s.id: s for s in (first.stories[0], other)}
    assert found.event.matches == {first.stories[0].id: first.matches}
    assert query.story(store, other.id).memberships == (aside,)
    sent = query.delivery(store, claimed.id)
    assert (sent.subject, sent.attempts) == (told, (tried,))
    assert query.feed(store, "EXAMPLE WIRE").feed == FEED


def test_the_beginning_of_an_id_must_fit_one_thing(filled: Store) -> None:
    with pytest.raises(NotFoundError, match="no event 'nothing'"):
        query.event(filled, "nothing")
    for odd in ("", "\U0010ffff", "%", "_"):
        with pytest.raises(NotFoundError):
            query.alert(filled, odd)
    with pytest.raises(AmbiguousError, match="write more"):
        query.event(filled, all_of(filled, Filter())[0].id[:4])


def test_an_id_of_another_kind_is_told_as_what_it_is(filled: Store) -> None:
    told = next(iter(query.every(partial(query.alerts, filled, Filter()), page=1)))
    sent = query.alert(filled, told.id).deliveries[0]
    story = told.event.stories[0].story_id
    for wrong, kind in ((told.id, "an alert"), (story, "a story"), (sent.id, "a delivery")):
        for given in (wrong, wrong.lower(), wrong[:20]):
            with pytest.raises(NotFoundError, match=f"no event '{given}': that is the id of {kind}$"):
                query.event(filled, given)
    with pytest.raises(NotFoundError, match=r"that is the id of an event$"):
        query.alert(filled, told.event_id)
    with pytest.raises(NotFoundError, match=r"no alert, event or story .*: that is the id of a delivery$"):
        subject(filled, sent.id)
    with pytest.raises(NotFoundError, match=r"'$"):
        query.event(filled, told.id[:11] + "\0")


def test_deliveries_and_feeds_are_listed_page_by_page(filled: Store) -> None:
    found: list[Any] = []
    cursor = None
    while True:
        page = query.deliveries(filled, states=[DeliveryState.PENDING], channel="slack", since=at(30), cursor=cursor, limit=7)
        found += page.items
        if (cursor := page.next) is None:
            break
    assert len({d.id for d in found}) == len(found) == 30
    assert not query.deliveries(filled, states=[DeliveryState.DEAD]).items
    assert not query.deliveries(filled, channel="other").items


def test_feeds_are_listed_by_name(store: Store) -> None:
    names = ["b.b", "a/a", "c c", "a/a", "é"]
    feeds = [replace(FEED, id=FeedId(str(n)), name=name) for n, name in enumerate(names)]
    store.transact(lambda tx: tx.sync_feeds(feeds))
    first = query.feeds(store, limit=2)
    second = query.feeds(store, cursor=first.next, limit=5)
    assert [f.name for f in (*first.items, *second.items)] == sorted(names)
    assert second.next is None


@pytest.mark.parametrize(
    "cursor",
    ["x", "!!!", "é", "dC4xLjI", "ei4xLjIu", "dC45OTk5OTk5OTk5OTk5OTk5OTk5OTkuMS4", "\ud800", Cursor(order="c").encode()[:-3]],
)
def test_a_cursor_no_page_gave_out_is_refused(filled: Store, cursor: str) -> None:
    with pytest.raises(QueryError, match="cursor"):
        query.events(filled, cursor=cursor)


def test_limits_and_words_of_the_filter_are_checked(filled: Store) -> None:
    for limit in (0, -1, query.MAX_LIMIT + 1):
        with pytest.raises(QueryError, match="limit"):
            query.events(filled, limit=limit)
    with pytest.raises(QueryError, match="rumored, reported"):
        Filter(status=("sure",))
    with pytest.raises(QueryError, match="tuple"):
        Filter(org="acme")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="only stories"):
        query.events(filled, Filter(feed="x"))
