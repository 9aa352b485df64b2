"""What the linear models say of slots and what the encoder says, weighed together: logs are averaged (a product of experts)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from monitor.classify.encoder.encoded import Logs, Sight
from monitor.classify.moves.evidence.standing import Chances
from monitor.classify.weights.linear import LEAST, log_odds, sigmoid
from monitor.classify.weights.slot_model import SlotModel

# How much the encoder counts beside the linear model: of whether somebody moves, of what fills a slot, of the kind of move, of
# whether a name takes part in a buildout, of that one's action. Over 817 records neither had seen whole ones are right in .756
# without it, of slots and kinds in .780 at .3, .788 at .4, .792 at .5, .791 at .6 (``benchmarks.encoder_slots``); of the actions
# of 659 buildouts .771 without it, .786 at .4. Of how sure a story is it knows less than cues do.
MOVERS, SLOTS, KINDS, ACTORS, DEEDS = 0.4, 0.5, 0.5, 0.4, 0.4
# Of organisations beside a firm without a name (``unnamed.py``), of which the encoder was hardly told: it takes the one that has
# a name for nobody's.
BESIDE_UNNAMED = 0.2
_FAINTEST = -9.0  # a log of the encoder's below it counts as this


def movers(chances: Sequence[float], odds: Logs) -> list[float]:
    """Of each who may move, how likely."""
    return [_mixed(p, z) for p, z in zip(chances, odds, strict=True)]


def _mixed(p: float, z: float | None) -> float:
    if z is None:
        return p
    return sigmoid((1 - MOVERS) * log_odds(p) + MOVERS * z)


def chances(told: Chances, sight: Sight, *, unnamed: bool = False) -> Chances:
    """How likely each candidate fills each slot; the rest of 1 is that none does. ``unnamed``: a firm without a name is told."""
    firms = BESIDE_UNNAMED if unnamed else SLOTS
    here, there, held, got = *sight.orgs, *sight.titles
    seen = {"from_org": here, "to_org": there, "from_role": held, "to_role": got}
    return {slot: _shares(p, seen[slot], firms if slot.endswith("org") else SLOTS) for slot, p in told.items()}


def _shares(shares: Sequence[float], logs: Logs, weight: float) -> list[float]:
    own = [math.log(max(p, LEAST)) for p in (*shares, 1 - sum(shares))]
    sums = [a if b is None else (1 - weight) * a + weight * max(b, _FAINTEST) for a, b in zip(own, logs, strict=True)]
    most = max(sums)
    parts = [math.exp(x - most) for x in sums]
    whole = sum(parts)
    return [x / whole for x in parts[:-1]]


def kinds(logs: Sequence[float], model: SlotModel, sight: Sight) -> list[float]:
    """The log of how likely each kind of move is."""
    return [
        (1 - KINDS) * log + KINDS * (sight.actions[action] + sight.patterns[pattern] + bond)
        for log, (action, pattern), bond in zip(logs, model.parts, model.bonds, strict=True)
    ]


def actors(sums: Sequence[float], odds: Logs) -> list[float]:
    """Of each name of a story, above 0 where it takes part in the buildout."""
    return [total if z is None else (1 - ACTORS) * total + ACTORS * z for total, z in zip(sums, odds, strict=True)]


def deeds(sums: Sequence[float], logs: Sequence[float]) -> list[float]:
    """Of each action of a buildout the more the likelier. ``sums``: the linear model's, which are its logs but for a constant."""
    return [(1 - DEEDS) * total + DEEDS * log for total, log in zip(sums, logs, strict=True)]
