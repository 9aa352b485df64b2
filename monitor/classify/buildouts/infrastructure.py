"""The infrastructure half: what a story is about, which deed it tells, and who, how much, how large and where.

One pass finds the terms (``terms``); names are weighed by their place (``orgs``), sums by what governs them
(``quantities``); the action is the likeliest by its cues. Every filled slot has its span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import monitor.classify.encoder.mixing as mixing
import monitor.classify.words.lexicon as lexicon
from monitor.classify.buildouts.action import action_features
from monitor.classify.buildouts.bodies import named_after_places, wholes
from monitor.classify.buildouts.facts import Facts
from monitor.classify.buildouts.label import Terms, label_features, terms_of
from monitor.classify.buildouts.mentions import Mention
from monitor.classify.buildouts.number_places import stretch
from monitor.classify.buildouts.orgs import candidates, chosen, once
from monitor.classify.buildouts.outright import outright
from monitor.classify.buildouts.places import location
from monitor.classify.buildouts.projects import project_of
from monitor.classify.buildouts.quantities import Found, amounts, capacities
from monitor.classify.buildouts.terms import Hit, Scan, Topic, scan
from monitor.classify.buildouts.told_quantities import sizes, sums, taken
from monitor.classify.encoder.encoded import Encoded
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row
from monitor.classify.weights.crossed import Rows
from monitor.classify.weights.packed import packed_thousandths, unpacked
from monitor.classify.weights.parts import Parts, words_of
from monitor.classify.weights.runs import Features
from monitor.classify.words.document import Document, Sentence
from monitor.classify.words.kept import Kept
from monitor.classify.words.lexicon import LexiconError
from monitor.classify.words.status_cues import status_of
from monitor.model import Buildout, BuildoutAction, Span

__all__ = ["Hit", "Reading", "Terms", "Topic", "analyse", "facts_of", "infra_features", "scan", "terms_of"]
WEIGHTS = "infra_weights.json"
STRONG = 0.5  # a topic of this weight counts also within a name
# The cues that really say an action, by the beginning of their names; others only make it likelier. ``other`` says none.
_SAYS = {
    BuildoutAction.BUILD: ("build",),
    BuildoutAction.EXPAND: ("expand", "build"),
    BuildoutAction.OPEN: ("open",),
    BuildoutAction.INVEST: ("invest", "commit"),
    BuildoutAction.COMPUTE_DEAL: ("compute.deal", "compute.rent", "deal", "commit"),
    BuildoutAction.POWER_DEAL: ("power.deal", "deal", "power"),
    BuildoutAction.FINANCE: ("finance",),
    BuildoutAction.ACQUIRE: ("acquire",),
    BuildoutAction.LEASE: ("lease",),
    BuildoutAction.POLICY: ("policy.moratorium", "policy.law", "policy.tax", "policy.permit", "policy.export", "policy"),
    BuildoutAction.OPPOSE: ("oppose.word", "oppose.sue", "oppose.block", "oppose.concern"),
    BuildoutAction.CANCEL: ("cancel",),
    BuildoutAction.OTHER: (
        "other.impact",
        "other.trend",
        "other.study",
        "other.water",
        "other.tech",
        "other.stock",
        "other.jobs",
    ),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted by ``benchmarks/fit_infra.py``. ``action``: feature to its weight for each of ``actions`` (``packed``), "" the bias;
    ``action_parts``: the same of words' parts."""

    orgs: Rows[float]
    orgs_bias: float
    actions: tuple[BuildoutAction, ...]
    action: Kept[int]
    action_parts: Parts


@dataclass(frozen=True)
class Reading:
    """What the infrastructure half makes of a story. The slots are filled when they are asked for: most stories never are."""

    features: Features  # what speaks for or against the label
    facts: Facts
    encoded: Encoded | None = None

    @property
    def buildout(self) -> Buildout:
        return self._slots[0]

    @property
    def evidence(self) -> tuple[Span, ...]:
        return self._slots[1]

    @cached_property
    def _slots(self) -> tuple[Buildout, tuple[Span, ...]]:
        return _fill(self.facts, self.encoded)


def infra_features(document: Document, told: Reading | Terms | None) -> Features:
    """What speaks for or against the label. Prefixes: t: a word of the title, s: of the summary, i: terms, names and quantities.
    Of ``Terms`` what can be said before the names are known.

    A story can be of both kinds, and few of the data are: each model is blind to the other's own features, lest what speaks
    for one label be learned as speaking against the other.
    """
    found = () if told is None else (told.features,) if isinstance(told, Terms) else told.features.runs
    return Features((), *words_of(document.title, document.story.summary), *found)


@cache
def weights() -> Weights:
    """Raises LexiconError where the file lacks a part, names an action that is not known, or has not a weight an action."""
    data = lexicon.load(WEIGHTS)
    try:
        orgs, bias = {k: float(v) for k, v in data["orgs"]["weights"].items()}, float(data["orgs"]["bias"])
        names = tuple(data["actions"]["names"])
        tables: list[dict[str, str]] = [data["actions"][part] for part in ("weights", "parts")]
        if any(set(map(type, table.values())) - {str} for table in tables):
            raise TypeError("weights of an action are a text of whole numbers")
        short = next((k for table in tables for k, row in table.items() if row.count(" ") != len(names) - 1), None)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"{WEIGHTS}: is not what it should be ({error})") from None
    unknown = set(names) - {a.value for a in BuildoutAction}
    if unknown:
        raise LexiconError(f"{WEIGHTS}: action {min(unknown)!r} is not known")
    if short is not None:
        raise LexiconError(f"{WEIGHTS}: {short!r} must have a weight for each of {len(names)} actions")
    action = Kept(lambda name: packed_thousandths(tables[0].get(name, "")))
    parts = Parts(tables[1], width=len(names), pack=packed_thousandths)
    return Weights(Rows(orgs), bias, tuple(map(BuildoutAction, names)), action, parts)


