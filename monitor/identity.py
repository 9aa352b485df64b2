"""One story once: which entries of a document are new, which were edited, which are known. Pure.

The ladder: guid; else canonical link; else a digest of title and summary. A rung that serves several entries of one
document names none of them, and each falls to the next; a feed that gives one guid to most of its entries never stands on
that rung again. Across feeds the canonical URL is a second key, and an outlet's own title a third.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor.belonging import foreign
from monitor.copies import copy_of
from monitor.ids import make_id, time_of
from monitor.interfaces import Reading
from monitor.model import Feed, FeedId, Story, StoryId
from monitor.naming import GUID, Named, name_entries, page, rung_of
from monitor.results import Note, StoryKey
from monitor.text import title_digest

Known = Callable[[Sequence[str]], dict[str, StoryKey]]
# A key seen again is written again at most this often: it only has to outlive what a clean-up deletes.
REFRESH = timedelta(days=1)
COPIES_WITHIN = timedelta(days=3)  # a copy of an outlet's story shows up by then
TIME = 10  # characters of an id that say when; the others say what
NO_STORY = StoryId("")


class Stories(Protocol):
    """The stories there are by now: a snapshot of the store, or what stands for one. What it does not have is left out."""

    def known_keys(self, feed_id: FeedId, keys: Collection[str]) -> dict[str, StoryKey]:
        """Those of ``keys`` that the feed has used before."""
        ...

    def has_keys(self, feed_id: FeedId) -> bool:
        """Was any entry of the feed ever seen? (One of nothing but others' copies has no stories.)"""
        ...

    def stories(self, ids: Collection[StoryId]) -> Mapping[StoryId, Story]: ...

    def stories_by_url(self, canonical_urls: Collection[str]) -> Mapping[str, Story]:
        """Of any feed."""
        ...

    def stories_by_title(self, digests: Collection[str], since: datetime) -> Mapping[str, Sequence[Story]]:
        """Of any feed, first seen since then, by the digests of their titles."""
        ...

    def recent_stories(self, feed_id: FeedId) -> Sequence[Story]:
        """A feed's last ones, newest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a document brings. ``feed`` is the feed as it was before this poll; ``stories`` are new, oldest first.

    ``repeated`` are other feeds' stories that this one brings too. ``overlap`` is the share of entries that were known, None
    where there was nothing to compare with: a first document, or an empty one. ``stale``: entries were skipped as known that
    are not, so the document has to be read in full.
    """

    feed: Feed
    stories: tuple[Story, ...] = ()
    updated: tuple[Story, ...] = ()
    repeated: tuple[Story, ...] = ()
    keys: tuple[StoryKey, ...] = ()
    notes: tuple[Note, ...] = ()
    overlap: float | None = None
    foreign: bool = False
    stale: bool = False
    rung: int = GUID

    @property
    def to_classify(self) -> tuple[Story, ...]:
        return (*self.stories, *self.updated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The entries of a document by their names, and what there may be to classify among them: never less than there is.

    ``stored`` are those of their keys that were found; what was not found may be there by the time of the plan. ``stale``: as
    in a plan.
    """

    named: tuple[Named, ...]
    stored: Mapping[str, StoryKey] = field(default_factory=dict)
    rung: int
    to_classify: tuple[Story, ...] = ()
    stale: bool = False


def sift(feed: Feed, reading: Reading, *, known: Known, now: datetime) -> Sifted:
    """The first half of a plan, which asks for no more than this feed's own keys."""
    rung = rung_of(reading.entries, feed.rung)
    named = tuple(name_entries(reading.entries, rung))
    stored = known([n.key for n in named])
    draft = _Draft(feed, now)
    for n in named:
        if n.key in stored:
            draft.seen(n, stored[n.key])
        elif n.entry.known:
            return Sifted(named=named, rung=rung, stale=True)
        elif n.entry.wanted:
            draft.new(n)
    return Sifted(named=named, stored=stored, rung=rung, to_classify=draft.done().to_classify)


def plan(feed: Feed, reading: Reading, there: Stories, *, sifted: Sifted | None = None, now: datetime) -> Plan:
    """Which entries of ``reading`` are new to ``feed``, which were edited. Only what is new costs more than a lookup.

    ``there``: what it is held against. ``sifted`` is what ``sift`` made of the same reading.
    """
    rung = sifted.rung if sifted else rung_of(reading.entries, feed.rung)
    named = list(sifted.named) if sifted else name_entries(reading.entries, rung)
    stored = dict(sifted.stored) if sifted else {}
    stored |= there.known_keys(feed.id, [n.key for n in named if n.key not in stored])
    if any(n.entry.known and n.key not in stored for n in named):
        return Plan(feed=feed, stale=True, rung=rung)
    named, stored = _told_apart(feed.id, named, stored, there)
    fresh = [n for n in named if n.key not in stored]
    draft = _Draft(feed, now)
    for n in named:
        if n.key in stored:
            draft.seen(n, stored[n.key])
    whole = feed.baseline_done and not reading.partial  # what is new alone shares nothing with what was there, as it should
    migrated = whole and len(fresh) >= 3 and len(fresh) * 2 > len(named)
    paired = _settle(draft, feed.id, fresh, there, migrated, now - COPIES_WITHIN)
    new = len(fresh) - paired
    overlap = 1 - new / len(named) if named and whole else None
    if overlap == 0 and not there.has_keys(feed.id):
        overlap = None
    strange = overlap == 0 and _foreign(feed, reading, named, there.recent_stories(feed.id))
    draft.remark(len(named), len(fresh), paired, migrated, overlap, strange)
    return replace(draft.done(), overlap=overlap, foreign=strange, rung=rung)


def _settle(draft: _Draft, feed_id: FeedId, fresh: Sequence[Named], there: Stories, migrated: bool, since: datetime) -> int:
    """Each new key in ``draft``: a new story, or another name of a stored one; returns how many are the latter."""
    wanted = [n for n in fresh if n.entry.wanted]
    urls = there.stories_by_url([n.url for n in wanted if n.url]) if wanted else {}
    twins = there.known_keys(feed_id, [n.twin for n in wanted if n.twin]) if migrated else {}
    titles = there.stories_by_title([title_digest(n.entry.title) for n in wanted], since) if wanted else {}
    paired = 0
    for n in fresh:
        if not n.entry.wanted:
            draft.point(n, NO_STORY)
        elif (story := _pair(feed_id, n, urls, twins, titles, migrated)) is None:
            draft.new(n)
        else:
            draft.again(n, story)
            paired += 1
    return paired


def _told_apart(
    feed_id: FeedId, named: list[Named], stored: dict[str, StoryKey], there: Stories
) -> tuple[list[Named], dict[str, StoryKey]]:
    """Entries whose guid names a story of another page and another title: a guid used again names nothing.

    An editor changes a title or an address; who changes both under one guid has most likely written another story, and an
    edit taken for one costs nothing, for it joins the same event.
    """
    asked = [n for n in named if n.guided and not n.entry.known and n.key in stored]
    changed = [n for n in asked if stored[n.key].fingerprint != n.fingerprint]
    if not changed:
        return named, stored
    told = there.stories([stored[n.key].story_id for n in changed])
    again = {n.key for n in changed if (s := told.get(stored[n.key].story_id)) is not None and _another(n, s)}
    if not again:
        return named, stored
    named = [n.lower() if n.key in again else n for n in named]
    return named, stored | there.known_keys(feed_id, [n.key for n in named])


def _another(n: Named, story: Story) -> bool:
    from_page = bool(n.url) and bool(story.url) and n.url != page(story.url)
    return from_page and title_digest(n.entry.title) != title_digest(story.title)


def _foreign(feed: Feed, reading: Reading, named: Sequence[Named], before: Sequence[Story]) -> bool:
    old = [(s.title, s.url) for s in before]
    return foreign(old, [(n.entry.title, n.entry.link) for n in named], old_title=feed.title, new_title=reading.title)


def _pair(
    feed_id: FeedId,
    n: Named,
    urls: Mapping[str, Story],
    twins: Mapping[str, StoryKey],
    titles: Mapping[str, Sequence[Story]],
    migrated: bool,
) -> Story | StoryKey | None:
    """The stored story a new key names: the same page in another feed, one of ours whose guid changed, an outlet's own."""
    story = urls.get(n.url)
    if story is not None and (migrated or story.feed_id != feed_id or title_digest(story.title) == title_digest(n.entry.title)):
        return story
    if n.twin in twins:
        return twins[n.twin]
    others = (s for s in titles.get(title_digest(n.entry.title), ()) if s.feed_id != feed_id)
    return next((s for s in others if copy_of(n.entry, s)), None)


class _Draft:
    """A plan being made."""

    def __init__(self, feed: Feed, now: datetime) -> None:
        self._feed, self._now = feed, now
        self._stories: list[Story] = []
        self._updated: list[Story] = []
        self._repeated: list[Story] = []
        self._keys: dict[str, StoryKey] = {}
        self._notes: list[Note] = []

    def seen(self, n: Named, key: StoryKey) -> None:
        """A known entry: fresh in the index now and then, and edited where its words changed."""
        if not n.entry.known and key.fingerprint != n.fingerprint:
            self.point(n, key.story_id)
            first_seen = time_of(key.story_id)
            # Another feed's story that this one repeats is edited there, not here.
            if key.story_id[TIME:] == _story_id(self._feed.id, n.key, first_seen)[TIME:]:
                self._updated.append(self._story(n, key.story_id, first_seen))
        elif self._now - key.last_seen >= REFRESH:
            self._keys[n.key] = replace(key, last_seen=self._now)

    def point(self, n: Named, story_id: StoryId) -> None:
        for name in filter(None, (n.key, n.twin)):
            self._keys[name] = StoryKey(
                feed_id=self._feed.id, key=name, story_id=story_id, fingerprint=n.fingerprint, last_seen=self._now
            )

    def again(self, n: Named, story: Story | StoryKey) -> None:
        """A new name of a stored story."""
        if isinstance(story, StoryKey):
            self.point(n, story.story_id)
            return
        self.point(n, story.id)
        if story.feed_id != self._feed.id:
            self._repeated.append(story)

    def new(self, n: Named) -> None:
        story_id = _story_id(self._feed.id, n.key, self._now)
        self._stories.append(self._story(n, story_id, self._now))
        self.point(n, story_id)

    def _story(self, n: Named, story_id: StoryId, first_seen: datetime) -> Story:
        entry = n.entry
        return Story(
            id=story_id,
            feed_id=self._feed.id,
            url=entry.link,
            title=entry.title,
            summary=entry.summary,
            outlet=entry.outlet,
            published=entry.published,
            first_seen=first_seen,
        )

    def remark(self, entries: int, fresh: int, paired: int, migrated: bool, overlap: float | None, strange: bool) -> None:
        counts = (("entries", entries), ("new", fresh), ("paired", paired))
        if migrated and paired:
            self._notes.append(Note(message="the feed renamed its entries; paired with what was stored", fields=counts))
        elif overlap == 0:
            why = "nothing in the feed was known: entries may have been missed since the last poll"
            told = "the feed's titles no longer belong to it: stored, and alerted to nobody"
            self._notes.append(Note(message=told if strange else why, fields=counts, level="warning"))

    def done(self) -> Plan:
        ordered = sorted(self._stories, key=lambda s: (s.at, s.id))
        return Plan(
            feed=self._feed,
            stories=tuple(ordered),
            updated=tuple(self._updated),
            repeated=tuple(self._repeated),
            keys=tuple(self._keys.values()),
            notes=tuple(self._notes),
        )


def _story_id(feed_id: FeedId, key: str, first_seen: datetime) -> StoryId:
    return StoryId(make_id(first_seen, "story", feed_id, key))
