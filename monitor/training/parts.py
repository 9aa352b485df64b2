"""The columns of words' parts (``classify.parts``) beside those of named features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.classify.weights.parts import Parts, shares_of_parts

MIN_COUNT = 4  # a part seen in fewer stories is noise
LEAST = 0.01  # weights under it are left out


@dataclass(frozen=True)
class Columns:
    """``matrix``: stories by parts, as the learner sees them; ``factors`` turn its weights into those applied to shares."""

    matrix: Any
    names: list[str]
    factors: Any

    def parts(self, weights: Any, least: float = LEAST) -> Parts:
        """``weights``: answers by parts, of this matrix."""
        rows = zip(self.names, (weights * self.factors).T, strict=True)
        kept = {name: tuple(round(float(w), 3) for w in row) for name, row in rows if max(abs(w) for w in row) >= least}
        return Parts(kept, width=len(weights))


def columns(found: Sequence[Collection[str] | None], length: float, counted: Sequence[bool] | None = None) -> Columns:
    """Shares of parts, the rarer a part the larger, so that a story's row is ``length`` long on average. ``counted``: the stories
    that say which parts are common enough (default: all)."""
    import numpy as np  # noqa: PLC0415 - an extra: training only
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - an extra: training only

    told = [shares_of_parts(features or ()) for features in found]
    counts = Counter(part for parts in told for part in parts)
    common = (
        counts if counted is None else Counter(part for parts, yes in zip(told, counted, strict=True) if yes for part in parts)
    )
    names = sorted(part for part, count in common.items() if count >= MIN_COUNT)
    index = {part: n for n, part in enumerate(names)}
    cells = [(row, index[part], value) for row, parts in enumerate(told) for part, value in parts.items() if part in index]
    where, values = ([r for r, _, _ in cells], [c for _, c, _ in cells]), [v for _, _, v in cells]
    matrix = csr_matrix((np.array(values, dtype=float), where), shape=(len(found), len(names)))
    rarity = np.array([math.log((1 + len(found)) / (1 + counts[part])) + 1 for part in names])
    matrix = matrix.multiply(rarity).tocsr()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = length / float(lengths[lengths > 0].mean()) if (lengths > 0).any() else 1.0
    return Columns(matrix * scale, names, rarity * scale)
