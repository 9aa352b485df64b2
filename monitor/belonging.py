"""Do new titles belong to a feed? For an address that was sold, hijacked or given to another site. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text import words
from monitor.urls import registrable

LEAST_OLD, LEAST_NEW = 12, 5  # titles without which nothing is said
# Share of the new titles' words that the old ones used. Two halves of one recorded feed of 30 entries or more share 0.05 to
# 0.5, two feeds on different matters 0.0 to 0.12: words alone prove nothing, so another sign has to join them.
STRANGE, STRANGE_WITH_BOTH = 0.12, 0.25


def foreign(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], *, old_title: str = "", new_title: str = "") -> bool:
    """Are the ``new`` (title, address) pairs another publisher's than the ``old``? False where there are too few to say.

    Asked only where a document shares nothing with the one before. Its words have to be strange, and besides them the
    stories lead to a site that none led to before, or the feed has taken another title.
    """
    if len(old) < LEAST_OLD or len(new) < LEAST_NEW:
        return False
    sites = {registrable(url) for _, url in old if url}
    moved = bool(sites) and not any(registrable(url) in sites for _, url in new)
    was, is_ = set(words(old_title)), set(words(new_title))
    renamed = bool(was) and bool(is_) and not was & is_
    strange = STRANGE_WITH_BOTH if moved and renamed else STRANGE if moved or renamed else 0.0
    return strange > 0 and shared([t for t, _ in old], [t for t, _ in new]) < strange


def shared(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of distinct words of ``new`` titles that occur in ``old`` ones; 0 where only the old ones can be read."""
    known = {word for title in old for word in words(title) if not word.isdigit()}
    said = {word for title in new for word in words(title) if not word.isdigit()}
    if len(said) < len(new):  # another script
        return 0.0 if len(known) >= len(old) else 1.0
    return len(said & known) / len(said)
