"""Fits one linear model and says how good it is: cross-validated, calibrated, with its threshold and its band.

Near-copies of a story are kept on one side of every fold, since copies on both sides flatter. Everything that is measured
(the calibration, the threshold, the band, the figures) is measured on scores that a model gave to stories it had not seen.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from monitor.classify.cascade import Cascade, Parse, certain
from monitor.classify.decision import lifted
from monitor.classify.infra import infra_features
from monitor.classify.linear import BLOCKED, NEVER, PARTED, Model, blank, shares
from monitor.classify.move_features import WORDS
from monitor.classify.parts import COUNTS
from monitor.model import Label
from monitor.training.cards import card_of, figures_of, precision_recall
from monitor.training.data import Row, TrainingError, as_story, group_of, is_headline, judged_for, needs_extra
from monitor.training.parts import columns

MIN_COUNT = {Label.EXECUTIVE_MOVE: 2, Label.INFRASTRUCTURE: 3}  # a feature seen in fewer stories is noise
FOLDS = 5
# Of headlines written for the purpose; they count in no figure. Of moves there are fourteen times as many as stories, so that
# each template is filled often enough for its words to even out; together they weigh half as much as the stories. When they were
# fewer, at twice the weight they flattered the cross-validated figures (Brier .0145, at this one .0151), for many answer mistakes
# found in those stories, and drowned what the news is like (dev: AP 0.975, at this one 0.977).
EXAMPLE_WEIGHT = {Label.EXECUTIVE_MOVE: 0.033, Label.INFRASTRUCTURE: 0.5}
# Of stories written whole: at more, others like them are found oftener and those that were read told worse (AP .988, here .989).
STORY_WEIGHT = {Label.EXECUTIVE_MOVE: 0.25, Label.INFRASTRUCTURE: 0.1}
# Written yeses of infrastructure in which no site, fab, cable or load is named teach their other words alone, which news uses of
# much else: they weigh so much of what the others do (cross-validated AP .974 at .15, .973 at .3; at 1 they did harm).
VAGUE, CORE = 0.2, frozenset({"i:core t", "i:core s"})
WRITTEN = 0.5  # how large the feature is that tells these from stories (see _beside)
# Inverse of the penalty. Features that share one unit of length (blocks) are small and want less caution (moves of 2026, fitted
# on what is earlier: AP 0.968 at 30, 0.969 at 50, 0.970 at 80, where the model is twice as large).
STRENGTH = {Label.EXECUTIVE_MOVE: 50.0, Label.INFRASTRUCTURE: 0.3}
# What two careful readers might label differently teaches less (cross-validated: AP 0.965 to 0.966).
UNSURE_WEIGHT = 0.5
# Of a story's words by their parts: beside named features, each of which is 1, and beside blocks of one each. Of moves, which
# many headlines are written for, .3 and .45 read more into the words of those (Brier .0152 and .0158, dev: AP 0.970 and 0.962).
PARTS_LENGTH = {Label.EXECUTIVE_MOVE: 0.15, Label.INFRASTRUCTURE: 8.0}
LEAST = {Label.EXECUTIVE_MOVE: 0.2, Label.INFRASTRUCTURE: 0.01}  # weights under it are left out
# Of the stories of a label that score HEARD, from where on an encoder is asked, so many may end at what is known early of them.
# Held against those that the linear model flags alone, it let go what the encoder would have found.
HEARD = 0.02
LOST = {Label.EXECUTIVE_MOVE: 0.001, Label.INFRASTRUCTURE: 0.002}
FEWEST = 20  # stories with the label, and without
# Precision and recall to reach: the threshold is where the nearer miss is smallest. Cross-validated figures flatter, as written
# headlines answer mistakes found in the stories: of moves those asked for make precision and recall even on stories set apart.
# Infrastructure falls short in recall sooner there (at one line .91 and .90 cross-validated, .91 and .86 apart): a little more of
# it is asked for, so that both miss the design's targets by as little.
TARGETS = {Label.EXECUTIVE_MOVE: (0.97, 0.935), Label.INFRASTRUCTURE: (0.91, 0.92)}
SURE_NO, SURE_YES = 0.985, 0.985  # recall that ``low`` keeps, precision from ``high`` on
Features = set[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one label is learned from: a row, what the grammar found (None: the prefilter lets it go), what of it is known before
    the grammar looks, yes or no."""

    row: Row
    features: Features | None
    early: Features
    yes: bool


def judged(rows: Sequence[Row], labels: Sequence[Label]) -> dict[Label, list[Judged]]:
    """The rows as each label's model sees them. The grammar reads every story once; of those written for the purpose the gate,
    which is fitted after the models, lets none go unread."""
    gated, whole = (Cascade(models={label: blank(label) for label in Label}, gate=gate, encoder="off") for gate in (True, False))
    found: dict[Label, list[Judged]] = {label: [] for label in labels}
    for row in rows:
        written = bool(row.get("example"))
        parse = (whole if written else gated).parse(as_story(row))
        for label in (label for label in labels if judged_for(row, label)):
            yes, features = label.value in row["labels"], set(parse.features[label]) if parse else None
            if written and yes and not features:
                continue  # it would teach that a story of which nothing is seen is of the label
            found[label].append(Judged(row, features, set(_early(label, parse)), yes))
    return found


