"""How well a story fits an event: a sum of stated reasons, a decay over time, and conflicts that count against."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from monitor.grouping.facts import Facts, Vector, agree, cosine, meet, mentions, of_event, of_verdict, same_org, vector
from monitor.model import Event, EventStory, Label, Nature, Story, Verdict
from monitor.text import title_digest
from monitor.urls import canonical

# Days since the last story, and since the founder.
MOVE_WINDOW = (timedelta(days=10), timedelta(days=30))
BUILD_WINDOW = (timedelta(days=5), timedelta(days=14))
# A stage change (talks, then signed) of the same person and destination, or project and sum.
STAGE_WINDOW = timedelta(days=60)
SIGMA_HOURS = 72.0
# A story is attached at ATTACH, linked as related at RELATED.
ATTACH = 0.38
RELATED = 0.28

WEIGHTS = {
    "text": 1.35,
    "person": 0.30,
    "people": 0.08,
    "both orgs": 0.15,
    "org": 0.05,
    "action": 0.05,
    "role": 0.05,
    "project": 0.12,
    "place": 0.06,
    "amount": 0.15,
    "capacity": 0.10,
    "other amount": -0.10,
    "other capacity": -0.06,
    "other place": -0.12,
    "other project": -0.12,
    "other person": -0.45,
    "other destination": -0.45,
    "other label": -0.10,
    "late": -0.30,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a story fits one event: ``score``, its ``reasons``, and the ``features`` they were summed from."""

    score: float
    reasons: tuple[str, ...]
    features: dict[str, float]
    conflict: str = ""
    text: float = 0.0
    copy: bool = False  # the same story elsewhere: URL, or the words of the title


@dataclass(frozen=True, slots=True)
class Subject:
    """A story made ready to be compared with many events."""

    story: Story
    nature: Nature
    facts: Facts
    vector: Vector
    digest: str
    url: str

    @classmethod
    def of(cls, story: Story, verdict: Verdict) -> Subject:
        return cls(
            story,
            verdict.nature,
            of_verdict(verdict),
            vector(story.title, story.summary[:500]),
            title_digest(story.title),
            canonical(story.url),
        )


def in_window(subject: Subject, event: Event, facts: Facts) -> bool:
    """Whether ``event`` is recent enough for the story to belong to it."""
    at = subject.story.at
    newest = max(s.at for s in event.stories)
    gap, age = at - newest, abs(at - event.stories[0].at)
    last, whole = MOVE_WINDOW if Label.EXECUTIVE_MOVE in event.labels or not event.labels else BUILD_WINDOW
    if gap <= last and age <= whole:
        return True
    return age <= STAGE_WINDOW and _same_plan(subject.facts, facts)


def _same_plan(a: Facts, b: Facts) -> bool:
    who = meet(a.movers, b.movers, people=True) and meet(a.to_orgs, b.to_orgs)
    what = bool(a.project) and same_org(a.project, b.project) and agree(a.amounts, b.amounts)
    return who or what


def fit(subject: Subject, event: Event) -> Fit | None:
    """How the story fits ``event``; None outside its windows."""
    facts = of_event(event)
    if not in_window(subject, event, facts):
        return None
    anchors = _anchors(event)
    near = max(cosine(subject.vector, vector(s.title, s.summary)) for s in anchors)
    mean = sum(cosine(subject.vector, vector(s.title, s.summary)) for s in event.stories) / len(event.stories)
    text = (near + mean) / 2
    copy = any(
        (subject.digest and subject.digest == title_digest(s.title)) or (subject.url and subject.url == canonical(s.url))
        for s in event.stories
    )
    hours = abs((subject.story.at - max(s.at for s in anchors)).total_seconds()) / 3600
    features = {"text": text, "late": 1.0 - math.exp(-(hours**2) / (2 * SIGMA_HOURS**2))}
    features |= _agreements(subject.facts, facts) | _conflicts(subject, facts, event, hours)
    score = sum(WEIGHTS[name] * value for name, value in features.items())
    conflict = next((n for n in ("other person", "other destination") if features.get(n)), "") or _other_site(features)
    if copy and not conflict:
        score = max(score, 1.0)
    return Fit(score=score, reasons=_reasons(features, copy), features=features, conflict=conflict, text=text, copy=copy)


def _other_site(features: dict[str, float]) -> str:
    """A site, a sum, a capacity or a project may be told differently of one buildout, but not two of them."""
    differ = [n for n in ("other place", "other project", "other amount", "other capacity") if n in features]
    return " and ".join(differ) if len(differ) >= 2 else ""


def _anchors(event: Event) -> tuple[EventStory, ...]:
    """The founder and the newest story: comparing with every member would let an event drift."""
    newest = max(event.stories, key=lambda s: (s.at, s.story_id))
    return (event.stories[0],) if newest is event.stories[0] else (event.stories[0], newest)


def _agreements(a: Facts, b: Facts) -> dict[str, float]:
    found: dict[str, float] = {}
    if meet(a.movers, b.movers, people=True):
        found["person"] = 1.0
    elif meet(a.people, b.people, people=True):
        found["people"] = 1.0
    shared = sum(meet((org,), b.orgs) for org in a.orgs)
    if shared >= 2:
        found["both orgs"] = 1.0
    elif shared:
        found["org"] = 1.0
    if a.actions & b.actions:
        found["action"] = 1.0
    if a.roles & b.roles:
        found["role"] = 1.0
    if a.project and b.project and same_org(a.project, b.project):
        found["project"] = 1.0
    if a.place and b.place and same_org(a.place, b.place):
        found["place"] = 1.0
    if agree(a.amounts, b.amounts):
        found["amount"] = 1.0
    if agree(a.capacity, b.capacity):
        found["capacity"] = 1.0
    return found


def _conflicts(subject: Subject, b: Facts, event: Event, hours: float) -> dict[str, float]:
    a, found = subject.facts, dict[str, float]()
    if a.movers and b.movers and not meet(a.movers, b.movers, people=True) and not _two_sides(subject, b, event, hours):
        found["other person"] = 1.0
    elif a.to_orgs and b.to_orgs and not meet(a.to_orgs, b.to_orgs):
        found["other destination"] = 1.0
    if a.amounts and b.amounts and not agree(a.amounts, b.amounts):
        found["other amount"] = 1.0
    if a.capacity and b.capacity and not agree(a.capacity, b.capacity):
        found["other capacity"] = 1.0
    if a.place and b.place and not same_org(a.place, b.place):
        found["other place"] = 1.0
    if a.project and b.project and not same_org(a.project, b.project):
        found["other project"] = 1.0
    if a.labels and b.labels and not a.labels & b.labels:
        found["other label"] = 1.0
    return found


def _two_sides(subject: Subject, b: Facts, event: Event, hours: float) -> bool:
    """One leaves and the other comes: two movers of one change at one organisation, told within three days."""
    a = subject.facts
    if hours > 72 or not meet(a.orgs, b.orgs):
        return False
    story = subject.story
    named = any(mentions(story.title, story.summary[:500], p) for p in b.movers) or any(
        mentions(s.title, s.summary, p) for s in event.stories for p in a.movers
    )
    opposite = (a.outward and b.inward) or (a.inward and b.outward)
    return opposite and (named or bool(a.roles & b.roles))


def _reasons(features: dict[str, float], copy: bool) -> tuple[str, ...]:
    said = [f"{name} {value:.2f}" if name in ("text", "late") else name for name, value in features.items() if value > 0.005]
    return tuple((["copy"] if copy else []) + said)
