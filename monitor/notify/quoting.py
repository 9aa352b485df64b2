"""The words of a story that made us say so, marked where they stand. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import EventStory
from monitor.text import fold, headline

QUOTE_LIMIT = 300  # characters of a story's words around its evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of one outlet. ``marks`` are the (start, end) offsets in ``text`` of the words that made us say so."""

    outlet: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


def quote(story: EventStory, told: str = "") -> Quote:
    """The story's own words around its evidence: the field that holds most of it, cut, with the words marked; of a title that is
    ``told`` already, the summary, where it holds some."""
    spans = [s for s in story.evidence if s.start < s.end]
    field = (
        "summary"
        if story.summary and sum(s.field == "summary" for s in spans) > sum(s.field == "title" for s in spans)
        else "title"
    )
    said = told and headline(story.title, story.outlet) == told and fold(told) not in fold(story.summary)
    if said and any(s.field == "summary" for s in spans):
        field = "summary"
    text = story.summary if field == "summary" else story.title
    marks = merged(sorted((s.start, min(s.end, len(text))) for s in spans if s.field == field and s.start < len(text)))
    first = marks[0][0] if marks else 0
    start = 0 if len(text) <= QUOTE_LIMIT or first < QUOTE_LIMIT // 2 else text.rfind(" ", 0, first - 60) + 1
    cut = text[start : start + QUOTE_LIMIT]
    lead = "…" if start else ""
    tail = "…" if start + QUOTE_LIMIT < len(text) else ""
    moved = ((a - start + len(lead), min(b - start, len(cut)) + len(lead)) for a, b in marks if start <= a < start + len(cut))
    return Quote(outlet=story.outlet, text=lead + cut + tail, marks=tuple(moved))


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans with those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def pieces(quote: Quote) -> list[tuple[str, bool]]:
    """The quote's text in order, each piece with whether it is marked."""
    found, at = [], 0
    for start, end in quote.marks:
        found += [(quote.text[at:start], False), (quote.text[start:end], True)]
        at = end
    return [(text, marked) for text, marked in (*found, (quote.text[at:], False)) if text]
