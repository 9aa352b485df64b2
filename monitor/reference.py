"""What somebody means by an id of an alert, an event or a story: the words to look at, and what they were flagged as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import monitor.store.lookup as lookup
from monitor.errors import NotFoundError
from monitor.model import AlertId, Event, Label, Story, StoryId
from monitor.store import Reads, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """``story``: of an event its founder, as stored or, once that is deleted, as the event remembers it."""

    id: str
    kind: Literal["event", "story"]
    story: Story
    labels: tuple[Label, ...]


def subject(store: Store, reference: str) -> Subject:
    """By an id or the beginning of one; an alert stands for its event. Raises NotFoundError, or AmbiguousError."""
    return store.read(lambda reads: _subject(reads, reference))


def _subject(reads: Reads, reference: str) -> Subject:
    for kind in ("alert", "event", "story"):
        found = lookup.found_id(reads, kind, reference)
        if found is None:
            continue
        if kind == "story":
            story = reads.stories([StoryId(found)])[StoryId(found)]
            return Subject(id=found, kind="story", story=story, labels=_labels(reads, story.id))
        about = found if kind == "event" else lookup.revisions(reads, alert_id=AlertId(found))[-1].event_id
        return _of_event(reads, lookup.event(reads, about))
    raise NotFoundError("alert, event or story", reference, of=lookup.kind_of(reads, reference))


def _of_event(reads: Reads, event: Event) -> Subject:
    founder = event.stories[0]
    story = reads.stories([founder.story_id]).get(founder.story_id) or founder.as_story()
    return Subject(id=event.id, kind="event", story=story, labels=_labels(reads, story.id) or event.labels)


def _labels(reads: Reads, story_id: StoryId) -> tuple[Label, ...]:
    return tuple(m.label for m in reads.matches([story_id]).get(story_id, ()))
