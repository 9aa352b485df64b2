"""Two events that turn out to be one: begun within a day in words that only a later story ties together.

Which of three stories comes first is chance. Where the one that ties the others together comes last, each of them has founded an
event. The younger is then asked once more whether it belongs to the older, with the later story in it: every story it is told by
has to, and by more than a member must, for two events that were told apart are not parted again. What a person has made or parted
stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.grouping.keys import extend
from monitor.grouping.merging import MAX_TIMELINE, Tier, absorb, add_outlet, remember
from monitor.grouping.score import fit, least
from monitor.grouping.subject import Subject
from monitor.model import Change, Event, EventStory, Label, Match, Story, Verdict

SETTLED = timedelta(days=1)  # after its first story an event is settled: it is folded into none, and none into it
_BY_PEOPLE = frozenset({"merged", "split"})  # lines of a timeline


def one_happening(older: Event, younger: Event, later: Story) -> bool:
    """The younger belongs to the older, in which ``later`` is counted already; it fits both."""
    if max(younger.told_by[0].at, later.at) - older.told_by[0].at > SETTLED:
        return False
    if any(change.kind in _BY_PEOPLE for change in (*older.timeline, *younger.timeline)):
        return False
    enough = (1.0 + least(older)) / 2
    fits = (fit(Subject.of(*_retold(younger, told)), older) for told in younger.told_by if told.story_id != later.id)
    return all(one is not None and not one.conflict and one.score >= enough for one in fits)


def fold(into: Event, gone: Event, now: datetime, tier: Tier) -> Event:
    """``into`` with all that ``gone`` tells, and a line that says so. It is told to nobody: each told its own."""
    stories, outlets = into.stories, into.outlets
    for story in gone.stories:
        stories = stories if any(s.story_id == story.story_id for s in stories) else remember(stories, story)
    for outlet in gone.outlets:
        outlets = add_outlet(outlets, outlet)
    whole = absorb(into, *_retold(gone, gone.told_by[0]), now, tier)
    line = Change(at=now, kind="folded", after=gone.headline, story_id=gone.told_by[0].story_id)
    since = sorted((*into.timeline[1:], *gone.timeline[1:]), key=lambda change: change.at)
    return replace(
        whole,
        first_seen=min(into.first_seen, gone.first_seen),
        last_seen=max(into.last_seen, gone.last_seen),
        story_count=into.story_count + gone.story_count,
        stories=stories,
        outlets=outlets,
        keys=extend(into.keys, gone.keys),
        timeline=(*into.timeline[:1], *(*since, line)[1 - MAX_TIMELINE :]),
    )


def _retold(event: Event, told: EventStory) -> tuple[Story, Verdict]:
    """An event as one story: the words of one of its own with all that is known."""
    matches = tuple(
        Match(
            story_id=told.story_id,
            label=label,
            score=1.0,
            moves=event.moves if label == Label.EXECUTIVE_MOVE else (),
            buildout=event.buildout if label == Label.INFRASTRUCTURE else None,
        )
        for label in event.labels
    )
    return told.as_story(), Verdict(story_id=told.story_id, matches=matches, orgs=event.orgs, people=event.people)
