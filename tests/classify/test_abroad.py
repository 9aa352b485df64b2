"""Names and words of other places: surnames that are firms, arms of known firms, the English of India and of the Gulf."""

from __future__ import annotations

import pytest

from monitor.model import MoveAction
from tests.classify.moves.cast.test_bystanders import moves
from tests.classify.test_names import orgs, people


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Osprey names Daisuke Kubota as president", "Daisuke Kubota"),
        ("Takumi Honda named head of AI of Osprey", "Takumi Honda"),
        ("Osprey chief Eseoghene Porsche steps down", "Eseoghene Porsche"),
        ("Osprey appoints Cao Peng chief financial officer", "Cao Peng"),
        ("Reliance elects Anant Ambani to board as executive director", "Anant Ambani"),
        ("TSMC veteran Wen Tsai-lun's jump to Intel sparks probe", "Wen Tsai-lun"),
    ],
)
def test_who_is_called_like_a_firm_or_has_a_name_no_list_knows_is_a_person(title: str, name: str) -> None:
    assert people(title) == [name]
    assert not any(name.endswith(firm) for firm in orgs(title))


@pytest.mark.parametrize(
    "title", ["Kubota names Daisuke Ito as president", "Tractor maker Kubota names president", "Kubota and Honda name presidents"]
)
def test_a_firm_called_like_a_person_stays_a_firm(title: str) -> None:
    assert "Kubota" in orgs(title)


@pytest.mark.parametrize(
    ("title", "firm"),
    [
        ("Etihad Rail COO quits after nine months", "Etihad Rail"),
        ("Maersk Drilling veteran Ada Quill resurfaces at Osprey", "Maersk Drilling"),
        ("ADNOC Gas elevates Ada Quill to chief executive", "ADNOC Gas"),
        ("Boeing defense chief Ada Quill leaves", "Boeing"),
        ("Shell Energy Chief Leaves for Osprey", "Shell"),
    ],
)
def test_an_arm_belongs_to_its_firm_where_its_capital_says_something(title: str, firm: str) -> None:
    assert orgs(title)[0] == firm


def test_a_word_before_a_headline_s_colon_is_no_firm() -> None:
    assert orgs("All-hands: Ada Quill said she is stepping down", "Osprey's Ada Quill told staff on Monday.") == ["Osprey"]


@pytest.mark.parametrize(
    ("title", "action"),
    [
        ("Corvid veteran Ada Quill superannuates", MoveAction.RETIRE),
        ("Corvid ropes in Ada Quill as chief growth officer", MoveAction.HIRE),
        ("Corvid CFO puts in his papers", MoveAction.DEPART),
        ("Corvid finance director Ada Quill demits office", MoveAction.DEPART),
        ("Ada Quill assumes charge as CMD of Corvid", MoveAction.APPOINT),
        ("Corvid inducts Ada Quill to its board", MoveAction.BOARD),
        ("Corvid lines up Ada Quill as chief executive", MoveAction.APPOINT),
        ("Corvid GCEO Ada Quill steps down", MoveAction.DEPART),
    ],
)
def test_a_change_of_post_is_told_in_the_words_of_the_place(title: str, action: MoveAction) -> None:
    assert [move.action for move in moves(title)] == [action]


@pytest.mark.parametrize(
    "title",
    [
        "Corvid ropes in pop star Ada Quill as brand ambassador",
        "Corvid inducts first electric buses into fleet",
        "Corvid lines up $2 billion loan for expansion",
        "Ada Quill assumes charge as chief minister of Punjab",
    ],
)
def test_ambassadors_fleets_loans_and_ministers_are_none(title: str) -> None:
    assert moves(title) == ()
