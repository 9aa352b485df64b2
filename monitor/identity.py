"""One story once: which entries of a document are new, which were edited, which are known. Pure.

The ladder: guid; else canonical link; else a digest of title and summary. A rung that serves several entries of one
document names none of them, and each falls to the next. Across feeds the canonical URL is a second key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.ids import digest, make_id, time_of
from monitor.interfaces import Entry, Reading
from monitor.model import Feed, FeedId, Story, StoryId
from monitor.results import Note, StoryKey
from monitor.text import title_digest
from monitor.urls import canonical

Known = Callable[[Sequence[str]], dict[str, StoryKey]]
ByUrl = Callable[[Sequence[str]], dict[str, Story]]
# A key seen again is written again at most this often: it only has to outlive what a clean-up deletes.
REFRESH = timedelta(days=1)
TIME = 10  # characters of an id that say when; the others say what


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a document brings. ``feed`` is the feed as it was before this poll; ``stories`` are new, oldest first."""

    feed: Feed
    stories: tuple[Story, ...] = ()
    updated: tuple[Story, ...] = ()
    keys: tuple[StoryKey, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def to_classify(self) -> tuple[Story, ...]:
        return (*self.stories, *self.updated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entry with its names: the ``key`` of the rung that held, a ``twin`` of title and day, its canonical ``url``."""

    entry: Entry
    key: str
    twin: str
    url: str
    fingerprint: str


def plan(feed: Feed, reading: Reading, *, known: Known, by_url: ByUrl, now: datetime) -> Plan:
    """Which entries of ``reading`` are new to ``feed``, which were edited. Only what is new costs more than a lookup.

    ``known`` maps keys of this feed to what is stored, ``by_url`` canonical URLs to stories of any feed.
    """
    named = name_entries(reading.entries)
    stored = known([n.key for n in named])
    fresh = [n for n in named if n.key not in stored]
    draft = _Draft(feed, now)
    for n in named:
        if n.key in stored:
            draft.seen(n, stored[n.key])
    urls = by_url([n.url for n in fresh if n.url]) if fresh else {}
    migrated = feed.baseline_done and len(fresh) >= 3 and len(fresh) * 2 > len(named)
    twins = known([n.twin for n in fresh if n.twin]) if migrated else {}
    paired = 0
    for n in fresh:
        if (story_id := _pair(feed.id, n, urls, twins, migrated)) is not None:
            draft.point(n, story_id)
            paired += 1
        else:
            draft.new(n)
    draft.remark(len(named), len(fresh), paired, migrated)
    return draft.done()


def name_entries(entries: Sequence[Entry]) -> list[Named]:
    """Each entry with its key, repeats left out."""
    entries = list({(e.id, e.link, e.title, e.summary): e for e in entries}.values())
    urls = [page(e.link) for e in entries]
    guids, links = Counter(e.id for e in entries), Counter(urls)
    found: dict[str, Named] = {}
    for entry, url in zip(entries, urls, strict=True):
        url = url if links[url] == 1 else ""
        if entry.id and guids[entry.id] == 1:
            key = digest("guid", entry.id)
        else:
            key = digest("link", url) if url else digest("text", entry.title, entry.summary)
        title = title_digest(entry.title)
        twin = digest("twin", title, entry.published.date().isoformat() if entry.published else "") if title else ""
        fingerprint = digest(entry.title, entry.summary, entry.link)
        found.setdefault(key, Named(entry=entry, key=key, twin=twin, url=url, fingerprint=fingerprint))
    return list(found.values())


def page(link: str) -> str:
    """The canonical URL of a page; "" for a site's front page, which names no story."""
    url = canonical(link)
    parts = urlsplit(url)
    return url if parts.path or parts.query else ""


def _pair(feed_id: FeedId, n: Named, urls: dict[str, Story], twins: dict[str, StoryKey], migrated: bool) -> StoryId | None:
    """The stored story a new key names: the same page in another feed, or one of ours whose guid changed."""
    story = urls.get(n.url)
    if story is not None and (migrated or story.feed_id != feed_id or title_digest(story.title) == title_digest(n.entry.title)):
        return story.id
    return twins[n.twin].story_id if n.twin in twins else None


class _Draft:
    """A plan being made."""

    def __init__(self, feed: Feed, now: datetime) -> None:
        self._feed, self._now = feed, now
        self._stories: list[Story] = []
        self._updated: list[Story] = []
        self._keys: dict[str, StoryKey] = {}
        self._notes: list[Note] = []

    def seen(self, n: Named, key: StoryKey) -> None:
        """A known entry: fresh in the index now and then, and edited where its words changed."""
        if key.fingerprint != n.fingerprint:
            self.point(n, key.story_id)
            first_seen = time_of(key.story_id)
            # Another feed's story that this one repeats is edited there, not here.
            if key.story_id[TIME:] == _story_id(self._feed.id, n.key, first_seen)[TIME:]:
                self._updated.append(self._story(n, key.story_id, first_seen))
        elif self._now - key.last_seen >= REFRESH:
            self.point(n, key.story_id)

    def point(self, n: Named, story_id: StoryId) -> None:
        for name in filter(None, (n.key, n.twin)):
            self._keys[name] = StoryKey(
                feed_id=self._feed.id, key=name, story_id=story_id, fingerprint=n.fingerprint, last_seen=self._now
            )

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

    def remark(self, entries: int, fresh: int, paired: int, migrated: bool) -> None:
        counts = (("entries", entries), ("new", fresh), ("paired", paired))
        if migrated and paired:
            self._notes.append(Note(message="the feed renamed its entries; paired with what was stored", fields=counts))
        elif self._feed.baseline_done and self._feed.stories and entries and fresh - paired == entries:
            why = "nothing in the feed was known: entries may have been missed since the last poll"
            self._notes.append(Note(message=why, fields=counts, level="warning"))

    def done(self) -> Plan:
        ordered = sorted(self._stories, key=lambda s: (s.at, s.id))
        return Plan(
            feed=self._feed,
            stories=tuple(ordered),
            updated=tuple(self._updated),
            keys=tuple(self._keys.values()),
            notes=tuple(self._notes),
        )


def _story_id(feed_id: FeedId, key: str, first_seen: datetime) -> StoryId:
    return StoryId(make_id(first_seen, "story", feed_id, key))
