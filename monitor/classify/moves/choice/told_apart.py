"""Moves of several firms in one story, each told for itself: "Osprey promotes Ada Quill to CFO; Corvid Law hires Bo Tarrow".

Of a list of moves each *part* begins where a firm acts, or where somebody joins or leaves one, that no part before is of. What
fills the record of who stands in one part alone is looked for in that part, as if it were a story of its own: neither the firm
nor the post of the part before is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import NamedTuple

from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.view import Named, Place, seen_as
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import low_at, template_at
from monitor.classify.parsing.row import BREAKS, Row

_TAKES = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON", "ORG_PROMOTES", "ORG_OUSTS", "ORG_LOSES", "BOARD"})
_GOES = frozenset({"PERSON_JOINS", "PERSON_LEAVES"})
_HAS = frozenset("has have had also recently".split())
_BE = _HAS | frozenset("is was been be will".split())
_BEGINS = BREAKS | frozenset(": – - , and while but . elsewhere meanwhile separately".split())
_NEVER = frozenset(  # before a firm, these make what follows no clause of its own
    "of from by at to for with that which who whose as in on after before since when where until if than owner parent".split()
)
_REFERS = frozenset("he she him her his hers they them predecessor successor former ex- ex both who".split())
_OWN = frozenset("his her hers".split())
_DESCRIBED = 4  # chunks between where a clause begins and its firm: "Bergen's", "chip startup"
_OBJECT = 7  # chunks between a verb and whom it takes: "names former Osprey finance chief Ada Quill"


class _Span(NamedTuple):
    """Chunks of a row from ``first`` up to ``end``."""

    row: int
    first: int
    end: int


@dataclass(slots=True)
class Part:
    """A cast of its own, and where its rows begin in the whole one's."""

    cast: Cast
    spans: Sequence[_Span]
    own: dict[int, Named] = field(default_factory=dict)  # by the id of one of the whole cast who that is in this one

    def whole(self, place: Place) -> Place:
        """Where a place of this cast stands in the whole one."""
        row, first, _ = self.spans[place.row]
        return Place(row, place.at + first, place.chunk)


@dataclass(slots=True)
class _Told:
    """A row's chunks, and by their numbers the firms and people among them."""

    items: Sequence[Chunk]
    firms: dict[int, Named]
    people: dict[int, Named]


def parts(cast: Cast, posts: Sequence[Named] = ()) -> list[Part]:
    """The parts of a story that has several; none of any other. ``posts``: those that move without a name."""
    if len(cast.people) + len(posts) < 2 or len(cast.orgs) < 2:
        return []
    begun = [list(_beginnings(_told(cast, r, posts))) for r in range(len(cast.seen.rows))]
    if len({id(firm) for row in begun for _, firm in row}) < 2 or _moves_first(cast, begun):
        return []
    found = _gathered(cast, begun)
    return [_part(cast, spans) for spans in found] if len(found) > 1 else []


def _moves_first(cast: Cast, begun: Sequence[Sequence[tuple[int, Named]]]) -> bool:
    """Whether a move at a firm is told before the parts, which are then of that one: "Four engineers leave Osprey"."""
    lead = next(r for r, row in enumerate(begun) if row)
    firms = [firm for row in begun for _, firm in row]
    acts = any(c.frame is not None and c.frame.action != "other" for row in cast.seen.rows[:lead] for c in row.items)
    return acts and any(place.row < lead for one in cast.orgs if not any(one is firm for firm in firms) for place in one.places)


def _told(cast: Cast, r: int, posts: Sequence[Named]) -> _Told:
    movers = (*cast.people, *posts)
    firms, people = ({p.at: one for one in ones for p in one.places if p.row == r} for ones in (cast.orgs, movers))
    return _Told(cast.seen.rows[r].items, firms, people)


def _beginnings(row: _Told) -> Iterable[tuple[int, Named]]:
    """Where a clause begins that tells of a firm's move, and the firm."""
    for at, c in enumerate(row.items):
        if not c.named or c.owns or (start := _start(row.items, at)) < 0:
            continue
        acts = at in row.firms and at not in row.people and (_takes(row, at) or _heads(row, at))
        firm = row.firms[at] if acts else _of_its_own(row, at) if at in row.people else None
        if firm is not None and not _refers(row.items, start, _OWN if at in row.people else frozenset()):
            yield start, firm


def _start(items: Sequence[Chunk], at: int) -> int:
    """Where the clause begins that the name at ``at`` opens, with what describes it; -1 where it opens none."""
    first = at
    while first and items[first - 1].low not in _BEGINS:
        before = items[first - 1]
        plain = before.kind == "word" and before.low not in _NEVER
        if at - first >= _DESCRIBED or not (plain or (before.named and before.owns)):
            return -1
        first -= 1
    return first


def _takes(row: _Told, at: int) -> bool:
    """Whether a firm does something to somebody: "Corvid has hired Ada Quill"."""
    items, verb = row.items, _verb(row.items, at, _HAS)
    return template_at(items, verb) in _TAKES and any(n in row.people and not items[n].owns for n in _behind(items, verb))


def _heads(row: _Told, at: int) -> bool:
    """Whether a firm stands over what is told of somebody: "Corvid: Ada Quill has been named treasurer"."""
    return low_at(row.items, at + 1) == ":" and at + 2 in row.people


