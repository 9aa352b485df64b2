"""Who keeps a post that was held for a while is promoted to it."""

from __future__ import annotations

import pytest

from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.evidence.interim import kept
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.choice.test_told_apart import told
from tests.classify.moves.evidence.test_ties import seen


def appointed(ties: Ties, post: str) -> Found:
    firm = ties.cast.orgs[0]
    one = found(ties, "appoint", to_role=post)
    one.slots["to_org"] = (firm.best, firm.text)
    return one


def test_a_post_held_for_a_while_and_kept_is_left_for_itself() -> None:
    ties = Ties(seen("Harrow Mills names Ada Quill finance chief", "Quill was named interim finance chief in May."))
    one = kept(ties, appointed(ties, "finance chief"))
    assert (one.action, one.get("from_org"), one.get("from_role")) == ("promote", "Harrow Mills", "interim finance chief")


def test_a_permanent_post_is_the_one_held_for_a_while() -> None:
    ties = Ties(seen("Harrow Mills names CEO", "Ada Quill, interim CEO since May, is to be permanent chief executive officer."))
    assert kept(ties, appointed(ties, "permanent chief executive officer")).get("from_role") == "interim CEO"


def test_another_post_or_another_holder_leaves_the_record_as_it_is() -> None:
    other = Ties(seen("Harrow Mills names Ada Quill finance chief", "Quill was named interim sales director in May."))
    another = Ties(seen("Harrow Mills names Ada Quill CEO", "Ben Okoro, interim CEO since May, goes back to sales."))
    begins = Ties(seen("Harrow Mills names Ada Quill interim CEO"))
    told = [(other, "finance chief"), (another, "CEO"), (begins, "interim CEO")]
    assert [kept(ties, appointed(ties, post)).action for ties, post in told] == ["appoint"] * 3


@pytest.mark.parametrize(
    "summary",
    [
        "CFO Ingrid Berg steps in until a successor is found.",
        "CFO Ingrid Berg will lead the company until a permanent chief executive is named.",
        "CFO Ingrid Berg takes over on an interim basis.",
        "CFO Ingrid Berg will fill in.",
        "CFO Ingrid Berg is covering his duties.",
    ],
)
def test_who_fills_in_is_appointed_to_the_post_that_is_left(summary: str) -> None:
    found = told("Harrow Foods CEO Peter Vane resigns", summary)
    assert found[1] == ("Ingrid Berg", "appoint", "Harrow Foods", "CFO", "Harrow Foods", "CEO")


def test_who_fills_in_on_the_board_stays_there() -> None:
    found = told("Harrow Foods chairman Peter Vane quits", "Deputy chair Ingrid Berg fills in.")
    assert found[1][1:] == ("board", "Harrow Foods", "Deputy chair", "Harrow Foods", "chairman")


def test_who_leaves_as_another_is_to_fill_in_leaves_the_post_for_good() -> None:
    found = told("Harrow Foods appoints interim CEO as Peter Vane leaves with immediate effect")
    assert found[0] == ("Peter Vane", "depart", "Harrow Foods", "CEO", "", "")


def test_who_held_a_post_for_a_while_and_leaves_it_leaves_that() -> None:
    assert told("Harrow Foods interim CEO Peter Vane to step down")[0][3] == "interim CEO"
