"""Alerts to say: written for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

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
from monitor.subjects import Digest, Notice, notice

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
TITLE = "Corvid Systems hires Mara Lindqvist from Northlight AI"
STORY = EventStory(
    story_id=StoryId("S1"),
    title=TITLE,
    url="https://wire.example/1?a=1&b=2",
    outlet="Example Wire",
    at=AT,
    summary="Mara Lindqvist joins as vice president of data centers, the company announced.",
    evidence=(
        Span(field="title", start=0, end=14, text="Corvid Systems", supports="moves.0.to_org"),
        Span(field="title", start=21, end=35, text="Mara Lindqvist", supports="moves.0.person"),
    ),
)
MOVE = Move(
    person="Mara Lindqvist",
    action=MoveAction.HIRE,
    from_org="Northlight AI",
    from_role="head of infrastructure",
    to_org="Corvid Systems",
    to_role="vice president of data centers",
)
BUILDOUT = Buildout(
    orgs=("Skagen Power", "Corvid Systems"),
    action=BuildoutAction.POWER_DEAL,
    amounts=(Quantity(text="$14 billion", low=14e9, high=14e9, unit="USD"),),
    capacity=(Quantity(text="1.2 GW", low=1200, high=1200, unit="MW"),),
    location="Lindholm",
)


def alert(**changes: object) -> Alert:
    """A confirmed move; ``changes`` replace fields of its event."""
    event = Event(
        id=EventId("E1"),
        labels=(Label.EXECUTIVE_MOVE,),
        headline=TITLE,
        status=Status.CONFIRMED,
        severity=Severity.HIGH,
        severity_reasons=("+2 vice president",),
        moves=(MOVE,),
        first_seen=AT,
        last_seen=AT,
        stories=(STORY,),
        outlets=("Example Wire",),
    )
    event = replace(event, **changes)  # type: ignore[arg-type]
    return Alert(
        id=AlertId("A1"), event_id=event.id, revision=1, created_at=AT, reasons=("first sight of the event",), event=event
    )


def group() -> Alert:
    move = replace(MOVE, person="", group="three senior Meridian leaders", to_role="", from_role="", status=Status.RUMORED)
    return alert(
        moves=(move,), status=Status.RUMORED, headline="Corvid Systems in talks to hire Northlight AI's Meridian leaders"
    )


def buildout() -> Alert:
    title = "Skagen Power to supply Corvid Systems with 1.2 GW in Lindholm"
    return alert(labels=(Label.INFRASTRUCTURE,), moves=(), buildout=BUILDOUT, headline=title)


def both() -> Alert:
    return alert(labels=(Label.EXECUTIVE_MOVE, Label.INFRASTRUCTURE), buildout=BUILDOUT)


def revision() -> Alert:
    change = Change(at=AT + timedelta(hours=1), kind="status", before="rumored", after="confirmed", story_id=StoryId("S1"))
    return replace(alert(), revision=2, changes=(change,), reasons=("status: rumored → confirmed",))


def told() -> Notice:
    return notice(AT, "channel.failing", "desk", "Channel desk fails: 4 attempts in a row", "Corvid Systems' receiver: 503")


def digest() -> Digest:
    alerts = (alert(), group(), buildout(), both(), revision())
    named = tuple(replace(a, id=AlertId(f"A{n}")) for n, a in enumerate(alerts))
    return Digest(id="D1", at=AT, title="Daily digest of desk", since=AT - timedelta(days=1), until=AT, alerts=named, omitted=2)


ALERTS = {"move": alert, "group": group, "buildout": buildout, "both": both, "revision": revision}
KINDS = {**ALERTS, "notice": told, "digest": digest}
HOSTILE = (
    "<!channel> and <@U012AB3CD>",
    "<https://evil.example|a link>",
    "@everyone *bold* _it_ ~no~ `code` |pipe|",
    "right\u202eto\u2066left",
    "x" * 10_000,
    "nul\x00 and \ud800 half a pair",
    "& &amp; &lt; ]]> </script>",
)

ADDRESSES = (  # of stories, as feeds write them; none can be followed
    "https://☃.example/",
    "https://xn--a/x",
    "http://[::1",
    "https://e.example:abc/",
    "https://999.1.1.1/",
    "javascript:alert(1)",
)


def hostile(words: str) -> Alert:
    """Every text that comes from a feed says ``words``."""
    story = replace(STORY, title=words, summary=words, outlet=words, url="https://e.example/" + words[:200], evidence=())
    move = replace(MOVE, person=words, from_org=words, to_org=words, to_role=words)
    quantity = Quantity(text=words, unit="USD")
    built = replace(BUILDOUT, orgs=(words,) * 5, amounts=(quantity,), location=words, project=words)
    return alert(headline=words, stories=(story,) * 12, moves=(move,) * 6, buildout=built, outlets=(words,) * 30)