def _early(label: Label, parse: Parse | None) -> Iterable[str]:
    """What ``Model.hopeless`` is asked with."""
    if parse is None:
        return ()
    if label is Label.EXECUTIVE_MOVE:
        return (name for name in parse.features[label] if name.startswith(WORDS))
    return infra_features(parse.document, parse.terms) if parse.terms is not None else ()


def fit(label: Label, found: Sequence[Judged], *, made: date, strength: float | None = None) -> Model:
    """The model with its card. Raises SettingsError without scikit-learn, TrainingError where too little is there to learn."""
    strength = strength or STRENGTH[label]
    design = _design(label, found)
    measured, gold, names, rarity, words = design.measured, design.gold, design.names, design.rarity, design.words
    sums, early_sums = _unseen_sums(label, found, design, strength)
    scale, shift = _platt(sums, gold, measured)
    scores = _final(label, found, sums, scale, shift)
    threshold, low, high = lines(gold[measured], scores[measured], TARGETS[label])
    model = _regression(label, strength).fit(design.matrix, gold, sample_weight=design.weight)
    named = zip(names, model.coef_[0][: len(names)] * rarity, strict=True)
    weights = {name: w for name, value in named if abs(w := round(float(value), 3)) >= LEAST[label]}
    fitted = Model(
        label=label,
        weights=weights,
        bias=round(float(model.intercept_[0]), 4),
        blocks=label in BLOCKED,
        parts=words.parts(model.coef_[:, len(names) : len(names) + len(words.names)]),
        card={},
        scale=scale,
        shift=shift,
        threshold=threshold,
        low=low,
        high=high,
        floor=_floor(early_sums[gold & (scores >= HEARD) & measured], LOST[label]),
    )
    card = card_of(found, strength, made) | {"features": len(weights)}
    return _with_card(fitted, card | figures_of(fitted, gold[measured], scores[measured]))


@dataclass(frozen=True, slots=True)
class _Design:
    """Stories by features: whole and of what is known early; which are no written examples, their answers and weights."""

    matrix: Any
    early: Any
    names: list[str]
    rarity: Any
    words: Any
    measured: list[bool]
    gold: Any
    weight: Any


def _design(label: Label, found: Sequence[Judged]) -> _Design:
    try:
        import numpy as np  # noqa: PLC0415 - an extra: training only
        import sklearn  # noqa: F401, PLC0415
    except ImportError as error:
        raise needs_extra() from error
    measured = [not j.row.get("example") for j in found]
    gold = np.array([j.yes for j in found], dtype=bool)  # (said, as none at all are numbers)
    if min(sum(gold[measured]), sum(~gold[measured])) < FEWEST:
        raise TrainingError(f"{label}: {FEWEST} stories with the label and {FEWEST} without are the least to learn from")
    matrix, names, rarity = _matrix(found, label)
    # Of moves parts of names made up for written headlines are left out: no figure changes by it, the model is smaller.
    whole = [not is_headline(j.row) for j in found]
    words = columns([j.features for j in found], PARTS_LENGTH[label], whole if label not in PARTED else None)
    early = _beside(_cells([j.early for j in found], names, label).multiply(rarity), words.matrix, whole)
    matrix = _beside(matrix, words.matrix, whole)
    # A story the prefilter lets go is never scored: it must not move the bias.
    weight = np.where(measured, 1.0, np.where(whole, STORY_WEIGHT[label], EXAMPLE_WEIGHT[label]))
    weight *= np.array([bool(j.features) for j in found])
    weight *= np.where([bool(j.row.get("unsure")) for j in found], UNSURE_WEIGHT, 1.0)
    weight *= np.where([_vague(label, j) for j in found], VAGUE, 1.0)
    return _Design(matrix, early, names, rarity, words, measured, gold, weight)


def _vague(label: Label, one: Judged) -> bool:
    written = one.yes and label is Label.INFRASTRUCTURE and is_headline(one.row)
    return written and CORE.isdisjoint(one.features or ())


def unseen(label: Label, found: Sequence[Judged]) -> Any:
    """The scores that a model gave to stories it had not seen, as an array, before the grammar is heard; of examples 0."""
    import numpy as np  # noqa: PLC0415

    design = _design(label, found)
    sums, _ = _unseen_sums(label, found, design, STRENGTH[label])
    scale, shift = _platt(sums, design.gold, design.measured)
    scores = 1 / (1 + np.exp(-(scale * sums + shift)))
    return np.where(np.array([bool(j.features) for j in found]) & np.array(design.measured), scores, 0.0)


