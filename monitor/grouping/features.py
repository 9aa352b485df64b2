"""What speaks for and against a story belonging to an event, each by its name: agreements of slots, and conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from monitor.grouping.facts import WAYS, Facts, agree, loose_key, meet, of_verdict, person_key, roles_of, same_org, same_person
from monitor.grouping.headline import headline_ways
from monitor.grouping.sites import other_code_name, other_region, sites_told
from monitor.grouping.wording import Vector, masthead, mentions, vector
from monitor.grouping.words import stem
from monitor.model import Event, Label, Move, Nature, Story, Verdict
from monitor.text import fold, headline, title_digest
from monitor.urls import canonical

TURN_HOURS = 24.0
POST_HOURS = 96.0
SUCCESSION_HOURS = 48.0
MOVER_SHARE = 0.34
TEAM = 3  # people who go one way together


@dataclass(frozen=True, slots=True)
class Subject:
    """A story made ready to be compared with many events."""

    story: Story
    nature: Nature
    facts: Facts
    vector: Vector
    digest: str
    url: str
    outlet: str
    lead: str  # who the headline is about: the mover it names first
    lead_roles: frozenset[str]

    @classmethod
    def of(cls, story: Story, verdict: Verdict) -> Subject:
        moves = [m for match in verdict.matches for m in match.moves if m.person]
        lead = lead_of(story.title, (person_key(m.person) for m in moves))
        roles = (roles_of(f"{m.to_role} / {m.from_role}") for m in moves if lead and person_key(m.person) == lead)
        return cls(
            story,
            verdict.nature,
            of_verdict(verdict),
            vector(story.title, story.summary[:500]),
            title_digest(headline(story.title)),
            canonical(story.url),
            masthead(story),
            lead,
            frozenset().union(*roles),
        )


@lru_cache(maxsize=8192)
def mark(outlet: str) -> str:
    """What a masthead is told apart by: "The Example" and "example.com" are one."""
    name = fold(outlet)
    if "." in name and " " not in name:
        name = name.rsplit(".", 1)[0]
    return re.sub(r"[^a-z0-9]", "", name).removeprefix("the")


def lead_of(title: str, people: Iterable[str]) -> str:
    """Of ``people`` (keys of ``person_key``) the one whose last name the title gives first; "" where it gives none."""
    found = [fold(word).removesuffix("'s") for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", title)]
    places = [(found.index(last), key) for key in people if (last := key.partition(" ")[0]) in found]
    return min(places)[1] if places else ""


def anchored(facts: Facts, event: Event) -> Facts:
    """``facts`` without the movers whom few of the event's stories name: one round-up must not widen an event."""
    least = len(event.told_by) * MOVER_SHARE
    movers = frozenset(p for p in facts.movers if sum(mentions(s.title, s.summary, p) for s in event.told_by) >= least)
    if movers == facts.movers:
        return facts
    return replace(facts, movers=movers, went=frozenset(pair for pair in facts.went if pair[0] in movers))


def agreements(subject: Subject, event: Event, b: Facts, hours: float) -> dict[str, float]:
    a, found = subject.facts, list[str]()
    if meet(a.movers, b.movers, people=True):
        mine, theirs = _titled(a, (subject.story.title,)), _titled(b, (s.title for s in event.told_by))
        found.append("person in both titles" if meet(mine, theirs, people=True) else "person")
    elif meet(a.people, b.people, people=True):
        found.append("people")
    shared = sum(meet((org,), b.orgs) for org in a.orgs)
    if shared:
        found.append("both orgs" if shared >= 2 else "org")
    turned = _turned(subject, event, b)
    if a.actions & b.actions and not turned:  # who comes back is appointed, as was who filled in: no agreement
        found.append("action")
    if a.roles & b.roles:
        found.append("role")
    if _one_of_many(subject, event, b):
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
    return ["succession"] if _succession(a, b, hours) else []


def _one_of_many(subject: Subject, event: Event, b: Facts) -> bool:
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


def _succession(a: Facts, b: Facts, hours: float) -> bool:
    """One leaves the post that the other takes: of one organisation, within two days, and nobody goes elsewhere."""
    if hours > SUCCESSION_HOURS or not meet(a.orgs, b.orgs) or meet(a.movers, b.movers, people=True):
        return False
    if not _changes_hands(a, b):
        return False
    return not (a.to_orgs and b.to_orgs) or meet(a.to_orgs, b.to_orgs)


def _changes_hands(a: Facts, b: Facts) -> bool:
    """Somebody leaves a post that somebody else takes."""
    return any(
        {way, then} == {"in", "out"} and role == post and not same_person(p, q)
        for p, way, role in a.posts
        for q, then, post in b.posts
    )


def _titled(facts: Facts, titles: Iterable[str]) -> set[str]:
    """The movers whose last name stands in one of the titles."""
    stems = [vector(title, "").title for title in titles]
    return {p for p in facts.movers if any(stem(p.partition(" ")[0]) in words for words in stems)}


