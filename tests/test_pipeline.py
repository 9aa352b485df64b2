"""Which entries are new, and the life of one event from rumour to denial, through the pure pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from monitor import pipeline
from monitor.backtest import Index
from monitor.interfaces import Entry, Reading
from monitor.model import (
    Event,
    EventId,
    Feed,
    FeedId,
    MoveAction,
    Nature,
    Status,
    Story,
    StoryId,
    Verdict,
)
from monitor.results import PollResult, StoryKey
from monitor.settings.schema import Alerting, Channel, Route, Settings
from monitor.urls import canonical
from tests.stories import NOON, move, moved

SETTINGS = Settings(
    channels={"desk": Channel(type="stdout")},
    routes=(Route(name="all", channels=("desk",)),),
    outlet_tiers={"release line": 1},
)
FEED = Feed(id=FeedId("f1"), name="Harbor Wire", url="https://harbor.example/feed", baseline_done=True, stories=9)
OTHER = replace(FEED, id=FeedId("f2"), name="Dockside Post")


@dataclass
class World:
    """What a store would know, in plain dictionaries; events are found by the backtest's own index."""

    keys: dict[tuple[FeedId, str], StoryKey] = field(default_factory=dict)
    stories: dict[StoryId, Story] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    of_story: dict[StoryId, EventId] = field(default_factory=dict)
    settings: Settings = SETTINGS

    def plan(self, feed: Feed, entries: list[Entry], now: datetime) -> pipeline.Plan:
        urls = {canonical(s.url): s for s in self.stories.values()}
        return pipeline.plan(
            feed,
            Reading(entries=tuple(entries)),
            known=lambda keys: {k: self.keys[feed.id, k] for k in keys if (feed.id, k) in self.keys},
            by_url=lambda wanted: {u: urls[u] for u in wanted if u in urls},
            now=now,
        )

    def poll(
        self, feed: Feed, entries: list[Entry], verdicts: dict[str, Verdict] | None = None, *, now: datetime = NOON
    ) -> PollResult:
        """Poll and keep everything; ``verdicts`` by title, no match where a title is not given."""
        plan = self.plan(feed, entries, now)
        given = verdicts or {}
        said = {s.id: said_of(s, given.get(s.title)) for s in plan.to_classify}
        result = pipeline.conclude(
            plan,
            feed=replace(feed, baseline_done=True),
            verdicts=said,
            candidates=self.index.candidates,
            event_of_story=self._event_of,
            last_revision=lambda event_id: self.index.revisions[event_id],
            settings=self.settings,
            now=now,
        )
        self.keys |= {(k.feed_id, k.key): k for k in result.keys}
        self.stories |= {s.id: s for s in (*result.stories, *result.updated)}
        for event in result.events:
            self.index.put(event)
        self.of_story |= {m.story_id: m.event_id for m in result.memberships if m.relation != "related"}
        self.index.revisions.update({a.event_id: a.revision - self.index.revisions[a.event_id] for a in result.alerts})
        return result

    def _event_of(self, story_id: StoryId) -> Event | None:
        event_id = self.of_story.get(story_id)
        return self.index.events[event_id] if event_id else None


def said_of(story: Story, verdict: Verdict | None) -> Verdict:
    """``verdict`` as if it had been said of ``story``; no match where there is none."""
    if verdict is None:
        return Verdict(story_id=story.id)
    matches = tuple(replace(m, story_id=story.id) for m in verdict.matches)
    return replace(verdict, story_id=story.id, matches=matches)


def entry(title: str, guid: str = "", link: str = "", hours: float = 0, outlet: str = "", summary: str = "") -> Entry:
    return Entry(id=guid, link=link, title=title, summary=summary, published=NOON + timedelta(hours=hours), outlet=outlet)


# -- one story once


def test_a_document_read_twice_brings_its_stories_once() -> None:
    world, entries = World(), [entry("One thing happened today", "g1"), entry("Another thing happened today", "g2")]
    assert len(world.poll(FEED, entries).stories) == 2
    again = world.poll(FEED, entries, now=NOON + timedelta(minutes=5))
    assert (again.stories, again.updated, again.keys) == ((), (), ())


def test_a_key_seen_again_is_kept_fresh_once_a_day() -> None:
    world, entries = World(), [entry("One thing happened today", "g1")]
    world.poll(FEED, entries)
    later = NOON + timedelta(hours=25)
    assert {k.last_seen for k in world.poll(FEED, entries, now=later).keys} == {later}


def test_a_guid_of_all_entries_names_none_of_them() -> None:
    entries = [entry(f"Story number {n} of the day", "same", f"https://harbor.example/{n}") for n in range(5)]
    world = World()
    assert len(world.poll(FEED, entries).stories) == 5
    assert world.poll(FEED, [*entries, entry("A sixth story of the day", "same", "https://harbor.example/6")]).stories[
        0
    ].title == ("A sixth story of the day")


