"""Trains the encoder: ``python -m benchmarks.fit_encoder STORIES.jsonl --base DIR --out FILE.npz [--apart FOLD]``.

STORIES as of ``benchmarks.encoder_stories``; DIR holds model.safetensors and tokenizer.json of all-MiniLM-L6-v2 (Apache-2.0).
The card goes beside FILE. With ``--apart`` one of three folds is set apart (near-copies on one side), and what the encoder
says of its labels is written beside FILE: ``benchmarks.encoder_lines`` fits with it how the encoder is heard. ``--order`` gives
another network of the same kind, to be averaged with the first (``benchmarks.encoder_mean``). Some 50 minutes of one core a
run; needs what ``requirements-encoder-training.lock`` holds, and nothing of it is needed to run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import numpy as np
import optax

from benchmarks import encoder_net as encoder
from benchmarks.encoder_folds import FOLDS, fold_of
from benchmarks.encoder_mean import quantized
from benchmarks.encoder_swaps import Swaps
from monitor.classify.wordpiece import BETWEEN, MOST, WordPiece

jax.config.update("jax_default_prng_impl", "rbg")  # numbers for what is dropped: several times as quick on a processor
NAMES = 16  # of a kind that are learned from
STORIES_AT_ONCE, RATE, HEADS_RATE = 32, 1e-4, 1e-3
# Written ones an epoch, drawn anew: more would drown the stories that were read.
EXAMPLES = {"stories": 1000, "slots": 900, "move": 1400, "infra": 2800}
UNSURE, WRITTEN = 0.5, 0.3  # how much such a label counts
ACTIONS = ("appoint", "board", "depart", "dismiss", "found", "hire", "other", "promote", "retire")
PATTERNS, STATUSES = "AINOW", ("confirmed", "reported", "rumored", "denied")
HEADS_SEED = 1  # of untrained heads: one for all, so that networks can be averaged (``encoder_mean``)
ONLY_LEARNED = "st"  # how sure a story is, is learned beside the rest for what that teaches, and told better by cues
ORGS = Path("monitor/classify/data/orgs.json")
Story = dict[str, Any]
Item = tuple[Story, int | None]  # a story, and which of its records is asked for; None: the story as a whole


def prepared(story: Story, pieces: WordPiece) -> Story:
    """``story`` with the pieces it is read as, and those of its names."""
    cut = pieces.pieces(f"{story['title']}{BETWEEN}{story['summary']}", MOST)
    begins = {"title": 0, "summary": len(story["title"]) + len(BETWEEN)}

    def at(places: list[list[Any]]) -> list[int]:
        return cut.within([(begins[field] + start, begins[field] + end) for field, start, end in places])

    found = {**story, "ids": cut.ids}
    if story["slots"]:
        found["at"] = {name: [at(x) for x in story["slots"][name]][:NAMES] for name in ("people", "posts", "orgs", "titles")}
    if story["actors"]:
        found["acting"] = [at(one["places"]) for one in story["actors"]][:NAMES]
    return found


def collate(items: Sequence[Item], deeds: Sequence[str]) -> encoder.Batch:
    """Arrays of STORIES_AT_ONCE rows (unused ones are empty); texts are as long as the longest, in steps of 16."""
    b, n = STORIES_AT_ONCE, NAMES
    t = -(-max(len(story["ids"]) for story, _ in items) // 16) * 16
    batch: encoder.Batch = {name: np.zeros((b, t), np.int32) for name in ("ids", "marks")}
    batch |= {"own": np.zeros((b, t), np.float32)}
    batch |= {name: np.zeros((b, n, t), np.float32) for name in ("orgs", "titles", "people", "posts", "iorg")}
    for name in ("orgs", "titles"):
        batch |= {f"{name}.there": np.zeros((b, n + 1), np.float32), f"{name}.gold": np.zeros((b, 2, n + 1), np.float32)}
        batch |= {f"{name}.weight": np.zeros((b, 2), np.float32)}
    for name, wide in (("people", n), ("posts", n), ("iorg", n), ("lab", 2)):
        batch |= {f"{name}.{part}": np.zeros((b, wide), np.float32) for part in ("gold", "weight")}
    for name in ("actions", "patterns", "ia", "st"):
        batch |= {f"{name}.gold": np.zeros(b, np.int32), f"{name}.weight": np.zeros(b, np.float32)}
    for row, (story, record) in enumerate(items):
        batch["ids"][row, : len(story["ids"])] = story["ids"]
        if record is None:
            _whole(batch, row, story, deeds)
        else:
            _record(batch, row, story, story["slots"]["records"][record])
    batch["mask"] = (batch["ids"] > 0).astype(np.float32)
    return batch


def _spread(table: Any, names: Sequence[list[int]]) -> None:
    for n, at in enumerate(names):
        if at:
            table[n, at] = 1 / len(at)


def _whole(batch: encoder.Batch, row: int, story: Story, deeds: Sequence[str]) -> None:
    weight = (UNSURE if story["unsure"] else 1.0) * (WRITTEN if story["example"] else 1.0)
    for n, label in enumerate(story["labels"]):
        if label >= 0:
            batch["lab.gold"][row, n], batch["lab.weight"][row, n] = label, weight
    if story["slots"]:
        for name in ("people", "posts"):
            _spread(batch[name][row], story["at"][name])
            batch[f"{name}.weight"][row, : len(story["at"][name])] = [bool(at) for at in story["at"][name]]
            for record in story["slots"]["records"]:
                if record["of"] and record["of"][0] == name and record["of"][1] < NAMES:
                    batch[f"{name}.gold"][row, record["of"][1]] = 1
    if story["actors"]:
        _spread(batch["iorg"][row], story["acting"])
        for n, at in enumerate(story["acting"]):
            batch["iorg.weight"][row, n], batch["iorg.gold"][row, n] = bool(at), story["actors"][n]["acts"]
    if story["deed"]:
        batch["ia.gold"][row] = deeds.index(story["deed"])
        batch["ia.weight"][row] = UNSURE if story["unsure"] or story["example"] else 1.0
    if story["status"] in STATUSES:
        batch["st.gold"][row], batch["st.weight"][row] = STATUSES.index(story["status"]), 1.0


def _record(batch: encoder.Batch, row: int, story: Story, record: dict[str, Any]) -> None:
    of = record["of"]
    own = story["at"][of[0]][of[1]] if of is not None and of[1] < NAMES else []
    batch["own"][row, own or [0]] = 1 / len(own or [0])
    batch["marks"][row, own] = 1
    for name in ("orgs", "titles"):
        at, gold = story["at"][name], record[name]
        _spread(batch[name][row], at)
        batch[f"{name}.there"][row, : len(at)] = [bool(x) for x in at]
        batch[f"{name}.there"][row, NAMES] = 1
        for side in (0, 1):
            right = [pair[side] for pair in gold[:-1]][:NAMES] + [0] * (NAMES - len(gold[:-1])) + [gold[-1][side]]
            batch[f"{name}.gold"][row, side] = right * batch[f"{name}.there"][row]
            batch[f"{name}.weight"][row, side] = batch[f"{name}.gold"][row, side].any()
    action, _, pattern = record["kind"].partition(":")
    if action in ACTIONS:
        for name, n in (("actions", ACTIONS.index(action)), ("patterns", PATTERNS.index(pattern))):
            batch[f"{name}.gold"][row], batch[f"{name}.weight"][row] = n, 1.0


def epoch(told: Sequence[Story], rng: random.Random, swapped: Callable[[Story], Story]) -> list[list[Item]]:
    read = [*filter(_was_read, told)]
    whole, written = [s for s in told if s["whole"]], [s for s in told if s["example"]]
    read_or_whole = [*read, *rng.sample(whole, min(EXAMPLES["stories"], len(whole)))]
    items: list[Item] = [(story, None) for story in read_or_whole]
    for story in filter(_has_records, read):
        items += _records(story)
    for story in filter(_has_records, read_or_whole):
        items += _records(swapped(story))
    told_of = [*filter(_has_records, written)]
    for story in rng.sample(told_of, min(EXAMPLES["slots"], len(told_of))):
        items += [(story, None), *_records(story)]
    for n, name in enumerate(("move", "infra")):
        for yes in (0, 1):  # as many of each: more of one would make the label likelier than it is
            pool = [s for s in written if s["labels"][n] == yes]
            items += [(story, None) for story in rng.sample(pool, min(EXAMPLES[name] // 2, len(pool)))]
    rng.shuffle(items)
    return list(_batches(items, rng))


def _was_read(story: Story) -> bool:
    return not story["whole"] and not story["example"]


def _has_records(story: Story) -> bool:
    return bool(story["slots"])


def _records(story: Story) -> list[Item]:
    return [(story, n) for n in range(len(story["slots"]["records"]))]


def _batches(items: list[Item], rng: random.Random | None = None) -> Iterator[list[Item]]:
    """Texts of about one length together."""
    wide = STORIES_AT_ONCE * 16 if rng is not None else len(items)
    parts = [sorted(items[n : n + wide], key=lambda item: len(item[0]["ids"])) for n in range(0, len(items), wide)]
    found = [part[n : n + STORIES_AT_ONCE] for part in parts for n in range(0, len(part), STORIES_AT_ONCE)]
    if rng is not None:
        rng.shuffle(found)
    yield from found


def train(
    net: encoder.Net, told: Sequence[Story], pieces: WordPiece, deeds: Sequence[str], epochs: int, seed: int
) -> encoder.Net:
    rng, swaps = random.Random(seed), Swaps((s for s in told if not s["example"]), known_firms())
    steps = epochs * len(epoch(told, random.Random(seed), lambda story: story))
    kinds = jax.tree_util.tree_map_with_path(lambda path, _: _kind(jax.tree_util.keystr(path)), net)
    rate = {n: optax.warmup_cosine_decay_schedule(0, n, steps // 10, steps) for n in (RATE, HEADS_RATE)}
    body = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate[RATE], weight_decay=0.01))
    ways = {"body": body, "head": optax.adamw(rate[HEADS_RATE]), "still": optax.set_to_zero()}
    search = optax.multi_transform(ways, kinds)
    state, key, started, losses = search.init(net), jax.random.key(seed), time.monotonic(), []

    @jax.jit
    def step(net: encoder.Net, state: Any, batch: encoder.Batch, key: Any) -> Any:
        value, slope = jax.value_and_grad(encoder.loss)(net, batch, len(ACTIONS), key)
        change, state = search.update(slope, state, net)
        return optax.apply_updates(net, change), state, value

    for _ in range(epochs):
        for items in epoch(told, rng, lambda story: prepared(swaps.told(story, rng), pieces)):
            key, now = jax.random.split(key)
            net, state, value = step(net, state, collate(items, deeds), now)
            losses.append(value)
            if len(losses) % 50 == 0:
                print(
                    len(losses), steps, round(float(np.mean(losses[-50:])), 3), f"{time.monotonic() - started:.0f} s", flush=True
                )
    return net


def known_firms() -> list[str]:
    """The names of the lexicon's organisations, as they are most written."""
    return [entry["name"] for entry in json.loads(ORGS.read_text(encoding="utf-8"))["orgs"]]


