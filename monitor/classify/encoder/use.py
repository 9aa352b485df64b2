"""Whether the encoder is used: what is asked for (``classify.encoder``), and what the installation has."""

from __future__ import annotations

import importlib.util

from monitor.classify.words.lexicon import DATA

FILE, CARD = DATA / "encoder.npz", DATA / "encoder.json"


def lacks() -> str:
    """What the encoder needs and the installation has not, and what to do about it; "" where it has all."""
    if importlib.util.find_spec("numpy") is None:
        return "numpy; install it with: pip install 'movewire[encoder]'"
    return "" if FILE.is_file() else f"{FILE.name}, which this installation was made without"


def used(asked: str) -> bool:
    """``asked``: auto, on or off. On is a wish that was checked before (``unusable``)."""
    return asked == "on" or (asked == "auto" and not lacks())


def told(asked: str) -> str:
    """For people: whether it is used, and why not."""
    if used(asked):
        return "used"
    return "not used: classify.encoder is off" if asked == "off" else f"not used: it needs {lacks()}"
