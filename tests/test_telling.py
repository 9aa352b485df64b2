"""Quiet hours, digests and silences end to end, on real sockets and a real database, with a restart at every step."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import pipeline, silencing
from monitor.alerting import Policy
from monitor.app import open_app
from monitor.hours import Span, current, zone_of
from monitor.identity import Plan
from monitor.model import Alert, DeliveryState, Feed, FeedId, Story, Verdict
from monitor.results import Tried
from monitor.routing import Router
from monitor.settings.schema import Settings
from monitor.store import Store, Transaction, waiting
from monitor.subjects import Digest
from tests.claims import claims, ended, next_claim
from tests.servers import LocalServer, Reply, document, local_server, rss
from tests.stories import move, moved, story
from tests.test_flow import Clock, configuration, round_of

EVENING = datetime(2026, 5, 4, 23, 10, tzinfo=UTC)
NIGHT = {"from": "22:00", "to": "07:00"}
Item = tuple[str, str, str, datetime]
CHIEFS = (
    ("Corvid Systems names Mara Lindqvist chief executive", "Mara Lindqvist leads Corvid Systems from June, it announced."),
    ("Northlight AI chief financial officer Tomas Oyelaran resigns", "Tomas Oyelaran leaves Northlight AI, the company said."),
    ("Skagen Power appoints Ines Carrow as chief operating officer", "Ines Carrow joins Skagen Power, the company announced."),
    ("Harrow Chips names Devi Ramanathan president", "Devi Ramanathan becomes president of Harrow Chips, it said."),
    ("Juniper Vale names Otto Brandt chief technology officer", "Otto Brandt is chief technology officer of Juniper Vale."),
)


@pytest.fixture(scope="module")
def net() -> Iterator[LocalServer]:
    with local_server() as server:
        server.routes["/hook"] = lambda _: Reply(200, b"ok")
        server.routes["/slack"] = lambda _: Reply(200, b"ok")
        yield server


class World:
    """A daemon that is started anew for every round: what it remembers is in its database alone."""

    def __init__(self, net: LocalServer, folder: Path, **route: Any) -> None:
        self.net, self.clock = net, Clock(EVENING)
        self.items: list[Item] = [("old", "Brightwater Foods names Ada Quill chief executive", "", EVENING - timedelta(days=1))]
        net.routes["/feed.xml"] = document(lambda: rss(self.items))
        net.asked.clear()
        made = configuration(net, f"sqlite:///{folder}/movewire.db")
        made["routes"] = [{"name": "desk", "channels": ["hook"], **route}]
        made["polling"] = {"min_interval": "1s", "max_interval": "1s", "host_delay": 0}
        self.settings = Settings.model_validate(made)
        self.round()

    def round(self) -> None:
        with open_app(self.settings, clock=self.clock, rnd=lambda: 0.5) as app:
            asyncio.run(round_of(app))

    def publish(self, number: int) -> None:
        title, summary = CHIEFS[number]
        self.items.insert(0, (f"new-{number}", title, summary, self.clock.now - timedelta(minutes=1)))

    def until(self, when: datetime) -> None:
        self.clock.now = when
        self.round()

    @property
    def sent(self) -> list[str]:
        """The titles of the stories the receiver got alerts of, in order, each time it got one."""
        bodies = [json.loads(a.body) for a in self.net.asked if a.path == "/hook"]
        return [body["data"]["event"]["headline"] for body in bodies]

    @property
    def digests(self) -> list[list[str]]:
        """The ids of the events of each digest the receiver got."""
        bodies = [json.loads(a.body) for a in self.net.asked if a.path == "/hook"]
        return [[told["event_id"] for told in body["data"]["alerts"]] for body in bodies if body["type"] == "digest"]

    @property
    def messages(self) -> int:
        return len([a for a in self.net.asked if a.path == "/hook"])


def test_what_falls_into_quiet_hours_is_sent_after_them_in_order(net: LocalServer, tmp_path: Path) -> None:
    world = World(net, tmp_path, quiet_hours=NIGHT)
    for number, minutes in ((0, 20), (1, 200)):
        world.clock.now = EVENING + timedelta(minutes=minutes)
        world.publish(number)
        world.round()
    world.until(datetime(2026, 5, 5, 6, 59, 59, tzinfo=UTC))
    assert world.sent == []
    world.until(datetime(2026, 5, 5, 7, 0, tzinfo=UTC))
    assert world.sent == [CHIEFS[0][0], CHIEFS[1][0]]
    assert world.messages == 2


def test_a_held_message_does_not_hold_back_what_another_route_sends(net: LocalServer, tmp_path: Path) -> None:
    inside = [{"name": "Northlight", "match": {"org": ["Northlight AI"]}, "quiet_hours": []}]
    world = World(net, tmp_path, quiet_hours=NIGHT, routes=inside)
    world.clock.now += timedelta(minutes=5)
    world.publish(0)
    world.round()
    world.clock.now += timedelta(minutes=5)
    world.publish(1)
    world.round()
    assert world.sent == [CHIEFS[1][0]]
    world.until(datetime(2026, 5, 5, 7, 0, tzinfo=UTC))
    assert world.sent == [CHIEFS[1][0], CHIEFS[0][0]]


# -- the same laws over many nights, without sockets: the pipeline decides, the outbox hands out

FEED = Feed(id=FeedId("feed"), name="Sample", url="https://sample.example/feed", baseline_done=True)


def decided(store: Store, router: Router, one: Story, verdict: Verdict) -> None:
    """One poll that brought one story."""

    def work(tx: Transaction) -> None:
        result = pipeline.conclude(
            Plan(feed=FEED, stories=(one,)),
            feed=FEED,
            verdicts={one.id: verdict},
            events=tx,
            policy=Policy(settings=Settings(), router=router),
            now=one.first_seen,
        )
        tx.record_poll(result)

    store.transact(work)


def handed_out(store: Store, now: datetime) -> list[str]:
    """The headlines of everything a receiver would get now."""
    store.close_digests(now)
    found: list[str] = []
    while claimed := claims(store, now):
        for one in claimed:
            alerts = one.subject.alerts if isinstance(one.subject, Digest) else (one.subject,)
            found += [alert.event.headline for alert in alerts if isinstance(alert, Alert)]
            sent = replace(one.delivery, state=DeliveryState.SENT, sent_at=now, lease_until=None)
            ended(store, Tried(delivery=sent, at=now))
    return found


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
    st.sampled_from([datetime(2026, *day, 12, tzinfo=UTC) for day in ((3, 7), (3, 28), (4, 4), (10, 3), (10, 24), (10, 31))]),
    st.lists(st.integers(1, 9 * 60), min_size=4, max_size=6),
    st.sampled_from([{}, {"digest": "hourly"}, {"digest": "daily 02:30"}]),
    st.sampled_from(["after", "digest"]),
)
def test_over_the_nights_of_the_change_nothing_is_lost_or_sent_twice(
    zone: str, start: datetime, gaps: list[int], rhythm: dict[str, str], then: str
) -> None:
    """Stories at any minutes of two days, the database opened anew for each step: every one arrives once, none in quiet hours."""
    route = {"name": "desk", "channels": ["hook"], "timezone": zone, "quiet_hours": NIGHT | {"then": then}, **rhythm}
    router = Router(Settings.model_validate({"channels": {"hook": {"type": "stdout"}}, "routes": [route]}))
    quiet, now = Span(start=22 * 60, end=7 * 60), start
    published: list[str] = []
    sent: list[str] = []
    with TemporaryDirectory() as folder:

        def step(at: datetime, one: Story | None) -> datetime | None:
            """A daemon that is started, does what is due, and stops; when something will be due next."""
            with Store.open(f"sqlite:///{folder}/movewire.db") as store:
                if one is not None:
                    decided(store, router, one, moved(one, move(one.title.split(" joins")[0], to_org=f"Org {len(published)}")))
                got = handed_out(store, at)
                assert not got or current([quiet], zone_of(zone), at) is None
                sent.extend(got)
                return min(filter(None, (store.read(waiting.next_due), next_claim(store))), default=None)

        due = None
        for number, gap in enumerate([*gaps, 48 * 60]):
            now += timedelta(minutes=gap)
            while due is not None and due <= now:
                due = step(due, None)
            if number == len(gaps):
                break
            name = ("Ada Quill", "Ben Achterberg", "Cleo Marsh", "Dov Larkin", "Edie Pratt", "Finn Osei")[number]
            one = replace(story(f"{name} joins Org {number}", outlet=name), published=now, first_seen=now)
            published.append(one.title)
            due = step(now, one)
    assert sorted(sent) == sorted(published)


def test_a_digest_goes_out_at_its_hour_and_once(net: LocalServer, tmp_path: Path) -> None:
    world = World(net, tmp_path, digest="daily 08:00", timezone="Europe/Berlin", channels=["hook", "slack"])
    for number in (0, 1):
        world.clock.forward(minutes=30)
        world.publish(number)
        world.round()
    world.until(datetime(2026, 5, 5, 5, 59, tzinfo=UTC))
    assert world.messages == 0
    world.until(datetime(2026, 5, 5, 6, 0, tzinfo=UTC))
    [told] = world.digests
    assert len(set(told)) == len(told) == 2
    [text] = [json.loads(a.body)["text"] for a in net.asked if a.path == "/slack"]
    assert "2 alerts, 2026-05-05 01:40 to 08:00 CEST" in text, "in the time zone of its route"
    world.until(datetime(2026, 5, 5, 7, 0, tzinfo=UTC))
    assert world.messages == 1


def test_a_silence_keeps_an_event_untold_until_it_is_over(net: LocalServer, tmp_path: Path) -> None:
    world = World(net, tmp_path)
    now = world.clock.now
    silence = silencing.make(
        'org:"Corvid Systems"',
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        author="Ada",
        comment="we know",
        now=now,
        watchlists=(),
    )
    with open_app(world.settings, clock=world.clock) as app:
        app.store.add_silence(silence)
    world.publish(0)
    world.publish(1)
    world.clock.forward(minutes=5)
    world.round()
    assert world.sent == [CHIEFS[1][0]]
    world.clock.forward(hours=2)
    world.items.insert(0, ("late", "Corvid Systems appoints Ben Achterberg as chief financial officer", "", world.clock.now))
    world.round()
    assert len(world.sent) == 2
