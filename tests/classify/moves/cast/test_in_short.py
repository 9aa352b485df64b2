"""Who is a person and what a firm where a headline says it in few words, and no list knows the name."""

from __future__ import annotations

import pytest

from tests.classify.moves.choice.test_others import moves, records
from tests.classify.test_names import orgs, people, seen


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Osprey lures banking star Quorrin Vashti from Corvid", "Quorrin Vashti"),
        ("Osprey hires chip wizard Quorrin Vashti", "Quorrin Vashti"),
        ("Record pay: Quorrin Vashti leaves Corvid for Osprey Labs", "Quorrin Vashti"),
        ("Quorrin Vashti quits Osprey Labs", "Quorrin Vashti"),
        ("Could Quorrin Vashti be heading to Osprey Labs?", "Quorrin Vashti"),
        ("Quorrin Vashti voted off Corvid board by shareholders", "Quorrin Vashti"),
        ("Quorrin Vashti ousted from Corvid board", "Quorrin Vashti"),
        ("Vashti no longer CEO of Osprey Labs", "Vashti"),
        ("Vashti given wider remit at Osprey Labs", "Vashti"),
        ("Vashti to leave Osprey Labs; CTO Ada Quill next in line", "Vashti"),
        ("Ada Quill makes way for Vashti at Osprey Labs", "Vashti"),
        ("Quorrin Vashti's second act: trains", "Quorrin Vashti"),
        ("Tolland names J. P. Orlu CFO", "J. P. Orlu"),
        ("J. P. Orlu leaves Osprey Labs", "J. P. Orlu"),
        ("Osprey Labs CEO J. P. Orlu quits", "J. P. Orlu"),
        ("Zhiwen Fang leaves Corvid for Osprey Labs", "Zhiwen Fang"),
        ("Quorrin Vashti adds chief executive duties at Osprey Labs", "Quorrin Vashti"),
        ("Quorrin Vashti swaps Osprey Labs for Corvid", "Quorrin Vashti"),
        ("Vashti quits senior role at Osprey Labs", "Vashti"),
        ("Vashti leaves top post at Osprey Labs after row", "Vashti"),
        ("Osprey Labs CFO to be replaced by Corvid's Vashti", "Vashti"),
        ("Osprey Capital loses partners Vashti and Orlu to Corvid", "Vashti"),
        ("Osprey Capital loses partners Vashti and Orlu to Corvid", "Orlu"),
        ("Osprey Labs loses directors Vashti, Orlu and Marrick", "Marrick"),
    ],
)
def test_few_words_tell_a_person(title: str, name: str) -> None:
    assert name in people(title)


@pytest.mark.parametrize(
    ("title", "firm"),
    [
        ("Eight partners bolt from Ada Norte to set up boutique", "Ada Norte"),
        ("CFO leaves Ada Norte", "Ada Norte"),
        ("Ada Quill says goodbye to Quorrin Vale", "Quorrin Vale"),
        ("Quorrin Energi parts ways with CEO", "Quorrin Energi"),
        ("Quorrin Energi has parted ways with its finance chief", "Quorrin Energi"),
        ("Ada Quill hired by Quorrin Jett to lead design", "Quorrin Jett"),
        ("Ada Quill leaves Quorrin Jett to lead design at Osprey Labs", "Quorrin Jett"),
        ("Osprey Labs hires Quorrin Jett CFO", "Quorrin Jett"),
        ("Osprey Labs picks Quorrin Jett CTO to run design", "Quorrin Jett"),
        ("Osprey Labs hires Hollin Rail freight chief Ada Quill", "Hollin Rail"),
        ("Ada Quill voted off Quorrin Rail board", "Quorrin Rail"),
        ("Vashti, co-founder of fintech unicorn Gerobik, relinquishes CEO title", "Gerobik"),
        ("Former Quorrin COO Ada Quill took over at Osprey", "Quorrin"),
        ("Toymaker Quorrindle gets new boss", "Toymaker Quorrindle"),
        ("Brewer Quorrindle has a new chief executive", "Brewer Quorrindle"),
        ("Ada Dairy Cooperative board fires general manager", "Ada Dairy Cooperative"),
        ("Osprey Capital and partners Quorrin and Tolland open a lab; CEO Ada Quill resigns", "Quorrin"),
    ],
)
def test_few_words_tell_a_firm(title: str, firm: str) -> None:
    assert firm in orgs(title)
    assert firm not in people(title)


