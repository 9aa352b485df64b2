"""The encoder: a small network (BERT with six layers) that reads a story's words in their order, applied with numpy.

It is all-MiniLM-L6-v2 (Wang et al. 2020, arXiv:2002.10957; Apache-2.0) trained on for Movewire's labels and slots by
``benchmarks/fit_encoder.py``. It is heavy (some 17 ms a reading), so that only the band and the slots of stories ask it, and an
extra: without numpy the linear models decide alone (``encoder.use``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.classify.encoder.mapped import Mapped, apart
from monitor.classify.encoder.use import CARD, FILE
from monitor.classify.encoder.wordpiece import WordPiece
from monitor.classify.weights.decision import Joint
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

HEADS = 12
_TINY = 1e-12
# erf(x) = 1 - (1 + a1 x + … + a6 x^6)^-16, off by at most 3e-7 (Abramowitz and Stegun, 7.1.28).
_ERF = (0.0000430638, 0.0002765672, 0.0001520143, 0.0092705272, 0.0422820123, 0.0705230784)


@dataclass(frozen=True)
class Card:
    """What is known of the encoder without its weights: how it was made, what its outputs stand for, how it is heard."""

    made: str
    data: str
    base: str
    stories: int
    layers: int
    actions: tuple[str, ...]
    patterns: tuple[str, ...]
    deeds: tuple[str, ...]
    joints: dict[Label, Joint]

    @property
    def version(self) -> str:
        """The day it was made and the beginning of its data's digest: ``2026-11-26.a1b2c3``."""
        return f"{self.made}.{self.data[:6]}"


class Encoder:
    """``tables``: the arrays of the file; whole numbers of one byte come with a scale a row or column. Words stay as they are
    there, and of these only those of a story are looked at."""

    def __init__(self, tables: Mapping[str, Any], layers: int) -> None:
        import numpy as np  # noqa: PLC0415 - an extra

        self._np = np
        words = bytes(tables["vocabulary"]).decode().split("\n")
        self.pieces = WordPiece({word: n for n, word in enumerate(words)})
        self._words, self._scales = tables["words"], tables["words.scale"]
        self.heads: dict[str, Array] = {
            name.removeprefix("head."): apart(tables[name]) for name in tables if name.startswith("head.")
        }
        self._places, self._marks = (apart(tables[name]) for name in ("places", "marks"))
        self._opening = [tables[name].astype(np.float32) for name in ("opening.g", "opening.b")]
        self._layers = [self._layer(tables, n) for n in range(layers)]

    def _layer(self, tables: Mapping[str, Any], n: int) -> dict[str, Array]:
        np, lead = self._np, f"layer.{n}."
        found = {}
        for name in tables:
            if name.startswith(lead) and not name.endswith(".scale"):
                whole = apart(tables[name])
                if f"{name}.scale" in tables:
                    whole *= tables[f"{name}.scale"].astype(np.float32)
                found[name.removeprefix(lead)] = whole
        return found

    def states(self, ids: list[int], marked: frozenset[int] = frozenset()) -> Array:
        """What the network makes of each piece: pieces × 384. ``marked``: the pieces of whom it is asked about."""
        np = self._np
        x = self._words[ids].astype(np.float32) * self._scales[ids].astype(np.float32)[:, None]
        x += self._places[: len(ids)]
        x += self._marks[[int(n in marked) for n in range(len(ids))]]
        x = self._level(x, *self._opening)
        for layer in self._layers:
            x = self._level(x + self._attend(x, layer), layer["g1"], layer["b1"])
            inner = self.gelu(x @ layer["i"] + layer["ib"])
            x = self._level(x + (inner @ layer["d"] + layer["db"]), layer["g2"], layer["b2"])
        return x

    def _attend(self, x: Array, layer: dict[str, Array]) -> Array:
        np, n = self._np, len(x)
        q, k, v = (x @ layer["qkv"] + layer["qkvb"]).reshape(n, 3, HEADS, -1).transpose(1, 2, 0, 3)
        scores = q @ k.transpose(0, 2, 1)
        scores /= np.float32(np.sqrt(q.shape[-1]))
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        found: Array = (scores @ v).transpose(1, 0, 2).reshape(n, -1) @ layer["o"] + layer["ob"]
        return found

    def _level(self, x: Array, gain: Array, shift: Array) -> Array:
        x = x - x.mean(-1, keepdims=True)
        spread: Array = (x * x).mean(-1, keepdims=True)
        found: Array = x / self._np.sqrt(spread + self._np.float32(_TINY)) * gain + shift
        return found

    def gelu(self, x: Array) -> Array:
        """x Φ(x), the exact form of Hendrycks and Gimpel 2016 (arXiv:1606.08415)."""
        np = self._np
        z = np.abs(x)
        z *= np.float32(0.7071067811865476)
        tail = np.full_like(z, _ERF[0])
        for a in _ERF[1:]:
            tail *= z
            tail += np.float32(a)
        tail *= z
        tail += np.float32(1)
        for _ in range(4):
            np.minimum(tail, np.float32(1e9), out=tail)
            tail *= tail
        np.reciprocal(tail, out=tail)  # 1 - erf(|x| / √2)
        tail *= np.float32(0.5)
        found: Array = x * np.where(x < 0, tail, 1 - tail)
        return found


@cache
def card(path: Path = CARD) -> Card:
    """Raises LexiconError where the file is missing or is none of ours."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        told: dict[str, Any] = {name: tuple(x) if isinstance(x, list) else x for name, x in raw.items()}
        return Card(**told | {"joints": {Label(name): Joint(**lines) for name, lines in raw["joints"].items()}})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path.name}: is no card of an encoder ({error})") from None


_loaded: dict[Path, Future[Encoder]] = {}
_asked: set[Path] = set()  # since they were last let go


def load(path: Path = FILE, layers: int | None = None) -> Encoder:
    """The network, which takes a tenth of a second and 80 MB: as late as it is needed, and once, however many threads ask for it
    first. ``layers``: as of the card. To be asked for at each use and not kept: see ``rest``.

    Raises LexiconError where the file is missing or is none of ours. Never runs code of the file (no pickles).
    """
    _asked.add(path)
    own: Future[Encoder] = Future()
    first = _loaded.setdefault(path, own)
    if first is own:
        try:
            own.set_result(_read(path, layers))
        except BaseException as error:  # an interrupt too: whoever waits for it raises it as well
            del _loaded[path]
            own.set_exception(error)
            raise
    return first.result()


def rest() -> None:
    """Lets go of what nobody has asked for since this was called last: the memory is the system's again, and the next question
    reads the file again. Whoever is at work with it meanwhile has it until the end."""
    for path, one in [*_loaded.items()]:
        if path not in _asked and one.done():
            _loaded.pop(path, None)
    _asked.clear()


def _read(path: Path, layers: int | None) -> Encoder:
    try:
        return Encoder(Mapped(path), card().layers if layers is None else layers)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(f"{path.name}: is no encoder ({error})") from None
