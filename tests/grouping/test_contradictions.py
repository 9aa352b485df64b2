"""What a first-tier outlet says against a third-tier one corrects the event and is told; between lesser outlets it does not."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest

from monitor.alerting import Policy
from monitor.backtest import Index
from monitor.grouping import found, merge
from monitor.grouping.contradiction import contradiction
from monitor.matching import tier_of
from monitor.model import Event, Move, MoveAction, Status, Story, Verdict
from monitor.placing import place
from monitor.routing import Router
from monitor.settings.schema import Channel, Route, Settings
from tests.stories import built, dollars, megawatts, move, moved, story

SETTINGS = Settings(
    channels={"desk": Channel(type="stdout")},
    routes=(Route(name="all", channels=("desk",)),),
    outlet_tiers={"harbor wire": 2, "release line": 1},
)
TIER = partial(tier_of, tiers=SETTINGS.outlet_tiers)
BLOG = story("Mara Velling to join Tidewater Grid as finance chief, a reader hears", outlet="Small Blog")


def joins(of: Story, to_org: str, to_role: str = "chief financial officer", status: Status = Status.REPORTED) -> Verdict:
    return moved(of, move("Mara Velling", MoveAction.HIRE, to_org=to_org, to_role=to_role, status=status))


def after(first: tuple[Story, Verdict], then: tuple[Story, Verdict]) -> Event:
    return merge(found(*first, first[0].at), *then, then[0].at, TIER)


def corrections(event: Event) -> list[tuple[str, str]]:
    return [(c.before, c.after) for c in event.timeline if c.kind == "correction"]


def test_a_release_corrects_the_destination_a_blog_gave() -> None:
    release = story("Borealis Compute welcomes Mara Velling as finance chief", hours=5, outlet="Release Line")
    event = after((BLOG, joins(BLOG, "Tidewater Grid")), (release, joins(release, "Borealis Compute")))
    assert corrections(event) == [("Tidewater Grid", "Borealis Compute")]
    assert event.moves[0].to_org == "Borealis Compute"
    assert event.sources["moves.0.to_org"] == release.id


def test_a_release_corrects_the_post_a_blog_gave() -> None:
    release = story("Mara Velling is Tidewater Grid's chief technology officer", hours=5, outlet="Release Line")
    event = after((BLOG, joins(BLOG, "Tidewater Grid")), (release, joins(release, "Tidewater Grid", "chief technology officer")))
    assert corrections(event) == [("chief financial officer", "chief technology officer")]
    assert event.moves[0].to_role == "chief technology officer"


def test_a_release_corrects_the_sums_a_blog_gave() -> None:
    rumour = story("Borealis Compute to spend $2 billion on a 300 MW campus", outlet="Small Blog")
    slots = {"amounts": (dollars("$2 billion", 2e9),), "capacity": (megawatts("300 MW", 300),)}
    release = story("Borealis Compute breaks ground on its $5 billion, 300 MW campus", hours=5, outlet="Release Line")
    right = {"amounts": (dollars("$5 billion", 5e9),), "capacity": (megawatts("300 MW", 300),)}
    first = built(rumour, "Borealis Compute", **slots)  # type: ignore[arg-type]
    event = after((rumour, first), (release, built(release, "Borealis Compute", **right)))  # type: ignore[arg-type]
    assert corrections(event) == [("$2 billion", "$5 billion")]
    assert event.buildout is not None
    assert [q.text for q in event.buildout.amounts] == ["$5 billion"]


@pytest.mark.parametrize(("first", "second"), [("Small Blog", "Harbor Wire"), ("Harbor Wire", "Release Line")])
def test_outlets_of_nearer_rank_do_not_overrule_each_other(first: str, second: str) -> None:
    one = story(BLOG.title, outlet=first)
    other = story("Mara Velling is said to go to Borealis Compute", hours=5, outlet=second)
    event = after((one, joins(one, "Tidewater Grid")), (other, joins(other, "Borealis Compute")))
    assert corrections(event) == []
    assert event.moves[0].to_org == "Tidewater Grid"


@pytest.mark.parametrize(("role", "before"), [("finance chief", "finance chief of Quarrystone"), ("", "Quarrystone")])
def test_who_leaves_another_firm_left_another_post(role: str, before: str) -> None:
    old = Move(person="Mara Velling", action=MoveAction.DEPART, from_org="Quarrystone", from_role=role)
    new = Move(person="Mara Velling", action=MoveAction.RETIRE, from_org="Tidewater Grid", from_role="chair")
    said = contradiction(old, new, "Mara Velling retires as chair of Tidewater Grid")
    assert said == ("role", before, "chair of Tidewater Grid")


def test_a_correction_is_told_as_a_revision() -> None:
    title = "Mara Velling joins Tidewater Grid as chief financial officer"
    first = story(title, outlet="Small Blog")
    event = found(first, joins(first, "Tidewater Grid"), first.at)
    release = story("Mara Velling joins Tidewater Grid as chief technology officer", hours=3, outlet="Release Line")
    step = place(
        release,
        joins(release, "Tidewater Grid", "chief technology officer"),
        [event],
        policy=Policy(settings=SETTINGS, router=Router(SETTINGS)),
        history=Index(revisions=Counter({event.id: 1})),
        now=release.at,
        baseline=False,
    )
    assert step.event is not None and step.event.id == event.id
    assert step.decision.tell
    assert step.decision.reasons[0] == "corrected: chief financial officer → chief technology officer"
