"""What speaks for or against the infrastructure label, as named features.

A feature says where a word stands (``t``: title, ``s``: first sentence of the summary that is not the title again, ``r``:
the rest), so that a weight means the same next month; names of organisations enter by their kind alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from monitor.classify.crossed import Crossed
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


def label_features(facts: Facts) -> Crossed:
    places = _places(facts)
    topics: dict[str, list[Hit]] = {"t": [], "s": [], "r": []}
    for hit in facts.scan.topics:
        topics[places.get(hit.sentence, "r")].append(hit)
    cues: dict[str, set[str]] = {"t": set(), "s": set(), "r": set()}
    for hit in facts.scan.cues:
        cues[places.get(hit.sentence, "r")].add(hit.topic.name)
    slots = _of_slots(facts)
    names = {place: {h.topic.name for h in hits} for place, hits in topics.items()}
    company = _company(facts, names)
    shared = _SHARED if company == "no computing, no tech" else frozenset()
    cores = {place: [h for h in hits if h.topic.weight >= CORE] for place, hits in topics.items()}
    core = next((p for p in "tsr" if any(h.topic.name not in shared for h in cores[p])), "-")
    sites = [p for p in "tsr" if not names[p].isdisjoint(_SITES)]
    site = sites[0] if sites else "-"
    found = Crossed()
    alone, beside_core, beside_site = (found.tails[head] for head in ("", f"core {core}", f"site {site}"))
    alone.update((f"core {core}", f"site {site}", company, f"core {core}, {company}", f"sites told {len(sites)}"))
    alone.add(f"core mentions {min(4, sum(map(len, cores.values())))}")
    told = {place: [f"{place}={name}" for name in names[place]] for place in "tsr"}
    cued = {place: [f"{place}:{name}" for name in cues[place]] for place in "ts"}
    for place in "tsr":
        alone.update(_sums(place, topics[place]), told[place])
    alone.update(cued["t"], cued["s"], slots, [f"{term}, {company}" for place in "ts" for term in told[place]])
    beside_core.update(told["t"], cued["t"], slots)
    beside_site.update(told["s"], cued["t"])
    atoms = sorted([*(term[1:] for term in (*told["t"], *cued["t"])), *slots])
    for n, atom in enumerate(atoms[:-1], 1):
        found.tails[f"{atom} &"] = set(atoms[n:])
    for place in "ts":
        alone.update(_neighbours(place, topics[place]))
    _story(facts, alone, beside_core)
    return found


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


def _of_slots(facts: Facts) -> set[str]:
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
    return found


def _neighbours(place: str, hits: Sequence[Hit]) -> Iterator[str]:
    """The words right beside a term, and between it and the next: "chips for data centers" are a product."""
    before: Hit | None = None
    for hit in hits:
        sentence, name = hit.sentence, hit.topic.name
        together = before is not None and before.sentence is sentence
        if not together:
            starts = [start for _, _, start, _, _, _ in sentence.tokens]
            ends = [end for _, _, _, end, _, _ in sentence.tokens]
        begin = bisect_right(ends, hit.start)  # of the tokens: the first that is not wholly before the term
        if hit.topic.weight >= CORE:
            end = bisect_left(starts, hit.end)
            first = sentence.lows[begin - 1] if begin else "^"
            last = sentence.lows[end] if end < len(starts) else "$"
            yield f"{place} after {first}"
            yield f"{place} before {last}"
            if place == "t":
                yield f"{name} after {first}"
                yield f"{name} before {last}"
                yield f"core at {min(3, (hit.start - sentence.start) // 20)}"
                yield "core last" if hit.end >= sentence.end - 2 else "core inside"
        if together and before is not None:
            between = sentence.lows[bisect_left(starts, before.end) : begin]
            if len(between) <= _GAP:
                yield f"{place} {before.topic.name} [{' '.join(between)}] {name}"
            yield f"{place} {before.topic.name} > {name}"
        before = hit


def _story(facts: Facts, alone: set[str], beside_core: set[str]) -> None:
    if facts.rest_capacity:
        alone.add("r capacity")
        beside_core.add(f"r capacity {facts.rest_capacity[0][1].quantity.unit}")
    if facts.rest_amounts:
        beside_core.add("r amount")
    if facts.scan.projects:
        beside_core.add("project")
    if facts.scan.places:
        beside_core.add("place")
    if not facts.document.story.summary:
        alone.add("no summary")
        beside_core.add("no summary")
