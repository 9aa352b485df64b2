"""How much of what is flagged in a stream is right: ``python -m benchmarks.stream_precision LABEL FILES… --stream FILE``.

FILES and ``--stories`` are as for ``monitor.training``; ``--stream`` has the stream's texts. Each of its stories that was read is
judged by the cascade with a model of the other folds (near-copies together, the threshold its own). Also counted: right ones
that were missed, and flagged ones that nobody has read, by the shipped model; ``--list`` prints those and the wrong ones.
Needs the extra ``train``.
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
from monitor.training.data import Row, as_story, group_of, judged_for, read_lines
from monitor.training.fit import FOLDS
from monitor.training.labelled import Judged


def unseen(label: Label, found: Sequence[Judged], told: set[str]) -> dict[str, bool]:
    """Whether each story of ``told`` is flagged by a model that has not seen it, by id."""
    from sklearn.model_selection import GroupKFold

    real = [j for j in found if not j.row.get("example")]
    written = [j for j in found if j.row.get("example")]
    said: dict[str, bool] = {}
    for inner, outer in GroupKFold(FOLDS).split(real, groups=[group_of(j.row) for j in real]):
        model = fit(label, [*(real[int(n)] for n in inner), *written], made=datetime.now(UTC).date())
        cascade = Cascade(models={label: model}, reasons=False)
        rows = [real[int(n)].row for n in outer if real[int(n)].row["id"] in told]
        said |= {row["id"]: flagged(cascade, row, label) for row in rows}
    return said


def flagged(cascade: Cascade, row: Row, label: Label) -> bool:
    return label in {m.label for m in cascade.classify(as_story(row)).matches}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("label", type=Label, choices=list(Label))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--stories", nargs="*", type=Path, default=[], help="files with the texts of lines that have only ids")
    parser.add_argument("--stream", type=Path, required=True)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    label: Label = options.label
    stream = {row["id"]: row for row in read_lines(options.stream)}
    rows = [row for row in stories(options.files, [options.stream, *options.stories]) if judged_for(row, label)]
    said = unseen(label, judged(rows, [label])[label], set(stream))
    gold = {row["id"] for row in rows if label.value in row["labels"]}
    wrong = [key for key, yes in said.items() if yes and key not in gold]
    shipped = Cascade(reasons=False)
    unread = [key for key, row in stream.items() if key not in said and flagged(shipped, row, label)]
    right = sum(yes and key in gold for key, yes in said.items())
    counts = {"right": right, "wrong": len(wrong), "missed": sum(not yes and key in gold for key, yes in said.items())}
    share = round(right / max(right + len(wrong), 1), 3)
    print(json.dumps({"label": label.value, **counts, "share right": share, "flagged and not read": len(unread)}))
    if options.list:
        for kind, keys in (("wrong", wrong), ("not read", unread)):
            for key in keys:
                print(f"{kind}: {stream[key]['title']}")


if __name__ == "__main__":
    main()
