"""People whose names begin with no first name that is known: what small words beside them say."""

from __future__ import annotations

import pytest

from tests.classify.test_names import orgs, people


@pytest.mark.parametrize(
    ("title", "summary", "name"),
    [
        ("Corvid's Quorrin Vashti to return to Osprey", "", "Quorrin Vashti"),
        ("Corvid loses two", "Ada Quill and Quorrin Vashti left the bank in spring.", "Quorrin Vashti"),
        ("Corvid hires CFO", "Her predecessor, Quorrin Vashti, left in April.", "Quorrin Vashti"),
        ("In Corvid feud, trustee Quorrin Vashti voted off", "", "Quorrin Vashti"),
        ("Corvid's president to go", "Quorrin Vashti spent nine years on cars.", "Quorrin Vashti"),
        ("Corvid's president to go", "Staff were told that Quorrin Vashti had accepted a job at Osprey.", "Quorrin Vashti"),
        ("Corvid's president to go", "Quorrin Vashti will look after models as chief technology officer.", "Quorrin Vashti"),
        ("Corvid left without a head as Quorrin Vashti quits", "", "Quorrin Vashti"),
        ("Corvid gets yet another president: Quorrin Vashti", "", "Quorrin Vashti"),
        ("Corvid's Ada Quill takes CEO title; Vashti becomes chairman", "", "Vashti"),
        ("Ada Quill starts as Corvid CEO, with Vashti as executive chairman", "", "Vashti"),
        ("Corvid names Vashti chairman", "", "Vashti"),
        ("Corvid: Vashti out, Ada Quill in", "", "Vashti"),
        ("Corvid CEO Quill to hand over to Vashti in June", "", "Vashti"),
        ("Corvid: Ada Quill made chair, Quorrin Vashti takes CEO seat", "", "Quorrin Vashti"),
        ("Who might lead Corvid?", "Quorrin Vashti said in March that he'd step down.", "Quorrin Vashti"),
        ("Corvid hires chief", "Quorrin Vashti, one of the founders of Osprey, is to run it.", "Quorrin Vashti"),
        ("Corvid hires chief", "Osprey's head of banking, Quorrin Vashti, will relocate.", "Quorrin Vashti"),
        ("Osprey poaches Corvid's perception lead Quorrin Vashti", "", "Quorrin Vashti"),
        ("Corvid's Quorrin van den Brook to leave", "", "Quorrin van den Brook"),
        ("Nod at Corvid", "The bank said that Quorrin Vashti and Sivan Orlu joined the board.", "Quorrin Vashti"),
        ("Corvid chief goes", "Quorrin Vashti, put forward by Osprey, resigned on Thursday.", "Quorrin Vashti"),
        ("Ada Quill retires, Quorrin Vashti returns from Osprey to replace her", "", "Quorrin Vashti"),
        ("Chief of OpenAI Vashti told to make room", "", "Vashti"),
        ("Corvid appoints Osprey's Vashti", "", "Vashti"),
        ("Ada Quill takes Corvid CEO chair from Vashti", "", "Vashti"),
        ("Corvid's Ada Quill brings old Osprey colleague Vashti to product", "", "Vashti"),
        ("Corvid sales head Ada Quill departs; Vashti promoted from Tulsa", "", "Vashti"),
        ("Wealth team leaves", "Advisers Colleen Arkwright and Ada Quill have set up shop.", "Colleen Arkwright"),
        ("Corvid loses third", 'Quorrin Vashti posted a note. "We thank Quorrin for all he did," they said.', "Quorrin Vashti"),
        ("Corvid announces departure of Quorrin Vashti", "", "Quorrin Vashti"),
        ("Corvid elevates Ada Quill, Quorrin Vashti", "", "Quorrin Vashti"),
        ("Corvid puts Quorrin Vashti in charge of cloud", "", "Quorrin Vashti"),
        ("Corvid hands reins to Quorrin Vashti", "", "Quorrin Vashti"),
        ("Corvid's new CEO is Quorrin Vashti", "", "Quorrin Vashti"),
        ("Quorrin Vashti hired by Corvid", "", "Quorrin Vashti"),
        ("Quorrin Vashti set to leave Corvid", "", "Quorrin Vashti"),
        ("Corvid shuffles Asia: Vashti to Osprey, Orlu to Harrow", "", "Vashti"),
        ("Corvid CEO to go", "He will be replaced by Quorrin Vashti.", "Quorrin Vashti"),
        ("Corvid CEO to go", "He takes over from Quorrin Vashti.", "Quorrin Vashti"),
        ("Corvid CEO to go", "Quorrin Vashti previously worked at Osprey.", "Quorrin Vashti"),
        ("Corvid CEO to go", "Quorrin Vashti's last day is Friday.", "Quorrin Vashti"),
        ("Corvid CEO to go", "Sivan Orlu and Quorrin Vashti will co-lead the unit.", "Quorrin Vashti"),
        ("Corvid CEO to go", "Quorrin Vashti, a former Osprey treasurer, has gone.", "Quorrin Vashti"),
        ("Nod at Corvid for Quorrin Vashti's successor", "", "Quorrin Vashti"),
    ],
)
def test_who_does_or_has_what_people_do_is_somebody(title: str, summary: str, name: str) -> None:
    assert name in people(title, summary)


