"""Sites of one firm in two towns, and deals of one firm with two others: what stories tell apart reaches the user as an event of
its own, and one site or deal by two names is told once."""

from __future__ import annotations

import pytest

from monitor.grouping.towns import Town, further, town_of
from tests.grouping.placing import events_of
from tests.pipelines import lived
from tests.stories import story

ABILENE = "Corvid Systems to build data center in Abilene, Texas / Corvid Systems will build on 200 acres."
YOUNGSTOWN = "Corvid Systems to build data center in Youngstown, Ohio / Work starts in spring."
LEASE = "Harrow Land leases 200 MW data center to Skagen Compute / The lease runs for 15 years."


@pytest.mark.parametrize(
    ("hours", "first", "then"),
    [
        (3, ABILENE, "Corvid Systems to build data center in Amarillo, Texas / It will build on the north side."),
        (3, ABILENE, "Corvid Systems to build data center in Amarillo, TX / It will build on the north side."),
        (
            3,
            "Corvid Systems to Build Data Center Near St. Cloud, Minn. / It will build on 200 acres.",
            "Corvid Systems to Build Data Center Near Duluth, Minnesota / The site is an old mill.",
        ),
        (
            3,
            "Corvid Systems plans data center campus outside Abilene / It will build on 200 acres.",
            "Corvid Systems plans data center campus outside Amarillo / The site is an old mill.",
        ),
        (
            3,
            "Corvid Systems to build data center in South Bend, Indiana / It will build on 200 acres.",
            "Corvid Systems to build data center in Fort Wayne, Indiana / The site is an old mill.",
        ),
        (
            24,
            "Corvid Systems breaks ground on Amarillo, Texas data center / The site is an old mill.",
            "Corvid Systems breaks ground on Abilene, Texas data center / It will build on 200 acres.",
        ),
        (48, ABILENE, "After its Abilene campus, Corvid Systems picks Amarillo for a second data center / It is an old mill."),
        (24, ABILENE, "Corvid Systems follows Abilene campus with second data center in Amarillo / The site is an old mill."),
        (48, ABILENE, "Corvid Systems plans second Texas data center, in Amarillo / It is building one in Abilene already."),
        (24, ABILENE, "Corvid Systems to build another Texas data center, this time in Amarillo / The site is an old mill."),
        (
            24,
            "Corvid Systems to build 200 MW data center in Abilene / It will build on 200 acres.",
            "Corvid Systems to build 500 MW data center near Amarillo / The site is an old mill.",
        ),
        (
            5,
            "Corvid Systems to spend $4 billion on chip plant in Syracuse, New York / Work starts soon.",
            "Corvid Systems to spend $9 billion on chip plant in Buffalo, New York / It will open in 2030.",
        ),
        (
            60,
            "Corvid Systems to build data center in Odense, Denmark / It will build on the harbor.",
            "Corvid Systems to build data center in Aarhus, Denmark / The site is an old mill.",
        ),
        (60, "Corvid Systems to build data center in Odense / At the harbor.", "Corvid Systems to build data center in Aarhus"),
        (
            6,
            "Planning board rejects data center in Quill Falls, Georgia / Residents had fought it.",
            "Planning board rejects data center in Marrow Bay, Georgia / Neighbors cheered.",
        ),
        (
            6,
            "Planning board rejects data center in Quill Falls, Georgia / Residents had fought it.",
            "Planning board rejects data center in Marrow Bay, Ohio / Neighbors cheered.",
        ),
        (
            5,
            "Corvid Systems to build data center in Abilene, Texas / The site lies in Taylor County.",
            "Corvid Systems to build data center in Amarillo, Texas / Potter County gives it a tax break.",
        ),
        (
            5,
            "Corvid Systems to build data center in Abilene, Texas / The site lies in Taylor County.",
            "Corvid Systems to build second data center in Tye, Texas / Taylor County gives it a tax break.",
        ),
        (20, ABILENE, "Corvid Systems cancels data center in Amarillo, Texas / The grid had no room for it."),
        (20, ABILENE, "Amarillo council approves Corvid Systems data center / It had been put off twice."),
        (
            24,
            "Corvid Systems leases 200 MW data center in Abilene, Texas, from Harrow Land / It is done.",
            "Corvid Systems leases 150 MW data center in Amarillo, Texas, from Harrow Land / It is done.",
        ),
    ],
)
def test_a_second_site_is_an_event_of_its_own(hours: float, first: str, then: str) -> None:
    assert events_of(hours, (first, then)) == [0, 1]


