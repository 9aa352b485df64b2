"""What a poll leads to, and the life of one event from rumour to denial, through the pure pipeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.model import (
    MoveAction,
    Nature,
    Status,
    Story,
    StoryId,
)
from monitor.results import PollResult
from monitor.settings.schema import Alerting
from tests.pipelines import FEED, SETTINGS, World, entry, moved_by
from tests.stories import NOON, move, moved


def test_two_stories_of_one_event_in_one_poll_make_one_alert() -> None:
    a, b = "Borealis Compute hires Mara Velling", "Mara Velling joins Borealis Compute"
    said = {a: moved_by(a, "Mara Velling", "Borealis Compute"), b: moved_by(b, "Mara Velling", "Borealis Compute")}
    result = World().poll(FEED, [entry(b, "g2", hours=-1), entry(a, "g1", hours=-2)], said)
    assert [s.title for s in result.stories] == [a, b]  # oldest first
    (event,) = result.events
    assert event.story_count == 2
    assert event.headline == a
    assert [m.relation for m in result.memberships] == ["founder", "member"]
    assert [(x.revision, x.event.story_count) for x in result.alerts] == [(1, 2)]
    assert [d.channel for d in result.deliveries] == ["desk"]
    assert (result.feed.stories, result.feed.matches) == (FEED.stories + 2, 2)


def test_a_first_poll_is_stored_and_grouped_and_not_alerted() -> None:
    title = "Borealis Compute hires Mara Velling"
    new = replace(FEED, baseline_done=False, stories=0)
    said = {title: moved_by(title, "Mara Velling", "Borealis Compute")}
    result = World().poll(new, [entry(title, "g1")], said)
    assert (len(result.stories), len(result.events), result.alerts, result.deliveries) == (1, 1, (), ())
    assert dict(result.notes[-1].fields)["because"] == "the story came with the first poll of its feed"
    wanted = SETTINGS.model_copy(update={"alerting": Alerting(alert_backlog=timedelta(hours=24))})
    assert len(World(settings=wanted).poll(new, [entry(title, "g1")], said).alerts) == 1


def test_the_first_poll_after_a_long_outage_is_a_baseline_again() -> None:
    title = "Borealis Compute hires Mara Velling"
    said = {title: moved_by(title, "Mara Velling", "Borealis Compute")}
    for days, alerts in ((6, 1), (8, 0)):
        feed = replace(FEED, last_success=NOON - timedelta(days=days))
        assert len(World().poll(feed, [entry(title, "g1")], said).alerts) == alerts


def test_an_edit_that_becomes_a_match_is_grouped_and_not_alerted() -> None:
    world, title = World(), "Borealis Compute hires Mara Velling"
    world.poll(FEED, [entry("Borealis Compute hires someone", "g1")])
    said = {title: moved_by(title, "Mara Velling", "Borealis Compute")}
    result = world.poll(FEED, [entry(title, "g1")], said, now=NOON + timedelta(hours=1))
    assert (len(result.updated), len(result.matches), len(result.events), result.alerts) == (1, 1, 1, ())


def test_an_edit_of_a_member_changes_its_event_and_is_not_alerted() -> None:
    world, title = World(), "Borealis Compute hires Mara Velling"
    said = {title: moved_by(title, "Mara Velling", "Borealis Compute")}
    world.poll(FEED, [entry(title, "g1")], said)
    mended = "Borealis Compute hires Mara Velling as finance chief"
    said = {mended: moved_by(mended, "Mara Velling", "Borealis Compute", to_role="finance chief")}
    result = world.poll(FEED, [entry(mended, "g1")], said, now=NOON + timedelta(hours=1))
    (event,) = result.events
    assert (event.headline, event.story_count, event.moves[0].to_role) == (mended, 1, "finance chief")
    assert result.alerts == ()


def test_a_round_up_alerts_nothing_and_is_linked() -> None:
    world, title = World(), "Borealis Compute hires Mara Velling"
    said = {title: moved_by(title, "Mara Velling", "Borealis Compute")}
    world.poll(FEED, [entry(title, "g1")], said)
    weekly = "Moves of the week: Mara Velling to Borealis Compute"
    said = {weekly: replace(said[title], nature=Nature.ROUNDUP)}
    result = world.poll(FEED, [entry(weekly, "g2", hours=1)], said, now=NOON + timedelta(hours=1))
    assert (result.events, result.alerts) == ((), ())
    assert [m.relation for m in result.memberships] == ["related"]


def test_the_life_of_an_event() -> None:
    """Rumour, second outlet, names, confirmation, denial of a part, and a week later another move."""
    world = World()
    group = "three senior cluster engineers"

    def tell(hours: float, outlet: str, title: str, *moves: tuple[str, str, str, Status]) -> PollResult:
        found = Story(id=StoryId(title), feed_id=FEED.id, url="", title=title, first_seen=NOON)
        said = [
            move(p, MoveAction.HIRE, from_org=origin, to_org=to, status=status, **({} if p else {"group": group}))
            for p, origin, to, status in moves
        ]
        item = entry(title, title, hours=hours, outlet=outlet)
        return world.poll(FEED, [item], {title: moved(found, *said)}, now=NOON + timedelta(hours=hours))

    old, new = "Borealis Compute", "Tidewater Grid"
    rumour = tell(
        0, "Small Blog", "Tidewater Grid said to court three senior cluster engineers of Borealis Compute",
        ("", old, new, Status.RUMORED),
    )  # fmt: skip
    assert [a.revision for a in rumour.alerts] == [1]
    event_id = rumour.events[0].id

    second = tell(
        2, "Other Blog", "Three senior cluster engineers of Borealis Compute may go to Tidewater Grid",
        ("", old, new, Status.RUMORED),
    )  # fmt: skip
    assert (second.alerts, [e.story_count for e in second.events]) == ((), [2])

    names = tell(
        26, "Harbor Wire", "The Borealis Compute engineers courted by Tidewater Grid: Ines Roth, Paul Quist, Yara Banda",
        *((p, old, new, Status.RUMORED) for p in ("Ines Roth", "Paul Quist", "Yara Banda")),
    )  # fmt: skip
    assert [(a.revision, a.event_id, {c.kind for c in a.changes}) for a in names.alerts] == [(2, event_id, {"person"})]

    release = tell(
        50, "Release Line", "Tidewater Grid welcomes Ines Roth, Paul Quist and Yara Banda of Borealis Compute",
        *((p, old, new, Status.CONFIRMED) for p in ("Ines Roth", "Paul Quist", "Yara Banda")),
    )  # fmt: skip
    assert [(a.revision, {c.kind for c in a.changes}) for a in release.alerts] == [(3, {"confirmation"})]
    assert release.events[0].status == Status.CONFIRMED

    denial = tell(
        60, "Harbor Wire", "Paul Quist denies leaving Borealis Compute for Tidewater Grid",
        ("Paul Quist", old, new, Status.DENIED),
    )  # fmt: skip
    assert [(a.revision, {c.kind for c in a.changes}) for a in denial.alerts] == [(4, {"denial"})]
    assert denial.events[0].status == Status.CONFIRMED  # a part is denied, not the whole

    later = tell(
        24 * 10, "Harbor Wire", "Ines Roth quits Tidewater Grid to start a company with Fenwick Labs",
        ("Ines Roth", new, "Fenwick Labs", Status.CONFIRMED),
    )  # fmt: skip
    assert [(a.revision, a.event_id == event_id) for a in later.alerts] == [(1, False)]
    assert len(world.index.events) == 2
