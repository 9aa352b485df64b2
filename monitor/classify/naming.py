"""Names and posts made comparable, beside the words as written: ``org_id`` and the level of a role."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

# (typing_extensions' own, because pydantic needs it to describe the rows in the API's document before Python 3.12.)
from typing_extensions import TypedDict

from monitor.later import Later
from monitor.model import Buildout, BuildoutAction, Move, MoveAction, Quantity, Status
from monitor.text import fold

if TYPE_CHECKING:
    import monitor.classify.words.lexicon as lexicon
else:  # most lists show no slots
    lexicon = Later("monitor.classify.words.lexicon")

_FORMS = frozenset("inc corp corporation co company ltd limited llc plc ag sa nv se asa ab gmbh".split())
_OTHER = re.compile(r"[^a-z0-9]+")


class MoveRow(TypedDict):
    """A move as plain values: its words as written, and beside them organisations and posts made comparable."""

    person: str
    group: str
    action: MoveAction
    from_org: str
    from_org_id: str
    from_role: str
    from_level: int | None
    to_org: str
    to_org_id: str
    to_role: str
    to_level: int | None
    status: Status


class BuildoutRow(TypedDict):
    """A buildout as plain values; ``org_ids`` in the order of ``orgs``."""

    orgs: list[str]
    org_ids: list[str]
    action: BuildoutAction
    amounts: list[Quantity]
    capacity: list[Quantity]
    location: str
    project: str
    status: Status


def move_row(move: Move) -> MoveRow:
    return MoveRow(
        person=move.person,
        group=move.group,
        action=move.action,
        from_org=move.from_org,
        from_org_id=org_id(move.from_org),
        from_role=move.from_role,
        from_level=listed_level(move.from_role),
        to_org=move.to_org,
        to_org_id=org_id(move.to_org),
        to_role=move.to_role,
        to_level=listed_level(move.to_role),
        status=move.status,
    )


def buildout_row(built: Buildout) -> BuildoutRow:
    return BuildoutRow(
        orgs=list(built.orgs),
        org_ids=[org_id(name) for name in built.orgs],
        action=built.action,
        amounts=list(built.amounts),
        capacity=list(built.capacity),
        location=built.location,
        project=built.project,
        status=built.status,
    )


@lru_cache(maxsize=8192)
def org_id(name: str) -> str:
    """The organisation as one word: of the gazetteer's own name where it knows the one written, else of this one.

    >>> org_id("AWS"), org_id("Amazon Web Services, Inc."), org_id("Corvid Systems Ltd")
    ('amazon-web-services', 'amazon-web-services', 'corvid-systems')
    """
    full, key = _keys(name)
    return _known().get(full) or _known().get(key, key)


@lru_cache(maxsize=8192)
def listed_level(role: str) -> int | None:
    """How senior a post is by the list of roles, 1 (chief officers, chairs, presidents, founders) to 4; None where none is said
    or none of the list."""
    from monitor.classify.parsing.roles import level_of  # noqa: PLC0415 - its patterns cost 25 ms, which lists without moves do not pay

    level = level_of(role) if role else 5
    return level if level < 5 else None


@cache
def _known() -> dict[str, str]:
    """Every name's key, with and without its legal form, to its organisation's id: that of its own name, without the form
    where no other has that already ("EQT Corp" is no EQT)."""
    found: dict[str, str] = {}
    ids: dict[str, str] = {}
    for alias, org in lexicon.orgs().items():
        if org.name not in ids:
            full, key = _keys(org.name)
            ids[org.name] = full if key in found else key
        for key in reversed(_keys(alias)):
            found.setdefault(key, ids[org.name])
    return found


def _keys(name: str) -> tuple[str, str]:
    """The words of a name as one, with its legal form and without."""
    words = _OTHER.sub(" ", fold(name).replace("'s", "").replace(".", "")).split()
    if words[:1] == ["the"] and len(words) > 1:
        del words[0]
    full = "-".join(words)
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return full, "-".join(words)
