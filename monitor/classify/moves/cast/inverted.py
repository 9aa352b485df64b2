"""A sentence that tells the verb before who does it: "Also gone: Ada Quill and Bo Tarrow", "Also leaving are …", "So has …".

Read with the verb behind the list, all that is known of "Ada Quill and Bo Tarrow leave" holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.known_orgs import Kind
from monitor.classify.parsing.neighbours import low_at, template_at
from monitor.classify.parsing.row import Row
from monitor.classify.words.lexicon import frames

_OPENS = frozenset("also others another other".split())
_ACTS = frozenset({"PERSON_LEAVES", "PERSON_STEPS", "PERSON_JOINS"})
_OUT = frozenset({"out"})  # no frame by itself
_LINKS = frozenset(": is are was were include includes".split())
_ENDS = frozenset(". ; !".split())


def with_verbs_behind(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such a verb behind those it is told of."""
    return [_turned(row) if low_at(row.items, 0) in _OPENS else _so(row, n, rows) for n, row in enumerate(rows)]


_HAS = frozenset("has have had is are was were did does do will".split())


def _so(row: Row, n: int, rows: Sequence[Row]) -> Row:
    """ "So has Ada Quill, its chief roboticist.": she does what the sentence before tells."""
    items = row.items
    named = len(items) > 2 and items[2].kind in ("person", "name") and " " in items[2].text and not items[2].owns
    if not n or not named or low_at(items, 0) != "so" or low_at(items, 1) not in _HAS:
        return row
    verb = next((c for c in rows[n - 1].items if template_at([c], 0) in _ACTS), None)
    if verb is None:
        return row
    who, end = items[2], 3
    if who.org is not None:
        return row
    if who.entity is not None:
        who = who._replace(kind="person", entity=who.entity._replace(kind=Kind.PERSON))
    while low_at(items, end) in (",", "and") and end + 1 < len(items) and items[end + 1].kind == "person":
        end += 2
    return Row(row.sentence, row.source, [who, *items[3:end], items[1]._replace(kind="frame", frame=verb.frame), *items[end:]])


def _turned(row: Row) -> Row:
    items = row.items
    if low_at(items, 2) not in _LINKS or not (template_at(items, 1) in _ACTS or low_at(items, 1) in _OUT):
        return row
    end = _clause_end(items)
    people = [at for at in range(3, end) if items[at].kind == "person" and not items[at].owns]
    if not people or any(items[at].kind == "frame" for at in range(3, people[-1])):
        return row
    verb = items[1] if items[1].kind == "frame" else items[1]._replace(kind="frame", frame=frames()["leaves"])
    return Row(row.sentence, row.source, [*items[3:end], items[2]._replace(text="are", low="are"), verb, *items[end:]])


def _clause_end(items: Sequence[Chunk]) -> int:
    """Where the list ends, before what is told of its last in passing: "…, who ran finance"."""
    for at in range(3, len(items)):
        aside = items[at].low == "," and low_at(items, at + 1) in ("who", "whose", "which", "while", "as")
        if items[at].low in _ENDS or aside:
            return at
    return len(items)
