"""What is kept of a document, in its publisher's words: the feed's head, and its entries. See ``lean_reader``."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.sources.lean_rules import LINK, joined
from monitor.sources.xml_guard import DAYS


@dataclass(slots=True)
class Raw:
    """An entry in its publisher's words."""

    id: str = ""
    link: str | None = None
    links: list[str] = field(default_factory=list)
    title: str = ""
    title_at: int = 999  # the depth it was found at
    summary: str | None = None
    summary_at: int = 999
    content: str | None = None  # the first
    dates: dict[str, str] = field(default_factory=dict)
    source: str = ""
    source_url: str = ""


@dataclass(slots=True)
class Head:
    """What a document says of its feed."""

    title: str = ""
    link: str | None = None
    ttl: str = ""
    period: str = ""
    frequency: str = ""
    hubs: list[str] = field(default_factory=list)
    topic: str = ""
    skip_hours: set[int] = field(default_factory=set)
    skip_days: set[int] = field(default_factory=set)

    def keep(self, what: str, value: str, base: str) -> None:
        """``value`` is what an element called ``what`` holds; addresses are relative to ``base``."""
        if what == "title":
            self.title = self.title or value
        elif what == LINK:
            self.link = joined(base, value)
        elif what == "id":  # acts as a link until there is one, as in an entry
            self.link = joined(base, value) if self.link is None else self.link
        elif what == "ttl":
            self.ttl = value
        elif what == "sy:updateperiod":
            self.period = value
        elif what == "sy:updatefrequency":
            self.frequency = value
        elif what == "hour" and value.isascii() and value.isdigit() and int(value[:3]) <= 24:
            self.skip_hours.add(int(value) % 24)
        elif what == "day" and value.lower() in DAYS:
            self.skip_days.add(DAYS[value.lower()])
