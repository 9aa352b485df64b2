"""A story as the grammar sees it: sentences and tokens with offsets into the story's own fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from monitor.classify.words.kept import Kept
from monitor.classify.words.lexicon import Org
from monitor.classify.words.seams import Cut, seams, shouted
from monitor.model import Span, Story
from monitor.text import repeats, split_outlet

if TYPE_CHECKING:
    from monitor.classify.words.name_words import Looks

Field = Literal["title", "summary"]
_WORD = re.compile(
    r"(?=[A-Z][a-z]?\.)(?:"  # an abbreviation: asked once, not of each kind, whether this can be one
    r"(?:[A-Z]\.[A-Z]|[A-Z]|St|Jr|Sr)\.(?=\s[A-Z][a-z])|[A-Z]\.(?=\s[“\"(][A-Z][a-z]+[”\")]\s[A-Z])|[A-Z]\.(?=\s[A-Z]\.\s[A-Z][a-z])|(?:[A-Z]\.)?[A-Z]\.(?=\s[A-Z]{2})(?<!U\.[SKN]\.)|(?:Jr|Sr)\.(?=,|\s[a-z])"
    r")|[A-Za-zÀ-ÖØ-öø-ÿĀ-ɏ0-9][\w.&’'À-ɏ/+-]*(?<![.,])|[A-Za-z]|\S"
)
_ABBREVIATION = re.compile(
    r"\b(?:Inc|Corp|Co|Bros|Ltd|Rs|Mr|Mrs|Ms|Dr|St|vs|No|Jr|Sr|U\.S|U\.K|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z])\.$"
)
# The third way: markup taken off without a space, "… at the company.Clark joins".
# It begins with one of few characters, so that ``re`` skips the rest; blanks are many, and matter only beside a sign.
_MARK = r"(?:(?<=[a-z]{3}[.])(?=[A-Z][a-z]{2})|[\"”’)]?\s+(?=[\"“(A-Z0-9]))"
_END_BY_MARK = re.compile(rf"[.!?…]{_MARK}")
_END = re.compile(rf"[.!?…\s](?:(?<=\s)(?:[—–|·•]\s|(?<=\n)|-\s-\s)|(?<=[.!?…]){_MARK})")
_SIGNS = (*"—–|·•\n", "- - ")
_DASH = re.compile(r"(?<=\w)-{2,3}(?=\w)")  # "Ada Quill--now of Corvid--leaves"
_JOINT = re.compile(r"(?<=[a-z]{3})[.](?=[A-Z][a-z]{2})")
# The desk some papers print behind a summary.
_DESKS = ("Markets", "Companies", "Technology", "Opinion", "World")
_DESK = re.compile(rf"(?<=[\w,;)])\s+(?:{'|'.join(_DESKS)})\s*$")
# What wires print before a headline that they send once more.
_PRESS = re.compile(
    r"(?:ADDING MULTIMEDIA|MULTIMEDIA UPDATE|CORRECT(?:ING|ION)(?: and REPLACING)?|REPLACING|UPDATED?(?: \d+)?|REPEAT|RPT|"
    r"BRIEF|EXCLUSIVE|REFILE|WRAPUP(?: \d+)?|CORRECTED)"
    r"\s*(?:[-–—:]\s*|(?=[A-Z][a-z]))|"
    r"(?:Exclusive|Analysis|Insight|Focus|Factbox|Explainer|Timeline|Breakingviews|Column|Update \d|Wrapup \d)[-–—](?=[A-Z])"
)
LONGEST = 8  # characters of an abbreviation with what is before it
SUMMARY_READ = 1500  # characters of a summary that are looked at; news comes first
SENTENCES_READ = 8
MARKS = 6  # characters between a headline and its outlet, and after both


@dataclass(slots=True, eq=False)
class Token:
    """A word or mark, one for all places where it stands. ``low`` is folded: lower case, straight apostrophes, possessive ``'s``
    taken off (``owns`` says so). ``tells``: it is written small as Title Case would not. ``parts``: of a word that is
    several."""

    text: str
    low: str
    capital: bool
    owns: bool
    length: int
    tells: bool
    parts: tuple[Token, ...] = ()
    looks: Looks | None = None  # see ``name_words.looks_of``

    def capital_ok(self, org: Org) -> bool:
        """Lower case names an organisation only where the alias is written so, or has a figure ("a16z"), and it is safe."""
        return self.capital or (org.ambiguity == 0 and (org.name[0].islower() or any(map(str.isdigit, self.text))))


@dataclass(slots=True, eq=False)  # the same words elsewhere are another sentence; hashing words, and freezing, would cost
class Sentence:
    """A piece of one field. ``loud``: in Title Case or capitals, where a capital letter says nothing."""

    field: Field
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    loud: bool
    lows: tuple[str, ...]  # of the tokens
    _starts: list[int] | None = None
    _ends: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Where each token starts, in the field. Of a story that nothing comes of nobody asks."""
        if self._starts is None:
            self._starts, at, offset, place = [], 0, self.start, self.text.index
            for token in self.tokens:
                at = place(token.text, at)  # only white space is between
                self._starts.append(offset + at)
                at += token.length
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each token ends."""
        if self._ends is None:
            self._ends = [start + token.length for start, token in zip(self.starts, self.tokens, strict=True)]
        return self._ends


@dataclass(slots=True)
class Document:
    story: Story
    title: str
    outlet: str
    sentences: tuple[Sentence, ...]

    def source(self, sentence: Sentence) -> str:
        """The field that a sentence's offsets are of."""
        return self.story.title if sentence.field == "title" else self.story.summary

    def span(self, sentence: Sentence, start: int, end: int, supports: str) -> Span:
        """Evidence: ``start`` and ``end`` are offsets into the sentence's field."""
        return Span(field=sentence.field, start=start, end=end, text=self.source(sentence)[start:end], supports=supports)


