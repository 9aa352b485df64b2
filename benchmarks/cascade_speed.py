"""How quick the cascade is: ``python -m benchmarks.cascade_speed [STORIES]``. CPU of this process, on one core.

Over the natural stream: stories a second through the prefilter, and through the whole cascade as the daemon runs it; what of
the stream each step lets through; one flagged story with its slots; what reading models and lexicons costs at start. All that
without the encoder; then, where numpy is installed, with it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.interfaces import Classifier
    from monitor.model import Story

SHARED = Path(os.environ.get("MOVEWIRE_SHARED", Path(__file__).parents[2] / "shared"))


def spent(work: Callable[[], object], rounds: int = 1) -> float:
    """Seconds of CPU, the best of ``rounds``: others share the machine."""
    best = float("inf")
    for _ in range(rounds):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best


def measure(path: Path) -> dict[str, float]:
    import monitor.classify.filings  # noqa: F401 - code is imported before data is timed
    from monitor.backtest import read_stories, to_story
    from monitor.classify import load_classifier
    from monitor.classify.cascade import Cascade
    from monitor.classify.gate import narrowed
    from monitor.classify.prefilter import candidates
    from monitor.model import FeedId, Story, StoryId
    from monitor.surfaces.cli import garbage

    stories = [to_story(record) for record in read_stories(path)]
    any_story = stories[0]
    warm = Story(
        id=StoryId("warm"),
        feed_id=FeedId(""),
        url="",
        title="Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive to build a $3 billion data center",
        first_seen=any_story.first_seen,
    )
    loaded: dict[str, Classifier] = {}
    garbage.answer()  # as every command starts

    def load() -> None:
        loaded["classifier"] = load_classifier(reasons=False)
        loaded["classifier"].classify(warm)

    loading = spent(load)
    garbage.stay()
    classifier = loaded["classifier"]
    texts = [f"{s.title}\n{s.summary}" for s in stories]
    first = spent(lambda: [candidates(text) for text in texts], 2)
    wanted = [(s, candidates(text)) for s, text in zip(stories, texts, strict=True)]
    left = [(s, w) for s, w in wanted if w.move or w.infra]
    gated = [n for s, w in left if (n := narrowed(w, s.title, s.summary)).move or n.infra]
    grammar = Cascade(reasons=False)
    parsed = sum(grammar.parse(s) is not None for s in stories)
    whole = spent(lambda: [classifier.classify(s) for s in stories], 3)
    flagged = [s for s in stories if classifier.classify(s).matches]
    one = spent(lambda: [classifier.classify(s) for s in flagged], 3) / max(len(flagged), 1)
    return _with_encoder(stories, flagged) | {
        "stories": len(stories),
        "prefilter, stories a second": round(len(stories) / first),
        "share past the prefilter": round(len(left) / len(stories), 4),
        "share past the gate": round(len(gated) / len(stories), 4),
        "share that the grammar reads": round(parsed / len(stories), 4),
        "flagged": len(flagged),
        "whole cascade, stories a second": round(len(stories) / whole),
        "a flagged story with slots, ms": round(1000 * one, 3),
        "models and lexicons, ms": round(1000 * loading),
    }


def _with_encoder(stories: Sequence[Story], flagged: Sequence[Story]) -> dict[str, float]:
    from monitor.classify import load_classifier
    from monitor.classify.encoder.network import load
    from monitor.classify.encoder.use import used

    if not used("auto"):
        return {}
    classifier = load_classifier(reasons=False, encoder="auto")
    loading = spent(load)
    whole = spent(lambda: [classifier.classify(s) for s in stories])
    slots = spent(lambda: [classifier.classify(s) for s in flagged])
    return {
        "with the encoder, stories a second": round(len(stories) / whole),
        "with the encoder, a flagged story with slots, ms": round(1000 * slots / max(len(flagged), 1), 1),
        "the encoder's weights, ms": round(1000 * loading),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="?", type=Path, default=SHARED / "replay/stories.jsonl.gz")
    print(json.dumps(measure(parser.parse_args().stories), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
