"""Who and what a story speaks of: people, organisations and posts, each with every place it stands in.

A place is a chunk of a row. Places are brought together where they mean one: "Kemppi Oy" and "Kemppi", "Joanna Clark" and
"Clark", "CEO" and "chief executive officer". A capitalised word that may be either stands on both lists, and the learned
weights of ``readings`` decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import monitor.classify.lexicon as lexicon
from monitor.classify.apposed import without_apposed
from monitor.classify.bare_heads import posted
from monitor.classify.bystanders import is_joined, is_where, presses, reorders, reports, stands_by, takes_no_part, tells
from monitor.classify.chunks import NAMED, Chunk
from monitor.classify.crews import crewed, nameless
from monitor.classify.headlines import headed, is_stand_in
from monitor.classify.joined import with_joined
from monitor.classify.kept import Kept
from monitor.classify.kinds import settled
from monitor.classify.posts import board, ends_in_board, posts_of
from monitor.classify.row import BREAKS, Row, traded, whole_org, whole_subject
from monitor.classify.sameness import abbreviates, name_words, same_name, ticker, unfold
from monitor.classify.standins import meant, stands_in
from monitor.classify.tasks import task, tellers
from monitor.classify.units import without_units
from monitor.classify.unnamed import kind_alone, without_kinds
from monitor.classify.ventures import ventured

ROWS_READ = 9  # the title and what follows it
_ORG_NOISE = frozenset(
    "inc corp corporation co company ltd llc plc the platforms group holdings ag sa nv technologies technology".split()
)
_WORD = re.compile(r"[\w$&]+")


class Place(NamedTuple):
    """Where a name or post stands: row number, number of the chunk in it, and the chunk."""

    row: int
    at: int
    chunk: Chunk


@dataclass(slots=True)
class Named:
    """One person, organisation or post; ``text`` as its fullest mention writes it, ``best`` where that stands."""

    kind: str
    best: Place
    places: list[Place]
    key: frozenset[str]

    @property
    def text(self) -> str:
        return self.best.chunk.text


@dataclass(slots=True)
class View:
    """A story's rows with a symbol a chunk, and the nearest frames on both sides of each chunk."""

    rows: Sequence[Row]
    symbols: list[list[str]] = field(default_factory=list)
    left: list[list[int]] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    around: dict[tuple[int, int, bool], list[str]] = field(default_factory=dict)  # what ``readings.local`` was asked for


def view(rows: Sequence[Row]) -> View:
    seen = View(_whole_names(rows[:ROWS_READ]))
    for row in seen.rows:
        seen.symbols.append([_of_word[c.low] if c.kind == "word" else symbol(c) for c in row.items])
        order = range(len(row.items)) if any(c.kind == "frame" for c in row.items) else range(0)
        seen.left.append(_nearest(row.items, order))
        seen.right.append(_nearest(row.items, order[::-1]))
    return seen


def _nearest(items: Sequence[Chunk], order: range) -> list[int]:
    """For each chunk the last frame met on the way to it within its clause; -1 where there is none."""
    found, last = [-1] * len(items), -1
    for i in order:
        found[i] = last
        c = items[i]
        if c.kind == "frame":
            last = i
        elif c.kind == "word" and c.text in BREAKS:
            last = -1
    return found


