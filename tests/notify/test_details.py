"""The facts of a message, each told once."""

from __future__ import annotations

from monitor.model import Move, MoveAction
from monitor.notify.message import details
from tests.notify.samples import alert


def _told(*moves: Move) -> list[tuple[str, str]]:
    return details(alert(moves=moves, buildout=None).event)


def test_who_is_named_later_is_not_told_beside_the_post_without_a_name() -> None:
    group = Move(action=MoveAction.DEPART, group="Osprey CEO", from_org="Osprey", from_role="CEO")
    named = Move(action=MoveAction.DEPART, person="Ada Quill", from_org="Osprey", from_role="Chief Executive")
    assert _told(group, named) == [("Who", "Ada Quill"), ("From", "Osprey (Chief Executive)")]


def test_the_post_of_people_without_a_name_is_told_once() -> None:
    group = Move(action=MoveAction.DEPART, group="its executive director", from_org="Osprey", from_role="executive director")
    assert _told(group) == [("Who", "executive director"), ("From", "Osprey")]
    team = Move(action=MoveAction.HIRE, group="Three senior researchers", from_org="Osprey", from_role="senior researchers")
    assert _told(team) == [("Who", "Three senior researchers"), ("From", "Osprey")]
