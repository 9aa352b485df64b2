"""An event as its stories tell it: founding it, and what one more story adds, with a line for every change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.changes import DOUBTED
from monitor.grouping.evidence import weighed
from monitor.grouping.facts import WAYS
from monitor.grouping.keys import event_keys, extend
from monitor.grouping.laying import MAX_MOVES, SURE, add_buildout, add_move, crowd_of, firmed, same_move
from monitor.grouping.rulings import turned
from monitor.grouping.sizes import Corrects, Note
from monitor.grouping.sources import slots, traced
from monitor.grouping.subject import mark
from monitor.grouping.wording import masthead
from monitor.ids import make_id
from monitor.model import (
    MAX_EVENT_STORIES,
    Buildout,
    BuildoutAction,
    Change,
    ChangeKind,
    Event,
    EventId,
    EventStory,
    Move,
    Nature,
    Status,
    Story,
    StoryId,
    Verdict,
)
from monitor.text import headline as bare

Tier = Callable[[str, str], int]  # masthead and address to 1 (filing, company, agency), 2 or 3
SOON = timedelta(days=1)
MAX_TIMELINE = 60
MAX_NAMES = 40
MAX_OUTLETS = 200


def add_outlet(outlets: tuple[str, ...], outlet: str) -> tuple[str, ...]:
    """``"The Example"`` and ``"example.com"`` are one masthead and count once."""
    known = {mark(o) for o in outlets}
    return outlets if mark(outlet) in known or len(outlets) >= MAX_OUTLETS else (*outlets, outlet)


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
        news=bool(verdict.matches) and verdict.nature == Nature.NEWS,
    )


def found(story: Story, verdict: Verdict, now: datetime) -> Event:
    """The event ``story`` founds. Its id follows from the story's, so founding it twice gives the same event."""
    status = status_of(verdict)
    moves = tuple(m for match in verdict.matches for m in match.moves)[:MAX_MOVES]
    buildout = next((m.buildout for m in verdict.matches if m.buildout is not None), None)
    return Event(
        id=EventId(make_id(story.first_seen, "event", story.id)),
        labels=tuple(sorted({m.label for m in verdict.matches})),
        headline=bare(story.title, masthead(story)),
        status=status,
        moves=moves,
        buildout=buildout,
        sources={slot: story.id for slot, _ in slots(moves, buildout)},
        first_seen=story.first_seen,
        last_seen=story.first_seen,
        stories=(remembered(story, verdict),),
        outlets=(masthead(story),),
        orgs=verdict.orgs[:MAX_NAMES],
        people=verdict.people[:MAX_NAMES],
        keys=event_keys(story, verdict),
        timeline=(Change(at=now, kind="founded", after=status, story_id=story.id),),
    )


def _third(_outlet: str, _url: str) -> int:
    """Where nobody ranks outlets none outranks another."""
    return 3


