"""Headlines worded as no training headline is: how many of a label are found, and that others are let go.

``headlines_infra.txt`` and ``headlines_moves.txt`` were written before the models that they judge and are not learned from; a
model that is fitted on them makes these tests say nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from monitor.classify.cascade import Cascade
from monitor.classify.encoder_use import lacks
from monitor.classify.prefilter import candidates
from monitor.model import Label
from monitor.training import as_story

WITH_ENCODER = (pytest.mark.slow, pytest.mark.skipif(bool(lacks()), reason=lacks()))
FILES = {Label.EXECUTIVE_MOVE: "headlines_moves.txt", Label.INFRASTRUCTURE: "headlines_infra.txt"}


@cache
def headlines(label: Label) -> tuple[list[str], list[str]]:
    """Those of the label, and others."""
    lines = (Path(__file__).parent / FILES[label]).read_text(encoding="utf-8").splitlines()
    of_it, others = ([line[2:] for line in lines if line.startswith(mark)] for mark in ("+ ", "- "))
    assert len(of_it) == len(others) == 60
    return of_it, others


def flagged(label: Label, titles: list[str], encoder: str) -> list[str]:
    cascade = Cascade(reasons=False, encoder=encoder)
    stories = [as_story({"id": "s", "title": title}) for title in titles]
    return [story.title for story in stories if cascade.classify(story).match(label)]


@pytest.mark.parametrize(("label", "least"), [(Label.EXECUTIVE_MOVE, 51), (Label.INFRASTRUCTURE, 51)])
def test_the_prefilter_lets_most_of_them_pass(label: Label, least: int) -> None:
    of_it, _ = headlines(label)
    found = {title: candidates(f"{title}\n") for title in of_it}
    passed = [title for title, told in found.items() if (told.move if label is Label.EXECUTIVE_MOVE else told.infra)]
    assert len(passed) >= least, set(of_it) - set(passed)


@pytest.mark.parametrize(
    ("label", "encoder", "least"),
    [
        (Label.EXECUTIVE_MOVE, "off", 35),
        (Label.INFRASTRUCTURE, "off", 45),
        pytest.param(Label.EXECUTIVE_MOVE, "on", 40, marks=WITH_ENCODER),
        pytest.param(Label.INFRASTRUCTURE, "on", 44, marks=WITH_ENCODER),
    ],
)
def test_of_sixty_most_are_found_and_of_sixty_others_next_to_none(label: Label, encoder: str, least: int) -> None:
    of_it, others = headlines(label)
    found, wrong = flagged(label, of_it, encoder), flagged(label, others, encoder)
    assert len(found) >= least, set(of_it) - set(found)
    assert len(wrong) <= 1, wrong
