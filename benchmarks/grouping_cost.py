"""What one more story costs to group as the store grows: ``python -m benchmarks.grouping_cost [--sizes 1000 10000 …]``.

A database is filled with that many stories, each that is flagged in an event of its own with the keys and terms it would have,
over the days of a year; then the same stories are placed: keys, look-up, decision. Microseconds of CPU, the median. Names and
words are drawn with the same frequencies for every size, so that a larger store has more events for every key.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, select
from sqlmodel import SQLModel

import monitor.store.rows  # noqa: F401 - declares the tables with their indexes
import monitor.store.tables as t
from monitor import grouping
from monitor.grouping.wording import vector
from monitor.model import (
    Buildout,
    BuildoutAction,
    Event,
    FeedId,
    Label,
    Match,
    Move,
    MoveAction,
    Quantity,
    Story,
    StoryId,
    Verdict,
)
from monitor.store import Store, Transaction
from monitor.store.values import document, event_of, micros

START = datetime(2025, 1, 1, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
PROBES, ROUNDS = 300, 3
BATCH = 2000
_UNSORTED = Table(
    "unsorted_keys",
    MetaData(),
    Column("key", Text),
    Column("event_seq", BigInteger),
    Column("last_seen", BigInteger),
)
_FIRST = "Ada Ben Cleo Dov Edie Finn Gwen Hugo Iris Jonas Kira Liam Mona Nils Olga Pavel Quinn Rosa Sven Tara".split()
_SYLLABLES = "bra cor dal fen gor hal jur kel lor mar nor pel quo ras sel tor und var wen yor zim".split()
_POSTS = ("chief executive", "chief financial officer", "chief operating officer", "head of data centers", "chair")
_WORDS = "after amid merger losses growth review inquiry expansion plans strategy turnaround search overhaul".split()
_PLACES = ("Texas", "Ohio", "Norway", "Ireland", "Malaysia", "Arizona", "Georgia", "Sweden", "Wales", "Quebec")


def word(rnd: random.Random, parts: int) -> str:
    return "".join(rnd.choice(_SYLLABLES) for _ in range(parts)).title()


def told(rnd: random.Random, number: int, at: datetime) -> tuple[Story, Verdict]:
    """A story of a move or a buildout about names that come up as seldom as names do, and what a classifier says of it."""
    person, firm = f"{rnd.choice(_FIRST)} {word(rnd, 3)}", f"{word(rnd, 2)} {rnd.choice(('Systems', 'Energy', 'Labs', 'Bank'))}"
    about = f"{rnd.choice(_WORDS)} {word(rnd, 3).lower()}"
    story_id = StoryId(f"{number:08}")
    if rnd.random() < 0.6:
        post = rnd.choice(_POSTS)
        title = f"{firm} names {person} {post} {about}"
        move = Move(person=person, action=MoveAction.APPOINT, to_org=firm, to_role=post)
        match = Match(story_id=story_id, label=Label.EXECUTIVE_MOVE, score=0.9, moves=(move,))
    else:
        size, cost, place = rnd.randrange(50, 2000), rnd.randrange(100, 9000), rnd.choice(_PLACES)
        title = f"{firm} to build {size} MW data center in {place} for ${cost} million {about}"
        amount = Quantity(text=f"${cost} million", low=cost * 1e6, high=cost * 1e6, unit="USD")
        power = Quantity(text=f"{size} MW", low=size, high=size, unit="MW")
        built = Buildout(orgs=(firm,), action=BuildoutAction.BUILD, amounts=(amount,), capacity=(power,), location=place)
        match = Match(story_id=story_id, label=Label.INFRASTRUCTURE, score=0.9, buildout=built)
    story = Story(
        id=story_id,
        feed_id=FeedId("bench"),
        url=f"https://{firm.split()[0].lower()}.example/{number}",
        title=title,
        summary=f"{firm} said so on a {at:%A}.",
        outlet=f"{word(rnd, 2)} Post",
        published=at,
        first_seen=at,
    )
    people = (person,) if match.moves else ()
    return story, Verdict(story_id=story_id, matches=(match,), orgs=(firm,), people=people)


def filled(store: Store, size: int) -> None:
    """Every story founds an event. Events and keys are written as the store does, without what grouping never reads.

    Keys are put into their index sorted, when all are there: a million stories have 24 million.
    """
    rnd, step = random.Random(1), timedelta(days=365) / size
    index = next(i for i in SQLModel.metadata.tables["event_keys"].indexes if i.name == "ix_event_keys_recent")
    store.transact(lambda tx: index.drop(tx.connection))
    store.transact(lambda tx: _UNSORTED.create(tx.connection))
    for start in range(0, size, BATCH):
        made = [told(rnd, number, START + step * number) for number in range(start, min(start + BATCH, size))]
        events = [grouping.found(story, verdict, story.at) for story, verdict in made]
        store.transact(partial(_written, start=start, events=events))
    store.transact(_indexed)
    store.transact(lambda tx: index.create(tx.connection))


def _written(tx: Transaction, start: int, events: list[Event]) -> None:
    made, keys = [], []
    for seq, event in enumerate(events, start + 1):
        seen = micros(event.first_seen)
        row = dict.fromkeys(("labels", "status", "severity", "headline", "words", "terms"), "") | {"seq": seq, "id": event.id}
        row |= dict.fromkeys(("first_seen", "last_seen", "changed_at"), seen) | {"story_count": 1, "change": seq}
        made.append(row | {"amount": None, "capacity": None, "document": document(Event, event)})
        keys += [{"key": key, "event_seq": seq, "last_seen": seen} for key in event.keys]
    tx.connection.execute(t.events.insert(), made)
    tx.connection.execute(_UNSORTED.insert(), keys)


def _indexed(tx: Transaction) -> None:
    columns = ("key", "event_seq", "last_seen")
    in_order = select(*(_UNSORTED.c[name] for name in columns)).order_by(_UNSORTED.c.key, _UNSORTED.c.event_seq)
    tx.connection.execute(t.event_keys.insert().from_select(columns, in_order))
    _UNSORTED.drop(tx.connection)


def probes() -> list[tuple[Story, Verdict]]:
    """The same stories for every size, on the last day of the year."""
    rnd = random.Random(2)
    return [told(rnd, 10**7 + n, START + timedelta(days=364, minutes=n)) for n in range(PROBES)]


def measured(stores: dict[int, Store], given: list[tuple[Story, Verdict]]) -> dict[int, dict[str, float]]:
    """By size, microseconds of CPU a story: of the look-up, of the decision, of both; and how many candidates there were.

    A story is placed in every database before the next one is, so that what else the machine does falls on all of them.
    """
    rows: dict[int, list[tuple[float, ...]]] = {size: [] for size in stores}
    for round_ in range(ROUNDS):
        for story, verdict in given:
            for size, store in stores.items():
                row = _placed(store, story, verdict)
                if round_:  # the first round fills the pages' cache
                    rows[size].append(row)
    return {size: _medians(found) for size, found in rows.items()}


def _placed(store: Store, story: Story, verdict: Verdict) -> tuple[float, ...]:
    event_of.cache_clear()  # as if none of its candidates had been looked at lately: the dearest case, at every size
    vector.cache_clear()
    began = time.process_time()
    wanted = grouping.sought(story, verdict)
    candidates: list[Event] = store.read(lambda reads: reads.candidate_events(wanted))
    looked = time.process_time()
    grouping.decide(story, verdict, candidates)
    ended = time.process_time()
    return looked - began, ended - looked, ended - began, float(len(candidates))


def _medians(rows: list[tuple[float, ...]]) -> dict[str, float]:
    columns = list(zip(*rows, strict=True))
    named = dict(zip(("look-up", "decision", "both"), (1e6 * median(c) for c in columns), strict=False))
    return {name: round(value, 1) for name, value in named.items()} | {"candidates": round(sum(columns[3]) / len(columns[3]), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--keep", type=Path, help="Keep the databases in this folder and use those that are there.")
    o = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        stores = {size: opened.enter_context(_store((o.keep or Path(folder)) / f"grouping-{size}.db", size)) for size in o.sizes}
        results = measured(stores, probes())
    for size, figures in results.items():
        print(f"{size:>9} stories: {json.dumps(figures)}")
    smallest, largest = min(results), max(results)
    print(f"{largest:,} against {smallest:,}: {results[largest]['both'] / results[smallest]['both']:.2f} times")


def _store(path: Path, size: int) -> Store:
    there = path.exists()
    store = Store.open(f"sqlite:///{path}")
    if not there:
        filled(store, size)
    return store


if __name__ == "__main__":
    main()
