"""The natural stream through the pipeline, as a month would be told: ``python -m benchmarks.month [--from 2026-04-20]``.

Alerts a day, the share of events with revisions, and first alerts per true event over the happenings of
``benchmarks/labels/groups.jsonl`` (read one by one) that were told at all. Then the same stories once more, those of each hour in
another order, ten times: BCubed F1 of what came of it against the first, over what was flagged. What was not can only add its
outlet to an event that others tell, where one is known already; with it the figure is given too.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import UTC, date, datetime, time, timedelta

from benchmarks.grouping_data import FILES, SHARED, gold_groups
from monitor.alerting import Policy
from monitor.backtest import Index, place_next, read_stories, to_story
from monitor.classify import load_classifier
from monitor.model import EventId, Story, StoryId, Verdict
from monitor.routing import Router
from monitor.settings.schema import Settings

Told = tuple[Story, Verdict]
SHUFFLES = 10


def placed(stories: Iterable[Told]) -> tuple[dict[StoryId, EventId], dict[EventId, list[StoryId]]]:
    """The event of each story that has one, and of each event the stories that told it: the first message, then revisions."""
    index, policy = Index(), Policy(settings=Settings(), router=Router(Settings()))
    event_of: dict[StoryId, EventId] = {}
    messages: dict[EventId, list[StoryId]] = defaultdict(list)
    for story, verdict in stories:
        step = place_next(story, verdict, index, policy)
        if step.event is None:
            continue
        event_of[story.id] = step.event.id
        for gone in step.gone:
            event_of |= {i: step.event.id for i, event_id in event_of.items() if event_id == gone}
        if step.decision.tell:
            messages[step.event.id].append(story.id)
    return event_of, messages


def agreement(one: dict[StoryId, EventId], other: dict[StoryId, EventId]) -> float:
    """BCubed F1 of one grouping against another: how far each story's companions are the same."""
    stories = one.keys() | other.keys()
    groups = [defaultdict(set), defaultdict(set)]  # type: list[dict[str, set[StoryId]]]
    for found, event_of in zip(groups, (one, other), strict=True):
        for story_id in stories:
            found[event_of.get(story_id, story_id)].add(story_id)
    shares = [(groups[0][one.get(i, i)], groups[1][other.get(i, i)]) for i in stories]
    precision, recall = (sum(len(a & b) / len(pair[n]) for pair in shares for a, b in (pair,)) / len(stories) for n in (0, 1))
    return 2 * precision * recall / (precision + recall)


def _of(event_of: dict[StoryId, EventId], stories: Set[StoryId]) -> dict[StoryId, EventId]:
    return {story_id: event_id for story_id, event_id in event_of.items() if story_id in stories}


def shuffled(stories: list[Told], rnd: random.Random) -> list[Told]:
    """Those of each hour in another order."""
    return sorted(stories, key=lambda told: (told[0].at.replace(minute=0, second=0, microsecond=0), rnd.random()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="start", type=date.fromisoformat, default=date(2026, 4, 20))
    parser.add_argument("--days", type=int, default=30)
    o = parser.parse_args()
    start, classifier = datetime.combine(o.start, time(), UTC), load_classifier(encoder="auto")
    told = (to_story(record) for record in read_stories(SHARED / FILES[0]))
    month = [story for story in told if start <= story.at < start + timedelta(days=o.days)]
    stories = [(story, classifier.classify(story)) for story in sorted(month, key=lambda s: (s.at, s.id))]
    event_of, messages = placed(stories)
    first = {ids[0] for ids in messages.values()}
    gold = gold_groups()["train"]
    happenings: dict[int, set[EventId]] = defaultdict(set)
    for event_id, ids in messages.items():
        if ids[0] in gold:
            happenings[gold[ids[0]]].add(event_id)
    flagged = {story.id for story, verdict in stories if verdict.matches}
    others = [placed(shuffled(stories, random.Random(seed)))[0] for seed in range(SHUFFLES)]
    same = [agreement(_of(event_of, flagged), _of(other, flagged)) for other in others]
    covered = [agreement(event_of, other) for other in others]
    figures = {
        "stories": len(stories),
        "alerts a day": round(len(first) / o.days, 1),
        "events with revisions": f"{100 * sum(len(ids) > 1 for ids in messages.values()) / max(len(messages), 1):.0f} %",
        "happenings read": len(happenings),
        "alerts per happening": round(sum(map(len, happenings.values())) / max(len(happenings), 1), 3),
        "BCubed F1 against the same, shuffled within an hour": [round(one, 4) for one in same],
        "least and mean": [round(min(same), 4), round(sum(same) / SHUFFLES, 4)],
        "least and mean, with what was not flagged": [round(min(covered), 4), round(sum(covered) / SHUFFLES, 4)],
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