def write(model: Model, path: Path) -> None:
    """The model as JSON; never a pickle, which would run code when it is read."""
    body = {f.name: getattr(model, f.name) for f in fields(model)} | {"label": model.label.value}
    if model.parts is not None:
        body["parts"] = {part: row[0] for part, row in model.parts.weights.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    draft.replace(path)  # whole or not at all: a daemon may start at any time


def _with_card(model: Model, card: dict[str, object]) -> Model:
    return Model(**{**{name: getattr(model, name) for name in model.__dataclass_fields__}, "card": card})


def _matrix(found: Sequence[Judged], label: Label) -> tuple[Any, list[str], Any]:
    """Stories by named features, and what each feature was multiplied with: in blocks, the rarer the more (cross-validated on
    real stories alone: F1 0.874 to 0.881). Words that are weighed by their parts are not among them."""
    import numpy as np  # noqa: PLC0415

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
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    index = {name: n for n, name in enumerate(names)}
    parts = [shares(features, label in BLOCKED) for features in seen]
    cells = [(r, index[name], part[name]) for r, part in enumerate(parts) for name in sorted(part) if name in index]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((np.array(values, dtype=float), (rows, columns)), shape=(len(seen), len(index)))


def _beside(named: Any, parts: Any, whole: Sequence[bool]) -> Any:
    """Named features and parts side by side, and a last column that says what is no ``whole`` story but a written headline: that
    these hold more moves than the news does is learned there, and not of their words. No story is scored with it."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415

    written = csr_matrix(np.where(whole, 0.0, WRITTEN)[:, None])
    return hstack([named, parts, written]).tocsr()


def _regression(label: Label, strength: float) -> Any:
    """Small features in blocks want a small bias too, which liblinear keeps; measured on unseen stories, AP 0.974 to 0.971."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    solver = {"solver": "liblinear", "tol": 1e-3} if label in BLOCKED else {}
    return LogisticRegression(C=strength, max_iter=2000, **solver)


def _unseen_sums(label: Label, found: Sequence[Judged], design: _Design, strength: float) -> tuple[Any, Any]:
    """The sum of weights (log odds) that a model gives to each story when it has not seen it; and of what is known
    ``early`` of it. 0 for written headlines."""
    import numpy as np  # noqa: PLC0415
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    measured, matrix, gold = np.array(design.measured), design.matrix, design.gold
    real, examples = np.flatnonzero(measured), np.flatnonzero(~measured)
    groups = [group_of(found[int(i)].row) for i in real]
    sums, partly = np.zeros(len(found)), np.zeros(len(found))
    for inner, outer in GroupKFold(FOLDS).split(real, gold[real], groups):
        train, test = np.concatenate([real[inner], examples]), real[outer]
        model = _regression(label, strength).fit(matrix[train], gold[train], sample_weight=design.weight[train])
        sums[test] = model.decision_function(matrix[test])
        partly[test] = model.decision_function(design.early[test])
    return sums, partly


def _floor(early: Any, lost: float) -> float:
    """Where all but a share ``lost`` of ``early`` lie above: the early sums of stories rightly found that were not seen."""
    return math.floor(100 * sorted(early)[int(lost * len(early))]) / 100 if len(early) else NEVER


def _platt(sums: Any, gold: Any, measured: Sequence[bool]) -> tuple[float, float]:
    """Scale and shift that make the logistic of an unseen sum a probability."""
    import numpy as np  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=1e6).fit(sums[measured].reshape(-1, 1), gold[np.array(measured)])
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)


def _final(label: Label, found: Sequence[Judged], sums: Any, scale: float, shift: float) -> Any:
    """The scores as the cascade gives them: 0 where the prefilter let a story go, lifted where the grammar is certain."""
    import numpy as np  # noqa: PLC0415

    scores = 1 / (1 + np.exp(-(scale * sums + shift)))
    return np.array([0.0 if not j.features else lifted(float(s), sure(label, j)) for j, s in zip(found, scores, strict=True)])


def sure(label: Label, found: Judged) -> bool:
    """Whether the grammar alone says yes."""
    return certain(label, found.features or ())


def lines(gold: Any, scores: Any, targets: tuple[float, float]) -> tuple[float, float, float]:
    """Threshold, low and high, from scores of unseen stories; ``targets`` are precision and recall."""
    precision, recall = targets
    grid = [n / 100 for n in range(5, 96)]
    table = {line: precision_recall(gold, scores, line) for line in grid}
    threshold = max(grid, key=lambda line: (min(table[line][0] - precision, table[line][1] - recall), -abs(line - 0.5)))
    reachable = table[grid[0]][1]  # what the prefilter let go, no line brings back
    low = max((line for line in grid if line <= threshold and table[line][1] >= SURE_NO * reachable), default=grid[0])
    high = min((line for line in grid if line >= threshold and table[line][0] >= SURE_YES), default=grid[-1])
    return threshold, low, high
