"""How well a story fits an event: a sum of stated reasons, a decay over time, and conflicts that count against."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor.grouping.facts import (
    Facts,
    Vector,
    agree,
    cosine,
    meet,
    mentions,
    of_event,
    of_verdict,
    same_org,
    same_person,
    vector,
)
from monitor.grouping.headline import headline_ways
from monitor.grouping.words import stem
from monitor.model import Event, EventStory, Label, Nature, Story, Verdict
from monitor.text import title_digest
from monitor.urls import canonical

# Days since the last story, and since the founder.
MOVE_WINDOW = (timedelta(days=10), timedelta(days=30))
BUILD_WINDOW = (timedelta(days=5), timedelta(days=14))
# A stage change (talks, then signed) of the same person and destination, or project and sum.
STAGE_WINDOW = timedelta(days=60)
SIGMA_HOURS = 72.0
TURN_HOURS = 24.0
NEAR = 0.25  # share of the likeness to founder and newest story in the likeness to all
POST_HOURS = 96.0
SUCCESSION_HOURS = 48.0
MOVER_SHARE = 0.34
TWO_DIFFER = 0.45
# A story is attached at ATTACH, linked as related at RELATED.
ATTACH = 0.36
# A story that was not flagged joins an event as further coverage from here; it founds none and changes nothing.
COVERAGE = 0.45
# Scored under this for both labels, a story is not even looked up.
FAINT = 0.05
RELATED = 0.24

# What each agreement and each conflict adds. Set by hand near a logistic regression over story-event pairs, cross-validated
# by event, and scaled so that text alone attaches at a likeness of 0.3.
WEIGHTS = {
    "text": 1.35,
    "person in both titles": 0.03,
    "person": 0.03,
    "same way": 0.10,
    "post": 0.10,
    "succession": 0.06,
    "people": 0.02,
    "both orgs": 0.15,
    "org": 0.08,
    "action": 0.00,
    "role": 0.00,
    "project": 0.10,
    "place": 0.05,
    "amount": 0.10,
    "capacity": 0.06,
    "other action": -0.14,
    "other amount": -0.03,
    "other capacity": -0.03,
    "other place": -0.08,
    "other project": -0.10,
    "other person in the headline": -0.55,
    "other person": -0.27,
    "other person, both known": -0.12,
    "other subject": -0.27,
    "other destination": -0.20,
    "other label": -0.28,
    "turned": -0.40,
    "late": -0.48,
}
CONFLICTS = ("other person in the headline", "other person", "other destination", "turned", "other label")


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
    facts = anchored(of_event(event), event)
    if not in_window(subject, event, facts):
        return None
    anchors = _anchors(event)
    near = max(cosine(subject.vector, vector(s.title, s.summary)) for s in anchors)
    mean = sum(cosine(subject.vector, vector(s.title, s.summary)) for s in event.stories) / len(event.stories)
    text = NEAR * near + (1 - NEAR) * mean
    copy = any(
        (subject.digest and subject.digest == title_digest(s.title)) or (subject.url and subject.url == canonical(s.url))
        for s in event.stories
    )
    hours = abs((subject.story.at - max(s.at for s in anchors)).total_seconds()) / 3600
    age = abs((subject.story.at - event.stories[0].at).total_seconds()) / 3600
    features = {"text": text, "late": 1.0 - math.exp(-(hours**2) / (2 * SIGMA_HOURS**2))}
    features |= _agreements(subject, event, facts, age) | _conflicts(subject, event, facts, age)
    score = sum(WEIGHTS[name] * value for name, value in features.items())
    conflict = next((n for n in CONFLICTS if features.get(n, 0.0) > 0.5), "") or _other_site(features)
    if conflict and conflict not in features:
        score -= TWO_DIFFER
    if copy and not conflict:
        score = max(score, 1.0)
    return Fit(score=score, reasons=_reasons(features, copy), features=features, conflict=conflict, text=text, copy=copy)


def _other_site(features: dict[str, float]) -> str:
    """A site, a sum, a capacity or a project may be told differently of one buildout, but not two of them."""
    differ = [n for n in ("other place", "other project", "other amount", "other capacity") if n in features]
    return " and ".join(differ) if len(differ) >= 2 else ""


def anchored(facts: Facts, event: Event) -> Facts:
    """``facts`` without the movers whom few of the event's stories name: one round-up must not widen an event."""
    least = len(event.stories) * MOVER_SHARE
    movers = frozenset(p for p in facts.movers if sum(mentions(s.title, s.summary, p) for s in event.stories) >= least)
    if movers == facts.movers:
        return facts
    return replace(facts, movers=movers, went=frozenset(pair for pair in facts.went if pair[0] in movers))


def _anchors(event: Event) -> tuple[EventStory, ...]:
    """The founder and the newest story: comparing with every member would let an event drift."""
    newest = max(event.stories, key=lambda s: (s.at, s.story_id))
    return (event.stories[0],) if newest is event.stories[0] else (event.stories[0], newest)


def _agreements(subject: Subject, event: Event, b: Facts, hours: float) -> dict[str, float]:
    a, found = subject.facts, list[str]()
    if meet(a.movers, b.movers, people=True):
        mine, theirs = _titled(a, (subject.story.title,)), _titled(b, (s.title for s in event.stories))
        found.append("person in both titles" if meet(mine, theirs, people=True) else "person")
    elif meet(a.people, b.people, people=True):
        found.append("people")
    shared = sum(meet((org,), b.orgs) for org in a.orgs)
    if shared:
        found.append("both orgs" if shared >= 2 else "org")
    if a.actions & b.actions:
        found.append("action")
    if a.roles & b.roles:
        found.append("role")
    found += _change_of_post(a, b, hours, _turned(subject, event, b))
    if a.project and b.project and same_org(a.project, b.project):
        found.append("project")
    if a.place and b.place and same_org(a.place, b.place):
        found.append("place")
    if agree(a.amounts, b.amounts):
        found.append("amount")
    if agree(a.capacity, b.capacity):
        found.append("capacity")
    return dict.fromkeys(found, 1.0)


