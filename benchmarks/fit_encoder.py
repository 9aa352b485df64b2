"""Trains the encoder: ``python -m benchmarks.fit_encoder STORIES.jsonl --base DIR --out FILE.npz [--apart FOLD]``.

STORIES as of ``benchmarks.encoder_stories``; DIR holds model.safetensors and tokenizer.json of all-MiniLM-L6-v2 (Apache-2.0).
The card goes beside FILE. With ``--apart`` one of three folds is set apart (near-copies on one side), and what the encoder
says of its labels is written beside FILE: ``benchmarks.encoder_lines`` fits with it how the encoder is heard. ``--order`` gives
another network of the same kind, to be averaged with the first (``benchmarks.encoder_mean``).

``--mpnet DIR`` trains its teacher instead, all-mpnet-base-v2 (Apache-2.0; eight times the work), which FILE then holds as it is;
``--teacher FILE.npz --begin ENCODER.npz`` trains an encoder on with what such a teacher says of all that is read and written.

Some 50 minutes of one core a run, hours for a teacher; needs what ``requirements-encoder-training.lock`` holds, and nothing
of it is needed to run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import numpy as np
import optax

from benchmarks import encoder_bases as bases
from benchmarks import encoder_net as encoder
from benchmarks.encoder_batches import (
    ACTIONS,
    PATTERNS,
    STATUSES,
    Batch,
    Item,
    Story,
    batches,
    collate,
    epoch,
    prepared,
    records,
    was_read,
)
from benchmarks.encoder_files import read, read_teacher, write, write_teacher
from benchmarks.encoder_folds import FOLDS, fold_of
from benchmarks.encoder_net import Net
from benchmarks.encoder_swaps import Swaps
from monitor.classify.encoder.wordpiece import WordPiece

jax.config.update("jax_default_prng_impl", "rbg")  # numbers for what is dropped: several times as quick on a processor
RATE, HEADS_RATE = 1e-4, 1e-3
TEACHER_RATE = 5e-5
# With a teacher: what was read counts that much beside what it says, heads are trained already, and of the stories that were read
# so many are told of others once more.
READ, TAUGHT_HEADS_RATE, TOLD_AGAIN = 0.4, 3e-4, 0.6
HEADS_SEED = 1  # of untrained heads: one for all, so that networks can be averaged (``encoder_mean``)
ORGS = Path("monitor/classify/data/orgs.json")


@dataclass(frozen=True)
class Lesson:
    """What is learned from, and how: ``told`` stories, the words of texts, the actions of buildouts, and the teacher, if any."""

    told: Sequence[Story]
    pieces: WordPiece
    deeds: Sequence[str]
    epochs: int
    order: int
    rate: float
    heads_rate: float
    teacher: Net | None = None

    def epoch(self, rng: random.Random, swaps: Swaps) -> list[list[Item]]:
        def swapped(story: Story) -> Story:
            return prepared(swaps.told(story, rng), self.pieces)

        found = epoch(self.told, rng, swapped)
        if self.teacher is None:
            return found
        # A teacher knows what is right of names that nobody looked up: stories are told of others once more, as wholes too.
        more = [swapped(s) for s in self.told if was_read(s) and s["slots"] and rng.random() < TOLD_AGAIN]
        found += batches([item for s in more for item in ((s, None), *records(s))], rng)
        rng.shuffle(found)
        return found


def train(net: Net, lesson: Lesson) -> Net:
    rng, swaps = random.Random(lesson.order), Swaps((s for s in lesson.told if not s["example"]), known_firms())
    steps = lesson.epochs * len(lesson.epoch(random.Random(lesson.order), swaps))
    search = search_of(net, lesson, steps)
    lots = (collate(items, lesson.deeds) for _ in range(lesson.epochs) for items in lesson.epoch(rng, swaps))
    return searched(net, search, _step(search), lesson.teacher, lots, steps, lesson.order)


def searched(net: Net, search: Any, step: Any, other: Net | None, lots: Iterable[Batch], steps: int, order: int) -> Net:
    """``net`` after every one of the ``lots``, of which there are ``steps``. ``other``: the network it is held to, if any."""
    state, key, started, losses = search.init(net), jax.random.key(order), time.monotonic(), []
    for batch in lots:
        key, now = jax.random.split(key)
        net, state, value = step(net, state, other, batch, now)
        losses.append(value)
        if len(losses) % 50 == 0:
            lately = round(float(np.mean(losses[-50:])), 3)
            print(len(losses), steps, lately, f"{time.monotonic() - started:.0f} s", flush=True)
    return net


def told_of(lines: Iterable[str], pieces: WordPiece) -> list[Story]:
    return [prepared(json.loads(line), pieces) for line in lines]


def search_of(net: Net, lesson: Lesson, steps: int) -> Any:
    kinds = jax.tree_util.tree_map_with_path(lambda path, _: _kind(jax.tree_util.keystr(path)), net)
    rate, heads_rate = (optax.warmup_cosine_decay_schedule(0, n, steps // 10, steps) for n in (lesson.rate, lesson.heads_rate))
    body = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=0.01))
    return optax.multi_transform({"body": body, "head": optax.adamw(heads_rate), "still": optax.set_to_zero()}, kinds)


def _step(search: Any) -> Any:
    def step(net: Net, state: Any, teacher: Net | None, batch: Batch, key: Any) -> Any:
        def far(net: Net) -> Any:
            told = encoder.outputs(net, batch, len(ACTIONS), key)
            gold = encoder.loss(told, batch)
            if teacher is None:
                return gold
            return READ * gold + (1 - READ) * encoder.apart(told, encoder.outputs(teacher, batch, len(ACTIONS)), batch)

        value, slope = jax.value_and_grad(far)(net)
        change, state = search.update(slope, state, net)
        return optax.apply_updates(net, change), state, value

    return jax.jit(step)


def known_firms() -> list[str]:
    """The names of the lexicon's organisations, as they are most written."""
    return [entry["name"] for entry in json.loads(ORGS.read_text(encoding="utf-8"))["orgs"]]


