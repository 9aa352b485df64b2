"""Who stands before and behind each verb of a clause, by kinds: ``gp:t O hire P`` is an organisation hiring a person.

The nearest two that are named or have a post count on each side, within the clause and a few chunks. Beside the frames, what
stands right before and right behind a post tells much ("announces new CEO", "CEO of").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row
from monitor.classify.words.cues import PUBLIC, cues

REACH = 5  # chunks looked at on each side of a verb
_CLAUSE_ENDS = frozenset(", ; : . — – | · • … - after as amid over while but and following when who which".split())
_NEW = ("new", "next", "incoming", "interim", "acting")
_OLD = ("former", "ex", "outgoing", "departing")


def patterns(row: Row, field: str) -> Iterable[str]:
    """Features of one sentence; ``field`` is ``t`` (title) or ``s`` (summary)."""
    items = row.items
    told = [(at, c) for at, c in enumerate(items) if c.kind in ("frame", "role")]
    if not told:
        return
    kinds = ["" if c.kind == "word" else _kind(c) for c in items]
    if any(c.frame is not None for _, c in told):
        clauses = _clauses(items)
        # Words in brackets are no part of the clause around them: then what stands side by side in it may not in the sentence.
        of_public_life = "(" in row.source or bool(PUBLIC & cues(row.sentence.lows))
    for at, c in told:
        if c.frame is not None:
            yield from _of_frame(items, kinds, clauses, at, field)
            worlds = _worlds(row, clauses, at) if of_public_life else frozenset()
            yield from _of_world(row, kinds, clauses, at, field, worlds)
        elif c.role is not None:
            post = kinds[at] + _age(c)
            yield f"gp:{field} {_word(items, kinds, at - 1)} > {post}"
            yield f"gp:{field} {post} < {_word(items, kinds, at + 1)}"


def _of_frame(items: Sequence[Chunk], kinds: Sequence[str], clauses: Sequence[int], at: int, field: str) -> Iterable[str]:
    frame = items[at].frame
    assert frame is not None
    before = [i for i in range(max(0, at - REACH), at) if kinds[i] and clauses[i] == clauses[at]]
    behind = [i for i in range(at + 1, min(len(items), at + 1 + REACH)) if kinds[i] and clauses[i] == clauses[at]]
    left = kinds[before[-1]] if before else "-"
    right = kinds[behind[0]] if behind else "-"
    wide_left = " ".join(kinds[i] + ("'s" if items[i].owns else "") for i in before[-2:]) or "-"
    wide_right = " ".join(kinds[i] for i in behind[:2]) or "-"
    yield f"gp:{field} {left} {frame.action} {right}"
    yield f"gp:{field} {wide_left} {frame.action} {wide_right}"
    yield f"gp:{field} {left} {round(frame.prior * 4)} {right}"
    yield f"gp:{field} {left} {frame.id} {right}"
    yield f"gp:{field} {left} {frame.id} + {_word(items, kinds, at + 1)}"


def _worlds(row: Row, clauses: Sequence[int], at: int) -> frozenset[str]:
    """What is of public life in the clause of the verb ``at``."""
    clause = [c for c, number in zip(row.items, clauses, strict=True) if number == clauses[at]]
    return PUBLIC & cues(tuple([low for c in clause for low in row.sentence.lows[c.first : c.last + 1]]))


def _of_world(
    row: Row, kinds: Sequence[str], clauses: Sequence[int], at: int, field: str, worlds: frozenset[str]
) -> Iterable[str]:
    """The verb with the world its own clause is of: what stands in another clause ("over Israel post") tells nothing of it."""
    frame = row.items[at].frame
    assert frame is not None
    here = sorted({kind for kind, number in zip(kinds, clauses, strict=True) if kind and number == clauses[at]})
    for world in worlds or ("clean",):
        yield f"gp:{field} {world} {frame.action} {' '.join(here)}"
        yield f"gp:{field} {world} {round(frame.prior * 4)} {min((k[:2] for k in here if k[0] == 'R'), default='-')}"


def _clauses(items: Sequence[Chunk]) -> list[int]:
    """The number of each chunk's clause. "as" before a post ends none."""
    found, number = [], 0
    for at, c in enumerate(items):
        if c.kind == "word" and c.low in _CLAUSE_ENDS:
            names_post = c.low == "as" and at + 1 < len(items) and items[at + 1].role is not None
            number += not names_post
        found.append(number)
    return found


def _kind(c: Chunk) -> str:
    """One or two letters: P person, N name, O organisation, M outlet, G government, R1 … R4 post; "" for the rest."""
    if c.role is not None:
        old = "x" if c.low.startswith(("former ", "ex-", "ex ")) else ""
        return f"R{c.role.level}{'g' if c.role.generic else ''}{'s' if c.role.plural else ''}{old}"
    if c.kind == "org":
        of = c.org.kind if c.org is not None else ""
        return "G" if of in ("government", "regulator") else "M" if of == "media" else "O"
    return {"person": "P", "name": "N"}.get(c.kind, "")


def _age(c: Chunk) -> str:
    return " new" if c.low.startswith(_NEW) else " old" if c.low.startswith(_OLD) else ""


def _word(items: Sequence[Chunk], kinds: Sequence[str], at: int) -> str:
    if not 0 <= at < len(items):
        return "^" if at < 0 else "$"
    frame = items[at].frame
    return kinds[at] or (frame.action if frame is not None else items[at].low)
