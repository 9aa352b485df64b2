"""Logistic regressions over named features, for the slots. Fitting needs the extra ``train``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

MET = 2  # a feature met in fewer stories is noise; what fills one template counts as one story
CRISP = "fact "  # features that begin so are true nearly always: a weight costs them less
SHARP = 2.0  # how much larger such a feature counts
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
        import numpy as np  # noqa: PLC0415 - extras: training only
        from scipy.sparse import csr_matrix  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

        ends = np.cumsum([0, *(len(one) for one in found)])
        cells = np.concatenate([np.fromiter(one, dtype=np.int64, count=len(one)) for one in found])
        numbers = {one: n for n, one in enumerate(dict.fromkeys(kin))}
        whose = np.repeat([numbers[one] for one in kin], np.diff(ends))
        kept = np.flatnonzero(np.bincount(np.unique(cells * len(numbers) + whose) // len(numbers)) >= MET)
        sharp = np.array([SHARP if name.startswith(CRISP) else 1.0 for name in NAMES.told])
        whole = csr_matrix((sharp[cells], cells, ends), shape=(len(found), len(NAMES)))
        binary = len(set(gold)) == 2
        solver = {"solver": "liblinear"} if binary else {"max_iter": 100}
        model = LogisticRegression(C=strength, tol=0.01, **solver).fit(whole[:, kept], gold)
        self.names = [NAMES.told[n] for n in kept]
        self.classes = [str(c) for c in model.classes_]
        self.weights = model.coef_ * sharp[kept]
        self.bias = [round(float(b), 4) for b in model.intercept_]

    def table(self) -> dict[str, list[float]]:
        kept = zip(self.names, self.weights.T, strict=True)
        return {name: [round(float(x), 3) for x in w] for name, w in kept if max(abs(x) for x in w) >= LEAST}
