"""A text and the spans that prove something, cut into pieces that a template can mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from monitor.model import Span

_RULE = "rule:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    text: str
    supports: tuple[str, ...] = ()  # empty: not marked

    @property
    def title(self) -> str:
        """What the piece proves, for a reader: ``person, from`` of ``moves.0.person`` and ``moves.0.from_org``."""
        return ", ".join(dict.fromkeys(_name(s) for s in self.supports))

    @property
    def kind(self) -> str:
        """``slot`` where it fills one, else ``cue``: a word that made us flag the story."""
        return "slot" if any(not s.startswith(_RULE) for s in self.supports) else "cue"


_NAMES = {
    "from_org": "from",
    "to_org": "to",
    "from_role": "former role",
    "to_role": "new role",
    "orgs": "organisation",
    "amounts": "amount",
}


def _name(supports: str) -> str:
    if supports.startswith(_RULE):
        return "why it was flagged"
    last = supports.rsplit(".", 1)[-1]
    return _NAMES.get(last, last.replace("_", " "))


def pieces(text: str, spans: Iterable[Span], field: str) -> list[Piece]:
    """``text`` in pieces whose texts, put together, are ``text`` again. A cue within a slot does not cut the slot's words.

    Spans may overlap; one that does not hold the words it claims marks nothing.
    """
    held = [s for s in spans if s.field == field and 0 <= s.start < s.end <= len(text) and text[s.start : s.end] == s.text]
    slots = [s for s in held if not s.supports.startswith(_RULE)]
    cues = [s for s in held if s.supports.startswith(_RULE)]
    inside = {at for s in slots for at in range(s.start + 1, s.end)}
    edges = sorted(
        {0, len(text)}
        | {at for s in slots for at in (s.start, s.end)}
        | {at for s in cues for at in (s.start, s.end) if at not in inside}
    )
    found: list[Piece] = []
    for start, end in pairwise(edges):
        supports = tuple(s.supports for s in held if s.start < end and start < s.end)
        found.append(Piece(text=text[start:end], supports=supports))
    return found