def merge(event: Event, story: Story, verdict: Verdict, now: datetime | None = None, tier: Tier = _third) -> Event:
    """``event`` with one more story. A story it already remembers changes nothing. ``tier`` ranks outlets: what a first-tier one
    says overrules what only a third-tier one has said.

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
        stories=remember(event.stories, remembered(story, verdict)),
        outlets=add_outlet(event.outlets, outlet),
        keys=extend(event.keys, event_keys(story, verdict)),
    )
    return absorb(after, story, verdict, at, tier) if verdict.matches and verdict.nature == Nature.NEWS else after


def refresh(event: Event, story: Story, verdict: Verdict, now: datetime, tier: Tier = _third) -> Event:
    """``event`` after one of its stories was edited: its words are remembered anew, and what they add is merged."""
    stories = tuple(remembered(story, verdict) if s.story_id == story.id else s for s in event.stories)
    founder = event.stories[0]
    headline = event.headline
    if founder.story_id == story.id and headline in (founder.title, bare(founder.title, founder.outlet)):
        headline = bare(story.title, masthead(story))
    after = replace(event, stories=stories, headline=headline)
    return absorb(after, story, verdict, now, tier) if verdict.matches and verdict.nature == Nature.NEWS else after


def absorb(event: Event, story: Story, verdict: Verdict, at: datetime, tier: Tier) -> Event:
    """The slots of one more news story merged into the event's, a line for each change."""
    changes: list[Change] = []
    corrects = _corrects(event, story, tier)
    verdict = weighed(event, story, verdict, tier(masthead(story), story.url))

    def note(kind: ChangeKind, before: str, after: str) -> None:
        changes.append(Change(at=at, kind=kind, before=before, after=after, story_id=story.id))

    moves, buildout = event.moves, event.buildout
    soon = abs(story.at - event.stories[0].at) <= SOON
    others = [s.title for s in event.stories if s.story_id != story.id]
    crowd = crowd_of(event.moves, others, story.title)
    for match in verdict.matches:
        for move in match.moves:
            moves = add_move(moves, move, note, story.title, soon, corrects, crowd)
        if match.buildout is not None:
            buildout = add_buildout(buildout, match.buildout, note, story.title, soon, corrects)
            if match.buildout.action != BuildoutAction.CANCEL and (turn := _turned(event, others, story.title)):
                note("status", *turn)  # (of a cancelled one a line is written already)
            if _doubted(event, match.buildout):
                note("status", "", DOUBTED)
    status = _move_status(event, moves, _said_of(event, verdict), note)
    if status == event.status:  # else the line of the event says it
        for move in firmed(event.moves, moves, story.title):
            note("confirmation", f"{move.person} {move.status}", Status.CONFIRMED)
    before, after = dict(slots(event.moves, event.buildout)), dict(slots(moves, buildout))
    return replace(
        event,
        labels=tuple(sorted({*event.labels, *(m.label for m in verdict.matches)})),
        status=status,
        moves=moves,
        buildout=buildout,
        sources=traced(event.sources, before, after, story.id),
        orgs=_union(event.orgs, verdict.orgs),
        people=_union(event.people, verdict.people),
        timeline=(*event.timeline[:1], *(*event.timeline[1:], *changes)[1 - MAX_TIMELINE :]),
    )


def _said_of(event: Event, verdict: Verdict) -> Status | None:
    """What the story says of how sure the event is; None where of the event's people it only tells other moves.

    A certain ouster does not confirm that somebody may come back, nor who is hired beside it that somebody else is."""
    moves = [m for match in verdict.matches for m in match.moves]
    own = [(old, m) for m in moves if m.person for old in event.moves if old.person and same_move(old, m)]
    if not own or any(match.buildout is not None for match in verdict.matches):
        return status_of(verdict)
    alike = [
        m.status for old, m in own if {WAYS.get(old.action), WAYS.get(m.action)} != {"in", "out"} or m.status == Status.DENIED
    ]
    said = [s for s in alike if s != Status.DENIED]
    return max(said, key=lambda s: SURE[s]) if said else Status.DENIED if alike else None


def _corrects(event: Event, story: Story, tier: Tier) -> Corrects:
    """Whether ``story`` may overrule what a slot says: a first-tier outlet does where only a third-tier one has said it."""
    first = tier(masthead(story), story.url) == 1
    told = {s.story_id: s for s in event.stories}

    def corrects(slot: str) -> bool:
        source = told.get(event.sources.get(slot, StoryId("")))
        return first and source is not None and tier(source.outlet, source.url) == 3

    return corrects


def _turned(event: Event, others: Sequence[str], title: str) -> tuple[str, str] | None:
    """What was ruled on the plan before ``title`` and what it says now; None where nothing is to be told, or was said before."""
    return turned(others, [c.after for c in event.timeline if c.kind == "status"], title) if others else None


def _doubted(event: Event, new: Buildout) -> bool:
    """The first to say that what the event tells may be cancelled."""
    if new.action != BuildoutAction.CANCEL or new.status != Status.RUMORED or event.buildout is None:
        return False
    return event.buildout.action != BuildoutAction.CANCEL and all(c.after != DOUBTED for c in event.timeline)


def remember(stories: tuple[EventStory, ...], story: EventStory) -> tuple[EventStory, ...]:
    """In the order they were told, whenever they arrived; of too many the first stays, and news and the latest before others."""
    kept = sorted((*stories, story), key=lambda s: (s.at, s.story_id))
    if len(kept) > MAX_EVENT_STORIES:
        first = next((s for s in kept if s.news), kept[0])
        kept.remove(min((s for s in kept if s is not first), key=lambda s: (s.news, s.at, s.story_id)))
    return tuple(kept)


def _union(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))[:MAX_NAMES]


def _move_status(event: Event, moves: tuple[Move, ...], said: Status | None, note: Note) -> Status:
    """Evidence moves a status: up the ladder, or to denied where all that the event says is denied."""
    before = event.status
    if said is None:
        return before
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
