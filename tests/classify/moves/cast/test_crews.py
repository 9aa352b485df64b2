"""Groups of people told by what they built, by their team or by their firm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.classify.moves.cast.crews import Crew
from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.choice.choosing import choose
from monitor.classify.moves.to_moves import to_moves
from monitor.classify.weights.slot_model import load
from monitor.classify.words.document import read
from monitor.model import FeedId, Status, Story, StoryId
from tests.classify.moves.evidence.test_ties import seen

AT = datetime(2026, 5, 4, tzinfo=UTC)


def groups(title: str) -> list[tuple[str, str]]:
    """Of each group of a headline: its words as a record has them, and whose it is read as; "" where nobody stands before it."""
    found = seen(title)
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary="", first_seen=AT)
    crews = [one for one in found.posts if isinstance(one.best.chunk.role, Crew)]
    told = []
    for one in crews:
        record = Found(one, "hire", {"group": (one.best, one.text)})
        [move], spans = to_moves(read(story), found, [record], lambda *_: Status.CONFIRMED)
        [span] = [span for span in spans if span.supports == "moves.0.group"]
        assert title[span.start : span.end] == span.text == move.group
        items = found.seen.rows[0].items
        before = items[one.best.at - 1] if one.best.at else None
        told.append((move.group, before.text if before is not None and before.named else ""))
    return told


@pytest.mark.parametrize(
    ("title", "group", "owner"),
    [
        ("Corvid recruits the leaders who planned Osprey's data centers", "leaders who planned Osprey's data centers", "Osprey"),
        ("Corvid lures OpenAI's commodities duo", "OpenAI's commodities duo", "OpenAI"),
        ("Eleven litigators leave OpenAI for Corvid", "Eleven litigators", ""),
        ("Ada Quill heads to Corvid with team of six", "team of six", ""),
        ("Corvid is hiring people who helped design Osprey's chips", "people who helped design Osprey's chips", "Osprey"),
        ("Corvid hires team behind Osprey's campus, sources say", "team behind Osprey's campus", "Osprey"),
        ("Corvid Poaches Minds Behind Osprey's Inference Chip", "Minds Behind Osprey's Inference Chip", "Osprey"),
        ("Corvid hires engineers who built the cluster at Osprey", "engineers who built the cluster at Osprey", "Osprey"),
        ("Corvid hires operators of Osprey's largest cluster", "operators of Osprey's largest cluster", "Osprey"),
        ("Corvid hires Osprey's compute planners", "Osprey's compute planners", "Osprey"),
        ("Corvid poaches most of Osprey's foundation model team", "most of Osprey's foundation model team", "Osprey"),
        ("Corvid hires several Nvidia data center planners", "several Nvidia data center planners", "Nvidia"),
        ("Four members of Osprey's grid team have left for Corvid", "Four members of Osprey's grid team", "Osprey"),
        ("The people who built Osprey's Texas campus are moving to Corvid", "people who built Osprey's Texas campus", "Osprey"),
        ("Osprey's grid specialists defect to Corvid", "Osprey's grid specialists", "Osprey"),
        ("Corvid builds grid unit with recruits from Osprey", "recruits from Osprey", ""),
        ("Corvid hires at least a dozen of Osprey's chip designers", "at least a dozen of Osprey's chip designers", "Osprey"),
        ("Osprey loses site planners to Corvid", "site planners", ""),
        ("Osprey ousts the architects behind its chip", "architects behind its chip", ""),
        ("The engineers behind Dojo are leaving Tesla for a startup", "engineers behind Dojo", ""),
        ("Corvid promotes the guy behind its data centers", "guy behind its data centers", ""),
        ("Corvid hires engineer who built Osprey's chip", "engineer who built Osprey's chip", "Osprey"),
        ("Corvid loses members of its data center team", "members of its data center team", ""),
    ],
)  # fmt: skip
def test_a_group_is_told_with_whose_it_is_wherever_that_stands(title: str, group: str, owner: str) -> None:
    assert groups(title) == [(group, owner)]


@pytest.mark.parametrize(
    "title",
    [
        "The team behind Sora launches a video app",
        "People who built Osprey's campus strike over pay",
        "Ada Quill joins the team behind Llama",
        "Ada Quill hired to lead Osprey's superintelligence team",
        "Corvid, whose engineers built the Lattice toolkit, hires Ada Quill as chief",
        "Corvid names Ada Quill to run team behind Osprey's chip",
        "Corvid hires people",
        "Corvid hires Osprey engineer",
        "Corvid hires Ada Quill, the architect behind Osprey's chip",
        "Two people familiar with the matter left Osprey out of it",
    ],
)
def test_who_only_stands_by_is_none(title: str) -> None:
    assert groups(title) == []


def test_what_a_group_built_is_no_firm() -> None:
    found = seen("Corvid recruits the engineers who designed Amazon's Trainium chips")
    assert [one.text for one in found.orgs] == ["Corvid", "Amazon"]


def test_what_a_firms_own_people_made_is_no_firm_that_anybody_leaves() -> None:
    found = seen("Corvid, whose engineers built PyTorch, hires Ada Quill as data center chief")
    assert [one.text for one in found.orgs] == ["Corvid"]


def test_a_team_is_no_post_that_is_left() -> None:
    found = seen("Corvid hires team behind Osprey's campus and engineers who ran Osprey's cluster")
    assert [place.chunk.text for _, place in found.titles] == ["engineers"]


def records(title: str, summary: str = "") -> list[tuple[str, str, str, str]]:
    """Who moves, how, from where and to where, by the shipped weights alone."""
    told = choose(seen(title, summary), load())
    return [(one.get("person") or one.get("group"), one.action, one.get("from_org"), one.get("to_org")) for one in told]


@pytest.mark.parametrize(
    ("title", "record"),
    [
        ("Corvid is quietly recruiting the leaders who planned OpenAI's largest campus", ("leaders", "hire", "OpenAI", "Corvid")),
        ("Corvid snaps up the minds behind Osprey's robot hand", ("minds", "hire", "Osprey", "Corvid")),
        ("Osprey's turbine specialists defect to Corvid", ("specialists", "hire", "Osprey", "Corvid")),
        ("Six members of Osprey's kernel team have left for Corvid", ("members", "hire", "Osprey", "Corvid")),
        ("Osprey loses campus planners to Corvid", ("planners", "hire", "Osprey", "Corvid")),
        ("The engineers behind Dojo are leaving Tesla for a startup", ("engineers", "depart", "Tesla", "")),
        ("Osprey fires the people behind its headset", ("people", "dismiss", "Osprey", "")),
    ],
)
def test_a_group_is_one_record(title: str, record: tuple[str, str, str, str]) -> None:
    assert records(title) == [record]


def test_a_group_beside_somebody_with_a_name_is_a_record_of_its_own() -> None:
    [one, others] = records(
        "Osprey CFO Ada Quill quits, and three other vice presidents have left",
        "Quill came from Corvid. A reorganization has thinned the ranks.",
    )
    assert one[:3] == ("Ada Quill", "depart", "Osprey")
    assert others == ("three other vice presidents", "depart", "Osprey", "")


def test_posts_that_are_somebodys_with_a_name_are_no_records() -> None:
    told = records(
        "Corvid appoints three executives", "Corvid named Ada Quill as CFO and Ben Okoro as COO. The executives start in May."
    )
    assert [who for who, *_ in told] == ["Ada Quill", "Ben Okoro"]
