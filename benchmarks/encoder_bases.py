"""The published networks training begins with, as ``encoder_net`` has them; both from packages of PyPI (``make encoder``)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

from benchmarks.encoder_net import Net

PLACES = 256  # of the table of places; longer texts are never read
MINILM, MPNET = (f"sentence-transformers/all-{name}, Apache-2.0" for name in ("MiniLM-L6-v2", "mpnet-base-v2"))
# MPNet counts places from 2 on, and calls what opens and closes a text otherwise.
_FIRST_PLACE, _CALLED = 2, {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>"}
Tables = dict[str, Any]


def words_of(folder: Path) -> list[str]:
    """The vocabulary of a folder's tokenizer.json, by number."""
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(vocabulary, key=vocabulary.__getitem__)


def minilm(folder: Path) -> Net:
    tables = _tables(folder)
    found = _opened(tables, tables["embeddings.word_embeddings.weight"], tables["embeddings.position_embeddings.weight"])
    names = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
    return found | {
        "marks": tables["embeddings.token_type_embeddings.weight"],
        "layers": _layers(tables, names, "attention.output.LayerNorm"),
    }


def mpnet(folder: Path, words: Sequence[str]) -> Net:
    """Read with the numbers that ``words`` have, the other network's vocabulary; of whom a record is, is marked as it is there,
    by a table that begins with nothing in it."""
    tables = _tables(folder)
    numbers = {word: n for n, word in enumerate(words_of(folder))}
    known = [numbers[word] for word in (_CALLED.get(word, word) for word in words)]
    found = _opened(
        tables,
        tables["embeddings.word_embeddings.weight"][np.array(known)],
        tables["embeddings.position_embeddings.weight"][_FIRST_PLACE:],
    )
    return found | {
        "marks": jnp.zeros((2, found["words"].shape[1])),
        "distances": tables["encoder.relative_attention_bias.weight"],
        "layers": _layers(tables, tuple(f"attention.attn.{name}" for name in "qkvo"), "attention.LayerNorm"),
    }


def _tables(folder: Path) -> Tables:
    return {name: jnp.asarray(table, jnp.float32) for name, table in load_file(folder / "model.safetensors").items()}


def _opened(tables: Tables, words: Any, places: Any) -> Net:
    level = {"g": tables["embeddings.LayerNorm.weight"], "b": tables["embeddings.LayerNorm.bias"]}
    return {"words": words, "places": places[:PLACES], "opening": level}


def _layers(tables: Tables, names: Sequence[str], level: str) -> list[Net]:
    """``names``: of what makes queries, keys, values and what they give together; ``level``: of what levels that."""
    found: list[Net] = []
    while f"encoder.layer.{len(found)}.output.dense.weight" in tables:
        lead = f"encoder.layer.{len(found)}."
        layer = {
            "qkv": jnp.concatenate([tables[f"{lead}{name}.weight"].T for name in names[:3]], 1),
            "qkvb": jnp.concatenate([tables[f"{lead}{name}.bias"] for name in names[:3]]),
        }
        for name, long in (("o", names[3]), ("i", "intermediate.dense"), ("d", "output.dense")):
            layer |= {name: tables[f"{lead}{long}.weight"].T, f"{name}b": tables[f"{lead}{long}.bias"]}
        for n, long in ((1, level), (2, "output.LayerNorm")):
            layer |= {f"g{n}": tables[f"{lead}{long}.weight"], f"b{n}": tables[f"{lead}{long}.bias"]}
        found.append(layer)
    return found
