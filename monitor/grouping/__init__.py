"""Which event does a story belong to: pure, online, anchored on the event's founder.

``sought`` says what to look candidates up by, ``decide`` chooses among them, ``found`` and ``merge`` make the event.
Nothing here merges two events with each other, so a chain of likenesses never joins what lies at its ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.grouping.features import Subject, overtaken
from monitor.grouping.keys import event_keys
from monitor.grouping.merging import found, merge, refresh, status_of
from monitor.grouping.score import BUILD_WINDOW, MOVE_WINDOW, STAGE_WINDOW, Fit, Weights, fit, weights
from monitor.grouping.wording import masthead
from monitor.model import Event, EventId, Label, Nature, Story, Verdict

MAX_RELATED = 5
# What scores less for both labels can only be further coverage of an event. One story in twelve of the stream scores more.
FAINT = 0.01
# How long ago the stories of an event may lie that a key of each kind finds: who and what is named ties stages of a plan
# together over weeks, the same words without a name tell one happening for a few days.
WINDOWS = dict.fromkeys(("person", "project"), STAGE_WINDOW) | dict.fromkeys(
    ("title", "url", "surname", "orgs"), max(MOVE_WINDOW[0], BUILD_WINDOW[0])
)
WORDS_WINDOW = BUILD_WINDOW[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Where a story belongs. ``relation``: it founds an event, is a member of ``event_id``, is only related, or neither.

    ``event_id`` is set for members alone; ``related`` are the events it is linked to without being merged, best first.
    """

    relation: Literal["founder", "member", "related", "none"]
    event_id: EventId | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    related: tuple[EventId, ...] = ()


def worth_placing(verdict: Verdict) -> bool:
    """Flagged, or near enough to it; of the rest, one story in a thousand is further coverage of an event others have told."""
    return bool(verdict.matches) or max(verdict.scores.values(), default=0.0) >= FAINT


def sought(story: Story, verdict: Verdict) -> dict[str, datetime]:
    """What to look candidates up by: each key with the time since which an event must have been told to be found by it."""
    return {key: story.at - WINDOWS.get(key.partition(":")[0], WORDS_WINDOW) for key in event_keys(story, verdict)}


def decide(story: Story, verdict: Verdict, candidates: Sequence[Event]) -> Attachment:
    """Which of ``candidates`` the story belongs to, and why."""
    if not (candidates or verdict.matches):
        return Attachment(relation="none", reasons=("not flagged",))
    subject, learned = Subject.of(story, verdict), weights()
    fits = _fits(subject, candidates)
    near = tuple(event.id for event, f in fits if f.score >= learned.related)
    best = next(((event, f) for event, f in fits if not f.conflict), None)
    score = fits[0][1].score if fits else 0.0
    linked: Literal["related", "none"] = "related" if near else "none"
    if verdict.nature == Nature.ROUNDUP and not (best and best[1].copy):
        return Attachment(relation=linked, score=score, reasons=("round-up",), related=near[:MAX_RELATED])
    if best and best[1].score >= _least(best[0], verdict, learned):
        event, f = best
        others = tuple(i for i in near if i != event.id)[:MAX_RELATED]
        return Attachment(relation="member", event_id=event.id, score=f.score, reasons=f.reasons, related=others)
    if not verdict.matches:
        return Attachment(relation="none", score=score, reasons=("not flagged",))
    if verdict.nature == Nature.COMMENT:
        return Attachment(relation=linked, score=score, reasons=("comment",), related=near[:MAX_RELATED])
    return Attachment(relation="founder", reasons=_why_new(fits[0] if fits else None), related=near[:MAX_RELATED])


def _least(event: Event, verdict: Verdict, learned: Weights) -> float:
    """From which probability a story is a member of ``event``."""
    if not verdict.matches:
        return learned.coverage
    return learned.attach if Label.EXECUTIVE_MOVE in event.labels else learned.attach_infrastructure


def _fits(subject: Subject, candidates: Sequence[Event]) -> list[tuple[Event, Fit]]:
    """Each candidate that is in its window with how the story fits it, the best first."""
    fits = [
        (event, found_fit)
        for event in candidates
        if (found_fit := fit(subject, event, overtaken=overtaken(subject, event, candidates))) is not None
    ]
    return sorted(fits, key=lambda pair: (-pair[1].score, pair[0].first_seen, pair[0].id))


def _why_new(best: tuple[Event, Fit] | None) -> tuple[str, ...]:
    if best is None:
        return ("no candidate",)
    event, f = best
    return (f"nearest {event.id} at {f.score:.2f}", *((f"conflict: {f.conflict}",) if f.conflict else ()), *f.reasons)


__all__ = [
    "Attachment",
    "decide",
    "event_keys",
    "found",
    "masthead",
    "merge",
    "refresh",
    "sought",
    "status_of",
    "worth_placing",
]
