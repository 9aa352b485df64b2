"""What of a story tells the action of a buildout, as named features.

A feature says where a term stands (``t``: title, ``s``: first sentence of the summary, ``r``: the rest), so that a weight
means the same next month; names of organisations enter by their kind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.classify.infra_facts import Facts
from monitor.classify.infra_order import pairs
from monitor.classify.infra_terms import Hit


def action_features(facts: Facts) -> set[str]:
    return set(_of_action(facts))


def _of_action(facts: Facts) -> Iterator[str]:
    first = next((s for s in facts.document.sentences if s.field == "summary"), None)

    def told(hits: Sequence[Hit]) -> Iterator[tuple[str, Hit]]:
        """Those of the title and of the first sentence of the summary."""
        for hit in hits:
            if hit.sentence.field == "title" or hit.sentence is first:
                yield hit.sentence.field[0], hit

    title_cues = []
    for place, hit in told(facts.scan.cues):
        yield f"{place}:{hit.topic.name}"
        yield f"{place}:{hit.topic.name.split('.')[0]}"
        if place == "t":
            title_cues.append(hit)
    if title_cues:
        yield f"first:{title_cues[0].topic.name}"
    for place, hit in told(facts.scan.topics):
        yield f"{place}={hit.topic.name}"
    yield from _of_slots(facts)
    yield from pairs(facts)


def _of_slots(facts: Facts) -> Iterator[str]:
    if facts.title_amounts:
        yield "t amount" if not facts.title_amounts[0][1].kind else "t valuation"
    if facts.title_capacity:
        yield f"t capacity {facts.title_capacity[0][1].quantity.unit}"
    for c in facts.candidates:
        if c.in_title:
            yield f"t org {c.first.kind}"
            if c.org_kind:
                yield f"t org kind {c.org_kind}"
            if any(m.acts and m.in_title for m in c.mentions):
                yield f"t actor {c.org_kind or c.first.kind}"
    title = facts.document.title
    if title.endswith("?"):
        yield "t question"
    if ":" in title or "—" in title:
        yield "t two parts"
    if "%" in title:
        yield "t percent"
