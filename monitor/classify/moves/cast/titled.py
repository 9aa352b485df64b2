"""What is written behind a name and is part of it: "Ada Quill, Ph.D., as chair", "Ben Hart, Jr.", "Ada Vale Farms, Inc."."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.known_orgs import Kind
from monitor.classify.parsing.neighbours import low_at
from monitor.classify.parsing.row import Row

_CREDENTIALS = frozenset("ph.d phd m.d d.phil dphil jr sr cpa cfa esq mba j.d dvm pharmd dds facc p.e llm".split())
_LEGAL = frozenset("inc llc ltd corp plc llp".split())
_BOTH = _CREDENTIALS | _LEGAL


def with_titles(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without what is written behind people's names; a name with "Inc." is a firm's, whatever first name it has."""
    return [row if _BOTH.isdisjoint(map(_bare, row.sentence.lows)) else _with_titles(row) for row in rows]


def _bare(low: str) -> str:
    return low.rstrip(".")


def _with_titles(row: Row) -> Row:
    items, kept = row.items, list[Chunk]()
    at = 0
    while at < len(items):
        c = items[at]
        comma = low_at(items, at + 1) == ","
        behind = _bare(low_at(items, at + 1 + comma))
        if c.kind == "person" and behind in _LEGAL:
            c = _as(c, Kind.ORG)
        elif c.kind in ("person", "name") and " " in c.text and comma and behind in _CREDENTIALS:
            c = _as(c, Kind.PERSON)
            at += 2
            while low_at(items, at + 1) in (".", ",") and at + 2 < len(items):
                at += 1
        kept.append(c)
        at += 1
    return Row(row.sentence, row.source, kept)


def _as(c: Chunk, kind: Kind) -> Chunk:
    if c.entity is None or c.org is not None:
        return c
    return c._replace(kind="org" if kind is Kind.ORG else "person", entity=c.entity._replace(kind=kind))
