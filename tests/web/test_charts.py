"""Laws of the charts: nothing is lost between the numbers and the marks, and no mark leaves the drawing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.standing import Progress
from monitor.summaries import Sum
from monitor.surfaces.web.charts import OTHERS, Stream, charts, columns, nice, sankey

NAMES = st.sampled_from([f"Org {n}" for n in range(30)])
STREAMS = st.lists(st.builds(Stream, source=NAMES, target=NAMES, count=st.integers(0, 50)), max_size=60)


@given(STREAMS, st.integers(1, 20))
def test_every_mover_is_in_one_ribbon_and_in_one_node_a_side(streams: list[Stream], most: int) -> None:
    drawn = sankey(streams, most=most)
    total = sum(f.count for f in streams)
    assert sum(b.count for b in drawn.ribbons) == total
    for side in (drawn.left, drawn.right):
        assert sum(n.count for n in side) == total
        assert len([n for n in side if n.name != OTHERS]) <= most
        for above, below in itertools.pairwise(side):
            assert above.y + above.height < below.y
        assert all(n.y >= -0.1 and n.y + n.height <= drawn.height + 0.1 for n in side)


def test_the_largest_stands_first_and_the_rest_is_gathered_last() -> None:
    drawn = sankey(
        [
            Stream(source="A", target="B", count=1),
            Stream(source="C", target="B", count=5),
            Stream(source="D", target="B", count=1),
        ],
        most=1,
    )
    assert [n.name for n in drawn.left] == ["C", OTHERS]
    assert drawn.ribbons[0].path.startswith("M10.0 ")


def test_no_flow_is_no_drawing() -> None:
    assert sankey([]).ribbons == ()


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), st.floats(0, 1e12), max_size=6))
def test_stacked_columns_stand_on_the_ground_and_below_the_top(values: dict[tuple[str, str], float]) -> None:
    drawn = columns("abc", values, "xy", height=100)
    assert {(b.column, b.series) for b in drawn.bars} == {pair for pair, value in values.items() if value > 0}
    assert all(b.y >= -0.1 and b.y + b.height <= 100.1 for b in drawn.bars)
    assert drawn.top >= max((sum(v for (c, _), v in values.items() if c == name) for name in "abc"), default=0) * 0.999


@given(st.floats(1e-3, 1e13))
def test_a_nice_number_is_near_and_not_below(value: float) -> None:
    assert value * 0.999 <= nice(value) <= value * 2.6


@pytest.mark.parametrize("count", [1, 2, 13, 16, 17, 24, 36])
def test_names_of_months_do_not_stand_on_each_other(count: int) -> None:
    names = [f"{2024 + n // 12}-{n % 12 + 1:02}" for n in range(count)]
    labels = columns(names, {(name, "planned"): 1.0 for name in names}, ["planned"]).labels
    assert labels[-1][0] == names[-1], "the newest is named"
    middles = [x for _, x in labels]
    assert all(after - before >= 55 for before, after in itertools.pairwise(middles)), middles
    assert len(labels) == count if count <= 16 else len(labels) >= 9


@pytest.mark.parametrize(("last", "small"), [("2026-01", True), ("2026-02", False)])
def test_more_months_than_a_year_s_take_the_whole_width(last: str, small: bool) -> None:
    stages = {stage.value: (1, 1e9, 100.0) for stage in Progress}
    months = [Sum(name=name, events=1, amount=1e9, capacity=100.0, stages=stages) for name in ("2025-01", last)]
    made = charts(months)
    assert [chart.small for chart in made] == [small, small]
    assert all(chart.drawn.width == (480 if small else 960) for chart in made)
