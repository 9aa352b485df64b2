"""Fits the slot model: ``python -m monitor.training.slots FILES… [--stories FILES…] [--out slots.json]``; extra ``train``.

FILES are JSON lines with ``title``, ``summary`` and ``moves`` (gold records: person, group, action, from_org …), or with an id
in place of the texts, which the files of ``--stories`` have; lines with ``"example": true`` are learned from and count in no
figure. The kind of move is learned from chances that came from models which had not seen the story, as it will be when stories
are new.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.classify.moves.cast.cast import Cast, cast
from monitor.classify.moves.cast.view import Named
from monitor.classify.moves.choice.choosing import choose, shared
from monitor.classify.moves.choice.post_words import worded
from monitor.classify.moves.evidence.outright import ACROSS, INTO, NONE_SAID, OUT_OF, WITHIN
from monitor.classify.moves.evidence.readings import of_none, of_pair, of_title
from monitor.classify.moves.evidence.standing import SLOTS, Chances, of_move, of_mover, of_post
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.parsing.row import rows
from monitor.classify.weights.packed import packed, unpacked
from monitor.classify.weights.slot_model import FILE, SlotModel, load
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import Gazetteer
from monitor.evaluation.compare import same_name
from monitor.training.data import PRESS, Row, as_story, group_of, kin_of, stories
from monitor.training.heads import LEAST, NAMES, Ballot, Features, Head, Ranking

INNER = 4  # folds in which the chances of unseen stories are made
STRENGTH = {"movers": 0.1, "posts": 0.1, "orgs": 0.05, "roles": 0.05, "kinds": 0.3}
REAL = 3  # how often a story that was read counts beside one written for training, whole or filled from a template
BOND = 0.5  # how much it counts whether an action and a pattern go together
FEWEST_KIND = 4  # records of a kind that is learned at all


@dataclass(frozen=True, slots=True)
class Pair:
    """Features of one candidate for two slots, or of there being none, and for which of the two that is right."""

    features: Features
    gold: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Example:
    """A story with gold records, each beside the person or post of the story that it is of; None where none is.

    The features of its candidates are made once, as each fold learns from them again.
    """

    row: Row
    cast: Cast
    ties: Ties
    told: list[tuple[Named | None, dict[str, str]]]
    movers: list[tuple[Features, bool]]
    posts: list[tuple[Features, bool]]
    orgs: list[list[Pair]]
    titles: list[list[Pair]]


def examples(found: Iterable[Row]) -> list[Example]:
    gazetteer = Gazetteer()
    made = []
    for row in found:
        if row.get("moves"):
            document = read(as_story(row))
            made.append(_example(row, cast(rows(document, gazetteer), document.outlet)))
    return made


def _example(row: Row, seen: Cast) -> Example:
    told, ties = _aligned(seen, row["moves"]), Ties(seen)
    moving = [anchor for anchor, _ in told]
    people = [one for one in seen.people if any(anchor is one for anchor in moving)]
    movers = [(NAMES.numbers(of_mover(ties, one, n)), any(one is a for a in moving)) for n, one in enumerate(seen.people)]
    posts = [(NAMES.numbers(of_post(ties, one, n, people)), any(one is a for a in moving)) for n, one in enumerate(seen.posts)]
    orgs, titles = [], []
    for anchor, move in told:
        firms = [(of_pair(ties, anchor, one, n), one.text) for n, one in enumerate(seen.orgs)]
        orgs.append(_pairs_of(firms, of_none(ties, anchor, len(firms)), move, ("from_org", "to_org")))
        named = [(of_title(ties, anchor, n), worded(anchor, place)[1]) for n, (_, place) in enumerate(seen.titles)]
        titles.append(_pairs_of(named, of_none(ties, anchor, len(named)), move, ("from_role", "to_role")))
    return Example(row, seen, ties, told, movers, posts, orgs, titles)


def _pairs_of(
    candidates: Sequence[tuple[set[str], str]], none: set[str], move: dict[str, str], slots: tuple[str, str]
) -> list[Pair]:
    """Each candidate, by its features and words, and last that none fills the slot."""
    here, there = (move[slot] for slot in slots)
    pairs = [
        Pair(NAMES.numbers(features), (bool(here) and same_name(here, text), bool(there) and same_name(there, text)))
        for features, text in candidates
    ]
    return [*pairs, Pair(NAMES.numbers(none), (not here, not there))]


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
    if here and there:
        pattern = WITHIN if same_name(here, there) else ACROSS
    else:
        pattern = INTO if there else OUT_OF if here else NONE_SAID
    return f"{move['action']}:{pattern}"


def fit(found: Sequence[Example]) -> SlotModel:
    """The slot model with a blank card."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415 - an extra: training only

    found = [one for one in found for _ in range(1 if one.row.get("example") else REAL)]
    chances: dict[int, list[Chances]] = {}
    for inner, outer in GroupKFold(INNER).split(found, groups=[kin_of(one.row) for one in found]):
        pairs = _pairs([found[int(n)] for n in inner])
        for n in outer:
            chances[int(n)] = shared([_chances(pairs, found[n], k) for k in range(len(found[n].told))])
    told = [
        (one, anchor, move, chance)
        for n, one in enumerate(found)
        for (anchor, move), chance in zip(one.told, chances[n], strict=True)
    ]
    common = Counter(kind_of(move) for _, _, move, _ in told)
    told = [entry for entry in told if common[kind_of(entry[2])] >= FEWEST_KIND]
    features = [NAMES.numbers(of_move(one.ties, a, p)) for one, a, _, p in told]
    kinds = [kind_of(move) for _, _, move, _ in told]
    return _with_kinds(_heads(found), features, kinds, [kin_of(one.row) for one, _, _, _ in told])


