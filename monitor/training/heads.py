"""Regressions over named features, for the slots: yes or no, one of several kinds, one of several candidates. Fitting needs the
extra ``train``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MET = 2  # a feature met in fewer stories is noise; what fills one template counts as one story
CRISP = "fact "  # features that begin so are true nearly always: a weight costs them less
SHARP = 2.0  # how much larger such a feature counts
ROUNDS = 80  # of the search for weights that rank: it is near enough by then
LEAST = 0.02  # a weight below says nothing
Features = list[int]


class Names:
    """Each feature's name as a number, so that folds need not count names again."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.told)

    def numbers(self, names: Iterable[str]) -> Features:
        return [self._number(name) for name in sorted(names)]

    def _number(self, name: str) -> int:
        if (n := self._numbers.get(name)) is None:
            n = self._numbers[name] = len(self.told)
            self.told.append(name)
        return n


NAMES = Names()


class Head:
    """One logistic regression over named features: binary, or with a class a kind."""

    def __init__(self, found: Sequence[Features], gold: Sequence[Any], kin: Sequence[str], strength: float) -> None:
        """``kin``: of which story, or of which group of near-copies, each row is."""
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - extras: training only

        whole, kept, sharp = _matrix(found, kin)
        binary = len(set(gold)) == 2
        solver = {"solver": "liblinear"} if binary else {"max_iter": 100}
        model = LogisticRegression(C=strength, tol=0.01, **solver).fit(whole, gold)
        self.names = [NAMES.told[n] for n in kept]
        self.classes = [str(c) for c in model.classes_]
        self.weights = model.coef_ * sharp
        self.bias = [round(float(b), 4) for b in model.intercept_]

    def table(self) -> dict[str, list[float]]:
        kept = zip(self.names, self.weights.T, strict=True)
        return {name: [round(float(x), 3) for x in w] for name, w in kept if max(abs(x) for x in w) >= LEAST}


@dataclass(frozen=True, slots=True)
class Ballot:
    """Candidates for one slot, the last that none fills it, and which of them are right; ``kin`` as of ``Head``."""

    candidates: Sequence[Features]
    right: Sequence[bool]
    kin: str


class Ranking:
    """Weights by which the right candidates of a ballot have the largest share of its exponentials (conditional logit).

    Beside a yes or no for each candidate alone it learns what tells one from the others of its story: cross-validated on the
    real stories alone, posts that somebody gets have F1 .74 for .72, and .66 of the records are right for .65.
    """

    def __init__(self, ballots: Sequence[Ballot], strength: float) -> None:
        import numpy as np  # noqa: PLC0415 - extras: training only
        from scipy.optimize import minimize  # noqa: PLC0415 - an extra: training only

        sizes = np.array([len(one.candidates) for one in ballots])
        starts, whose = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(ballots)), sizes)
        right = np.array([yes for one in ballots for yes in one.right])
        whole, kept, sharp = _matrix(
            [features for one in ballots for features in one.candidates], [one.kin for one in ballots for _ in one.candidates]
        )
        turned = whole.T.tocsr()

        def loss(weights: Any) -> tuple[float, Any]:
            sums = whole @ weights
            powers = np.exp(sums - np.maximum.reduceat(sums, starts)[whose])
            rights = np.where(right, powers, 0.0)
            all_sum, right_sum = np.add.reduceat(powers, starts), np.add.reduceat(rights, starts)
            slope = turned @ (powers / all_sum[whose] - rights / right_sum[whose])
            return -strength * np.log(right_sum / all_sum).sum() + weights @ weights / 2, strength * slope + weights

        options = {"maxiter": ROUNDS, "ftol": 1e-4}
        found = minimize(loss, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options=options)
        self.names = [NAMES.told[n] for n in kept]
        self.weights = found.x * sharp

    def table(self) -> dict[str, float]:
        kept = zip(self.names, self.weights, strict=True)
        return {name: round(float(w), 3) for name, w in kept if abs(w) >= LEAST}


def _matrix(found: Sequence[Features], kin: Sequence[str]) -> tuple[Any, Any, Any]:
    """Rows by the features that are kept, their numbers, and how much each counts."""
    import numpy as np  # noqa: PLC0415 - an extra: training only
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - an extra: training only

    ends = np.cumsum([0, *(len(one) for one in found)])
    cells = np.concatenate([np.fromiter(one, dtype=np.int64, count=len(one)) for one in found])
    numbers = {one: n for n, one in enumerate(dict.fromkeys(kin))}
    stories = np.repeat([numbers[one] for one in kin], np.diff(ends))
    kept = np.flatnonzero(np.bincount(np.unique(cells * len(numbers) + stories) // len(numbers)) >= MET)
    sharp = np.array([SHARP if name.startswith(CRISP) else 1.0 for name in NAMES.told])
    whole = csr_matrix((sharp[cells], cells, ends), shape=(len(found), len(NAMES)))
    return whole[:, kept], kept, sharp[kept]
