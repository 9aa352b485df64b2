"""Whatever comes first, the same events: what was founded twice is folded, and a story of two moves welds nothing together."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from monitor import corrections, grouping, query
from monitor.alerting import Policy
from monitor.app import App
from monitor.backtest import Index, place_next
from monitor.model import EventId, MoveAction, Nature, Story, Verdict
from monitor.routing import Router
from monitor.settings.schema import Channel, Route, Settings
from monitor.store import Store
from tests.publishing import Known, poll, publish
from tests.stories import NOON, built, dollars, megawatts, move, moved, story

Told = tuple[Story, Verdict]
SETTINGS = Settings(channels={"desk": Channel(type="stdout")}, routes=(Route(name="all", channels=("desk",)),))


def leaves(of: Story, person: str, org: str = "Netlink") -> Told:
    return of, moved(of, move(person, MoveAction.DEPART, from_org=org, from_role="chief executive"))


def risen(of: Story, *people: tuple[str, str]) -> Told:
    """People and the posts they get at Ardent."""
    return of, moved(of, *(move(p, MoveAction.PROMOTE, from_org="Ardent", to_org="Ardent", to_role=post) for p, post in people))


UNNAMED = leaves(
    story(
        "Chief of Harbor Telecom's Netlink resigns following island-wide outage",
        "The chief executive of Netlink, part of Harbor Telecom, resigned after a failure that cut off millions of customers.",
    ),
    "",
    "Harbor Telecom",
)
NAMED = leaves(
    story("Dana Whitlock quits as Netlink CEO after string of disasters", hours=0.1, outlet="Tide Post"), "Dana Whitlock"
)
BOTH = leaves(
    story(
        "Netlink CEO Dana Whitlock resigns following island-wide outage",
        "Dana Whitlock resigned as chief executive of Netlink, part of Harbor Telecom, after a failure that cut off millions.",
        hours=0.5,
        outlet="Dockside Post",
    ),
    "Dana Whitlock",
)
OUTAGE = (UNNAMED, NAMED, BOTH)

CEO, HARDWARE = ("Tom Asher", "chief executive officer"), ("Josef Sarkany", "chief hardware officer")
SUCCESSION = (
    risen(story("Ardent chief Lena Cole steps down, Tom Asher named CEO", "Tom Asher follows Lena Cole.", hours=0.1), CEO),
    risen(
        story("Tom Asher will be the next chief executive of Ardent", "He follows Lena Cole.", hours=0.2, outlet="Tide Post"), CEO
    ),
    risen(story("Ardent names Tom Asher CEO to follow Lena Cole", hours=0.4, outlet="Dockside Post"), CEO),
)
HARDWARE_CHIEF = (
    risen(story("Josef Sarkany becomes chief hardware officer at Ardent", hours=0.3, outlet="Lagoon Times"), HARDWARE),
    risen(story("Ardent names Josef Sarkany chief hardware officer", hours=0.6, outlet="Quay Report"), HARDWARE),
    # Of both: it must not make one of them.
    risen(
        story("Josef Sarkany new Ardent hardware chief as Tom Asher rises to CEO", hours=0.5, outlet="Pier Daily"), HARDWARE, CEO
    ),
)


def site(of: Story) -> Told:
    slots = {"location": "Norrvik", "capacity": (megawatts("300 MW", 300),), "amounts": (dollars("$2 billion", 2e9),)}
    return of, built(of, "Borealis Compute", **slots)  # type: ignore[arg-type]


CAMPUS = (
    site(story("Borealis Compute plans $2 billion data center in Norrvik", hours=0.2)),
    site(story("Norrvik to get a 300 MW data center of Borealis Compute", hours=0.3, outlet="Tide Post")),
    site(story("Borealis Compute to build $2 billion, 300 MW campus in Norrvik", hours=0.7, outlet="Dockside Post")),
)
SAGAS = (OUTAGE, SUCCESSION, HARDWARE_CHIEF, CAMPUS)


@settings(max_examples=40, deadline=None)
@given(some.randoms(use_true_random=False))
def test_sagas_shuffled_within_an_hour_give_the_same_events(rnd: random.Random) -> None:
    told = [one for saga in SAGAS for one in saga]
    rnd.shuffle(told)
    index, router = Index(), Router(Settings())
    for of, verdict in told:
        assert place_next(of, verdict, index, Policy(settings=Settings(), router=router)).event is not None
    events = {frozenset(s.story_id for s in event.stories) for event in index.events.values()}
    assert events == {frozenset(of.id for of, _ in saga) for saga in SAGAS}
    assert sum(event.story_count for event in index.events.values()) == len(told)


@pytest.fixture
def app(store: Store) -> App:
    made = App(settings=SETTINGS, store=store, clock=lambda: NOON + timedelta(days=1))
    made.__dict__["classifier"] = made.__dict__["explainer"] = Known()
    return made


def events(app: App) -> list[EventId]:
    return [event.id for event in query.events(app.store).items]


def test_what_was_founded_twice_is_one_event_once_a_story_ties_it_together(app: App) -> None:
    first, second = publish(app, *UNNAMED), publish(app, *NAMED)
    assert first != second
    assert publish(app, *BOTH) == first
    assert events(app) == [first]
    detail = query.event(app.store, first)
    assert {m.story_id for m in detail.memberships} == {of.id for of, _ in OUTAGE}
    assert all(m.relation != "related" for m in detail.memberships)
    assert detail.event.story_count == 3
    assert "Dana Whitlock" in {m.person for m in detail.event.moves}
    assert detail.event.outlets == ("Harbor Wire", "Dockside Post", "Tide Post")
    assert detail.event.timeline[-1].kind == "folded"


def test_folding_loses_no_alert_and_repeats_none(app: App) -> None:
    first, second = publish(app, *UNNAMED), publish(app, *NAMED)
    sent = query.event(app.store, second).alerts
    publish(app, *BOTH)
    detail = query.event(app.store, second)
    assert detail.event.id == first, "the link of the message that was sent still leads to the event"
    assert [a.id for a in detail.alerts if a.id == sent[0].id] == [sent[0].id]
    assert [a.revision for a in detail.alerts].count(1) == 2, "each was told before it was known that they are one"
    assert len({(d.alert_id, d.revision, d.channel) for d in detail.deliveries}) == len(detail.alerts)
    before = len(detail.alerts)
    again = leaves(story("Netlink chief Dana Whitlock resigns after the outage", hours=2, outlet="Lagoon Times"), "Dana Whitlock")
    assert publish(app, *again) == first
    assert len(query.event(app.store, first).alerts) == before, "one more copy is told to nobody"


def test_the_event_that_was_told_stays() -> None:
    """The older came with a feed's first poll, of which nobody is told: were it to stay, the happening would be told again."""
    index, router = Index(), Router(SETTINGS)
    of, verdict = UNNAMED
    event = grouping.found(of, verdict, of.first_seen)
    index.put(event)
    silent = event.id
    told = place_next(*NAMED, index, Policy(settings=SETTINGS, router=router)).event
    assert told is not None and (index.revisions[silent], index.revisions[told.id]) == (0, 1)
    step = place_next(*BOTH, index, Policy(settings=SETTINGS, router=router))
    assert (step.event and step.event.id, step.gone) == (told.id, (silent,))
    assert step.decision.reasons[0] != "first sight of the event"
    assert list(index.events) == [told.id]


