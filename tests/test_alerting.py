from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor import alerting, grouping, severity
from monitor.alerting import Decision, Policy, tier_of
from monitor.changes import change_line
from monitor.model import BuildoutAction, Event, MoveAction, Nature, Quantity, Severity, Status, Story, Verdict
from monitor.routing import Router
from monitor.settings.schema import Alerting, Channel, Matcher, Route, Settings, Watchlist
from tests.stories import NOON, built, dollars, megawatts, move, moved, story

SETTINGS = Settings(
    channels={"desk": Channel(type="stdout"), "phone": Channel(type="stdout")},
    routes=(Route(name="all", channels=("desk", "phone")),),
    outlet_tiers={"harbor wire": 2, "release line": 1, "releases.example": 1},
    watchlists={"ours": Watchlist(orgs=("Borealis Compute",))},
)
UNWANTED = Route(name="r", match=Matcher(org=("No One",)), channels=("desk",))
RUMOUR = story("Mara Velling in talks to lead Borealis Compute", outlet="Small Blog")


def verdict(of: Story, status: Status = Status.RUMORED, **slots: str) -> Verdict:
    return moved(of, move("Mara Velling", MoveAction.HIRE, status=status, **({"to_org": "Borealis Compute"} | slots)))


def told(before: Event | None, of: Story, said: Verdict, *, revision: int = 0, **options: object) -> tuple[Event, Decision]:
    settings = options.pop("settings", SETTINGS)
    assert isinstance(settings, Settings)
    router = Router(settings)
    after = grouping.merge(before, of, said) if before else grouping.found(of, said, of.first_seen)
    after = severity.assess(after, settings, router)
    given = {"now": of.first_seen, "last_revision": revision} | options
    policy = Policy(settings=settings, router=router)
    return after, alerting.decide(before, after, of, said, policy=policy, **given)  # type: ignore[arg-type]


def test_first_sight_is_told_to_every_channel_of_its_route() -> None:
    _, decision = told(None, RUMOUR, verdict(RUMOUR))
    assert decision.tell
    assert decision.channels == ("desk", "phone")
    assert decision.reasons[0] == "first sight of the event"


def test_a_further_copy_is_not_told() -> None:
    event, _ = told(None, RUMOUR, verdict(RUMOUR))
    copy = story(RUMOUR.title, hours=1, outlet="Other Blog")
    _, decision = told(event, copy, verdict(copy), revision=1)
    assert not decision.tell
    assert "nothing material changed" in decision.reasons[0]


@pytest.mark.parametrize(
    ("slots", "status", "kind", "why"),
    [
        ({}, Status.REPORTED, "status", "status: rumoured → reported"),
        ({}, Status.CONFIRMED, "confirmation", "status: rumoured → confirmed"),
        ({}, Status.DENIED, "denial", "denied: Mara Velling"),
        ({"to_role": "chief executive"}, Status.RUMORED, "role", "role: chief executive"),
    ],
)
def test_a_material_change_is_a_revision(slots: dict[str, str], status: Status, kind: str, why: str) -> None:
    event, _ = told(None, RUMOUR, verdict(RUMOUR))
    news = story("Velling and Borealis Compute: the next word", hours=3)
    _, decision = told(event, news, verdict(news, status, **slots), revision=1)
    assert decision.tell
    assert kind in {c.kind for c in decision.changes}
    assert decision.reasons[0].startswith(why)


def test_a_new_destination_is_a_revision() -> None:
    leaves = story("Mara Velling leaves Quarrystone")
    event, _ = told(None, leaves, moved(leaves, move("Mara Velling", MoveAction.DEPART, from_org="Quarrystone")))
    joins = story("Mara Velling turns up at Borealis Compute", hours=5)
    _, decision = told(event, joins, moved(joins, move("Mara Velling", to_org="Borealis Compute")), revision=1)
    assert [c.after for c in decision.changes if c.kind == "destination"] == ["Borealis Compute"]


def test_a_changed_amount_is_a_revision_and_the_same_amount_in_other_words_is_not() -> None:
    first = story("Borealis Compute to spend $2 billion on campus")
    event, _ = told(None, first, built(first, "Borealis Compute", amounts=(dollars("$2 billion", 2e9),)))
    same = story("Borealis Compute campus to cost $2.05bn", hours=2)
    _, decision = told(event, same, built(same, "Borealis Compute", amounts=(dollars("$2.05bn", 2.05e9),)), revision=1)
    assert not decision.tell
    more = story("Borealis Compute campus will cost $3 billion", hours=4)
    _, decision = told(event, more, built(more, "Borealis Compute", amounts=(dollars("$3 billion", 3e9),)), revision=1)
    assert [(c.kind, c.after) for c in decision.changes] == [("amount", "$3 billion")]


