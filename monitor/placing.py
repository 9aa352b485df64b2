"""One story's place: which event it founds or joins, which events it makes one, and whether anybody is told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from monitor import alerting, grouping, severity
from monitor.alerting import Decision, Policy
from monitor.matching import tier_of
from monitor.model import Event, EventId, Story, Verdict
from monitor.results import Membership, Note


class History(Protocol):
    """What was told of events so far."""

    def last_revision(self, event_id: EventId) -> int:
        """The number of the last message; 0 where nobody was told."""
        ...

    def channels_told(self, event_id: EventId) -> Collection[str]:
        """Those that were told of an event, or are to be."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one flagged story did: the event after it (None: none), where it belongs, and the decision on telling."""

    event: Event | None
    membership: Membership | None
    related: tuple[Membership, ...] = ()
    decision: Decision
    attachment: grouping.Attachment
    gone: tuple[EventId, ...] = ()  # events that turned out to be this one, and are part of it now


def place(
    story: Story,
    verdict: Verdict,
    events: Sequence[Event],
    *,
    policy: Policy,
    history: History,
    now: datetime,
    baseline: bool,
) -> Step:
    """One story worth placing: its event, founded or merged and assessed, and whether to tell.

    ``events``: those it may belong to, as they are now.
    """
    placed = grouping.decide(story, verdict, events)
    if placed.relation in ("related", "none"):
        decision = Decision(tell=False, reasons=(f"founds no event: {', '.join(placed.reasons)}",))
        return Step(event=None, membership=None, related=_related(placed, story, now), decision=decision, attachment=placed)
    before = next((e for e in events if e.id == placed.event_id), None)
    tier = partial(tier_of, tiers=policy.settings.outlet_tiers)
    joined = grouping.merge(before, story, verdict, now, tier) if before else grouping.found(story, verdict, now)
    twins = tuple(e for e in events if e.id in placed.twins)
    joined, gone = _folded(joined, twins, story, verdict, now, tier, history)
    after = severity.assess(joined, policy.settings, policy.router)
    decision = alerting.decide(
        before,
        after,
        story,
        verdict,
        policy=policy,
        now=now,
        baseline=baseline,
        last_revision=history.last_revision(after.id) if before else 0,
        told=lambda: {c for e in (placed.event_id or after.id, after.id, *gone) for c in history.channels_told(e)},
    )
    return Step(
        event=after,
        membership=_membership(placed, story, after.id, now, founder=before is None),
        related=_related(placed, story, now, leave=(after.id, *gone)),
        decision=decision,
        attachment=placed,
        gone=gone,
    )


def _related(placed: grouping.Attachment, story: Story, now: datetime, leave: Collection[EventId] = ()) -> tuple[Membership, ...]:
    """The events that the story speaks of without being of them, but those it turned out to be of."""
    return tuple(
        Membership(event_id=event_id, story_id=story.id, relation="related", reasons=placed.reasons, at=now)
        for event_id in placed.related
        if event_id not in leave
    )


def _membership(placed: grouping.Attachment, story: Story, event_id: EventId, now: datetime, *, founder: bool) -> Membership:
    return Membership(
        event_id=event_id,
        story_id=story.id,
        relation="founder" if founder else "member",
        score=1.0 if founder else placed.score,
        reasons=placed.reasons,
        at=now,
    )


def _folded(
    event: Event,
    twins: Iterable[Event],
    story: Story,
    verdict: Verdict,
    now: datetime,
    tier: grouping.Tier,
    history: History,
) -> tuple[Event, tuple[EventId, ...]]:
    """``event``, which ``story`` has joined, as one with those of ``twins`` that are the same happening; and which are gone.

    The older stays, but never one that nobody was told of for one that was told: it would be told again.
    """
    gone: list[EventId] = []
    for twin in twins:
        older, younger = sorted((event, twin), key=lambda e: (e.told_by[0].at, e.told_by[0].story_id))
        whole = older if older is event else grouping.merge(older, story, verdict, now, tier)
        if not grouping.one_happening(whole, younger, story):
            continue
        if history.last_revision(younger.id) and not history.last_revision(older.id):
            older, younger = younger, older
        event = grouping.fold(older, younger, now, tier)
        gone.append(younger.id)
    return event, tuple(gone)


def note_of(story: Story, step: Step) -> Note:
    """What is logged of a placed story: where it went, whether it was told, and why."""
    fields: Iterable[tuple[str, str | int | float]] = (
        ("story_id", story.id),
        ("event_id", step.event.id if step.event else ""),
        ("relation", step.attachment.relation),
        ("score", round(step.attachment.score, 3)),
        ("why", "; ".join(step.attachment.reasons)),
        ("tell", "yes" if step.decision.tell else "no"),
        ("because", "; ".join(step.decision.reasons)),
    )
    return Note(message="story placed", fields=tuple(fields), level="debug")


def note_again(story: Story, event: Event, decision: Decision) -> Note:
    """What is logged of a story of another feed's, of whose event nobody was told, that a feed brings too."""
    fields: Iterable[tuple[str, str | int | float]] = (
        ("story_id", story.id),
        ("event_id", event.id),
        ("tell", "yes" if decision.tell else "no"),
        ("because", "; ".join(decision.reasons)),
    )
    return Note(message="story brought by another feed", fields=tuple(fields), level="debug")
