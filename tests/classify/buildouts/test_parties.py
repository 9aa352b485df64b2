"""Names that no list has: who opens a headline with a deed, whom it is done with, councils, and what a project is called."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.classify import load_classifier
from monitor.classify.buildouts.bodies import is_body
from monitor.classify.buildouts.org_features import features_of
from monitor.classify.buildouts.orgs import chosen
from monitor.classify.weights.crossed import Rows
from monitor.model import Buildout, FeedId, Label, Story, StoryId
from tests.classify.buildouts.test_infrastructure import reading


@pytest.fixture(scope="module")
def classifier():  # type: ignore[no-untyped-def]
    return load_classifier(encoder="off")


def buildout(classifier, title: str, summary: str = "") -> Buildout:  # type: ignore[no-untyped-def]
    story = Story(
        id=StoryId("1"), feed_id=FeedId("f"), url="", title=title, summary=summary, first_seen=datetime(2026, 1, 1, tzinfo=UTC)
    )
    match = next(m for m in classifier.classify(story).matches if m.label is Label.INFRASTRUCTURE)
    assert match.buildout is not None
    return match.buildout


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("Quillmark leases 40 MW data center in Tulsa to Vexley", ("Quillmark", "Vexley")),
        ("Quillmark signs $2 billion compute deal with Vexley", ("Quillmark", "Vexley")),
        ("Quillmark Acquires Vexley in $2 Billion Deal to Expand Data Center Capacity", ("Quillmark", "Vexley")),
        ("Quill County Council votes to ban new data centers", ("Quill County Council",)),
        ("Quillsby City Council Rejects Oracle's 300-Megawatt Data Center Plan", ("Quillsby City Council", "Oracle")),
        ("Oracle to Supply 20 MW to Quillmark Data Center in Ohio", ("Oracle",)),
        ("Amazon-backed Crusoe raises $1 billion for AI data centers", ("Amazon", "Crusoe")),
        ("Chile's Quillmark, Vexley to build 40 MW data center", ("Quillmark", "Vexley")),
        ("Oracle picks Vexley, Quillmark for 40 MW data center", ("Vexley", "Quillmark")),
        ("Oracle to supply 40 MW to Quillmark's Ohio data center", ("Quillmark",)),
        (
            "Oracle to spend $2 billion on data center, with money from Goldman Sachs, Quillmark and Vexley",
            ("Quillmark", "Vexley"),
        ),
        ("Pension giant Quillmark backs Ohio data center builder with $2 billion", ("Quillmark",)),
        ("Exclusive: Quillmark to build 40 MW data center", ("Quillmark",)),
        ("Ohio approves $2 billion data center by Quillmark Group", ("Ohio", "Quillmark Group")),
        ("City of Quillsby sues to stop data center's wells", ("City of Quillsby",)),
        ("Norway picks Narvik for national AI data center", ("Norway",)),
        ("Sovereign compute: Norway to stop approving data centres without heat reuse", ("Norway",)),
        ("'Not here': Ohio ranchers organise against data center", ("Ohio ranchers",)),
    ],
)
def test_who_does_it_and_with_whom(classifier, title: str, orgs: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    found = buildout(classifier, title).orgs
    assert set(orgs) <= set(found)
    assert not any(name.endswith(("Data Center", "Rejects", "Votes")) for name in found)


@pytest.mark.parametrize(
    ("title", "summary", "orgs"),
    [
        ("Quillmark buys Oslo data center for €40m", "The seller was Ostrava Data.", ("Quillmark", "Ostrava Data")),
        ("Quillmark joins €70m financing for Oslo data center", "The lenders also include VXB and Hollin Bank.", 
         ("Quillmark", "VXB", "Hollin Bank")),
        ("Work begins on subsea cable to Oslo", "The system is backed by Quillmark and Basque telecom operator Vexley.",
         ("Quillmark", "Vexley")),
        ("Data center bill may fall on Entergy customers", "The Alliance for Fair Rates says the data center needs three plants.",
         ("Entergy", "Alliance for Fair Rates")),
        ("Sierra Compute leases 40 MW data center in Ohio", "", ("Sierra Compute",)),
        ("Crusoe rival Quillmark to build 40 MW data center", "", ("Quillmark",)),
        ("CoreWeave competitor Quillmark to build 40 MW data center", "", ("Quillmark",)),
        ("Neocloud Quillmark files for IPO", "It rents out room in data centers with 4,000 Nvidia GPUs.", ("Quillmark",)),
    ],
)  # fmt: skip
def test_all_who_do_it_and_none_who_are_only_spoken_of(classifier, title: str, summary: str, orgs: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert set(buildout(classifier, title, summary).orgs) == set(orgs)


def test_a_town_is_told_with_its_kind_where_capitals_say_so() -> None:
    assert is_body("City of Quillsby")
    assert is_body("Coalition for Clean Rivers")
    assert not is_body("Quillsby")


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("Quillsby council bans new data centers after protests", ("Quillsby council",)),
        ("Ohio residents oppose Oracle's $1 billion data center", ("Ohio residents", "Oracle")),
        ("Oregon county approves tax break for Oracle data center", ("Oregon county", "Oracle")),
        ("'Not here': Quill County voters reject data center campus", ("Quill County voters",)),
        ("Dutch town formally rejects Oracle's data center campus", ("Dutch town", "Oracle")),
        ("Oracle officials defend data center in Ohio", ("Oracle",)),
        ("Alberta approves Oracle data center", ("Alberta", "Oracle")),
        ("Alberta data centers drive power demand", ()),
        ("Denver city council adopts data center moratorium", ("Denver city council",)),
        ("Arizona utility regulators approve Oracle data center", ("Arizona utility regulators", "Oracle")),
        ("Reliance's Jio to build 1 GW data center in Jamnagar", ("Reliance", "Jio")),
        ("Singtel's Nxera opens data center in Johor", ("Singtel", "Nxera")),
    ],
)
def test_who_of_a_place(classifier, title: str, orgs: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    """A place does nothing itself: its council, its lawmakers, its residents do."""
    assert buildout(classifier, title).orgs == orgs


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("AEP Ohio asks for new data center tariff", ("AEP Ohio",)),
        ("Talen Ohio data center queue shrinks to 13 GW", ("Talen",)),
        ("BT Ireland, Oracle to build data centre in Dublin", ("BT Ireland", "Oracle")),
        ("Oracle Climate Ventures buys data center in Ohio", ("Oracle Climate Ventures",)),
        ("Microsoft Ohio campus to add data centers", ("Microsoft",)),
        ("Illinois Farm Bureau opposes tax break for data centers", ("Illinois Farm Bureau",)),
        ("Macquarie cuts Equinix to neutral as data center demand cools", ("Equinix",)),
        ("Oracle to buy UPS gear for data center in Tulsa, Okla.", ("Oracle",)),
    ],
)
def test_known_names_that_go_on(classifier, title: str, orgs: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    """With a place or a firm's last word behind it a known name is that of an arm."""
    assert buildout(classifier, title).orgs == orgs


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("Oracle faces backlash over Project Jupiter data center in Ohio", "Project Jupiter"),
        ("Oracle Faces Backlash over Project Quill Data Center in Ohio", "Project Quill"),
        ("Oracle withdraws Project Silver Quill data center in Ohio", "Project Silver Quill"),
        ("Oracle Starts Construction of Project Quill, a 40 MW Data Center Campus in Ohio", "Project Quill"),
        ("Oracle signs nuclear deals to power Prometheus AI supercluster", "Prometheus"),
        ("Oracle Data Center Project Faces Delays in Ohio", ""),
        ("Oracle to add 40 MW at its Texas Campus", ""),
        ("Oracle delays data center in Homer City, Pennsylvania", ""),
        ("Echo Halloran says Oracle builds a data center in Ohio", ""),
    ],
)
def test_what_a_project_is_called(classifier, title: str, project: str) -> None:  # type: ignore[no-untyped-def]
    assert buildout(classifier, title).project == project


