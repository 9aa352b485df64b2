"""The infrastructure half: what a story is about, which deed it tells, and who, how much, how large and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import monitor.classify.lexicon as lexicon
from monitor.classify.document import Document, Sentence
from monitor.classify.drafting import Row, person_like
from monitor.classify.lexicon import LexiconError
from monitor.classify.quantities import Found, amounts, capacities
from monitor.classify.status import status_of
from monitor.model import Buildout, BuildoutAction, Quantity, Span

_COUNTY = re.compile(r"\b(?:[A-Z][\w'.-]+\s){1,2}(?:County|Parish|Township|Borough)(?:,\s(?:[A-Z][\w.]+\s?){1,2})?")
_PROJECT = re.compile(r"\bProject\s(?P<name>[A-Z][\w-]+)")
_NO_ACTOR = frozenset({"us", "u.s.", "wall street", "ai", "gpu", "gpus", "ipo"})
MEDIA = frozenset({"media"})


@dataclass(frozen=True, slots=True)
class Topic:
    """``weight``: how much the term speaks for (or against) the label."""

    name: str
    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    topic: Topic
    sentence: Sentence
    start: int
    end: int


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(
        Topic(name, float(weight), _compiled(name, body)) for name, body, weight in lexicon.load("infra_terms.json")["topics"]
    )


@cache
def actions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = {a.value for a in BuildoutAction}
    found = []
    for name, body in lexicon.load("infra_terms.json")["actions"]:
        if name not in known:
            raise LexiconError(f"infra_terms.json: action {name!r} is not known")
        found.append((name, _compiled(name, body)))
    return tuple(found)


def _compiled(name: str, body: str) -> re.Pattern[str]:
    try:
        return re.compile(rf"(?<![\w-])(?:{body})(?![\w])", re.I)
    except re.error as error:
        raise LexiconError(f"infra_terms.json: {name}: {error}") from None


@cache
def _places() -> re.Pattern[str]:
    names = sorted(lexicon.load("places.json")["places"], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?:['’]s)?(?![\w-])")


@cache
def _projects() -> re.Pattern[str]:
    names = sorted(lexicon.load("infra_terms.json")["projects"], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])")


def hits(document: Document) -> list[Hit]:
    """Every topic term of the title and the first sentences of the summary."""
    found = []
    for sentence in document.sentences:
        source = document.story.title if sentence.field == "title" else document.story.summary
        for topic in topics():
            found += [
                Hit(topic, sentence, m.start(), m.end()) for m in topic.pattern.finditer(source, sentence.start, sentence.end)
            ]
    return found


@dataclass(frozen=True, slots=True)
class Reading:
    """What the infrastructure half makes of a story: its terms, its deed by each pattern, and the slots."""

    hits: tuple[Hit, ...]
    deeds: tuple[tuple[str, Sentence, int, int], ...]
    buildout: Buildout
    evidence: tuple[Span, ...]


def analyse(document: Document, rows: Sequence[Row], found: Sequence[Hit]) -> Reading:
    deeds = _deeds(document)
    spans: list[Span] = []
    money = _quantities(document, amounts, "buildout.amounts", spans, near=found)
    capacity = _quantities(document, capacities, "buildout.capacity", spans, near=found)
    orgs = _orgs(document, rows, spans)
    location = _location(document, spans)
    project = _project(document, spans)
    action = _action(deeds, found, money, capacity)
    best = sorted((h for h in found if h.topic.weight > 0), key=lambda h: (h.sentence.field != "title", -h.topic.weight))[:4]
    spans += [document.span(h.sentence, h.start, h.end, f"rule:infra.{h.topic.name}") for h in best]
    buildout = Buildout(
        orgs=orgs,
        action=BuildoutAction(action),
        amounts=money,
        capacity=capacity,
        location=location,
        project=project,
        status=status_of(document, firm_intent=False),
    )
    return Reading(tuple(found), tuple(deeds), buildout, tuple(dict.fromkeys(spans)))


def _deeds(document: Document) -> list[tuple[str, Sentence, int, int]]:
    found = []
    for sentence in document.sentences[:3]:
        source = document.story.title if sentence.field == "title" else document.story.summary
        for name, pattern in actions():
            found += [(name, sentence, m.start(), m.end()) for m in pattern.finditer(source, sentence.start, sentence.end)]
    return found


# How much a deed weighs where several are told; those of the title count threefold.
_WEIGHT = {
    "cancel": 3.0, "oppose": 2.4, "lease": 2.6, "acquire": 2.2, "power_deal": 2.0, "compute_deal": 1.8, "policy": 1.9, "finance": 1.9,
    "expand": 2.0, "open": 1.7, "invest": 1.8, "build": 1.5,
}  # fmt: skip


def _action(
    deeds: Sequence[tuple[str, Sentence, int, int]], found: Sequence[Hit], money: Sequence[Quantity], capacity: Sequence[Quantity]
) -> str:
    scores: dict[str, float] = {}
    for name, sentence, _, _ in deeds:
        title = sentence.field == "title"
        scores[name] = max(scores.get(name, 0.0), _WEIGHT[name] * (2.0 if title else 0.5))
    topics_here = {h.topic.name for h in found}
    if (
        "power" not in topics_here
        and "nuclear" not in topics_here
        and "megawatt" not in topics_here
        and "gigawatt" not in topics_here
    ):
        scores.pop("power_deal", None)
    if not scores:
        return "other"
    best = max(scores, key=lambda k: scores[k])
    return best if scores[best] >= 1.5 else "other"


def _quantities(document: Document, read, supports: str, spans: list[Span], near: Sequence[Hit]) -> tuple[Quantity, ...]:  # type: ignore[no-untyped-def]
    """Quantities of the title, and of summary sentences that hold a term of the topic."""
    {id(h.sentence) for h in near if h.topic.weight >= 0.3}
    found: list[Quantity] = []
    for sentence in document.sentences[:9]:
        if False:
            continue
        source = document.story.title if sentence.field == "title" else document.story.summary
        items: list[Found] = read(source, sentence.start, sentence.end)
        for item in items:
            if item.kind:
                continue
            if not any(q.low == item.quantity.low and q.high == item.quantity.high for q in found):
                found.append(item.quantity)
                spans.append(document.span(sentence, item.start, item.end, supports))
    return tuple(found[:6])


def _orgs(document: Document, rows: Sequence[Row], spans: list[Span]) -> tuple[str, ...]:
    """Organisations of the title, then of the first sentence of the summary; people only where nobody else acts."""
    found: dict[str, str] = {}
    people: dict[str, tuple[str, Row, int, int]] = {}
    first_summary = next((r for r in rows if r.sentence.field == "summary"), None)
    for row in rows:
        if row.sentence.field == "summary" and row is not first_summary:
            break
        for c in row.items:
            if not c.named or c.text.lower() in _NO_ACTOR or _places().fullmatch(c.text):
                continue
            if person_like(c, row) and c.kind == "person":
                people.setdefault(c.text.lower(), (c.text, row, c.start, c.end))
                continue
            media = c.entity is not None and c.entity.org is not None and c.entity.org.kind in MEDIA
            weak = c.kind == "name" and (row.sentence.loud or row.sentence.field == "summary") and len(c.text.split()) < 2
            if media or (weak and not c.owns) or _projects().fullmatch(c.text):
                continue
            key = (c.entity.org.name if c.entity is not None and c.entity.org is not None else c.text).lower()
            if not any(key == k or c.text.lower() in k or k in c.text.lower() for k in found):
                found[key] = c.text
                spans.append(document.span(row.sentence, c.start, c.end, "buildout.orgs"))
    return tuple(found.values())[:6]


def _location(document: Document, spans: list[Span]) -> str:
    for sentence in document.sentences[:3]:
        source = document.story.title if sentence.field == "title" else document.story.summary
        county = _COUNTY.search(source, sentence.start, sentence.end)
        place = county or next(
            (m for m in _places().finditer(source, sentence.start, sentence.end) if m.group() not in ("Washington", "Georgia's")),
            None,
        )
        if place is None:
            continue
        end = place.end() - 2 if place.group().endswith(("'s", "’s")) else place.end()
        wider = _places().match(source, end + 2) if source[end : end + 2] == ", " else None
        end = wider.end() if wider is not None and end < wider.end() <= sentence.end else end
        spans.append(document.span(sentence, place.start(), end, "buildout.location"))
        return source[place.start() : end]
    return ""


def _project(document: Document, spans: list[Span]) -> str:
    for sentence in document.sentences[:3]:
        source = document.story.title if sentence.field == "title" else document.story.summary
        match = _projects().search(source, sentence.start, sentence.end) or _PROJECT.search(source, sentence.start, sentence.end)
        if match is not None:
            spans.append(document.span(sentence, match.start(), match.end(), "buildout.project"))
            return match.group()
    return ""
