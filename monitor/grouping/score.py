"""How likely a story belongs to an event: a logistic regression over named features, its weights in ``weights.json``.

``benchmarks/fit_grouping.py`` makes that file from labelled pairs and says how.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path

from monitor.grouping.agreements import agreements, anchored
from monitor.grouping.conflicts import conflicts
from monitor.grouping.facts import Facts, agree, meet, of_event, same_org
from monitor.grouping.figures import agree as figures_agree
from monitor.grouping.figures import figures
from monitor.grouping.subject import Subject, mark
from monitor.grouping.wording import SUMMARY, cosine, passed_on, posted, told, vector
from monitor.model import Event, EventStory, Label
from monitor.text import headline, title_digest
from monitor.urls import canonical

# Days since the last story, and since the founder.
MOVE_WINDOW = (timedelta(days=10), timedelta(days=30))
BUILD_WINDOW = (timedelta(days=5), timedelta(days=14))
# A stage change (talks, then signed) of the same person and destination, or project and sum.
STAGE_WINDOW = timedelta(days=60)
SIGMA_HOURS = 72.0
MAX_SIZE = 4.0  # doublings of stories that speak for an event
WEIGHTS = Path(__file__).with_name("weights.json")
# What keeps a story out of an event however alike the words are: of 54 such stories in the labelled data, one belonged.
CONFLICTS = (
    *("other person in the headline", "other label", "other appointment", "other post", "moved on", "other firm"),
    # In the labelled data they part nine pairs, all of them of two happenings: told twice at worst.
    *("another region", "another code name", "another town", "another deal", "another builder"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What was learned: the weight of each feature, and from which probability a story is attached, related or coverage."""

    bias: float
    features: dict[str, float]
    attach: float  # of a change of post: sagas of one person are several events
    attach_infrastructure: float  # of anything else: one announcement told in many words
    related: float
    coverage: float
    card: dict[str, object]


@cache
def _shipped() -> Weights:
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


_in_use: ContextVar[Weights | None] = ContextVar("grouping weights", default=None)


def weights() -> Weights:
    """Those of the file beside this module, read once; or those of ``using``."""
    return _in_use.get() or _shipped()


