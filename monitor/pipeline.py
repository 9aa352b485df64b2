"""From a reading to what changes, in two pure steps: which entries are new, then what they mean.

``plan``      entries → identity → new, edited, known          (asks the store what it knows; nothing is written)
classify      new and edited stories → verdicts                (by the shell, outside the transaction)
``conclude``  verdicts → events → alerts → deliveries          (inside the write transaction, on events as they are now)

The shell runs ``plan`` again inside the transaction, so that two polls that overlap never store a story twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from monitor import alerting, candidates, grouping, severity
from monitor.alerting import Decision, Policy, Told
from monitor.identity import Plan, plan
from monitor.matching import tier_of
from monitor.model import Event, EventId, Feed, Story, StoryId, Verdict
from monitor.placing import History, note_again, note_of, place
from monitor.results import Membership, Note, PollResult
from monitor.routing import soonest
from monitor.settings.schema import Settings

__all__ = ["Events", "Plan", "conclude", "is_baseline", "plan"]


class Events(History, Protocol):
    """The events there are by now: a transaction of the store, or what stands for one."""

    def candidate_events(self, wanted: Mapping[str, datetime]) -> Sequence[Event]:
        """Those that share a key of ``wanted`` and were seen since the time it gives, best first."""
        ...

    def event_of_story(self, story_id: StoryId) -> Event | None:
        """The event a story founded or joined."""
        ...


def is_baseline(before: Feed, settings: Settings, now: datetime) -> bool:
    """A feed's first good poll, or its first after an outage longer than ``max_age``: stored, not alerted."""
    gone = before.last_success is not None and now - before.last_success > settings.alerting.max_age
    return not before.baseline_done or gone


def conclude(
    plan: Plan,
    *,
    feed: Feed,
    verdicts: Mapping[StoryId, Verdict],
    events: Events,
    policy: Policy,
    now: datetime,
    going: Callable[[], None] = lambda: None,
) -> PollResult:
    """Everything the poll changes. ``feed`` is the feed's row as the poll leaves it; its counters are raised here.

    ``going`` is called before each story, and raises where nobody waits for the result any longer.
    ``events`` are those stored; the ones made or changed earlier in this poll are seen as well.
    """
    batch = _Batch(events, policy, now)
    baseline = plan.foreign or is_baseline(plan.feed, policy.settings, now)
    for story in plan.stories:
        going()
        batch.add(story, verdicts[story.id], baseline)
    for story in plan.updated:
        going()
        batch.edited(story, verdicts[story.id])
    for story in () if baseline else plan.repeated:
        batch.repeated(story)
    new = {s.id for s in plan.stories}
    matches = tuple(m for story in plan.to_classify for m in verdicts[story.id].matches)
    newest = max((s.at for s in plan.stories), default=None)
    after = replace(
        feed,
        stories=feed.stories + len(new),
        matches=feed.matches + sum(bool(verdicts[story_id].matches) for story_id in new),
        last_story=max(filter(None, (feed.last_story, newest)), default=None),
    )
    return PollResult(
        feed=after,
        stories=plan.stories,
        updated=plan.updated,
        keys=plan.keys,
        matches=matches,
        events=tuple(batch.changed.values()),
        folded=tuple(batch.folded.items()),
        memberships=tuple(batch.memberships),
        alerts=tuple(replace(told.alert, event=batch.changed[told.alert.event_id]) for told in batch.told.values()),
        deliveries=tuple(d for told in batch.told.values() for d in told.deliveries),
        digest_items=tuple(i for told in batch.told.values() for i in told.digest_items),
        notes=(*plan.notes, *batch.notes),
    )