def _heads(found: Sequence[Example]) -> SlotModel:
    """Who moves at all is not learned of stories that were looked for: hands differ in which posts without a name they note."""
    pairs = _pairs(found)
    found = [one for one in found if one.row.get("example") != PRESS]
    heads = {
        name: Head([f for f, _, _ in told], [y for _, y, _ in told], [kin for _, _, kin in told], STRENGTH[name])
        for name, told in (
            ("movers", [(*x, kin_of(one.row)) for one in found for x in one.movers]),
            ("posts", [(*x, kin_of(one.row)) for one in found for x in one.posts]),
        )
    }
    single = {name: {key: w[0] for key, w in head.table().items()} for name, head in heads.items()}
    bias: dict[str, Any] = {name: head.bias[0] for name, head in heads.items()}
    return SlotModel(single["movers"], single["posts"], pairs.orgs, pairs.roles, (), (), (), (), {}, bias, {})


def _pairs(found: Sequence[Example]) -> SlotModel:
    """A model of the two pairs of rankings alone: where somebody comes from and goes to, what they held and get."""
    tables: dict[str, dict[str, int]] = {}
    pools = {
        "orgs": [(pairs, kin_of(one.row)) for one in found for pairs in one.orgs],
        "roles": [(pairs, kin_of(one.row)) for one in found for pairs in one.titles],
    }
    for pool, told in pools.items():
        a, b = (Ranking(_ballots(told, side), STRENGTH[pool]).table() for side in (0, 1))
        tables[pool] = {name: packed((a.get(name, 0.0), b.get(name, 0.0))) for name in sorted({*a, *b})}
    return SlotModel({}, {}, tables["orgs"], tables["roles"], (), (), (), (), {}, {}, {})


def _ballots(told: Sequence[tuple[list[Pair], str]], side: int) -> list[Ballot]:
    """Those of which the right candidate is on the list."""
    made = [Ballot([pair.features for pair in pairs], [pair.gold[side] for pair in pairs], kin) for pairs, kin in told]
    return [ballot for ballot in made if any(ballot.right)]


