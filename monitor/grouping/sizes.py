"""The sums and sizes of one more story laid over an event's: which are kept, which are told as a change."""

from __future__ import annotations

import re
from collections.abc import Callable

from monitor.grouping.facts import agree, bounds
from monitor.model import BuildoutAction, ChangeKind, Quantity
from monitor.money import in_dollars

Note = Callable[[ChangeKind, str, str], None]  # kind, before, after
Corrects = Callable[[str], bool]  # whether this story may overrule what a slot says
_VAGUE = re.compile(r"\b(?:multi|multiple|several|tens|dozens|hundreds|thousands|millions|billions)\b", re.I)
# Whose sites are counted where nobody builds is no news: "the county, which faced eight data centers, bans them".
_NOT_BUILT = (BuildoutAction.POLICY, BuildoutAction.OPPOSE, BuildoutAction.OTHER)
_SITES = re.compile(r".*\b(?:data ?cent(?:er|re)s?|campus(?:es)?|sites?|square[ -](?:foot|feet|met(?:er|re)s?))", re.I)


def sized(action: BuildoutAction, note: Note) -> Note:
    """``note`` for the sizes of a plan whose deed is ``action``."""

    def noted(kind: ChangeKind, before: str, after: str) -> None:
        if not (action in _NOT_BUILT and _SITES.fullmatch(after)):
            note(kind, before, after)

    return noted


def firmer(
    old: tuple[Quantity, ...], new: tuple[Quantity, ...], kind: ChangeKind, note: Note, title: str
) -> tuple[Quantity, ...]:
    """``old`` with the figures of a surer story's headline for those they are near to: talks of $4 billion, signed at $4.2."""
    told = [q for q in new if q.text in title and all(bounds(q) != bounds(k) for k in old)]
    found = []
    for known in old:
        near = next((q for q in told if q.unit == known.unit and agree((q,), (known,))), None)
        if near is not None:
            told.remove(near)
            note(kind, known.text, near.text)
        found.append(near or known)
    return tuple(found)


def _in_one_measure(a: Quantity, b: Quantity) -> bool:
    """One may take the other's place: a sum that of another sum, megawatts not that of a number of chips."""
    return a.unit == b.unit or None not in (in_dollars(a), in_dollars(b))


def add_quantities(
    old: tuple[Quantity, ...], new: tuple[Quantity, ...], kind: ChangeKind, note: Note, title: str, corrects: Corrects
) -> tuple[Quantity, ...]:
    """A first figure is a change, and so is another or a vague one that a headline gives; others are kept without a word.

    Where a story that ranks far above it gives only other figures, those take the place of what it said. What is no figure
    ("multi-billion dollar") says nothing beside one.
    """
    new = tuple(q for q in new if not (_VAGUE.search(q.text) and any(k.unit == q.unit for k in old)))
    wrong = [q for n, q in enumerate(old) if corrects(str(n))] if new and not agree(old, new) else []
    if wrong and len(wrong) == len(old) and {q.unit for q in old} & {q.unit for q in new}:
        note("correction", ", ".join(q.text for q in old), ", ".join(q.text for q in new))
        return new
    fresh: list[Quantity] = []
    for q in new:
        if not agree((q,), (*old, *fresh)) and all(q.text != k.text for k in (*old, *fresh)):
            fresh.append(q)
    told = [q for q in fresh if q.text in title or not (old or _VAGUE.search(q.text))]
    if told:
        before = [q.text for q in old if any(_in_one_measure(q, k) for k in told)]
        note(kind, ", ".join(before), ", ".join(q.text for q in told))
    return (*old, *fresh)[:8]