@pytest.mark.parametrize(
    ("hours", "first", "then"),
    [
        (5, YOUNGSTOWN, "Corvid Systems to build data center in Lordstown, Ohio / The site is near Youngstown."),
        (5, "Corvid Systems to build data center in Lordstown, Ohio / The site is near Youngstown.", YOUNGSTOWN),
        (
            5,
            YOUNGSTOWN.replace("in Young", "near Young"),
            "Corvid Systems to build data center in Lordstown, Ohio / Work begins.",
        ),
        (30, YOUNGSTOWN, "Corvid Systems picks Lordstown, near Youngstown, for second Ohio data center / Work begins."),
        (
            5,
            "Corvid Systems to spend $4 billion on chip plant in Clay, New York / Work starts soon.",
            "Corvid Systems to spend $4 billion on chip plant in Syracuse, New York / It will open in 2030.",
        ),
        (
            5,
            "Corvid Systems to build chip plant in Clay, New York / It brings 3,000 jobs.",
            "Corvid Systems to build chip plant in Syracuse, New York / Some 3,000 jobs will follow.",
        ),
        (5, YOUNGSTOWN, "Corvid Systems to build data center in Youngstown Township, Ohio / Work begins."),
        (5, YOUNGSTOWN, "Corvid Systems to build data center in Mahoning County, Ohio / Work begins."),
        (5, "Corvid Systems to build data center in Amarilo, Texas", "Corvid Systems to build data center in Amarillo, Texas"),
        (
            5,
            "Corvid Systems to build data centers in Abilene and Amarillo, Texas / Work starts soon.",
            "Corvid Systems to build data center in Amarillo, Texas / Work begins.",
        ),
        (
            5,
            "Corvid Systems to build data center in Dholera, India / Work starts soon.",
            "Corvid Systems to build data center in Gujarat, India / Work begins.",
        ),
        (5, "Corvid Systems to build data center in Bavaria / Soon.", "Corvid Systems to build data center in Munich / Soon."),
        (5, "Corvid Systems opens first EU data center / It hums.", "Corvid Systems opens data center in Dublin / It hums."),
        (60, "Corvid Systems opens first EU data center / It hums.", "Corvid Systems opens data center in Dublin / It hums."),
        (
            5,
            "Dallas data center firm Corvid Systems to build campus / Work starts soon.",
            "Corvid Systems to build campus in Amarillo, Texas / Work begins.",
        ),
        (
            5,
            "Corvid Systems data center in Coweta, Okla., is halted / A ruling came on Monday.",
            "Judge in Tulsa, Okla., halts Corvid Systems data center / The ruling came on Monday.",
        ),
        (
            5,
            "Corvid Systems to build data center in Abilene, Texas / The site lies in Taylor County.",
            "Corvid Systems plans data center in Tye, Texas / Taylor County gives it a tax break.",
        ),
        (
            5,
            "Corvid Systems files plans for Project Sail data center in Abilene, Texas / Work starts soon.",
            "Corvid Systems to build Project Sail data center in Tye, Texas / The council is for it.",
        ),
        (
            50,
            "Corvid Systems picks Amarillo for second Texas data center / Work starts soon.",
            "Corvid Systems to build another Texas data center in Amarillo / Work begins.",
        ),
    ],
)
def test_what_may_be_one_site_by_two_names_is_told_once(hours: float, first: str, then: str) -> None:
    assert events_of(hours, (first, then)) == [0, 0]


def test_further_coverage_goes_to_its_own_site() -> None:
    told = (
        "Corvid Systems plans Texas data center / It will build on 200 acres.",
        ABILENE,
        "Corvid Systems to build data center in Amarillo, Texas / The site is an old mill.",
        "Corvid Systems picks Amarillo for second Texas data center after Abilene / The old mill is gone.",
        "Corvid Systems to build data center in Abilene, Texas / Work starts in spring.",
    )
    assert events_of(3, told) == [0, 0, 1, 1, 0]


@pytest.mark.parametrize(
    ("hours", "first", "then"),
    [
        (24, LEASE, "Harrow Land leases 300 MW data center to Borealis Cloud / The lease runs for 12 years."),
        (72, LEASE, "Harrow Land leases another 300 MW data center to Skagen Compute / The lease runs for 12 years."),
        (72, LEASE, "Harrow Land signs second data center lease with Skagen Compute, for 300 MW / It is for 12 years."),
        (
            72,
            "Harrow Land signs data center lease with Skagen Compute / The lease runs for 15 years.",
            "Harrow Land signs data center lease with Borealis Cloud / It is for one building.",
        ),
        (
            72,
            "Corvid Systems signs $3 billion deal to rent data center capacity from Skagen Compute / It runs for 5 years.",
            "Corvid Systems signs $9 billion deal to rent data center capacity from Borealis Cloud / It runs for 6 years.",
        ),
        (
            60,
            "Corvid Systems signs 400 MW power deal with Skagen Energy for data centers / It runs for 20 years.",
            "Corvid Systems signs 900 MW power deal with Borealis Power for data centers / It runs for 15 years.",
        ),
        (
            72,
            "Corvid Systems to build 200 MW data center in Texas / Work starts soon.",
            "Corvid Systems to build second Texas data center, of 500 MW / It is for training.",
        ),
    ],
)
def test_another_deal_is_an_event_of_its_own(hours: float, first: str, then: str) -> None:
    assert events_of(hours, (first, then)) == [0, 1]


