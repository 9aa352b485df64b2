"""What names an entry of a document: the rungs of the identity ladder. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from monitor.ids import digest
from monitor.interfaces import Entry
from monitor.text import title_digest
from monitor.urls import canonical

GUID, LINK, WORDS = 0, 1, 2  # the rungs


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entry with its names: the ``key`` of the rung that held, and its canonical ``url``, "" where it names no story."""

    entry: Entry
    key: str
    url: str
    guided: bool = False  # the guid is the key
    fingerprint: str = ""
    _twin: list[str] = field(default_factory=list, compare=False, repr=False)

    @property
    def twin(self) -> str:
        """A name of title and day, for guids that all change at once; "" for a title of few words."""
        if not self._twin:  # it costs, and only new entries need it
            title, at = title_digest(self.entry.title), self.entry.published
            self._twin.append(digest("twin", title, at.date().isoformat() if at else "") if title else "")
        return self._twin[0]

    def lower(self) -> Named:
        """The same entry one rung down, its guid taken for naming nothing."""
        return replace(self, key=_key("", self.url, self.entry), guided=False)


def rung_of(entries: Sequence[Entry], before: int) -> int:
    """The rung a feed stands on: where one guid, or one link, serves most of several entries, the next one down; never up."""
    different = list({(e.id, e.link, e.title): e for e in entries}.values())
    rung = before
    if rung == GUID and _one_for_most([e.id for e in different]):
        rung = LINK
    if rung == LINK and _one_for_most([page(e.link) for e in different]):
        rung = WORDS
    return rung


def _one_for_most(names: Sequence[str]) -> bool:
    counted = Counter(name for name in names if name)
    most = max(counted.values(), default=0)
    return most > 2 and most * 2 > len(names)


def name_entries(entries: Sequence[Entry], rung: int = GUID) -> list[Named]:
    """Each entry with its key, repeats left out."""
    entries = list({(e.id, e.link, e.title, e.summary): e for e in entries}.values())
    urls = [page(e.link) for e in entries]
    guids, links = Counter(e.id for e in entries), Counter(urls)
    found: dict[str, Named] = {}
    for entry, url in zip(entries, urls, strict=True):
        url = url if links[url] == 1 and rung < WORDS else ""
        guid = entry.id if rung == GUID and guids[entry.id] == 1 else ""
        fingerprint = "" if entry.known else digest(entry.title, entry.summary, entry.link)
        named = Named(entry=entry, key=_key(guid, url, entry), url=url, guided=bool(guid), fingerprint=fingerprint)
        found.setdefault(named.key, named)
    return list(found.values())


def _key(guid: str, url: str, entry: Entry) -> str:
    if guid:
        return digest("guid", guid)
    return digest("link", url) if url else digest("text", entry.title, entry.summary)


def page(link: str) -> str:
    """The canonical URL of a page; "" for a site's front page, which names no story."""
    url = canonical(link)
    return url if "/" in url[len("https://") :] or "?" in url else ""
