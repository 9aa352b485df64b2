from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor import grouping, standing
from monitor.grouping import facts
from monitor.model import BuildoutAction, Event, Label, MoveAction, Severity, Status
from monitor.routing import Router, Target, soonest
from monitor.settings.routes import conditions, in_words
from monitor.settings.schema import Channel, Matcher, Route, Settings, Watchlist
from monitor.text import LEGAL_FORMS
from tests.stories import NOON, built, dollars, megawatts, move, moved, story

CHANNELS = {name: Channel(type="stdout") for name in ("a", "b", "c")}


def settings(*routes: Route, **more: object) -> Settings:
    return Settings(channels=CHANNELS, routes=routes, **more)  # type: ignore[arg-type]


def a_move(to: str = "Borealis Compute") -> Event:
    item = story(f"Mara Velling joins {to}")
    who = move("Mara Velling", from_org="Quarrystone", to_org=to, status=Status.REPORTED)
    return grouping.found(item, moved(item, who), NOON)


def a_buildout() -> Event:
    item = story("Borealis Compute builds Lantern campus")
    figures = {"amounts": (dollars("$2 billion", 2e9),), "capacity": (megawatts("400 MW", 400),)}
    return grouping.found(item, built(item, "Borealis Compute", project="Lantern", **figures), NOON)  # type: ignore[arg-type]


def matches(matcher: Matcher, event: Event, **more: object) -> bool:
    return bool(Router(settings(Route(name="r", match=matcher, channels=("a",)), **more)).route(event, now=NOON).channels)


@pytest.mark.parametrize(
    ("matcher", "move_matches", "buildout_matches"),
    [
        (Matcher(), True, True),
        (Matcher(label=(Label.EXECUTIVE_MOVE,)), True, False),
        (Matcher(org=("borealis compute",)), True, True),
        (Matcher(org=("Borealis",)), True, True),
        (Matcher(org=("Boreal",)), False, False),
        (Matcher(from_org=("Quarrystone",)), True, False),
        (Matcher(from_org=("Borealis Compute",)), False, False),
        (Matcher(to_org=("Borealis Compute",)), True, False),
        (Matcher(person=("Velling",)), True, False),
        (Matcher(action=(MoveAction.HIRE, BuildoutAction.LEASE)), True, False),
        (Matcher(status=(Status.CONFIRMED,)), False, True),
        (Matcher(amount_at_least=1e9), False, True),
        (Matcher(amount_at_least=3e9), False, False),
        (Matcher(capacity_at_least=400), False, True),
        (Matcher(severity_at_least=Severity.HIGH), False, False),
        (Matcher(label=(Label.INFRASTRUCTURE,), org=("Quarrystone",)), False, False),
    ],
)
def test_every_condition_must_hold_and_one_name_of_a_list_suffices(
    matcher: Matcher, move_matches: bool, buildout_matches: bool
) -> None:
    assert (matches(matcher, a_move()), matches(matcher, a_buildout())) == (move_matches, buildout_matches)


def test_the_first_route_that_matches_ends_the_search_unless_it_says_continue() -> None:
    first = Route(name="first", channels=("a",))
    assert Router(settings(first, Route(name="second", channels=("b",)))).route(a_move(), now=NOON).channels == ("a",)
    going_on = Route.model_validate({"name": "first", "channels": ["a"], "continue": True})
    routed = Router(settings(going_on, Route(name="second", channels=("b", "a")))).route(a_move(), now=NOON)
    assert routed.channels == ("a", "b")


def test_every_refusal_has_its_reason() -> None:
    route = Route(name="big", match=Matcher(amount_at_least=1e9), channels=("a",))
    routed = Router(settings(route)).route(a_move(), now=NOON)
    assert routed.channels == ()
    assert routed.reasons == ("route big: no, amount $0 is under $1 billion",)


