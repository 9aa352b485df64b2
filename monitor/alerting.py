"""Does anybody need to know of an event, who, and why: severity, and a reason for every yes and every no. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.changes import change_line
from monitor.ids import make_id
from monitor.matching import largest, tier_of
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
    Label,
    Nature,
    RoleLevel,
    Severity,
    Status,
    Story,
    Verdict,
)
from monitor.money import dollars, in_unit, watts
from monitor.routing import Router, Target
from monitor.settings.schema import Settings
from monitor.silencing import Quiet, why_silenced
from monitor.standing import role_level
from monitor.text import counted
from monitor.text import headline as bare

# A revision is sent on these lines of the timeline; "founded" is the first message itself.
MATERIAL = frozenset({"status", "person", "destination", "role", "amount", "capacity", "confirmation", "correction", "denial"})
POST_POINTS = {
    RoleLevel.TOP: (3, "top post"),
    RoleLevel.CHIEF: (2, "chief officer, partner or director"),
    RoleLevel.HEAD: (1, "head of a unit"),
}
# From how many points a severity begins.
LADDER = ((7, Severity.CRITICAL), (5, Severity.HIGH), (2, Severity.NORMAL))
MAX_CHANGES = 12
_GROWN = "it matters more now: a route wants it that did not"
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


def _tier(story: EventStory, settings: Settings) -> int:
    return tier_of(story.outlet, story.url, settings.outlet_tiers)


def assess(event: Event, settings: Settings, router: Router) -> Event:
    """``event`` with its severity, a sum of stated reasons, and its headline taken from the best outlet."""
    points = [*_post_points(event), *_size_points(event), *_word_points(event, settings)]
    points += [(2, f"on watchlist {name}") for name in router.watchlists(event)[:2]]
    total = sum(p for p, _ in points)
    severity = next((s for least, s in LADDER if total >= least), Severity.LOW)
    if event.status == Status.DENIED:  # worth knowing, never worth waking up for
        severity = SEVERITIES[min(SEVERITIES.index(severity), SEVERITIES.index(Severity.NORMAL))]
    best = min(enumerate(event.stories), key=lambda pair: (_tier(pair[1], settings), pair[0]))[1]
    same = _tier(event.stories[0], settings) == _tier(best, settings)
    headline = event.headline if same else bare(best.title, best.outlet)
    reasons = tuple(f"{p:+d} {why}" for p, why in points)
    return replace(event, severity=severity, severity_reasons=reasons, headline=headline)


def _post_points(event: Event) -> list[tuple[int, str]]:
    if not event.moves:
        return []
    level = min((role_level(m) for m in event.moves), key=tuple(RoleLevel).index)
    return [POST_POINTS[level]] if level in POST_POINTS else []


def _size_points(event: Event) -> list[tuple[int, str]]:
    built = event.buildout
    if built is None:
        return []
    found: list[tuple[int, str]] = []
    amount, megawatts = largest(built.amounts, "USD"), largest(built.capacity, "MW")
    if amount >= 1e8:
        told = any(q.unit == "USD" and in_unit(q, "USD") == amount for q in built.amounts)
        about = "" if told else "about "  # in another currency: the rate is a rough one
        found.append((3 if amount >= 1e10 else 2 if amount >= 1e9 else 1, f"amount of {about}{dollars(amount)}"))
    if megawatts >= 50:
        found.append((3 if megawatts >= 1000 else 2 if megawatts >= 300 else 1, f"capacity of {watts(megawatts)}"))
    if built.project:
        found.append((1, "a named project"))
    return found


def _word_points(event: Event, settings: Settings) -> list[tuple[int, str]]:
    tier = min(_tier(s, settings) for s in event.stories)
    found = [(2, "a first-tier outlet")] if tier == 1 else [(1, "a second-tier outlet")] if tier == 2 else []
    if event.status == Status.CONFIRMED:
        found.append((1, "confirmed"))
    if event.status == Status.RUMORED:
        found.append((-1, "only a rumour"))
    if {Label.EXECUTIVE_MOVE, Label.INFRASTRUCTURE} <= set(event.labels):
        found.append((2, "both kinds in one event"))
    return found


def decide(
    before: Event | None,
    after: Event,
    story: Story,
    verdict: Verdict,
    *,
    policy: Policy,
    now: datetime,
    baseline: bool = False,
    last_revision: int = 0,
    told: Callable[[], Collection[str]] = frozenset,
) -> Decision:
    """Whether ``story`` makes ``after`` worth telling. ``before`` is the event without it, None where it founds one.

    ``last_revision`` is the number last sent for the event, 0 where nobody was told: then the first story that may alert
    sends the first message, also where the founder could not. ``told`` gives the channels that were told of the event before:
    it is asked where a route seems to want it only now.
    """
    settings, router = policy.settings, policy.router
    if refusal := _not_this_story(story, verdict, settings, now, baseline):
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
        nobody = "no route tells it now" if routed.matched else "no route wants it"
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
    return "a further copy of an event whose first story was not to be alerted" if late else ""


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
    return min(_tier(s, settings) for s in after.stories) < min(_tier(s, settings) for s in before.stories)


def _not_this_story(story: Story, verdict: Verdict, settings: Settings, now: datetime, baseline: bool) -> str:
    age, alerting = now - story.at, settings.alerting
    if not verdict.matches:
        return "the story is further coverage, not flagged itself"
    if verdict.nature != Nature.NEWS:
        return f"the story is a {verdict.nature}, not news"
    if baseline and not (alerting.alert_backlog and age <= alerting.alert_backlog):
        return "the story belongs to the first poll of its feed"
    if age > alerting.max_age:
        return f"the story is older than max_age ({counted(alerting.max_age.days, 'day')})"
    return ""


def material(before: Event | None, after: Event, story: Story, settings: Settings) -> tuple[Change, ...]:
    """What this story changed that is worth a revision."""
    if before is None:
        return ()
    changes = [c for c in after.timeline if c.story_id == story.id and c.kind in MATERIAL]
    if not any(c.kind == "confirmation" for c in changes) and (said := _first_tier(before, after, story, settings)):
        changes.append(Change(at=after.last_seen, kind="confirmation", after=_speaker(said, settings), story_id=story.id))
    return tuple(changes)


def _first_tier(before: Event, after: Event, story: Story, settings: Settings) -> EventStory | None:
    """What ``story`` says, where before only third-tier outlets stood behind it; now the company, a filing or an agency does."""
    said = next((s for s in after.stories if s.story_id == story.id), None)
    if said is None or said.status != Status.CONFIRMED or _tier(said, settings) != 1:
        return None
    return said if all(_tier(s, settings) == 3 for s in before.stories) else None


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
