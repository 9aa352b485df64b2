"""One story as the encoder sees it: how likely its labels are, who moves, and what fills the slots of somebody's record.

A name or post is the mean of the states of its pieces, wherever it stands; of whom a record is, is marked before the network
reads the story again. The heads are those of ``benchmarks/fit_encoder.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from monitor.classify.encoder.network import Encoder, card, load
from monitor.classify.encoder.wordpiece import BETWEEN, MOST, Pieces
from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.words.document import Document
from monitor.model import Label

if TYPE_CHECKING:
    from monitor.classify.encoder.network import Array

SUMMARY_READ = 600  # characters of a summary
UNSEEN = None  # what is said of a name that stands behind the last piece read
Logs = list[float | None]
Stands = tuple[str, int, int]  # field, start, end


@dataclass(frozen=True, slots=True)
class Sight:
    """Of one record the logs of how likely each is: organisations and posts, each for where from and where to and last that
    none is told; actions and patterns."""

    orgs: tuple[Logs, Logs]
    titles: tuple[Logs, Logs]
    actions: dict[str, float]
    patterns: dict[str, float]


def fields(document: Document) -> tuple[str, str]:
    """Title, without the outlet behind it, and summary as the encoder reads them; offsets into them are the story's own."""
    story = document.story
    return document.title if story.title.startswith(document.title) else story.title, story.summary[:SUMMARY_READ]


class Encoded:
    """Nothing is read before it is asked for."""

    def __init__(self, document: Document) -> None:
        self._title, self._summary = fields(document)

    def label(self, label: Label) -> float:
        """The log odds of a label, before they are calibrated."""
        return float((self._whole @ self._heads["lab.w"] + self._heads["lab.b"])[list(Label).index(label)])

    def actors(self, names: Sequence[list[Stands]]) -> Logs:
        """The log odds that each name, by all its places, takes part in a buildout."""
        return self._yes("iorg", names)

    def deeds(self) -> dict[str, float]:
        """The log of how likely each action of a buildout is."""
        return dict(zip(card().deeds, _logs(self._whole @ self._heads["ia.w"] + self._heads["ia.b"]), strict=True))

    def people(self, cast: Cast) -> Logs:
        """The log odds that each person moves."""
        return self._yes("people", [_stands(cast, one.places) for one in cast.people])

    def posts(self, cast: Cast) -> Logs:
        """The log odds that each post moves without a name."""
        return self._yes("posts", [_stands(cast, one.places) for one in cast.posts])

    def sight(self, cast: Cast, anchor: Named | None) -> Sight:
        """The record of a person, of a post without a name, or of nobody who is named."""
        own = self._at(_stands(cast, anchor.places)) if anchor is not None else []
        x = self._encoder.states(self._pieces.ids, frozenset(own)) if own else self._plain
        of = x[own or [0]].mean(0)
        heads, gelu = self._heads, self._encoder.gelu
        kind = gelu(_joined(of, x[0]) @ heads["kind.w"] + heads["kind.z"]) @ heads["kind.v"] + heads["kind.b"]
        actions, patterns = card().actions, card().patterns
        return Sight(
            orgs=self._ranked("org", x, of, [_stands(cast, one.places) for one in cast.orgs]),
            titles=self._ranked("title", x, of, [_stands(cast, [place]) for _, place in cast.titles]),
            actions=dict(zip(actions, _logs(kind[: len(actions)]), strict=True)),
            patterns=dict(zip(patterns, _logs(kind[len(actions) :]), strict=True)),
        )

    @property
    def _encoder(self) -> Encoder:
        return load()

    @property
    def _heads(self) -> dict[str, Array]:
        return self._encoder.heads

    @cached_property
    def _pieces(self) -> Pieces:
        return self._encoder.pieces.pieces(f"{self._title}{BETWEEN}{self._summary}", MOST)

    @cached_property
    def _plain(self) -> Array:
        return self._encoder.states(self._pieces.ids)

    @cached_property
    def _whole(self) -> Array:
        return _joined(self._plain[0], self._plain.mean(0))

    def _yes(self, head: str, names: Sequence[list[Stands]]) -> Logs:
        heads, x = self._heads, self._plain
        found: Logs = []
        for places in names:
            at = self._at(places)
            if not at:
                found.append(UNSEEN)
                continue
            inner = self._encoder.gelu(_joined(x[at].mean(0), x[0]) @ heads[f"{head}.w"] + heads[f"{head}.z"])
            found.append(float((inner @ heads[f"{head}.v"] + heads[f"{head}.b"])[0]))
        return found

    def _ranked(self, head: str, x: Array, of: Array, names: Sequence[list[Stands]]) -> tuple[Logs, Logs]:
        """Of each name, and last of there being none, the log of its share for two slots."""
        weights, gelu = {name: self._heads[f"{head}.{name}"] for name in "abcvnz"}, self._encoder.gelu
        places = [self._at(stands) for stands in names]
        own = of @ weights["a"]
        sums = [
            gelu(own + (c := x[at].mean(0)) @ weights["b"] + (of * c) @ weights["c"] + weights["z"]) @ weights["v"]
            for at in places
            if at
        ]
        sums.append(gelu(own + weights["n"]) @ weights["v"])
        columns = []
        for side in (0, 1):
            logs = iter(_logs([row[side] for row in sums]))
            columns.append([*(next(logs) if at else UNSEEN for at in places), next(logs)])
        return columns[0], columns[1]

    def _at(self, stands: Iterable[Stands]) -> list[int]:
        """The pieces that a name consists of, in all its places."""
        begins = {"title": 0, "summary": len(self._title) + len(BETWEEN)}
        return self._pieces.within([(begins[field] + start, begins[field] + end) for field, start, end in stands])


def _stands(cast: Cast, places: Iterable[Place]) -> list[Stands]:
    rows = cast.seen.rows
    return [(rows[p.row].sentence.field, p.chunk.start, p.chunk.end) for p in places]


def _joined(a: Array, b: Array) -> Array:
    import numpy as np  # noqa: PLC0415 - an extra

    return np.concatenate([a, b], dtype=np.float32)


def _logs(sums: Any) -> list[float]:
    import numpy as np  # noqa: PLC0415 - an extra

    x = np.asarray(sums, dtype=np.float64)
    x = x - x.max()
    return [float(v) for v in x - np.log(np.exp(x).sum())]
