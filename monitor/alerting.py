"""Does anybody need to know of an event, who, and why: a reason for every yes and every no. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.changes import change_line
from monitor.ids import make_id
from monitor.matching import tier_of
from monitor.model import (
    SEVERITIES,
    Alert,
    AlertId,
    Change,
    Delivery,
    DeliveryId,
    DigestItem,
    Event,
    EventStory,
    Nature,
    Status,
    Story,
    Verdict,
)
from monitor.routing import Router, Target
from monitor.settings.schema import Settings
from monitor.severity import assess, tier_at
from monitor.silencing import Quiet, why_silenced
from monitor.text import counted

# A revision is sent on these lines of the timeline; "founded" is the first message itself.
MATERIAL = frozenset({"status", "person", "destination", "role", "amount", "capacity", "confirmation", "correction", "denial"})
MAX_CHANGES = 12
_GROWN = "it matters more now: another route matches it"
# An event that began with a story that may not alert (a feed's first poll) is still told by a live story this much later,
# but not by the coverage that goes on for days.
FRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """By what it is decided who is told: the settings, the routes in force, and the silences that were not taken back."""

    settings: Settings
    router: Router
    silences: Sequence[Quiet] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether to tell, and why or why not. ``targets`` is empty where ``tell`` is false."""

    tell: bool
    reasons: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def channels(self) -> tuple[str, ...]:
        return tuple(target.channel for target in self.targets)


def decide(
    before: Event | None,
    after: Event,
    story: Story,
    verdict: Verdict | None,
    *,
    policy: Policy,
    now: datetime,
    baseline: bool = False,
    last_revision: int = 0,
    told: Callable[[], Collection[str]] = frozenset,
) -> Decision:
    """Whether ``story`` makes ``after`` worth telling. ``before`` is the event without it, None where it founds one. ``verdict``
    None: the story was found to be news before.

    ``last_revision`` is the number last sent for the event, 0 where nobody was told: then the first story that may alert
    sends the first message, also where the founder could not. ``told`` gives the channels that were told of the event before:
    it is asked where a route seems to want it only now.
    """
    settings, router = policy.settings, policy.router
    if verdict is not None and (refusal := _not_this_story(story, verdict, settings, now, baseline)):
        return Decision(tell=False, reasons=(refusal,))
    changes = material(before, after, story, settings)
    known = _known(before, changes, story, last_revision)
    reached = _newly_reached(before, after, settings, router, last_revision) if before and known else frozenset()
    if reached:  # what an event remembers is limited: it may only seem to have grown
        reached -= frozenset(told())
    if known and not reached:
        return Decision(tell=False, reasons=(known,))
    if silenced := why_silenced(after, router, policy.silences, now):
        return Decision(tell=False, reasons=(silenced,))
    routed = router.route(after, now=now, first=not last_revision or bool(reached))
    targets = tuple(target for target in routed.targets if not known or target.channel in reached)
    if not targets:
        nobody = "the matching routes send nothing now" if routed.matched else "no route matches it"
        return Decision(tell=False, reasons=(nobody, *routed.reasons))
    why = tuple(change_line(c) for c in changes) if last_revision else ("first sight of the event",)
    return Decision(
        tell=True,
        reasons=(*(why or (_GROWN,)), *routed.agreed),
        changes=changes[:MAX_CHANGES] if last_revision else (),
        targets=targets,
    )


def _known(before: Event | None, changes: Sequence[Change], story: Story, last_revision: int) -> str:
    """Why those who were to be told of ``before`` need not hear of the story; "" where they do."""
    if changes or before is None:
        return ""
    if last_revision:
        return "nothing material changed: one more story of a known event"
    late = story.at - before.stories[0].at > FRESH
    return "another copy of an event whose first story triggered no alert" if late else ""


def _newly_reached(before: Event, after: Event, settings: Settings, router: Router, last_revision: int) -> frozenset[str]:
    """Channels that want the event only since this story: of all where none wanted it, else where it weighs more than before."""
    # What a comment or a round-up made of it was told to nobody.
    before = assess(replace(before, stories=before.told_by), settings, router)
    if last_revision and not _weightier(before, after, settings):
        return frozenset()
    wanted = router.wanting(before)
    return frozenset() if wanted and not last_revision else router.wanting(after) - wanted


