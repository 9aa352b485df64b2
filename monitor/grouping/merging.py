"""An event as its stories tell it: founding it, and what one more story adds, with a line for every change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.grouping.facts import agree, org_key, person_key, same_org, same_person
from monitor.grouping.keys import event_keys, extend
from monitor.ids import make_id
from monitor.model import (
    MAX_EVENT_STORIES,
    Buildout,
    BuildoutAction,
    Change,
    Event,
    EventId,
    EventStory,
    Move,
    MoveAction,
    Nature,
    Quantity,
    Status,
    Story,
    Verdict,
)
from monitor.text import fold, split_outlet

Note = Callable[[str, str, str], None]  # kind, before, after
SOON = timedelta(days=1)
MAX_TIMELINE = 60
MAX_MOVES = 24
MAX_NAMES = 40
MAX_OUTLETS = 200
LEAVING = frozenset({MoveAction.DEPART, MoveAction.DISMISS, MoveAction.RETIRE})
# How sure a status is. A story moves the event's status up only; a denial always counts, and so does what follows one.
SURE = {Status.RUMORED: 0, Status.REPORTED: 1, Status.CONFIRMED: 2}


def masthead(story: Story) -> str:
    """The outlet a story is counted under: its own word, else the suffix of its title, else its host."""
    host = (urlsplit(story.url).hostname or "").removeprefix("www.")
    return story.outlet or split_outlet(story.title)[1] or host


def _add_outlet(outlets: tuple[str, ...], outlet: str) -> tuple[str, ...]:
    """``"The Example"`` and ``"example.com"`` are one masthead and count once."""
    known = {_mark(o) for o in outlets}
    return outlets if _mark(outlet) in known or len(outlets) >= MAX_OUTLETS else (*outlets, outlet)


def _mark(outlet: str) -> str:
    name = fold(outlet)
    if "." in name and " " not in name:
        name = name.rsplit(".", 1)[0]
    return re.sub(r"[^a-z0-9]", "", name).removeprefix("the")


def status_of(verdict: Verdict) -> Status:
    """What one story says of how sure its event is: a denial, else the surest of its slots."""
    said = [m.status for match in verdict.matches for m in match.moves]
    said += [match.buildout.status for match in verdict.matches if match.buildout is not None]
    if not said:
        return Status.REPORTED
    if all(s == Status.DENIED for s in said):
        return Status.DENIED
    return max((s for s in said if s != Status.DENIED), key=lambda s: SURE[s])


def remembered(story: Story, verdict: Verdict) -> EventStory:
    """A story as its event keeps it."""
    return EventStory(
        story_id=story.id,
        title=story.title,
        url=story.url,
        outlet=masthead(story),
        at=story.at,
        summary=story.summary[:500],
        status=status_of(verdict),
        evidence=tuple(span for match in verdict.matches for span in match.evidence)[:20],
    )


def found(story: Story, verdict: Verdict, now: datetime) -> Event:
    """The event ``story`` founds. Its id follows from the story's, so founding it twice gives the same event."""
    status = status_of(verdict)
    return Event(
        id=EventId(make_id(story.first_seen, "event", story.id)),
        labels=tuple(sorted({m.label for m in verdict.matches})),
        headline=split_outlet(story.title)[0],
        status=status,
        moves=tuple(m for match in verdict.matches for m in match.moves)[:MAX_MOVES],
        buildout=next((m.buildout for m in verdict.matches if m.buildout is not None), None),
        first_seen=story.first_seen,
        last_seen=story.first_seen,
        stories=(remembered(story, verdict),),
        outlets=(masthead(story),),
        orgs=verdict.orgs[:MAX_NAMES],
        people=verdict.people[:MAX_NAMES],
        keys=event_keys(story, verdict),
        timeline=(Change(at=now, kind="founded", after=status, story_id=story.id),),
    )


