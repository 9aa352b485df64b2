"""Chosen records to frozen moves, with the words that fill every slot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.crews import Crew
from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.parsing.chunks import quantifier
from monitor.classify.parsing.row import Row
from monitor.classify.words.document import Document
from monitor.model import Move, MoveAction, Span, Status

_ARTICLE = "the "
_SLOTS = ("person", "group", "from_org", "from_role", "to_org", "to_role")


def to_moves(
    document: Document, cast: Cast, found: Sequence[Found], status: Callable[[str, Collection[str]], Status]
) -> tuple[tuple[Move, ...], tuple[Span, ...]]:
    """Frozen records, and the words that fill every slot or are the frame by which somebody moves (``rule:…``). ``status`` says
    how sure the move of somebody is, where others move as well."""
    told: list[dict[str, str]] = []
    spans = []
    for n, record in enumerate(found):
        values = dict.fromkeys(_SLOTS, "")
        for slot, (place, text) in record.slots.items():
            row = cast.seen.rows[place.row]
            start = place.chunk.start
            if slot == "group":
                start, text = _group(cast, place, row)
            else:
                start += max(place.chunk.text.find(text), 0)
            values[slot] = text
            spans.append(document.span(row.sentence, start, start + len(text), f"moves.{n}.{slot}"))
        told.append(values)
        spans += _rules(document, cast, record.anchor)
    movers = [values["person"] or values["group"] for values in told]
    moves = tuple(
        Move(action=MoveAction(record.action), status=status(who, movers), **values)
        for record, who, values in zip(found, movers, told, strict=True)
    )
    return moves, tuple(dict.fromkeys(spans))


def _group(cast: Cast, place: Place, row: Row) -> tuple[int, str]:
    """Where a group begins, and its words, without the article: "five members of Osprey's grid team"."""
    role, end, start = place.chunk.role, place.chunk.end, place.chunk.start
    if start == cast.seen.rows[place.row].items[place.at].start:  # of "Osprey's chief and treasurer" the second has no owner
        start = _owner_start(cast, place)
    if isinstance(role, Crew):
        start, end = role.start, role.end
    start = quantifier(row.source, start, row.sentence.start)
    if row.source[start : start + len(_ARTICLE)].lower() == _ARTICLE:
        start += len(_ARTICLE)
    return start, row.source[start:end]


def _owner_start(cast: Cast, place: Place) -> int:
    """Where "OpenAI's Stargate leaders" begins: at the organisation right before the post, if there is one."""
    items, at = cast.seen.rows[place.row].items, place.at
    start = place.chunk.start
    for c in reversed(items[max(at - 3, 0) : at]):
        if c.kind not in ("org", "name") and c.low not in ("senior", "top", "key", "former", "ex-"):
            break
        start = c.start
    return start


def _rules(document: Document, cast: Cast, anchor: Named | None) -> list[Span]:
    """The frames on both sides of where somebody first stands."""
    if anchor is None:
        return []
    place, seen = anchor.places[0], cast.seen
    row = seen.rows[place.row]
    near = [row.items[at] for at in (seen.left[place.row][place.at], seen.right[place.row][place.at]) if at >= 0]
    return [document.span(row.sentence, c.start, c.end, f"rule:{c.frame.id}") for c in near if c.frame is not None]