def test_one_poll_that_brings_all_of_it_leaves_one_event(app: App) -> None:
    poll(app, *OUTAGE)
    (only,) = events(app)
    assert query.event(app.store, only).event.story_count == 3


def test_an_edit_of_a_story_whose_event_is_folded_in_the_same_poll_reaches_the_one_it_is_part_of(app: App) -> None:
    first = publish(app, *UNNAMED)
    publish(app, *NAMED)
    of, verdict = NAMED
    poll(app, BOTH, edited=((replace(of, title="Dana Whitlock, Netlink's CEO, quits after a string of disasters"), verdict),))
    assert events(app) == [first]
    titles = {s.title for s in query.event(app.store, first).event.stories}
    assert "Dana Whitlock, Netlink's CEO, quits after a string of disasters" in titles
    assert of.title not in titles


def test_what_a_person_parted_is_not_folded(app: App) -> None:
    whole = publish(app, *UNNAMED)
    copy = leaves(story(UNNAMED[0].title, hours=0.05, outlet="Quay Report"), "", "Harbor Telecom")
    assert publish(app, *copy) == whole
    corrections.split(app, whole, [copy[0].id], by="Ada")
    publish(app, *NAMED)
    before = len(events(app))
    publish(app, *BOTH)
    assert len(events(app)) == before


def test_what_grouping_did_is_nobodys_word_and_nothing_to_learn_from(app: App) -> None:
    for one in OUTAGE:
        publish(app, *one)
    assert corrections.every(app.store) == []
    assert query.event(app.store, events(app)[0]).corrections == ()


def test_a_settled_event_is_folded_into_none() -> None:
    index, router = Index(), Router(Settings())
    for of, verdict in (UNNAMED, NAMED):
        place_next(of, verdict, index, Policy(settings=Settings(), router=router))
    late, verdict = leaves(story(BOTH[0].title, BOTH[0].summary, hours=25, outlet="Dockside Post"), "Dana Whitlock")
    assert place_next(late, verdict, index, Policy(settings=Settings(), router=router)).gone == ()
    assert len(index.events) == 2


def test_what_was_not_flagged_and_comments_decide_nothing_of_what_else_belongs() -> None:
    of, verdict = BOTH
    event = grouping.found(of, verdict, of.first_seen)
    look = story("The outage and the queues it left behind on the island", "Netlink, its shops and its shares.", hours=1)
    for told in (Verdict(story_id=look.id), moved(look, move("Dana Whitlock", MoveAction.DEPART), nature=Nature.COMMENT)):
        wider = grouping.merge(event, look, told)
        assert wider.story_count == 2
        scores = [grouping.decide(*NAMED, [one]).score for one in (event, wider)]
        assert scores[0] == pytest.approx(scores[1], abs=1e-9)


@given(some.permutations(range(8)))
def test_an_event_remembers_its_stories_in_the_order_they_were_told(order: list[int]) -> None:
    told = [leaves(story(f"Dana Whitlock leaves Netlink, part {n}", hours=n / 10), "Dana Whitlock") for n in range(8)]
    first, *others = order
    event = grouping.found(*told[first], NOON)
    for n in others:
        event = grouping.merge(event, *told[n])
    assert [s.story_id for s in event.stories] == [of.id for of, _ in told]
