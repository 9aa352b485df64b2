"""What is judged ahead of time is later than, and unlike, all that is learned from."""

from __future__ import annotations

from benchmarks.label_ahead import split


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
