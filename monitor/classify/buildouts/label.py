"""What speaks for or against the infrastructure label, as named features.

A feature says where a word stands (``t``: title, ``s``: first sentence of the summary that is not the title again, ``r``:
the rest), so that a weight means the same next month; names of organisations enter by their kind alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from monitor.classify.buildouts.facts import Facts
from monitor.classify.buildouts.terms import CORE, Hit, Scan
from monitor.classify.weights.crossed import Crossed
from monitor.classify.words.document import Document, Sentence

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
PREFIX = "i:"  # of every feature of the label that is no word
_GAP = 3  # words between two terms that are noted


class Terms(NamedTuple):
    """What the terms of a story say, before its names are known: ``features`` of the label, and what more of them hang on.

    ``tech``: whether a technology firm was taken to be named. ``shared``: whether that makes a difference.
    """

    features: Crossed
    scan: Scan
    tech: bool
    shared: bool
    computing: bool
    core: str  # the first field that names a core topic: t, s, r or "-"
    told: list[str]  # the topics of title and first sentence
    atoms: list[str]  # the topics and cues of the title


def terms_of(document: Document, scan: Scan, tech: bool = False) -> Terms:
    topics, cues = _by_part(document, scan)
    weights = {part: {hit.topic.name: hit.topic.weight for hit in hits} for part, hits in topics.items()}  # each topic once
    cores = {part: [hit.topic.name for hit in hits if hit.topic.weight >= CORE] for part, hits in topics.items()}
    computing = not all(map(_COMPUTING.isdisjoint, weights.values()))
    shared = not computing and not all(map(_SHARED.isdisjoint, cores.values()))
    of_no_use = _SHARED if shared and not tech else frozenset[str]()
    core = next((part for part in "tsr" if not of_no_use.issuperset(cores[part])), "-")
    told = {part: [f"{part}={name}" for name in weights[part]] for part in "tsr"}
    cued = {part: [f"{part}:{name}" for name in cues[part]] for part in "ts"}
    found = Crossed(PREFIX)
    alone = found.tails[""]
    alone.add(f"core mentions {min(4, sum(map(len, cores.values())))}")
    for part in "tsr":
        alone.update(_sums(part, weights[part].values()), told[part])
    for part in "ts":
        alone.update(cued[part], _neighbours(part, topics[part]))
    sites = [part for part in "tsr" if not _SITES.isdisjoint(weights[part])]
    site = sites[0] if sites else "-"
    alone.update((f"core {core}", f"site {site}", f"sites told {len(sites)}"))
    found.tails[f"core {core}"].update(told["t"], cued["t"])
    found.tails[f"site {site}"].update(told["s"], cued["t"])
    atoms = sorted([term[1:] for term in (*told["t"], *cued["t"])])
    for n, atom in enumerate(atoms[:-1], 1):
        found.tails[f"{atom} &"] = set(atoms[n:])
    return Terms(found, scan, tech, shared, computing, core, told["t"] + told["s"], atoms)


def _by_part(document: Document, scan: Scan) -> tuple[dict[str, list[Hit]], dict[str, set[str]]]:
    """The topics, and the names of the cues, of title, first sentence and rest."""
    places = _places(document)
    topics: dict[str, list[Hit]] = {"t": [], "s": [], "r": []}
    cues: dict[str, set[str]] = {"t": set(), "s": set(), "r": set()}
    for hit in scan.topics:
        topics[places.get(hit.sentence, "r")].append(hit)
    for hit in scan.cues:
        cues[places.get(hit.sentence, "r")].add(hit.topic.name)
    return topics, cues


def label_features(facts: Facts, terms: Terms | None = None) -> tuple[Crossed, Crossed]:
    """What the terms say, and what else is said beside them. ``terms``: of the same document."""
    tech = any(c.org_kind in _TECH for c in facts.candidates)
    if terms is None or terms.scan is not facts.scan or (terms.shared and terms.tech is not tech):
        terms = terms_of(facts.document, facts.scan, tech)
    found = Crossed(PREFIX)
    alone, beside_core, slots = found.tails[""], found.tails[f"core {terms.core}"], _of_slots(facts)
    company = f"{'computing' if terms.computing else 'no computing'}, {'tech' if tech else 'no tech'}"
    alone.update((company, f"core {terms.core}, {company}"), slots, [f"{term}, {company}" for term in terms.told])
    beside_core.update(slots)
    ordered = sorted(slots)
    for n, slot in enumerate(ordered[:-1], 1):
        found.tails[f"{slot} &"].update(ordered[n:])
    for atom in terms.atoms if slots else ():  # they begin with a mark, which comes before any letter
        found.tails[f"{atom} &"].update(slots)
    _story(facts, alone, beside_core)
    return terms.features, found


def _places(document: Document) -> dict[Sentence, str]:
    """``t`` or ``s`` of each sentence that is one; of all others ``r``. A summary that begins with the title again begins after
    it."""
    found = dict.fromkeys([s for s in document.sentences if s.field == "title"], "t")
    title = {low for s in found for low in s.lows if len(low) > 3}
    for sentence in document.sentences[len(found) :]:
        words = [low for low in sentence.lows if len(low) > 3]
        if len(words) < 4 or sum(map(title.__contains__, words)) < 0.75 * len(words):
            found[sentence] = "s"
            break
    return found


def _sums(place: str, weights: Collection[float]) -> tuple[str, str]:
    """How much a field says for and against, each topic once."""
    if not weights:
        return f"{place} for 0", f"{place} against 0"
    speaking, against = sum([w for w in weights if w > 0]), -sum([w for w in weights if w < 0])
    return f"{place} for {min(8, round(4 * speaking))}", f"{place} against {min(5, round(4 * against))}"


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
    if _of_market_press(facts.document.outlet):
        found.add("market press")
    return found


@lru_cache(maxsize=4096)
def _of_market_press(outlet: str) -> bool:
    return _MARKET_PRESS.search(outlet) is not None


def _neighbours(place: str, hits: Sequence[Hit]) -> Iterator[str]:
    """The words right beside a term, and between it and the next: "chips for data centers" are a product."""
    before: Hit | None = None
    for hit in hits:
        sentence, name = hit.sentence, hit.topic.name
        together = before is not None and before.sentence is sentence
        starts, ends = sentence.starts, sentence.ends
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
