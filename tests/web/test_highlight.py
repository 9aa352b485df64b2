"""Marked words are the story's own, at their place, and nothing of the text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Span
from monitor.surfaces.web.highlight import pieces

TEXT = "Orla Brandt leaves Fjordgrid for Corvid Systems"


def span(words: str, supports: str, field: str = "title") -> Span:
    at = TEXT.index(words)
    return Span(field=field, start=at, end=at + len(words), text=words, supports=supports)  # type: ignore[arg-type]


def test_words_are_marked_with_what_they_prove() -> None:
    cut = pieces(
        TEXT,
        [span("Orla Brandt", "moves.0.person"), span("leaves", "rule:depart.leave"), span("Fjordgrid", "moves.0.from_org")],
        "title",
    )
    marked = [(p.text, p.title, p.kind) for p in cut if p.supports]
    assert marked == [("Orla Brandt", "person", "slot"), ("leaves", "why it was flagged", "cue"), ("Fjordgrid", "from", "slot")]


def test_a_cue_within_a_slot_does_not_cut_its_words() -> None:
    cut = pieces(TEXT, [span("Corvid Systems", "moves.0.to_org"), span("Systems", "rule:infra.servers")], "title")
    assert [(p.text, p.title) for p in cut if p.supports] == [("Corvid Systems", "to, why it was flagged")]


def test_a_span_that_does_not_say_what_it_claims_marks_nothing() -> None:
    wrong = Span(field="title", start=0, end=4, text="Mara", supports="moves.0.person")
    assert [p.supports for p in pieces(TEXT, [wrong, span("Corvid", "x", "summary")], "title")] == [()]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_the_pieces_put_together_are_the_text(text: str, edges: list[tuple[int, int]]) -> None:
    spans = [Span(field="title", start=a, end=b, text=text[a:b], supports=f"s{n}") for n, (a, b) in enumerate(edges)]
    assert "".join(p.text for p in pieces(text, spans, "title")) == text