def test_a_disabled_channel_gets_nothing_and_the_reason_says_so() -> None:
    off = Settings(channels={"a": Channel(type="stdout", enabled=False)}, routes=(Route(name="r", channels=("a",)),))
    routed = Router(off).route(a_move(), now=NOON)
    assert routed.channels == ()
    assert "disabled" in routed.reasons[0]


def test_watchlists_hold_organisations_people_and_projects() -> None:
    lists = {
        "ours": Watchlist(orgs=("Quarrystone",)),
        "them": Watchlist(people=("Mara Velling",)),
        "sites": Watchlist(projects=("Lantern",)),
    }
    router = Router(settings(watchlists=lists))
    assert router.watchlists(a_move()) == ("ours", "them")
    assert router.watchlists(a_buildout()) == ("sites",)
    assert matches(Matcher(watchlist=("sites",)), a_buildout(), watchlists=lists)


def test_an_alias_meets_the_name_that_classifiers_give() -> None:
    route = Route(name="r", match=Matcher(to_org=("BorCo",)), channels=("a",))
    names = {"BorCo": "Borealis Compute"}
    assert Router(settings(route), lambda name: names.get(name, name)).route(a_move(), now=NOON).channels == ("a",)
    assert Router(settings(route)).route(a_move(), now=NOON).channels == ()


# -- the tree


def tree(*routes: dict[str, object], **more: object) -> Router:
    return Router(settings(*(Route.model_validate(r) for r in routes), **more))


def test_a_route_inside_another_takes_over_and_has_its_channels_from_it() -> None:
    moves = {"name": "moves", "match": {"label": ["executive_move"]}}
    router = tree({"name": "desk", "channels": ["a"], "routes": [moves | {"routes": [{"name": "top", "channels": ["b"]}]}]})
    assert router.route(a_move(), now=NOON).channels == ("b",)
    assert router.route(a_move(), now=NOON).targets[0].route == "desk / moves / top"
    assert router.route(a_buildout(), now=NOON).channels == ("a",)


def test_where_none_inside_matches_the_route_sends_by_itself() -> None:
    inside = [{"name": "builds", "channels": ["b"], "match": {"label": ["infrastructure"]}}]
    routed = tree({"name": "desk", "channels": ["a"], "routes": inside}).route(a_move(), now=NOON)
    assert routed.channels == ("a",)
    assert routed.reasons == ("route desk: yes", "route desk / builds: no, label is executive_move, wanted infrastructure")


def test_continue_goes_on_inside_as_outside() -> None:
    inside = [{"name": "x", "channels": ["b"], "continue": True}, {"name": "y", "channels": ["c"]}]
    assert tree({"name": "desk", "channels": ["a"], "routes": inside}).route(a_move(), now=NOON).channels == ("b", "c")


@pytest.mark.parametrize(
    ("matcher", "move_matches", "buildout_matches"),
    [
        ({"role": ["CEO"]}, True, False),
        ({"role": ["chief executive officer"]}, True, False),
        ({"role": ["CFO"]}, False, False),
        ({"role_level": ["top"]}, True, False),
        ({"role_level": ["head", "chief"]}, False, False),
        ({"outlet": ["harbor wire"]}, True, True),
        ({"outlet_tier": [2]}, True, True),
        ({"outlet_tier": [1, 3]}, False, False),
        ({"project": ["Lantern"]}, False, True),
        ({"location": ["Lindholm"]}, False, True),
        ({"severity": ["low", "high"]}, False, False),
        ({"q": "velling borealis"}, True, False),
        ({"q": '"builds lantern"'}, False, True),
        ({"q": "build*"}, False, True),
        ({"q": "building lanterns"}, False, True),
        ({"q": "buil"}, False, False),
        ({"q": "…"}, False, False),
        ({"unless": {"label": ["infrastructure"]}}, True, False),
        ({"org": ["Borealis"], "unless": {"role_level": ["top"]}}, False, True),
    ],
)
def test_further_conditions(matcher: dict[str, object], move_matches: bool, buildout_matches: bool) -> None:
    item = story("Mara Velling joins Borealis Compute as chief executive")
    who = move("Mara Velling", from_org="Quarrystone", to_org="Borealis Compute", to_role="chief executive")
    moving = grouping.found(item, moved(item, who), NOON)
    site = story("Borealis Compute builds Lantern campus")
    building = grouping.found(site, built(site, "Borealis Compute", project="Lantern", location="Lindholm, Sweden"), NOON)
    router = tree({"name": "r", "channels": ["a"], "match": matcher}, outlet_tiers={"harbor wire": 2})
    told = [bool(router.route(event, now=NOON).channels) for event in (moving, building)]
    assert told == [move_matches, buildout_matches]


