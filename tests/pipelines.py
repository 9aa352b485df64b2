"""The pure pipeline over a store that is a few dictionaries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor import pipeline
from monitor.alerting import Policy
from monitor.backtest import Index, place_next
from monitor.classify import load_classifier
from monitor.interfaces import Entry, Reading
from monitor.model import (
    Event,
    EventId,
    Feed,
    FeedId,
    MoveAction,
    Status,
    Story,
    StoryId,
    Verdict,
)
from monitor.placing import Step
from monitor.results import PollResult, StoryKey
from monitor.routing import Router
from monitor.settings.schema import Channel, Route, Settings
from monitor.text import title_digest
from monitor.urls import canonical
from tests.stories import NOON, move, moved

SETTINGS = Settings(
    channels={"desk": Channel(type="stdout")},
    routes=(Route(name="all", channels=("desk",)),),
    outlet_tiers={"release line": 1},
)


FEED = Feed(id=FeedId("f1"), name="Harbor Wire", url="https://harbor.example/feed", baseline_done=True, stories=9)


OTHER = replace(FEED, id=FeedId("f2"), name="Dockside Post")


@dataclass
class World:
    """What a store would know, in plain dictionaries; events are found by the backtest's own index."""

    keys: dict[tuple[FeedId, str], StoryKey] = field(default_factory=dict)
    told: dict[StoryId, Story] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    of_story: dict[StoryId, EventId] = field(default_factory=dict)
    settings: Settings = SETTINGS

    def plan(self, feed: Feed, entries: list[Entry], now: datetime) -> pipeline.Plan:
        return pipeline.plan(feed, Reading(entries=tuple(entries)), self, now=now)

    def poll(
        self, feed: Feed, entries: list[Entry], verdicts: dict[str, Verdict] | None = None, *, now: datetime = NOON
    ) -> PollResult:
        """Poll and keep everything; ``verdicts`` by title, no match where a title is not given."""
        plan = self.plan(feed, entries, now)
        given = verdicts or {}
        said = {s.id: said_of(s, given.get(s.title)) for s in plan.to_classify}
        result = pipeline.conclude(
            plan,
            feed=replace(feed, baseline_done=True),
            verdicts=said,
            events=self,
            policy=Policy(settings=self.settings, router=Router(self.settings)),
            now=now,
        )
        self.keys |= {(k.feed_id, k.key): k for k in result.keys}
        self.told |= {s.id: s for s in (*result.stories, *result.updated)}
        for event in result.events:
            self.index.put(event)
        self.of_story |= {m.story_id: m.event_id for m in result.memberships if m.relation != "related"}
        for alert in result.alerts:
            told = (*result.deliveries, *result.digest_items)
            self.index.channels[alert.event_id] |= {one.channel for one in told if one.alert_id == alert.id}
        self.index.revisions.update({a.event_id: a.revision - self.index.revisions[a.event_id] for a in result.alerts})
        return result

    # -- what the pipeline asks of the store

    def known_keys(self, feed_id: FeedId, keys: Collection[str]) -> dict[str, StoryKey]:
        return {key: self.keys[feed_id, key] for key in keys if (feed_id, key) in self.keys}

    def has_keys(self, feed_id: FeedId) -> bool:
        return any(feed == feed_id for feed, _ in self.keys)

    def stories(self, ids: Collection[StoryId]) -> dict[StoryId, Story]:
        return {one: self.told[one] for one in ids if one in self.told}

    def stories_by_url(self, canonical_urls: Collection[str]) -> dict[str, Story]:
        urls = {canonical(story.url): story for story in reversed(self.told.values())}
        return {url: urls[url] for url in canonical_urls if url in urls}

    def stories_by_title(self, digests: Collection[str], since: datetime) -> dict[str, list[Story]]:
        found: dict[str, list[Story]] = {}
        for story in self.told.values():
            if story.first_seen >= since and title_digest(story.title) in digests:
                found.setdefault(title_digest(story.title), []).append(story)
        return found

    def recent_stories(self, feed_id: FeedId) -> list[Story]:
        return [story for story in reversed(self.told.values()) if story.feed_id == feed_id]

    def last_revision(self, event_id: EventId) -> int:
        return self.index.last_revision(event_id)

    def channels_told(self, event_id: EventId) -> set[str]:
        return self.index.channels_told(event_id)

    def candidate_events(self, wanted: Mapping[str, datetime]) -> list[Event]:
        return self.index.candidates(wanted)

    def event_of_story(self, story_id: StoryId) -> Event | None:
        event_id = self.of_story.get(story_id)
        return self.index.events[event_id] if event_id else None


def lived(stories: Iterable[Story], settings: Settings = SETTINGS) -> list[Step]:
    """What each story comes to, one after the other, through the classifier and the pipeline as the daemon runs them. Each has to
    be flagged."""
    classifier, index, steps = load_classifier(), Index(), []
    policy = Policy(settings=settings, router=Router(settings))
    for one in stories:
        verdict = classifier.classify(one)
        assert verdict.matches, f"not flagged: {one.title}"
        steps.append(place_next(one, verdict, index, policy))
    return steps


def said_of(story: Story, verdict: Verdict | None) -> Verdict:
    """``verdict`` as if it had been said of ``story``; no match where there is none."""
    if verdict is None:
        return Verdict(story_id=story.id)
    matches = tuple(replace(m, story_id=story.id) for m in verdict.matches)
    return replace(verdict, story_id=story.id, matches=matches)


def entry(title: str, guid: str = "", link: str = "", hours: float = 0, outlet: str = "", summary: str = "") -> Entry:
    return Entry(id=guid, link=link, title=title, summary=summary, published=NOON + timedelta(hours=hours), outlet=outlet)


def moved_by(title: str, person: str, to: str, **slots: str | Status) -> Verdict:
    who = move(person, MoveAction.HIRE, to_org=to, **slots)
    found = Story(id=StoryId(title), feed_id=FEED.id, url="", title=title, first_seen=NOON)
    return moved(found, who)
