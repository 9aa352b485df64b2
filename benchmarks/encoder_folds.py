"""Which third of the stories a network is kept from, near-copies on one side."""

from __future__ import annotations

import hashlib

FOLDS = 3


def fold_of(kin: str) -> int:
    """``kin``: one for near-copies (``monitor.training.data.kin_of``)."""
    return int(hashlib.md5(kin.encode()).hexdigest(), 16) % FOLDS
