"""Stories and verdicts for tests of grouping, alerting and the pipeline; every sentence was written for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.ids import digest
from monitor.model import (
    Buildout,
    BuildoutAction,
    FeedId,
    Label,
    Match,
    Move,
    MoveAction,
    Nature,
    Quantity,
    Status,
    Story,
    StoryId,
    Verdict,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
# Of "Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive", as gold files have it.
GOLD_HIRE = {
    "person": "Mara Lindqvist",
    "group": "",
    "action": "hire",
    "from_org": "Northlight AI",
    "from_role": "",
    "to_org": "Corvid Systems",
    "to_role": "chief executive",
    "status": "confirmed",
}


def story(title: str, summary: str = "", *, hours: float = 0, outlet: str = "Harbor Wire", url: str = "") -> Story:
    """A story seen when it was published, ``hours`` after noon of 2 March 2026."""
    at = NOON + timedelta(hours=hours)
    name = digest(title, summary, outlet, str(hours), size=8)
    return Story(
        id=StoryId(name),
        feed_id=FeedId("feed"),
        url=url or f"https://{outlet.lower().replace(' ', '-')}.example/{name}",
        title=title,
        summary=summary,
        outlet=outlet,
        published=at,
        first_seen=at,
    )


def move(person: str = "", action: MoveAction = MoveAction.HIRE, **slots: str | Status) -> Move:
    return Move(person=person, action=action, **slots)  # type: ignore[arg-type]


def moved(of: Story, *moves: Move, nature: Nature = Nature.NEWS) -> Verdict:
    """The verdict of a story of these moves, their organisations and people named."""
    orgs = dict.fromkeys(o for m in moves for o in (m.from_org, m.to_org) if o)
    people = dict.fromkeys(m.person for m in moves if m.person)
    match = Match(story_id=of.id, label=Label.EXECUTIVE_MOVE, score=0.9, moves=moves)
    return Verdict(story_id=of.id, matches=(match,), nature=nature, orgs=tuple(orgs), people=tuple(people))


def dollars(text: str, value: float) -> Quantity:
    return Quantity(text=text, low=value, high=value, unit="USD")


def megawatts(text: str, value: float) -> Quantity:
    return Quantity(text=text, low=value, high=value, unit="MW")


def built(
    of: Story,
    *orgs: str,
    action: BuildoutAction = BuildoutAction.BUILD,
    amounts: tuple[Quantity, ...] = (),
    capacity: tuple[Quantity, ...] = (),
    location: str = "",
    project: str = "",
    status: Status = Status.CONFIRMED,
    nature: Nature = Nature.NEWS,
) -> Verdict:
    """The verdict of a story of this buildout."""
    buildout = Buildout(
        orgs=orgs, action=action, amounts=amounts, capacity=capacity, location=location, project=project, status=status
    )
    match = Match(story_id=of.id, label=Label.INFRASTRUCTURE, score=0.9, buildout=buildout)
    return Verdict(story_id=of.id, matches=(match,), nature=nature, orgs=orgs)
