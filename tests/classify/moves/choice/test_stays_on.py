"""Who gives up a post and is told to stay as an adviser or on the board gets that, and who only hands over gets nothing."""

from __future__ import annotations

import pytest

from monitor.classify.moves.choice.stays_on import stays_on
from monitor.classify.moves.evidence.ties import Ties
from tests.classify.moves.choice.test_choosing import found
from tests.classify.moves.evidence.test_ties import seen


@pytest.mark.parametrize(
    ("summary", "post"),
    [
        ("Ada Quill is stepping down as managing partner, although she will remain an adviser.", "adviser"),
        ("Ada Quill will step down. She will stay on as a senior adviser.", "senior adviser"),
        ("Ada Quill will step down as chief executive and remain on the board.", "board"),
        ("Ada Quill will step down as president but continue with the company as an adviser.", "adviser"),
        ("Ada Quill will step down. She will stay on as an adviser until May.", ""),
        ("Ada Quill will step down and remain as an adviser to ensure a smooth handover.", ""),
        ("Ada Quill will step down as chief executive and remain until May. The board thanked her.", ""),
        ("Ada Quill will step down. Bo Tarrow will remain an adviser.", ""),
        ("Ada Quill will step down and remain chairman.", ""),
    ],
)
def test_who_stays_on_in_a_lesser_post_gets_it(summary: str, post: str) -> None:
    ties = Ties(seen("Harrow Mills chief to leave", summary))
    one = stays_on(ties, found(ties, "depart", from_org="Harrow Mills", from_role="chief executive"))
    assert (one.action, one.get("to_role")) == ("depart", post)
    assert one.get("to_org") == ("Harrow Mills" if post else "")


def test_who_goes_to_another_firm_stays_with_none() -> None:
    ties = Ties(seen("Harrow Mills chief to leave", "Ada Quill joins Corvid Foods and will remain an adviser."))
    one = stays_on(ties, found(ties, "depart", from_org="Harrow Mills", to_org="Corvid Foods"))
    assert (one.get("to_org"), one.get("to_role")) == ("Corvid Foods", "")
