"""Whether somebody whom an event moves has moved again since."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.grouping.facts import WAYS, loose_key, meet, person_key, same_person
from monitor.grouping.movers import moves_of
from monitor.grouping.subject import Subject, lead_of
from monitor.grouping.wording import mentions
from monitor.model import Event, Move


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
        if lead_of(other.told_by[0].title, mine) and any(_elsewhere(moves_of(p, event), moves_of(p, other)) for p in mine):
            return True
    return False


def _elsewhere(before: Iterable[Move], after: Iterable[Move]) -> bool:
    """The moves ``after`` lead one and the same person where those ``before`` do not, or the other way."""
    after = tuple(after)
    to_orgs, then_to = ({loose_key(m.to_org) for m in moves if m.to_org} for moves in (before, after))
    if then_to and to_orgs:
        return not meet(to_orgs, then_to)
    ways, then = ({WAYS.get(m.action, m.action) for m in moves} for moves in (before, after))
    return bool(ways and then) and not ways & then
