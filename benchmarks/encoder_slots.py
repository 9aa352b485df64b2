"""How right the slots of moves are with the encoder: ``python -m benchmarks.encoder_slots APART0.npz … --files FILES…``.

APART0.npz, APART1.npz … are what ``benchmarks.fit_encoder --apart 0``, ``1`` … wrote: networks that a third of the stories was
kept from. Of each third the slots are fitted on the others and on what was written (FILES as of ``monitor.training.slots``), and
its records are told without the encoder and with it at several weights (``monitor.classify.encoder.mixing``). Prints the
shares that are right of all gold records: kind of move, each slot, and the record (kind, from and to).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import monitor.classify.encoder.mixing as mixing
import monitor.training.slots as slots
from benchmarks.encoder_folds import fold_of
from monitor.classify.encoder.encoded import Encoded
from monitor.classify.encoder.network import Encoder, load
from monitor.classify.moves.choice.choosing import choose
from monitor.classify.moves.evidence.standing import SLOTS
from monitor.classify.weights.slot_model import SlotModel
from monitor.classify.words.document import read
from monitor.evaluation.compare import same_name
from monitor.training.data import as_story, kin_of, stories
from monitor.training.slots import Example

WEIGHTS = (0.3, 0.4, 0.5, 0.6)
Record = dict[str, str]


class Apart(Encoded):
    """A story as another network than the shipped one sees it."""

    def __init__(self, one: Example, path: Path) -> None:
        super().__init__(read(as_story(one.row)))
        self._path = path

    @property
    def _encoder(self) -> Encoder:
        return load(self._path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", type=Path, nargs="+")
    parser.add_argument("--files", type=Path, nargs="+", required=True)
    parser.add_argument("--stories", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    found = slots.examples(stories(options.files, options.stories))
    right: dict[float, Counter[str]] = {weight: Counter() for weight in (0.0, *WEIGHTS)}
    for fold, path in enumerate(options.networks):
        apart = [one for one in found if not one.row.get("example") and fold_of(kin_of(one.row)) == fold]
        kept = {id(one) for one in apart}
        model = slots.fit([one for one in found if id(one) not in kept])
        for one in apart:
            seen = Apart(one, path)
            for weight, counts in right.items():
                counts.update(judged(one.row["moves"], told(one, model, seen, weight)))
    for weight, counts in right.items():
        shares = " ".join(f"{name} {counts[name] / counts['records']:.3f}" for name in ("action", *SLOTS, "record"))
        print(f"encoder at {weight}: {shares} of {counts['records']} records; {counts['more']} more told")


def told(one: Example, model: SlotModel, seen: Apart, weight: float) -> list[Record]:
    """The story's records. ``weight``: the encoder's, of what fills a slot and of the kind of move; 0: it is not asked."""
    mixing.SLOTS = mixing.KINDS = weight
    found = choose(one.cast, model, seen if weight else None)
    return [{name: x.get(name) for name in ("person", *SLOTS)} | {"action": x.action} for x in found]


def judged(gold: Sequence[Record], found: Iterable[Record]) -> Counter[str]:
    """How many of the gold records are right in what."""
    left, counts = list(found), Counter[str]()
    for record in gold:
        counts["records"] += 1
        hit = next((x for x in left if same_name(x["person"], record["person"])), None)
        if hit is None:
            continue
        left.remove(hit)
        right = {name: same_name(hit[name], record[name]) for name in SLOTS} | {"action": hit["action"] == record["action"]}
        counts.update(name for name, is_right in right.items() if is_right)
        counts["record"] += right["action"] and right["from_org"] and right["to_org"]
    counts["more"] += len(left)
    return counts


if __name__ == "__main__":
    main()