@pytest.mark.parametrize(
    ("hours", "first", "then"),
    [
        (3, "Harrow Land signs data center lease with Skagen Compute", "Harrow Land signs data center lease with Borealis Cloud"),
        (
            60,
            "Harrow Land signs $3 billion data center lease with Skagen Compute / The lease runs for 15 years.",
            "Harrow Land signs $3 billion data center lease with Borealis Cloud / It is for one building.",
        ),
        (
            60,
            "Harrow Land signs 200 MW data center lease with Skagen Compute / Skagen rents it for Borealis Cloud.",
            "Harrow Land signs 300 MW data center lease with Borealis Cloud / It is for one building.",
        ),
        (60, LEASE, "Harrow Land expands data center lease with Skagen Compute to 300 MW / Both firms said so."),
        (5, LEASE, "Harrow Land leases another 300 MW data center to Skagen Compute / The lease runs for 12 years."),
        (
            72,
            "Corvid Systems to build 200 MW data center in Texas / Work starts soon.",
            "Corvid Systems to build 500 MW second phase of Texas data center / It is for training.",
        ),
    ],
)
def test_one_deal_by_two_names_or_grown_is_told_once(hours: float, first: str, then: str) -> None:
    assert events_of(hours, (first, then)) == [0, 0]


@pytest.mark.parametrize(("hours", "kind"), [(3, "correction"), (72, "capacity")])
def test_what_a_better_outlet_says_of_a_deal_days_later_corrects_nothing(hours: float, kind: str) -> None:
    more = "Harrow Land leases 300 MW data center to Skagen Compute / The lease runs for 15 years."
    first, then = (one.partition(" / ") for one in (LEASE, more))
    steps = lived(
        [
            story(first[0], first[2], outlet="x.example"),
            story(then[0], then[2], hours=hours, outlet="Release Line"),
        ]
    )
    event = steps[-1].event
    assert event is not None and event.buildout is not None
    assert [(c.kind, c.before, c.after) for c in event.timeline[1:]] == [(kind, "200 MW", "300 MW")]
    assert steps[-1].decision.tell
    assert [q.text for q in event.buildout.capacity] == (["300 MW"] if kind == "correction" else ["200 MW", "300 MW"])


@pytest.mark.parametrize(
    ("title", "place", "town"),
    [
        ("Corvid plans campus outside Abilene, Texas", "", Town("abilene", near=True, sure=True)),
        ("Corvid plans campus in St. Cloud, Minn.", "", Town("st. cloud", near=False, sure=True)),
        ("Corvid plans campus in West Lafayette, Ind.", "", Town("west lafayette", near=False, sure=True)),
        ("Corvid plans Abilene campus", "abilene", Town("abilene", near=False, sure=False)),
        ("Corvid picks Slough for campus", "slough, uk", Town("slough", near=False, sure=False)),
        ("Quill Falls city council rejects campus", "quill falls", Town("quill falls", near=False, sure=True)),
        ("Corvid plans campus in West Texas", "west texas", None),
        ("Corvid plans campus in Quill County, Texas", "quill county, texas", None),
        ("Corvid plans campus in Texas", "texas", None),
        ("Corvid plans campus in Norway", "norway", None),
        ("Corvid, based in Austin, Texas, plans campus", "", None),
        ("Corvid plans campuses in Waco, Texas, and in Tulsa, Oklahoma", "", None),
        ("Corvid's Abilene troubles grow", "abilene", None),
    ],
)
def test_the_town_a_headline_gives(title: str, place: str, town: Town | None) -> None:
    assert town_of(title, place) == town


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Corvid plans second Texas data center", True),
        ("Corvid leases another 300 MW", True),
        ("Corvid also to build in Waco", True),
        ("Corvid signs third lease with Harrow", True),
        ("Corvid plans new Texas data center", False),
        ("Corvid plans second phase of Texas data center", False),
        ("Corvid plans second-largest data center", False),
        ("Corvid plans next-generation data center", False),
        ("Corvid's second quarter lifted by data center", False),
    ],
)
def test_a_headline_says_that_there_was_one_before(title: str, said: bool) -> None:
    assert further(title) is said
