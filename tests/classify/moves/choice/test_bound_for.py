"""Who leaves for a post that the same clause names goes there, and who is not told to go anywhere only leaves."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.bound_for import bound_for
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.choice.test_told_apart import told
from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("summary", "there", "post"),
    [
        ("Bo Tarrow is leaving to become chief executive of Corvid Foods.", "Corvid Foods", "chief executive"),
        ("Bo Tarrow, who left Harrow Mills in May to run Corvid Foods, was there for ten years.", "Corvid Foods", ""),
        ("Bo Tarrow is leaving to become CFO of Akron, Ohio-based Corvid Foods.", "Corvid Foods", "CFO"),
        ("Bo Tarrow is moving to Corvid Foods to head its stores.", "Corvid Foods", ""),
        ("It lost Bo Tarrow, who is now finance chief of Corvid Foods.", "Corvid Foods", "finance chief"),
        ("Bo Tarrow is quitting to head a division of Norway's Corvid Foods.", "Corvid Foods", "head a division"),
    ],
)
def test_who_leaves_to_take_a_post_elsewhere_is_hired_there(summary: str, there: str, post: str) -> None:
    ties = Ties(seen("Harrow Mills loses a chief", summary))
    one = bound_for(ties, found(ties, "depart", from_org="Harrow Mills"))
    assert (one.action, one.get("to_org")) == ("hire", there)
    assert one.get("to_role").startswith(post) and bool(one.get("to_role")) == bool(post)


@pytest.mark.parametrize(
    "summary",
    [
        "Bo Tarrow, who is leaving to spend time with his children, sold Corvid Foods in May.",
        "Bo Tarrow is leaving. Ada Quill left to run Corvid Foods.",
        "Bo Tarrow left to become chief of a charity because Corvid Foods had bought the firm.",
        "Bo Tarrow is leaving to run Harrow Mills' shops.",
        "Bo Tarrow left after a plan to join Corvid Foods came to nothing.",
    ],
)
def test_who_leaves_for_nothing_that_is_told_only_leaves(summary: str) -> None:
    ties = Ties(seen("Harrow Mills loses a chief", summary))
    one = bound_for(ties, found(ties, "depart", from_org="Harrow Mills"))
    assert (one.action, one.get("to_org")) == ("depart", "")


def test_whom_somebody_follows_is_told_with_where_he_goes() -> None:
    story = (
        "Lumenbank names Ada Quill Singapore CEO",
        "Quill will replace Bo Tarrow, who is leaving to become managing director of Corvid Bank.",
    )
    [(action, here, _, there, post)] = [one[1:] for one in told(*story) if one[0] == "Bo Tarrow"]
    assert (action, here, there, post) == ("hire", "Lumenbank", "Corvid Bank", "managing director")