@contextmanager
def using(other: Weights) -> Iterator[None]:
    """Group by other weights for a while: how new ones are tried."""
    token = _in_use.set(other)
    try:
        yield
    finally:
        _in_use.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a story fits one event: ``score``, 0 to 1, its ``reasons``, and the ``features`` it was made from."""

    score: float
    reasons: tuple[str, ...]
    features: dict[str, float]
    conflict: str = ""
    copy: bool = False  # the same story elsewhere: URL, or the words of the title


def least(event: Event, *, flagged: bool = True) -> float:
    """From which probability a story is a member of ``event``."""
    learned = weights()
    if not flagged:
        return learned.coverage
    return learned.attach if Label.EXECUTIVE_MOVE in event.labels else learned.attach_infrastructure


def in_window(subject: Subject, event: Event, facts: Facts) -> bool:
    """Whether ``event`` is recent enough for the story to belong to it."""
    at = subject.story.at
    newest = max(s.at for s in event.told_by)
    gap, age = at - newest, abs(at - event.told_by[0].at)
    last, whole = MOVE_WINDOW if Label.EXECUTIVE_MOVE in event.labels or not event.labels else BUILD_WINDOW
    if gap <= last and age <= whole:
        return True
    return age <= STAGE_WINDOW and _same_plan(subject.facts, facts)


def _same_plan(a: Facts, b: Facts) -> bool:
    who = meet(a.movers, b.movers, people=True) and meet(a.to_orgs, b.to_orgs)
    what = bool(a.project) and same_org(a.project, b.project) and agree(a.amounts, b.amounts)
    return who or what


def fit(subject: Subject, event: Event, *, overtaken: bool = False) -> Fit | None:
    """How the story fits ``event``; None outside its windows.

    ``overtaken``: since the event was last told, somebody in it has moved on, in another event.
    """
    facts = anchored(of_event(event), event)
    if not in_window(subject, event, facts):
        return None
    copy = any(_copies(subject, s) for s in event.stories)
    features = features_of(subject, event, facts)
    if overtaken and not copy:
        features["overtaken"] = 1.0
    conflict = next((n for n in CONFLICTS if features.get(n, 0.0) > 0.5), "")
    score = probability(features)
    if copy and not conflict:
        score = max(score, 0.99)
    return Fit(score=score, reasons=_reasons(features, copy), features=features, conflict=conflict, copy=copy)


def _copies(subject: Subject, story: EventStory) -> bool:
    """The same title, or the same page."""
    same_words = subject.vector.title.keys() == vector(story.title, story.summary).title.keys()  # equal digests need equal words
    if same_words and subject.digest and subject.digest == title_digest(headline(story.title)):
        return True
    return bool(subject.url) and subject.url == _canonical(story.url)


_canonical = lru_cache(maxsize=4096)(canonical)


def features_of(subject: Subject, event: Event, facts: Facts) -> dict[str, float]:
    """Everything the score is made of, by name."""
    anchors = _anchors(event)
    vectors = [vector(s.title, s.summary) for s in event.told_by]
    shares = [told(subject.vector, v) for v in vectors]
    hours = abs((subject.story.at - max(s.at for s in anchors)).total_seconds()) / 3600
    age = abs((subject.story.at - event.told_by[0].at).total_seconds()) / 3600
    features = {
        "near": max(cosine(subject.vector, vector(s.title, s.summary)) for s in anchors),
        "mean": sum(cosine(subject.vector, v) for v in vectors) / len(vectors),
        "told": sum(larger for larger, _ in shares) / len(shares),
        "told both ways": sum(smaller for _, smaller in shares) / len(shares),
        "late": 1.0 - math.exp(-(hours**2) / (2 * SIGMA_HOURS**2)),
        "size": min(MAX_SIZE, math.log2(event.story_count)),
    }
    mine = figures(f"{subject.story.title}. {subject.story.summary[:SUMMARY]}")
    if any(figures_agree(mine, figures(f"{s.title}. {s.summary[:SUMMARY]}")) for s in anchors):
        features["figure"] = 1.0
    again = mark(subject.outlet) in {mark(outlet) for outlet in event.outlets}
    if passed_on(subject.story.title, subject.outlet):  # the aggregator is who tells it, and each thing once
        again = again or any(passed_on(s.title, s.outlet) for s in event.stories)
    if again and not posted(subject.story.summary):
        features["same outlet"] = 1.0  # an outlet seldom tells one thing twice
    features |= agreements(subject, event, facts, age) | conflicts(subject, event, facts, age)
    # A site, a sum, a capacity or a project may be told differently of one buildout, but not two of them.
    if sum(n in features for n in ("other place", "other project", "other amount", "other capacity")) >= 2:
        features["two differ"] = 1.0
    return features


def probability(features: dict[str, float]) -> float:
    """0 to 1, by the learned weights."""
    learned = weights()
    total = learned.bias + sum(learned.features.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


def _anchors(event: Event) -> tuple[EventStory, ...]:
    """The founder and the newest story: comparing with every member would let an event drift."""
    newest = max(event.told_by, key=lambda s: (s.at, s.story_id))
    return (event.told_by[0],) if newest is event.told_by[0] else (event.told_by[0], newest)


_MEASURES = ("near", "mean", "told", "told both ways", "late", "size")


def _reasons(features: dict[str, float], copy: bool) -> tuple[str, ...]:
    """The features in words, measures with their figure, what speaks for it before what speaks against it."""
    learned = weights().features
    named = sorted((n for n in features if n not in _MEASURES), key=lambda n: -learned.get(n, 0.0))
    likeness = f"words alike {features['mean']:.2f}, its headline told there {features['told']:.2f}"
    return (*(("copy",) if copy else ()), likeness, *named)
