"""One poll that brings one story, on a real database, by a classifier that says what the test decided."""

from __future__ import annotations

from monitor import pipeline
from monitor.alerting import Policy
from monitor.app import App
from monitor.identity import Plan
from monitor.model import EventId, Feed, FeedId, Story, StoryId, Verdict
from monitor.routing import Router
from monitor.store import Transaction

FEED = Feed(id=FeedId("feed"), name="Sample", url="https://sample.example/feed", baseline_done=True)


class Known:
    """A classifier that says what the test decided of each story."""

    name, version = "known", "1"

    def __init__(self) -> None:
        self.verdicts: dict[StoryId, Verdict] = {}

    def classify(self, of: Story) -> Verdict:
        return self.verdicts[of.id]


def poll(app: App, *told: tuple[Story, Verdict], edited: tuple[tuple[Story, Verdict], ...] = ()) -> None:
    """One poll that brings these stories, and others that are stored already in new words."""
    classifier: object = app.classifier
    assert isinstance(classifier, Known)
    verdicts = {of.id: verdict for of, verdict in (*told, *edited)}
    classifier.verdicts |= verdicts

    def work(tx: Transaction) -> None:
        result = pipeline.conclude(
            Plan(feed=FEED, stories=tuple(of for of, _ in told), updated=tuple(of for of, _ in edited)),
            feed=FEED,
            verdicts=verdicts,
            events=tx,
            policy=Policy(settings=app.settings, router=Router(app.settings)),
            now=max(of.first_seen for of, _ in told),
        )
        tx.record_poll(result)
        tx.record_poll(result)  # a poll that is recorded twice changes nothing

    app.store.transact(work)


def publish(app: App, of: Story, verdict: Verdict) -> EventId:
    """One poll that brings one story; the event it is in."""
    poll(app, (of, verdict))
    event = app.store.read(lambda reads: reads.event_of_story(of.id))
    assert event is not None
    return event.id
