"""Labels and slots against gold: ``python -m benchmarks.accuracy GOLD.jsonl [--move 0.5] [--infra 0.5] [--encoder off]``.

Runs the classifier alone over a gold file, writes predictions in the form the shared scorer reads, and prints its figures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from monitor.backtest import describe, to_story
from monitor.classify import load_classifier

SHARED = Path(os.environ.get("MOVEWIRE_SHARED", Path(__file__).parents[2] / "shared"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--move", type=float)
    parser.add_argument("--infra", type=float)
    parser.add_argument("--encoder", choices=("auto", "on", "off"), default="auto")
    parser.add_argument("--pred", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    o = parser.parse_args()
    classifier = load_classifier(threshold_move=o.move, threshold_infrastructure=o.infra, encoder=o.encoder)
    pred = o.pred or Path(tempfile.mkstemp(suffix=".jsonl")[1])
    rows = [json.loads(line) for line in o.gold.read_text(encoding="utf-8").splitlines()]
    began = time.process_time()
    with pred.open("w", encoding="utf-8") as out:
        for row in rows:
            story = to_story(row)
            verdict = classifier.classify(story)
            out.write(json.dumps(describe(story, verdict, None)) + "\n")
    spent = time.process_time() - began
    print(f"{len(rows)} stories in {spent:.2f} s of CPU, {1000 * spent / len(rows):.2f} ms each")
    subprocess.run(
        [sys.executable, str(SHARED / "eval/score.py"), "labels", str(o.gold), str(pred), "--errors", str(o.errors)], check=True
    )


if __name__ == "__main__":
    main()
