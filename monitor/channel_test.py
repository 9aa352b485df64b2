"""A test message through one channel: nothing of it is stored."""

from __future__ import annotations

import sys
from datetime import datetime

from monitor import log as logging
from monitor.app import App
from monitor.deliver import make_doors
from monitor.doors.http_client import HttpClient
from monitor.ids import make_id
from monitor.interfaces import Judgement, Outgoing
from monitor.model import Alert, AlertId, Event, EventId, EventStory, Label, Severity, Status, StoryId
from monitor.notify.message import TEST
from monitor.sending import attempt


async def send_test(app: App, client: HttpClient, name: str) -> str:
    """Say a test message through the channel ``name``; "" where it arrived, else the reason."""
    now = app.clock()
    outgoing = Outgoing(delivery_id=make_id(now, "test", name), subject=sample_alert(now), test=True, plain=sys.stdout.isatty())
    doors, timeout = make_doors(app, client), app.settings.channels[name].timeout
    outcome = await attempt(app.notifiers[name], outgoing, doors, clock=app.clock, timeout=timeout)
    doors.close()
    if outcome.judged.judgement == Judgement.SENT:
        return ""
    said = outcome.answer.body[:300].decode("utf-8", "replace").strip() if outcome.answer else ""
    return logging.clean(outcome.judged.why + (f"; it said: {said}" if said else ""))


def sample_alert(now: datetime) -> Alert:
    """An alert that says it is a test, complete enough for every channel to show its form."""
    story = EventStory(story_id=StoryId(make_id(now, "test story")), title="This is a test", url="", outlet="Movewire", at=now)
    event = Event(
        id=EventId(make_id(now, "test event")),
        labels=(Label.EXECUTIVE_MOVE,),
        headline=TEST,
        status=Status.CONFIRMED,
        severity=Severity.LOW,
        severity_reasons=("a test",),
        first_seen=now,
        last_seen=now,
        stories=(story,),
        outlets=("Movewire",),
    )
    alert_id = AlertId(make_id(now, "test alert"))
    return Alert(id=alert_id, event_id=event.id, revision=1, created_at=now, reasons=("movewire channels test",), event=event)
