"""Networks in files: an encoder as ``monitor.classify.encoder.network`` reads it, and a teacher as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.encoder_mean import quantized, whole
from benchmarks.encoder_net import Net
from monitor.classify.encoder.wordpiece import MOST

ONLY_LEARNED = "st"  # how sure a story is, is learned beside the rest for what that teaches, and told better by cues
HEAVY, LIGHT = ("qkv", "o", "i", "d"), ("qkvb", "ob", "ib", "db", "g1", "b1", "g2", "b2")


def write(net: Net, words: Sequence[str], path: Path) -> None:
    """As ``monitor.classify.encoder.network`` reads it: one byte a weight, with a scale a word or a column."""
    tables: dict[str, Any] = {}
    heavy = {f"layer.{n}.{part}": layer[part] for n, layer in enumerate(net["layers"]) for part in HEAVY}
    for name, values in {"words": net["words"], **heavy}.items():
        tables |= quantized(name, np.asarray(values))
    light = {f"layer.{n}.{part}": x for n, layer in enumerate(net["layers"]) for part, x in layer.items() if x.ndim == 1}
    light |= {f"opening.{part}": net["opening"][part] for part in "gb"} | {"marks": net["marks"]}
    tables |= {name: np.asarray(x, np.float32) for name, x in light.items()}
    heads = {name: head for name, head in net["heads"].items() if name != ONLY_LEARNED}
    halves = {f"head.{name}.{part}": x for name, head in heads.items() for part, x in head.items()}
    tables |= {name: np.asarray(x, np.float16) for name, x in (halves | {"places": net["places"][:MOST]}).items()}
    tables["vocabulary"] = np.frombuffer("\n".join(words).encode(), np.uint8)
    written = path.with_name(f"new-{path.name}")
    np.savez(written, **tables)
    written.replace(path)  # whoever has the file as it was keeps it: its words are read where they stand


def read(path: Path, untrained: Net) -> Net:
    """An encoder that ``write`` wrote. ``untrained``: a network of its make, which says what it has; heads that the file does
    not hold are taken from it. Raises ValueError where the file is of another."""
    tables = np.load(path)

    def table(name: str) -> Any:
        return jnp.asarray(whole(tables, name))

    layers = [{part: table(f"layer.{n}.{part}") for part in HEAVY + LIGHT} for n in range(len(untrained["layers"]))]
    heads = {
        name: head if name == ONLY_LEARNED else {part: table(f"head.{name}.{part}") for part in head}
        for name, head in untrained["heads"].items()
    }
    opening = {part: table(f"opening.{part}") for part in "gb"}
    found = untrained | {"words": table("words"), "marks": table("marks"), "opening": opening, "layers": layers, "heads": heads}
    if jax.tree_util.tree_map(np.shape, found) != jax.tree_util.tree_map(np.shape, untrained):
        raise ValueError(f"{path}: has tables of other shapes than these stories and this base ask for")
    return found


def write_teacher(net: Net, path: Path) -> None:
    """Numbers of half the bits, under their paths in the network."""
    leaves = jax.tree_util.tree_flatten_with_path(net)[0]
    tables: dict[str, Any] = {jax.tree_util.keystr(at, simple=True, separator="."): np.asarray(x, np.float16) for at, x in leaves}
    np.savez(path, **tables)


def read_teacher(path: Path) -> Net:
    """A network that ``write_teacher`` wrote."""
    net: Net = {}
    tables = np.load(path)
    for name in tables.files:
        *lead, last = name.split(".")
        node = net
        for part in lead:
            node = node.setdefault(part, {})
        node[last] = jnp.asarray(tables[name], jnp.float32)
    return net | {"layers": [net["layers"][str(n)] for n in range(len(net["layers"]))]}
