"""Posts with what they are of, and what is no post yet."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.choosing import choose
from monitor.classify.weights.slot_model import load
from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Corvid's head of hardware Ada Quill leaves", "head of hardware"),
        ("Osprey poaches Corvid's head of grid planning Ada Quill", "head of grid planning"),
        ("Ada Quill joins Osprey as head of semiconductors for North America", "head of semiconductors for North America"),
        ("Corvid's co-head of Asia buyouts Ada Quill resigns", "co-head of Asia buyouts"),
        ("Corvid's head of product resigns", "head of product"),
        ("Corvid's head of TMT jumps to Osprey", "head of TMT"),
        ("Corvid's co-head of Asia M&A jumps to Osprey", "co-head of Asia M&A"),
        ("Corvid names Ada Quill and Bo Hart as co-heads of Asia M&A", "co-heads of Asia M&A"),
        ("Corvid's chief merchant quits", "chief merchant"),
        ("Former senior minister Ada Quill joins Osprey", "Former senior minister"),
        ("Ex-City minister Ada Quill joins Osprey", "Ex-City minister"),
        ("Osprey poaches Corvid's head of EMEA DCM", "head of EMEA DCM"),
        ("Corvid's head of energy jumps to Osprey", "head of energy"),
        ("Corvid's head of energy hired by Osprey", "head of energy"),
        ("Google QPU chief Ada Quill joins Osprey", "QPU chief"),
        ("Ex-Tesla Pallax lead Ada Quill joins Osprey", "Pallax lead"),
        ("Ada Quill steps down as Corvid head", "head"),
        ("Corvid names Ada Quill new head", "head"),
        ("Ada Quill named Corvid head", "head"),
        ("Corvid names Ada Quill as UK head", "UK head"),
        ("Corvid GC Ada Quill departing for private practice", "GC"),
        ("Incumbent CEO Ada Quill joins Osprey", "Incumbent CEO"),
        ("Osprey hires head of Lantern from Corvid", "head of Lantern"),
        ("Osprey hires head of Lantern AI from Corvid", "head of Lantern AI"),
        ("Corvid defense chief Ada Quill leaves for Osprey", "defense chief"),
        ("Corvid tech banking co-head Ada Quill leaves for Osprey", "tech banking co-head"),
        ("Ada Quill quits as CFO of Osprey", "CFO"),
        ("Ada Quill named chief executive of chipmaker Osprey", "chief executive"),
        ("Ada Quill named chief executive of the struggling rail operator", "chief executive"),
        ("Ada Quill quits as vice president of strategy of the company", "vice president of strategy"),
        ("Ada Quill named CEO of Europe's largest bank", "CEO"),
        ("Osprey accuses executive of serious fraud", "executive"),
        ("Osprey names Ada Quill as SVP, Cloud Infrastructure", "SVP, Cloud Infrastructure"),
        ("Osprey names Ada Quill as general manager of the Lantern unit", "general manager of the Lantern unit"),
        ("Osprey names Ada Quill as product lead for Gemini", "product lead for Gemini"),
        ("Osprey chair of the audit committee Ada Quill steps down", "chair of the audit committee"),
        ("Osprey managing director for Europe Ada Quill steps down", "managing director for Europe"),
        ("Osprey: new regional CEO for Asia Pacific", "new regional CEO for Asia Pacific"),
        ("Osprey head of enterprise sales for Europe Ada Quill steps down", "head of enterprise sales for Europe"),
        ("Osprey global co-head of M&A Ada Quill steps down", "global co-head of M&A"),
        ("The chief executive of the Chilean retailer resigned on Monday", "chief executive of the Chilean retailer"),
        ("The finance chief of the Danish shipping line stepped down on Monday", "finance chief of the Danish shipping line"),
        ("Osprey names Ada Quill vice president of marketing and Ben Okoro head of sales", "vice president of marketing"),
        ("Osprey institute names Ada Quill scientific director", "scientific director"),
    ],
)
def test_a_post_goes_with_its_unit_up_to_a_name(title: str, post: str) -> None:
    assert post in [one.text for one in seen(title).posts]


@pytest.mark.parametrize("unit", ["for Europe", "of M&A", "of North America", "for Gemini"])
def test_what_a_post_is_of_is_no_part_of_the_name_behind_it(unit: str) -> None:
    assert [one.text for one in seen(f"Osprey managing director {unit} Ada Quill steps down").people] == ["Ada Quill"]


def test_whose_deputy_moves_does_not_move() -> None:
    [record] = choose(seen("Osprey names Ben Okoro's deputy, Ada Quill, as president"), load())
    assert (record.get("person"), record.get("to_role")) == ("Ada Quill", "president")


def test_what_is_still_to_be_led_is_left_by_nobody() -> None:
    story = seen("Corvid's Ada Quill to retire; Osprey's Ben Okoro hired to run artificial intelligence")
    records = {one.get("person"): one for one in choose(story, load())}
    assert records["Ada Quill"].get("from_role") == ""
    assert records["Ben Okoro"].get("to_role") == "run artificial intelligence"


def test_what_is_to_be_led_ends_where_it_is_told_what_it_is_for() -> None:
    [record] = choose(seen("Osprey hires Ada Quill to lead a new group focused on robots"), load())
    assert record.get("to_role") == "lead a new group"


def test_who_is_promoted_to_nothing_that_is_told_has_only_the_post_held() -> None:
    [record] = choose(seen("Corvid research chief Ada Quill promoted"), load())
    assert record.get("from_role") == "research chief"
    assert record.get("to_role") == ""


@pytest.mark.parametrize(
    ("title", "got"),
    [
        ("Osprey CFO Ada Quill joins Corvid as chief executive; Ben Okoro takes over", ("Osprey", "CFO")),
        ("Corvid hires Osprey CFO Ada Quill and Harrow's Ben Okoro as partners", ("Corvid", "partner")),
    ],
)
def test_who_takes_over_behind_somebody_who_leaves_gets_the_post_that_is_left(title: str, got: tuple[str, str]) -> None:
    records = {one.get("person"): one for one in choose(seen(title), load())}
    assert (records["Ben Okoro"].get("to_org"), records["Ben Okoro"].get("to_role")) == got


@pytest.mark.parametrize("title", ["Ada Quill joins Osprey, leaves board", "Osprey co-founder Ada Quill Steps Down From Board"])
def test_the_board_in_the_words_of_a_verb_is_what_is_joined_or_left_and_goes_nowhere(title: str) -> None:
    found = seen(title)
    assert found.titles[-1][1].chunk.low == "board"
    assert "board" not in [one.best.chunk.low for one in found.posts]


def test_who_has_a_deputy_is_no_firm() -> None:
    found = seen("Osprey promotes Ada Quill's deputy Bo Tarrow to finance chief")
    assert [one.text for one in found.orgs] == ["Osprey"]


@pytest.mark.parametrize(
    ("title", "posts", "orgs"),
    [
        ("Osprey Studios GM Ada Quill leaves for Corvid", ["GM"], ["Osprey Studios", "Corvid"]),
        ("Corvid hires GM executive Ada Quill", ["executive"], ["Corvid", "GM"]),
    ],
)
def test_a_gm_is_a_firm_s_and_gm_is_a_firm(title: str, posts: list[str], orgs: list[str]) -> None:
    found = seen(title)
    assert [one.text for one in found.posts] == posts
    assert [one.text for one in found.orgs] == orgs


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Osprey promotes loyalty head to run its cargo unit", "loyalty head"),
        ("Osprey taps former Corvid US head as chief executive", "US head"),
        ("Osprey brings in projects head from Corvid", "projects head"),
        ("The utility's GM fired in closed session", "GM"),
        ("Churn at Osprey as Americas 2 head Ada Quill quits to join Corvid", "head"),
    ],
)
def test_whoever_is_taken_may_head_anything(title: str, post: str) -> None:
    assert post in [one.text for one in seen(title).posts]


@pytest.mark.parametrize(
    ("sentence", "task"),
    [
        ("Ada Quill, who runs government affairs at Osprey, would need approval.", "runs government affairs"),
        ("Ada Quill goes back to running recruiting, Osprey said.", "running recruiting"),
        ("Ada Quill will look after the cloud business at Osprey.", "look after the cloud business"),
        ("Ada Quill moves to Miami to run its U.S. business", "run its U.S. business"),
        ("Ada Quill takes charge of product strategy at Osprey.", "charge of product strategy"),
        ("Ada Quill takes the helm of the cloud business at Osprey.", "helm of the cloud business"),
        ("Ada Quill is to be given charge of the Lantern team.", "charge of the Lantern team"),
        ("Osprey wants Ada Quill to take charge instead.", "take charge"),
        ("Ada Quill moves to an advisory post at Osprey.", "advisory post"),
    ],
)
def test_what_somebody_is_to_do_goes_for_a_post(sentence: str, task: str) -> None:
    assert task in [place.chunk.text for _, place in seen("Osprey changes its leaders", sentence).titles]


@pytest.mark.parametrize(
    "title",
    [
        "Who runs Osprey now",
        "Ada Quill takes charge as CEO of Osprey",
        "Ada Quill goes for a new job",
        "Quill said in a blog post",
    ],
)
def test_a_question_and_a_post_that_is_named_are_no_task(title: str) -> None:
    assert not [place for _, place in seen(title).titles if place.chunk.kind == "task"]


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("Osprey CEO and board chair hand over in orderly succession", ["CEO", "board chair"]),
        ("Osprey director-general and head of news quit over edit", ["director-general", "head of news"]),
        ("Osprey chairman and CEO quits over edit", ["chairman and CEO"]),
    ],
)
def test_two_posts_of_which_a_verb_in_the_plural_tells_are_of_two_people(title: str, posts: list[str]) -> None:
    assert [one.text for one in seen(title).posts] == posts


def test_a_post_and_a_number_of_others_are_two() -> None:
    found = seen("Corvid loses its product head and two senior directors in a fortnight").posts
    assert [one.text for one in found] == ["product head", "two senior directors"]


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Osprey Labs snares Corvid propulsion guru", "propulsion guru"),
        ("Osprey Labs poaches ex-Corvid yield wizard", "yield wizard"),
        ("Osprey Labs hires AI czar Ada Quill from Corvid", "AI czar"),
        ("Corvid compute czar quits", "compute czar"),
        ("Exodus at Corvid Labs continues as perception head goes", "perception head"),
    ],
)
def test_a_post_is_told_by_a_craft_or_by_who_goes(title: str, post: str) -> None:
    assert post in [one.text for one in seen(title).posts]


def test_who_is_called_a_wizard_has_no_post_by_that() -> None:
    assert seen("Osprey Labs snares Corvid chip wizard Ada Quill").posts == []
    [record] = choose(seen("Osprey Labs names Corvid insider Ada Quill as president"), load())
    assert record.get("from_role") == ""


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("Ada Quill exits marketing post at Corvid", ["marketing post"]),
        ("Osprey Labs picks Ada Quill for top job", ["top job"]),
        ("Osprey Labs names Ada Quill CEO; Ben Okoro wanted top job", ["CEO"]),
    ],
)
def test_a_post_of_no_list_is_told_and_the_top_job_where_no_chief_is(title: str, posts: list[str]) -> None:
    assert [one.text for one, _ in seen(title).titles] == posts


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("Osprey board weighs replacing consumer head", ["consumer head"]),
        ("Osprey board is looking for new CEO", ["new CEO"]),
        ("Osprey directors consider ousting chief executive", ["chief executive"]),
        ("Osprey directors resign", ["directors"]),
        ("Entire Osprey advisory board fired by new owner", ["board"]),
    ],
)
def test_a_board_that_decides_of_another_is_nobodys_post(title: str, posts: list[str]) -> None:
    assert [one.text for one in seen(title).posts] == posts
