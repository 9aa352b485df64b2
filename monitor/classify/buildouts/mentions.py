"""A story's names as the infrastructure half weighs them: each place they stand at, with what was found in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.classify.buildouts.terms import Hit
from monitor.classify.parsing.row import Row
from monitor.classify.words.document import Document, Sentence
from monitor.classify.words.lexicon import orgs_by_alias
from monitor.classify.words.sameness import ticker


@dataclass(slots=True)
class Mention:
    text: str
    kind: str  # gazetteer, org, person, name, place or actor
    key: str
    sentence: Sentence
    start: int
    end: int
    org_kind: str = ""  # the gazetteer's
    nth: int = 0  # of its sentence
    acts: bool = False  # a deed is told behind it
    opens: bool = False  # opens the headline without a name (``openers``)

    @property
    def in_title(self) -> bool:
        return self.sentence.field == "title"

    @property
    def by_ticker(self) -> bool:
        org = orgs_by_alias().get(self.text)
        return org is not None and ticker(self.text, org.name)


@dataclass(slots=True)
class Line:
    """A row with what was found in it. ``number`` of the sentence in the summary, 0 of a title's; ``known``: the keys of the
    mentions that the gazetteer has."""

    document: Document
    row: Row
    number: int
    cues: Sequence[Hit]
    topics: Sequence[Hit]
    projects: Sequence[Hit]
    mentions: list[Mention] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Candidate:
    """One name with its mentions and the lines they stand in. ``in_title``: whether one stands there; ``order`` among those of
    the title, ``count`` of all; ``company``: whether a known one stands in the title."""

    first: Mention
    mentions: list[Mention]
    lines: list[Line]
    in_title: bool = False
    order: int = 0
    count: int = 0
    company: bool = False

    @property
    def stands(self) -> list[tuple[str, int, int]]:
        """Every place it stands at: field, start, end."""
        return [(m.sentence.field, m.start, m.end) for m in self.mentions]

    @property
    def told(self) -> Mention:
        """The first mention, by a name where one is told beside a ticker or its first letters: "Osprey Quill Works" for "OQW"."""
        first, known = self.first, orgs_by_alias()
        if first.by_ticker:
            return next((m for m in self.mentions if m.text in known and not m.by_ticker), first)
        org = known.get(first.text)
        if not first.text.isupper() or (org is not None and org.name == first.text):  # "AMD" is what all call it
            return first
        return next((m for m in self.mentions if shortened(m.text, first.text)), first)

    @property
    def org_kind(self) -> str:
        return self.first.org_kind


def shortened(name: str, letters: str) -> bool:
    """Whether ``letters`` are the first of a name of three words or more."""
    if not letters.isupper() or len(letters) <= 2:
        return False
    words = name.split()
    return len(words) == len(letters) and "".join(word[0] for word in words) == letters
