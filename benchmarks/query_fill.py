"""A database of a million stories and a hundred thousand alerts, made once and kept: what ``benchmarks.queries`` asks.

Rows are made by the store's own functions, so that documents, terms and full text are what the daemon would have written;
they are put in by the thousand. The words are drawn by a law of few common and many rare ones, from a fixed seed.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

import monitor.store.codec as codec
import monitor.store.ledger as ledger
import monitor.store.tables as t
from monitor.ids import make_id
from monitor.model import (
    Alert,
    AlertId,
    Buildout,
    BuildoutAction,
    Event,
    EventId,
    EventStory,
    Feed,
    FeedId,
    Label,
    Move,
    MoveAction,
    Quantity,
    Severity,
    Status,
    Story,
    StoryId,
)
from monitor.store import Store, Transaction
from monitor.store.terms import amount_of, capacity_of, terms_of
from monitor.store.values import documented, micros
from monitor.store.writes import event_row

BEGIN = datetime(2024, 6, 1, tzinfo=UTC)
DAYS = 730
PER_EVENT = 3  # stories
KNOWN = "OpenAI Meta Microsoft Google Amazon Oracle Anthropic Nvidia xAI CoreWeave Apple Crusoe Equinix".split()
ROLES = (
    "chief executive officer", "chief financial officer", "vice president of infrastructure", "head of data centers",
    "research scientist", "general counsel", "board member", "senior vice president", "director of energy", "",
)  # fmt: skip
PLACES = "Abilene Texas Virginia Ohio Frankfurt Dublin Johor Mumbai Wyoming Arizona Norway Quebec".split()
PROJECTS = ("Stargate", "Hyperion", "Prometheus", "Colossus", "Rainier", "", "", "", "", "", "", "")
VERBS = "names hires poaches promotes appoints loses builds opens expands finances cancels leases".split()


class Made:
    """Names and words, the first of each list the most common."""

    def __init__(self, rnd: random.Random) -> None:
        self.rnd = rnd
        syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
        names = [("".join(rnd.choice(syllables) for _ in range(3))).title() for _ in range(6000)]
        self.orgs = KNOWN + [f"{name} {rnd.choice(('Energy', 'Labs', 'Systems', 'Capital', 'Group'))}" for name in names[:3000]]
        self.people = [f"{first} {last}" for first, last in zip(names[:3000], names[3000:], strict=True)]
        self.words = ["data", "center", "power", "company", "campus", "cloud"] + [
            "".join(rnd.sample(syllables, 3)) for _ in range(5000)
        ]
        self.outlets = [f"{name} Times" for name in names[:300]]

    def one(self, of: Sequence[str]) -> str:
        """The first half of the draws falls on a few, as with names in the news."""
        return of[min(int(len(of) * self.rnd.random() ** 4), len(of) - 1)]

    def text(self, count: int) -> str:
        return " ".join(self.one(self.words) for _ in range(count))


def fill(path: Path, *, stories: int = 1_000_000, alerts: int = 100_000) -> None:
    """Make the database, beside ``path`` until it is whole."""
    part = path.with_suffix(".part")
    for old in part.parent.glob(part.name + "*"):
        old.unlink()
    began = time.monotonic()
    made = Made(random.Random(7))
    events = round(alerts * 0.9)  # a tenth of the alerts are revisions
    with Store.open(f"sqlite:///{part}") as store:
        feed = Feed(id=FeedId("feed"), name="Wire", url="https://example.com/feed.xml")
        store.transact(lambda tx: tx.save_feed(feed))
        for number, batch in enumerate(_batches(made, stories, events, alerts)):
            store.transact(partial(_write, batch=batch))
            if number % 20 == 0:
                print(f"filling: {batch['stories'][-1]['seq']:,} stories, {time.monotonic() - began:.0f} s", file=sys.stderr)
    part.replace(path)


def _write(tx: Transaction, batch: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in batch.items():
        if rows:
            tx.connection.execute(insert(t.METADATA.tables[name]), rows)


_TABLES = (
    "stories", "matches", "events", "event_terms", "event_moves", "event_buildouts", "memberships", "alerts", "alert_terms",
)  # fmt: skip


def _batches(made: Made, stories: int, events: int, alerts: int) -> Iterator[dict[str, list[dict[str, Any]]]]:
    every = stories // events  # one event in so many stories
    span = timedelta(days=DAYS) / stories
    batch: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
    told = event_seq = 0
    for seq in range(1, stories + 1):
        at = BEGIN + span * seq
        story = _story(made, seq, at)
        batch["stories"].append(codec.story_row(story) | {"seq": seq})
        if seq % every == 0 and event_seq < events:
            event_seq += 1
            revisions = min(1 + (event_seq % 9 == 0), alerts - told)
            _event(made, batch, story, event_seq, told, revisions)
            told += revisions
        if seq % 5000 == 0 or seq == stories:
            yield batch
            batch = {name: [] for name in _TABLES}


def _story(made: Made, seq: int, at: datetime) -> Story:
    title = f"{made.one(made.orgs)} {made.one(VERBS)} {made.text(6)}"
    return Story(
        id=StoryId(make_id(at, "story", str(seq))),
        feed_id=FeedId("feed"),
        url=f"https://example.com/{seq}",
        title=title,
        summary=made.text(25),
        outlet=made.one(made.outlets),
        published=at,
        first_seen=at,
    )


def _event(made: Made, batch: dict[str, Any], story: Story, seq: int, told: int, revisions: int) -> None:
    event = _move_event(made, story) if seq % 2 else _buildout_event(made, story)
    event, text = documented(Event, event)
    terms = terms_of(event)
    at = micros(event.first_seen)
    batch["events"].append(event_row(event, text, terms, seq, at) | {"seq": seq})
    batch["event_terms"] += [{"kind": kind, "value": value, "at": at, "seq": seq} for kind, value in terms]
    batch["event_moves"] += ledger.move_rows(event, seq)
    batch["event_buildouts"] += ledger.buildout_rows(event, seq)
    before = [row["id"] for row in batch["stories"][-PER_EVENT:]]
    batch["memberships"] += [
        {"event_id": event.id, "story_id": i, "relation": "member", "score": 1.0, "reasons": "[]", "at": at} for i in before
    ]
    batch["matches"].append(
        {"story_id": story.id, "label": event.labels[0].value, "score": 0.9, "slots": "[[],null]", "evidence": "[]"}
    )
    for number in range(revisions):
        when = event.first_seen + timedelta(minutes=number)
        alert = Alert(
            id=AlertId(make_id(event.first_seen, "alert", event.id)),
            event_id=event.id,
            revision=number + 1,
            created_at=when,
            reasons=("a new event",),
            event=event,
        )
        row = codec.alert_row(alert) | {"seq": told + number + 1, "event": text, "event_seq": seq}
        batch["alerts"].append(row | {"amount": amount_of(event), "capacity": capacity_of(event)})
        terms_at = micros(when)
        batch["alert_terms"] += [{"kind": k, "value": v, "at": terms_at, "seq": told + number + 1} for k, v in terms]


def _common(made: Made, story: Story) -> dict[str, Any]:
    cited = EventStory(
        story_id=story.id, title=story.title, url=story.url, outlet=story.outlet, at=story.first_seen, summary=story.summary
    )
    return {
        "id": EventId(make_id(story.first_seen, "event", story.id)),
        "headline": story.title,
        "status": made.rnd.choices(list(Status), (1, 3, 6, 0.3))[0],
        "severity": made.rnd.choices(list(Severity), (2, 6, 2, 0.2))[0],
        "first_seen": story.first_seen,
        "last_seen": story.first_seen,
        "story_count": PER_EVENT,
        "outlets": (story.outlet,),
        "stories": (cited, replace(cited, title=f"{story.title}, again"), replace(cited, title=f"{story.title}, once more")),
    }


def _move_event(made: Made, story: Story) -> Event:
    gone, to = made.one(made.orgs), made.one(made.orgs)
    move = Move(
        person=made.one(made.people),
        action=made.rnd.choice(list(MoveAction)),
        from_org=gone if made.rnd.random() < 0.7 else "",
        to_org=to,
        to_role=made.one(ROLES),
    )
    return Event(labels=(Label.EXECUTIVE_MOVE,), moves=(move,), orgs=(gone, to), people=(move.person,), **_common(made, story))


def _buildout_event(made: Made, story: Story) -> Event:
    dollars, power = float(made.rnd.choice((1, 2, 3, 5, 10, 50, 100))) * 1e9, float(made.rnd.choice((50, 100, 400, 1200)))
    orgs = (made.one(made.orgs), made.one(made.orgs))
    built = Buildout(
        orgs=orgs,
        action=made.rnd.choice(list(BuildoutAction)),
        amounts=(Quantity(text=f"${dollars / 1e9:g} billion", low=dollars, high=dollars, unit="USD"),),
        capacity=(Quantity(text=f"{power:g} MW", low=power, high=power, unit="MW"),),
        location=made.one(PLACES),
        project=made.one(PROJECTS),
    )
    return Event(labels=(Label.INFRASTRUCTURE,), buildout=built, orgs=orgs, **_common(made, story))
