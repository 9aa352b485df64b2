"""What is written for training tells only what its words say."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from benchmarks import written_moves, written_slots
from monitor.model import MoveAction


@cache
def rows() -> list[dict[str, Any]]:
    return [*written_moves.rows(1), *written_slots.rows(2)]


def test_every_letter_and_choice_is_filled() -> None:
    left = [row["title"] for row in rows() if re.search(r"[\[\]{}]|\|", row["title"] + row["summary"])]
    assert not left


@pytest.mark.parametrize("slot", ["person", "from_org", "to_org"])
def test_who_moves_and_from_where_to_where_stands_in_the_text(slot: str) -> None:
    for row in rows():
        said = f"{row['title']} {row['summary']}".lower()
        for move in row["moves"]:
            assert move[slot].lower() in said, (row["title"], move[slot])


def test_actions_are_known_and_no_two_rows_share_an_id() -> None:
    actions = {move["action"] for row in rows() for move in row["moves"]}
    assert actions <= {action.value for action in MoveAction}
    assert len({row["id"] for row in rows()}) == len(rows())
