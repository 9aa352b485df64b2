"""Dismissals and retirements told by words around a name."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.shown_out import shown_out
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("title", "action"),
    [
        ("Harrow Mills lets finance chief Ada Quill go", "dismiss"),
        ("Harrow Mills asks finance chief Ada Quill to make way", "dismiss"),
        ("Finance chief Ada Quill was let go by Harrow Mills", "dismiss"),
        ("Harrow Mills chief Ada Quill shown the door", "depart"),
        ("Harrow Mills chief Ada Quill to go in May", "depart"),
        ("Harrow Mills chief Ada Quill tells staff she is to leave", "depart"),
        ("Harrow Mills lets Ada Quill stay until May", "depart"),
        ("Harrow Mills finance chief Ada Quill superannuates", "retire"),
        ("Harrow Mills partner Ada Quill hangs up her spurs", "retire"),
        ("Harrow Mills president Ada Quill to call it a career", "retire"),
        ("Ada Quill calls it a setback, leaves Harrow Mills", "depart"),
    ],
)
def test_the_words_around_a_name_tell_how_somebody_goes(title: str, action: str) -> None:
    ties = Ties(seen(title))
    assert shown_out(ties, found(ties, "depart", from_org="Harrow Mills")).action == action


def test_who_goes_to_another_firm_is_not_sent_away() -> None:
    ties = Ties(seen("Harrow Mills lets finance chief Ada Quill go"))
    assert shown_out(ties, found(ties, "depart", from_org="Harrow Mills", to_org="Osprey Freight")).action == "depart"