def _of_its_own(row: _Told, at: int) -> Named | None:
    """The firm that somebody joins, leaves, or gets a post of: "Ada Quill joins Corvid", "… named CFO of Corvid"."""
    items, verb = row.items, _verb(row.items, at, _BE)
    n = next((n for n in _behind(items, verb) if n in row.firms), -1)
    if n < 0 or items[n].owns or not template_at(items, verb):
        return None
    joined = n == verb + 1 and template_at(items, verb) in _GOES
    posted = low_at(items, n - 1) in ("of", "at") and items[n - 2].kind == "role"
    return row.firms[n] if joined or posted else None


def _verb(items: Sequence[Chunk], at: int, small: frozenset[str]) -> int:
    """Where the verb of the name at ``at`` stands, behind ``small`` words and what says how: "Corvid abruptly ousts"."""
    verb = at + 1
    while (low := low_at(items, verb)) in small or (low.endswith("ly") and items[verb].kind == "word"):
        verb += 1
    return verb


def _behind(items: Sequence[Chunk], verb: int) -> Iterable[int]:
    """The chunks behind a verb up to the next one, or to where the clause ends."""
    return takewhile(
        lambda n: items[n].kind != "frame" and items[n].low not in BREAKS, range(verb + 1, min(verb + 1 + _OBJECT, len(items)))
    )


def _refers(items: Sequence[Chunk], start: int, own: frozenset[str]) -> bool:
    """Whether a clause speaks of somebody told before it. ``own``: what may be of whom it tells: "to start her own firm"."""
    for c in items[start:]:
        if c.low in BREAKS or c.low == ".":
            return False
        if c.low in _REFERS and c.low not in own:
            return True
    return False


def _gathered(cast: Cast, begun: Sequence[Sequence[tuple[int, Named]]]) -> list[list[_Span]]:
    """The spans of each part. Those of one firm are one, and those in which one person stands."""
    people = [{(p.row, p.at) for p in one.places} for one in cast.people]
    firms: list[Named] = []
    spans: list[list[_Span]] = []
    for r, row in enumerate(cast.seen.rows):
        told = dict(begun[r])
        for first, end in pairwise(sorted({0, *told, len(row.items)})):
            span, firm = _Span(r, first, end), told.get(first)
            n = _spoken_of(span, people, spans) if firm is None else _number(firms, firm)
            if n == len(spans):
                spans.append([])
            if n >= 0:
                spans[n].append(span)
    return _joined(spans, people)


def _number(firms: list[Named], firm: Named) -> int:
    """Which of the firms it is, the last of them where it is new."""
    found = next((n for n, one in enumerate(firms) if one is firm), len(firms))
    firms += [firm] if found == len(firms) else []
    return found


def _spoken_of(span: _Span, people: Sequence[set[tuple[int, int]]], spans: Sequence[list[_Span]]) -> int:
    """The part that a stretch without a firm of its own goes on with: that of whom it speaks, else the last; -1 where none is."""
    here = [places for places in people if any(_in(span, place) for place in places)]
    for places in here:
        for n, others in enumerate(spans):
            if any(_in(other, place) for other in others for place in places):
                return n
    return len(spans) - 1


def _in(span: _Span, place: tuple[int, int]) -> bool:
    return span.row == place[0] and span.first <= place[1] < span.end


def _joined(spans: list[list[_Span]], people: Sequence[set[tuple[int, int]]]) -> list[list[_Span]]:
    """The parts, those in which one person stands as one."""
    for places in people:
        mine = [part for part in spans if any(_in(span, place) for span in part for place in places)]
        if len(mine) > 1:
            spans = [part for part in spans if part not in mine] + [sorted(span for part in mine for span in part)]
    return spans


def _part(cast: Cast, spans: Sequence[_Span]) -> Part:
    rows = [Row(row.sentence, row.source, row.items[first:end]) for r, first, end in spans for row in [cast.seen.rows[r]]]
    part = Part(Cast(seen_as(rows), [], [], [], []), spans)
    for ones, own in ((cast.people, part.cast.people), (cast.orgs, part.cast.orgs), (cast.posts, part.cast.posts)):
        for one in ones:
            if (inner := _within(one, spans)) is not None:
                part.own[id(one)] = inner
                own.append(inner)
    for one, place in cast.titles:
        if (at := _place(place, spans)) is not None:
            inner = part.own.get(id(one)) or _within(one, spans)
            assert inner is not None
            part.own[id(one)] = inner
            part.cast.titles.append((inner, at))
    return part


def _place(place: Place, spans: Sequence[_Span]) -> Place | None:
    for n, span in enumerate(spans):
        if _in(span, (place.row, place.at)):
            return Place(n, place.at - span.first, place.chunk)
    return None


def _within(one: Named, spans: Sequence[_Span]) -> Named | None:
    """One of the whole cast as the part has them: None where no place of theirs is in it."""
    places = [at for place in one.places if (at := _place(place, spans)) is not None]
    if not places:
        return None
    best = _place(one.best, spans) or max(places, key=lambda p: (p.chunk.kind == one.kind, len(p.chunk.text)))
    return Named(one.kind, best, places, one.key)
