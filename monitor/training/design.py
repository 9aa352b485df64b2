"""Stories as rows of numbers, for one linear model: which features there are, and how much each story counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from monitor.classify.weights.linear import BLOCKED, PARTED, shares
from monitor.classify.weights.parts import COUNTS
from monitor.model import Label
from monitor.training.data import PRESS, TrainingError, is_headline, is_written, needs_extra
from monitor.training.labelled import Features, Judged
from monitor.training.parts import columns

MIN_COUNT = {Label.EXECUTIVE_MOVE: 2, Label.INFRASTRUCTURE: 3}  # a feature seen in fewer stories is noise
# Of headlines written for the purpose; they count in no figure. Of moves there are fourteen times as many as stories, so that
# each template is filled often enough for its words to even out; together they weigh half as much as the stories. When they were
# fewer, at twice the weight they flattered the cross-validated figures (Brier .0145, at this one .0151), for many answer mistakes
# found in those stories, and drowned what the news is like (dev: AP 0.975, at this one 0.977).
EXAMPLE_WEIGHT = {Label.EXECUTIVE_MOVE: 0.033, Label.INFRASTRUCTURE: 0.5}
# Of stories written whole: at more, others like them are found oftener and those that were read told worse (AP .988, here .989).
STORY_WEIGHT = {Label.EXECUTIVE_MOVE: 0.25, Label.INFRASTRUCTURE: 0.1}
# Of stories that were looked for: of moves, cross-validated over the others, .964/.932 at this one, .962/.930 at 1, .964/.930
# without them.
PRESS_WEIGHT = {Label.EXECUTIVE_MOVE: 0.3, Label.INFRASTRUCTURE: 1.0}
# Written yeses of infrastructure in which no site, fab, cable or load is named teach their other words alone, which news uses of
# much else: they weigh so much of what the others do (cross-validated AP .974 at .15, .973 at .3; at 1 they did harm).
VAGUE, CORE = 0.2, frozenset({"i:core t", "i:core s"})
WRITTEN = 0.5  # how large the feature is that tells these from stories (see _beside)
LOOKED_FOR = 0.25  # likewise of what was looked for: near misses were as well, so that it holds fewer yeses too many
# What two careful readers might label differently teaches less (cross-validated: AP 0.965 to 0.966).
UNSURE_WEIGHT = 0.5
# Of a story's words by their parts: beside named features, each of which is 1, and beside blocks of one each. Of moves, which
# many headlines are written for, .3 and .45 read more into the words of those (Brier .0152 and .0158, dev: AP 0.970 and 0.962).
PARTS_LENGTH = {Label.EXECUTIVE_MOVE: 0.15, Label.INFRASTRUCTURE: 8.0}
FEWEST = 20  # stories with the label, and without


@dataclass(frozen=True, slots=True)
class Design:
    """Stories by features: whole and of what is known early; which are no written examples, their answers and weights."""

    matrix: Any
    early: Any
    names: list[str]
    rarity: Any
    words: Any
    measured: list[bool]
    gold: Any
    weight: Any


def design_of(label: Label, found: Sequence[Judged]) -> Design:
    """Raises SettingsError without scikit-learn, TrainingError where too little is there to learn."""
    try:
        import numpy as np  # noqa: PLC0415 - an extra: training only
        import sklearn  # noqa: F401, PLC0415 - likewise
    except ImportError as error:
        raise needs_extra() from error
    measured = [not j.row.get("example") for j in found]
    gold = np.array([j.yes for j in found], dtype=bool)  # (said, as none at all are numbers)
    if min(sum(gold[measured]), sum(~gold[measured])) < FEWEST:
        raise TrainingError(f"{label}: {FEWEST} stories with the label and {FEWEST} without are the fewest it can learn from")
    matrix, names, rarity = _matrix(found, label)
    # Of moves parts of names made up for written headlines are left out: no figure changes by it, the model is smaller.
    whole = [not is_headline(j.row) for j in found]
    words = columns([j.features for j in found], PARTS_LENGTH[label], whole if label not in PARTED else None)
    looked_for = [j.row.get("example") == PRESS for j in found]
    early = _beside(_cells([j.early for j in found], names, label).multiply(rarity), words.matrix, whole, looked_for)
    matrix = _beside(matrix, words.matrix, whole, looked_for)
    # A story the prefilter lets go is never scored: it must not move the bias.
    written = [is_written(j.row) for j in found]
    weight = np.where(
        written, np.where(whole, STORY_WEIGHT[label], EXAMPLE_WEIGHT[label]), np.where(measured, 1.0, PRESS_WEIGHT[label])
    )
    weight *= np.array([bool(j.features) for j in found])
    weight *= np.where([bool(j.row.get("unsure")) for j in found], UNSURE_WEIGHT, 1.0)
    weight *= np.where([_vague(label, j) for j in found], VAGUE, 1.0)
    return Design(matrix, early, names, rarity, words, measured, gold, weight)


def _vague(label: Label, one: Judged) -> bool:
    written = one.yes and label is Label.INFRASTRUCTURE and is_headline(one.row)
    return written and CORE.isdisjoint(one.features or ())


def _matrix(found: Sequence[Judged], label: Label) -> tuple[Any, list[str], Any]:
    """Stories by named features, and what each feature was multiplied with: in blocks, the rarer the more (cross-validated on
    real stories alone: F1 0.874 to 0.881). Words that are weighed by their parts are not among them."""
    import numpy as np  # noqa: PLC0415 - an extra: training only

    seen = [
        {name for name in j.features or () if name[:2] not in COUNTS} if label in PARTED else j.features or set() for j in found
    ]
    counts = Counter(name for features in seen for name in features)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT[label])
    rarity = np.array([math.log(len(found) / counts[name]) if label in BLOCKED else 1.0 for name in names])
    if label in BLOCKED and len(names):
        rarity /= rarity.mean()
    return _cells(seen, names, label).multiply(rarity).tocsr(), names, rarity


def _cells(seen: Sequence[Features], names: Sequence[str], label: Label) -> Any:
    """Stories by ``names``: how much each counts in each."""
    import numpy as np  # noqa: PLC0415 - an extra: training only
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - an extra: training only

    index = {name: n for n, name in enumerate(names)}
    parts = [shares(features, label in BLOCKED) for features in seen]
    cells = [(r, index[name], part[name]) for r, part in enumerate(parts) for name in sorted(part) if name in index]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((np.array(values, dtype=float), (rows, columns)), shape=(len(seen), len(index)))


def _beside(named: Any, parts: Any, whole: Sequence[bool], looked_for: Sequence[bool]) -> Any:
    """Named features and parts side by side, and two last columns that say what is no ``whole`` story but a written headline, and
    what was looked for: that these hold more moves than the news does is learned there, and not of their words. No story is
    scored with them."""
    import numpy as np  # noqa: PLC0415 - an extra: training only
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - an extra: training only

    written = csr_matrix(np.column_stack([np.where(whole, 0.0, WRITTEN), np.where(looked_for, LOOKED_FOR, 0.0)]))
    return hstack([named, parts, written]).tocsr()
