"""Names that headlines hide: in possessives, beside tickers and shares, behind numbers, descriptions and small words."""

from __future__ import annotations

import pytest

from tests.classify.test_names import orgs, people, seen


@pytest.mark.parametrize(
    ("title", "summary", "firm"),
    [
        ("Corrigan's names Ada Quill CEO", "", "Corrigan's"),
        ("Ada Quill retires", "Tolland’s announces the retirement of Ada Quill.", "Tolland’s"),
        ("Macy's CEO resigns", "", "Macy's"),
        ("Victoria’s Secret brings in Ada Quill as chief", "", "Victoria’s Secret"),
        ("Four Inc. Appoints New Executive Vice Chair", "", "Four"),
        ("Lake TV Network CFO Resigns", "Lake TV Network said its finance chief has left.", "Lake TV Network"),
        ("Meadow Fitness Shares Tumble After Board Ousts CEO", "", "Meadow Fitness"),
        ("Yarn Maker 17knots Files for Bankruptcy, CEO Quits", "", "17knots"),
        ("WidgetBot-Maker OpenAI Fires CEO Ada Quill", "", "OpenAI"),
        ("Quill joins Cloud X Harrow as chief", "", "Cloud X Harrow"),
        ("Ada Quill ousted", "The head of the Center for Lamp Standards, Ada Quill, is out.", "Center for Lamp Standards"),
        ("Honor CEO resigns", "", "Honor"),
        ("Clear Harvest has named Ada Quill chief", "", "Clear Harvest"),
        ("Dark Water boss Ada Quill steps down", "", "Dark Water"),
        ("Ada Quill joins Ping Circle as chief", "", "Ping Circle"),
        ("Rain's board picks Ada Quill as its next chief", "", "Rain"),
        ("Harvest has appointed Ada Quill chief", "", "Harvest"),
        ("Root's CFO Ada Quill to depart", "", "Root"),
        ("Grab names Ada Quill chief", "", "Grab"),
        ("Ada Quill joins Grab as chief", "", "Grab"),
        ("Founders Fund names Ada Quill partner", "", "Founders Fund"),
        ("Ada Quill joins Hugo Boss as chief", "", "Hugo Boss"),
        ("Warner Bros. Discovery names Ada Quill chief", "", "Warner Bros. Discovery"),
        ("Ada Quill joins Levi's as chief", "", "Levi's"),
        ("Cemex USA names Ada Quill chief", "", "Cemex USA"),
        ("Prologis Global Commercial REIT names Ada Quill chief", "", "Prologis Global Commercial REIT"),
        ("Quiet Meadow Capital has named Ada Quill chief", "", "Quiet Meadow Capital"),
        ("Ada Quill joins First Meadow as chief", "", "First Meadow"),
        ("Ada Quill joins Corrigan's as chief", "", "Corrigan's"),
        ("Corvid chief Ada Quill leaves for Corrigan's", "", "Corrigan's"),
        ("Hinge Health names Ada Quill chief", "", "Hinge Health"),
        ("Bram Holloway has appointed Ada Quill chief", "", "Bram Holloway"),
        ("Corvid chief Ada Quill leaves for Dana Marsh", "", "Dana Marsh"),
        ("Post hires former Dow Jones chief Ada Quill", "", "Dow Jones"),
        ("Ada Quill joins Lumen Ridge as chief", "", "Lumen Ridge"),
        ("Ada Quill joins Quorrin Vale as chief", "", "Quorrin Vale"),
        ("Lumen Ridge CEO Ada Quill quits", "", "Lumen Ridge"),
        ("Lattice Peak names Ada Quill CFO", "", "Lattice Peak"),
        ("Ada Quill to join old colleague at Vantage Row", "", "Vantage Row"),
        ("Lattice Peak Finance Chief Ada Quill Steps Down", "", "Lattice Peak"),
        ("Ada Quill swaps Tolland Steppe Bank for Corvid Labs", "", "Tolland Steppe Bank"),
    ],
)
def test_the_firm_is_found_by_its_whole_name(title: str, summary: str, firm: str) -> None:
    assert firm in orgs(title, summary)


@pytest.mark.parametrize(
    ("title", "none"),
    [
        ("Corvid's named executives leave with Ada Quill", "Corvid's"),
        ("Macy Okoro joins Corvid's board", "Macy's"),
        ("Asian Tech Shares Tumble After CEO Quits", "Asian Tech"),
        ("Two Capital Chiefs Leave Corvid", "Two Capital"),
        ("Board of widgetbot-maker ousts Ada Quill as chief", "Board of widgetbot-maker"),
        ("Tech CEO Ada Quill resigns from Corvid", "Tech"),
        ("Apple Inc. chief Ada Quill resigns", "Inc."),
        ("ICYMI: Ada Quill leaves Corvid", "ICYMI"),
        ("Caterpillar veteran retires as new Construction chief steps up", "Construction"),
        ("Boeing ousts 737 MAX chief", "MAX"),
        ("The Math Legend Who Just Left Academia—for a Lamp Startup", "Math Legend"),
        ("ZNA Tester 17knots Files for Bankruptcy, CEO Quits", "ZNA Tester"),
        ("Samsung swaps its TV chief after two years", "TV"),
        ("Corvid names chief of its former parent, PLC said", "PLC"),
        ("Ukrainian president picks Ada Quill of Corvid", "Ukrainian"),
        ("Corvid hires wife of Sen. Ben Okoro as president", "Sen"),
        ("Musk Restructures OpenAI's Teams After Co-Founders Depart", "Musk Restructures"),
        ("Vellora Skyline Corporation (VSKY) Appoints New CFO", "Corporation (VSKY) Appoints"),
        ("‘Vellora Journal’ chief steps down", "Vellora Journal’"),
        ("The Altman-Musk CEO dispute at Vellora", "Altman-Musk"),
        ("Corvid Names Veteran Dairy Industry Leader Ada Quill", "Dairy Industry"),
    ],
)
def test_what_is_no_firm_is_not_taken_for_one(title: str, none: str) -> None:
    assert none not in orgs(title)


