"""What has been told by another event: of a round-up the moves of firms that have none in common, of two sites the second.

A story has one event. A round-up that none of its words gives away founds or joins one, and whoever else it names is a stranger
there: they have been told by an event of their own before, or will be told once more by one, where nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from monitor.grouping.facts import WAYS, loose_key, person_key, roles_of, same_org, same_person
from monitor.grouping.houses import one_house
from monitor.grouping.laying import SURE, one_firm
from monitor.grouping.sites import has_sites
from monitor.model import Change, Event, Move, Status, Story

RETOLD = timedelta(days=7)  # a round-up is of a day or a week; after that it is news again


def told_by(event: Event, story: Story, others: Sequence[Event]) -> Event | None:
    """Of ``others``, which people were told of, the round-up that said all that ``event`` has to say.

    None where one move is not among what it told of strangers, is surer now or says more, and where there is more than moves.
    """
    moves = [m for m in event.moves if m.person]
    if not moves or len(moves) < len(event.moves) or event.buildout is not None:
        return None
    near = (e for e in others if _near(e, story))
    return next((e for e in near if all(_tells(e, move, stranger=True) for move in moves)), None)


def new_to_people(changes: Iterable[Change], event: Event, story: Story, others: Sequence[Event]) -> tuple[Change, ...]:
    """``changes`` of ``event`` without what ``others`` have told: strangers there, and sites, of an event of their own."""
    known = [e for e in others if _near(e, story)]
    return tuple(c for c in changes if not _is_known(c, event, known))


def _is_known(change: Change, event: Event, known: Sequence[Event]) -> bool:
    if change.kind == "person":
        return _told_of_stranger(change.after, event, known)
    orgs = event.buildout.orgs if event.buildout else ()
    return change.kind == "site" and any(has_sites(e, change.after, orgs) for e in known)


def _near(event: Event, story: Story) -> bool:
    return abs(story.at - max(s.at for s in event.told_by)) <= RETOLD


def _told_of_stranger(person: str, event: Event, known: Sequence[Event]) -> bool:
    moves = [m for m in event.moves if m.person == person]
    return bool(moves) and all(_stranger(m, event) and any(_tells(e, m) for e in known) for m in moves)


def _tells(event: Event, move: Move, *, stranger: bool = False) -> bool:
    said = (known for n, known in enumerate(event.moves) if _said(event, n) and _as_much(known, move))
    return any(_stranger(known, event) or not stranger for known in said)


def _stranger(move: Move, event: Event) -> bool:
    """Of the event's moves of others none has a firm in common with it."""
    others = [m for m in event.moves if m.person != move.person]
    return bool(others) and not any(one_firm(m, move) for m in others)


def _said(event: Event, n: int) -> bool:
    """The move was in the first message, or is a revision's own: what a summary adds in passing is told to nobody."""
    source = event.sources.get(f"moves.{n}.person")
    return any(c.story_id == source and c.kind in ("founded", "person") for c in event.timeline)


def _as_much(known: Move, move: Move) -> bool:
    """``known`` says of the same person all that ``move`` does: the same way, to or from the same firm, the post, as surely."""
    if not (known.person and same_person(person_key(known.person), person_key(move.person))):
        return False
    if Status.DENIED in (known.status, move.status) or SURE[known.status] < SURE[move.status]:
        return False
    if WAYS.get(known.action, known.action) != WAYS.get(move.action, move.action):
        return False
    if not (roles_of(move.to_role) <= roles_of(known.to_role) and (known.to_role or not move.to_role)):
        return False
    if move.to_org:
        return one_house(known.to_org, move.to_org)
    return bool(move.from_org) and same_org(loose_key(known.from_org), loose_key(move.from_org))