def test_without_guid_and_with_one_link_for_all_the_words_name_a_story() -> None:
    entries = [entry(f"Story number {n} of the day", "", "https://harbor.example/") for n in range(3)]
    world = World()
    assert len(world.poll(FEED, entries).stories) == 3
    assert world.poll(FEED, entries).stories == ()


def test_an_entry_given_twice_in_one_document_is_one_story() -> None:
    one = entry("One thing happened today", "g1", "https://harbor.example/1")
    world = World()
    assert len(world.poll(FEED, [one, one]).stories) == 1
    assert world.poll(FEED, [one]).stories == ()


def test_the_same_page_in_another_feed_is_the_same_story() -> None:
    world = World()
    world.poll(FEED, [entry("One thing happened today", "g1", "https://harbor.example/1?utm_source=a")])
    result = world.poll(OTHER, [entry("One thing happened", "x1", "https://www.harbor.example/1#top")])
    assert result.stories == ()
    assert {k.feed_id for k in result.keys} == {OTHER.id}
    assert world.poll(OTHER, [entry("One thing happened", "x1", "https://www.harbor.example/1#top")]).keys == ()


def test_an_edit_updates_its_story_and_keeps_its_id() -> None:
    world = World()
    (first,) = world.poll(FEED, [entry("One thing happened today", "g1")]).stories
    result = world.poll(FEED, [entry("One thing happened yesterday", "g1")], now=NOON + timedelta(hours=1))
    assert result.stories == ()
    assert [(s.id, s.title) for s in result.updated] == [(first.id, "One thing happened yesterday")]
    assert abs(result.updated[0].first_seen - first.first_seen) < timedelta(milliseconds=2)


def test_a_repeat_of_another_feeds_story_is_never_an_edit_of_it() -> None:
    world = World()
    world.poll(FEED, [entry("One thing happened today", "g1", "https://harbor.example/1")])
    world.poll(OTHER, [entry("One thing happened", "x1", "https://harbor.example/1")])
    assert world.poll(OTHER, [entry("One thing happened, retold", "x1", "https://harbor.example/1")]).updated == ()


def test_renamed_guids_are_paired_and_alert_nothing() -> None:
    world = World()
    titles = [f"Company {n} names a new chief executive" for n in range(4)]
    said = {t: moved_by(t, f"Ann Person{n}", f"Company{n}") for n, t in enumerate(titles)}
    before = [entry(t, f"old{n}", f"https://harbor.example/{n}") for n, t in enumerate(titles)]
    assert len(world.poll(FEED, before, said).alerts) == 4
    # Two keep their address, two only their title and day.
    moved_on = [entry(t, f"new{n}", f"https://harbor.example/{'x' if n > 1 else ''}{n}") for n, t in enumerate(titles)]
    result = world.poll(FEED, moved_on, said, now=NOON + timedelta(hours=1))
    assert (result.stories, result.alerts) == ((), ())
    assert "paired" in result.notes[0].message
    assert world.poll(FEED, moved_on, said, now=NOON + timedelta(hours=2)).stories == ()


def test_a_document_that_shares_nothing_with_the_last_says_so() -> None:
    world = World()
    world.poll(FEED, [entry("One thing happened today", "g1")])
    result = world.poll(FEED, [entry("Quite another thing happened since", "g2")], now=NOON + timedelta(hours=9))
    assert [n.level for n in result.notes] == ["warning"]


@given(some.lists(some.tuples(some.sampled_from(["", "g1", "g2"]), some.sampled_from(["", "u1", "u2"]), some.text(max_size=5))))
def test_any_document_read_twice_adds_nothing(shapes: list[tuple[str, str, str]]) -> None:
    world = World()
    entries = [entry(t, g, f"https://harbor.example/{u}" if u else "") for g, u, t in shapes]
    first = world.poll(FEED, entries)
    assert len({s.id for s in first.stories}) == len(first.stories)
    again = world.poll(FEED, entries, now=NOON + timedelta(minutes=5))
    assert (again.stories, again.updated) == ((), ())


def test_planning_twice_gives_the_same_ids() -> None:
    entries = [entry("One thing happened today", "g1")]
    assert World().plan(FEED, entries, NOON) == World().plan(FEED, entries, NOON)


# -- what a poll leads to


def moved_by(title: str, person: str, to: str, **slots: str | Status) -> Verdict:
    who = move(person, MoveAction.HIRE, to_org=to, **slots)
    found = Story(id=StoryId(title), feed_id=FEED.id, url="", title=title, first_seen=NOON)
    return moved(found, who)


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
    assert dict(result.notes[-1].fields)["because"] == "the story belongs to the first poll of its feed"
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