def _kind(path: str) -> str:
    """The tables of words and places stay as published: too few of them are met."""
    return "still" if path in ("['words']", "['places']") else "head" if "heads" in path else "body"


def write(net: encoder.Net, words: Sequence[str], path: Path) -> None:
    """As ``monitor.classify.encoder`` reads it: one byte a weight, with a scale a word or a column."""
    tables: dict[str, Any] = {}
    heavy = {f"layer.{n}.{part}": layer[part] for n, layer in enumerate(net["layers"]) for part in ("qkv", "o", "i", "d")}
    for name, values in {"words": net["words"], **heavy}.items():
        tables |= quantized(name, np.asarray(values))
    light = {f"layer.{n}.{part}": x for n, layer in enumerate(net["layers"]) for part, x in layer.items() if x.ndim == 1}
    light |= {f"opening.{part}": net["opening"][part] for part in "gb"} | {"marks": net["marks"]}
    tables |= {name: np.asarray(x, np.float32) for name, x in light.items()}
    heads = {name: head for name, head in net["heads"].items() if name != ONLY_LEARNED}
    halves = {f"head.{name}.{part}": x for name, head in heads.items() for part, x in head.items()}
    tables |= {name: np.asarray(x, np.float16) for name, x in (halves | {"places": net["places"][:MOST]}).items()}
    tables["vocabulary"] = np.frombuffer("\n".join(words).encode(), np.uint8)
    written = path.with_name(f"new-{path.name}")
    np.savez(written, **tables)
    written.replace(path)  # whoever has the file as it was keeps it: its words are read where they stand


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--apart", type=int, choices=range(FOLDS))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--order", type=int, default=1, help="seed of the order of stories, and of what is dropped")
    options = parser.parse_args()
    vocabulary = json.loads((options.base / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    lines = options.stories.read_text(encoding="utf-8").splitlines()
    pieces = WordPiece(vocabulary)
    told = [prepared(json.loads(line), pieces) for line in lines]
    kept = [s for s in told if s["example"] or fold_of(s["kin"]) != options.apart]
    deeds = sorted({s["deed"] for s in told if s["deed"]})
    sizes = {"kind": len(ACTIONS) + len(PATTERNS), "lab": 2, "ia": len(deeds), "st": len(STATUSES)}
    net = encoder.base(options.base / "model.safetensors") | {"heads": encoder.heads(sizes, HEADS_SEED)}
    net = train(net, kept, pieces, deeds, options.epochs, options.order)
    card = {
        "made": datetime.now(UTC).date().isoformat(),
        "data": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        "base": "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
        "stories": sum(not s["example"] for s in kept),
        "layers": len(net["layers"]),
        "actions": ACTIONS,
        "patterns": list(PATTERNS),
        "deeds": deeds,
        "joints": {},
    }
    write(net, sorted(vocabulary, key=vocabulary.__getitem__), options.out)
    options.out.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    if options.apart is not None:
        said = jax.jit(lambda net, batch: encoder.outputs(net, batch, len(ACTIONS))["lab"])
        apart: list[Item] = [(s, None) for s in told if _was_read(s) and fold_of(s["kin"]) == options.apart]
        with options.out.with_suffix(".labels.jsonl").open("w", encoding="utf-8") as file:
            for items in _batches(apart):
                for (story, _), odds in zip(items, np.asarray(said(net, collate(items, deeds))), strict=False):
                    file.write(json.dumps({"id": story["id"], "odds": [float(x) for x in odds]}) + "\n")


if __name__ == "__main__":
    main()
