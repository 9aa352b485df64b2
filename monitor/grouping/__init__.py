"""Which event does a story belong to: pure, online, anchored on the news that has told the event so far.

``sought`` says what to look candidates up by, ``decide`` chooses among them, ``found`` and ``merge`` make the event.
Two events are never merged because some of their stories are alike, so a chain of likenesses never joins what lies at its ends;
only on their first day may one be folded into another (``one_happening``), where each of its stories belongs there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.grouping.folding import SETTLED, fold, one_happening
from monitor.grouping.keys import event_keys
from monitor.grouping.merging import Tier, found, merge, refresh, status_of
from monitor.grouping.overtaking import overtaken
from monitor.grouping.score import BUILD_WINDOW, MOVE_WINDOW, STAGE_WINDOW, Fit, fit, least, weights
from monitor.grouping.subject import Subject
from monitor.grouping.wording import masthead
from monitor.model import Event, EventId, Nature, Story, Verdict

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

    ``event_id`` is set for members alone; ``related`` are the events it is linked to without being merged, best first;
    ``twins`` are those it would be a member of as well, were there not a better one.
    """

    relation: Literal["founder", "member", "related", "none"]
    event_id: EventId | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    related: tuple[EventId, ...] = ()
    twins: tuple[EventId, ...] = ()


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
    belongs = [(event, f) for event, f in fits if not f.conflict and f.score >= least(event, flagged=bool(verdict.matches))]
    if best and belongs[:1] == [best]:
        event, f = best
        others = tuple(i for i in near if i != event.id)[:MAX_RELATED]
        twins = tuple(twin.id for twin, _ in belongs[1:]) if verdict.matches and verdict.nature == Nature.NEWS else ()
        return Attachment(relation="member", event_id=event.id, score=f.score, reasons=f.reasons, related=others, twins=twins)
    if not verdict.matches:
        return Attachment(relation="none", score=score, reasons=("not flagged",))
    if verdict.nature == Nature.COMMENT:
        return Attachment(relation=linked, score=score, reasons=("comment",), related=near[:MAX_RELATED])
    return Attachment(relation="founder", reasons=_why_new(fits[0] if fits else None), related=near[:MAX_RELATED])


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
    "SETTLED",
    "Attachment",
    "Tier",
    "decide",
    "event_keys",
    "fold",
    "found",
    "masthead",
    "merge",
    "one_happening",
    "refresh",
    "sought",
    "status_of",
    "worth_placing",
]