def _whole_names(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows in which "Kangda New Materials", that opens a headline, is one name, there and wherever its words stand again."""
    if not rows or rows[0].sentence.field != "title":
        return rows
    first = rows[0]
    verb = next((i for i, c in enumerate(first.items) if c.kind == "frame"), None)
    whole = (whole_subject(first, verb) if verb is not None and verb > 1 else None) or traded(first)
    if whole is None or kind_alone(whole):
        return rows
    words = first.sentence.lows[whole.first : whole.last + 1]
    return [Row(row.sentence, row.source, _joined(row, words)) for row in rows]


def _joined(row: Row, words: tuple[str, ...]) -> list[Chunk]:
    sentence, n = row.sentence, len(words)
    spans = [i for i, low in enumerate(sentence.lows) if low == words[0] and sentence.lows[i : i + n] == words]
    if not spans:
        return row.items
    items: list[Chunk] = []
    for c in row.items:
        inside = next((i for i in spans if i <= c.first and c.last < i + n), None)
        if inside is None:
            items.append(c)
        elif c.first == inside or not items or items[-1].first != inside:
            items.append(whole_org(row, inside, inside + n - 1))
    return items


_FORMER = ("former ", "ex-", "ex ", "one-time ", "longtime ", "veteran ")


def symbol(c: Chunk) -> str:
    """What a chunk is to its neighbours: its kind, and the word itself where it is a small one."""
    if c.kind == "word":
        return _of_word[c.low]
    if c.kind == "frame" and c.frame is not None:
        return "F:" + c.frame.template
    if c.kind == "role":
        mark = "x" if c.low.startswith(_FORMER) else "+" if c.role is not None and c.role.plural else ""
        return "R" + mark
    kind = NAMED[c.kind]
    return kind + "'s" if c.owns else kind


@Kept
def _of_word(low: str) -> str:
    return "0" if low[:1].isdigit() else low or "_"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything of a story, each list in the order of first mention."""

    seen: View
    people: list[Named]
    orgs: list[Named]
    posts: list[Named]
    titles: list[tuple[Named, Place]]  # each place a post or a task stands at, with the post


# What the rows are read as, one after the other: each step sees what those before it made of them.
_STEPS = (with_joined, settled, without_kinds, without_apposed, without_units, ventured, posted, crewed, headed)


def cast(rows: Sequence[Row], outlet: str = "") -> Cast:
    """``outlet``: whose story it is."""
    for step in _STEPS:
        rows = step(rows)
    seen = view(rows)
    people: list[Named] = []
    orgs: list[Named] = []
    posts: list[Named] = []
    unsure: list[Place] = []
    words: list[Place] = []
    for r, row in enumerate(seen.rows):
        for at, c in enumerate(row.items):
            if c.kind == "word" or c.kind == "frame":
                if stands_in(row.items, at):
                    words.append(Place(r, at, c))
                if c.low in ("board", "boards") or (c.kind == "frame" and ends_in_board(c.low)):
                    _add(posts, "post", Place(r, at, board(row, at)), _BOARD)
                continue
            place = Place(r, at, c)
            if c.kind == "role":
                if c.low == "directors" and at > 1 and row.items[at - 2].low == "board":
                    continue  # of a board that stands on the list already
                for post in posts_of(row, at):
                    _add(posts, "post", Place(r, at, post), frozenset(unfold(post.text if post.role is None else c.text)))
            elif is_stand_in(c):
                words.append(place)
            elif c.kind == "person":
                _add_person(people, place)
            elif c.kind == "org":
                _add_org(orgs, place)
            else:
                unsure.append(place)
    people = _firms(people, orgs)
    for place in sorted(unsure, key=lambda p: -len(p.chunk.text.split())):
        if _joins_person(people, place):
            continue
        if _joins_org(orgs, place):
            continue
        _add_person(people, place)
        _add_org(orgs, place)
    elsewhere = lexicon.employ_nobody()
    told = [one for one in orgs if not reports(seen, one)]
    acting = [one for one in told if not takes_no_part(one.best.chunk.low, elsewhere) and not tells(one, outlet)]
    # A place, or who tells the story, acts only where nobody else does.
    orgs = acting or [one for one in orgs if not is_where(seen, one)]
    people = [x for x in people if x.best.chunk.low not in elsewhere and not stands_by(seen, x)]
    pressing = [one for one in people if presses(seen, one)]
    if pressing:
        people = [one for one in people if one not in pressing]
        held = {(place.row, place.at - 1) for one in pressing for place in one.places}  # "investor Ada Quill"
        posts = [post for post in posts if {(place.row, place.at) for place in post.places} - held]
    for one, place in meant(words, people, orgs):
        one.places.append(place)
    for found in (people, orgs, posts):
        for one in found:
            one.places.sort(key=lambda p: (p.row, p.at))
        found.sort(key=lambda one: (one.places[0].row, one.places[0].at))
    titles = [(one, p) for one in (*posts, *_tasks(seen)) if not nameless(one.best.chunk.low) for p in one.places]
    titles.sort(key=lambda t: (t[1].row, t[1].at))
    posts = [post for post in posts if not is_joined(seen, post) and not reorders(seen, post)]
    return Cast(seen, people, orgs, posts, titles)


def _tasks(seen: View) -> list[Named]:
    """What somebody is to do, where no post is named: "to lead its ads push"."""
    found = []
    for r, row in enumerate(seen.rows):
        for at in tellers(row):
            if (chunk := task(row, at)) is not None:
                place = Place(r, at, chunk)
                found.append(Named("task", place, [place], frozenset()))
    return found


def _firms(people: list[Named], orgs: list[Named]) -> list[Named]:
    """The people but for those whose name is the beginning of a firm's: "Avis Budget" of "Avis Budget Group"."""
    kept = []
    for one in people:
        words = one.text.split()
        firm = next((org for org in orgs if len(words) > 1 and org.text.split()[: len(words)] == words), None)
        if firm is None:
            kept.append(one)
        else:
            firm.places.extend(one.places)
    return kept


_BOARD = frozenset({"board"})


def _add(found: list[Named], kind: str, place: Place, key: frozenset[str]) -> None:
    for one in found:
        if one.key == key:
            one.places.append(place)
            return
    found.append(Named(kind, place, [place], key))


def _add_person(people: list[Named], place: Place) -> None:
    if not _joins_person(people, place):
        people.append(Named("person", place, [place], frozenset()))


def _joins_person(people: list[Named], place: Place) -> bool:
    words = name_words(place.chunk.text)
    for one in people:
        if same_name(one.text, words):
            one.places.append(place)
            if place.chunk.text.count(" ") > one.text.count(" ") and place.chunk.kind != "org":
                one.best = place
            return True
    return False


def org_words(c: Chunk) -> frozenset[str]:
    """The words by which an organisation is known again within a story; of one that is listed, its own name behind "="."""
    if c.entity is not None and c.entity.org is not None:
        return frozenset({"=" + c.entity.org.name})
    words = frozenset(_WORD.findall(c.low.replace("’", "'").replace("'s", "")))
    return words - _ORG_NOISE or words


def _add_org(orgs: list[Named], place: Place) -> None:
    if not _joins_org(orgs, place):
        orgs.append(Named("org", place, [place], org_words(place.chunk)))


def _joins_org(orgs: list[Named], place: Place) -> bool:
    key = org_words(place.chunk)
    for one in orgs:
        short = abbreviates(place.chunk.text, one.text) or abbreviates(one.text, place.chunk.text)
        if key == one.key or short or (not any(k[:1] == "=" for k in (*key, *one.key)) and (key <= one.key or one.key <= key)):
            one.places.append(place)
            known = min(one.key)  # "=Wells Fargo", of a story that began with WFC
            by_ticker = known[:1] == "=" and ticker(one.text, known[1:])
            if len(key) > len(one.key) or abbreviates(one.text, place.chunk.text) or by_ticker:
                one.key, one.best = max(key, one.key, key=len), place
            return True
    return False
