"""What is judged ahead of time is later than, and unlike, all that is learned from; what is judged in a stream was not seen."""

from __future__ import annotations

import pytest

from benchmarks.label_ahead import split
from benchmarks.stream_precision import unseen
from monitor.model import Label
from monitor.training import judged
from tests.training.rows import rows


def row(number: int, title: str, published: str = "", **more: object) -> dict[str, object]:
    return {"id": str(number), "title": title, "labels": [], "published": published, **more}


def test_nothing_learned_from_is_later_than_or_a_copy_of_what_is_judged() -> None:
    old = row(1, "Harbour museum reopens after flooding", "2026-03-31T23:00:00Z")
    new = row(2, "Lighthouse keeper publishes memoir", "2026-04-01T00:00:00Z")
    copy = row(3, "Lighthouse keeper publishes a memoir", "2026-03-30T00:00:00Z")
    dayless = row(4, "Bakery wins regional prize")
    other = row(5, "Orchestra postpones summer festival", "2026-05-02T00:00:00Z")  # later, of another file: not judged
    written = row(6, "Velden names new curator", example=True)
    before, later = split([old, new, copy, dayless, other, written], [old, new, dayless], "2026-04")
    assert later == [new]
    assert before == [old, written]


@pytest.mark.slow
def test_each_story_of_a_stream_is_judged_once_by_a_model_of_others() -> None:
    pytest.importorskip("sklearn")
    label = Label.EXECUTIVE_MOVE
    made = rows(200)
    stream = {row["id"] for row in made[:60]}
    said = unseen(label, judged(made, [label])[label], stream)
    assert said.keys() == stream
    gold = {row["id"] for row in made[:60] if row["labels"]}
    assert sum(said[key] for key in gold) >= 0.8 * len(gold), "sentences of one make are found"
    lies = [row | {"labels": [] if row["labels"] else [label.value]} for row in made[:60]]  # were it seen, it would be believed
    again = unseen(label, judged([*lies[:6], *made[6:]], [label])[label], stream)
    assert sum(again[row["id"]] == bool(row["labels"]) for row in made[:6]) >= 4
