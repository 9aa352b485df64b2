"""From a story to counts, from counts to figures.

Of labels: ``sample`` (every story counts once), ``clear`` (without those two readers might label differently) and
``natural`` (each story weighs as many as it stands for in the stream; a few carry most of that weight). Of moves: each slot,
action, status and the whole record (person, both organisations and action). Of buildouts: each slot and the action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from monitor.evaluation.compare import overlap, paired, quantities, same_name
from monitor.evaluation.gold import MOVE_SLOTS, Gold, Record, Said
from monitor.model import Label

Counts = dict[str, float]
Figures = dict[str, dict[str, Any]]
_VIEWS = ("sample", "clear", "natural")
_BUILDOUT_LISTS = ("orgs", "amounts", "capacity")


def counts_of(gold: Gold, said: Said) -> Counts:
    """What one story adds, by name: ``infrastructure.sample.tp``, ``moves.person.fn``, ``moves.action`` …; zeros left out."""
    found: Counts = {}
    for label in Label:
        cell = ("tn", "fp", "fn", "tp")[2 * (label in gold.labels) + (label in said.labels)]
        for view, weight in zip(_VIEWS, (1.0, float(not gold.unsure), gold.weight), strict=True):
            _add(found, f"{label}.{view}.{cell}", weight)
    if Label.EXECUTIVE_MOVE in gold.labels:
        _count_moves(found, gold.moves, said.moves)
    if Label.INFRASTRUCTURE in gold.labels:
        _count_buildout(found, gold.infra or {}, said.infra or {})
    return found


def total(counts: Iterable[Counts]) -> Counts:
    summed: Counts = {}
    for one in counts:
        for name, number in one.items():
            summed[name] = summed.get(name, 0.0) + number
    return summed


def figures(counts: Mapping[str, float]) -> Figures:
    """The figures of summed counts, between 0 and 1: precision ``p``, recall ``r`` and ``f1``, accuracies; ``n`` is a count."""
    get = counts.get
    out: Figures = {}
    for label in Label:
        out[label.value] = {view: _prf(counts, f"{label}.{view}") for view in _VIEWS}
        out[label.value]["n"] = int(get(f"{label}.sample.tp", 0) + get(f"{label}.sample.fn", 0))
    if n := get("moves.n"):
        out["moves"] = {"n": int(n)} | {f"{k}_acc": get(f"moves.{k}", 0) / n for k in ("action", "status", "record")}
        out["moves"] |= {slot: _prf(counts, f"moves.{slot}") for slot in MOVE_SLOTS}
    if n := get("infra.n"):
        located = get("infra.located.n", 0)
        out["infra"] = {
            "n": int(n),
            "action_acc": get("infra.action", 0) / n,
            "location_recall": get("infra.located", 0) / located if located else None,
        } | {slot: _prf(counts, f"infra.{slot}") for slot in _BUILDOUT_LISTS}
    return out


def _add(counts: Counts, name: str, number: float) -> None:
    if number:
        counts[name] = counts.get(name, 0.0) + number


def _prf(counts: Mapping[str, float], name: str) -> dict[str, float]:
    tp, fp, fn = (counts.get(f"{name}.{cell}", 0.0) for cell in ("tp", "fp", "fn"))
    precision, recall = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
    return {"p": precision, "r": recall, "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0}


def _count_moves(found: Counts, gold: Iterable[Record], said: Iterable[Record]) -> None:
    pairs, extra = paired(tuple(gold), tuple(said))
    for wanted, given in pairs:
        move = given or {}
        right = {slot: same_name(wanted.get(slot) or "", move.get(slot) or "") for slot in MOVE_SLOTS}
        for slot, agrees in right.items():
            is_, has = bool(wanted.get(slot)), bool(move.get(slot))
            _add(found, f"moves.{slot}.tp", is_ and has and agrees)
            _add(found, f"moves.{slot}.fp", has and not (is_ and agrees))
            _add(found, f"moves.{slot}.fn", is_ and not (has and agrees))
        action = wanted.get("action") == move.get("action")
        _add(found, "moves.n", 1)
        _add(found, "moves.action", action)
        _add(found, "moves.status", wanted.get("status") == move.get("status"))
        _add(found, "moves.record", action and right["person"] and right["from_org"] and right["to_org"])
    for move in extra:
        for slot in MOVE_SLOTS:
            _add(found, f"moves.{slot}.fp", bool(move.get(slot)))


def _count_buildout(found: Counts, gold: Record, said: Record) -> None:
    missing, extra = overlap(gold.get("orgs") or (), said.get("orgs") or (), same_name)
    hits = len(gold.get("orgs") or ()) - len(missing)
    for cell, number in (("tp", hits), ("fp", len(extra)), ("fn", len(missing))):
        _add(found, f"infra.orgs.{cell}", number)
    for slot in ("amounts", "capacity"):
        wanted, given = quantities(gold.get(slot)), quantities(said.get(slot))
        for cell, number in (("tp", len(wanted & given)), ("fp", len(given - wanted)), ("fn", len(wanted - given))):
            _add(found, f"infra.{slot}.{cell}", number)
    _add(found, "infra.n", 1)
    _add(found, "infra.action", gold.get("action") == said.get("action"))
    if place := gold.get("location"):
        _add(found, "infra.located.n", 1)
        _add(found, "infra.located", bool(said.get("location")) and same_name(place, said.get("location") or ""))
