"""A user's own models: every version kept, one in use a label, one step back at any time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import monitor.classify.weights.linear as linear
from monitor.classify.shelf import LIST, SHIPPED, History, history
from monitor.classify.weights.linear import Model
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label
from monitor.training.data import TrainingError
from monitor.training.fit import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A model on the shelf, or the shipped one (``name`` is then ""). ``model`` None: its file cannot be read."""

    label: Label
    name: str
    in_use: bool
    model: Model | None


class Shelf:
    """The folder ``classify.model_dir``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, model: Model) -> str:
        """Write the model under a name of its own; the same model twice has one name."""
        stem, number = f"{model.label.value}-{model.version}", 1
        while (path := self.folder / f"{stem}-{number}.json").exists():
            try:
                if linear.load(model.label, path) == model:
                    return path.name
            except LexiconError:
                pass  # what cannot be read is not this model
            number += 1
        write(model, path)
        return path.name

    def promote(self, label: Label, name: str) -> None:
        """Use ``name`` from now on (a daemon: after its next start)."""
        known = history(self.folder)
        if known[label][-1] != name:
            self._save(known | {label: [*known[label], name]})

    def rollback(self, label: Label) -> tuple[str, str]:
        """Go back to the model before; the names of the one left and the one now in use. Raises TrainingError at the first."""
        known = history(self.folder)
        if len(known[label]) < 2:
            raise TrainingError(f"{label}: the model in use is the first one, there is none to go back to")
        self._save(known | {label: known[label][:-1]})
        return known[label][-1], known[label][-2]

    def versions(self) -> Iterator[Version]:
        """The shipped model of each label and everything on the shelf, by label and name."""
        known = history(self.folder)
        for label in Label:
            yield Version(label=label, name=SHIPPED, in_use=known[label][-1] == SHIPPED, model=linear.shipped(label))
            for path in sorted(self.folder.glob(f"{label.value}-*.json")):
                yield Version(label=label, name=path.name, in_use=known[label][-1] == path.name, model=_read(label, path))

    def _save(self, known: History) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{LIST}.draft"
        draft.write_text(json.dumps({label.value: names for label, names in known.items()}, indent=1) + "\n", encoding="utf-8")
        draft.replace(self.folder / LIST)


def _read(label: Label, path: Path) -> Model | None:
    try:
        return linear.load(label, path)
    except LexiconError:
        return None