def _weightier(before: Event, after: Event, settings: Settings) -> bool:
    """More severe, or told by a better outlet. A name in passing, which may interest others too, is no reason to tell them."""
    if SEVERITIES.index(after.severity) > SEVERITIES.index(before.severity):
        return True
    return min(tier_at(s, settings) for s in after.stories) < min(tier_at(s, settings) for s in before.stories)


def _not_this_story(story: Story, verdict: Verdict, settings: Settings, now: datetime, baseline: bool) -> str:
    age, alerting = now - story.at, settings.alerting
    if not verdict.matches:
        return "the story is further coverage, not flagged itself"
    if verdict.nature != Nature.NEWS:
        return f"the story is a {verdict.nature}, not news"
    if baseline and not (alerting.alert_backlog and age <= alerting.alert_backlog):
        return "the story came with the first poll of its feed"
    if age > alerting.max_age:
        return f"the story is older than max_age ({counted(alerting.max_age.days, 'day')})"
    return ""


def material(before: Event | None, after: Event, story: Story, settings: Settings) -> tuple[Change, ...]:
    """What this story changed that is worth a revision."""
    if before is None:
        return ()
    changes = [c for c in after.timeline if c.story_id == story.id and c.kind in MATERIAL]
    if not any(c.kind == "confirmation" for c in changes) and (said := _firsttier_at(before, after, story, settings)):
        changes.append(Change(at=after.last_seen, kind="confirmation", after=_speaker(said, settings), story_id=story.id))
    return tuple(changes)


def _firsttier_at(before: Event, after: Event, story: Story, settings: Settings) -> EventStory | None:
    """What ``story`` says, where before only third-tier outlets stood behind it; now the company, a filing or an agency does."""
    said = next((s for s in after.stories if s.story_id == story.id), None)
    if said is None or said.status != Status.CONFIRMED or tier_at(said, settings) != 1:
        return None
    return said if all(tier_at(s, settings) == 3 for s in before.stories) else None


def _speaker(story: EventStory, settings: Settings) -> str:
    """Who confirms: the outlet, or, of a newsletter that leads to a company's own page, whose page it is."""
    by_name = tier_of(story.outlet, "", settings.outlet_tiers) == 1
    return story.outlet if by_name else (urlsplit(story.url).hostname or "").removeprefix("www.") or story.outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert's revision with all that takes it to people: deliveries of its own, and places in digests."""

    alert: Alert
    deliveries: tuple[Delivery, ...] = ()
    digest_items: tuple[DigestItem, ...] = ()


def make_alert(event: Event, decision: Decision, *, revision: int, now: datetime) -> Told:
    """The alert of this revision, one delivery or digest item a channel. Made twice, they have the same ids."""
    alert = Alert(
        id=AlertId(make_id(event.first_seen, "alert", event.id)),
        event_id=event.id,
        revision=revision,
        created_at=now,
        reasons=decision.reasons,
        changes=decision.changes,
        event=event,
    )
    items = tuple(_digest_item(alert, target, due) for target in decision.targets if (due := _digest_due(target)) is not None)
    deliveries = tuple(_delivery(alert, target) for target in decision.targets if _digest_due(target) is None)
    return Told(alert=alert, deliveries=deliveries, digest_items=items)


def _digest_due(target: Target) -> datetime | None:
    """When the digest goes out in which ``target`` is told; None where it is told by itself."""
    return target.at if target.digest else None


def _digest_item(alert: Alert, target: Target, due: datetime) -> DigestItem:
    return DigestItem(
        digest=target.digest,
        channel=target.channel,
        route=target.route,
        due_at=due,
        alert_id=alert.id,
        revision=alert.revision,
        added_at=alert.created_at,
    )


def _delivery(alert: Alert, target: Target) -> Delivery:
    return Delivery(
        id=DeliveryId(make_id(alert.created_at, "delivery", alert.id, str(alert.revision), target.channel)),
        alert_id=alert.id,
        revision=alert.revision,
        channel=target.channel,
        created_at=alert.created_at,
        route=target.route,
        next_attempt=target.at,
    )
