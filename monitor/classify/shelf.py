"""Which of a user's own models are in use: the folder ``classify.model_dir`` and its list ``current.json``.

For each label the list holds the models that were promoted, oldest first; the last one is in use. "" stands for the model
that ships with Movewire. ``movewire train`` writes it.
"""

from __future__ import annotations

import json
from pathlib import Path

import monitor.classify.weights.linear as linear
from monitor.classify.weights.linear import Model
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label

LIST = "current.json"
SHIPPED = ""
History = dict[Label, list[str]]


def history(folder: Path) -> History:
    """What was promoted, by label, the one in use last. Raises LexiconError where the list is damaged."""
    path = folder / LIST
    if not path.exists():
        return {label: [SHIPPED] for label in Label}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {label: [str(name) for name in raw.get(label.value, [])] or [SHIPPED] for label in Label}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise LexiconError(f"{path}: is no list of models ({error}); delete it to use the shipped ones") from None


def models_in(folder: Path) -> dict[Label, Model]:
    """A user's own models in use; labels whose shipped model is in use are left out.

    Raises LexiconError where one is missing or damaged, naming the file and the way back.
    """
    found = {}
    for label, names in history(folder).items():
        if names[-1] != SHIPPED:
            try:
                found[label] = linear.load(label, folder / names[-1])
            except LexiconError as error:
                raise LexiconError(f"{folder}: {error}; movewire train --rollback goes back to the one before") from None
    return found
