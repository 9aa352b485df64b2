"""What went wrong, by kind, with the words that were judged and what the classifier gave as its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.evaluation.compare import overlap, paired, quantities, same_name
from monitor.evaluation.gold import MOVE_SLOTS, Gold, Record, Said
from monitor.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """``kind``: ``false yes executive_move``, ``false no infrastructure``, ``move person missing``, ``buildout orgs spurious`` …

    ``gold`` and ``said`` are the values where a slot is wrong; of labels ``said`` is the score.
    """

    kind: str
    story_id: str
    title: str
    gold: str = ""
    said: str = ""
    unsure: bool = False
    trace: tuple[str, ...] = ()


def mistakes(gold: Gold, said: Said) -> Iterator[Mistake]:
    """Every mistake of one story. Slots are judged where the story has the label, as the figures do."""
    for kind, wanted, given in _kinds(gold, said):
        yield Mistake(
            kind=kind,
            story_id=gold.story.id,
            title=gold.story.title,
            gold=wanted,
            said=given,
            unsure=gold.unsure,
            trace=said.trace,
        )


def _kinds(gold: Gold, said: Said) -> Iterator[tuple[str, str, str]]:
    for label in Label:
        if (label in gold.labels) != (label in said.labels):
            score = f"score {said.scores.get(label, 0.0):.2f}"
            yield f"false {'yes' if label in said.labels else 'no'} {label}", "", score
    if Label.EXECUTIVE_MOVE in gold.labels and Label.EXECUTIVE_MOVE in said.labels:
        yield from _of_moves(gold, said)
    if Label.INFRASTRUCTURE in gold.labels and Label.INFRASTRUCTURE in said.labels:
        yield from _of_buildout(gold.infra or {}, said.infra or {})


def _of_moves(gold: Gold, said: Said) -> Iterator[tuple[str, str, str]]:
    pairs, extra = paired(gold.moves, said.moves)
    for wanted, given in pairs:
        if given is None:
            yield "move record missing", _words(wanted), ""
            continue
        for slot in MOVE_SLOTS:
            yield from _slot(f"move {slot}", wanted.get(slot) or "", given.get(slot) or "")
        for slot in ("action", "status"):
            if wanted.get(slot) != given.get(slot):
                yield f"move {slot} wrong", f"{wanted.get(slot)}", f"{given.get(slot)}"
    for move in extra:
        yield "move record spurious", "", _words(move)


def _of_buildout(gold: Record, said: Record) -> Iterator[tuple[str, str, str]]:
    missing, extra = overlap(gold.get("orgs") or (), said.get("orgs") or (), same_name)
    yield from (("buildout orgs missing", name, "; ".join(said.get("orgs") or ())) for name in missing)
    yield from (("buildout orgs spurious", "; ".join(gold.get("orgs") or ()), name) for name in extra)
    for slot in ("amounts", "capacity"):
        wanted, given = quantities(gold.get(slot)), quantities(said.get(slot))
        told = ("; ".join(str(v) for v in gold.get(slot) or ()), "; ".join(str(v) for v in said.get(slot) or ()))
        if wanted - given:
            yield f"buildout {slot} missing", *told
        if given - wanted:
            yield f"buildout {slot} spurious", *told
    if gold.get("action") != said.get("action"):
        yield "buildout action wrong", f"{gold.get('action')}", f"{said.get('action')}"
    if place := gold.get("location"):
        yield from _slot("buildout location", place, said.get("location") or "")


def _slot(name: str, wanted: str, given: str) -> Iterator[tuple[str, str, str]]:
    if not same_name(wanted, given):
        yield f"{name} {'wrong' if wanted and given else 'missing' if wanted else 'spurious'}", wanted, given


def _words(move: Record) -> str:
    shown = ("person", "group", "action", "from_org", "from_role", "to_org", "to_role")
    return ", ".join(str(move[slot]) for slot in shown if move.get(slot))
