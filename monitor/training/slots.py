"""Fits the slot model: ``python -m monitor.training.slots FILES… [--out slots.json]``. Needs the extra ``train``.

FILES are JSON lines with ``title``, ``summary`` and ``moves`` (gold records: person, group, action, from_org …); lines with
``"example": true`` are learned from and count in no figure. The kind of move is learned from chances that came from models
which had not seen the story, as it will be when stories are new.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.classify.cast import Cast, Named, cast
from monitor.classify.choosing import choose
from monitor.classify.document import read
from monitor.classify.entities import Gazetteer
from monitor.classify.readings import heading_of, of_pair
from monitor.classify.row import rows
from monitor.classify.slot_model import FILE, SlotModel, load
from monitor.classify.standing import SLOTS, Chances, of_move, of_mover, of_post
from monitor.evaluation.compare import same_name
from monitor.training.data import Row, as_story, group_of, stories

MIN_COUNT = 2
INNER = 4  # folds in which the chances of unseen stories are made
STRENGTH = {"movers": 0.3, "posts": 0.3, "orgs": 0.1, "roles": 0.1, "kinds": 0.3}
LEAST = 0.01  # a weight below says nothing
FEWEST_KIND = 4  # records of a kind that is learned at all
Features = set[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A story with gold records, each beside the person or post of the story that it is of; None where none is."""

    row: Row
    cast: Cast
    told: list[tuple[Named | None, dict[str, str]]]

    def tells(self, one: Named) -> bool:
        return any(anchor is one for anchor, _ in self.told)


def examples(found: Iterable[Row]) -> list[Example]:
    gazetteer = Gazetteer()
    made = []
    for row in found:
        if row.get("moves"):
            seen = cast(rows(read(as_story(row)), gazetteer))
            made.append(Example(row, seen, _aligned(seen, row["moves"])))
    return made


def _aligned(seen: Cast, moves: Sequence[dict[str, str]]) -> list[tuple[Named | None, dict[str, str]]]:
    told: list[tuple[Named | None, dict[str, str]]] = []
    for move in moves:
        taken = [anchor for anchor, _ in told]
        free = [one for one in (seen.people if move["person"] else seen.posts) if not any(one is t for t in taken)]
        anchor = next((one for one in free if _is(one, move)), None)
        if anchor is not None or not move["person"]:
            told.append((anchor, move))
    return told


def _is(one: Named, move: dict[str, str]) -> bool:
    if move["person"]:
        return same_name(move["person"], one.text)
    within = bool(move["group"]) and one.text.lower() in move["group"].lower()
    return within or any(move[slot] and same_name(move[slot], one.text) for slot in ("group", "from_role", "to_role"))


def kind_of(move: dict[str, str]) -> str:
    """Action and pattern of a gold record, as ``choosing`` names them."""
    here, there = move["from_org"], move["to_org"]
    pattern = ("W" if same_name(here, there) else "A") if here and there else "I" if there else "O" if here else "N"
    return f"{move['action']}:{pattern}"


class Head:
    """One logistic regression over named features: binary, or with a class a kind."""

    def __init__(self, found: Sequence[Features], gold: Sequence[Any], strength: float) -> None:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra: training only

        counts = Counter(name for names in found for name in names)
        self.names = sorted(name for name, n in counts.items() if n >= MIN_COUNT)
        index = {name: n for n, name in enumerate(self.names)}
        binary = len(set(gold)) == 2
        solver = {"solver": "liblinear"} if binary else {"max_iter": 100}
        model = LogisticRegression(C=strength, tol=0.01, **solver).fit(_matrix(found, index), gold)
        self.classes = [str(c) for c in model.classes_]
        self.weights = model.coef_ if not binary else model.coef_[:1]
        self.bias = [round(float(b), 4) for b in model.intercept_]

    def table(self) -> dict[str, list[float]]:
        kept = zip(self.names, self.weights.T, strict=True)
        return {name: [round(float(x), 3) for x in w] for name, w in kept if max(abs(x) for x in w) >= LEAST}


def _matrix(found: Sequence[Features], index: dict[str, int]) -> Any:
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    cells = [(n, index[name]) for n, names in enumerate(found) for name in names if name in index]
    where = tuple(zip(*cells, strict=True))
    return csr_matrix((np.ones(len(cells)), where), shape=(len(found), len(index)))


