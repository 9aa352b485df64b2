"""What the routes in force would have told of stored stories, and when: the pipeline once more over them, nothing written.

Every feed is taken to be past its first poll; a story is seen when it was first seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import monitor.store.lookup as lookup
from monitor import grouping
from monitor.alerting import Policy
from monitor.backtest import Index, place_next
from monitor.hours import Span, current, zone_of
from monitor.interfaces import Classifier
from monitor.model import Event, Story
from monitor.routing import Router, Target
from monitor.store import Store
from monitor.text import counted

NIGHT = Span(start=22 * 60, end=7 * 60)
PAGE = 1000  # stories in memory at a time


def stories_in_order(store: Store, since: datetime) -> Iterator[Story]:
    """Every stored story first seen at ``since`` or later, oldest first; a page at a time in memory."""
    last: Story | None = None
    while found := store.read(lambda reads, after=last: lookup.stories_seen(reads, since, after, PAGE)):  # type: ignore[misc]
        yield from found
        last = found[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """One story that was flagged or joined an event: what it did, what would have been sent, and why or why not."""

    at: datetime
    story: Story
    event: Event | None
    revision: int
    tell: bool
    reasons: tuple[str, ...]
    targets: tuple[Target, ...] = ()


def rehearse(stories: Iterable[Story], *, classifier: Classifier, policy: Policy) -> Iterator[Rehearsed]:
    """``stories`` in the order they were seen, each as if it came in now."""
    index = Index()
    for story in stories:
        verdict = classifier.classify(story)
        if not grouping.worth_placing(verdict):
            continue  # at most further coverage: it tells nobody anything
        step = place_next(story, verdict, index, policy)
        if step.event is None and not verdict.matches:
            continue
        revision = index.revisions[step.event.id] if step.event else 0
        yield Rehearsed(
            at=story.first_seen,
            story=story,
            event=step.event,
            revision=revision,
            tell=step.decision.tell,
            reasons=step.decision.reasons,
            targets=step.decision.targets,
        )


@dataclass(slots=True, kw_only=True)
class Tally:
    """What one route would have sent: messages, how many of them at night (22:00 to 07:00 there), held, in digests."""

    alerts: int = 0
    revisions: int = 0
    at_night: int = 0
    held: int = 0
    in_digests: int = 0
    digests: set[str] = field(default_factory=set)

    def words(self) -> str:
        """``14 alerts, 2 revisions, 3 at night, 4 in 2 digests``."""
        told = [counted(self.alerts, "alert")]
        told += [counted(self.revisions, "revision")] if self.revisions else []
        told += [f"{self.at_night} at night"] if self.at_night else []
        told += [f"{self.held} after quiet hours"] if self.held else []
        if self.digests:
            told.append(f"{self.in_digests} in {counted(len(self.digests), 'digest')}")
        return ", ".join(told)


def tally(rehearsed: Iterable[Rehearsed], router: Router) -> tuple[dict[str, Tally], Counter[str]]:
    """For each route what it would have sent, and of what was not told, how often for which reason."""
    routes: defaultdict[str, Tally] = defaultdict(Tally)
    refused: Counter[str] = Counter()
    zones = {node.path: node.rule.zone for node in router.every()}
    for one in rehearsed:
        if not one.tell:
            refused[_kind_of(one.reasons[0])] += 1
            continue
        for route in {target.route for target in one.targets}:
            mine = [target for target in one.targets if target.route == route]
            found = routes[route]
            first = one.revision == 1
            found.alerts += first
            found.revisions += not first
            when = mine[0].at or one.at
            found.at_night += current([NIGHT], zones.get(route, zone_of("UTC")), when) is not None
            found.in_digests += bool(mine[0].digest)
            found.held += mine[0].at is not None and not mine[0].digest
            found.digests |= {target.digest for target in mine if target.digest}
    return dict(routes), refused


def _kind_of(reason: str) -> str:
    """A reason without what differs from story to story."""
    return reason.partition(":")[0].partition(" until ")[0]
