"""Where the marks of a chart stand: numbers in, coordinates out. The templates draw them as SVG.

Pure, and free of colour and text size: those belong to the style sheet. Coordinates are in the chart's own units, which
the ``viewBox`` of the drawing names, so a drawing scales with its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from monitor.money import dollars, watts
from monitor.standing import Progress
from monitor.summaries import Sum

NODE_WIDTH = 10.0
LABEL = 58.0  # how wide the name of a month is, with room around it
_OF_A_YEAR = 13  # months: so many fit into half a window
UNIT, GAP = 16.0, 10.0  # how high one mover is, and how far names stand apart
OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """So many go from ``source`` to ``target``."""

    source: str
    target: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    name: str
    count: int
    x: float
    y: float
    height: float
    members: tuple[str, ...] = ()  # the names gathered here, where the node is OTHERS

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """What goes from one node to another; ``path`` is the ``d`` of an SVG path."""

    source: str
    target: str
    count: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sankey:
    width: float
    height: float
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]


def sankey(streams: Iterable[Stream], *, width: float = 960, most: int = 14) -> Sankey:
    """Who loses on the left, who gains on the right, a ribbon for each pair.

    ``most`` names a side, the rest are gathered as OTHERS; one mover is UNIT high, or less where the
    taller side would exceed 720; the left side stands in the order of its counts and the right side near where its
    ribbons come from, so that few cross.
    """
    merged = _merge(list(streams), most)
    if not merged:
        return Sankey(width=width, height=0, left=(), right=(), ribbons=())
    left = _totals(merged, 0)
    right = _near(merged, left, _totals(merged, 1))
    total = sum(merged.values())
    gaps = GAP * (max(len(left), len(right)) - 1)
    unit = min(UNIT, max(720 - gaps, 120) / total)
    height = total * unit + gaps
    left_nodes = _column(left, 0, height, unit)
    right_nodes = _column(right, width - NODE_WIDTH, height, unit)
    return Sankey(
        width=width,
        height=round(height, 2),
        left=tuple(left_nodes.values()),
        right=tuple(right_nodes.values()),
        ribbons=tuple(_ribbons(merged, left_nodes, right_nodes, unit)),
    )


def _merge(streams: Sequence[Stream], most: int) -> dict[tuple[str, str], int]:
    """Counts by pair, the small names of each side gathered."""
    plain: dict[tuple[str, str], int] = defaultdict(int)
    for stream in streams:
        if stream.count > 0:
            plain[stream.source, stream.target] += stream.count
    kept = [set(list(_totals(plain, side))[:most]) for side in (0, 1)]
    merged: dict[tuple[str, str], int] = defaultdict(int)
    for (source, target), count in plain.items():
        merged[source if source in kept[0] else OTHERS, target if target in kept[1] else OTHERS] += count
    return dict(merged)


def _totals(pairs: dict[tuple[str, str], int], side: int) -> dict[str, int]:
    """Name to count, largest first, OTHERS last."""
    totals: dict[str, int] = defaultdict(int)
    for pair, count in pairs.items():
        totals[pair[side]] += count
    return dict(sorted(totals.items(), key=lambda item: (item[0] == OTHERS, -item[1], item[0])))


def _near(pairs: dict[tuple[str, str], int], left: dict[str, int], right: dict[str, int]) -> dict[str, int]:
    """The right side in the order of where its ribbons come from, so that few cross."""
    places = {name: place for place, name in enumerate(left)}

    def middle(name: str) -> float:
        return sum(places[source] * count for (source, target), count in pairs.items() if target == name) / right[name]

    return dict(sorted(right.items(), key=lambda item: (item[0] == OTHERS, middle(item[0]), -item[1], item[0])))


def _column(totals: dict[str, int], x: float, height: float, unit: float) -> dict[str, Node]:
    """Nodes from the top, the column centred in ``height``."""
    used = sum(totals.values()) * unit + GAP * (len(totals) - 1)
    y = (height - used) / 2
    nodes = {}
    for name, count in totals.items():
        nodes[name] = Node(name=name, count=count, x=x, y=round(y, 2), height=round(count * unit, 2))
        y += count * unit + GAP
    return nodes


def _ribbons(pairs: dict[tuple[str, str], int], left: dict[str, Node], right: dict[str, Node], unit: float) -> Iterable[Ribbon]:
    leaving = {name: node.y for name, node in left.items()}
    arriving = {name: node.y for name, node in right.items()}
    order = {name: n for n, name in enumerate(right)}
    rank = {name: n for n, name in enumerate(left)}
    for (source, target), count in sorted(pairs.items(), key=lambda item: (rank[item[0][0]], order[item[0][1]])):
        thick = count * unit
        a, b = leaving[source], arriving[target]
        leaving[source] += thick
        arriving[target] += thick
        yield Ribbon(
            source=source,
            target=target,
            count=count,
            path=_outline(left[source].x + NODE_WIDTH, a, right[target].x, b, thick),
        )


def _outline(x0: float, y0: float, x1: float, y1: float, thick: float) -> str:
    bend = (x0 + x1) / 2
    return (
        f"M{x0:.1f} {y0:.1f}C{bend:.1f} {y0:.1f} {bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        f"V{y1 + thick:.1f}C{bend:.1f} {y1 + thick:.1f} {bend:.1f} {y0 + thick:.1f} {x0:.1f} {y0 + thick:.1f}Z"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One piece of a stacked column."""

    column: str
    series: str
    value: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    width: float
    height: float
    bars: tuple[Bar, ...]
    labels: tuple[tuple[str, float], ...]  # a column's name and the x of its middle: of as many as have room, the last among them
    ticks: tuple[tuple[float, float], ...]  # a value and its y
    top: float  # the value at the upper edge


