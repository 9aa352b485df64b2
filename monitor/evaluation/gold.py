"""Labelled stories and what was said of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor import json_lines
from monitor.backtest import describe, to_story
from monitor.errors import MovewireError
from monitor.filtering import KNOWN, spelt
from monitor.interfaces import Classifier
from monitor.model import Label, Story

MOVE_SLOTS = ("person", "from_org", "to_org", "from_role", "to_role")
Record = Mapping[str, Any]  # one move or one buildout, as JSON has it


class GoldError(MovewireError):
    """A labelled file cannot be used; the message names file, line and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A story with the labels and slots a person gave it.

    ``unsure``: a second careful reader might have labelled it differently. ``weight``: how many stories of the natural
    stream this one stands for.
    """

    story: Story
    labels: frozenset[Label]
    moves: tuple[Record, ...] = ()
    infra: Record | None = None
    unsure: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the classifier said of a story. ``moves`` and ``infra`` are as ``movewire backtest`` prints them."""

    labels: frozenset[Label]
    scores: Mapping[str, float]
    moves: tuple[Record, ...] = ()
    infra: Record | None = None
    trace: tuple[str, ...] = ()


def stories_in(path: Path) -> list[Gold]:
    """The labelled stories of a JSON-lines file, ``.gz`` or plain.

    A line has ``id``, ``title``, ``labels`` (may be empty) and perhaps ``summary``, ``url``, ``moves``, ``infra``,
    ``unsure``, ``weight``. Raises GoldError.
    """
    found = [_gold(row, f"{path}:{number}") for number, row in json_lines.objects(path, GoldError)]
    if not found:
        raise GoldError(f"{path}: holds no stories; expected one JSON object a line")
    return found


def said_in(path: Path, golds: Sequence[Gold]) -> list[Said]:
    """What ``movewire backtest FILE --format ndjson`` said of these stories, in their order. Raises GoldError."""
    by_id = {}
    for number, row in json_lines.objects(path, GoldError):
        where = f"{path}:{number}"
        by_id[str(_need(row, "id", str, where))] = _said(row, where)
    missing = [g.story.id for g in golds if g.story.id not in by_id]
    if missing:
        raise GoldError(f"{path}: {len(missing)} of {len(golds)} stories have no prediction, the first is {missing[0]}")
    return [by_id[g.story.id] for g in golds]


def said_by(classifier: Classifier, golds: Sequence[Gold]) -> list[Said]:
    """What ``classifier`` says of these stories, in their order."""
    found = []
    for gold in golds:
        verdict = classifier.classify(gold.story)
        row = describe(gold.story, verdict, None)
        found.append(
            Said(
                labels=frozenset(m.label for m in verdict.matches),
                scores={label.value: score for label, score in verdict.scores.items()},
                moves=tuple(row["moves"]),
                infra=row["infra"],
                trace=verdict.trace,
            )
        )
    return found


def _need(row: Record, key: str, kind: type, where: str) -> Any:
    if not isinstance(row.get(key), kind):
        found = "nothing" if row.get(key) is None else json.dumps(row[key])[:40]
        raise GoldError(f"{where}: {key}: found {found}; expected a {kind.__name__}")
    return row[key]


def _labels(row: Record, where: str) -> frozenset[Label]:
    known = {label.value: label for label in Label}
    for label in _need(row, "labels", list, where):
        if label not in known:
            raise GoldError(f"{where}: labels: found {label!r}; expected {' or '.join(known)}")
    return frozenset(known[label] for label in row["labels"])


def _slots(row: Record, where: str) -> tuple[tuple[Record, ...], Record | None]:
    moves, infra = row.get("moves"), row.get("infra")
    moves = [] if moves is None else moves
    if not isinstance(moves, list) or not all(isinstance(m, dict) for m in moves):
        raise GoldError(f"{where}: moves: expected a list of objects")
    if infra is not None and not isinstance(infra, dict):
        raise GoldError(f"{where}: infra: expected an object or null")
    return tuple(map(_spelt, moves)), infra


def _spelt(move: Record) -> Record:
    """A status also as messages say it."""
    return {**move, "status": spelt(move["status"], KNOWN["status"])} if isinstance(move.get("status"), str) else move


def _gold(row: dict[str, Any], where: str) -> Gold:
    _need(row, "id", str, where)
    _need(row, "title", str, where)
    moves, infra = _slots(row, where)
    weight = row.get("weight", 1)
    if not isinstance(weight, (int, float)) or weight < 0:
        raise GoldError(f"{where}: weight: found {weight!r}; expected a number of stories")
    return Gold(
        story=to_story(row),
        labels=_labels(row, where),
        moves=moves,
        infra=infra,
        unsure=bool(row.get("unsure")),
        weight=float(weight),
    )


def _said(row: dict[str, Any], where: str) -> Said:
    moves, infra = _slots(row, where)
    return Said(labels=_labels(row, where), scores=row.get("scores") or {}, moves=moves, infra=infra)