def _change_of_post(a: Facts, b: Facts, hours: float, turned: bool) -> list[str]:
    """Agreements of a kind that hardly happens twice in a few days."""
    if hours > POST_HOURS or Label.EXECUTIVE_MOVE not in a.labels & b.labels:
        return []
    if meet(a.movers, b.movers, people=True):
        return ["same way"] if a.ways & b.ways and not turned else []
    if not (meet(a.orgs, b.orgs) and a.roles & b.roles):
        return []
    if a.ways & b.ways and not (a.movers and b.movers):
        return ["post"]  # "the chief executive of X leaves" and "A. Person, chief executive of X, leaves"
    return ["succession"] if {"out", "in"} <= a.ways | b.ways and hours <= SUCCESSION_HOURS else []


def _titled(facts: Facts, titles: Iterable[str]) -> set[str]:
    """The movers whose last name stands in one of the titles."""
    stems = [vector(title, "").title for title in titles]
    return {p for p in facts.movers if any(stem(p.partition(" ")[0]) in words for words in stems)}


def _conflicts(subject: Subject, event: Event, b: Facts, hours: float) -> dict[str, float]:
    a, found = subject.facts, dict[str, float]()
    if a.movers and b.movers and (clash := _other_mover(subject, event, b, hours)):
        found[clash] = 1.0
    turned = _turned(subject, event, b)
    if not found and a.to_orgs and b.to_orgs and not meet(a.to_orgs, b.to_orgs):
        found["other destination"] = 1.0
    if turned:
        # Leaving and coming are two sides of one change when told together, two moves when told a day apart.
        found["turned"] = min(1.0, hours / TURN_HOURS)
    elif a.ways and b.ways and not a.ways & b.ways:
        found["other action"] = 1.0
    moves_now = Label.EXECUTIVE_MOVE in a.labels and bool(a.movers or a.ways)
    if (a.labels and b.labels and not a.labels & b.labels) or (moves_now and Label.EXECUTIVE_MOVE not in b.labels):
        found["other label"] = 1.0  # who builds is one happening; who is then hired away from it is another
    for name, told, known in (("other amount", a.amounts, b.amounts), ("other capacity", a.capacity, b.capacity)):
        if told and known and not agree(told, known):
            found[name] = 1.0
    for name, one, other in (("other place", a.place, b.place), ("other project", a.project, b.project)):
        if one and other and not same_org(one, other):
            found[name] = 1.0
    return found


def _other_mover(subject: Subject, event: Event, b: Facts, hours: float) -> str:
    """How the movers differ; "" where they agree. Worst where both headlines are about them and neither story knows both."""
    a = subject.facts
    mine, theirs = _titled(a, (subject.story.title,)), _titled(b, (s.title for s in event.stories))
    apart = bool(mine and theirs) and not meet(mine, theirs, people=True)
    if meet(a.movers, b.movers, people=True):
        opposite = headline_ways(subject.story.title) ^ _told_ways(event) == {"in", "out"}
        return "other subject" if apart and not opposite else ""
    if _both_known(subject, event, b):
        return "other person, both known" if not apart or not a.ways & b.ways else "other subject"
    if hours <= SUCCESSION_HOURS and a.roles & b.roles and meet(a.orgs, b.orgs) and {"out", "in"} <= a.ways ^ b.ways:
        return "other person, both known"  # one leaves the post that the other takes
    return "other person in the headline" if apart else "other person"


def _turned(subject: Subject, event: Event, b: Facts) -> bool:
    """The headlines send somebody opposite ways; where they say nothing, the slots of the same person do, else all slots."""
    a = subject.facts
    if Label.INFRASTRUCTURE in a.labels & b.labels:
        return False
    mine, theirs = set(headline_ways(subject.story.title)), _told_ways(event)
    if not (mine and theirs):
        mine = {way for p, way in a.went if any(same_person(p, q) for q, _ in b.went)}
        theirs = {way for q, way in b.went if any(same_person(p, q) for p, _ in a.went)}
    if not (mine and theirs):
        mine, theirs = set(a.ways), set(b.ways)
    return not mine & theirs and {"out", "in"} <= mine | theirs


def _told_ways(event: Event) -> set[str]:
    """The ways of the founder's headline, and those of at least a third of the others'."""
    told = [headline_ways(s.title) for s in event.stories]
    return {way for way in ("in", "out") if way in told[0] or sum(way in t for t in told) > len(told) * MOVER_SHARE}


def _both_known(subject: Subject, event: Event, b: Facts) -> bool:
    """The story names the event's mover, or the event's stories the story's: successor and predecessor, two of a team."""
    story = subject.story
    return any(mentions(story.title, story.summary[:500], p) for p in b.movers) or any(
        mentions(s.title, s.summary, p) for s in event.stories for p in subject.facts.movers
    )


def _reasons(features: dict[str, float], copy: bool) -> tuple[str, ...]:
    said = [f"{name} {value:.2f}" if name in ("text", "late") else name for name, value in features.items() if value > 0.005]
    return tuple((["copy"] if copy else []) + said)
