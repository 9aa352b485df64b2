"""A person's word on an alert, an event or a story. Every surface (command line, API, pages, Slack) calls ``give``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import monitor.store.lookup as lookup
from monitor.app import App
from monitor.errors import AmbiguousError, NotFoundError
from monitor.model import AlertId, EventId, Feedback, FeedbackKind, FeedId, Label, Story, StoryId
from monitor.store import Reads

MAX_NOTE = 2000  # characters
MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What a reference stands for: the words that were judged, and what they were flagged as."""

    target: str
    kind: Literal["event", "story"]
    story: Story
    labels: tuple[Label, ...]


def give(app: App, reference: str, kind: FeedbackKind, *, by: str, via: str, note: str = "") -> Feedback:
    """Write what ``by`` says of an alert, event or story, by its id or the beginning of one; an alert stands for its event.

    Saying the same again changes nothing; saying something else takes its place, and the older word is kept. Returns what
    now counts. Blocks for a transaction and one classification (some milliseconds): on an event loop, run it in a thread.

    Raises NotFoundError, or AmbiguousError where several ids begin so.
    """
    judged = app.store.read(lambda reads: _judged(reads, reference))
    story = judged.story
    given = Feedback(
        target=judged.target,
        target_kind=judged.kind,
        kind=kind,
        by=by.strip()[:MAX_NAME],
        via=via,
        note=note.strip()[:MAX_NOTE],
        story_id=story.id,
        title=story.title,
        summary=story.summary,
        url=story.url,
        labels=judged.labels,
        trace=app.classifier.classify(story).trace,
        version=f"{app.classifier.name} {app.classifier.version}",
        at=app.clock(),
    )
    return app.store.give_feedback(given)


def _judged(reads: Reads, reference: str) -> _Judged:
    for kind in ("alert", "event", "story"):
        try:
            found = lookup.full_id(reads, kind, reference)
        except AmbiguousError:
            raise
        except NotFoundError:
            continue
        if kind == "story":
            return _story(reads, StoryId(found))
        return _event(reads, EventId(found) if kind == "event" else lookup.revisions(reads, alert_id=AlertId(found))[-1].event_id)
    raise NotFoundError("alert, event or story", reference)


def _story(reads: Reads, story_id: StoryId) -> _Judged:
    labels = tuple(m.label for m in reads.matches([story_id]).get(story_id, ()))
    return _Judged(target=story_id, kind="story", story=reads.stories([story_id])[story_id], labels=labels)


def _event(reads: Reads, event_id: EventId) -> _Judged:
    """An event is judged by its founder, as it is stored or, once that is deleted, as the event remembers it."""
    event = lookup.event(reads, event_id)
    founder = event.stories[0]
    story = reads.stories([founder.story_id]).get(founder.story_id) or Story(
        id=founder.story_id,
        feed_id=FeedId(""),
        url=founder.url,
        title=founder.title,
        summary=founder.summary,
        outlet=founder.outlet,
        first_seen=founder.at,
    )
    labels = tuple(m.label for m in reads.matches([story.id]).get(story.id, ()))
    return _Judged(target=event_id, kind="event", story=story, labels=labels or event.labels)