def merge(event: Event, story: Story, verdict: Verdict, now: datetime | None = None) -> Event:
    """``event`` with one more story. A story it already remembers changes nothing.

    Comments, round-ups and stories that were not flagged add their outlet and count, and none of their slots: what they
    say is old or not theirs.
    """
    if any(s.story_id == story.id for s in event.stories):
        return event
    at, outlet = now or story.first_seen, masthead(story)
    after = replace(
        event,
        last_seen=max(event.last_seen, story.first_seen),
        story_count=event.story_count + 1,
        stories=_remember(event.stories, remembered(story, verdict)),
        outlets=_add_outlet(event.outlets, outlet),
        keys=extend(event.keys, event_keys(story, verdict)),
    )
    return _absorb(after, story, verdict, at) if verdict.matches and verdict.nature == Nature.NEWS else after


def refresh(event: Event, story: Story, verdict: Verdict, now: datetime) -> Event:
    """``event`` after one of its stories was edited: its words are remembered anew, and what they add is merged."""
    stories = tuple(remembered(story, verdict) if s.story_id == story.id else s for s in event.stories)
    founder = event.stories[0]
    headline = event.headline
    if founder.story_id == story.id and headline in (founder.title, split_outlet(founder.title)[0]):
        headline = split_outlet(story.title)[0]
    after = replace(event, stories=stories, headline=headline)
    return _absorb(after, story, verdict, now) if verdict.matches and verdict.nature == Nature.NEWS else after


def _absorb(event: Event, story: Story, verdict: Verdict, at: datetime) -> Event:
    """The slots of one more news story merged into the event's, a line for each change."""
    changes: list[Change] = []

    def note(kind: str, before: str, after: str) -> None:
        changes.append(Change(at=at, kind=kind, before=before, after=after, story_id=story.id))

    moves, buildout = event.moves, event.buildout
    soon = abs(story.at - event.stories[0].at) <= SOON
    for match in verdict.matches:
        for move in match.moves:
            moves = _add_move(moves, move, note, bool(move.person) and move.person.split()[-1] in story.title, soon)
        if match.buildout is not None:
            buildout = _add_buildout(buildout, match.buildout, note, story.title)
    return replace(
        event,
        labels=tuple(sorted({*event.labels, *(m.label for m in verdict.matches)})),
        status=_move_status(event, moves, status_of(verdict), note),
        moves=moves,
        buildout=buildout,
        orgs=_union(event.orgs, verdict.orgs),
        people=_union(event.people, verdict.people),
        timeline=(*event.timeline[:1], *(*event.timeline[1:], *changes)[1 - MAX_TIMELINE :]),
    )


def _remember(stories: tuple[EventStory, ...], story: EventStory) -> tuple[EventStory, ...]:
    """The founder stays first; of the others, the latest to arrive are kept."""
    kept = (*stories, story)
    return kept if len(kept) <= MAX_EVENT_STORIES else (kept[0], *kept[2:])


def _union(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))[:MAX_NAMES]


def _same_move(a: Move, b: Move) -> bool:
    if a.person and b.person:
        return same_person(person_key(a.person), person_key(b.person))
    if a.person or b.person:
        return False
    return not (a.to_org and b.to_org) or same_org(org_key(a.to_org), org_key(b.to_org))


def _add_move(moves: tuple[Move, ...], move: Move, note: Note, in_title: bool, soon: bool) -> tuple[Move, ...]:
    for n, old in enumerate(moves):
        if _same_move(old, move):
            return (*moves[:n], _filled(old, move, note, soon), *moves[n + 1 :])
    if not move.person or len(moves) >= MAX_MOVES:
        # A group or a post without a name adds nothing to an event that has moves.
        return moves or (move,)
    if move.status == Status.DENIED:
        note("denial", "", _who(move))
    elif in_title or not any(old.person for old in moves):
        # A second name counts as news where the headline gives it: summaries name predecessors and bystanders.
        note("person", "", _who(move))
    return (*moves, move)


