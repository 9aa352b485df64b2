"""Values to store: a feed, stories, events and alerts that belong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.ids import digest, make_id
from monitor.model import (
    Alert,
    AlertId,
    Buildout,
    BuildoutAction,
    Delivery,
    DeliveryId,
    DigestItem,
    Event,
    EventId,
    EventStory,
    Feed,
    FeedId,
    Label,
    Match,
    Move,
    MoveAction,
    Quantity,
    Status,
    Story,
    StoryId,
)
from monitor.results import Membership, PollResult, StoryKey

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FEED = Feed(id=FeedId("feed-1"), name="Example Wire", url="https://example.com/feed.xml")
MOVE = Move(
    person="Jane Doe",
    action=MoveAction.HIRE,
    from_org="Globex",
    from_role="head of cloud",
    to_org="Acme Corp.",
    to_role="chief executive officer",
)
BUILDOUT = Buildout(
    orgs=("Umbrella",),
    action=BuildoutAction.BUILD,
    amounts=(Quantity(text="$3 billion", low=3e9, high=3e9, unit="USD"),),
    capacity=(Quantity(text="400 MW", low=400.0, high=400.0, unit="MW"),),
    location="Abilene, Texas",
    project="Hyperion",
)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def story(number: int, when: datetime = NOW, **changed: Any) -> Story:
    given: dict[str, Any] = {
        "id": StoryId(make_id(when, "story", str(number))),
        "feed_id": FEED.id,
        "url": f"https://www.example.com/news/{number}?utm_source=rss",
        "title": f"Acme names Jane Doe chief executive, part {number}",
        "summary": "The board of Acme made the choice on Monday.",
        "outlet": "Example Wire",
        "published": when,
        "first_seen": when,
    }
    return Story(**(given | changed))


def key(story: Story) -> StoryKey:
    return StoryKey(
        feed_id=story.feed_id,
        key=digest(story.id),
        story_id=story.id,
        fingerprint=digest(story.title),
        last_seen=story.first_seen,
    )


def event(founder: Story, **changed: Any) -> Event:
    given: dict[str, Any] = {
        "id": EventId(make_id(founder.first_seen, "event", founder.id)),
        "labels": (Label.EXECUTIVE_MOVE,),
        "headline": founder.title,
        "status": Status.CONFIRMED,
        "moves": (MOVE,),
        "first_seen": founder.first_seen,
        "last_seen": founder.first_seen,
        "stories": (
            EventStory(story_id=founder.id, title=founder.title, url=founder.url, outlet=founder.outlet, at=founder.first_seen),
        ),
        "outlets": (founder.outlet,),
        "orgs": ("Acme",),
        "people": ("Jane Doe",),
        "keys": ("person:jane doe", "org:acme"),
    }
    return Event(**(given | changed))


def buildout_event(founder: Story, **changed: Any) -> Event:
    given: dict[str, Any] = {
        "labels": (Label.INFRASTRUCTURE,),
        "moves": (),
        "buildout": BUILDOUT,
        "orgs": ("Umbrella",),
        "people": (),
        "keys": ("project:hyperion",),
    }
    return event(founder, **(given | changed))


def alert(of: Event, revision: int = 1, when: datetime | None = None) -> Alert:
    return Alert(
        id=AlertId(make_id(of.first_seen, "alert", of.id)),
        event_id=of.id,
        revision=revision,
        created_at=when or of.last_seen,
        reasons=("a new event",),
        event=of,
    )


def delivery(of: Alert, channel: str = "slack") -> Delivery:
    return Delivery(
        id=DeliveryId(make_id(of.created_at, "delivery", of.id, str(of.revision), channel)),
        alert_id=of.id,
        revision=of.revision,
        channel=channel,
        created_at=of.created_at,
    )


def match(of: Story, **changed: Any) -> Match:
    given: dict[str, Any] = {"story_id": of.id, "label": Label.EXECUTIVE_MOVE, "score": 0.9, "moves": (MOVE,)}
    return Match(**(given | changed))


def founded(
    number: int, when: datetime = NOW, *, channels: tuple[str, ...] = ("slack",), make: Any = event, **changed: Any
) -> PollResult:
    """A poll that brought one story, which founded an event that is alerted."""
    one = story(number, when)
    happening = make(one, **changed)
    told = alert(happening)
    return PollResult(
        feed=FEED,
        stories=(one,),
        keys=(key(one),),
        matches=(match(one, label=happening.labels[0], moves=happening.moves, buildout=happening.buildout),),
        events=(happening,),
        memberships=(Membership(event_id=happening.id, story_id=one.id, relation="founder", at=when),),
        alerts=(told,),
        deliveries=tuple(delivery(told, channel) for channel in channels),
    )


def item(result: PollResult, due: float, channel: str = "slack", digest: str = "d1") -> PollResult:
    """``result`` with its alert waiting for a digest instead of being delivered."""
    [told] = result.alerts
    waits = DigestItem(
        digest=digest,
        channel=channel,
        route="r",
        due_at=at(due),
        alert_id=told.id,
        revision=told.revision,
        added_at=told.created_at,
    )
    return replace(result, deliveries=(), digest_items=(waits,))
