"""What can be asked for: the filter as one value, and the table of its parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from difflib import get_close_matches
from typing import Literal

from monitor.errors import QueryError
from monitor.model import BuildoutAction, Label, MoveAction, Severity, Status
from monitor.standing import Progress

MOST_NAMES = 12  # of feeds, searches and channels: in place of a name that is none, so many are listed
MOST_WORDS = 64  # of full text: more than a headline has; some thousand hold a database for seconds, or are beyond it
SEARCH_NAME = re.compile(r"\w[\w .-]{0,63}")
A_SEARCH_NAME = "up to 64 letters, digits, spaces, . _ -"
_WORD = re.compile(r"\w+")
KNOWN: dict[str, tuple[str, ...]] = {
    "label": tuple(label.value for label in Label),
    "status": tuple(status.value for status in Status),
    "severity": tuple(severity.value for severity in Severity),
    "progress": tuple(progress.value for progress in Progress),
    "action": tuple(dict.fromkeys(action.value for kind in (MoveAction, BuildoutAction) for action in kind)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What can be asked for, read. All conditions given must hold; within a tuple one suffices. The empty filter matches
    everything.

    Names (``org`` is either side, ``from_org``, ``to_org``, ``person``, ``role``, ``outlet``, ``project``, ``location``)
    match whole words in their order, whatever their case and accents. Raises QueryError for a word the model does not have.
    """

    label: tuple[str, ...] = ()
    org: tuple[str, ...] = ()
    from_org: tuple[str, ...] = ()
    to_org: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    progress: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    watchlist: tuple[tuple[str, str], ...] = ()  # (org, person or project; name): one of them suffices
    feed: str = ""  # a feed's id; stories only
    amount_min: float | None = None  # dollars
    capacity_min: float | None = None  # megawatts
    since: datetime | None = None  # first seen, or alerted, at this time or later
    until: datetime | None = None  # before this time
    q: str = ""  # every word and every "phrase" of it, in any order; a word may end in *
    changed_after: datetime | None = None  # oldest change first, for keeping a copy up to date

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.type.startswith("tuple") and isinstance(value, str):
                raise QueryError(f"{one.name}: a tuple of texts is wanted, not {value!r}")
        for name, known in KNOWN.items():
            for value in getattr(self, name):
                if value not in known:
                    raise QueryError.unknown(name, value, known)
        if (words := len(_WORD.findall(self.q))) > MOST_WORDS:
            raise QueryError(f"q: has {words} words; give {MOST_WORDS} at most", "q")


Pair = tuple[str, str]
Kind = Literal["word", "name", "least", "time", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing that can be asked for. ``field`` is its place in ``Filter``, ``values`` what it may be (empty: anything)."""

    name: str
    help: str
    kind: Kind = "name"
    field: str = ""
    values: tuple[str, ...] = ()
    only: str = ""  # the one list that knows it

    @property
    def many(self) -> bool:
        return self.kind in ("word", "name")

    @property
    def target(self) -> str:
        return self.field or self.name


SEVERITIES = KNOWN["severity"]  # rising
AT_LEAST = tuple(f">={severity}" for severity in SEVERITIES[1:])
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(name="label", kind="word", values=KNOWN["label"], help="The kind of event."),
    Parameter(name="org", help="An organisation: left, joined or building."),
    Parameter(name="from", field="from_org", help="The organisation left."),
    Parameter(name="to", field="to_org", help="The organisation joined."),
    Parameter(name="person", help="A person, or part of a name."),
    Parameter(name="role", help="A role, such as CEO."),
    Parameter(name="action", kind="word", values=KNOWN["action"], help="The kind of move or buildout."),
    Parameter(name="status", kind="word", values=KNOWN["status"], help="How certain it is."),
    Parameter(name="severity", kind="word", values=(*SEVERITIES, *AT_LEAST), help="How much it matters; >=high: high or above."),
    Parameter(name="progress", kind="word", values=KNOWN["progress"], help="How far a buildout has come."),
    Parameter(name="outlet", help="An outlet."),
    Parameter(name="project", help="A project, such as Stargate."),
    Parameter(name="location", help="A place."),
    Parameter(name="watchlist", help="A watchlist: any of its organisations, people or projects."),
    Parameter(name="amount", kind="least", field="amount_min", help="At least this many dollars: 5e9 or 5bn."),
    Parameter(name="capacity", kind="least", field="capacity_min", help="At least this many megawatts: 500 or 1.2GW."),
    Parameter(name="since", kind="time", help="At this time or later: 7d, 12h (ago), today, yesterday, or a date."),
    Parameter(name="until", kind="time", help="Before this time: 7d, 12h (ago), today, or a date; must be after since."),
    Parameter(name="q", kind="text", help='Words and "phrases" in titles and summaries; a word may end in *.'),
    Parameter(name="changed_after", kind="time", help="Changed since this time, oldest change first: to keep a copy up to date."),
    Parameter(name="feed", kind="text", only="stories", help="A feed, by its name or id."),
    Parameter(name="search", kind="text", help="A saved search, by name; conditions beside it replace its own."),
)
BY_NAME = {p.name: p for p in PARAMETERS}
# What sums do not ask for: they count one kind of event, each once, in no order of changes, whatever feed told it.
NOT_OF_SUMS = ("label", "changed_after", "feed")
# What routes and silences do not: they are held against what comes, one event at a time.
NOT_OF_EVENTS = ("progress", "since", "until", "changed_after", "feed")


_JOINED = str.maketrans(" -", "__")
_SPELT = {"rumoured": "rumored", "canceled": "cancelled"}  # as messages and pages spell it, and as others do


def spelt(value: str, known: Sequence[str]) -> str:
    """A word of ``known``, given as messages and pages show it ("Rumoured", "under way"); what is none is left as it is."""
    plain = value.strip().lower().translate(_JOINED)
    return plain if (plain := _SPELT.get(plain, plain)) in known else value


def tidy(name: str, value: str) -> Pair:
    """``amount>=5`` in an address reads as a parameter ``amount>`` of value 5; words are spelt as the filter has them."""
    if name.endswith(">") and (known := name.removesuffix(">")) in ("amount", "capacity", "severity"):
        name, value = known, f">={value.strip()}" if known == "severity" else value
    return name, spelt(value, BY_NAME[name].values) if name in BY_NAME else value


def near(name: str, known: Sequence[str], most: int = 0) -> str:
    """What would be right in place of ``name``; more than ``most`` names (0: any number) are counted and not listed."""
    if not known:
        return "there is none"
    close = get_close_matches(name, known, 1)
    listed = f"{len(known)} of other names" if 0 < most < len(known) else ", ".join(known)
    return f"did you mean {close[0]!r}?" if close else f"there {'is' if len(known) == 1 else 'are'} {listed}"