def _kind(path: str) -> str:
    """The tables of words and places stay as published: too few of them are met."""
    return "still" if path in ("['words']", "['places']") else "head" if "heads" in path else "body"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--apart", type=int, choices=range(FOLDS))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--order", type=int, default=1, help="seed of the order of stories, and of what is dropped")
    parser.add_argument("--mpnet", type=Path, help="train a teacher from this folder")
    parser.add_argument("--teacher", type=Path, help="a network trained with --mpnet, by which to be taught")
    parser.add_argument("--begin", type=Path, help="an encoder to train on")
    options = parser.parse_args()
    words = bases.words_of(options.base)
    lines = options.stories.read_text(encoding="utf-8").splitlines()
    pieces = WordPiece({word: n for n, word in enumerate(words)})
    told = told_of(lines, pieces)
    kept = [s for s in told if s["example"] or fold_of(s["kin"]) != options.apart]
    deeds = sorted({s["deed"] for s in told if s["deed"]})
    net = untrained(bases.mpnet(options.mpnet, words) if options.mpnet else bases.minilm(options.base), len(deeds))
    if options.begin:
        net = read(options.begin, net)
    teacher = read_teacher(options.teacher) if options.teacher else None
    rates = TEACHER_RATE if options.mpnet else RATE, TAUGHT_HEADS_RATE if teacher else HEADS_RATE
    net = train(net, Lesson(kept, pieces, deeds, options.epochs, options.order, *rates, teacher))
    if options.mpnet:
        write_teacher(net, options.out)
    else:
        write(net, words, options.out)
    card = {
        "made": datetime.now(UTC).date().isoformat(),
        "data": _digest(lines, options.teacher),
        "base": _base(options),
        "stories": sum(not s["example"] for s in kept),
        "layers": len(net["layers"]),
        "actions": ACTIONS,
        "patterns": list(PATTERNS),
        "deeds": deeds,
        "joints": {},
    }
    options.out.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    if options.apart is not None:
        apart = [s for s in told if was_read(s) and fold_of(s["kin"]) == options.apart]
        with options.out.with_suffix(".labels.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in _said(net, apart, deeds))


def untrained(body: Net, deeds: int) -> Net:
    sizes = {"kind": len(ACTIONS) + len(PATTERNS), "lab": 2, "ia": deeds, "st": len(STATUSES)}
    return body | {"heads": encoder.heads(sizes, HEADS_SEED, body["words"].shape[1])}


def _base(options: argparse.Namespace) -> str:
    if options.mpnet:
        return bases.MPNET
    return f"{bases.MINILM}; taught by {bases.MPNET}" if options.teacher else bases.MINILM


def _digest(lines: Sequence[str], teacher: Path | None) -> str:
    """Of all that is learned from."""
    found = hashlib.sha256("\n".join(lines).encode())
    if teacher:
        found.update(teacher.read_bytes())
    return found.hexdigest()


def _said(net: Net, stories: Sequence[Story], deeds: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The log odds of the labels of stories."""
    said = jax.jit(lambda net, batch: encoder.outputs(net, batch, len(ACTIONS))["lab"])
    for items in batches([(story, None) for story in stories]):
        for (story, _), odds in zip(items, np.asarray(said(net, collate(items, deeds))), strict=False):
            yield {"id": story["id"], "odds": [float(x) for x in odds]}


if __name__ == "__main__":
    main()
