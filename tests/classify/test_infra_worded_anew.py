"""Headlines worded as no training headline is: how many of infrastructure are found, and that others are let go.

``headlines_infra.txt`` was written before the models that it judges and is not learned from; a model that is fitted on it makes
this test say nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.classify.cascade import Cascade
from monitor.classify.encoder_use import lacks
from monitor.classify.prefilter import candidates
from monitor.model import Label
from monitor.training import as_story

LINES = (Path(__file__).parent / "headlines_infra.txt").read_text(encoding="utf-8").splitlines()
OF_IT = [line[2:] for line in LINES if line.startswith("+ ")]
OTHERS = [line[2:] for line in LINES if line.startswith("- ")]


def flagged(titles: list[str], encoder: str) -> list[str]:
    cascade = Cascade(reasons=False, encoder=encoder)
    stories = [as_story({"id": "s", "title": title}) for title in titles]
    return [story.title for story in stories if cascade.classify(story).match(Label.INFRASTRUCTURE)]


def test_the_prefilter_lets_most_of_them_pass() -> None:
    passed = [title for title in OF_IT if candidates(f"{title}\n").infra]
    assert len(OF_IT) == len(OTHERS) == 60
    assert len(passed) >= 51, set(OF_IT) - set(passed)


@pytest.mark.parametrize(("encoder", "least"), [("off", 44), ("on", 36)])
def test_of_sixty_most_are_found_and_of_sixty_others_next_to_none(encoder: str, least: int) -> None:
    if lacks() and encoder == "on":
        pytest.skip(lacks())
    found, wrong = flagged(OF_IT, encoder), flagged(OTHERS, encoder)
    assert len(found) >= least, set(OF_IT) - set(found)
    assert len(wrong) <= 1, wrong