def test_no_figure_takes_the_place_of_one_or_stands_beside_it() -> None:
    first = story("Borealis Compute to spend $10 billion on campus", outlet="Small Blog")
    event, _ = told(None, first, built(first, "Borealis Compute", amounts=(dollars("$10 billion", 1e10),)))
    release = story("Borealis Compute plans multi-billion-dollar campus", hours=2, outlet="Release Line")
    vague = replace(dollars("multi-billion-dollar", 2e9), high=None)
    after, decision = told(event, release, built(release, "Borealis Compute", amounts=(vague,)), revision=1)
    assert [c.kind for c in decision.changes if c.kind != "confirmation"] == []
    assert after.buildout is not None and [q.text for q in after.buildout.amounts] == ["$10 billion"]


def test_a_first_tier_outlet_confirming_what_only_the_third_tier_said_is_a_revision() -> None:
    event, _ = told(None, RUMOUR, verdict(RUMOUR, Status.CONFIRMED))
    release = story("Borealis Compute welcomes Mara Velling", hours=6, outlet="Release Line")
    after, decision = told(event, release, verdict(release, Status.CONFIRMED), revision=1)
    assert [(c.kind, c.before, c.after) for c in decision.changes] == [("confirmation", "", "Release Line")]
    assert after.headline == release.title


def test_a_newsletter_that_leads_to_a_company_s_page_is_not_who_confirms() -> None:
    event, _ = told(None, RUMOUR, verdict(RUMOUR, Status.CONFIRMED))
    page = "https://www.releases.example/1"
    passed_on = story("Borealis Compute welcomes Mara Velling", hours=6, outlet="Morning Post Bag", url=page)
    _, decision = told(event, passed_on, verdict(passed_on, Status.CONFIRMED), revision=1)
    assert [change_line(c) for c in decision.changes] == ["confirmed by: releases.example"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"baseline": True}, "first poll"),
        ({"now": NOON + timedelta(days=8)}, "older than max_age"),
        ({"settings": SETTINGS.model_copy(update={"routes": (UNWANTED,)})}, "no route matches it"),
        ({"settings": SETTINGS.model_copy(update={"routes": (Route(name="none", channels=()),)})}, "routes send nothing now"),
    ],
)
def test_what_is_not_told_has_its_reason(options: dict[str, object], why: str) -> None:
    _, decision = told(None, RUMOUR, verdict(RUMOUR), **options)
    assert not decision.tell
    assert why in decision.reasons[0]
    assert decision.channels == ()


def test_a_comment_is_never_told() -> None:
    event, _ = told(None, RUMOUR, verdict(RUMOUR))
    opinion = story("What Mara Velling would mean for Borealis Compute", hours=2)
    said = replace(verdict(opinion, Status.CONFIRMED), nature=Nature.COMMENT)
    after, decision = told(event, opinion, said, revision=1)
    assert not decision.tell
    assert after.status == Status.RUMORED


def test_a_backlog_may_be_asked_for() -> None:
    wanted = SETTINGS.model_copy(update={"alerting": Alerting(alert_backlog=timedelta(hours=24))})
    now = NOON + timedelta(hours=20)
    assert told(None, RUMOUR, verdict(RUMOUR), settings=wanted, baseline=True, now=now)[1].tell
    late = NOON + timedelta(hours=30)
    assert not told(None, RUMOUR, verdict(RUMOUR), settings=wanted, baseline=True, now=late)[1].tell


def test_an_event_of_a_first_poll_is_told_by_a_fresh_live_story_and_not_by_later_coverage() -> None:
    event, decision = told(None, RUMOUR, verdict(RUMOUR), baseline=True)
    assert not decision.tell
    soon, late = (story(RUMOUR.title, hours=h, outlet="Other Blog") for h in (1, 30))
    assert told(event, soon, verdict(soon))[1].tell
    assert not told(event, late, verdict(late))[1].tell
    changed = story("Velling confirmed at Borealis Compute", hours=30)
    assert told(event, changed, verdict(changed, Status.CONFIRMED))[1].tell


