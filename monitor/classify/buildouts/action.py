"""What of a story tells the action of a buildout, as named features.

A feature says where a term stands (``t``: title, ``s``: first sentence of the summary, ``r``: the rest), so that a weight
means the same next month; names of organisations enter by their kind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.classify.buildouts.facts import Facts
from monitor.classify.buildouts.order import pairs
from monitor.classify.buildouts.terms import Hit

# Cues of what stands there, of who is in it and of what is spoken of, rather than of a deed.
_NO_DEED = (
    *("build.site", "build.plan", "other.", "power.source", "power.grid", "compute.chips", "compute.word", "attrib"),
    *("policy.body", "oppose.people", "space"),
)


def action_features(facts: Facts) -> set[str]:
    """Of the title and of the first sentence of the summary."""
    first = next((s for s in facts.document.sentences if s.field == "summary"), None)
    found: set[str] = set()
    title_cues = []
    for hit in facts.scan.cues:
        if (title := hit.sentence.field == "title") or hit.sentence is first:
            place, name = "t" if title else "s", hit.topic.name
            found.update((f"{place}:{name}", f"{place}:{name.partition('.')[0]}"))
            if title:
                title_cues.append(hit)
    if title_cues:
        found.add(f"first:{title_cues[0].topic.name}")
    for hit in facts.scan.topics:
        if (title := hit.sentence.field == "title") or hit.sentence is first:
            found.add(f"{'t' if title else 's'}={hit.topic.name}")
    found.update(_of_deeds(facts, title_cues))
    found.update(_of_slots(facts))
    found.update(pairs(facts))
    return found


def _of_deeds(facts: Facts, cues: Sequence[Hit]) -> Iterator[str]:
    """What is done in the title, in its order, by whom, to whom and to what: "invests to expand" is not "expands investment"."""
    deeds: list[Hit] = []
    for hit in cues:
        within = bool(deeds) and deeds[-1].start <= hit.start and hit.end <= deeds[-1].end  # "power" in "to power"
        if not within and not hit.topic.name.startswith(_NO_DEED):
            deeds.append(hit)
    if not deeds:
        yield "deed: none"
        return
    families = [hit.topic.name.split(".")[0] for hit in deeds]
    yield f"deed: {deeds[0].topic.name}"
    yield f"deed: {families[0]} {'of a sum' if facts.title_amounts else 'of no sum'}"
    yield f"last deed: {families[-1]}"
    if len(deeds) > 1:
        yield f"deed: {families[0]} > {families[1]}"
    names = sorted((m.start, m.end, c.org_kind or m.kind) for c in facts.candidates for m in c.mentions if m.in_title)
    topics = [hit for hit in facts.scan.topics if hit.field == "title"]
    for deed, family in zip(deeds, families, strict=True):
        doer = next((kind for _, end, kind in reversed(names) if end <= deed.start), "nobody")
        whom = next((kind for start, _, kind in names if start >= deed.end), "nobody")
        what = next((hit.topic.name for hit in topics if hit.start >= deed.end), "nothing")
        yield f"{doer} {family}"
        yield f"{family} {whom}"
        yield f"{doer} {family} {whom}"
        yield f"{family} {what}"


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
