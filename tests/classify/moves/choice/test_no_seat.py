"""Posts that read like a seat on a board and are none."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.no_seat import sits_nowhere
from monitor.classify.moves.choice.overruling import settle
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.evidence.test_ties import seen


def _left(title: str) -> tuple[Ties, str]:
    """A story, and the post of it that reads like a seat."""
    ties = Ties(seen(title))
    return ties, next(
        post.text for post, _ in ties.cast.titles if "director" in post.text.lower() or "chair" in post.text.lower()
    )


def _nowhere(title: str) -> frozenset[str]:
    ties, text = _left(title)
    one = found(ties, "board")
    place = next(p for post, p in ties.cast.titles if post.text == text)
    one.slots["from_role"] = (place, text)
    return sits_nowhere(ties, one)


@pytest.mark.parametrize(
    ("title", "none"),
    [
        ("Harrow Mills fleet director Ada Quill retires", True),
        ("Refining director Ada Quill leaves Harrow Mills", True),
        ("Ada Quill resigns as an outside director of Harrow Mills", False),
        ("Ada Quill, one of four directors, quits Harrow Mills", False),
        ("Ada Quill steps down as chairman of the new grain division at Harrow Mills", True),
        ("Ada Quill steps down as chairman of Harrow Mills", False),
    ],
)
def test_what_is_directed_or_chaired_tells_a_seat_from_a_post(title: str, none: bool) -> None:
    assert (_nowhere(title) == {"from_role"}) is none


def test_who_loses_such_a_post_departs_and_who_gets_one_is_no_board_member() -> None:
    ties = Ties(seen("Harrow Mills fleet director Ada Quill leaves"))
    assert settle(found(ties, "board", from_role="director"), {"from_role"}).action == "depart"
    got = found(ties, "board", from_org="Harrow Mills", to_org="Harrow Mills", to_role="chairman of the new grain division")
    assert settle(got, {"to_role"}).action == "promote"
    assert settle(found(ties, "board", from_role="director")).action == "board"
