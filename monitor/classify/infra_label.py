"""What speaks for or against the infrastructure label, as named features.

A feature says where a word stands (``t``: title, ``s``: first sentence of the summary that is not the title again, ``r``:
the rest), so that a weight means the same next month; names of organisations enter by their kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.classify.document import Sentence
from monitor.classify.infra_facts import Facts
from monitor.classify.infra_terms import CORE, Hit

# Power, sums and cables count where computing is in the story; these topics and kinds of organisation put it there.
_COMPUTING = frozenset(
    "data_center colo hyperscale ai_infra compute supercomputer stargate ai_spend orbital ai comput cloud gpus "
    "capacity_company".split()
)
_SITES = frozenset("data_center colo hyperscale ai_infra compute stargate orbital capacity_company".split())
_SHARED = frozenset({"capex", "gigawatt"})  # of every industry: at the core only where computing or a technology firm is
_TECH = frozenset("hyperscaler big_tech ai_lab neocloud dc_operator dc_developer dc_reit cloud".split())
_MARKET_PRESS = re.compile(
    r"simply\s?wall|seeking alpha|zacks|motley fool|fool\.com|tipranks|investor'?s business daily|barron|benzinga|finviz|"
    r"yahoo|24/7 wall|tradingview|stock\s?titan|techstock|ts2\.tech|insider monkey|marketbeat|marketwatch|stocktwits|"
    r"investing\.com|quiver|gurufocus|invezz|nasdaq|stock|coincentral|intellectia",
    re.I,
)
_GAP = 3  # words between two terms that are noted


def label_features(facts: Facts) -> set[str]:
    return set(_features(facts))


def _features(facts: Facts) -> Iterator[str]:
    places = _places(facts)
    topics: dict[str, list[Hit]] = {"t": [], "s": [], "r": []}
    for hit in facts.scan.topics:
        topics[places.get(hit.sentence, "r")].append(hit)
    cues: dict[str, set[str]] = {"t": set(), "s": set(), "r": set()}
    for hit in facts.scan.cues:
        cues[places.get(hit.sentence, "r")].add(hit.topic.name)
    slots = list(_of_slots(facts))
    names = {place: {h.topic.name for h in hits} for place, hits in topics.items()}
    company = _company(facts, names)
    shared = company == "no computing, no tech"
    core = next(
        (p for p in "tsr" if any(h.topic.weight >= CORE and not (shared and h.topic.name in _SHARED) for h in topics[p])), "-"
    )
    site = next((p for p in "tsr" if names[p] & _SITES), "-")
    yield from (f"core {core}", f"site {site}", company, f"core {core}, {company}")
    yield f"core mentions {min(4, sum(h.topic.weight >= CORE for hits in topics.values() for h in hits))}"
    yield f"sites told {min(3, sum(bool(names[p] & _SITES) for p in 'tsr'))}"
    for place in "tsr":
        yield from _sums(place, topics[place])
        for name in names[place]:
            yield f"{place}={name}"
    for name in names["t"]:
        yield f"core {core} t={name}"
        yield f"t={name}, {company}"
    for name in names["s"]:
        yield f"s={name}, {company}"
        yield f"site {site} s={name}"
    for name in cues["t"]:
        yield f"t:{name}"
        yield f"core {core} t:{name}"
        yield f"site {site} t:{name}"
    for name in cues["s"]:
        yield f"s:{name}"
    for feature in slots:
        yield feature
        yield f"core {core} {feature}"
    atoms = sorted({*(f"={n}" for n in names["t"]), *(f":{n}" for n in cues["t"]), *slots})
    for n, a in enumerate(atoms):
        for b in atoms[n + 1 :]:
            yield f"{a} & {b}"
    for place in "ts":
        yield from _neighbours(place, topics[place])
    yield from _story(facts, core)


def _places(facts: Facts) -> dict[Sentence, str]:
    """``t``, ``s`` or ``r`` of each sentence; a summary that begins with the title again begins after it."""
    found: dict[Sentence, str] = {}
    title = {t.low for s in facts.document.sentences if s.field == "title" for t in s.tokens if len(t.low) > 3}
    first = True
    for sentence in facts.document.sentences:
        if sentence.field == "title":
            found[sentence] = "t"
            continue
        words = [t.low for t in sentence.tokens if len(t.low) > 3]
        echo = len(words) >= 4 and sum(w in title for w in words) >= 0.75 * len(words)
        found[sentence] = "r" if echo or not first else "s"
        first = first and echo
    return found


def _company(facts: Facts, names: dict[str, set[str]]) -> str:
    computing = bool(_COMPUTING & (names["t"] | names["s"] | names["r"]))
    tech = any(c.org_kind in _TECH for c in facts.candidates)
    return f"{'computing' if computing else 'no computing'}, {'tech' if tech else 'no tech'}"


def _sums(place: str, hits: Sequence[Hit]) -> Iterator[str]:
    """How much a field says for and against, each topic once."""
    weights = {h.topic.name: h.topic.weight for h in hits}
    yield f"{place} for {min(8, round(4 * sum(w for w in weights.values() if w > 0)))}"
    yield f"{place} against {min(5, round(4 * -sum(w for w in weights.values() if w < 0)))}"


def _of_slots(facts: Facts) -> Iterator[str]:
    found: set[str] = set()
    if facts.title_amounts:
        found.add("t amount" if not facts.title_amounts[0][1].kind else "t valuation")
    if facts.title_capacity:
        found.add(f"t capacity {facts.title_capacity[0][1].quantity.unit}")
    kinds: list[str] = []
    for c in facts.candidates:
        if c.in_title:
            kinds.append(c.org_kind or c.first.kind)
            found.add(f"t org {c.first.kind}")
            if c.org_kind:
                found.add(f"t org kind {c.org_kind}")
            if any(m.acts and m.in_title for m in c.mentions):
                found.add(f"t actor {c.org_kind or c.first.kind}")
    if kinds:
        found.add(f"t first {kinds[0]}")
    title = facts.document.title
    if title.endswith("?"):
        found.add("t question")
    if ":" in title or "—" in title:
        found.add("t two parts")
    if "%" in title:
        found.add("t percent")
    if _MARKET_PRESS.search(facts.document.outlet):
        found.add("market press")
    yield from sorted(found)


def _neighbours(place: str, hits: Sequence[Hit]) -> Iterator[str]:
    """The words right beside a term, and between it and the next: "chips for data centers" are a product."""
    before: Hit | None = None
    for hit in hits:
        tokens = hit.sentence.tokens
        if hit.topic.weight >= CORE:
            first = next((t.low for t in reversed(tokens) if t.end <= hit.start), "^")
            last = next((t.low for t in tokens if t.start >= hit.end), "$")
            yield f"{place} after {first}"
            yield f"{place} before {last}"
            if place == "t":
                yield f"{hit.topic.name} after {first}"
                yield f"{hit.topic.name} before {last}"
                yield f"core at {min(3, (hit.start - hit.sentence.start) // 20)}"
                yield "core last" if hit.end >= hit.sentence.end - 2 else "core inside"
        if before is not None and before.sentence is hit.sentence:
            between = [t.low for t in tokens if t.start >= before.end and t.end <= hit.start]
            if len(between) <= _GAP:
                yield f"{place} {before.topic.name} [{' '.join(between)}] {hit.topic.name}"
            yield f"{place} {before.topic.name} > {hit.topic.name}"
        before = hit


def _story(facts: Facts, core: str) -> Iterator[str]:
    if facts.rest_capacity:
        yield "r capacity"
        yield f"core {core} r capacity {facts.rest_capacity[0][1].quantity.unit}"
    if facts.rest_amounts:
        yield f"core {core} r amount"
    if facts.scan.projects:
        yield f"core {core} project"
    if facts.scan.places:
        yield f"core {core} place"
    if not facts.document.story.summary:
        yield "no summary"
        yield f"core {core} no summary"
