"""What the encoder learns from, as batches: stories with their labels and names, and the records that are asked of them.

A story is asked as a whole and once for each record; shapes as in ``encoder_net``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from monitor.classify.encoder.wordpiece import BETWEEN, MOST, WordPiece

NAMES = 16  # of a kind that are learned from
STORIES_AT_ONCE = 32
# Written ones an epoch, drawn anew: more would drown the stories that were read.
EXAMPLES = {"stories": 1000, "slots": 900, "move": 1400, "infra": 2800}
UNSURE, WRITTEN = 0.5, 0.3  # how much such a label counts
ACTIONS = ("appoint", "board", "depart", "dismiss", "found", "hire", "other", "promote", "retire")
PATTERNS, STATUSES = "AINOW", ("confirmed", "reported", "rumored", "denied")
Story = dict[str, Any]
Item = tuple[Story, int | None]  # a story, and which of its records is asked for; None: the story as a whole
Batch = dict[str, Any]


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


def collate(items: Sequence[Item], deeds: Sequence[str]) -> Batch:
    """Arrays of STORIES_AT_ONCE rows (unused ones are empty); texts are as long as the longest, in steps of 16."""
    b, n = STORIES_AT_ONCE, NAMES
    t = -(-max(len(story["ids"]) for story, _ in items) // 16) * 16
    batch: Batch = {name: np.zeros((b, t), np.int32) for name in ("ids", "marks")}
    batch |= {"own": np.zeros((b, t), np.float32)} | {name: np.zeros(b, np.float32) for name in ("there", "of_record")}
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
        batch["there"][row], batch["of_record"][row] = 1, record is not None
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


def _whole(batch: Batch, row: int, story: Story, deeds: Sequence[str]) -> None:
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


def _record(batch: Batch, row: int, story: Story, record: dict[str, Any]) -> None:
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
    read = [*filter(was_read, told)]
    whole, written = [s for s in told if s["whole"]], [s for s in told if s["example"]]
    read_or_whole = [*read, *rng.sample(whole, min(EXAMPLES["stories"], len(whole)))]
    items: list[Item] = [(story, None) for story in read_or_whole]
    for story in filter(_has_records, read):
        items += records(story)
    for story in filter(_has_records, read_or_whole):
        items += records(swapped(story))
    told_of = [*filter(_has_records, written)]
    for story in rng.sample(told_of, min(EXAMPLES["slots"], len(told_of))):
        items += [(story, None), *records(story)]
    for n, name in enumerate(("move", "infra")):
        for yes in (0, 1):  # as many of each: more of one would make the label likelier than it is
            pool = [s for s in written if s["labels"][n] == yes]
            items += [(story, None) for story in rng.sample(pool, min(EXAMPLES[name] // 2, len(pool)))]
    rng.shuffle(items)
    return list(batches(items, rng))


def was_read(story: Story) -> bool:
    return not story["whole"] and not story["example"]


def _has_records(story: Story) -> bool:
    return bool(story["slots"])


def records(story: Story) -> list[Item]:
    return [(story, n) for n in range(len(story["slots"]["records"]))]


def batches(items: list[Item], rng: random.Random | None = None) -> Iterator[list[Item]]:
    """Texts of about one length together."""
    wide = STORIES_AT_ONCE * 16 if rng is not None else len(items)
    parts = [sorted(items[n : n + wide], key=lambda item: len(item[0]["ids"])) for n in range(0, len(items), wide)]
    found = [part[n : n + STORIES_AT_ONCE] for part in parts for n in range(0, len(part), STORIES_AT_ONCE)]
    if rng is not None:
        rng.shuffle(found)
    yield from found
