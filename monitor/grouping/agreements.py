"""What speaks for a story belonging to an event, each by its name."""

from __future__ import annotations

from dataclasses import replace

from monitor.grouping.facts import Facts, agree, meet, same_org
from monitor.grouping.movers import MOVER_SHARE, one_of_many, succession, titled, turned_round
from monitor.grouping.subject import Subject
from monitor.grouping.wording import mentions
from monitor.model import Event, Label

POST_HOURS = 96.0


def anchored(facts: Facts, event: Event) -> Facts:
    """``facts`` without the movers whom few of the event's stories name: one round-up must not widen an event."""
    least = len(event.told_by) * MOVER_SHARE
    movers = frozenset(p for p in facts.movers if sum(mentions(s.title, s.summary, p) for s in event.told_by) >= least)
    if movers == facts.movers:
        return facts
    return replace(facts, movers=movers, went=frozenset(pair for pair in facts.went if pair[0] in movers))


def agreements(subject: Subject, event: Event, b: Facts, hours: float) -> dict[str, float]:
    """What speaks for ``subject`` being of ``event``, whose facts are ``b`` and whose founder is ``hours`` away."""
    a, found = subject.facts, list[str]()
    if meet(a.movers, b.movers, people=True):
        mine, theirs = titled(a, (subject.story.title,)), titled(b, (s.title for s in event.told_by))
        found.append("person in both titles" if meet(mine, theirs, people=True) else "person")
    elif meet(a.people, b.people, people=True):
        found.append("people")
    shared = sum(meet((org,), b.orgs) for org in a.orgs)
    if shared:
        found.append("both orgs" if shared >= 2 else "org")
    turned = turned_round(subject, event, b)
    if a.actions & b.actions and not turned:  # who comes back is appointed, as was who filled in: no agreement
        found.append("action")
    if a.roles & b.roles:
        found.append("role")
    if one_of_many(subject, event, b):
        found.append("one of many")
    found += _change_of_post(a, b, hours, turned)
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
    return ["succession"] if succession(a, b, hours) else []