def test_severity_is_a_sum_of_stated_reasons() -> None:
    chief = story("Borealis Compute names Mara Velling chief executive", outlet="Release Line")
    said = moved(chief, move("Mara Velling", MoveAction.APPOINT, to_org="Borealis Compute", to_role="chief executive"))
    event, _ = told(None, chief, said)
    assert event.severity == Severity.CRITICAL
    assert event.severity_reasons == ("+3 top post", "+2 a first-tier outlet", "+1 confirmed", "+2 on watchlist ours")
    minor = story("Fenwick Labs names a regional head", outlet="Small Blog")
    said = moved(
        minor, move("Ann Other", MoveAction.APPOINT, to_org="Fenwick Labs", to_role="regional head", status=Status.RUMORED)
    )
    low, _ = told(None, minor, said)
    assert low.severity == Severity.LOW and "-1 only a rumour" in low.severity_reasons, "in the spelling of messages"


def test_a_large_buildout_is_severe() -> None:
    item = story("Tidewater Grid plans 2 GW campus for $12 billion")
    figures = {"amounts": (dollars("$12 billion", 1.2e10),), "capacity": (megawatts("2 GW", 2000),)}
    event, _ = told(None, item, built(item, "Tidewater Grid", action=BuildoutAction.BUILD, **figures))  # type: ignore[arg-type]
    assert event.severity == Severity.CRITICAL
    assert {"+3 amount of $12 billion", "+3 capacity of 2 GW"} < set(event.severity_reasons)


def test_a_sum_of_another_currency_says_that_it_is_converted() -> None:
    item = story("Tidewater Grid plans 980 MW campus for €75 billion")
    euros = Quantity(text="€75 billion", low=7.5e10, high=7.5e10, unit="EUR")
    figures = {"amounts": (dollars("$2 billion", 2e9), euros), "capacity": (megawatts("980 MW", 980),)}
    event, _ = told(None, item, built(item, "Tidewater Grid", action=BuildoutAction.BUILD, **figures))  # type: ignore[arg-type]
    assert event.severity_reasons[:2] == ("+3 amount of about $87 billion", "+2 capacity of 980 MW")


def test_an_alert_made_twice_has_the_same_ids() -> None:
    event, decision = told(None, RUMOUR, verdict(RUMOUR))
    first = alerting.make_alert(event, decision, revision=1, now=NOON)
    assert alerting.make_alert(event, decision, revision=1, now=NOON) == first
    second = alerting.make_alert(event, decision, revision=2, now=NOON)
    assert second.alert.id == first.alert.id
    assert len({d.id for d in (*first.deliveries, *second.deliveries)}) == 4


@pytest.mark.parametrize(
    ("outlet", "url", "tier"),
    [
        ("Harbor Wire", "https://elsewhere.example/1", 2),
        ("", "https://news.releases.example/1", 1),
        ("Unknown", "https://unknown.example/1", 3),
    ],
)
def test_a_tier_comes_from_the_masthead_else_from_the_domain(outlet: str, url: str, tier: int) -> None:
    assert tier_of(outlet, url, SETTINGS.outlet_tiers) == tier


# -- whom an event reaches only later

BETTER = Route(name="desk", match=Matcher(outlet_tier=(1, 2)), channels=("desk",))
GRAVE = Route.model_validate({"name": "phone", "match": {"severity_at_least": "high"}, "channels": ["phone"], "continue": True})
LATE = {"hours": 30.0, "outlet": "Harbor Wire"}


def routed(*routes: Route) -> Settings:
    return SETTINGS.model_copy(update={"routes": routes})


def test_an_event_that_no_route_wanted_is_told_once_one_does_however_late() -> None:
    wanted = routed(BETTER)
    event, decision = told(None, RUMOUR, verdict(RUMOUR), settings=wanted)
    assert not decision.tell
    copy = story(RUMOUR.title, **LATE)
    _, decision = told(event, copy, verdict(copy), settings=wanted)
    assert decision.channels == ("desk",)
    assert decision.reasons[0] == "first sight of the event"


def test_a_backlog_that_a_route_wanted_is_not_told_by_later_coverage() -> None:
    wanted = routed(Route.model_validate({"name": "all", "channels": ["phone"], "continue": True}), BETTER)
    event, _ = told(None, RUMOUR, verdict(RUMOUR), settings=wanted, baseline=True)
    copy = story(RUMOUR.title, **LATE)
    assert not told(event, copy, verdict(copy), settings=wanted)[1].tell