@pytest.mark.parametrize(
    ("title", "org"),
    [
        ("Bergen Park council bans data centers after revolt", "Bergen Park council"),
        ("Quillon supervisors end by-right zoning for data centers", "Quillon supervisors"),
        ("Trump administration clears four federal sites for AI data centers", "Trump administration"),
        ("Iowa county approves $165 million bonds for data center", "Iowa county"),
    ],
)
def test_who_of_a_place_acts_is_told_with_it(classifier, title: str, org: str) -> None:  # type: ignore[no-untyped-def]
    assert org in buildout(classifier, title).orgs


@pytest.mark.parametrize(
    ("title", "org", "place"),
    [
        ("Tulsa Quillmark delays second fab by a year", "Tulsa Quillmark", ""),
        ("Osaka Cloud opens data center in Peru", "Osaka Cloud", "Peru"),
        ("Oracle signs 40 MW data center lease with Boise Data", "Boise Data", ""),
        ("Austin Compute leases 40 MW to Anthropic", "Austin Compute", ""),
        ("Georgia PSC approves data center rates", "Georgia PSC", "Georgia"),
        ("Memphis Supercluster to get 150 MW", "Memphis Supercluster", "Memphis"),
    ],
)
def test_a_firm_that_bears_the_name_of_a_place_is_not_there(classifier, title: str, org: str, place: str) -> None:  # type: ignore[no-untyped-def]
    found = buildout(classifier, title)
    assert any(name.startswith(org) for name in found.orgs)
    assert found.location == place


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("Togo, UAE to build $1bn AI data centre in Lomé", ("Togo", "UAE")),
        ("Finland to ration electricity for data centres", ("Finland",)),
        ("Rwanda inaugurates data centre", ("Rwanda",)),
        ("Planning commission votes down data center in Tulsa", ("Planning commission",)),
        ("Supreme Court halts data centre in Peru over water", ("Supreme Court",)),
        ("Crypto miner Quillmark to convert Quebec site to AI data center", ("Quillmark",)),
        ("Vexley Fund takes 40% of data center operator Quillmark", ("Vexley Fund", "Quillmark")),
        ("Data centre operator Quillmark sold to Vexley for £2bn", ("Quillmark", "Vexley")),
        ("Fund Vexley buys data centre operator Quillmark", ("Vexley", "Quillmark")),
        ("Neocloud Quillmark signs 40 MW data center lease", ("Quillmark",)),
        ("Neocloud Quillmark picks Tulsa for 50MW debut", ("Quillmark",)),
        ("Helion Grid to supply 1.1GW to AI data centers", ("Helion Grid",)),
    ],
)
def test_states_and_whose_trade_is_told(classifier, title: str, orgs: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert buildout(classifier, title).orgs == orgs


def test_who_merely_hosts_a_site_builds_none(classifier) -> None:  # type: ignore[no-untyped-def]
    assert buildout(classifier, "Finland to host Oracle's $1bn data center").orgs == ("Oracle",)


@pytest.mark.parametrize(
    ("title", "summary", "org"),
    [
        ("Osprey gets zoning nod for Quillsby data center", "The Quillsby Planning Board approved it 5-2.",
         "Quillsby Planning Board"),
        ("AEP plan for data center tariff rejected", "The Indiana Utility Regulatory Commission on Friday voted 3-2.",
         "Indiana Utility Regulatory Commission"),
        ("Texas data centers told to cut load", "The Public Utility Commission of Texas adopted the rule.",
         "Public Utility Commission of Texas"),
        ("Osprey's data center wins a blessing", "Will County commissioners approved the zoning.", "Will County commissioners"),
        ("Utah gets a huge data center", "The Quill Development Authority has approved it.", "Quill Development Authority"),
        ("Tarrant County says no to tax breaks for Osprey data center", "", "Tarrant County"),
        ("Loudoun County ends by-right zoning for data centers", "", "Loudoun County"),
        ("Tucson unanimously kills data center", "", "Tucson"),
        ("Saline Township settles, clearing path for data center", "", "Saline Township"),
        ("Virginia SCC approves rate class for data centers", "", "Virginia SCC"),
    ],
)  # fmt: skip
def test_who_decides_of_a_place_is_told(classifier, title: str, summary: str, org: str) -> None:  # type: ignore[no-untyped-def]
    assert org in buildout(classifier, title, summary).orgs


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Microsoft plans data center in Mount Pleasant", "It is near the office of the Mount Pleasant Planning Board."),
        ("Osprey plans data center in Loudoun County", "The company said the county has power."),
    ],
)
def test_a_council_that_decides_nothing_takes_no_part(classifier, title: str, summary: str) -> None:  # type: ignore[no-untyped-def]
    assert not [org for org in buildout(classifier, title, summary).orgs if org.endswith(("Board", "County"))]


def test_weights_that_add_up_to_nothing_choose_the_same_in_whatever_order() -> None:
    """0.3 - 0.1 - 0.2 is less than nothing by rounding alone; which weight is added first hangs on the process."""
    found = [c for c in reading("A data center in Ohio is what Osprey wants").facts.candidates if c.first.text == "Osprey"]
    (one, other) = [f"{kind} {min(tails)}" for kind, tails in sorted(features_of(found[0]).tails.items()) if kind and tails][:2]
    table = Rows({one: -0.1, other: -0.2})
    assert chosen(found, table, 0.3) == found
    assert chosen(found, table, 0.29) == []
