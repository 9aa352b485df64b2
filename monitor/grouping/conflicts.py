"""What speaks against a story belonging to an event, each by its name."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.grouping.deals import another_builder, other_builder, other_deal
from monitor.grouping.facts import Facts, agree, meet, roles_of, same_org, same_person
from monitor.grouping.headline import headline_ways
from monitor.grouping.movers import changes_hands, moves_of, one_of_many, succession, titled, told_ways, turned_round
from monitor.grouping.sites import other_code_name, other_region, sites_told
from monitor.grouping.subject import Subject, lead_of
from monitor.grouping.towns import other_town
from monitor.grouping.wording import mentions
from monitor.model import Event, Label

TURN_HOURS = 24.0


def conflicts(subject: Subject, event: Event, b: Facts, hours: float) -> dict[str, float]:
    """What speaks against ``subject`` being of ``event``, whose facts are ``b`` and whose founder is ``hours`` away."""
    a = subject.facts
    succeeds = succession(a, b, hours)
    found = _of_movers(subject, event, b, hours, succeeds)
    if not succeeds and turned_round(subject, event, b):
        # Leaving and coming are two sides of one change when told together, two moves when told a day apart.
        found["turned"] = min(1.0, hours / TURN_HOURS)
    elif a.ways and b.ways and not a.ways & b.ways:
        found["other action"] = 1.0
    if _other_label(a, b):
        found["other label"] = 1.0
    if _other_post(subject, event, b):
        found["other post"] = 1.0
    return found | _of_sites(subject, event, b, hours)


def _of_movers(subject: Subject, event: Event, b: Facts, hours: float, succeeds: bool) -> dict[str, float]:
    """Conflicts of who moves and where to. Two people of whom one ``succeeds`` the other are none."""
    a, found = subject.facts, dict[str, float]()
    together = succeeds or one_of_many(subject, event, b)
    if not together and a.movers and b.movers and (clash := _other_mover(subject, event, b)):
        found[clash] = 1.0
    if a.movers and b.movers and a.to_orgs and b.to_orgs and not meet(a.to_orgs, b.to_orgs):
        found["other destination"] = 1.0
    if _elsewhere_too(a, b):
        found["other firm"] = 1.0
    if "other destination" in found and hours >= TURN_HOURS and meet(a.movers, b.movers, people=True):
        found["moved on"] = 1.0
    if {"other subject", "other destination"} <= found.keys():
        found["other appointment"] = 1.0  # who follows somebody that went elsewhere is a happening of its own
    return found


def _other_label(a: Facts, b: Facts) -> bool:
    """Who builds is one happening; who is then hired away from it is another."""
    moves_now = Label.EXECUTIVE_MOVE in a.labels and bool(a.movers or a.ways)
    return bool(a.labels and b.labels and not a.labels & b.labels) or (moves_now and Label.EXECUTIVE_MOVE not in b.labels)


def _of_sites(subject: Subject, event: Event, b: Facts, hours: float) -> dict[str, float]:
    """Conflicts of what is built: its figures, its place, its name, with whom it is agreed."""
    a, found = subject.facts, dict[str, float]()
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
    if other_town(subject.story, a, event, b, hours):
        found["another town"] = 1.0
    if other_deal(subject.story, a, event, b, hours):
        found["another deal"] = 1.0
    if other_builder(subject.story, a, event, b):
        found["other builder"] = 1.0
        if another_builder(subject.story, a, event, b):
            found["another builder"] = 1.0
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
    posts = {role for lead in leads for m in moves_of(lead, event) for role in roles_of(f"{m.to_role} / {m.from_role}")}
    return bool(posts) and not subject.lead_roles & posts


def _other_mover(subject: Subject, event: Event, b: Facts) -> str:
    """How the movers differ; "" where they agree. Worst where both headlines are about them and neither story knows both."""
    a = subject.facts
    mine = titled(a, (subject.story.title,))
    theirs = [told for s in event.told_by if (told := titled(b, (s.title,)))]
    apart = bool(mine) and _mostly(not meet(mine, told, people=True) for told in theirs)
    if meet(a.movers, b.movers, people=True):
        opposite = headline_ways(subject.story.title) ^ told_ways(event) == {"in", "out"}
        opposite = opposite and changes_hands(a, b)
        return "other subject" if apart and not opposite else ""
    if _both_known(subject, event, b):
        return "other person, both known" if not apart or not a.ways & b.ways else "other subject"
    return "other person in the headline" if apart else "other person"


def _both_known(subject: Subject, event: Event, b: Facts) -> bool:
    """The story names the event's mover, or the event's stories the story's: successor and predecessor, two of a team."""
    story = subject.story
    return any(mentions(story.title, story.summary[:500], p) for p in b.movers) or any(
        mentions(s.title, s.summary, p) for s in event.told_by for p in subject.facts.movers
    )


def _mostly(said: Iterable[bool]) -> bool:
    """At least half of them, and of none no."""
    all_ = tuple(said)
    return bool(all_) and 2 * sum(all_) >= len(all_)
