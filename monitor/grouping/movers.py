"""How the people of a story and those of an event relate: one succeeds another, one is of a group, one turns round.

Agreements and conflicts are both judged by these, so that what speaks for a story by one of them does not speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.grouping.facts import Facts, loose_key, meet, person_key, same_org, same_person
from monitor.grouping.headline import headline_ways
from monitor.grouping.subject import Subject
from monitor.grouping.wording import vector
from monitor.grouping.words import stem
from monitor.model import Event, Label, Move

SUCCESSION_HOURS = 48.0
MOVER_SHARE = 0.34  # of an event's stories, how many name somebody whom it is about
TEAM = 3  # people who go one way together


def one_of_many(subject: Subject, event: Event, b: Facts) -> bool:
    """Whom the story moves comes where the event brings them, though few of its stories name them: one of a group."""
    mine = [p for p in subject.facts.movers if not any(same_person(p, q) for q in b.movers)]
    goes = [
        (person_key(m.person), loose_key(m.to_org))
        for m in event.moves
        if m.person and m.to_org and not same_org(loose_key(m.from_org), loose_key(m.to_org))
    ]
    if len(goes) < TEAM:
        return False
    return any(same_person(person, p) and meet((org,), subject.facts.to_orgs) for person, org in goes for p in mine)


def succession(a: Facts, b: Facts, hours: float) -> bool:
    """One leaves the post that the other takes: of one organisation, within two days, and nobody goes elsewhere."""
    if hours > SUCCESSION_HOURS or not meet(a.orgs, b.orgs) or meet(a.movers, b.movers, people=True):
        return False
    if not changes_hands(a, b):
        return False
    return not (a.to_orgs and b.to_orgs) or meet(a.to_orgs, b.to_orgs)


def changes_hands(a: Facts, b: Facts) -> bool:
    """Somebody leaves a post that somebody else takes."""
    return any(
        {way, then} == {"in", "out"} and role == post and not same_person(p, q)
        for p, way, role in a.posts
        for q, then, post in b.posts
    )


def turned_round(subject: Subject, event: Event, b: Facts) -> bool:
    """The headlines send somebody opposite ways; where they say nothing, the slots of the same person do, else all slots."""
    a = subject.facts
    if Label.INFRASTRUCTURE in a.labels & b.labels or _one_road(a, b):
        return False
    mine, theirs = set(headline_ways(subject.story.title)), told_ways(event)
    if not (mine and theirs):
        mine = {way for p, way in a.went if any(same_person(p, q) for q, _ in b.went)}
        theirs = {way for q, way in b.went if any(same_person(p, q) for p, _ in a.went)}
    if not (mine and theirs):
        mine, theirs = set(a.ways), set(b.ways)
    return not mine & theirs and {"out", "in"} <= mine | theirs


def _one_road(a: Facts, b: Facts) -> bool:
    """Both lead from one firm to another: who "leaves Osprey for Corvid" and who "joins Corvid from Osprey" go one way."""
    if meet(a.to_orgs | b.to_orgs, a.from_orgs | b.from_orgs):
        return False  # somebody may be coming back
    return meet(a.from_orgs, b.from_orgs) and meet(a.to_orgs, b.to_orgs)


def told_ways(event: Event) -> set[str]:
    """The ways of the founder's headline, and those of at least a third of the others'."""
    told = [headline_ways(s.title) for s in event.told_by]
    return {way for way in ("in", "out") if way in told[0] or sum(way in t for t in told) > len(told) * MOVER_SHARE}


def titled(facts: Facts, titles: Iterable[str]) -> set[str]:
    """The movers whose last name stands in one of the titles."""
    stems = [vector(title, "").title for title in titles]
    return {p for p in facts.movers if any(stem(p.partition(" ")[0]) in words for words in stems)}


def moves_of(person: str, event: Event) -> list[Move]:
    return [m for m in event.moves if m.person and same_person(person_key(m.person), person)]
