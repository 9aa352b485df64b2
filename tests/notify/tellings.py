"""Five alerts as a day brings them, for the golden files and the pictures in docs/: written for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.interfaces import Outgoing
from monitor.model import (
    Alert,
    AlertId,
    Buildout,
    BuildoutAction,
    Change,
    Event,
    EventId,
    EventStory,
    Label,
    Move,
    MoveAction,
    Quantity,
    Severity,
    Span,
    Status,
    StoryId,
)
from monitor.subjects import Digest

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
PAGE = "https://movewire.example/events/01KQSP0EVENT"


def story(number: int, outlet: str, title: str, summary: str = "", *marked: str, status: Status = Status.REPORTED) -> EventStory:
    """A story whose evidence is every one of ``marked`` where it stands first in title or summary."""
    spans = []
    for words in marked:
        field, text = ("title", title) if words in title else ("summary", summary)
        at = text.index(words)
        spans.append(Span(field=field, start=at, end=at + len(words), text=words, supports="moves.0.person"))  # type: ignore[arg-type]
    return EventStory(
        story_id=StoryId(f"S{number}"),
        title=title,
        url=f"https://{outlet.lower().replace(' ', '-')}.example/2026/05/{number}",
        outlet=outlet,
        at=AT + timedelta(minutes=7 * number),
        summary=summary,
        status=status,
        evidence=tuple(spans),
    )


def told(name: str, stories: tuple[EventStory, ...], **event: object) -> Alert:
    given: dict[str, object] = {
        "id": EventId(f"01KQSP0{name.upper()}"),
        "labels": (Label.EXECUTIVE_MOVE,),
        "headline": stories[0].title,
        "status": Status.CONFIRMED,
        "first_seen": AT,
        "last_seen": stories[-1].at,
        "stories": stories,
        "story_count": len(stories),
        "outlets": tuple(s.outlet for s in stories),
    }
    made = Event(**(given | event))  # type: ignore[arg-type]
    return Alert(
        id=AlertId(f"01KQSPA{name.upper()}"),
        event_id=made.id,
        revision=1,
        created_at=AT,
        reasons=("first sight of the event",),
        event=made,
    )


LINDQVIST = Move(
    person="Mara Lindqvist",
    action=MoveAction.HIRE,
    from_org="Northlight AI",
    from_role="head of infrastructure",
    to_org="Corvid Systems",
    to_role="vice president of data centers",
)


def move_confirmed() -> Alert:
    stories = (
        story(
            1,
            "Corvid Newsroom",
            "Corvid Systems appoints Mara Lindqvist to lead data centers",
            "Corvid Systems today announced that Mara Lindqvist will join as vice president of data centers on 1 June.",
            "Mara Lindqvist",
            "appoints",
            status=Status.CONFIRMED,
        ),
        story(2, "Harbor Wire", "Corvid hires Northlight AI's head of infrastructure", "", "hires", "head of infrastructure"),
        story(3, "The Rack", "Mara Lindqvist leaves Northlight AI for Corvid Systems", "", "leaves Northlight AI"),
    )
    reasons = ("+2 vice president", "+2 on watchlist frontier-labs", "+1 the company says so itself")
    return told("move", stories, moves=(LINDQVIST,), severity=Severity.HIGH, severity_reasons=reasons)


def group_rumoured() -> Alert:
    stories = (
        story(
            1,
            "Harbor Wire",
            "Corvid Systems in talks to hire three senior Meridian leaders",
            "The cloud company is in talks with three senior leaders of Northlight AI's Meridian team, people familiar with the "
            "matter said. Nothing has been signed.",
            "in talks to hire",
            "three senior Meridian leaders",
            status=Status.RUMORED,
        ),
    )
    move = Move(
        group="three senior Meridian leaders",
        action=MoveAction.HIRE,
        from_org="Northlight AI",
        to_org="Corvid Systems",
        status=Status.RUMORED,
    )
    reasons = ("+2 on watchlist frontier-labs", "-1 a rumour")
    return told("group", stories, moves=(move,), status=Status.RUMORED, severity=Severity.NORMAL, severity_reasons=reasons)


CAMPUS = Buildout(
    orgs=("Skagen Power", "Corvid Systems"),
    action=BuildoutAction.POWER_DEAL,
    amounts=(Quantity(text="$14 billion", low=14e9, high=14e9, unit="USD"),),
    capacity=(Quantity(text="1.2 GW", low=1200, high=1200, unit="MW"),),
    location="Lindholm, Denmark",
    project="Beacon campus",
)


def buildout() -> Alert:
    stories = (
        story(
            1,
            "Grid Journal",
            "Skagen Power to supply Corvid Systems' $14 billion Beacon campus",
            "Skagen Power will deliver 1.2 GW to the campus in Lindholm, Denmark, under a twenty-year contract signed on Monday.",
            "Skagen Power",
            "1.2 GW",
            "Lindholm, Denmark",
            "signed",
        ),
        story(2, "Harbor Wire", "Corvid signs 1.2 GW power deal for its Danish campus", "", "1.2 GW power deal"),
    )
    reasons = ("+3 1,000 MW and more", "+3 $10 billion and more")
    return told(
        "buildout",
        stories,
        labels=(Label.INFRASTRUCTURE,),
        buildout=CAMPUS,
        status=Status.REPORTED,
        severity=Severity.CRITICAL,
        severity_reasons=reasons,
    )


def both_labels() -> Alert:
    stories = (
        story(
            1,
            "Harbor Wire",
            "Corvid Systems hires Mara Lindqvist to build its $14 billion Beacon campus",
            "",
            "hires Mara Lindqvist",
            "$14 billion Beacon campus",
        ),
    )
    built = replace(CAMPUS, orgs=("Corvid Systems",), action=BuildoutAction.BUILD, capacity=())
    reasons = ("+3 $10 billion and more", "+2 vice president", "+1 both labels in one story")
    return told(
        "both",
        stories,
        labels=(Label.EXECUTIVE_MOVE, Label.INFRASTRUCTURE),
        moves=(LINDQVIST,),
        buildout=built,
        status=Status.REPORTED,
        severity=Severity.CRITICAL,
        severity_reasons=reasons,
    )


def revision() -> Alert:
    first = move_confirmed()
    at = AT + timedelta(hours=3)
    changes = (
        Change(at=at, kind="status", before="rumored", after="confirmed", story_id=StoryId("S1")),
        Change(at=at, kind="role", after="vice president of data centers", story_id=StoryId("S1")),
    )
    return replace(first, revision=2, created_at=at, changes=changes, reasons=("status: rumored → confirmed",))


TELLINGS = {
    "move_confirmed": move_confirmed,
    "group_rumoured": group_rumoured,
    "buildout": buildout,
    "both_labels": both_labels,
    "revision": revision,
}


def digest() -> Digest:
    alerts = tuple(make() for name, make in TELLINGS.items() if name != "revision")
    return Digest(id="D1", at=AT, title="Daily digest of desk", since=AT - timedelta(days=1), until=AT, alerts=alerts, omitted=0)


def outgoing(subject: Alert | Digest) -> Outgoing:
    return Outgoing(delivery_id="01KQSPDELIVERY", subject=subject, page_url=PAGE if isinstance(subject, Alert) else "")
