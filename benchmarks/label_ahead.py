"""A label on stories later than all it learned from: ``python -m benchmarks.label_ahead LABEL FILES… --since 2026-04``.

FILES and ``--stories`` are as for ``monitor.training``. The model, its calibration and its threshold come from the stories
before ``--since`` and from written headlines (stories without a day, near-copies of later ones and later ones are left out); the
stories of the first file from that month on are judged by the whole cascade. So a figure says what next month's names and
words cost. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor.classify.cascade import Cascade
from monitor.model import Label
from monitor.training import fit, judged, stories
from monitor.training.data import Row, as_story, without


def split(rows: Sequence[Row], first: Sequence[Row], since: str) -> tuple[list[Row], list[Row]]:
    """What is learned from, and what is judged. ``since``: "2026-04" or "2026-04-15"."""
    told = {row["id"] for row in first}
    later = [row for row in rows if row["id"] in told and (row.get("published") or "") >= since]
    before = [row for row in without(rows, later) if row.get("example") or "" < (row.get("published") or "") < since]
    return before, later


def figures(label: Label, before: Sequence[Row], later: Sequence[Row]) -> dict[str, object]:
    """Precision and recall at the model's own threshold, of all and of what careful readers would not label differently."""
    model = fit(label, judged(before, [label])[label], made=datetime.now(UTC).date())
    cascade = Cascade(models={label: model}, reasons=False)
    said = {row["id"]: label in {m.label for m in cascade.classify(as_story(row)).matches} for row in later}
    found: dict[str, object] = {"label": label.value, "threshold": model.threshold, "learned from": model.card["stories"]}
    for name, rows in (("sample", later), ("clear", [row for row in later if not row.get("unsure")])):
        gold = {row["id"] for row in rows if label.value in row["labels"]}
        flagged = {row["id"] for row in rows if said[row["id"]]}
        hit = len(gold & flagged)
        found[name] = {
            "stories": len(rows),
            "positive": len(gold),
            "precision": round(hit / max(len(flagged), 1), 4),
            "recall": round(hit / max(len(gold), 1), 4),
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("label", type=Label, choices=list(Label))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--stories", nargs="*", type=Path, default=[], help="files with the texts of lines that have only ids")
    parser.add_argument("--since", default="2026-04")
    options = parser.parse_args()
    rows = stories(options.files, options.stories)
    before, later = split(rows, stories(options.files[:1]), options.since)
    print(json.dumps(figures(options.label, before, later)))


if __name__ == "__main__":
    main()