def test_an_event_that_grows_graver_reaches_those_who_asked_for_grave_ones_and_nobody_twice() -> None:
    wanted = routed(GRAVE, Route(name="all", channels=("desk",)))
    leaves = story("Mara Velling leaves Borealis Compute", outlet="Small Blog")
    event, decision = told(
        None, leaves, verdict(leaves, Status.CONFIRMED, to_org="", from_org="Borealis Compute"), settings=wanted
    )
    assert decision.channels == ("desk",)
    chief = story("Borealis Compute chief executive Mara Velling leaves", **LATE)
    said = verdict(chief, Status.CONFIRMED, to_org="", from_org="Borealis Compute", from_role="chief executive")
    event, decision = told(event, chief, said, revision=1, settings=wanted)
    assert decision.channels == ("phone",)
    assert decision.reasons[0] == "it matters more now: another route matches it"
    copy = story(chief.title, hours=31, outlet="Other Blog")
    assert not told(event, copy, said, revision=2, settings=wanted)[1].tell


def test_a_name_in_passing_reaches_nobody_anew() -> None:
    wanted = routed(
        Route.model_validate({"name": "other", "match": {"org": ["Quarrystone"]}, "channels": ["phone"], "continue": True}),
        Route(name="all", channels=("desk",)),
    )
    event, _ = told(None, RUMOUR, verdict(RUMOUR), settings=wanted)
    copy = story(RUMOUR.title, hours=1, outlet="Other Blog")
    said = replace(verdict(copy), orgs=("Borealis Compute", "Quarrystone"))
    assert not told(event, copy, said, revision=1, settings=wanted)[1].tell


def test_a_channel_that_was_told_is_not_told_again_where_the_event_forgot_its_better_outlet() -> None:
    wanted = routed(
        Route.model_validate({"name": "better", "match": {"outlet_tier": [1, 2]}, "channels": ["phone"], "continue": True}),
        Route(name="all", channels=("desk",)),
    )
    event, _ = told(None, RUMOUR, verdict(RUMOUR), settings=wanted)
    copy = story(RUMOUR.title, **LATE)
    assert told(event, copy, verdict(copy), settings=wanted, revision=1)[1].channels == ("phone",)
    _, decision = told(event, copy, verdict(copy), settings=wanted, revision=2, told=lambda: {"desk", "phone"})
    assert not decision.tell


def test_what_a_comment_made_a_route_want_is_told_by_the_next_news() -> None:
    wanted = routed(BETTER)
    event, _ = told(None, RUMOUR, verdict(RUMOUR), settings=wanted)
    comment = story(f"Opinion: {RUMOUR.title}", hours=8, outlet="Harbor Wire")
    event, decision = told(event, comment, replace(verdict(comment), nature=Nature.COMMENT), settings=wanted)
    assert not decision.tell
    copy = story(RUMOUR.title, **LATE)
    assert told(event, copy, verdict(copy), settings=wanted)[1].channels == ("desk",)


def _reasons(event: Event) -> tuple[str, ...]:
    return severity.assess(event, SETTINGS, Router(SETTINGS)).severity_reasons


def test_a_name_in_passing_on_a_watchlist_weighs_nothing() -> None:
    passing = story("Quarrystone opens a campus in Lindholm", "Rivals such as Borealis Compute have built there.")
    said = replace(built(passing, "Quarrystone", action=BuildoutAction.OPEN), orgs=("Quarrystone", "Borealis Compute"))
    assert not [why for why in _reasons(grouping.found(passing, said, NOON)) if "watchlist" in why]
    named = story("Quarrystone opens a campus beside that of Borealis Compute")
    said = replace(built(named, "Quarrystone", action=BuildoutAction.OPEN), orgs=("Quarrystone", "Borealis Compute"))
    assert "+2 on watchlist ours" in _reasons(grouping.found(named, said, NOON))


def test_who_joins_a_board_weighs_as_that_and_not_by_the_post_they_keep() -> None:
    joins = story("Quarrystone chief Mara Velling joins the board of Lindholm University")
    seat = move(
        "Mara Velling", MoveAction.BOARD, from_org="Quarrystone", from_role="CEO", to_org="Lindholm University", to_role="board"
    )
    assert "+2 chief officer, partner or director" in _reasons(grouping.found(joins, moved(joins, seat), NOON))
    leaves = replace(seat, to_org="", to_role="", from_role="chair")
    assert "+3 top post" in _reasons(grouping.found(joins, moved(joins, leaves), NOON))