# -- when

NIGHT = {"from": "22:00", "to": "07:00"}
EVENING = NOON.replace(hour=23)
MORNING = NOON.replace(day=3, hour=7)


def severe(event: Event, severity: Severity) -> Event:
    return replace(event, severity=severity)


def one(route: dict[str, object], event: Event | None = None, *, now: datetime = EVENING, first: bool = True) -> Target | None:
    found = tree({"name": "r", "channels": ["a"]} | route).route(event or a_move(), now=now, first=first).targets
    return found[0] if found else None


def test_quiet_hours_hold_until_they_end() -> None:
    assert one({"quiet_hours": NIGHT}) == Target(channel="a", route="r", at=MORNING)
    assert one({"quiet_hours": NIGHT}, now=MORNING) == Target(channel="a", route="r")
    assert one({"quiet_hours": NIGHT, "timezone": "America/New_York"}) == Target(channel="a", route="r")


def test_quiet_hours_can_let_the_severe_through() -> None:
    quiet = {"quiet_hours": NIGHT | {"let_through": "high"}}
    assert [one(quiet, severe(a_move(), s)).at for s in Severity] == [MORNING, MORNING, None, None]  # type: ignore[union-attr]


def test_what_quiet_hours_hold_can_go_out_as_one_digest() -> None:
    quiet = {"quiet_hours": NIGHT | {"then": "digest"}}
    first, second = one(quiet), one(quiet, a_buildout(), now=EVENING + timedelta(hours=3))
    assert first and second and first.at == second.at == MORNING
    assert first.digest == second.digest != ""


def test_a_digest_waits_for_its_hour_and_critical_skips_it() -> None:
    daily = {"digest": "daily 08:00", "timezone": "Europe/Berlin"}
    waits = one(daily)
    assert waits and waits.digest and waits.at == MORNING
    assert one(daily, severe(a_move(), Severity.CRITICAL)) == Target(channel="a", route="r")


def test_a_digest_due_in_quiet_hours_waits_for_their_end() -> None:
    both = {"digest": "hourly", "quiet_hours": NIGHT}
    times = {one(both, now=EVENING + timedelta(minutes=50 * n)) for n in range(9)}
    assert {t.at for t in times if t} == {MORNING}
    assert len({t.digest for t in times if t}) == 1


def test_first_now_rest_in_the_digest() -> None:
    rest = {"mode": "first now, rest in the digest", "digest": "daily 08:00"}
    assert one(rest) == Target(channel="a", route="r")
    later = one(rest, first=False)
    assert later and later.digest and later.at == MORNING.replace(hour=8)


def test_an_urgent_route_inside_one_of_digests_keeps_no_revision_waiting() -> None:
    digests = {"digest": "daily 08:00", "routes": [{"name": "inside", "mode": "now"}]}
    assert one(digests, first=False) == Target(channel="a", route="r / inside")


def test_a_muted_time_tells_nothing_and_says_so() -> None:
    router = tree({"name": "r", "channels": ["a"], "muted_times": {"from": "00:00", "to": "24:00", "days": ["mon"]}})
    routed = router.route(a_move(), now=NOON)
    assert routed.channels == ()
    assert routed.reasons == ("route r: no, muted until 2026-03-03 00:00 UTC",)
    assert router.route(a_move(), now=NOON + timedelta(days=1)).channels == ("a",)


