"""Fits the linear models, one a label: ``python -m monitor.training [--label LABEL] FILES…``. Needs the extra ``train``.

FILES are JSON lines with ``id``, ``title``, ``summary``, ``url`` and ``labels``; a line without a title is joined by its id
with the stories of ``--stories`` (JSON lines, or the same gzipped). ``"judged": ["infrastructure"]`` says which labels a
line was read for, where it was not read for all of them. Lines with ``"example": true`` (headlines written for the purpose:
``benchmarks/infra_examples.jsonl``) weigh less, count in no figure and are on the training side of every fold. Figures are
cross-validated with near-copies of a story kept on one side, since copies on both sides flatter.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.classify.cascade import Cascade
from monitor.classify.linear import FILES, blank
from monitor.ids import digest
from monitor.model import FeedId, Label, Story, StoryId
from monitor.text import words

MIN_COUNT = 3  # a feature seen in fewer stories is noise
FOLDS = 5
EXAMPLE_WEIGHT = 0.4
STRENGTH = 0.3  # inverse of the penalty


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, gzipped or not. Raises SystemExit naming file and line of what is no object."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise SystemExit(f"{path}:{number}: is no JSON ({error})") from None
            if not isinstance(row, dict) or "id" not in row:
                raise SystemExit(f"{path}:{number}: expected an object with an id")
            yield row


def stories(paths: Sequence[Path], texts: Sequence[Path] = ()) -> list[dict[str, Any]]:
    """The labelled stories of all files, each id once (the first file wins), texts joined by id."""
    rows: dict[str, dict[str, Any]] = {}
    for path in paths:
        for row in read_lines(path):
            if not isinstance(row.get("labels"), list):
                raise SystemExit(f"{path}: {row['id']}: labels must be a list")
            rows.setdefault(row["id"], row)
    wanting = {key for key, row in rows.items() if "title" not in row}
    for path in texts:
        for row in read_lines(path):
            if row["id"] in wanting:
                rows[row["id"]] = {**row, **rows[row["id"]]}
                wanting.discard(row["id"])
    if wanting:
        raise SystemExit(
            f"{len(wanting)} labelled ids have no text, first {min(wanting)}: name a file that has it with --stories"
        )
    return list(rows.values())


def as_story(row: dict[str, Any]) -> Story:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Story(
        id=StoryId(row["id"]),
        feed_id=FeedId(""),
        url=row.get("url") or "",
        title=row["title"],
        summary=row.get("summary") or "",
        first_seen=now,
    )


def group_of(row: dict[str, Any]) -> str:
    """Near-copies share their rarest-looking words: the longest four of the title."""
    return digest(*sorted(sorted(set(words(row["title"])), key=lambda w: (-len(w), w))[:4]), size=6)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--label", choices=[label.value for label in Label], help="fit this one alone; default: every label")
    parser.add_argument("--stories", nargs="*", type=Path, default=[], help="files with the texts of lines that have only ids")
    parser.add_argument("--out", type=Path, help="with --label: where the model goes; default: the one in the package")
    parser.add_argument("--strength", type=float, default=STRENGTH, help="inverse of the penalty: higher trusts the data more")
    options = parser.parse_args(argv)
    if options.out and not options.label:
        parser.error("--out is of one model: say which with --label")
    rows = stories(options.files, options.stories)
    cascade = Cascade(models={label: blank(label) for label in Label})
    parses = [cascade.parse(as_story(row)) for row in rows]
    for label in [Label(options.label)] if options.label else Label:
        judged = [n for n, row in enumerate(rows) if label.value in row.get("judged", list(Label))]
        found = [p.features[label] if (p := parses[n]) else set[str]() for n in judged]
        card = fit(label, [rows[n] for n in judged], found, options.strength, options.out or FILES[label])
        print(json.dumps({label.value: card}, indent=1))  # noqa: T201
    return 0


def fit(label: Label, rows: Sequence[dict[str, Any]], found: Sequence[set[str]], strength: float, out: Path) -> dict[str, Any]:
    """Cross-validate, fit on everything, write the model with its card; the card."""
    import numpy as np  # noqa: PLC0415 - an extra: training only
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    counts = Counter(name for names in found for name in names)
    index = {name: n for n, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}
    cells = [(r, index[name]) for r, names in enumerate(found) for name in names if name in index]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(index)))
    groups = [group_of(row) for row in rows]
    example = np.array([bool(row.get("example")) for row in rows])
    weight = np.where(example, EXAMPLE_WEIGHT, 1.0)
    real, written = np.flatnonzero(~example), np.flatnonzero(example)
    gold = np.array([label.value in row["labels"] for row in rows])
    guess = np.zeros(len(rows))
    for inner, outer in GroupKFold(FOLDS).split(real, gold[real], [groups[i] for i in real]):
        train, test = np.concatenate([real[inner], written]), real[outer]
        model = LogisticRegression(C=strength, max_iter=2000).fit(matrix[train], gold[train], sample_weight=weight[train])
        guess[test] = model.predict_proba(matrix[test])[:, 1]
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, gold, sample_weight=weight)
    weights = {name: w for name, n in index.items() if abs(w := round(float(model.coef_[0][n]), 3)) >= 0.01}
    card = {
        "made": datetime.now(UTC).date().isoformat(),
        "stories": len(real),
        "positive": int(gold[real].sum()),
        "examples": len(written),
        "data": hashlib.sha256("".join(sorted(row["id"] for row in rows)).encode()).hexdigest()[:16],
        "features": len(weights),
        "strength": strength,
        "cross_validated": _figures(gold[real], guess[real]),
    }
    body = {"label": label.value, "card": card, "bias": round(float(model.intercept_[0]), 4), "weights": weights}
    out.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return card


def _figures(gold: Any, guess: Any) -> dict[str, dict[str, float]]:
    """Precision and recall at several thresholds."""
    table = {}
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        said = guess >= threshold
        hit = float((gold & said).sum())
        table[f"{threshold:g}"] = {"precision": round(hit / max(said.sum(), 1), 4), "recall": round(hit / max(gold.sum(), 1), 4)}
    return table


if __name__ == "__main__":
    sys.exit(main())