@pytest.mark.parametrize(
    ("title", "summary", "firm"),
    [
        ("Quorrin Vashti climbs after new CFO is named", "", "Quorrin Vashti"),
        ("Ada Quill joins Vashti as chief", "", "Vashti"),
        ("Corvid names Vashti exec", "", "Vashti"),
        ("Corvid's chief to go", "Quorrin Vashti, one of its investors, said so.", "Quorrin Vashti"),
        ("Corvid hires Osprey's Vashti unit as adviser", "", "Vashti"),
        ("Ada Quill moves to Corvid, Vashti to open office in Tulsa", "", "Vashti"),
        ("Corvid CEO to go", "Shares fell, Quorrin Vashti said.", "Quorrin Vashti"),
        ("New chair for Corvid's Quorrin Vashti", "", "Quorrin Vashti"),
        ("Ada Quill appointed Vashti chairman", "", "Vashti"),
        ("Ada Quill moves from Tulsa to Vashti as president", "", "Vashti"),
        ("Corvid's QVX VPN loses its chief", "", "QVX VPN"),
    ],
)
def test_a_firm_stays_one(title: str, summary: str, firm: str) -> None:
    assert firm in orgs(title, summary)
    assert firm not in people(title, summary)


@pytest.mark.parametrize(
    ("title", "summary", "name"),
    [
        ("Corvid's Ada Quill dismisses talk of an exit", "", "Ada Quill"),
        ("Corvid: Ada Quill signs on to 2029, ending succession chatter", "", "Ada Quill"),
        ("Corvid chairman Bo Arkwright to step aside for Ada Quill", "", "Ada Quill"),
        ("Corvid to vote on making Ada Quill executive director", "", "Ada Quill"),
        ("Corvid's chiefs", "Bo Arkwright is president of Osprey, and Ada Quill executive vice president of sales.", "Ada Quill"),
        ("Ada Quill moves over from Corvid security chief, Bo Arkwright returns from Osprey to replace him", "", "Ada Quill"),
    ],
)
def test_what_firms_do_as_well_makes_nobody_a_firm(title: str, summary: str, name: str) -> None:
    assert name in people(title, summary)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Corvid Announces Departure of Chief Executive Fred Parks", "Fred Parks"),
        ("Corvid Chief Accounting Officer Ada Quill Notifies Company of Resignation", "Ada Quill"),
    ],
)
def test_a_headline_of_capitals_has_its_people(title: str, name: str) -> None:
    assert people(title) == [name]
