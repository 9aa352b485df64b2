"""What is said between somebody and a name or post: features for the learned choice of slots.

Features are strings. They speak of kinds and places, frames and small words, never of a name, so that what was learned from
one month's people holds for the next month's.
"""

from __future__ import annotations

from monitor.classify.cast import Named, Place, View, place_names
from monitor.classify.chunks import Chunk

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


def local(seen: View, place: Place) -> list[str]:
    """What stands around one place."""
    r, at = place.row, place.at
    symbols, items = seen.symbols[r], seen.rows[r].items
    n = len(symbols)
    p1 = symbols[at - 1] if at else "^"
    p2 = symbols[at - 2] if at > 1 else "^"
    n1 = symbols[at + 1] if at + 1 < n else "$"
    n2 = symbols[at + 2] if at + 2 < n else "$"
    found = [f"p1 {p1}", f"n1 {n1}", f"p2 {p2} {p1}", f"n2 {n1} {n2}", f"pn {p1} {n1}"]
    fl, fr = seen.left[r][at], seen.right[r][at]
    if fl >= 0:
        c = items[fl]
        far = "near" if at - fl <= 3 else "far"
        found += [f"fl {frame_of(c)}", f"fl {frame_of(c)}{passive(seen, r, fl)} {far}", f"flw {c.low}"]
    else:
        found.append("fl -")
    if fr >= 0:
        c = items[fr]
        far = "near" if fr - at <= 3 else "far"
        found += [f"fr {frame_of(c)}", f"fr {frame_of(c)}{passive(seen, r, fr)} {far}", f"frw {c.low}"]
    else:
        found.append("fr -")
    found.append(f"fb {frame_of(items[fl]) if fl >= 0 else '-'} {frame_of(items[fr]) if fr >= 0 else '-'}")
    if place.chunk.owns:
        found.append("owns")
    return found


def where(seen: View, place: Place) -> str:
    """ "title", "first" (sentence of the summary) or "later"."""
    return "title" if seen.rows[place.row].sentence.field == "title" else "first" if place.row <= 1 else "later"


def shape(c: Chunk) -> str:
    """What kind of name it is, of how many words, and of what kind of organisation where that is known."""
    org = c.entity.org.kind if c.entity is not None and c.entity.org is not None else ""
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
        return f"S:{f.template}:{f.action}{passive(seen, r, fr)}"
    if fl >= 0:
        f = items[fl].frame
        assert f is not None
        return f"O:{f.template}:{f.action}{passive(seen, r, fl)}"
    return "-"


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


def of_pair(seen: View, anchor: Named | None, other: Named, rank: int, heading: str) -> set[str]:
    """Does this name or post belong to that person's move? ``heading``: the person's own direction."""
    found = {f"rank {min(rank, 4)}", f"shape {shape(other.best.chunk)}", f"mentions {min(len(other.places), 4)}"}
    found.add(f"in {where(seen, other.places[0])}")
    found.add(f"h {heading} rank {min(rank, 3)}")
    if other.kind == "post":
        role = other.best.chunk.role
        if role is not None:
            found.add(f"level {role.level}{'g' if role.generic else ''}")
        for word in ("former", "ex-", "new", "interim", "next", "incoming", "outgoing", "current", "board", "director", "chair"):
            if word in other.best.chunk.low:
                found.add(f"word {word}")
                found.add(f"h {heading} word {word}")
    held = anchor.places if anchor is not None else []
    mine = {p.row for p in held}
    together, w = False, "l"
    for place in other.places[:4]:
        near = local(seen, place)
        w = where(seen, place)[0]
        found.update(f"l {x}" for x in near)
        found.update(f"l {w} {x}" for x in near[:2])
        found.update(f"h {heading} {x}" for x in near if not x.startswith(("p2", "n2", "pn", "flw", "frw")))
        if place.row in mine:
            together = True
            for a in held:
                if a.row == place.row and a.at != place.at:
                    between = path(seen, a, place)
                    found.update(between)
                    found.update(f"h {heading} {x}" for x in between[-4:] if " has " not in x)
                    break
            else:
                found.add("self")
    if not together:
        found.add("apart")
        found.add(f"apart {w}")
        found.add(f"apart h {heading}")
    return found


def heading_of(seen: View, one: Named) -> str:
    """The direction at the first place that has one; the title speaks first."""
    for place in one.places[:3]:
        found = direction(seen, place)
        if found != "-":
            return found
    return "-"