def test_a_channel_of_two_routes_gets_it_once_by_the_sooner() -> None:
    slow = {"name": "slow", "channels": ["a"], "digest": "daily 08:00", "continue": True}
    routed = tree(slow, {"name": "fast", "channels": ["a", "b"]}).route(a_move(), now=NOON)
    assert routed.targets == (Target(channel="a", route="fast"), Target(channel="b", route="fast"))


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 1)])
def test_of_two_that_wait_the_sooner_reaches_the_channel(one: int, other: int) -> None:
    waiting = [Target(channel="a", route=f"r{n}", at=NOON + timedelta(hours=n)) for n in (one, other)]
    assert [target.route for target in soonest(waiting)] == ["r1"]
    assert soonest([*waiting, Target(channel="a", route="now")])[0].route == "now"


def test_a_route_inside_has_the_hours_of_the_one_around_it_unless_it_says_otherwise() -> None:
    inside = [
        {"name": "moves", "match": {"label": ["executive_move"]}},
        {"name": "builds", "quiet_hours": [], "mode": "now"},
    ]
    router = tree({"name": "r", "channels": ["a"], "quiet_hours": NIGHT, "timezone": "UTC", "routes": inside})
    assert router.route(a_move(), now=EVENING).targets[0].at == MORNING
    assert router.route(a_buildout(), now=EVENING).targets[0].at is None


def test_a_search_is_a_matcher() -> None:
    words = 'org:Borealis severity>=high amount>=1.5bn status:confirmed status:reported "data center"'
    assert Matcher.model_validate(words) == Matcher(
        org=("Borealis",),
        severity_at_least=Severity.HIGH,
        amount_at_least=1.5e9,
        status=(Status.CONFIRMED, Status.REPORTED),
        q='"data center"',
    )
    assert Matcher.model_validate("q:data center").q == "data center"
    several = Matcher.model_validate("severity:low severity>=high").severity
    assert several == (Severity.LOW, Severity.HIGH, Severity.CRITICAL), "of several any suffices, as in lists"
    with pytest.raises(ValueError, match="lists of them"):
        Matcher.model_validate("since:7d")
    with pytest.raises(ValueError, match="expected a search"):
        Matcher.model_validate("colour:red")


@pytest.mark.parametrize("form", sorted(LEGAL_FORMS))
def test_a_legal_form_makes_no_other_firm(form: str) -> None:
    """Neither to routes, nor to what is counted, nor to grouping."""
    full = f"Borealis {form.upper()}"
    assert matches(Matcher(org=(full,)), a_move("Borealis"))
    assert matches(Matcher(org=("Borealis",)), a_move(full))
    assert standing.org_key(full) == facts.loose_key(full) == "borealis"


def test_whom_nothing_but_the_legal_form_names_is_wanted_by_it() -> None:
    assert matches(Matcher(org=("EQT Corp",)), a_move("EQT Corporation"))
    assert not matches(Matcher(org=("EQT Corp",)), a_move("EQT"))


def test_in_the_names_of_people_a_legal_form_is_a_name() -> None:
    assert not matches(Matcher(person=("Se Velling",)), a_move())
    assert matches(Matcher(person=("Mara Velling",)), a_move())


@pytest.mark.parametrize(
    "words", ['org:Meta severity>=high "data center"', "from:Globex to:Acme status:rumored", "amount>=5000000000 search:meta"]
)
def test_conditions_are_told_as_a_search_says_them(words: str) -> None:
    assert conditions(in_words(conditions(words))) == conditions(words)
    assert (
        in_words({"role_level": ["top"], "unless": conditions(words)}) == f"role_level:top unless ({in_words(conditions(words))})"
    )
