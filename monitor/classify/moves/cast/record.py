"""One record of a move as it is being chosen: what ``choosing`` fills, ``overruling`` mends and ``to_moves`` freezes."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.classify.moves.cast.view import Named, Place


@dataclass(slots=True)
class Found:
    """One record: slot to the place it stands at and the words that fill it."""

    anchor: Named | None
    action: str
    slots: dict[str, tuple[Place, str]] = field(default_factory=dict)

    def get(self, slot: str) -> str:
        return self.slots[slot][1] if slot in self.slots else ""
