from __future__ import annotations

import pytest

from monitor import grouping
from monitor.model import BuildoutAction, Event, Label, MoveAction, Severity, Status
from monitor.routing import Router
from monitor.settings.schema import Channel, Matcher, Route, Settings, Watchlist
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
    return bool(Router(settings(Route(name="r", match=matcher, channels=("a",)), **more)).route(event).channels)


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
    assert Router(settings(first, Route(name="second", channels=("b",)))).route(a_move()).channels == ("a",)
    going_on = Route.model_validate({"name": "first", "channels": ["a"], "continue": True})
    routed = Router(settings(going_on, Route(name="second", channels=("b", "a")))).route(a_move())
    assert routed.channels == ("a", "b")


def test_every_refusal_has_its_reason() -> None:
    route = Route(name="big", match=Matcher(amount_at_least=1e9), channels=("a",))
    routed = Router(settings(route)).route(a_move())
    assert routed.channels == ()
    assert routed.reasons == ("route big: no, amount 0 USD is under 1e+09",)


def test_a_disabled_channel_gets_nothing_and_the_reason_says_so() -> None:
    off = Settings(channels={"a": Channel(type="stdout", enabled=False)}, routes=(Route(name="r", channels=("a",)),))
    routed = Router(off).route(a_move())
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
    assert Router(settings(route), lambda name: names.get(name, name)).route(a_move()).channels == ("a",)
    assert Router(settings(route)).route(a_move()).channels == ()