def test_a_ticker_is_the_firm_it_stands_for() -> None:
    assert orgs("Wells Fargo stock climbs as WFC names new lending chief") == ["Wells Fargo"]
    assert orgs("Nvidia stock climbs as NVDA names new chief") == ["Nvidia"]
    assert orgs("WFC climbs: Wells Fargo names new lending chief") == ["Wells Fargo"]


@pytest.mark.parametrize(
    ("title", "summary", "who"),
    [
        ("Okoro Steps Down, Abel Likely to Stay", "", "Abel"),
        ("Vellora Names Will Smith CEO", "", "Will Smith"),
        ("Vellora names Amartya Sen as adviser", "", "Amartya Sen"),
        ("ADDING MULTIMEDIA Ada Quill to Retire", "", "Ada Quill"),
        ("Vellora adds directors", "Ben Okoro was elected to the Board Amy Hood does not intend to stand.", "Amy Hood"),
        ("Vellora gains", "They include Osprey's vice president of Software Engineering David Lauren.", "David Lauren"),
        ("Vellora names a chief", "He takes over from Melvin Heng Jun Li, who goes.", "Melvin Heng Jun Li"),
        ("Vellora gains", "Ada Quill--now chief of Corvid--will lead Vellora.", "Ada Quill"),
        ("‘Ada Quillon’ named interim CEO of Vellora", "", "Ada Quillon"),
        ("Ada Jett Brings Decades in Retail to Vellora", "", "Ada Jett"),
        ("Okoro Retires, Will Hand Vellora to Son Ben", "", "Ben"),
        ("VELLORA NAMES CFO", "Veteran Leader Chris Harrow Named Finance Chief; Dana Quill returns.", "Chris Harrow"),
    ],
)
def test_the_person_is_found_by_the_whole_name_and_no_more(title: str, summary: str, who: str) -> None:
    assert who in people(title, summary)


def test_will_before_a_verb_is_nobody() -> None:
    assert "Will" not in " ".join(people("Okafor Will Continue as CFO Until March") + orgs("Okafor Will Continue as CFO"))


def test_the_end_of_a_name_means_whoever_bears_all_of_it() -> None:
    assert people("Vellora names Dina Reed Carrow president", "Reed Carrow will serve from May.") == ["Dina Reed Carrow"]
    assert people("Reed Carrow joins Vellora", "Dina Reed Carrow was a banker.") == ["Dina Reed Carrow"]
    assert people("Brian O'Cathlin quits Vellora", "The firm named Bo Krell as O'Cathlin's successor.") == [
        "Brian O'Cathlin",
        "Bo Krell",
    ]


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Regulator names interim chair after search fails", "interim chair"),
        ("Vellora names Lu Qin honorary chairman", "honorary chairman"),
        ("Vellora director general resigns", "director general"),
        ("Vellora's board is Ada Quill (chair), Ben Okoro and Lu Qin", "chair"),
        ("Vellora hires former Treasury Secretary Ada Quill", "former Treasury Secretary"),
        ("Vellora appoints Ada Quill as Principal", "Principal"),
        ("Vellora names Ada Quill external director", "external director"),
    ],
)
def test_posts_are_offered_by_all_their_words(title: str, post: str) -> None:
    assert post in [place.chunk.text for _, place in seen(title).titles]


def test_what_stands_in_brackets_for_the_post_before_them_is_no_second_post() -> None:
    assert [one.text for one in seen("Vellora hires a chief operating officer (COO)").posts] == ["chief operating officer"]


@pytest.mark.parametrize(
    ("title", "summary", "none"),
    [
        ("Corvid Labs hires Lebanese entrepreneur as CFO", "", "Lebanese"),
        ("Corvid Labs hires Ghanaian banker as CFO", "", "Ghanaian"),
        ("Ada Quill trades Big Four for biotech", "She becomes finance chief of Corvid Labs.", "Big Four"),
        ("Corvid Labs hires dealmaker", "Ada Quill, who ran EMEA M&A at a Swiss bank, will build a team.", "EMEA M&A"),
        ("Q&A: Why Ada Quill left Corvid Labs", "", "Q&A"),
    ],
)
def test_what_somebody_is_from_or_does_is_no_firm(title: str, summary: str, none: str) -> None:
    assert none not in orgs(title, summary)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Power steps down as Osprey chief", "Power"),
        ("Price named Osprey CEO", "Price"),
        ("Waters promoted to COO at Osprey", "Waters"),
        ("Young to lead Corvid", "Young"),
        ("Woods to join Corvid", "Woods"),
        ("Vane quits Volvo", "Vane"),
    ],
)
def test_a_last_name_that_is_a_word_is_a_persons_where_only_people_stand(title: str, name: str) -> None:
    assert people(title) == [name]


@pytest.mark.parametrize(
    "title",
    [
        "Power leaves Acme plant",
        "Price named in Corvid lawsuit",
        "Steel to lead Osprey growth",
        "Startup to lead Corvid",
        "Young CFO to lead Corvid",
        "Stone quits Corvid, CFO Ada Quill says",
    ],
)
def test_a_word_that_somebody_is_called_by_is_a_word_elsewhere(title: str) -> None:
    assert not set(people(title)) & {"Power", "Price", "Steel", "Startup", "Young", "Stone"}
