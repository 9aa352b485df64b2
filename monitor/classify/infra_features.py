"""What the infrastructure half knows of a story as named features: for the label and for the action.

A feature says where a term stands (``t``: title, ``s``: first sentence of the summary, ``r``: the rest), so that a weight
means the same next month; names of organisations enter by their kind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.classify.document import Document, Sentence
from monitor.classify.infra_orgs import Candidate
from monitor.classify.infra_terms import CORE, Hit, Scan
from monitor.classify.quantities import Found

# Power, sums and cables count where computing is in the story; these topics and kinds of organisation put it there.
_COMPUTING = frozenset(
    "data_center colo hyperscale ai_infra compute supercomputer stargate ai_spend orbital ai comput cloud gpus "
    "capacity_company".split()
)
_TECH = frozenset("hyperscaler big_tech ai_lab neocloud dc_operator dc_developer dc_reit cloud".split())
_NEEDS_COMPUTING = frozenset(
    "capex nuclear power_plant power_demand power_deal grid gigawatt megawatt cooling water land debt fiber cable "
    "chipmaking fab".split()
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the slots and the scores are made from. Quantities by field: those of the title, those of the rest."""

    document: Document
    scan: Scan
    candidates: Sequence[Candidate]
    title_amounts: Sequence[tuple[Sentence, Found]]
    title_capacity: Sequence[tuple[Sentence, Found]]
    rest_amounts: Sequence[tuple[Sentence, Found]]
    rest_capacity: Sequence[tuple[Sentence, Found]]


def action_features(facts: Facts) -> set[str]:
    return set(_of_action(facts))


def label_features(facts: Facts) -> set[str]:
    return set(_of_label(facts))


def place_of(facts: Facts, hit: Hit) -> str:
    """``t`` for the title, ``s`` for the first sentence of the summary, ``r`` for the rest."""
    if hit.sentence.field == "title":
        return "t"
    first = next((s for s in facts.document.sentences if s.field == "summary"), None)
    return "s" if hit.sentence is first else "r"


def _of_action(facts: Facts) -> Iterator[str]:
    title_cues = [h for h in facts.scan.cues if h.sentence.field == "title"]
    for hit in facts.scan.cues:
        place = place_of(facts, hit)
        if place != "r":
            yield f"{place}:{hit.topic.name}"
            yield f"{place}:{hit.topic.name.split('.')[0]}"
    if title_cues:
        yield f"first:{title_cues[0].topic.name}"
    names = list(dict.fromkeys(h.topic.name for h in title_cues))
    for n, a in enumerate(names):
        for b in names[n + 1 :]:
            yield f"t:{'+'.join(sorted((a, b)))}"
    for hit in facts.scan.topics:
        place = place_of(facts, hit)
        if place != "r":
            yield f"{place}={hit.topic.name}"
    yield from _of_slots(facts)


def _of_slots(facts: Facts) -> Iterator[str]:
    if facts.title_amounts:
        yield "t amount" if not facts.title_amounts[0][1].kind else "t valuation"
    if facts.title_capacity:
        yield f"t capacity {facts.title_capacity[0][1].quantity.unit}"
    for c in facts.candidates:
        if any(m.sentence.field == "title" for m in c.mentions):
            yield f"t org {c.first.kind}"
            if c.org_kind:
                yield f"t org kind {c.org_kind}"
            if any("acts" in f and m.sentence.field == "title" for m in c.mentions for f in m.features):
                yield f"t actor {c.org_kind or c.first.kind}"
    title = facts.document.title
    if title.endswith("?"):
        yield "t question"
    if ":" in title or "—" in title:
        yield "t two parts"
    if "%" in title:
        yield "t percent"


def _of_label(facts: Facts) -> Iterator[str]:
    topics: dict[str, list[str]] = {"t": [], "s": [], "r": []}
    strongest = dict.fromkeys("tsr", 0.0)
    mentions = 0
    for hit in facts.scan.topics:
        place = place_of(facts, hit)
        topics[place].append(hit.topic.name)
        strongest[place] = max(strongest[place], hit.topic.weight)
        mentions += hit.topic.weight >= CORE
    core = "t" if strongest["t"] >= CORE else "s" if strongest["s"] >= CORE else "r" if strongest["r"] >= CORE else "-"
    yield f"core {core}"
    yield f"core mentions {min(mentions, 4)}"
    yield f"core {core} title {round(strongest['t'] * 5)}"
    for place, names in topics.items():
        for name in set(names):
            yield f"{place}={name}"
            if place == "t":
                yield f"core {core} t={name}"
    title = sorted(set(topics["t"]))
    for n, a in enumerate(title):
        for b in title[n + 1 :]:
            yield f"t={a}+{b}"
    first = next((h for h in facts.scan.topics if h.topic.weight >= CORE and h.sentence.field == "title"), None)
    if first is not None:
        yield f"core at {min(3, (first.start - first.sentence.start) // 20)}"
        yield "core last" if first.end >= first.sentence.end - 2 else "core inside"
        yield from _beside(facts, first)
    computing = bool(_COMPUTING & {name for names in topics.values() for name in names})
    tech = any(c.org_kind in _TECH for c in facts.candidates)
    company = f"{'computing' if computing else 'no computing'}, {'tech' if tech else 'no tech'}"
    yield company
    for name in set(topics["t"]) & _NEEDS_COMPUTING:
        yield f"t={name}, {company}"
    for name in set(topics["s"]) & _NEEDS_COMPUTING:
        yield f"s={name}, {company}"
    for hit in facts.scan.cues:
        place = place_of(facts, hit)
        if place == "t":
            yield f"t:{hit.topic.name}"
            yield f"core {core} t:{hit.topic.name}"
        elif place == "s":
            yield f"s:{hit.topic.name}"
    for feature in _of_slots(facts):
        yield feature
        yield f"core {core} {feature}"
    if facts.rest_capacity:
        yield "r capacity"
    if facts.rest_amounts:
        yield f"core {core} r amount"
    if facts.scan.projects:
        yield f"core {core} project"
    if not facts.document.story.summary:
        yield "no summary"
        yield f"core {core} no summary"


def _beside(facts: Facts, hit: Hit) -> Iterator[str]:
    """The words right before and after a term: "for data centers" is a product's, "data center boom" is not."""
    tokens = hit.sentence.tokens
    before = next((t.low for t in reversed(tokens) if t.end <= hit.start), "^")
    after = next((t.low for t in tokens if t.start >= hit.end), "$")
    yield f"core after {before}"
    yield f"core before {after}"
