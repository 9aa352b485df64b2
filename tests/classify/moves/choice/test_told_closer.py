"""What a founder gives up, and the post that a headline calls no more than an executive's."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.told_closer import told_closer
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.cast.test_bystanders import moves
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Harrow Mills founder Ada Quill cedes CEO post to Bo Tarrow", "CEO"),
        ("Harrow Mills co-founder Ada Quill to give up co-CEO role", "co-CEO"),
        ("Harrow Mills founder Ada Quill relinquishes the chief executive role", "chief executive"),
        ("Harrow Mills founder Ada Quill gives up sailing; CEO Bo Tarrow stays", "founder"),
        ("Harrow Mills founder Ada Quill leaves as Bo Tarrow gives up CEO role", "founder"),
    ],
)
def test_a_founder_leaves_the_post_that_is_given_up(title: str, left: str) -> None:
    ties = Ties(seen(title))
    one = told_closer(ties, found(ties, "other" if left != "founder" else "depart", from_org="Harrow Mills", from_role="founder"))
    assert (one.action, one.get("from_role")) == ("depart", left)


def test_a_founder_who_gives_up_a_title_is_told_once() -> None:
    records = [(m.action.value, m.from_org, m.from_role) for m in moves("Vantle's founder gives up CEO title for a second time")]
    assert records == [("depart", "Vantle", "CEO")]


@pytest.mark.parametrize(
    ("summary", "left"),
    [
        ("Harrow Mills President Ada Quill said that she will leave at the end of March.", "President"),
        ("It has accepted that its chairman, Ada Quill, resigns.", "chairman"),
        ("Ada Quill, vice president of design, is leaving.", "vice president of design"),
        ("Former President Ada Quill is leaving.", "executive"),
        ("Corvid Foods President Ada Quill is on its board.", "executive"),
        ("President Bo Tarrow thanked Ada Quill.", "executive"),
        ("Ada Quill's deputy leaves as well.", "executive"),
        ("Ada Quill leaves for another top job.", "executive"),
    ],
)
def test_an_executive_is_what_the_story_calls_him_beside_his_name(summary: str, left: str) -> None:
    ties = Ties(seen("Ada Quill stepping down as top Harrow Mills executive", summary))
    one = told_closer(ties, found(ties, "depart", from_org="Harrow Mills", from_role="executive"))
    assert one.get("from_role") == left


def test_a_chief_executive_is_no_vague_executive() -> None:
    ties = Ties(seen("Harrow Mills CEO Ada Quill to leave", "Chief Executive Ada Quill will go in March."))
    assert told_closer(ties, found(ties, "depart", from_role="Chief Executive")).get("from_role") == "Chief Executive"


def test_the_head_of_a_firms_team_is_told_closely_enough() -> None:
    ties = Ties(
        seen("Corvid poaches Harrow Mills design director Ada Quill", "Ada Quill was head of Harrow Mills' interface team.")
    )
    one = found(ties, "hire", from_org="Harrow Mills")
    head = next(place for _, place in ties.cast.titles if place.chunk.low == "head")
    one.slots["from_role"] = (head, head.chunk.text)
    assert told_closer(ties, one).get("from_role") == "head"