def conflicts(subject: Subject, event: Event, b: Facts, hours: float) -> dict[str, float]:
    a, found = subject.facts, dict[str, float]()
    succession = _succession(a, b, hours)
    plan = _one_of_many(subject, event, b)
    if not (succession or plan) and a.movers and b.movers and (clash := _other_mover(subject, event, b)):
        found[clash] = 1.0
    turned = not succession and _turned(subject, event, b)
    if a.movers and b.movers and a.to_orgs and b.to_orgs and not meet(a.to_orgs, b.to_orgs):
        found["other destination"] = 1.0
    if _elsewhere_too(a, b):
        found["other firm"] = 1.0
    if "other destination" in found and hours >= TURN_HOURS and meet(a.movers, b.movers, people=True):
        found["moved on"] = 1.0
    if {"other subject", "other destination"} <= found.keys():
        found["other appointment"] = 1.0  # who follows somebody that went elsewhere is a happening of its own
    if turned:
        # Leaving and coming are two sides of one change when told together, two moves when told a day apart.
        found["turned"] = min(1.0, hours / TURN_HOURS)
    elif a.ways and b.ways and not a.ways & b.ways:
        found["other action"] = 1.0
    moves_now = Label.EXECUTIVE_MOVE in a.labels and bool(a.movers or a.ways)
    if (a.labels and b.labels and not a.labels & b.labels) or (moves_now and Label.EXECUTIVE_MOVE not in b.labels):
        found["other label"] = 1.0  # who builds is one happening; who is then hired away from it is another
    if _other_post(subject, event, b):
        found["other post"] = 1.0
    for name, told, known in (("other amount", a.amounts, b.amounts), ("other capacity", a.capacity, b.capacity)):
        if told and known and not agree(told, known):
            found[name] = 1.0
    for name, one, other in (("other place", a.place, b.place), ("other project", a.project, b.project)):
        if one and other and not same_org(one, other):
            found[name] = 1.0
    if "other place" in found and "other capacity" in found and sites_told(subject.story, a, event, b):
        found["another site"] = 1.0
    if "other place" in found and other_region(subject.story, a, event, b):
        found["another region"] = 1.0
    if "other project" in found and other_code_name(subject.story, a, event, b):
        found["another code name"] = 1.0
    return found


def _elsewhere_too(a: Facts, b: Facts) -> bool:
    """The name of one mover, of other posts at other firms, and no firm in common: a namesake, or a move of its own."""
    if len(a.movers) != 1 or len(b.movers) != 1 or not meet(a.movers, b.movers, people=True) or meet(a.orgs, b.orgs):
        return False
    apart = (a.to_orgs and b.to_orgs) or (a.from_orgs and b.from_orgs and not (a.to_orgs or b.to_orgs))
    return bool(apart and a.roles and b.roles) and not a.roles & b.roles


def _other_post(subject: Subject, event: Event, b: Facts) -> bool:
    """The headline is about somebody whom few headlines of the event are about, and whose post is none of theirs."""
    if not subject.lead or not subject.lead_roles:
        return False
    leads = [lead for s in event.told_by if (lead := lead_of(s.title, b.movers | {subject.lead}))]
    if not _mostly(not same_person(subject.lead, lead) for lead in leads):
        return False
    posts = {role for lead in leads for m in _moves_of(lead, event) for role in roles_of(f"{m.to_role} / {m.from_role}")}
    return bool(posts) and not subject.lead_roles & posts


def _other_mover(subject: Subject, event: Event, b: Facts) -> str:
    """How the movers differ; "" where they agree. Worst where both headlines are about them and neither story knows both."""
    a = subject.facts
    mine = _titled(a, (subject.story.title,))
    theirs = [told for s in event.told_by if (told := _titled(b, (s.title,)))]
    apart = bool(mine) and _mostly(not meet(mine, told, people=True) for told in theirs)
    if meet(a.movers, b.movers, people=True):
        opposite = headline_ways(subject.story.title) ^ _told_ways(event) == {"in", "out"}
        opposite = opposite and _changes_hands(a, b)
        return "other subject" if apart and not opposite else ""
    if _both_known(subject, event, b):
        return "other person, both known" if not apart or not a.ways & b.ways else "other subject"
    return "other person in the headline" if apart else "other person"


def _mostly(said: Iterable[bool]) -> bool:
    """At least half of them, and of none no."""
    all_ = tuple(said)
    return bool(all_) and 2 * sum(all_) >= len(all_)


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
    told = [headline_ways(s.title) for s in event.told_by]
    return {way for way in ("in", "out") if way in told[0] or sum(way in t for t in told) > len(told) * MOVER_SHARE}


def _both_known(subject: Subject, event: Event, b: Facts) -> bool:
    """The story names the event's mover, or the event's stories the story's: successor and predecessor, two of a team."""
    story = subject.story
    return any(mentions(story.title, story.summary[:500], p) for p in b.movers) or any(
        mentions(s.title, s.summary, p) for s in event.told_by for p in subject.facts.movers
    )


def overtaken(subject: Subject, event: Event, others: Iterable[Event]) -> bool:
    """Somebody whom both the story and ``event`` move has moved elsewhere since, in one of ``others``.

    What is told of them now belongs to that or to something new: a saga of one person in a week is several events.
    """
    last = max(s.at for s in event.told_by)
    movers = {person_key(m.person) for m in event.moves if m.person}
    told = subject.facts.people
    mine = {p for p in movers if mentions(subject.story.title, "", p) or any(same_person(p, q) for q in told)}
    if not mine:
        return False
    for other in others:
        if other.id == event.id or other.told_by[0].at <= last or other.told_by[0].at >= subject.story.at:
            continue
        if lead_of(other.told_by[0].title, mine) and any(_elsewhere(_moves_of(p, event), _moves_of(p, other)) for p in mine):
            return True
    return False


def _moves_of(person: str, event: Event) -> list[Move]:
    return [m for m in event.moves if m.person and same_person(person_key(m.person), person)]


def _elsewhere(before: Iterable[Move], after: Iterable[Move]) -> bool:
    """The moves ``after`` lead one and the same person where those ``before`` do not, or the other way."""
    after = tuple(after)
    to_orgs, then_to = ({loose_key(m.to_org) for m in moves if m.to_org} for moves in (before, after))
    if then_to and to_orgs:
        return not meet(to_orgs, then_to)
    ways, then = ({WAYS.get(m.action, m.action) for m in moves} for moves in (before, after))
    return bool(ways and then) and not ways & then
