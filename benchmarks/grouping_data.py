"""What grouping learns from: pairs and groups of stories that were read, and what people corrected in a database of their own.

``benchmarks/labels/pairs.jsonl`` has ids of two stories and whether they tell one happening; ``groups.jsonl`` has the ids of all
the stories of one happening a line, those of one story alone too. Stories are those of the natural stream and the training file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor import grouping
from monitor.backtest import Index, read_stories, to_story
from monitor.classify import load_classifier
from monitor.grouping import score
from monitor.grouping.agreements import anchored
from monitor.grouping.facts import of_event
from monitor.grouping.overtaking import overtaken
from monitor.grouping.subject import Subject
from monitor.model import Event, EventId, FeedbackKind, Story, StoryId, Verdict
from monitor.store import Reads
from monitor.store.corrections import every
from monitor.store.feedback import page

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MOVEWIRE_SHARED", ROOT.parent / "shared"))
PAIRS, GROUPS = ROOT / "benchmarks/labels/pairs.jsonl", ROOT / "benchmarks/labels/groups.jsonl"
MOST_WORDS = 10_000  # of people, the newest
FILES = ("replay/stories.jsonl.gz", "eval/train.jsonl", "eval/events_dev_stories.jsonl")


@dataclass(frozen=True, slots=True)
class Pair:
    """The ids of two stories, the earlier first, and whether they tell one happening."""

    first: str
    second: str
    same: bool


@dataclass(frozen=True)
class Row:
    """A story against an event: its features, whether it belongs, and what it shares its weight with."""

    features: dict[str, float]
    same: bool
    told_of: Any = None  # the gold event the story is of
    shares: Any = None


class Corpus:
    """Stories by id with what the classifier says of them, each classified when it is first asked for."""

    def __init__(self, more: Iterable[Story] = ()) -> None:
        records = (record for file in FILES for record in read_stories(SHARED / file))
        self._stories = {str(record["id"]): record for record in records}
        self._more = {story.id: story for story in more}
        self._classifier = load_classifier(encoder="auto")
        self._known: dict[str, tuple[Story, Verdict]] = {}

    def of(self, story_id: str) -> tuple[Story, Verdict]:
        if story_id not in self._known:
            story = self._more.get(StoryId(story_id)) or to_story(self._stories[story_id])
            self._known[story_id] = story, self._classifier.classify(story)
        return self._known[story_id]

    def in_time(self, story_ids: Iterable[str]) -> list[tuple[Story, Verdict]]:
        return sorted((self.of(i) for i in story_ids), key=lambda pair: (pair[0].at, pair[0].id))


def labelled_pairs() -> list[Pair]:
    return [Pair(p["a"], p["b"], p["same"]) for p in map(json.loads, PAIRS.read_text().splitlines())]


def gold_groups() -> dict[str, dict[str, int]]:
    """Set ("dev", "train") to the group of each of its stories; those in no group stand alone."""
    sets = {"dev": SHARED / "eval/events_dev.jsonl", "train": GROUPS}
    found = {}
    for name, file in sets.items():
        groups = [group["ids"] for group in map(json.loads, file.read_text().splitlines())]
        found[name] = {i: n for n, group in enumerate(groups) for i in group}
    for record in read_stories(SHARED / FILES[2]):
        found["dev"].setdefault(record["id"], len(found["dev"]) + 10_000)
    return found


def corrected(reads: Reads) -> tuple[list[Pair], list[Story]]:
    """What people said of grouping in a database, the last word on two stories, and those stories where they are still stored."""
    said = {(c.stories[0], moved): c.same for c in every(reads) for moved in c.stories[1:]}
    for given in page(reads, kind=FeedbackKind.WRONG_EVENT, by="", history=False, after=None, limit=MOST_WORDS)[0]:
        event = reads.event_of_story(given.story_id) if given.target_kind == "story" else None
        if event is not None and event.stories[0].story_id != given.story_id:
            said[event.stories[0].story_id, given.story_id] = False
    stories = reads.stories({story_id for pair in said for story_id in pair})
    pairs = [Pair(a, b, same) for (a, b), same in said.items() if a in stories and b in stories]
    return pairs, list(stories.values())


def against(story: Story, verdict: Verdict, event: Event, others: Iterable[Event]) -> dict[str, float] | None:
    """The features of a story against an event; None outside its window."""
    subject, facts = Subject.of(story, verdict), anchored(of_event(event), event)
    if not score.in_window(subject, event, facts):
        return None
    features = score.features_of(subject, event, facts)
    return features | ({"overtaken": 1.0} if overtaken(subject, event, others) else {})


def paired(corpus: Corpus, pairs: Iterable[Pair]) -> Iterator[Row]:
    """The second story of each pair against an event of the first alone."""
    for pair in pairs:
        (first, told), (second, verdict) = sorted((corpus.of(pair.first), corpus.of(pair.second)), key=lambda p: p[0].at)
        if told.matches:
            event = grouping.found(first, told, first.at)
            if (features := against(second, verdict, event, ())) is not None:
                yield Row(features, pair.same)


def walked(corpus: Corpus, name: str, gold: Mapping[str, int]) -> Iterator[Row]:
    """Every story of a set in time, put where it belongs: against its own event as it then stood and all other candidates."""
    index = Index()
    event_of: dict[int, EventId] = {}
    group_of: dict[EventId, int] = {}
    for story, verdict in corpus.in_time(gold):
        candidates = index.candidates(grouping.sought(story, verdict))
        group = gold[story.id]
        own = event_of.get(group)
        for event in candidates:
            if (features := against(story, verdict, event, candidates)) is not None:
                told = group_of[event.id]
                yield Row(features, event.id == own, (name, group), (name, group, told))
        if own is None and not verdict.matches:
            continue
        after = grouping.merge(index.events[own], story, verdict) if own else grouping.found(story, verdict, story.at)
        index.put(after)
        event_of[group], group_of[after.id] = after.id, group
