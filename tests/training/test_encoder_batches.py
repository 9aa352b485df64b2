"""What the encoder learns from stands in a batch where the network looks for it."""

from __future__ import annotations

import random
from typing import Any

import pytest

np = pytest.importorskip("numpy")

from benchmarks.encoder_batches import ACTIONS, NAMES, STORIES_AT_ONCE, batches, collate, epoch, prepared, records  # noqa: E402
from monitor.classify.encoder.wordpiece import WordPiece  # noqa: E402

WORDS = "[PAD] [UNK] [CLS] [SEP] | mara velling leaves osprey for marrow as ceo build a site".split()
PIECES = WordPiece({word: n for n, word in enumerate(WORDS)})
DEEDS = ["build", "lease"]


def story(**told: Any) -> dict[str, Any]:
    made = {"id": "1", "kin": "k", "title": "Mara Velling leaves Osprey for Marrow", "summary": "", "labels": [1, -1]}
    plain = {"example": False, "whole": False, "unsure": False, "slots": None, "actors": None, "deed": None}
    return prepared({"status": "confirmed"} | made | plain | told, PIECES)


MOVE = {
    "people": [[["title", 0, 12]]],
    "posts": [],
    "orgs": [[["title", 20, 26]], [["title", 31, 37]]],
    "titles": [],
    "records": [{"of": ["people", 0], "kind": "hire:A", "orgs": [[1, 0], [0, 1], [0, 0]], "titles": [[1, 1]]}],
}


def test_a_record_is_asked_of_whom_it_is_and_knows_what_is_right() -> None:
    batch = collate([(story(slots=MOVE), 0)], DEEDS)
    assert batch["ids"].shape == (STORIES_AT_ONCE, 16)
    assert [WORDS[n] for n in batch["ids"][0, :9]] == "[CLS] mara velling leaves osprey for marrow | [SEP]".split()
    assert np.flatnonzero(batch["marks"][0]).tolist() == np.flatnonzero(batch["own"][0]).tolist() == [1, 2]
    assert [np.flatnonzero(batch["orgs"][0, n]).tolist() for n in (0, 1)] == [[4], [6]]
    assert [np.flatnonzero(side).tolist() for side in batch["orgs.gold"][0]] == [[0], [1]]
    assert np.flatnonzero(batch["orgs.there"][0]).tolist() == [0, 1, NAMES], "the last stands for none"
    assert [np.flatnonzero(side).tolist() for side in batch["titles.gold"][0]] == [[NAMES], [NAMES]]
    assert ACTIONS[batch["actions.gold"][0]] == "hire" and np.flatnonzero(batch["actions.weight"]).tolist() == [0]
    assert batch["of_record"][0] == batch["there"][0] == 1 and not batch["there"][1:].any()
    assert not batch["lab.weight"].any(), "asked for a record, a story says nothing of its labels"


def test_a_story_as_a_whole_tells_its_labels_and_who_moves() -> None:
    batch = collate([(story(slots=MOVE, unsure=True), None), (story(labels=[0, 1], deed="lease"), None)], DEEDS)
    assert batch["lab.gold"][:2].tolist() == [[1, 0], [0, 1]]
    assert batch["lab.weight"][:2].tolist() == [[0.5, 0.0], [1.0, 1.0]], "what was not judged weighs nothing"
    assert batch["people.gold"][0, 0] == batch["people.weight"][0, 0] == 1 and batch["people.weight"].sum() == 1
    assert DEEDS[batch["ia.gold"][1]] == "lease" and batch["ia.weight"][:2].tolist() == [0.0, 1.0]
    assert not batch["of_record"].any()


def test_an_epoch_asks_each_story_and_its_records_once_as_they_are_and_once_told_of_others() -> None:
    read, other = story(slots=MOVE), story(slots=MOVE, id="other")
    asked = [item for batch in epoch([read], random.Random(1), lambda _: other) for item in batch]
    assert sorted((s["id"], n is None) for s, n in asked) == [("1", False), ("1", True), ("other", False)]


def test_batches_hold_texts_of_about_one_length_and_lose_none() -> None:
    items = [item for n in range(70) for item in records(story(slots=MOVE, id=str(n), summary="a site " * (n % 5)))]
    found = list(batches(items, random.Random(3)))
    assert sorted(s["id"] for batch in found for s, _ in batch) == sorted(s["id"] for s, _ in items)
    assert all(len(batch) <= STORIES_AT_ONCE for batch in found)
    spread = [len({len(s["ids"]) for s, _ in batch}) for batch in found]
    assert max(spread) < 5
