"""What is said between somebody and a name or post: features for the learned choice of slots.

Features are strings. They speak of kinds and places, frames and small words, never of a name, so that what was learned from
one month's people holds for the next month's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.view import Named, Place, View
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.words.lexicon import common_words, place_names
from monitor.classify.words.move_cues import products

NEAR = 6  # chunks of a path that are spelled out
_BE = frozenset({"is", "was", "been", "be", "being", "are", "were", "gets", "got"})


def frame_of(c: Chunk) -> str:
    """The template of a frame's chunk."""
    assert c.frame is not None
    return c.frame.template


def passive(seen: View, r: int, at: int) -> str:
    """ "+be" of "was named", "+ed" of a bare participle, "" of an active form."""
    items = seen.rows[r].items
    low = items[at].low.split()[0]
    if low.endswith("ed") or low in ("chosen", "made"):
        before = items[at - 1] if at else None
        return "+be" if before is not None and before.low in _BE else "+ed"
    return ""


def beside(seen: View, place: Place) -> tuple[str, str]:
    """What stands right before a place and right behind it."""
    symbols, at = seen.symbols[place.row], place.at
    return symbols[at - 1] if at else "^", symbols[at + 1] if at + 1 < len(symbols) else "$"


def between_frames(seen: View, place: Place) -> str:
    """The nearest frames on both sides."""
    items, fl, fr = seen.rows[place.row].items, seen.left[place.row][place.at], seen.right[place.row][place.at]
    return f"fb {frame_of(items[fl]) if fl >= 0 else '-'} {frame_of(items[fr]) if fr >= 0 else '-'}"


def local(seen: View, place: Place) -> Sequence[str]:
    """What stands around one place."""
    key = place.row, place.at, place.chunk.owns
    if (found := seen.around.get(key)) is None:
        found = seen.around[key] = _local(seen, place)
    return found


def _local(seen: View, place: Place) -> list[str]:
    r, at = place.row, place.at
    symbols, items = seen.symbols[r], seen.rows[r].items
    n = len(symbols)
    p1, n1 = beside(seen, place)
    p2 = symbols[at - 2] if at > 1 else "^"
    n2 = symbols[at + 2] if at + 2 < n else "$"
    found = [f"p1 {p1}", f"n1 {n1}", f"p2 {p2} {p1}", f"n2 {n1} {n2}", f"pn {p1} {n1}"]
    for side, verb in (("fl", seen.left[r][at]), ("fr", seen.right[r][at])):
        if verb < 0:
            found.append(f"{side} -")
            continue
        frame, low = frame_of(items[verb]), items[verb].low
        far = "near" if abs(verb - at) <= 3 else "far"
        found += [f"{side} {frame}", f"{side} {frame}{passive(seen, r, verb)} {far}", f"{side}w {low}"]
    found.append(between_frames(seen, place))
    if place.chunk.owns:
        found.append("owns")
    return found


def where(seen: View, place: Place) -> str:
    """ "title", "first" (sentence of the summary) or "later"."""
    return "title" if seen.rows[place.row].sentence.field == "title" else "first" if place.row <= 1 else "later"


def shape(c: Chunk) -> str:
    """What kind of name it is, of how many words, and of what kind of organisation where that is known."""
    org = c.org.kind if c.org is not None else ""
    if c.low in place_names():
        return "place"
    return (
        f"{c.kind}{min(len(c.text.split()), 4)}{' ' + org if org in ('media', 'government', 'regulator') else '*' if org else ''}"
    )


def direction(seen: View, place: Place) -> str:
    """The frame somebody stands by: on which side, of which template, doing what."""
    r, at = place.row, place.at
    items = seen.rows[r].items
    fl, fr = seen.left[r][at], seen.right[r][at]
    if fr >= 0 and (fl < 0 or fr - at <= at - fl + 2):
        f = items[fr].frame
        assert f is not None
        return subject_of(f.template, f.action) + passive(seen, r, fr)
    if fl >= 0:
        f = items[fl].frame
        assert f is not None
        return f"O:{f.template}:{f.action}{passive(seen, r, fl)}"
    return "-"


def subject_of(template: str, action: str) -> str:
    """The ``direction`` of who does what a frame in the active says."""
    return f"S:{template}:{action}"


def path(seen: View, a: Place, b: Place) -> list[str]:
    """What stands between two places of one row."""
    lo, hi = sorted((a.at, b.at))
    side = ">" if a.at < b.at else "<"
    between = seen.symbols[a.row][lo + 1 : hi]
    found = [f"{side} dist {min(len(between), 12) // 2}"]
    if len(between) <= NEAR:
        found.append(f"{side} path {' '.join(between)}")
    thin = [x for x in between if x not in ("the", "a", "an", "its", "their", "his", "her", "new")]
    found.append(f"{side} thin {' '.join(thin[:8])}")
    kept = [x for x in thin if x[0] in "FORPN" or x in RELATORS]
    found.append(f"{side} bones {' '.join(kept[:7])}")
    found += [f"{side} has {x}" for x in set(kept)]
    return found


RELATORS = frozenset(
    "from of at as to for by with after before in , ; and who where replace replacing former previously : -".split()
)