def heard(story: Story) -> Story:
    """The story without a summary that only says its headline once more, as in many a company's own feed: twice as much is not
    said twice as surely, and nothing of a summary's is."""
    short = 0 < len(story.summary) <= len(story.title) + len(story.outlet) + MARKS
    return replace(story, summary="") if short and repeats(story.summary, story.title, story.outlet) else story


def read(story: Story) -> Document:
    title, outlet = split_outlet(story.title)
    pieces: list[Sentence] = []
    told = _PRESS.match(title)
    front = (0, told.end() if told else 0)
    for start, end in _pieces(title, [front, *shouted(title, story.summary)]):
        pieces.append(_sentence("title", story.title, start, end))
    summary = story.summary
    if summary.rstrip().endswith(_DESKS):
        summary = _DESK.sub("", summary)
    summary = summary[:SUMMARY_READ]
    for start, end in _pieces(summary, seams(summary, title, outlet))[:SENTENCES_READ]:
        pieces.append(_sentence("summary", story.summary, start, end))
    return Document(story=story, title=title, outlet=story.outlet or outlet, sentences=tuple(pieces))


def _pieces(text: str, seams: Iterable[Cut] = ()) -> list[tuple[int, int]]:
    cuts = list(seams)
    begin = cuts[0][1] if cuts else 0
    for found in (_END if any(map(text.__contains__, _SIGNS)) else _END_BY_MARK).finditer(text, begin):
        at = found.start() + 1
        if found.group().startswith(".") and _ABBREVIATION.search(text[max(begin, at - LONGEST) : at]):
            continue
        mark = found.group()[0] in ".!?…"
        cuts.append((found.start() + mark, found.end()))
        begin = found.end()
    start, pieces = 0, []
    for cut, resumed in sorted(cuts):
        if cut > start:
            pieces.append((start, cut))
        start = max(start, resumed)
    pieces.append((start, len(text)))
    return [(a, b) for a, b in pieces if text[a:b].strip()]


def _sentence(field: Field, source: str, start: int, end: int) -> Sentence:
    tokens = tokenize(source, start, end)
    return Sentence(field, start, end, source[start:end], tokens, _loud(tokens), tuple([token.low for token in tokens]))


def _loud(tokens: Sequence[Token]) -> bool:
    """Whether most long words have a capital and none tells that this means something; of running text one of the first does."""
    for token in tokens:
        if token.tells:
            return False  # "Board ousts Halden Fitness CEO"
    capitals = [token.capital for token in tokens if token.length > 3 and token.text[0].isalpha()]
    return len(capitals) >= 3 and sum(capitals) >= 0.75 * len(capitals)


# What Title Case may leave small although it is long.
_SMALL = frozenset(
    "about across after against amid among around before behind beside between beyond during from into near onto over than that "
    "their through toward towards under until upon versus when where which while with within without your".split()
)


@Kept
def _token_of(word: str) -> Token:
    """A word's token. "ex-Northlight" has parts, for what is left is a name of its own."""
    token = _token(word)
    if word[:3] in ("ex-", "Ex-") and (word[3:4].isupper() or word[3:4].isdigit()):
        left = _token_of[word[3:]]
        token.parts = (_token(word[:3]), *(left.parts or (left,)))
    elif "--" in word and (dash := _DASH.search(word)) is not None:
        before, after = _token_of[word[: dash.start()]], _token_of[word[dash.end() :]]
        mark = Token(dash.group(), "—", False, False, len(dash.group()), False)
        token.parts = (*(before.parts or (before,)), mark, *(after.parts or (after,)))
    elif "." in word and (joint := _JOINT.search(word)) is not None:
        cut = joint.start()
        token.parts = (_token(word[:cut]), _token("."), _token(word[cut + 1 :]))
    return token


def _token(text: str) -> Token:
    low, owns, first = text.lower(), False, text[0]
    if "’" in low or "'" in low:
        low = low.replace("’", "'")
        owns = low.endswith("'s") or (low.endswith("s'") and len(low) > 2)
        low = (low[:-2] if low.endswith("'s") else low[:-1] if owns else low).rstrip("'")
    if low == text:
        low = text  # one string in memory: each is looked at for every place of the word
    tells = len(text) > 3 and text == low and text.isalpha() and low not in _SMALL
    return Token(text, low, first.isupper() or first.isdigit(), owns, len(text), tells)


_parts = attrgetter("parts")


def tokenize(source: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens between two offsets."""
    found = tuple(map(_token_of.__getitem__, _WORD.findall(source, start, end)))
    if any(map(_parts, found)):
        return tuple([part for token in found for part in token.parts or (token,)])
    return found
