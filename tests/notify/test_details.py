"""The facts of a message, each told once."""

from __future__ import annotations

from dataclasses import replace

from monitor.changes import change_line
from monitor.model import BuildoutAction, Change, Label, Move, MoveAction
from monitor.notify.message import alert_message, details
from tests.notify.samples import AT, BUILDOUT, STORY, alert


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


def test_a_plan_that_is_off_does_not_sound_on_in_the_first_line() -> None:
    said = Change(at=AT, kind="status", after="called off", story_id=STORY.story_id)
    told = alert(moves=(), buildout=BUILDOUT, labels=(Label.INFRASTRUCTURE,))
    assert alert_message(told).title == "Skagen Power and Corvid Systems: power deal, 1.2 GW, $14 billion, Lindholm"
    off = replace(told, event=replace(told.event, timeline=(said,)), changes=(said,), revision=2)
    assert alert_message(off).title == (
        "Update: Skagen Power and Corvid Systems: power deal (called off), 1.2 GW, $14 billion, Lindholm"
    )
    thin = replace(off, event=replace(off.event, buildout=None, headline="Corvid Systems plans a site"))
    assert alert_message(thin).title == "Update, called off: Corvid Systems plans a site"
    said_already = replace(thin, event=replace(thin.event, headline="Corvid Systems site is called off"))
    assert alert_message(said_already).title == "Update: Corvid Systems site is called off"
    cancelled = replace(BUILDOUT, action=BuildoutAction.CANCEL)
    line = replace(said, after="cancelled or paused")
    gone = replace(off, event=replace(off.event, buildout=cancelled, timeline=(line,)), changes=(line,))
    assert alert_message(gone).title.startswith("Update: Skagen Power and Corvid Systems cancel: ")


def test_a_post_that_changed_is_said_as_what_they_do() -> None:
    assert change_line(Change(at=AT, kind="role", after="lead a new lab", story_id=STORY.story_id)) == "role: to lead a new lab"