def of_none(ties: Ties, anchor: Named | None, count: int) -> set[str]:
    """Is none of the ``count`` candidates for a slot of somebody's record what fills it?"""
    heading = heading_of(ties.cast.seen, anchor) if anchor is not None else "-"
    found = {"none", f"none of {min(count, 3)}", f"none h {heading}", f"none for {anchor.kind if anchor is not None else '-'}"}
    found.update(f"none {word}" for word in ties.told_of(anchor))
    found.update(ties.facts.of_none(anchor))
    found.update(ties.firms_beside(anchor))
    return found


def of_pair(ties: Ties, anchor: Named | None, other: Named, rank: int) -> set[str]:
    """Does somebody come from, or go to, this organisation?"""
    seen = ties.cast.seen
    if (alone := ties.of_orgs.get(id(other))) is None:
        alone = ties.of_orgs[id(other)] = _org_alone(ties.cast, other, rank)
    found = alone.copy()
    held = anchor.places if anchor is not None else []
    mine = {p.row for p in held}
    together = [place for place in other.places[:4] if place.row in mine]
    for place in together:
        found.update(_along(seen, held, place))
    if not together:
        found.update(("apart", f"apart {where(seen, other.places[:4][-1])[0]}"))
    found.update(ties.of_org(anchor, other))
    return found


def _org_alone(cast: Cast, other: Named, rank: int) -> set[str]:
    """What is said of an organisation beside anybody."""
    seen, low = cast.seen, other.best.chunk.low
    found = {f"rank {min(rank, 4)}", f"shape {shape(other.best.chunk)}", f"mentions {min(len(other.places), 4)}"}
    found.add(f"in {where(seen, other.places[0])}")
    if plain(low):
        found.update(("plain", f"plain in {where(seen, other.places[0])}"))
    if low in products():
        found.add("product")
    found.update(_spread(cast, other))
    for place in other.places[:4]:
        found.update(_near(seen, place))
    return found


def _spread(cast: Cast, other: Named) -> Iterator[str]:
    """In which parts of a story an organisation stands, and whether it owns another one or is owned."""
    seen = cast.seen
    parts = {where(seen, p)[0] for p in other.places if p.chunk.kind != "word"}
    spread = "".join(part for part in "tfl" if part in parts)
    yield f"spread {spread} of {min(len(cast.orgs), 3)}"
    for p in other.places[:4]:
        items = seen.rows[p.row].items
        after = items[p.at + 1] if p.at + 1 < len(items) else None
        if p.chunk.owns and after is not None and after.kind in ("org", "name"):
            yield f"owner before {'role' if p.at + 2 < len(items) and items[p.at + 2].kind == 'role' else 'other'}"
        if p.at and items[p.at - 1].owns:
            yield f"owned {items[p.at - 1].kind}"


def of_title(ties: Ties, anchor: Named | None, n: int) -> set[str]:
    """Does the ``n``-th mention of a post belong to that person's move, as what they held or as what they get?"""
    seen, (post, place) = ties.cast.seen, ties.cast.titles[n]
    if (alone := ties.of_titles.get(n)) is None:
        alone = ties.of_titles[n] = _title_alone(seen, post, place, n)
    found = alone.copy()
    held = anchor.places if anchor is not None else []
    if any(p.row == place.row for p in held):
        found.update(_along(seen, held, place))
    else:
        found.update(("apart", f"apart {where(seen, place)}"))
    found.update(ties.of_title(anchor, place))
    return found


def _title_alone(seen: View, post: Named, place: Place, n: int) -> set[str]:
    """What is said of a mention of a post beside anybody."""
    c = place.chunk
    w = where(seen, place)
    found = {f"rank {min(n, 4)}", f"mentions {min(len(post.places), 4)}", f"in {w}"}
    found.add(f"short {len(c.text) <= 4 and c.text.isupper()} {w}")
    others = {where(seen, p) for p in post.places if p is not place}
    found.add(f"in {w} also {' '.join(sorted(others))}")
    if post.kind == "task":
        found.update(("task", f"task {c.low.split()[0]}"))
    if c.role is not None:
        found.add(f"level {c.role.level}{'g' if c.role.generic else ''}")
    for word in _RANKS:
        if word in c.low:
            found.add(f"word {word}")
    found.update(_near(seen, place))
    return found


_RANKS = ("former", "ex-", "new", "interim", "next", "incoming", "outgoing", "current", "board", "director", "chair")


def _near(seen: View, place: Place) -> list[str]:
    near, w = local(seen, place), where(seen, place)[0]
    return [*[f"l {x}" for x in near], *[f"l {w} {x}" for x in near[:2]]]


def _along(seen: View, held: Sequence[Place], place: Place) -> Iterator[str]:
    """What stands between somebody's first place in the row and this one."""
    first = next((a for a in held if a.row == place.row and a.at != place.at), None)
    if first is None:
        yield "self"
        return
    yield from path(seen, first, place)


def plain(low: str) -> bool:
    """Only words of the dictionary: "Next", "Role", "Data"; seldom a firm."""
    return all(word in common_words() for word in low.split())


def heading_of(seen: View, one: Named) -> str:
    """The direction at the first place that has one; the title speaks first."""
    for place in one.places[:3]:
        found = direction(seen, place)
        if found != "-":
            return found
    return "-"
