"""The pipeline over stored stories, in time order: what would have been flagged, grouped and told; kept in a database if wanted.

Each story is taken as if it had been seen when it was published, by a feed that is past its first poll.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from monitor import alerting, candidates, grouping, json_lines
from monitor.alerting import Policy
from monitor.classify.naming import move_row, org_id
from monitor.errors import MovewireError
from monitor.interfaces import Classifier
from monitor.model import Event, EventId, Feed, FeedId, FeedState, Label, Quantity, Status, Story, StoryId, Verdict
from monitor.money import in_dollars
from monitor.placing import Step, place
from monitor.results import PollResult
from monitor.routing import Router
from monitor.settings.schema import Settings
from monitor.store import Store, Transaction
from monitor.store.values import micros
from monitor.text import plain

FEED = FeedId("backtest")
_AT_ONCE = 200  # stories a transaction


class BacktestError(MovewireError):
    """A file cannot be read as stored stories; the message names file and line."""


def read_stories(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, ``.gz`` or plain. Raises BacktestError where a line is no story."""
    for number, found in json_lines.objects(path, BacktestError):
        if not found.get("id") or "title" not in found:
            raise BacktestError(f"{path}:{number}: a story needs at least id and title")
        yield found


def to_story(record: dict[str, Any]) -> Story:
    """A stored story as it would have come in; without a date it stands at the start of 1970."""
    at = _when(record.get("published") or record.get("first_seen")) or datetime(1970, 1, 1, tzinfo=UTC)
    return Story(
        id=StoryId(str(record["id"])),
        feed_id=FEED,
        url=str(record.get("url") or ""),
        title=plain(str(record["title"] or "")),
        summary=plain(str(record.get("summary") or "")),
        outlet=str(record.get("source") or record.get("outlet") or ""),
        published=at,
        first_seen=at,
    )


