"""Which story each slot of an event came from, by the names evidence has for slots: ``moves.0.person``, ``buildout.orgs.1``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitor.model import Buildout, Move, StoryId

_MOVE = ("person", "group", "action", "from_org", "from_role", "to_org", "to_role", "status")
_BUILDOUT = ("action", "location", "project", "status")


def slots(moves: tuple[Move, ...], buildout: Buildout | None) -> Iterator[tuple[str, str]]:
    """Every slot that is filled, with its value."""
    for n, move in enumerate(moves):
        yield from ((f"moves.{n}.{name}", value) for name in _MOVE if (value := str(getattr(move, name))))
    if buildout is not None:
        yield from ((f"buildout.{name}", value) for name in _BUILDOUT if (value := str(getattr(buildout, name))))
        yield from ((f"buildout.orgs.{n}", org) for n, org in enumerate(buildout.orgs))
        for kind in ("amounts", "capacity"):
            yield from ((f"buildout.{kind}.{n}", q.text) for n, q in enumerate(getattr(buildout, kind)))


def traced(
    sources: Mapping[str, StoryId],
    before: Mapping[str, str],
    after: Mapping[str, str],
    story_id: StoryId,
) -> dict[str, StoryId]:
    """``sources`` once a story has made the slots ``before`` into ``after``: what it filled or changed comes from it."""
    return {slot: sources[slot] if before.get(slot) == value and slot in sources else story_id for slot, value in after.items()}
