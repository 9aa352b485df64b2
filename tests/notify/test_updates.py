"""What somebody who gets a message must find in it, however much there is to say: who, what is new, and the proof of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Alert, AlertId, Change, EventStory, Label, Span, StoryId
from monitor.notify.message import alert_message, details, digest_message
from monitor.subjects import Digest
from tests.notify.parcels import CHANNELS, parcel, said
from tests.notify.receivers import check, content, visible
from tests.notify.samples import AT, BUILDOUT, MOVE, STORY, alert, hostile

PEOPLE = [f"Person {n}" for n in range(7)]
STORIES = tuple(
    replace(
        STORY,
        story_id=StoryId(f"S{n}"),
        title=f"Told by outlet {n}",
        outlet=f"Outlet {n}",
        url=f"https://o{n}.example/{n}",
        evidence=(),
    )
    for n in range(25)
)


def update(stories: tuple[EventStory, ...] = STORIES) -> Alert:
    """An update that the last of 25 outlets brought."""
    change = Change(at=AT, kind="confirmation", after="Outlet 24", story_id=StoryId("S24"))
    told = alert(stories=stories, outlets=tuple(s.outlet for s in stories), story_count=len(stories))
    return replace(told, revision=2, changes=(change,))


@pytest.mark.parametrize("kind", sorted(CHANNELS))
@pytest.mark.parametrize("plain", [False, True])
def test_an_update_shows_the_words_and_the_link_of_what_brought_it(kind: str, plain: bool) -> None:
    made = parcel(kind, update(), plain=plain)
    check(kind, made)
    assert "https://o24.example/24" in visible(kind, made).replace("\\", "") + content(made).decode()
    assert "Told by outlet 24" in visible(kind, made)


def test_a_webhook_leaves_out_what_brought_an_update_last() -> None:
    long = tuple(replace(s, summary="words " * 300) for s in STORIES)
    for stories in (STORIES, long):
        told = json.loads(said("webhook", update(stories)))["data"]["event"]["stories"]
        ids = [story["id"] for story in told]
        assert ids[0] == "S0" and ids[-1] == "S24" and len(ids) < 25, "in the order of the event"


def test_a_denial_is_said_once_of_one_person_and_of_whom_among_several() -> None:
    made = [("denial", "Ada Quill", "Ada Quill"), ("status", "reported", "denied")]
    changes = tuple(Change(at=AT, kind=k, before=a, after=b, story_id=StoryId("S1")) for k, a, b in made)  # type: ignore[arg-type]
    one, two = (replace(alert(moves=(MOVE,) * n), revision=2, changes=changes) for n in (1, 2))
    assert alert_message(one).changes == ("status: reported → denied",)
    assert alert_message(two).changes == ("denied: Ada Quill", "status: reported → denied")


def test_a_title_that_is_the_line_itself_is_not_quoted_below_it() -> None:
    """Where the summary holds evidence too; else the title is what made us say so, with its words marked."""
    span = Span(field="summary", start=0, end=4, text="Work", supports="buildout.action")
    story = replace(STORY, title="Councils halt data centers - Example Wire", summary="Work stops on Monday.")
    both = (span, replace(span, field="title", end=8, text="Councils"))
    for spans, quoted in ((both, "Work stops on Monday."), ((), story.title)):
        told = alert(moves=(), headline="Councils halt data centers", stories=(replace(story, evidence=spans),))
        assert [q.text for q in alert_message(told).quotes] == [quoted]
    repeated = replace(story, summary="Councils halt data centers, it says.", evidence=both)
    told = alert(moves=(), headline="Councils halt data centers", stories=(repeated,))
    assert [q.text for q in alert_message(told).quotes] == [story.title]


def test_an_outlet_is_linked_once() -> None:
    stories = tuple(replace(s, outlet=("A", "B", "")[n % 3]) for n, s in enumerate(STORIES[:6]))
    told = alert_message(alert(stories=stories, outlets=("A", "B"), story_count=6))
    assert [(link.outlet, link.url[-1]) for link in told.links] == [("A", "0"), ("B", "1"), ("source", "2"), ("source", "5")]


def test_one_organisation_is_one() -> None:
    alone, together = (dict(details(alert(moves=(), buildout=replace(BUILDOUT, orgs=o)).event)) for o in (("A",), ("A", "B")))
    assert alone["Organisation"] == "A" and together["Organisations"] == "A, B"


@pytest.mark.parametrize("revision", [1, 3])
def test_a_first_message_shows_who_told_it_first(revision: int) -> None:
    """Also where it comes late, to a channel that wants the event only since it weighs more."""
    told = replace(update(), revision=revision, changes=())
    first = alert_message(told)
    assert first.prefix == "" and first.changes == ()
    assert json.loads(said("webhook", told))["type"] == "alert.created"
    assert [link.outlet for link in first.links] == [f"Outlet {n}" for n in range(6)]


@pytest.mark.parametrize("kind", sorted(set(CHANNELS) - {"stdout", "webhook"}))
def test_everybody_who_goes_the_same_way_is_named_and_the_buildout_is_told_too(kind: str) -> None:
    both = (Label.EXECUTIVE_MOVE, Label.INFRASTRUCTURE)
    moves = tuple(replace(MOVE, person=name) for name in PEOPLE) + tuple(
        replace(MOVE, person=f"Other {n}", from_org=f"Firm {n}") for n in range(3)
    )
    told = alert(labels=both, moves=moves, buildout=BUILDOUT)
    made = parcel(kind, told)
    check(kind, made)
    words = visible(kind, made)
    assert all(name in words for name in (*PEOPLE, "Other 2", "Firm 2"))
    assert next(value for name, value in details(told.event) if name == "Who") == ", ".join(PEOPLE)
    assert "Capacity" in words and "Where" in words


def test_discord_keeps_the_links_and_the_page_whatever_is_long() -> None:
    page = "https://movewire.example/events/1"
    for told in (replace(hostile("*long* " * 500), revision=2), alert(stories=STORIES, severity_reasons=("+1 " + "r_" * 150,))):
        made = parcel("discord", told, page_url=page)
        check("discord", made)
        shown = json.loads(content(made))["embeds"][0]["description"].splitlines()
        assert shown[-1] == f"[Open the event](<{page}>)" and "outlet" in shown[-2]


@pytest.mark.parametrize("kind", ["slack", "slack bot", "discord", "teams", "email"])
@pytest.mark.parametrize("length", [10, 450])
def test_every_alert_of_a_digest_is_shown_or_counted(kind: str, length: int) -> None:
    """Links as long as those of news searches: what has no room is not left out in silence."""
    story = replace(STORY, url="https://news.example/" + "a" * length)
    alerts = tuple(
        replace(alert(stories=(story,), moves=(replace(MOVE, person=f"Person {n:03}"),)), id=AlertId(f"A{n}")) for n in range(40)
    )
    made = parcel(kind, Digest(id="D", at=AT, title="Digest of desk", since=AT, until=AT, alerts=alerts, omitted=3))
    check(kind, made)
    body = json.loads(content(made)) if kind != "email" else None
    words = visible(kind, made) if body is None else visible(kind, made).replace(body.get("text") or "", "", 1)
    shown = len({f"{n:03}" for n in range(40) if f"Person {n:03}" in words})
    counted = re.search(r"and (\d+) more", words)
    assert counted and shown + int(counted[1]) == 43 and shown >= 5, (shown, counted)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("UTC", "2026-05-04 09:00 to 10:00 UTC"),
        ("America/New_York", "2026-05-04 05:00 to 06:00 EDT"),
        ("America/Sao_Paulo", "2026-05-04 06:00 to 07:00 UTC-03"),
        ("Asia/Kathmandu", "2026-05-04 14:45 to 15:45 UTC+0545"),
        ("Pacific/Auckland", "2026-05-04 21:00 to 22:00 NZST"),
    ],
)
def test_a_digest_says_its_hours_in_the_zone_they_were_set_in(zone: str, told: str) -> None:
    since = datetime(2026, 5, 4, 9, tzinfo=UTC)
    until = since + timedelta(hours=1)
    digest = Digest(id="D", at=until, title="Digest of desk", since=since, until=until, alerts=(alert(),), zone=zone)
    assert digest_message(digest).lines == (f"1 alert, {told}",)


@pytest.mark.parametrize("kind", sorted(set(CHANNELS) - {"stdout", "webhook"}))
def test_a_digest_says_what_is_new_of_what_was_told_before(kind: str) -> None:
    made = parcel(kind, Digest(id="D", at=AT, title="Digest of desk", since=AT, until=AT, alerts=(update(),)))
    check(kind, made)
    assert "confirmed by: Outlet 24" in visible(kind, made)