def _chances(model: SlotModel, one: Example, n: int) -> Chances:
    """As ``choosing.chances_of``, of features made already."""
    orgs, titles = ([_names(pair) for pair in pairs] for pairs in (one.orgs[n], one.titles[n]))
    columns = (*model.org(orgs[:-1], orgs[-1]), *model.role(titles[:-1], titles[-1]))
    return dict(zip(SLOTS, columns, strict=True))


def _names(pair: Pair) -> list[str]:
    return [NAMES.told[n] for n in pair.features]


def _with_kinds(model: SlotModel, features: Sequence[Features], kinds: Sequence[str], kin: Sequence[str]) -> SlotModel:
    """With heads for the action and for the pattern, and a bond for each kind: how much oftener the two meet than by chance."""
    parts = [kind.split(":") for kind in kinds]
    heads = [Head(features, [part[side] for part in parts], kin, STRENGTH["kinds"]) for side in (0, 1)]
    tables = [head.table() for head in heads]
    blank = [[0.0] * len(head.classes) for head in heads]
    weights = {}
    for name in sorted({*tables[0], *tables[1]}):
        row = [*tables[0].get(name, blank[0]), *tables[1].get(name, blank[1])]
        if kept := packed(w if abs(w) >= 3 * LEAST else 0.0 for w in row):
            weights[name] = kept
    counts, actions, patterns = Counter(kinds), Counter(p[0] for p in parts), Counter(p[1] for p in parts)
    bonds = []
    for kind in sorted(counts):
        action, _, pattern = kind.partition(":")
        bonds.append(round(BOND * math.log(counts[kind] * len(kinds) / (actions[action] * patterns[pattern])), 3))
    return replace(
        model,
        kinds=tuple(sorted(counts)),
        actions=tuple(heads[0].classes),
        patterns=tuple(heads[1].classes),
        bonds=tuple(bonds),
        kind_weights=weights,
        bias=model.bias | {"kinds": [*heads[0].bias, *heads[1].bias]},
    )


def cross_validated(found: Sequence[Example], folds: int = 5) -> list[tuple[Example, list[dict[str, str]]]]:
    """Each story that is no written example with the records a model gives it that has not seen it."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415 - an extra: training only

    real, written = [one for one in found if not one.row.get("example")], [one for one in found if one.row.get("example")]
    told = []
    for inner, outer in GroupKFold(folds).split(real, groups=[group_of(one.row) for one in real]):
        model = fit([*(real[int(n)] for n in inner), *written])
        told += [(real[int(n)], records(model, real[int(n)].cast)) for n in outer]
    return told


def records(model: SlotModel, seen: Cast) -> list[dict[str, str]]:
    keys = ("person", "group", *SLOTS)
    return [{key: one.get(key) for key in keys} | {"action": one.action} for one in choose(seen, model)]


def _sparse(row: Sequence[float]) -> list[float]:
    """Number and weight of each column that has one."""
    return [x for pair in enumerate(row) if pair[1] for x in pair]


def write(model: SlotModel, path: Path) -> None:
    columns = len(model.actions) + len(model.patterns)
    body = {
        "card": model.card,
        "bias": model.bias,
        **{name: getattr(model, name) for name in ("kinds", "actions", "patterns", "bonds")},
        "movers": model.movers,
        "posts": model.posts,
        "orgs": {name: unpacked(w, 2) for name, w in model.orgs.items()},
        "roles": {name: unpacked(w, 2) for name, w in model.roles.items()},
        "kind_weights": {name: _sparse(unpacked(w, columns)) for name, w in model.kind_weights.items()},
    }
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    load.cache_clear()


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--stories", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args(argv)
    found = examples(stories(options.files, options.stories))
    model = fit(found)
    written = sum(bool(one.row.get("example")) for one in found)
    model.card.update(made=datetime.now(UTC).date().isoformat(), stories=len(found) - written, examples=written)
    write(model, options.out)
    print(json.dumps(model.card))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