class _Batch:
    """The events of the store with what this poll has changed so far laid over them."""

    def __init__(self, stored: Events, policy: Policy, now: datetime) -> None:
        self._stored, self._policy, self._now = stored, policy, now
        self.changed: dict[EventId, Event] = {}
        self.folded: dict[EventId, EventId] = {}  # what is gone, and what it is part of now
        self._by_key: dict[str, list[EventId]] = {}
        self._of_story: dict[StoryId, EventId] = {}
        self.memberships: list[Membership] = []
        self.told: dict[EventId, Told] = {}
        self._decided: dict[EventId, Decision] = {}
        self.notes: list[Note] = []

    def add(self, story: Story, verdict: Verdict, baseline: bool, edit: bool = False) -> None:
        """One new story: its event, its place in it, and perhaps an alert.

        Of a feed's first poll, which may bring thousands, what the classifier thinks nothing of is not looked up.
        """
        if baseline and not grouping.worth_placing(verdict):
            return
        step = place(
            story,
            verdict,
            self.candidates(grouping.sought(story, verdict)),
            policy=self._policy,
            history=self,
            now=self._now,
            baseline=baseline,
        )
        if edit:
            step = replace(step, decision=Decision(tell=False, reasons=("an edit never alerts by itself",)))
        self.memberships += [*([step.membership] if step.membership else []), *step.related]
        if step.event is not None:
            self.folded |= dict.fromkeys(step.gone, step.event.id)
            self._put(step.event)
            self._of_story[story.id] = step.event.id
            if step.decision.tell:
                self._tell(step.event, step.decision)
        if verdict.matches or step.event is not None:
            self.notes.append(note_of(story, step))

    def edited(self, story: Story, verdict: Verdict) -> None:
        """An edit changes what its event remembers of the story, or gives the story an event. It never alerts."""
        own = self._of_story.get(story.id)
        event = self.changed[self._stays(own)] if own else self._stored.event_of_story(story.id)
        if event is None:
            self.add(story, verdict, baseline=True, edit=True)
            return
        event = self.changed.get(self._stays(event.id), event)
        settings, router = self._policy.settings, self._policy.router
        tier = partial(tier_of, tiers=settings.outlet_tiers)
        self._put(severity.assess(grouping.refresh(event, story, verdict, self._now, tier), settings, router))

    def repeated(self, story: Story) -> None:
        """A story that another feed brought before. What that one could not tell anybody, in its first poll, this one can."""
        fresh = self._now - story.at <= min(alerting.FRESH, self._policy.settings.alerting.max_age)
        event = self._stored.event_of_story(story.id) if fresh else None
        if event is None:
            return
        event = self.changed.get(self._stays(event.id), event)
        if self.last_revision(event.id) or not any(s.story_id == story.id and s.news for s in event.stories):
            return
        decision = alerting.decide(event, event, story, None, policy=self._policy, now=self._now)
        self.notes.append(note_again(story, event, decision))
        if decision.tell:
            self._put(event)
            self._tell(event, decision)

    def candidates(self, wanted: Mapping[str, datetime]) -> list[Event]:
        """Events that share a key, this batch's own first."""
        found_here = (event_id for key in wanted for event_id in self._by_key.get(key, ()))
        own = dict.fromkeys(event_id for event_id in found_here if event_id not in self.folded)
        found = {event_id: self.changed[event_id] for event_id in own}
        for event in self._stored.candidate_events(wanted):
            if event.id not in self.folded:
                found.setdefault(event.id, self.changed.get(event.id, event))
        return list(found.values())[: candidates.MOST]

    def _stays(self, event_id: EventId) -> EventId:
        while event_id in self.folded:
            event_id = self.folded[event_id]
        return event_id

    def last_revision(self, event_id: EventId) -> int:
        """The number last sent, as stored or as decided earlier in this batch."""
        pending = self.told.get(event_id)
        return pending.alert.revision if pending else self._stored.last_revision(event_id)

    def channels_told(self, event_id: EventId) -> Collection[str]:
        return {*self._stored.channels_told(event_id), *(self._decided[event_id].channels if event_id in self._decided else ())}

    def _put(self, event: Event) -> None:
        old = self.changed.get(event.id)
        self.changed[event.id] = event
        for key in event.keys:
            if old is None or key not in old.keys:
                self._by_key.setdefault(key, []).append(event.id)

    def _tell(self, event: Event, decision: Decision) -> None:
        """One message an event and poll: what several stories of one poll say goes out together."""
        pending, earlier = self.told.get(event.id), self._decided.get(event.id)
        revision = pending.alert.revision if pending else self._stored.last_revision(event.id) + 1
        if earlier:
            decision = replace(
                decision,
                reasons=tuple(dict.fromkeys((*earlier.reasons, *decision.reasons))),
                changes=(*earlier.changes, *decision.changes) if revision > 1 else (),
                targets=soonest((*earlier.targets, *decision.targets)),
            )
        self._decided[event.id] = decision
        self.told[event.id] = alerting.make_alert(event, decision, revision=revision, now=self._now)