def columns(
    names: Sequence[str], values: dict[tuple[str, str], float], series: Sequence[str], *, width: float = 960, height: float = 180
) -> Columns:
    """Stacked columns: ``values`` by (column, series), pieces stacked in the order of ``series`` from the ground up."""
    totals = [sum(values.get((name, kind), 0.0) for kind in series) for name in names]
    top = nice(max(totals, default=0.0))
    apart = ceil(LABEL * len(names) / width) if names else 1
    step = min(width / max(len(names), 1), 160.0)  # few columns stand at the left, where a narrow window shows them
    wide = min(step * 0.7, 72.0)
    bars: list[Bar] = []
    for n, name in enumerate(names):
        y, x = height, round((n + 0.5) * step - wide / 2, 2)
        for kind, value in ((kind, values.get((name, kind), 0.0)) for kind in series):
            if value > 0:
                tall = value / top * height
                y -= tall
                box = {"x": x, "y": round(y, 2), "width": round(wide, 2), "height": round(tall, 2)}
                bars.append(Bar(column=name, series=kind, value=value, **box))
    return Columns(
        width=width,
        height=height,
        bars=tuple(bars),
        labels=tuple((name, round((n + 0.5) * step, 2)) for n, name in enumerate(names) if (len(names) - 1 - n) % apart == 0),
        ticks=tuple((top * part, round(height * (1 - part), 2)) for part in (0.0, 0.5, 1.0)),
        top=top,
    )


def nice(value: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not below ``value``; 1 for next to nothing."""
    if value < 1e-9:
        return 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(power * step for step in (1, 2, 2.5, 5, 10) if power * step >= value * (1 - 1e-9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    name: str
    drawn: Columns
    say: Callable[[float], str]
    small: bool  # two stand beside each other


def charts(months: Sequence[Sum]) -> list[Chart]:
    """Dollars and megawatts by month, stacked by stage; every month of the span has its place, an empty one too."""
    names = _every_month([month.name for month in months])
    small = len(names) <= _OF_A_YEAR
    made = []
    for title, place, say in (("Dollars announced", 1, dollars), ("Capacity announced", 2, watts)):
        values = {(m.name, stage): m.stages[stage][place] for m in months for stage in m.stages}
        if any(values.values()):
            drawn = columns(names, values, [stage.value for stage in Progress], width=480 if small else 960)
            made.append(Chart(name=title, drawn=drawn, small=small, say=lambda value, say=say: say(value) or "0"))  # type: ignore[misc]
    return made


def _every_month(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    at, found = datetime.strptime(names[0], "%Y-%m").replace(tzinfo=UTC), []
    while (name := at.strftime("%Y-%m")) <= names[-1]:
        found.append(name)
        at = (at + timedelta(days=32)).replace(day=1)
    return found[-36:]