def facts_of(document: Document, rows: Sequence[Row], terms: Scan | None = None) -> Facts:
    """Terms, names and quantities of a story, before anything is decided. ``terms``: of the same document, where scanned."""
    found = outside_names(terms or scan(document), rows)
    sums: dict[str, list[tuple[Sentence, Found]]] = {"title": [], "summary": []}
    sizes: dict[str, list[tuple[Sentence, Found]]] = {"title": [], "summary": []}
    for sentence in document.sentences:
        within = stretch(document.source(sentence), sentence.start, sentence.end)
        sums[sentence.field] += [(sentence, f) for f in amounts(within)]
        sizes[sentence.field] += [(sentence, f) for f in capacities(within)]
    return Facts(
        document=document,
        scan=found,
        candidates=candidates(document, rows, found),
        title_amounts=sums["title"],
        title_capacity=sizes["title"],
        rest_amounts=sums["summary"],
        rest_capacity=sizes["summary"],
    )


def outside_names(found: Scan, rows: Sequence[Row]) -> Scan:
    """``found`` without weak words that are part of an organisation's name: "Fisker Systems" has no servers.

    What a name says strongly ("Vantage Data Centers") stays. In Title Case only a name of the gazetteer is sure to be one.
    """
    names = [(row.sentence, c) for row in rows for c in row.names if c.kind == "org" and c.last > c.first and _sure(row, c)]
    if not names:
        return found

    def named(h: Hit) -> bool:
        return any(
            h.sentence is s and c.start <= h.start and h.end <= c.end and h.end - h.start < c.end - c.start for s, c in names
        )

    topics = tuple([h for h in found.topics if abs(h.topic.weight) >= STRONG or not named(h)])
    cues = tuple([h for h in found.cues if not named(h)])
    same = len(topics) == len(found.topics) and len(cues) == len(found.cues)
    return found if same else replace(found, topics=topics, cues=cues)


def _sure(row: Row, c: Chunk) -> bool:
    return not row.sentence.loud or c.org is not None


def analyse(document: Document, rows: Sequence[Row], terms: Terms | None = None, encoded: Encoded | None = None) -> Reading:
    """The features of the label, and the slots with their spans. All but ``document`` are of this document, too."""
    facts = facts_of(document, rows, terms.scan if terms is not None else None)
    return Reading(Features((), *label_features(facts, terms)), facts, encoded)


def _fill(facts: Facts, encoded: Encoded | None) -> tuple[Buildout, tuple[Span, ...]]:
    document = facts.document
    action = outright(facts) or _likeliest(facts, encoded.deeds() if encoded is not None else None)
    spans = _said(facts, action)
    money = taken(document, sums(facts), "buildout.amounts", spans)
    capacity = taken(document, sizes(facts), "buildout.capacity", spans)
    odds = encoded.actors([c.stands for c in facts.candidates]) if encoded is not None else None
    orgs = chosen(facts.candidates, weights().orgs, weights().orgs_bias, odds)
    project = project_of(document, facts.scan)
    told = once(wholes(orgs))
    told = [m for m in told if project is None or not _within(m, project)] or told  # "Osprey's Project Lantern"
    spans += [document.span(m.sentence, m.start, m.end, "buildout.orgs") for m in told]
    where = location(document, facts.scan, named_after_places(orgs, facts.scan))
    if where is not None:
        spans.append(document.span(*where.place, "buildout.location"))
    if project is not None:
        spans.append(document.span(*project, "buildout.project"))
    telling = (h for h in facts.scan.topics if h.topic.weight > 0.15)
    best = sorted(telling, key=lambda h: (h.sentence.field != "title", -h.topic.weight))[:4]
    spans += [document.span(h.sentence, h.start, h.end, f"rule:infra.{h.topic.name}") for h in best]
    buildout = Buildout(
        orgs=tuple(dict.fromkeys(m.text for m in told)),
        action=action,
        amounts=money,
        capacity=capacity,
        location=where.name if where is not None else "",
        project=_words(document, project),
        status=status_of(document, action),
    )
    return buildout, tuple(dict.fromkeys(spans))


def _within(m: Mention, place: tuple[Sentence, int, int]) -> bool:
    return m.sentence is place[0] and place[1] <= m.start and m.end <= place[2]


def _words(document: Document, place: tuple[Sentence, int, int] | None) -> str:
    if place is None:
        return ""
    sentence, start, end = place
    return document.source(sentence)[start:end]


def _likeliest(facts: Facts, logs: Mapping[str, float] | None) -> BuildoutAction:
    """The likeliest deed by its cues. ``logs``: the encoder's."""
    fitted, story = weights(), facts.document.story
    told = fitted.action[""] + sum(map(fitted.action.__getitem__, action_features(facts)))
    of_words = fitted.action_parts.sums(Features((), *words_of(facts.document.title, story.summary)))
    scores = [a + b for a, b in zip(unpacked(told, len(fitted.actions)), of_words, strict=True)]
    if logs is not None:
        scores = mixing.deeds(scores, [logs[action.value] for action in fitted.actions])
    return fitted.actions[scores.index(max(scores))]


def _said(facts: Facts, action: BuildoutAction) -> list[Span]:
    """The words that say the action: of the title before the summary, of the plainest kind of cue first."""
    for field in ("title", "summary"):
        cues = [h for h in facts.scan.cues if h.sentence.field == field]
        for kind in _SAYS[action] if cues else ():
            cue = next((h for h in cues if h.topic.name.startswith(kind)), None)
            if cue is not None:
                return [facts.document.span(cue.sentence, cue.start, cue.end, "buildout.action")]
    return []
