"""Where it is: counties, towns that no list has, states beside them, and whose place says nothing of a site."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.classify.buildouts.places import location
from monitor.classify.buildouts.terms import scan
from monitor.classify.words.document import read
from monitor.model import FeedId, Story, StoryId


def where(title: str, summary: str = "") -> str:
    document = read(
        Story(
            id=StoryId("1"),
            feed_id=FeedId("f"),
            url="",
            title=title,
            summary=summary,
            first_seen=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )
    found = location(document, scan(document))
    return found.name if found is not None else ""


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Osprey to build a data center in Quillsby", "Quillsby"),
        ("Osprey to Build a Data Center in Quillsby", "Quillsby"),
        ("Osprey to Invest $2 Billion in Quillsby Chip Plant", "Quillsby"),
        ("Osprey files plans for data center outside Al Quilla", "Al Quilla"),
        ("Osprey opens data center in Quilla de la Reina", "Quilla de la Reina"),
        ("Osprey to add 40 MW at its Quillsby campus", "Quillsby"),
        ("Quillsby residents sue to stop Osprey data center", "Quillsby"),
        ("Quillsby weighs moratorium on data centers", "Quillsby"),
        ("Quillsby Officials Approve Rezoning for Osprey Data Center", "Quillsby"),
        ("Osprey Picks Quillsby for Data Center Campus", "Quillsby"),
        ("Osprey to Add 40 MW at Its Quillsby Campus", "Quillsby"),
        ("Fire Breaks Out at Osprey Data Center in Port Quillsby", "Port Quillsby"),
        ("Osprey is building a data center in the Quilla Grande Valley", "Quilla Grande Valley"),
        ("Osprey Files Plans for Campus Outside Medicine Bow, Wyoming", "Medicine Bow, Wyoming"),
        ("St. Quill City Council bans data centers", "St. Quill"),
        ("Osprey announces New Quillsby, Indiana data center", "New Quillsby, Indiana"),
        ("Osprey Announces New Quillsby, Indiana Data Center", "New Quillsby, Indiana"),
        ("Osprey Plans Data Center in Red Quill, Texas", "Red Quill, Texas"),
        ("Osprey plans a data center in Quillsby, Va.", "Quillsby, Va."),
        ("Osprey plans a data center in Quillsby, TX", "Quillsby, TX"),
        ("Osprey picks northern Virginia for data center campus", "northern Virginia"),
        ("Osprey buys land in the Texas Panhandle for data centers", "Texas Panhandle"),
        ("Osprey to power data centers in Utah and Nevada", "Utah and Nevada"),
        ("Osprey Picks Quill County, Ohio for AI Campus", "Quill County, Ohio"),
        ("Osprey's Quill County data center strains water supply", "Quill County"),
        ("Osprey Breaks Ground on Data Center in County Quill", "County Quill"),
        ("Osprey plans AI campus in Quillama Prefecture", "Quillama Prefecture"),
        ("Osprey to open data centers in Brazil, France and the Netherlands", "Brazil, France and the Netherlands"),
        ("Osprey raises $400 million for Quillsby campus", "Quillsby"),
        ("Osprey to put $37 billion more into Red Quill plant", "Red Quill"),
        ("Osprey to open UK data centers in Quillsby and London", "Quillsby and London"),
        ("Osprey leases Corvid's Quillsby plant for servers", "Quillsby"),
        ("Osprey Breaks Ground on Quillsby Data Center", "Quillsby"),
        ("Osprey leads bid for Quilla la Nova gigafactory", "Quilla la Nova"),
        ("Osprey opens Lagos, Accra data centers", "Lagos, Accra"),
        ("Osprey commits C$225 million to Cambridge, Ont., AI campus", "Cambridge, Ont."),
        ("Quillsby commissioners table Osprey data center", "Quillsby"),
        ("Quillsby villagers to share Osprey's data center fund", "Quillsby"),
        ("Ireland's first grid slot goes to Osprey's Quillsby data centre", "Quillsby"),
        ("Osprey takes the whole of Corvid's Quillsby expansion", "Quillsby"),
        ("Osprey's Barley site: trees gone, steel next", "Barley"),
        ("Osprey backs Corvid's Quilly-le-Vieux site", "Quilly-le-Vieux"),
        ("Osprey opens data center in Quille-sur-Mer", "Quille-sur-Mer"),
        ("Osprey begins pouring at Quillsby", "Quillsby"),
        ("Osprey plans campus an hour west of Quillsby", "Quillsby"),
        ("Data center fight splits Quillsby", "Quillsby"),
        ("Osprey seals $2bn data center package for Quillsby", "Quillsby"),
        ("Osprey closes data center loan for Colossus campus", ""),
        ("Data center fight splits Republicans", ""),
        ("Port Quill Falls mayor wants more data centers", "Port Quill Falls"),
        ("Work starts on Osprey's Quillsby data hall", "Quillsby"),
        ("Osprey hands Dresden land back to Saxony, burying fab plan", "Dresden"),
    ],
)
def test_a_place_is_told_by_how_it_is_built_and_what_stands_beside_it(title: str, place: str) -> None:
    assert where(title) == place


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Osprey takes stake in Corvid to power AI data centers", ""),
        ("Osprey Raises $1 Billion in Series B to Build Data Centers", ""),
        ("Osprey invests 20 billion Norwegian kroner in compute", ""),
        ("Osprey to spend US$3 billion on data centers", ""),
        ("Project Washington data center approved in Quillsby", "Quillsby"),
        ("Ulmen Public Service Commission of Wisconsin approves data center in Quillsby", "Quillsby"),
        ("Quill County commissioners approve Osprey data center in Tulsa", "Tulsa"),
        ("Osprey Plans Data Center Partnership in New Saudi Arabian AI Firm", ""),
        ("Osprey plans reactor for the Quilla Valley Authority", ""),
        ("Asia-focused fund buys data centers", "Asia"),
        ("Germany's Corvid Group to build 11 billion euro data centre in Quillsby", "Quillsby"),
        ("Nigeria's Corvid doubles Lagos capacity with $120m campus", "Lagos"),
        ("Norway's Corvid plans data centers", "Norway"),
        ("Ohio's Quill County weighs data center", "Quill County"),
        ("The Amsterdam-based company plans data centers", ""),
        ("Corvid seeks $2 billion in Shanghai IPO to fund data centers in Hefei", "Hefei"),
        ("Doha Bank lends Corvid $2 billion for data centers in Quillsby", "Quillsby"),
        ("Great Lakes Data Racks sells data centers", ""),
        ("EPA to Investigate Osprey Data Center Link to Water", ""),
        ("Angola Cables to Link Data Centers in Lagos", "Lagos"),
        ("Beijing Offers Subsidies to Data Centers", ""),
        ("Philippines' Corvid to build 200MW Quillsby campus", "Quillsby"),
        ("Chicago Fed says data centers lift power prices", ""),
        ("Telekom Malaysia signs loan for data centers", ""),
        ("Iowa Public Power District to feed data center", "Iowa"),
        ("Hokkaido chipmaker gets another $4 billion from Tokyo for fab", "Hokkaido"),
        ("Microsoft Norway to open data centers near Quillsby", "Quillsby"),
        ("Ireland lifts ban on new Dublin data centres", "Dublin"),
        ("Ireland lifts ban on new data centres", "Ireland"),
        ("Dubai's Corvid to invest $20 billion in Texas data centers", "Texas"),
        ("Seoul to subsidise Corvid's Quillsby fab", "Quillsby"),
        ("Ohio board kills Tulsa data center", "Tulsa"),
        ("Tokyo's plan to spread data centers to Hokkaido", "Hokkaido"),
        ("Beijing offers subsidies to data centers", ""),
        ("Tokyo gets a new data center", "Tokyo"),
        ("Osprey to power Meta campus with data center gas in Ohio", "Ohio"),
        ("Osprey to power Quillco campus in Ohio", "Ohio"),
        ("Osprey expands Google data center", ""),
        ("Osprey rejects $6 billion Quillco Solutions data center", ""),
        ("County commissioners deny rezoning for 600-acre data center", ""),
        ("Build times for Gigawatt-Scale data centers grow", ""),
        ("Warsaw puts miners behind data centers", ""),
        ("Osprey drops data centre after Lisbon failed to pay", ""),
        ("Osprey's Lantern data center slips", ""),
    ],
)
def test_whose_place_it_is_says_nothing_of_the_site(title: str, place: str) -> None:
    assert where(title) == place


def test_a_county_of_the_summary_goes_before_its_state_in_the_title() -> None:
    assert where("Osprey data center roils Utah", "The campus in Quill County would cover a square mile.") == "Quill County, Utah"
    assert where("Osprey picks Ohio for AI campus", "The site in Quillsby, Ohio, has water.") == "Quillsby, Ohio"
    assert where("Osprey picks Ohio for AI campus", "It left Quill County, Iowa, last year.") == "Ohio"


def test_a_town_before_a_campus_goes_before_its_country_in_the_summary() -> None:
    assert where("Osprey breaks ground on Quillsby campus", "The site is in the Philippines.") == "Quillsby"
    assert where("Osprey leases Quillco data center", "The site is in the Philippines.") == "Philippines"


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("Osprey to spend $3 billion more on Spanish data centre", "It builds in Spain's Aragon.", "Aragon, Spain"),
        (
            "Osprey to build Kenya data center",
            "The site is near the Kenyan coast, not in Kenya's capital, Nairobi.",
            "Nairobi, Kenya",
        ),
        ("Construction of Osprey's European fab goes on", "The company's new Dresden facility has a roof.", "Dresden"),
        ("Osprey expands in European data centres", "The fund is run from the US.", "Europe"),
        ("Singapore puts data centers on Quill Island", "", "Quill Island"),
        ("Osprey buys a Paris-area data centre", "", "Paris"),
        ("US data center builds run late for want of parts from China", "The U.S. depends on China.", "US"),
        ("Osprey gets grant for data center", "A sign outside the headquarters in Reno, Nev., in 2021.", ""),
    ],
)
def test_a_narrower_place_than_the_headline_s_and_what_is_merely_from_there(title: str, summary: str, place: str) -> None:
    assert where(title, summary) == place


def test_a_county_lies_in_no_town() -> None:
    assert where("Osprey plans data center in Tulsa", "The site in Tulsa County has water.") == "Tulsa"
    assert where("Osprey plans data center in Haenam", "South Quilla Province will provide land.") == "Haenam"


def test_a_paper_is_no_place() -> None:
    assert where("Osprey raises $1 billion for data centers", "Ada Quill / New York Times: Osprey raised $1 billion.") == ""


def test_whose_campus_it_is_says_not_where() -> None:
    assert where("County approves Quillmark campus", "Quillmark plans eight halls for servers near Dayton.") == "Dayton"
    assert where("Village rezones lots for a Quillmark campus") == ""
    assert where("Village rezones lots for the Quillmark campus") == "Quillmark"


def test_a_council_and_a_point_say_where() -> None:
    assert where("Quillhaven council says no to server farm") == "Quillhaven"
    assert where("Mothballed reactor at Quill Point to restart for data center") == "Quill Point"
    assert where("Osprey wants 200 MW of servers in low Earth orbit by 2031") == "low Earth orbit"


@pytest.mark.parametrize(
    "summary",
    [
        "The companies announced the plan at a forum in Washington attended by many.",
        "Ada Quill told a conference in Barcelona that it opens in 2029.",
        "Speaking at Mobile World Congress in Barcelona, Ada Quill said it would open in 2029.",
        "The deal was signed during a ceremony in Abu Dhabi on Monday.",
        "The announcement came at the Paris AI summit on Tuesday.",
        "Executives met Prime Minister Okoro in New Delhi on Tuesday.",
        '"We will build fast," Quill said in an interview in Davos.',
        "The company is headquartered in Zurich and listed in Frankfurt.",
        "The suit was filed in a federal court in Denver on Monday.",
        "(Reporting by Ada Quill in Bengaluru; Editing by Ben Okoro)",
        "Ada Quill reported from Chicago.",
        "Ben Okoro in San Francisco and Ada Quill in Seoul report that it will be large.",
        "By Ada Quill in London. It would have 400 MW.",
        "She told investors in Peoria that it would be large.",
    ],
)
def test_where_it_was_told_or_written_is_no_site(summary: str) -> None:
    title = "Quillmark plans $3bn data center"
    assert where(title, summary) == ""
    assert where(title, f"{summary} The halls will stand in Portugal.") == "Portugal"


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("Osprey breaks ground", "The groundbreaking ceremony for the data center in Abilene drew many.", "Abilene"),
        ("Osprey tops out fab", "At a topping-out ceremony in Taylor, Texas, the chief promised chips.", "Taylor, Texas"),
        ("Osprey plans data center at convention center in Columbus", "", "Columbus"),
        (
            "Osprey fills hall",
            "By June the hall in Colorado City, Texas, will hold the chips of its data center.",
            "Colorado City, Texas",
        ),
        ("Quillmark gets 400 billion yen from Tokyo for fab in Hokkaido", "", "Hokkaido"),
        ("Brussels picks sites for AI data centers", "Spain and Poland will share the money.", "Spain and Poland"),
    ],
)
def test_a_ceremony_on_the_ground_is_at_the_site(title: str, summary: str, place: str) -> None:
    assert where(title, summary) == place


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("Ohio AI campus draws liens", "Roofers are owed $4 million at the development south of Toledo.", "Toledo, Ohio"),
        ("Osprey to build 180MW campus in Maine", "The first hall in Quillsby will be ready in 2028.", "Quillsby, Maine"),
        ("Osprey buys three data centres in Ireland", "There are two sites in Quillsby and one in Port Quill.", "Ireland"),
        ("Osprey to cool AI campus in Thailand", "The firms signed the agreement in Bangkok.", "Thailand"),
        ("The UAE's champion leases data center", "The hall in Denver was an office.", "UAE"),
        ("Batteries arrive for Tulsa data center", "Osage County's health department wants proof.", "Tulsa"),
        (
            "Osprey to build smaller",
            "The Nebraska utilities commission has the papers. The data center near Quillsby waits.",
            "Quillsby",
        ),
        ("Osprey buys land for data center", "It lies outside Quillsby, about 30 miles from Tulsa.", "Quillsby"),
        ("Town of 700 hits pause", "Mount Quill's council halted data center filings.", "Mount Quill"),
        ("Osprey's servers pollute more", "A disclosure filed in Geneva puts data centers at a tenth.", ""),
        ("Quill group appeals gas units", "One data center needs them, it told a Denver court.", ""),
    ],
)
def test_the_site_goes_before_the_seat_and_the_town_with_its_state(title: str, summary: str, place: str) -> None:
    assert where(title, summary) == place


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("Osprey adds 40 MW in Alabama", "The modules at its Quillsbiana facility draw power already.", "Quillsbiana, Alabama"),
        (
            "Osprey starts campus outside Milan",
            "The first of five buildings at Quillegnano is due in 2027.",
            "Quillegnano, Milan",
        ),
        ("Osprey closes Indonesia loan", "It will pay for two phases of the Quillasi campus.", "Quillasi, Indonesia"),
        ("Kenya's Osprey raises money", "It will expand its data center in Quillobi by 20MW.", "Quillobi"),
    ],
)
def test_the_town_told_by_its_site_lies_where_the_headline_says(title: str, summary: str, place: str) -> None:
    assert where(title, summary) == place


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("Osprey seeks 2GW in Ohio", "The load is for its Citadel campus.", "Ohio"),  # a word of the dictionary: a name of a site
        ("Osprey adds to data center in Ohio", "It borrowed from the Microsoft campus.", "Ohio"),
        ("Osprey adds to data center in Ohio", "Its Quillsby facility in Texas is done.", "Ohio"),
        ("Osprey adds to data center in Ohio", "Its Quillsby facility and the halls at Vexelton are full.", "Ohio"),
        ("Osprey enters India", "It will be the Asia-Pacific data centre firm's first.", "India"),
        ("Osprey raises loan for Indonesia", "The Quillapore-headquartered data center operator is old.", "Indonesia"),
    ],
)
def test_a_sites_own_name_a_firms_and_one_of_two_towns_say_no_place(title: str, summary: str, place: str) -> None:
    assert where(title, summary) == place


@pytest.mark.parametrize(
    ("title", "summary", "place"),
    [
        ("Osprey lifts target to 750MW", "The Sydney company said the customer had paid.", ""),
        ("A Denver startup turns jet engines into data center power", "", ""),
        ("Osprey takes a data center off its hands", "The Cambridge, Mass. cloud company will take on the lease.", ""),
        ("Osprey borrows for a campus in Ohio", "The Las Vegas data-center operator will repay it.", "Ohio"),
        ("Osprey plans data center", "The Sydney data centre will open in May.", "Sydney"),
        ("Osprey adds halls", "The Ohio campus is full.", "Ohio"),
    ],
)
def test_where_a_firm_is_from_is_no_site(title: str, summary: str, place: str) -> None:
    assert where(title, summary) == place
