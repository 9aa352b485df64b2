"""One encoder of several: ``python -m benchmarks.encoder_mean ENCODER.npz ENCODER.npz… --out FILE.npz``.

The weights are averaged (Wortsman et al. 2022, arXiv:2203.05482). The networks must have begun alike: same base, same untrained
heads (``fit_encoder`` makes these from one seed), stories in another order or a few more of them. What is read then costs as much
as with one.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

SCALE = ".scale"
BY_ROW = frozenset({"words"})  # of the rest a scale belongs to a column


def quantized(name: str, table: Any) -> dict[str, Any]:
    """One byte a weight and a scale a word or a column, under the names they have in the file."""
    scale = np.maximum(np.abs(table).max(int(name in BY_ROW), keepdims=True) / 127, 1e-12)
    return {name: np.round(table / scale).astype(np.int8), f"{name}{SCALE}": scale.squeeze().astype(np.float32)}


def whole(tables: Any, name: str) -> Any:
    """A table as numbers, whether it is written with a scale or not."""
    table = tables[name].astype(np.float32)
    if f"{name}{SCALE}" not in tables:
        return table
    scale = tables[f"{name}{SCALE}"]
    return table * (scale[:, None] if name in BY_ROW else scale)


def mean(files: Sequence[Path]) -> dict[str, Any]:
    """The tables of an encoder's file. Raises ValueError where two have other words, or tables of other shapes."""
    nets = [np.load(path) for path in files]
    first, found = nets[0], dict[str, Any]()
    for path, net in zip(files, nets, strict=True):
        shapes = {name: net[name].shape for name in net.files}
        if shapes != {name: first[name].shape for name in first.files} or (net["vocabulary"] != first["vocabulary"]).any():
            raise ValueError(f"{path}: has other tables or words than {files[0]}; only networks of one make are averaged")
    for name in (name for name in first.files if not name.endswith(SCALE)):
        if name == "vocabulary":
            found[name] = first[name]
            continue
        table = np.mean([whole(net, name) for net in nets], axis=0, dtype=np.float32)
        found |= quantized(name, table) if f"{name}{SCALE}" in first.files else {name: table.astype(first[name].dtype)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    draft = options.out.with_name(f"new-{options.out.name}")
    np.savez(draft, **mean(options.encoders))
    draft.replace(options.out)  # whoever has the file as it was keeps it: its words are read where they stand


if __name__ == "__main__":
    main()
