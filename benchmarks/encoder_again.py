"""Trains the encoder on with stories it has not seen: ``python -m benchmarks.encoder_again STORIES.jsonl --new NEW.jsonl…
--base DIR --begin ENCODER.npz --out FILE.npz``.

STORIES and NEW as of ``benchmarks.encoder_stories``. Those of NEW count in full, as they are and told of others. Of STORIES a
share is gone through again, where the encoder is held half to what was read of them and half to what it said before, so that it
does not forget what a teacher taught it. In a file of NEW that was looked for (``monitor.training.data.PRESS``) a label is
likelier than in the news; how much likelier is not to be learned from it. Half an hour of one core; to be averaged with what it
began from (``benchmarks.encoder_mean``). The card goes beside FILE.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jax
import numpy as np
import optax

from benchmarks import encoder_bases as bases
from benchmarks import encoder_net as encoder
from benchmarks.encoder_batches import ACTIONS, Batch, Item, Story, batches, collate, epoch, prepared, records, was_read
from benchmarks.encoder_files import read, write
from benchmarks.encoder_net import Net
from benchmarks.encoder_swaps import Swaps
from benchmarks.fit_encoder import TAUGHT_HEADS_RATE, Lesson, known_firms, search_of, searched, told_of, untrained
from monitor.classify.encoder.wordpiece import WordPiece
from monitor.model import Label

RATE, AGAIN = 5e-5, 0.5  # so much of an epoch of STORIES is gone through again
READ = 0.5  # how much of these is what was read, the rest what was said
# Of how much likelier a label is in a file so much is put down to its having been looked for: near misses were looked for too.
LOOKED_FOR, RAREST = 0.4, 0.02
Odds = tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--new", type=Path, nargs="+", required=True)
    for name in ("--base", "--begin", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--order", type=int, default=1, help="seed of the order of stories, and of what is dropped")
    options = parser.parse_args()
    words = bases.words_of(options.base)
    pieces = WordPiece({word: n for n, word in enumerate(words)})
    files = [told_of(_lines(path), pieces) for path in options.new]
    new = {story["id"]: story for file in files for story in file}
    old = [story for story in told_of(_lines(options.stories), pieces) if story["id"] not in new]
    usual = _log_odds(filter(was_read, old))
    likelier: dict[str, Odds] = {}
    for file in files:
        odds = tuple(LOOKED_FOR * (here - there) for here, there in zip(_log_odds(file), usual, strict=True))
        likelier |= {story["id"]: odds for story in file}
    card = json.loads(options.begin.with_suffix(".json").read_text(encoding="utf-8"))
    net = read(options.begin, untrained(bases.minilm(options.base), len(card["deeds"])))
    lesson = Lesson(old, pieces, card["deeds"], options.epochs, options.order, RATE, TAUGHT_HEADS_RATE)
    write(_trained(net, lesson, list(new.values()), likelier), words, options.out)
    learned = hashlib.sha256(card["data"].encode() + b"".join(path.read_bytes() for path in options.new)).hexdigest()
    card |= {"made": datetime.now(UTC).date().isoformat(), "data": learned, "stories": card["stories"] + len(new)}
    options.out.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _log_odds(told: Iterable[Story]) -> Odds:
    """Of each label. One that nobody judged counts as rare: nothing is learned of it there."""
    answers = np.array([story["labels"] for story in told])
    shares = (answers == 1).sum(0) / (answers >= 0).sum(0).clip(1)
    return tuple(math.log(p / (1 - p)) for p in shares.clip(RAREST, 1 - RAREST))


def _trained(net: Net, lesson: Lesson, new: Sequence[Story], likelier: Mapping[str, Odds]) -> Net:
    rng = random.Random(lesson.order)
    swaps = Swaps((s for s in (*lesson.told, *new) if not s["example"]), known_firms())
    lots = [items for _ in range(lesson.epochs) for items in _epoch(lesson, new, rng, swaps)]
    search = search_of(net, lesson, len(lots))
    batches_of = (_batch(items, lesson.deeds, likelier) for items in lots)
    return searched(net, search, _step(search), net, batches_of, len(lots), lesson.order)


def _epoch(lesson: Lesson, new: Sequence[Story], rng: random.Random, swaps: Swaps) -> list[list[Item]]:
    def swapped(story: Story) -> Story:
        return prepared(swaps.told(story, rng), lesson.pieces)

    again = [item for items in epoch(lesson.told, rng, swapped) for item in items]
    told = [*new, *(swapped(story) for story in new if story["slots"])]
    items: list[Item] = [(story, None) for story in told]
    items += [item for story in told if story["slots"] for item in records(story)]
    items += rng.sample(again, round(AGAIN * len(again)))
    rng.shuffle(items)
    return list(batches(items, rng))


def _batch(items: Sequence[Item], deeds: Sequence[str], likelier: Mapping[str, Odds]) -> Batch:
    """As ``collate`` makes it. ``old``: which rows are held to what was said; ``likelier``: log odds of the labels."""
    batch = collate(items, deeds)
    rows = len(batch["there"])
    batch["old"], batch["likelier"] = np.zeros(rows, np.float32), np.zeros((rows, len(Label)), np.float32)
    for row, (story, _) in enumerate(items):
        if story["id"] in likelier:
            batch["likelier"][row] = likelier[story["id"]]
        else:
            batch["old"][row] = 1
            for name in (name for name in batch if name.endswith(".weight")):
                batch[name][row] *= READ
    return batch


def _step(search: Any) -> Any:
    def step(net: Net, state: Any, before: Net, batch: Batch, key: Any) -> Any:
        def far(net: Net) -> Any:
            told, said = encoder.outputs(net, batch, len(ACTIONS), key), encoder.outputs(before, batch, len(ACTIONS))
            held = batch | {name: batch[name] * batch["old"] for name in ("there", "of_record")}
            told |= {"lab": told["lab"] + batch["likelier"]}
            return encoder.loss(told, batch) + (1 - READ) * encoder.apart(told, said, held)

        value, slope = jax.value_and_grad(far)(net)
        change, state = search.update(slope, state, net)
        return optax.apply_updates(net, change), state, value

    return jax.jit(step)


if __name__ == "__main__":
    main()
