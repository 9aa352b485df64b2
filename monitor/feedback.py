"""A person's word on an alert, an event or a story. Every surface (command line, API, pages, Slack) calls ``give``."""

from __future__ import annotations

import monitor.store.feedback as stored
from monitor.app import App
from monitor.model import Feedback, FeedbackKind
from monitor.reference import subject

MAX_NOTE = 2000  # characters
MAX_NAME = 200


def give(app: App, reference: str, kind: FeedbackKind, *, by: str, via: str, note: str = "") -> Feedback:
    """Write what ``by`` says of an alert, event or story, by its id or the beginning of one; an alert stands for its event.

    Saying the same again changes nothing; saying something else takes its place, and the older word is kept. Returns what
    now counts. Blocks for a transaction and one classification (some milliseconds): on an event loop, run it in a thread.

    Raises NotFoundError, or AmbiguousError where several ids begin so.
    """
    judged = subject(app.store, reference)
    story = judged.story
    given = Feedback(
        target=judged.id,
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
        trace=app.explainer.classify(story).trace,
        version=f"{app.classifier.name} {app.classifier.version}",
        at=app.clock(),
    )
    return app.store.give_feedback(given)


def current_kind(app: App, target: str, *, by: str) -> FeedbackKind | None:
    """The word of ``by`` on an event or a story, by its whole id, that counts today."""
    spoken = app.store.read(lambda reads: stored.of_target(reads, target))
    return next((f.kind for f in spoken if f.by == by and f.current), None)