def _who(move: Move) -> str:
    return move.person or move.group or move.to_role or move.from_role or "unnamed"


def _filled(old: Move, new: Move, note: Note, soon: bool) -> Move:
    """``old`` with what ``new`` adds; a destination already said is only replaced by a surer word."""
    if new.status == Status.DENIED:
        if old.status != Status.DENIED:
            note("denial", _who(old), _who(new))
        return replace(old, status=Status.DENIED)
    if old.status == Status.DENIED and new.status != Status.CONFIRMED:
        return old
    surer = old.status == Status.DENIED or SURE[new.status] > SURE[old.status]
    to_org = old.to_org or new.to_org
    # Where one leaves from, or stays on as adviser, is no destination.
    arrives = new.action not in LEAVING and not same_org(org_key(new.to_org), org_key(old.from_org or new.from_org))
    if new.to_org and not old.to_org and arrives:
        note("destination", "", new.to_org)
    elif surer and arrives and old.to_org and new.to_org and not same_org(org_key(old.to_org), org_key(new.to_org)):
        note("destination", old.to_org, new.to_org)
        to_org = new.to_org
    if new.to_role and not old.to_role and new.action not in LEAVING:
        note("role", "", new.to_role)
    # Told within a day, a destination makes a departure a hire; later it is another story's way of telling.
    joins = soon and old.action in (MoveAction.DEPART, MoveAction.OTHER) and new.action in (MoveAction.HIRE, MoveAction.APPOINT)
    return replace(
        old,
        person=max(old.person, new.person, key=len),
        group=old.group or new.group,
        action=new.action if joins else old.action,
        from_org=old.from_org or new.from_org,
        from_role=old.from_role or new.from_role,
        to_org=to_org,
        to_role=old.to_role or new.to_role,
        status=new.status if surer else old.status,
    )


def _add_buildout(old: Buildout | None, new: Buildout, note: Note, title: str) -> Buildout:
    if old is None:
        return new
    orgs = old.orgs + tuple(o for o in new.orgs if not any(same_org(org_key(o), org_key(k)) for k in old.orgs))
    surer = new.status != Status.DENIED and (old.status == Status.DENIED or SURE[new.status] > SURE[old.status])
    return replace(
        old,
        orgs=orgs[:12],
        action=new.action if old.action == BuildoutAction.OTHER else old.action,
        amounts=_add_quantities(old.amounts, new.amounts, "amount", note, title),
        capacity=_add_quantities(old.capacity, new.capacity, "capacity", note, title),
        location=old.location or new.location,
        project=old.project or new.project,
        status=new.status if surer else old.status,
    )


def _add_quantities(
    old: tuple[Quantity, ...], new: tuple[Quantity, ...], kind: str, note: Note, title: str
) -> tuple[Quantity, ...]:
    """A first figure is a change, and so is another one that a headline gives; others are kept without a word."""
    fresh: list[Quantity] = []
    for q in new:
        if not agree((q,), (*old, *fresh)) and all(q.text != k.text for k in (*old, *fresh)):
            fresh.append(q)
    told = [q.text for q in fresh if not old or q.text in title]
    if told:
        note(kind, ", ".join(q.text for q in old), ", ".join(told))
    return (*old, *fresh)[:8]


def _move_status(event: Event, moves: tuple[Move, ...], said: Status, note: Note) -> Status:
    """Evidence moves a status: up the ladder, or to denied where all that the event says is denied."""
    before = event.status
    if said == Status.DENIED:
        if before == Status.DENIED or any(m.status != Status.DENIED for m in moves):
            return before
        note("denial" if not moves else "status", before, Status.DENIED)
        return Status.DENIED
    if before == Status.DENIED:
        if said != Status.CONFIRMED:
            return before
    elif SURE[said] <= SURE[before]:
        return before
    note("confirmation" if said == Status.CONFIRMED else "status", before, said)
    return said
