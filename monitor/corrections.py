"""A person's word on grouping: two events were one, or stories of one were another. It stands, is logged, and is learned from.

Nobody is alerted by it: what was told was told. Later stories join the events as they are then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import monitor.store.corrections as kept
import monitor.store.lookup as lookup
from monitor import grouping, severity
from monitor.app import App
from monitor.errors import QueryError
from monitor.ids import make_id
from monitor.matching import tier_of
from monitor.model import Change, ChangeKind, Correction, Event, EventId, Story, StoryId
from monitor.results import Membership
from monitor.store import Reads, Store, Transaction


def merge(app: App, into: str, gone: str, *, by: str, note: str = "") -> Correction:
    """Make two events one: the second goes into the first, with its stories and what was told of it.

    Raises NotFoundError, AmbiguousError, or QueryError where both are one event already.
    """
    now = app.clock()

    def work(tx: Transaction) -> Correction:
        first = lookup.event(tx, lookup.full_id(tx, "event", into))
        second = lookup.event(tx, lookup.full_id(tx, "event", gone))
        if first.id == second.id:
            raise QueryError(f"{first.id} is the same event already")
        stories = _stories(tx, second.id)
        whole = _with_stories(app, first, stories, now)
        count, seen = first.story_count + second.story_count, min(first.first_seen, second.first_seen)
        after = replace(whole, story_count=count, first_seen=seen)
        after = _noted(after, "merged", now, second.headline, first.stories[0].story_id)
        tx.absorb(first.id, second.id)
        tx.put_events([_assessed(app, after)], now)
        moved = tuple(story.id for story in stories) or tuple(s.story_id for s in second.stories)
        return _recorded(tx, "merge", first, second.id, moved, by, note, now)

    return app.store.transact(work)


def split(app: App, event: str, story_ids: Sequence[str], *, by: str, note: str = "") -> Correction:
    """Take stories out of an event: they become one of their own. Both are made anew from their stories.

    Raises NotFoundError, AmbiguousError, or QueryError where that cannot be done.
    """
    now = app.clock()

    def work(tx: Transaction) -> Correction:
        whole = lookup.event(tx, lookup.full_id(tx, "event", event))
        wanted = {StoryId(lookup.full_id(tx, "story", reference)) for reference in story_ids}
        stories = _stories(tx, whole.id)
        out, rest = [s for s in stories if s.id in wanted], [s for s in stories if s.id not in wanted]
        if strangers := wanted - {s.id for s in stories}:
            raise QueryError(f"{', '.join(sorted(strangers))}: no story of the event {whole.id}")
        if not out or not rest:
            raise QueryError(f"{whole.id}: some stories have to stay and some to leave; it has {len(stories)}")
        if len(stories) < whole.story_count:
            gone = whole.story_count - len(stories)
            raise QueryError(f"{whole.id}: {gone} of its stories are no longer stored, so it cannot be rebuilt")
        stays, leaves = _founded(app, rest, now), _founded(app, out, now)
        stays = replace(_noted(stays, "split", now, leaves.headline, out[0].id), id=whole.id)
        if leaves.id == whole.id:  # the founder leaves: the event keeps its id, the founder's story gets another
            leaves = replace(leaves, id=EventId(make_id(leaves.first_seen, "event", out[0].id, "split", str(now))))
        tx.take_out(whole.id, [s.id for s in out])
        tx.put_events([_assessed(app, stays), _assessed(app, leaves)], now)
        tx.put_memberships(_placed(leaves.id, out, by, now))
        return _recorded(tx, "split", stays, leaves.id, tuple(s.id for s in out), by, note, now)

    return app.store.transact(work)


def every(store: Store) -> list[Correction]:
    """Everything people said of grouping, oldest first."""
    return store.read(kept.every)


def _stories(reads: Reads, event_id: EventId) -> list[Story]:
    """The members of an event that are still stored, in the order they were told."""
    ids = [m.story_id for m in reads.members(event_id) if m.relation != "related"]
    return sorted(reads.stories(ids).values(), key=lambda s: (s.at, s.id))


def _with_stories(app: App, event: Event, stories: Sequence[Story], now: datetime) -> Event:
    tier = partial(tier_of, tiers=app.settings.outlet_tiers)
    for story in stories:
        event = grouping.merge(event, story, app.classifier.classify(story), now, tier)
    return event


def _founded(app: App, stories: Sequence[Story], now: datetime) -> Event:
    """An event of these stories alone; the first that is flagged founds it, where one is."""
    verdicts = {story.id: app.classifier.classify(story) for story in stories}
    founder = next((story for story in stories if verdicts[story.id].matches), stories[0])
    event = grouping.found(founder, verdicts[founder.id], now)
    return _with_stories(app, event, [story for story in stories if story.id != founder.id], now)


def _assessed(app: App, event: Event) -> Event:
    return severity.assess(event, app.settings, app.router)


def _noted(event: Event, kind: ChangeKind, now: datetime, other: str, story_id: StoryId) -> Event:
    return replace(event, timeline=(*event.timeline, Change(at=now, kind=kind, after=other, story_id=story_id)))


def _placed(event_id: EventId, stories: Sequence[Story], by: str, now: datetime) -> list[Membership]:
    why = (f"{by or 'somebody'} says so",)
    return [
        Membership(event_id=event_id, story_id=story.id, relation="member" if n else "founder", reasons=why, at=now)
        for n, story in enumerate(stories)
    ]


def _recorded(
    tx: Transaction, kind: str, stays: Event, other: EventId, moved: tuple[StoryId, ...], by: str, note: str, now: datetime
) -> Correction:
    said = Correction(
        id=make_id(now, "correction", kind, stays.id, other),
        kind="merge" if kind == "merge" else "split",
        event_id=stays.id,
        other_id=other,
        stories=(stays.stories[0].story_id, *moved),
        by=by,
        note=note,
        at=now,
    )
    tx.record_correction(said)
    return said
