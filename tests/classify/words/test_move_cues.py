"""Phrases that tell of how a post changes hands, by class."""

from __future__ import annotations

from monitor.classify.words.document import tokenize
from monitor.classify.words.move_cues import move_cues


def classes(text: str) -> set[str]:
    return {name for _, name in move_cues(lows(text))}


def lows(text: str) -> tuple[str, ...]:
    return tuple(token.low for token in tokenize(text, 0, len(text)))


def test_words_of_the_house_and_from_outside_are_told_apart() -> None:
    assert "inside" in classes("Quill, a 27-year company veteran")
    assert "inside" in classes("Okoro has spent her entire career here")
    assert "outside" not in classes("Quill, a 27-year company veteran")
    assert "outside" in classes("Quill joins from Osprey Freight")


def test_a_number_stands_for_any() -> None:
    for years in ("12", "27-year", "twenty"):
        assert "inside" in classes(f"a {years} veteran"), years


def test_a_phrase_cut_off_by_the_end_is_none() -> None:
    assert "interim" not in classes("on an")
    assert [at for at, name in move_cues(lows("will serve on an interim basis")) if name == "interim"] == [2, 4, 4]