def test_who_is_named_chief_is_no_firm_and_a_firm_of_initials_no_person() -> None:
    assert people("Osprey Labs names Quorrin Vashti CFO") == ["Quorrin Vashti"]
    assert people("Osprey Labs picks directors with D. E. Shaw") == []


def test_who_takes_more_duties_on_takes_nobody() -> None:
    told = records("Quorrin Vashti adds chief executive duties at Osprey Labs")
    assert {(who, to, post) for who, _, _, to, post in told} == {("Quorrin Vashti", "Osprey Labs", "chief executive")}


def test_who_swaps_one_firm_for_another_goes_there_and_a_firm_that_swaps_its_chief_stays() -> None:
    told = records("Quorrin Vashti swaps Tolland Steppe Bank for Osprey Labs")
    assert {(who, here, there) for who, here, _, there, _ in told} == {("Quorrin Vashti", "Tolland Steppe Bank", "Osprey Labs")}
    assert all(one.from_org != "Osprey Labs" or not one.to_org for one in moves("Osprey Labs swaps CEO for finance chief"))


@pytest.mark.parametrize("verb", ["fills CFO vacancy with", "hands CFO job to"])
def test_a_vacancy_that_is_filled_does_not_move_itself(verb: str) -> None:
    [(who, here, _, there, post)] = records(f"Osprey Labs {verb} Tolland veteran")
    assert (who, here, there, post) == ("Tolland veteran", "Tolland", "Osprey Labs", "CFO")


@pytest.mark.parametrize(
    ("title", "firm", "post"),
    [
        ("Quorrin Vashti loses CEO title", "", "CEO"),
        ("Quorrin Vashti loses CEO title at Osprey Labs", "Osprey Labs", "CEO"),
        ("Quorrin Vashti loses job as Osprey Labs CEO", "Osprey Labs", "CEO"),
        ("Quorrin Vashti loses role as CEO of Osprey Labs", "Osprey Labs", "CEO"),
        ("Quorrin Vashti loses his position as chief technology officer", "", "chief technology officer"),
        ("Osprey Labs founder Quorrin Vashti loses chairmanship", "Osprey Labs", "chairmanship"),
        ("Quorrin Vashti loses board seat", "", "board seat"),
        ("Osprey Labs' Quorrin Vashti loses her seat on the board", "Osprey Labs", "board"),
    ],
)
def test_who_loses_a_post_leaves_it(title: str, firm: str, post: str) -> None:
    told = {(who, here, left) for who, here, left, _, _ in records(title)}
    assert told == {("Quorrin Vashti", firm, post)}


def test_a_firm_that_loses_its_chief_is_no_person() -> None:
    told = {(who, here) for who, here, *_ in records("Quorrin Energi loses its finance chief")}
    assert told == {("its finance chief", "Quorrin Energi")}


@pytest.mark.parametrize(
    "title",
    [
        "Corvid CEO Ada Quill hands reins to Vashti",
        "Corvid CEO Ada Quill hands the reins to Vashti",
        "Corvid's Ada Quill to hand CEO job to Vashti",
        "Ada Quill hands CEO role to Vashti at Corvid",
    ],
)
def test_who_hands_the_reins_over_goes_and_who_gets_them_is_no_firm(title: str) -> None:
    told = {(who, here, there) for who, here, _, there, _ in records(title)}
    assert told == {("Ada Quill", "Corvid", ""), ("Vashti", "", "Corvid")}


def test_the_words_of_the_reins_are_those_of_the_headline() -> None:
    title = "Corvid CEO Ada Quill hands reins to Vashti"
    told = [c.text for c in seen(title).seen.rows[0].items]
    assert " ".join(told) == title
    assert all(title[c.start : c.end] == c.text for c in seen(title).seen.rows[0].items)
