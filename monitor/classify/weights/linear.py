"""The linear models: one logistic regression a label over named features, applied with a plain dict."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

from monitor.classify.weights.parts import COUNTS, Parts
from monitor.classify.weights.runs import Features, Told
from monitor.classify.words.lexicon import DATA, LexiconError, parsed
from monitor.model import Label

_PARTS = ""  # no prefix of runs
NEVER = -1000.0  # a floor that no sum falls under
_block = itemgetter(0)  # a feature's block is its first letter
# Each label has its own file, so that one can be fitted again, and gone back from, without the other.
FILES = {Label.EXECUTIVE_MOVE: DATA / "model_move.json", Label.INFRASTRUCTURE: DATA / "model_infra.json"}


@dataclass(frozen=True)
class Model:
    """``weights``: feature to weight; ``card`` says how it was made.

    ``blocks``: features whose names begin alike share one unit of length, so that a long summary does not outshout a
    headline (see ``shares``). ``parts``: the words of title and summary are weighed by their parts (see ``parts.py``).
    ``scale`` and ``shift`` calibrate (Platt: a logistic of the sum, fitted on stories the weights had not seen), so that of the
    stories scored 0.8 four in five are of the label. ``threshold``, ``low`` and ``high`` are on
    that scale: see Decision. ``floor``: of the sum over what is known early, see ``hopeless``.
    """

    label: Label
    weights: dict[str, float]
    bias: float
    card: dict[str, object]
    blocks: bool = False
    parts: Parts | None = None
    scale: float = 1.0
    shift: float = 0.0
    threshold: float = 0.45
    low: float = 0.15
    high: float = 0.85
    floor: float = NEVER

    def hopeless(self, early: Features) -> bool:
        """Whether what is known ``early`` (a story's words, its terms) speaks louder against the label than the rest of a story
        ever outweighed. Of a model with blocks these are whole blocks."""
        return self.floor > NEVER and self.bias + self._sum(early) < self.floor

    def score(self, features: Collection[str]) -> float:
        """The probability of the label, 0 to 1."""
        return sigmoid(self.scale * (self.bias + self._sum(features)) + self.shift)

    def _sum(self, features: Collection[str]) -> float:
        found = features if isinstance(features, Features) else Features(features)
        get = self.weights.get
        words = self._of_parts(features)
        if not self.blocks:
            told = sum([self._told(run)[1] for run in found.runs if self._table(run)])
            return words + sum([get(name, 0.0) for name in found.named]) + told
        counts: dict[str, int] = {}
        sums: dict[str, float] = {}
        blocks = set(map(_block, found.named))
        for block in blocks:
            names = found.named if len(blocks) == 1 else [name for name in found.named if name[0] == block]
            counts[block], sums[block] = len(names), sum(map(get, names, repeat(0.0)))
        for run in found.runs:
            block = run.prefix[0]
            count, total = self._told(run)
            counts[block] = counts.get(block, 0) + count
            sums[block] = sums.get(block, 0.0) + total
        return words + sum([part / math.sqrt(counts[block]) for block, part in sums.items() if part])

    def _told(self, run: Told) -> tuple[int, float]:
        """As of ``run``; ``hopeless`` may have asked for it a moment ago."""
        last = self._asked.get(run.prefix)
        if last is None or last[0] is not run:
            last = self._asked[run.prefix] = run, run.told(self._table(run))
        return last[1]

    def _of_parts(self, features: Collection[str]) -> float:
        """The words by their parts; for these ``hopeless`` may have asked too."""
        if self.parts is None:
            return 0.0
        run = next((run for run in features.runs if run.prefix in COUNTS), None) if isinstance(features, Features) else None
        last = self._asked.get(_PARTS)
        if run is None or last is None or last[0] is not run:
            last = self._asked[_PARTS] = run, (0, self.parts.sums(features)[0])
        return last[1][1]

    @cached_property
    def _asked(self) -> dict[str, tuple[Told | None, tuple[int, float]]]:
        """What was asked for last: by prefix the run, and how many there are and what they add up to."""
        return {}

    def _table(self, run: Told) -> Any:
        if run.prefix not in self._tables:
            first, end = bisect_left(self._names, run.prefix), bisect_left(self._names, run.prefix[:-1] + chr(ord(":") + 1))
            self._tables[run.prefix] = run.table(self._names[first:end], self.weights)
        return self._tables[run.prefix]

    @cached_property
    def _names(self) -> list[str]:
        """The features by name, so that those of one prefix stand together."""
        return sorted(self.weights)

    @cached_property
    def _tables(self) -> dict[str, Any]:
        """The weights of runs of words by prefix."""
        return {}

    @property
    def version(self) -> str:
        """The day it was made and the beginning of its data's digest: ``2026-11-26.a1b2c3``."""
        return f"{self.card.get('made', 'unknown')}.{str(self.card.get('data', ''))[:6]}"

    def strongest(self, features: Collection[str], count: int = 6) -> list[tuple[str, float]]:
        """The features that speak loudest for or against the label, with what each adds to the log odds."""
        counts = Counter(map(_block, features)) if self.blocks else {}
        found = {
            name: self.scale * self.weights[name] / math.sqrt(counts.get(name[0], 1)) for name in features if name in self.weights
        }
        for name, weight in self.parts.told(features) if self.parts else ():
            found[name] = found.get(name, 0.0) + self.scale * weight
        return sorted(((n, w) for n, w in found.items() if w), key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


# Of these labels the features stand in blocks.
BLOCKED = frozenset({Label.EXECUTIVE_MOVE})
# Of these the words are weighed by their parts alone.
PARTED = frozenset({Label.INFRASTRUCTURE})


def shares(features: Collection[str], blocks: bool) -> dict[str, float]:
    """How much each feature counts: 1, or with ``blocks`` one over the root of how many begin with the same letter."""
    if not blocks:
        return dict.fromkeys(features, 1.0)
    counts = Counter(name[0] for name in features)
    return {name: 1 / math.sqrt(counts[name[0]]) for name in features}


def blank(label: Label) -> Model:
    """A model that knows nothing, for whoever wants the features alone."""
    return Model(label=label, weights={}, bias=0.0, card={})


LEAST, MOST = 1e-4, 1 - 1e-4  # chances nearer 0 and 1 count as these: nobody is surer


def log_odds(p: float) -> float:
    p = min(max(p, LEAST), MOST)
    return math.log(p / (1 - p))


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -60 else 0.0


def _numbers(table: dict[str, float]) -> dict[str, float]:
    """The table as it is: a hundred thousand weights are read at every start. Raises TypeError where one is no number."""
    if not {float, int} >= set(map(type, table.values())):
        raise TypeError("a weight is no number")
    return table


@cache
def shipped(label: Label) -> Model:
    """The model that ships with Movewire: read once, however many classifiers a process makes. Raises LexiconError."""
    return load(label, FILES[label])


def load(label: Label, path: Path) -> Model:
    """The model of a label. Raises LexiconError where the file is missing, is no model or is another label's."""
    try:
        raw = parsed(path.read_text(encoding="utf-8"))
        weights = _numbers(raw["weights"])
        found, bias = str(raw["label"]), float(raw["bias"])
        of_parts = raw.get("parts")
        parts = None if of_parts is None else Parts({name: (weight,) for name, weight in _numbers(of_parts).items()})
        more: dict[str, float] = {
            name: float(raw[name]) for name in ("scale", "shift", "threshold", "low", "high", "floor") if name in raw
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path.name}: is no model ({error})") from None
    if found != label.value:
        raise LexiconError(f"{path.name}: label is {found!r}, expected {label.value!r}")
    card, blocks = raw.get("card", {}), bool(raw.get("blocks"))
    model = Model(label=label, weights=weights, bias=bias, card=card, blocks=blocks, parts=parts, **more)
    if not 0 <= model.low <= model.threshold <= model.high <= 1:
        raise LexiconError(f"{path.name}: low, threshold and high must rise between 0 and 1")
    return model
