"""Two sites of one firm on one day: each reaches the user once, and one site by two names is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from monitor.backtest import Index, take
from monitor.classify import lexicon, load_classifier
from monitor.grouping.atlas import Height, Site, apart, names, other_town, sites
from monitor.model import BuildoutAction, Story, Verdict
from monitor.notify.message import change_line
from monitor.pipeline import Step
from monitor.routing import Router
from monitor.settings.schema import Channel, Route, Settings
from tests.stories import built, dollars, story

SETTINGS = Settings(channels={"desk": Channel(type="stdout")}, routes=(Route(name="all", channels=("desk",)),))
TULSA, FARGO = "Corvid Systems to build data center in Tulsa", "Corvid Systems plans data center in Fargo"
Told = tuple[Story, Verdict]


def site(title: str, place: str, *, hours: float = 0, summary: str = "", action: BuildoutAction = BuildoutAction.BUILD) -> Told:
    one = story(title, summary, hours=hours, outlet=f"Outlet {hours}")
    return one, built(one, "Corvid Systems", action=action, location=place)


def lived(*stories: Told) -> list[Step]:
    index, router = Index(), Router(SETTINGS)
    return [take(one, verdict, index, SETTINGS, router) for one, verdict in stories]


def events_of(steps: list[Step]) -> int:
    return len({step.event.id for step in steps if step.event})


def said(steps: list[Step]) -> list[tuple[str, ...]]:
    return [step.decision.reasons[:1] if step.decision.tell else () for step in steps]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        (FARGO, "Fargo"),
        ("Corvid Systems plans data center in Quill Falls, Kansas", "Quill Falls, Kansas"),
        ("Corvid Systems plans data center in Sweden", "Sweden"),
    ],
)
def test_a_second_site_in_another_state_or_country_is_an_event_of_its_own(title: str, place: str) -> None:
    steps = lived(site(TULSA, "Tulsa"), site(title, place, hours=1))
    assert events_of(steps) == 2
    assert said(steps) == [("first sight of the event",)] * 2
    assert steps[1].related, "it is linked to the first"


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Corvid Systems to build data center in Oklahoma", "Oklahoma"),
        ("Corvid Systems to build US data center", "US"),
        ("Corvid Systems to build data center in Tulsa County", "Tulsa County"),
        ("Corvid Systems to build data center in Quill County", "Quill County"),
        ("Corvid Systems to build data center in the Midwest", "Midwest"),
        ("Corvid Systems to build data center, its largest yet", "Fargo"),  # of the summary: it may be the firm's seat
        ("Corvid Systems of Dallas to build Oklahoma data center", "Dallas"),
        ("Corvid Systems plans Oklahoma data center, its first outside Texas", "Texas"),
        ("Corvid Systems expands from Texas to Oklahoma with data center", "Texas"),
    ],
)
def test_what_may_be_the_same_site_is_told_once(title: str, place: str) -> None:
    steps = lived(site(TULSA, "Tulsa"), site(title, place, hours=1))
    assert events_of(steps) == 1
    assert said(steps) == [("first sight of the event",), ()]


def test_a_story_that_names_both_sites_is_an_update_of_one_event() -> None:
    both = site("Corvid Systems to build data centers in Tulsa and Fargo", "Tulsa and Fargo", hours=1)
    steps = lived(site(TULSA, "Tulsa"), both, site(FARGO, "Fargo", hours=2))
    assert events_of(steps) == 1
    assert said(steps) == [("first sight of the event",), ("site: Fargo",), ()]
    assert steps[-1].event is not None and steps[-1].event.buildout is not None
    assert steps[-1].event.buildout.location == "Tulsa and Fargo"


def test_a_story_of_both_sites_tells_nothing_new_where_each_had_its_event() -> None:
    both = site("Corvid Systems to build data centers in Tulsa and Fargo", "Tulsa and Fargo", hours=2)
    steps = lived(site(TULSA, "Tulsa"), site(FARGO, "Fargo", hours=1), both)
    assert said(steps) == [("first sight of the event",), ("first sight of the event",), ()]


def test_a_site_that_the_other_story_knows_of_is_an_update() -> None:
    later = site(FARGO, "Fargo, North Dakota", hours=1, summary="The campus follows the one it is to build in Tulsa.")
    steps = lived(site(TULSA, "Tulsa"), later)
    assert events_of(steps) == 1
    assert said(steps)[1] == ("site: Fargo, North Dakota",)


def test_one_sum_for_two_sites_is_one_plan_and_an_update() -> None:
    (first, _), (second, _) = site(TULSA, "Tulsa"), site(FARGO, "Fargo", hours=1)
    two = dollars("$2 billion", 2e9)
    steps = lived(
        (first, built(first, "Corvid Systems", location="Tulsa", amounts=(two,))),
        (second, built(second, "Corvid Systems", location="Fargo", amounts=(two,))),
    )
    assert events_of(steps) == 1
    assert said(steps)[1] == ("site: Fargo",)


def test_a_site_told_beside_the_state_of_the_other_is_an_update() -> None:
    steps = lived(site(TULSA, "Tulsa"), site("Corvid Systems picks Kansas for data center after Oklahoma", "Kansas", hours=1))
    assert events_of(steps) == 1
    assert said(steps)[1] == ("site: Kansas",)


def test_another_town_of_the_same_state_is_an_update() -> None:
    steps = lived(site(TULSA, "Tulsa"), site("Corvid Systems plans data center in Lawton, Oklahoma", "Lawton, Oklahoma", hours=1))
    assert said(steps)[1] == ("site: Lawton, Oklahoma",)


def test_another_town_that_may_be_a_neighbour_is_an_update_once() -> None:
    oak = "Corvid Systems plans data center in Quillsby"
    steps = lived(site(TULSA, "Tulsa"), site(oak, "Quillsby", hours=1), site(oak + ", filings show", "Quillsby", hours=2))
    assert events_of(steps) == 1
    assert said(steps)[1:] == [("site: Quillsby",), ()]


def test_a_town_told_beside_a_larger_one_is_no_second_site() -> None:
    first = site(TULSA, "Tulsa", summary="The campus is to rise in Quillsby, a suburb of Tulsa.")
    steps = lived(first, site("Corvid Systems plans data center in Quillsby", "Quillsby", hours=1))
    assert said(steps) == [("first sight of the event",), ()]


def test_a_site_that_is_given_up_stops_no_other() -> None:
    steps = lived(
        site(TULSA, "Tulsa"), site("Corvid Systems scraps data center in Fargo", "Fargo", hours=1, action=BuildoutAction.CANCEL)
    )
    assert events_of(steps) == 2
    assert steps[0].event is not None and steps[0].event.buildout is not None
    assert steps[0].event.buildout.action == BuildoutAction.BUILD


@pytest.mark.parametrize("action", [BuildoutAction.POLICY, BuildoutAction.OPPOSE, BuildoutAction.OTHER])
def test_only_who_builds_or_buys_has_sites(action: BuildoutAction) -> None:
    """A cable between two countries is damaged for both."""
    steps = lived(
        site("Corvid cable off Sweden damaged", "Sweden", action=action),
        site("Corvid cable off Estonia damaged", "Estonia", action=action, hours=1),
    )
    assert events_of(steps) == 1
    assert said(steps)[1] == ()


def test_as_the_classifier_reads_them_both_sites_are_told() -> None:
    classifier, stories = (
        load_classifier(),
        [story(t, hours=n, outlet=f"Outlet {n}") for n, t in enumerate((TULSA, FARGO, TULSA))],
    )
    steps = lived(*((one, classifier.classify(one)) for one in stories))
    assert said(steps) == [("first sight of the event",), ("first sight of the event",), ()]


def test_a_site_is_said_as_what_it_is() -> None:
    step = lived(
        site(TULSA, "Tulsa"), site("Corvid Systems to build data centers in Tulsa and Fargo", "Tulsa and Fargo", hours=1)
    )[1]
    assert [change_line(change) for change in step.decision.changes] == ["another site: Fargo"]


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("Tulsa, Okla., and Fargo", [("tulsa", "oklahoma"), ("fargo", "north dakota")]),
        ("UAE, Bahrain", [("united arab emirates", ""), ("bahrain", "")]),
        ("Athens, Georgia", [("athens", "georgia")]),
        ("Hill County, Texas", [("hill county", "texas")]),
        ("Northern Virginia", [("northern virginia", "virginia")]),
        ("Castile and León", [("castile and leon", "castile and leon")]),
        ("Dublin, Ohio and Iowa", [("dublin", "ohio"), ("iowa", "iowa")]),
        ("Quillsby", [("quillsby", "")]),
    ],
)
def test_a_slot_is_read_as_its_sites(location: str, found: list[tuple[str, str]]) -> None:
    assert [(s.name, s.region) for s in sites(location)] == found


def test_two_letters_are_a_place_only_as_capitals() -> None:
    (land,) = sites("US")
    assert names("Corvid to expand in the US", land) and names("United States permits", land)
    assert not names("They tell us of a data center", land)


@given(some.sampled_from(sorted(lexicon.place_names())), some.sampled_from(sorted(lexicon.place_names())))
def test_places_are_apart_both_ways_and_never_from_what_holds_them(a: str, b: str) -> None:
    one, other = sites(a)[0], sites(b)[0]
    assert apart(one, other) == apart(other, one)
    assert other_town(one, other) == other_town(other, one)
    assert not apart(one, one)
    for name in filter(None, (one.region, one.country)):
        assert not apart(one, sites(name)[0])


@given(some.text(max_size=60))
def test_any_slot_is_read(text: str) -> None:
    found = sites(text)
    assert all(isinstance(s, Site) for s in found)
    assert not any(apart(s, s) for s in found)


def test_every_region_and_country_of_the_lexicon_has_its_place() -> None:
    """A state or country taken for a town would be told as a second site of its own towns."""
    wide = {
        "texas",
        "ohio",
        "bavaria",
        "ontario",
        "gujarat",
        "us",
        "uk",
        "uae",
        "south korea",
        "europe",
        "midwest",
        "middle east",
    }
    assert not {name for name in wide if sites(name)[0].height == Height.TOWN}
    unknown = [n for n in lexicon.demonyms().values() if sites(n)[0].height < Height.COUNTRY and sites(n)[0].country == ""]
    assert unknown == []


def test_a_week_apart_the_sites_are_two_events_anyway() -> None:
    steps = lived(site(TULSA, "Tulsa"), site(FARGO, "Fargo", hours=timedelta(days=9).total_seconds() / 3600))
    assert events_of(steps) == 2
