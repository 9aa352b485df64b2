"""Fits the shipped models: ``python -m monitor.training [--label LABEL] FILES…``. Needs the extra ``train``.

FILES are JSON lines with ``id``, ``title``, ``summary``, ``url`` and ``labels``; a line without a title is joined by its id
with the stories of ``--stories`` (JSON lines, or the same gzipped). ``"judged": ["infrastructure"]`` says which labels a
line was read for, where it was not read for all of them. Lines with ``"example": true`` (headlines written for the purpose:
``benchmarks/infra_examples.jsonl``) weigh less, count in no figure and are on the training side of every fold; with
``"example": "story"`` (whole stories: ``benchmarks/stories.jsonl``) the same but for a weight of their own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor.classify.weights.linear import FILES
from monitor.model import Label
from monitor.training import fit, judged, stories, write


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--label", choices=[label.value for label in Label], help="fit this one alone; default: every label")
    parser.add_argument("--stories", nargs="*", type=Path, default=[], help="files with the texts of lines that have only ids")
    parser.add_argument("--out", type=Path, help="with --label: where the model goes; default: the one in the package")
    parser.add_argument("--strength", type=float, help="inverse of the penalty: higher trusts the data more")
    options = parser.parse_args(argv)
    if options.out and not options.label:
        parser.error("--out is of one model: say which with --label")
    labels = [Label(options.label)] if options.label else list(Label)
    found = judged(stories(options.files, options.stories), labels)
    for label in labels:
        model = fit(label, found[label], made=datetime.now(UTC).date(), strength=options.strength)
        write(model, options.out or FILES[label])
        lines = {"threshold": model.threshold, "low": model.low, "high": model.high}
        print(json.dumps({label.value: {**model.card, **lines}}, indent=1))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