def fit(found: Sequence[Example]) -> SlotModel:
    """The slot model with a blank card."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    chances: dict[int, list[Chances]] = {}
    for inner, outer in GroupKFold(INNER).split(found, groups=[group_of(one.row) for one in found]):
        pairs = _pairs([found[int(n)] for n in inner])
        for n in outer:
            chances[int(n)] = [_chances(pairs, found[n].cast, anchor) for anchor, _ in found[n].told]
    told = [
        (one.cast, anchor, move, chance)
        for n, one in enumerate(found)
        for (anchor, move), chance in zip(one.told, chances[n], strict=True)
    ]
    common = Counter(kind_of(move) for _, _, move, _ in told)
    told = [entry for entry in told if common[kind_of(entry[2])] >= FEWEST_KIND]
    kinds = Head([of_move(c, a, p) for c, a, _, p in told], [kind_of(m) for _, _, m, _ in told], STRENGTH["kinds"])
    return _with_kinds(_heads(found), kinds)


def _heads(found: Sequence[Example]) -> SlotModel:
    movers = [(of_mover(one.cast, p, n), one.tells(p)) for one in found for n, p in enumerate(one.cast.people)]
    posts = []
    for one in found:
        moving = [p for p in one.cast.people if one.tells(p)]
        posts += [(of_post(one.cast, p, n, moving), one.tells(p)) for n, p in enumerate(one.cast.posts)]
    pairs = _pairs(found)
    heads = {
        "movers": Head([f for f, _ in movers], [y for _, y in movers], STRENGTH["movers"]),
        "posts": Head([f for f, _ in posts], [y for _, y in posts], STRENGTH["posts"]),
    }
    single = {name: {key: w[0] for key, w in head.table().items()} for name, head in heads.items()}
    bias: dict[str, Any] = {name: head.bias[0] for name, head in heads.items()}
    bias |= {"orgs": pairs.bias["orgs"], "roles": pairs.bias["roles"]}
    return SlotModel(single["movers"], single["posts"], pairs.orgs, pairs.roles, (), {}, bias, {})


def _pairs(found: Sequence[Example]) -> SlotModel:
    """A model of the two pairs of heads alone: where somebody comes from and goes to, what they held and get."""
    tables: dict[str, dict[str, tuple[float, float]]] = {}
    bias: dict[str, Any] = {}
    for pool, slots in (("orgs", ("from_org", "to_org")), ("roles", ("from_role", "to_role"))):
        features: list[Features] = []
        gold: dict[str, list[bool]] = {slot: [] for slot in slots}
        for one in found:
            for anchor, move in one.told:
                heading = heading_of(one.cast.seen, anchor) if anchor is not None else "-"
                for n, other in enumerate(one.cast.orgs if pool == "orgs" else one.cast.posts):
                    features.append(of_pair(one.cast.seen, anchor, other, n, heading))
                    for slot in slots:
                        gold[slot].append(bool(move[slot]) and same_name(move[slot], other.text))
        first, second = (Head(features, gold[slot], STRENGTH[pool]) for slot in slots)
        a, b = first.table(), second.table()
        tables[pool] = {name: (a.get(name, [0.0])[0], b.get(name, [0.0])[0]) for name in sorted({*a, *b})}
        bias[pool] = [first.bias[0], second.bias[0]]
    return SlotModel({}, {}, tables["orgs"], tables["roles"], (), {}, bias, {})


def _chances(model: SlotModel, seen: Cast, anchor: Named | None) -> Chances:
    heading = heading_of(seen.seen, anchor) if anchor is not None else "-"
    orgs = [model.org(of_pair(seen.seen, anchor, other, n, heading)) for n, other in enumerate(seen.orgs)]
    posts = [model.role(of_pair(seen.seen, anchor, other, n, heading)) for n, other in enumerate(seen.posts)]
    columns = ([p[0] for p in orgs], [p[1] for p in orgs], [p[0] for p in posts], [p[1] for p in posts])
    return dict(zip(SLOTS, columns, strict=True))


def _with_kinds(model: SlotModel, kinds: Head) -> SlotModel:
    sparse = {
        name: tuple((at, w) for at, w in enumerate(weights) if abs(w) >= 5 * LEAST) for name, weights in kinds.table().items()
    }
    return SlotModel(
        model.movers,
        model.posts,
        model.orgs,
        model.roles,
        tuple(kinds.classes),
        {name: w for name, w in sparse.items() if w},
        model.bias | {"kinds": kinds.bias},
        {},
    )


def cross_validated(found: Sequence[Example], folds: int = 5) -> list[tuple[Example, list[dict[str, str]]]]:
    """Each story that is no written example with the records a model gives it that has not seen it."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    real, written = [one for one in found if not one.row.get("example")], [one for one in found if one.row.get("example")]
    told = []
    for inner, outer in GroupKFold(folds).split(real, groups=[group_of(one.row) for one in real]):
        model = fit([*(real[int(n)] for n in inner), *written])
        told += [(real[int(n)], records(model, real[int(n)].cast)) for n in outer]
    return told


def records(model: SlotModel, seen: Cast) -> list[dict[str, str]]:
    keys = ("person", "group", *SLOTS)
    return [{key: one.get(key) for key in keys} | {"action": one.action} for one in choose(seen, model)]


def write(model: SlotModel, path: Path) -> None:
    body = {
        "card": model.card,
        "bias": model.bias,
        "kinds": list(model.kinds),
        "movers": model.movers,
        "posts": model.posts,
        "orgs": model.orgs,
        "roles": model.roles,
        "kind_weights": {name: [x for pair in w for x in pair] for name, w in model.kind_weights.items()},
    }
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    load.cache_clear()


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args(argv)
    found = examples(stories(options.files))
    model = fit(found)
    written = sum(bool(one.row.get("example")) for one in found)
    model.card.update(made=datetime.now(UTC).date().isoformat(), stories=len(found) - written, examples=written)
    write(model, options.out)
    print(json.dumps(model.card))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