def _when(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@dataclass
class Index:
    """Events in memory, found by key as the store finds them."""

    events: dict[EventId, Event] = field(default_factory=dict)
    _postings: dict[str, dict[EventId, None]] = field(default_factory=lambda: defaultdict(dict))  # the last to be seen last
    revisions: Counter[EventId] = field(default_factory=Counter)
    channels: dict[EventId, set[str]] = field(default_factory=lambda: defaultdict(set))  # that were told of an event

    def put(self, event: Event) -> None:
        self.events[event.id] = event
        for key in event.keys:
            recent = self._postings[key]
            recent.pop(event.id, None)
            recent[event.id] = None
            if len(recent) > candidates.POSTINGS:
                del recent[next(iter(recent))]

    def replace(self, gone: Iterable[EventId], event: Event) -> None:
        """``event`` as it is now; those that are gone are part of it."""
        for event_id in gone:
            self.channels[event.id] |= self.channels.pop(event_id, set())
            for key in self.events.pop(event_id).keys:
                self._postings[key].pop(event_id, None)
        self.put(event)

    def count_message(self, event_id: EventId, decision: alerting.Decision) -> None:
        """One more message of the event goes out."""
        self.revisions[event_id] += 1
        self.channels[event_id].update(decision.channels)

    def last_revision(self, event_id: EventId) -> int:
        return self.revisions[event_id]

    def channels_told(self, event_id: EventId) -> set[str]:
        return self.channels[event_id]

    def candidates(self, wanted: Mapping[str, datetime]) -> list[Event]:
        """The events that share a key of ``wanted`` and were seen since the time it gives, best first."""
        found = [
            (key, event_id, micros(self.events[event_id].last_seen))
            for key, since in wanted.items()
            for event_id in self._postings.get(key, ())
            if self.events[event_id].last_seen >= since
        ]
        return [self.events[event_id] for event_id in candidates.ranked(found)]


def run(
    records: Iterable[dict[str, Any]],
    *,
    classifier: Classifier,
    settings: Settings | None = None,
    saved: Mapping[str, str] | None = None,
) -> Iterator[dict[str, Any]]:
    """One object a story, in time order, in the form the scorer reads, with ``alerted``, ``evidence`` and reasons.

    ``saved``: the words of the saved searches that routes name.
    """
    steps = _steps(records, classifier, settings or Settings(), saved)
    yield from _settled((s, describe(s, v, step), step) for s, v, step, _ in steps)


def _settled(rows: Iterable[tuple[Story, dict[str, Any], Step]]) -> Iterator[dict[str, Any]]:
    """The rows, each held until nothing can make its event part of another any more, with the event it is in then."""
    held: deque[tuple[datetime, dict[str, Any]]] = deque()
    part_of: dict[str, EventId] = {}
    for story, row, step in rows:
        part_of |= {gone: step.event.id for gone in step.gone if step.event}
        while held and story.at - held[0][0] > grouping.SETTLED:
            yield _in_its_event(held.popleft()[1], part_of)
        held.append((story.at, row))
    for _, row in held:
        yield _in_its_event(row, part_of)


def _in_its_event(row: dict[str, Any], part_of: Mapping[str, EventId]) -> dict[str, Any]:
    while row["event_id"] in part_of:
        row["event_id"] = part_of[row["event_id"]]
    return row


def keep(
    records: Iterable[dict[str, Any]],
    store: Store,
    *,
    classifier: Classifier,
    settings: Settings,
    saved: Mapping[str, str] | None = None,
) -> Iterator[dict[str, Any]]:
    """As ``run``, and writes all of it into ``store``: stories, events, alerts, and no delivery, for nothing of it is to be sent.

    Its feed rests. Raises BacktestError where the store has stories already.
    """
    if store.counts()["stories"]:
        raise BacktestError("the database to fill holds stories already: name a new one")
    yield from _settled(_kept(_steps(records, classifier, settings, saved), store))


def _kept(steps: Iterator[tuple[Story, Verdict, Step, int]], store: Store) -> Iterator[tuple[Story, dict[str, Any], Step]]:
    while part := list(islice(steps, _AT_ONCE)):
        results = [_result(*one) for one in part]
        store.transact(partial(_record, results))
        yield from ((story, describe(story, verdict, step), step) for story, verdict, step, _ in part)


def _record(results: Iterable[PollResult], tx: Transaction) -> None:
    for result in results:
        tx.record_poll(result)


def _steps(
    records: Iterable[dict[str, Any]], classifier: Classifier, settings: Settings, saved: Mapping[str, str] | None
) -> Iterator[tuple[Story, Verdict, Step, int]]:
    """Each story with what it did and, where it was told, the number of the message."""
    index, policy = Index(), Policy(settings=settings, router=Router(settings, saved=saved))
    for story in sorted((to_story(record) for record in records), key=lambda s: (s.at, s.id)):
        verdict = classifier.classify(story)
        step = place_next(story, verdict, index, policy)
        yield story, verdict, step, index.revisions[step.event.id] if step.event else 0


def _result(story: Story, verdict: Verdict, step: Step, revision: int) -> PollResult:
    """What a poll that brought this story alone would have changed."""
    feed = Feed(
        id=FEED, name="backtest", url="https://backtest.invalid/", paused=True, state=FeedState.RESTING, last_checked=story.at
    )
    told = alerting.make_alert(step.event, step.decision, revision=revision, now=story.at) if step.event else None
    return PollResult(
        feed=feed,
        stories=(story,),
        matches=verdict.matches,
        events=(step.event,) if step.event else (),
        memberships=(*([step.membership] if step.membership else []), *step.related),
        alerts=(told.alert,) if told and step.decision.tell else (),
        folded=tuple((gone, step.event.id) for gone in step.gone) if step.event else (),
    )


def place_next(story: Story, verdict: Verdict, index: Index, policy: Policy) -> Step:
    """One story in its turn, as the daemon takes it, with the events in memory; what came of it is in ``index`` afterwards."""
    step = place(
        story,
        verdict,
        index.candidates(grouping.sought(story, verdict)),
        policy=policy,
        history=index,
        now=story.first_seen,
        baseline=False,
    )
    if step.event is not None:
        index.replace(step.gone, step.event)
        if step.decision.tell:
            index.count_message(step.event.id, step.decision)
    return step


def _bounds(quantity: Quantity | None) -> dict[str, Any] | None:
    """Low, high and unit; a bound is None where it is open, all None where the sum has no rate."""
    return {"low": quantity.low, "high": quantity.high, "unit": quantity.unit} if quantity is not None else None


def describe(story: Story, verdict: Verdict, step: Step | None) -> dict[str, Any]:
    """What the pipeline said of one story, as plain JSON values."""
    moves = [m for match in verdict.matches for m in match.moves]
    built = next((match.buildout for match in verdict.matches if match.buildout is not None), None)
    event = step.event if step else None
    return {
        "id": story.id,
        "title": story.title,
        "labels": sorted(m.label for m in verdict.matches),
        "scores": {label: round(verdict.scores.get(label, 0.0), 4) for label in Label},
        "moves": [move_row(m) for m in moves],
        "infra": {
            "orgs": list(built.orgs),
            "org_ids": [org_id(name) for name in built.orgs],
            "action": built.action,
            "amounts": _texts(built.amounts),
            "amounts_usd": [_bounds(in_dollars(q)) for q in built.amounts],
            "capacity": _texts(built.capacity),
            "capacity_figures": [_bounds(q) for q in built.capacity],
            "location": built.location,
            "project": built.project,
        }
        if built
        else None,
        "status": event.status if event else None,
        "severity": event.severity if event else None,
        "event_id": event.id if event else None,
        "relation": step.attachment.relation if step else None,
        "related": list(step.attachment.related) if step else [],
        "alerted": bool(step and step.decision.tell),
        "reasons": list(step.decision.reasons) if step else [],
        "evidence": [asdict(span) for match in verdict.matches for span in match.evidence],
    }


def _texts(quantities: Iterable[Quantity]) -> list[str]:
    return [q.text for q in quantities]


def totals(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Counts of a run: stories, flagged, events, first messages, revisions, denied events."""
    events, told, counts = set[str](), set[str](), Counter[str]()
    for row in rows:
        counts["stories"] += 1
        counts["flagged"] += bool(row["labels"])
        if row["event_id"]:
            events.add(row["event_id"])
        if row["alerted"]:
            counts["revisions" if row["event_id"] in told else "alerts"] += 1
            told.add(row["event_id"])
        counts["denied"] += row["status"] == Status.DENIED
    return {"events": len(events), **counts}
