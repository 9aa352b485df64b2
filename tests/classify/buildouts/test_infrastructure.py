"""The infrastructure half: terms, slots, actions and the words that prove them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.classify.buildouts import infrastructure
from monitor.classify.buildouts.terms import flat, scan
from monitor.classify.parsing.row import rows
from monitor.classify.words import lexicon
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import known
from monitor.model import BuildoutAction, FeedId, Status, Story, StoryId

EXAMPLES = Path(__file__).parents[3] / "benchmarks/infra_examples.jsonl"


def story(title: str, summary: str = "") -> Story:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Story(id=StoryId("s"), feed_id=FeedId("f"), url="", title=title, summary=summary, first_seen=now)


def reading(title: str, summary: str = "") -> infrastructure.Reading:
    document = read(story(title, summary))
    return infrastructure.analyse(document, rows(document, known()))


def topics(title: str) -> list[str]:
    return [h.topic.name for h in scan(read(story(title))).topics]


def test_a_hyphen_is_a_blank_and_the_longer_term_wins() -> None:
    assert topics("Acme plans a data-center in Ohio") == ["data_center"]
    assert topics("Acme's data center revenue doubles")[0] == "dc_product"
    assert "data_center" not in topics("Acme's data center revenue doubles")


def test_a_unit_may_follow_its_number_without_a_blank() -> None:
    assert topics("Acme adds 2.5MW in Ohio") == topics("Acme adds 2.5 MW in Ohio") == ["megawatt"]
    assert topics("Acme adds 3GW in Ohio") == ["gigawatt"]
    assert topics("Acme's XMW and 3MWh") == []


def test_places_and_projects_want_their_capital() -> None:
    found = scan(read(story("Acme to turkey farm: reading of Colossus in Turkey and the US, says us")))
    assert [h.topic.name for h in found.places] == ["Turkey", "US"]
    assert [h.topic.name for h in found.projects] == ["Colossus"]


@pytest.mark.parametrize("text", ["Ünïcode — ‘quotes’", "İstanbul’da GPU", "plain-text/slash"])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(flat(text)) == len(text)


def test_the_slots_of_a_whole_story() -> None:
    buildout = reading(
        "Microsoft to invest $3 billion in 400 MW data center in Cedar Rapids, Iowa",
        "Microsoft said it would build the campus with Crusoe. Its market value is over $3 trillion.",
    ).buildout
    assert buildout.orgs[0] == "Microsoft"
    assert [q.text for q in buildout.amounts] == ["$3 billion"]
    assert [(q.text, q.low) for q in buildout.capacity] == [("400 MW", 400)]
    assert buildout.location == "Cedar Rapids, Iowa"
    assert buildout.action in (BuildoutAction.INVEST, BuildoutAction.BUILD)


@pytest.mark.parametrize(
    ("title", "location"),
    [
        ("Residents fight data center in Pickaway County, Ohio", "Pickaway County, Ohio"),
        ("Google opens cloud region in Malaysia", "Malaysia"),
        ("Startup wants data centers in orbit", "orbit"),
        ("Texas Instruments and Acme sign data center deal in Norway", "Norway"),
        ("Nvidia sells more GPUs", ""),
        ("Crews broke ground on the data center in Ulmenau, officials said", "Ulmenau"),
        ("America's grid strains as data centers rise in Iowa", "Iowa"),
        ("Europe wants its own AI gigafactories", "Europe"),
        ("Brookfield puts $9 billion into French AI data centers", "France"),
        ("French carmaker rents servers at a data center in Oslo", "Oslo"),
        ("Dutch firm raises $90 million to cool data centers", ""),
    ],
)
def test_where_it_is(title: str, location: str) -> None:
    assert reading(title).buildout.location == location


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("Acme and Corvid plan 2 GW Project Heron in West Texas", "Project Heron"),
        ("Council rejects Corvid-backed Project Heron data center", "Project Heron"),
        ("Corvid starts work on its Heron Campus in Ohio, a data center", "Heron Campus"),
        ("Acme plans 300 MW project in Iowa for its data centers", ""),
        ("Acme and Corvid build data center campus, dubbed Heron Park, in Iowa", "Heron Park"),
        ("Acme sues over Corvid's 'Heron Valley' data center in Iowa", "Heron Valley"),
        ("Acme's 'Project Heron' data center wins tax break", "Project Heron"),
        ("'Big Tech' campus plans divide Tulsa", ""),
        ("Acme plans a 'gigawatt' campus and a 'Secret' data center", ""),
        ("Acme to spend $100M on Project Heron 2, a data center", "Project Heron 2"),
        ("Acme switches on its Stratos-AI data center", "Stratos-AI"),
        ("Acme sells data center stake to Helios's Gulf fund", ""),
    ],
)
def test_what_it_is_called(title: str, project: str) -> None:
    assert reading(title).buildout.project == project


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("OpenAI and Oracle to build data center in Texas", {"OpenAI", "Oracle"}),
        ("CoreWeave signs $9 billion compute deal with Meta", {"CoreWeave", "Meta"}),
        ("Data centers could double power demand by 2030, study finds", set()),
        ("The OpenAI-Oracle deal to build a data center in Ulmenau grows", {"OpenAI", "Oracle"}),
    ],
)
def test_who_acts(title: str, orgs: set[str]) -> None:
    assert set(reading(title).buildout.orgs) == orgs


@pytest.mark.parametrize(
    ("title", "absent", "present"),
    [
        ("Oslo-based Fjordline to build data center in Bergen", "Oslo-based", "Fjordline"),
        ("Nvidia-backed Nscale to build data center in Norway", "Nvidia-backed", "Nvidia"),
    ],
)
def test_where_a_company_sits_is_no_name_and_who_backs_it_is(title: str, absent: str, present: str) -> None:
    document = read(story(title))
    names = [c.first.text for c in infrastructure.facts_of(document, rows(document, known())).candidates]
    assert present in names and absent not in names


def test_two_of_the_gazetteer_are_two_though_one_name_holds_the_other() -> None:
    document = read(story("Amazon and Amazon Web Services plan data centers in Ohio"))
    names = [c.first.text for c in infrastructure.facts_of(document, rows(document, known())).candidates]
    assert {"Amazon", "Amazon Web Services"} <= set(names)


def test_a_summary_that_repeats_the_title_begins_after_it() -> None:
    title = "Acme plans a huge data center campus in Ohio"
    echo = reading(title, f"Example Wire: {title}. Turbines will feed the site.").features
    assert "i:s=power_plant" in echo and "i:s=data_center" not in echo


@pytest.mark.parametrize(
    ("title", "feature"),
    [
        ("Acme unveils chips for data centers", "t chips [for] data_center"),
        ("Is Acme a data center winner? - Zacks", "market press"),
    ],
)
def test_what_stands_between_two_terms_speaks(title: str, feature: str) -> None:
    assert f"i:{feature}" in reading(title).features


def test_what_an_outlet_is_called_does_not_act() -> None:
    assert "Bloomberg" not in reading("Bloomberg: Meta plans 1 GW data center in Ohio").buildout.orgs


def test_a_valuation_is_told_only_where_nothing_else_is() -> None:
    both = reading("Crusoe raises $1 billion for data centers at $10 billion valuation").buildout
    alone = reading("Data center builder Crusoe seeks $10 billion valuation").buildout
    assert [q.text for q in both.amounts] == ["$1 billion"]
    assert [q.text for q in alone.amounts] == ["$10 billion"]


def test_every_slot_has_the_words_that_say_so() -> None:
    title = "Meta signs $10 billion deal for 1 GW of nuclear power in Ohio"
    found = reading(title, "The power will feed its Prometheus cluster.")
    supported = {span.supports for span in found.evidence}
    for slot in ("orgs", "amounts", "capacity", "location", "project", "action"):
        assert f"buildout.{slot}" in supported
    for span in found.evidence:
        source = title if span.field == "title" else "The power will feed its Prometheus cluster."
        assert source[span.start : span.end] == span.text


def test_the_examples_come_out_as_written() -> None:
    """Headlines of every action, written for this project: at least four of five; real ones weigh more."""
    lines = [row for line in EXAMPLES.read_text(encoding="utf-8").splitlines() if (row := json.loads(line))["action"]]
    hit = sum(reading(row["title"]).buildout.action.value == row["action"] for row in lines)
    assert hit >= 0.8 * len(lines)


def test_nothing_is_read_from_nothing() -> None:
    found = reading("")
    assert found.buildout.orgs == () and found.buildout.location == ""


def test_the_label_knows_a_product_from_a_site() -> None:
    site = reading("Acme plans data center in Ohio").features
    product = reading("Acme unveils data center GPU").features
    assert "i:core t" in site and "i:core t" not in product


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ({"names": ["conquer"], "weights": {"": "1000"}, "parts": {}}, "conquer"),
        ({"names": ["build", "lease"], "weights": {"": "1000"}, "parts": {}}, "'' must have a weight for each of 2"),
        ({"names": ["build"], "weights": {"": "0"}, "parts": {"sit*": "1 2"}}, "'sit\\*' must have a weight for each of 1"),
        ({"names": ["build"], "weights": {"": [1]}, "parts": {}}, "is not what it should be"),
        ({"build": {"": 1}}, "is not what it should be"),
    ],
)
def test_weights_that_are_no_weights_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, actions: dict[str, object], said: str
) -> None:
    (tmp_path / "infra_weights.json").write_text(json.dumps({"orgs": {"bias": 0, "weights": {}}, "actions": actions}))
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    infrastructure.weights.cache_clear()
    try:
        with pytest.raises(lexicon.LexiconError, match=said):
            infrastructure.weights()
    finally:
        monkeypatch.undo()
        infrastructure.weights.cache_clear()


def test_a_firm_told_by_ticker_and_by_name_goes_by_its_name() -> None:
    told = reading("CRWV stock jumps as CoreWeave to build $2 billion data center in Ohio").buildout
    assert told.orgs == ("CoreWeave",)


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Brightloom in talks to buy Harrowgate Data Centers for $4 billion", Status.RUMORED),
        ("Cobaltrun nears $2 billion deal to lease a Nebraska AI campus", Status.RUMORED),
        ("Tallgrass Compute close to signing a 200 MW data center lease, sources say", Status.RUMORED),
        ("Brightloom could spend $90 billion on data centers by 2029", Status.RUMORED),
        ("Cobaltrun weighs sale of its Nordic data centers", Status.RUMORED),
        ("Brightloom to build a 1 GW data center in Iowa, people familiar with the matter say", Status.REPORTED),
        ("Brightloom opens $11 billion data center in Iowa on May 3", Status.CONFIRMED),
        ("Data centers could strain the Iowa grid, operator warns", Status.CONFIRMED),
        ("Brightloom may bid for stake in Cobaltrun's data centers", Status.RUMORED),
        ("Brightloom said to seek $2 billion loan for data center", Status.RUMORED),
        ("Brightloom to build a 1 GW data center in Iowa, people say", Status.REPORTED),
        ("EU to bar Cobaltrun from data center subsidies, draft shows", Status.REPORTED),
        ("Brightloom completes purchase of data center; eyes Cobaltrun's plant", Status.CONFIRMED),
        ("Drought-hit Iowa weighs whether its data center boom is worth the water", Status.CONFIRMED),
        ("Brightloom weighs whether to build a data center in Iowa", Status.RUMORED),
        ("Talks over Brightloom's Iowa data center campus collapse", Status.DENIED),
        ("Brightloom denies report it plans a 1 GW data center in Iowa", Status.DENIED),
        ("Brightloom denies it is slowing data center construction", Status.DENIED),
        ("Brightloom dismisses talk it will build a data center in Iowa", Status.DENIED),
        ("Brightloom plays down speculation over plans for a 1 GW data center", Status.DENIED),
        ("Brightloom denies plans for a data center in Iowa", Status.DENIED),
        ("Brightloom denies bias, to build $10 billion data center in Iowa", Status.CONFIRMED),
        ("Brightloom opens Iowa data center after merger talks collapse", Status.CONFIRMED),
        ("Brightloom, denied power for its Iowa data center, turns to gas turbines", Status.CONFIRMED),
        ("Brightloom's $2 billion data center in Iowa called off", Status.CONFIRMED),
        ("Talks on Brightloom's $2 billion data center in Iowa called off", Status.DENIED),
    ],
)
def test_how_sure_a_buildout_is(title: str, status: Status) -> None:
    assert reading(title).buildout.status == status


@pytest.mark.parametrize(
    "title",
    [
        "Polk County weighs moratorium on data centers",
        "Polk County denies permit for data center",
        "Polk County council denies plan for data center",
    ],
)
def test_what_a_council_weighs_or_denies_is_certain(title: str) -> None:
    assert reading(title).buildout.status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("title", "orgs"),
    [
        ("Data center developer Osprey Systems plans $25 billion Texas campus", ("Osprey Systems",)),
        ("Cloud provider Osprey Systems to build 300 MW data center in Ohio", ("Osprey Systems",)),
        ("Osprey breaks ground on Project Lantern, a 300 MW data center in Ohio", ("Osprey",)),
    ],
)
def test_a_trade_or_a_project_takes_no_part(title: str, orgs: tuple[str, ...]) -> None:
    assert reading(title).buildout.orgs == orgs


def test_a_size_told_in_words_and_in_figures_is_told_in_figures() -> None:
    found = reading("Osprey plans gigawatt-scale data center in Ohio", "Osprey Systems said the 1-GW campus opens in 2028.")
    assert [q.text for q in found.buildout.capacity] == ["1-GW"]
    assert [s.field for s in found.evidence if s.supports == "buildout.capacity"] == ["summary"]


@pytest.mark.parametrize(
    ("title", "summary", "sizes"),
    [
        ("Osprey plans 300MW Ohio data center", "Two halls of 700,000 sq ft will open in 2028.", ["300MW"]),
        ("Osprey plans 900,000 sq ft Ohio data center", "The campus would draw 300MW.", ["900,000 sq ft", "300MW"]),
        ("Osprey plans Ohio data center", "It fills 800,000 sq ft with 300MW of load.", ["800,000 sq ft", "300MW"]),
        ("Osprey lands subsea cable in Oslo", "The 4,100km system carries 96Tbps.", ["96Tbps"]),
        ("Osprey lands subsea cable in Oslo", "The 4,100km system opens in 2028.", ["4,100km"]),
        ("Quill to power Osprey data centers", "Cells go to 14 data centers, 90MW in all.", ["90MW"]),
        ("Osprey signs solar deals for Ohio data center", "Of 600 MW in all, it takes three 200 MW shares.", ["600 MW"]),
        ("Osprey plans Ohio data center", "Of 600 MW in all, it builds two 200 MW halls first.", ["600 MW", "200 MW"]),
        ("Osprey buys Quill data centre", "It brings its total footprint to 12 data centres.", []),
        ("Osprey to build 12 data centres in Ohio", "", ["12 data centres"]),
    ],
)
def test_what_says_less_of_a_sites_size_gives_way(title: str, summary: str, sizes: list[str]) -> None:
    assert [q.text for q in reading(title, summary).buildout.capacity] == sizes


@pytest.mark.parametrize(
    ("title", "summary", "sums"),
    [
        (
            "Osprey wins data center contract",
            "The nearly $10 billion deal, of $9.7 billion over five years, is new.",
            ["$9.7 billion"],
        ),
        (
            "Osprey wins data center contract",
            "The nearly $10 billion deal follows one of $4 billion.",
            ["$10 billion", "$4 billion"],
        ),
        (
            "Osprey to spend $7B on Ohio data center",
            "It spends 28 billion ringgit ($6.9 billion).",
            ["$7B", "28 billion ringgit"],
        ),
    ],
)
def test_a_sum_told_again_roughly_or_in_dollars_is_one(title: str, summary: str, sums: list[str]) -> None:
    assert [q.text for q in reading(title, summary).buildout.amounts] == sums


@pytest.mark.parametrize(
    ("title", "summary", "where"),
    [
        ("Osprey breaks ground on Dallas data center", "The hall, located in Quillsby, opens in 2027.", "Quillsby, Dallas"),
        ("Osprey opens data center in Melbourne", "The hall is in the suburb of Quillsby.", "Quillsby, Melbourne"),
        ("Osprey opens data center in Dallas", "Osprey, from a suburb of Quillsby, spent $2bn.", "Dallas"),
        ("Osprey to build data center in Ohio", "Osprey will put 200 MW near Quillsby.", "Quillsby, Ohio"),
        ("Osprey plans data center in Indiana", "The site is near Lake Michigan.", "Indiana"),
        ("Osprey drops Dutch data center", "Osprey builds nothing in the municipality of Quilldam.", "Quilldam, Netherlands"),
        ("Osprey plans data center in Maine", "A mill in Quillsby, a town of 4,000, comes down.", "Quillsby, Maine"),
        (
            "Quill County approves data center",
            "It rezoned 158 acres of farmland near Road 42 in Quillham.",
            "Quillham, Quill County",
        ),
        ("Quill County approves data center", "It is near State Road 42 in Quillham.", "Quillham, Quill County"),
        ("Quill County approves data center", "The campus would stand north of Quillham.", "Quill County"),
        ("Ohio town of Quillsby bans data centers", "", "Quillsby, Ohio"),
        ("Osprey opens data center in Northern Virginia", "It bought land in Quillsby, Virginia.", "Quillsby, Virginia"),
        ("Osprey opens data center", "The Dutch city of Quilldam paid for it.", "Quilldam"),
        ("View from Brussels: Osprey opens data center", "It was fired up in Bulgaria.", "Bulgaria"),
        ("Why does Ghana want data centers?", "In mid-March, Ghana began to plan them.", "Ghana"),
        ("Osprey shelves data center", "The plan was told in Quill Post last week.", ""),
    ],
)
def test_a_summary_says_more_closely_where(title: str, summary: str, where: str) -> None:
    assert reading(title, summary).buildout.location == where


@pytest.mark.parametrize(
    ("title", "summary", "orgs"),
    [
        ("Ghana unveils data center plan", "", ("Ghana",)),
        ("Singapore invites bids for new data centres", "", ("Singapore",)),
        ("Dutch Senate votes to stop data center", "", ("Dutch Senate",)),
        ("Ohio utilities ink data center deals", "", ("Ohio utilities",)),
        ("Government blocks data centre in Quillsby", "", ("Government",)),
        ("Residents pack Quillsby hearing to fight server farm", "", ("Residents",)),
        ("Not here, says Quillshire Council", "Plans for a data centre have been rejected.", ("Quillshire Council",)),
        ("Data center load lifts prices", "Prices in PJM have hit their cap.", ()),
        ("Alberta data centers drive power demand", "", ()),
    ],
)
def test_who_opens_the_headline_acts_where_nobody_else_does(title: str, summary: str, orgs: tuple[str, ...]) -> None:
    assert reading(title, summary).buildout.orgs == orgs


@pytest.mark.parametrize(
    ("title", "summary", "orgs"),
    [
        ("Osprey plans Ohio data center", "Osprey.com Inc. said it would open in 2028.", ("Osprey",)),
        (
            "Quill County approves data center",
            "The Quill County Board of Supervisors voted 4-3.",
            ("Quill County Board of Supervisors",),
        ),
        ("Amazon plans Ohio data center", "Amazon Web Services said it would open in 2028.", ("Amazon Web Services",)),
    ],
)
def test_who_is_told_more_fully_is_told_once(title: str, summary: str, orgs: tuple[str, ...]) -> None:
    assert reading(title, summary).buildout.orgs == orgs
