"""Who and what a story speaks of: people, organisations and posts, each with every place it stands in.

A place is a chunk of a row. Places are brought together where they mean one: "Kemppi Oy" and "Kemppi", "Joanna Clark" and
"Clark", "CEO" and "chief executive officer". A capitalised word that may be either stands on both lists, and the learned
weights of ``readings`` decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import monitor.classify.words.lexicon as lexicon
from monitor.classify.moves.cast.agents import brings_about, long_gone, named_beside
from monitor.classify.moves.cast.apposed import without_apposed
from monitor.classify.moves.cast.bare_heads import posted
from monitor.classify.moves.cast.by_surname import surnamed
from monitor.classify.moves.cast.bystanders import (
    comments,
    half_a_place,
    is_filled,
    is_joined,
    is_market,
    is_where,
    made_up,
    reorders,
    reports,
    stands_by,
    takes_no_part,
    tells,
)
from monitor.classify.moves.cast.chairs import without_chairs
from monitor.classify.moves.cast.crews import crewed, nameless
from monitor.classify.moves.cast.duties import with_duties
from monitor.classify.moves.cast.headlines import headed, is_stand_in
from monitor.classify.moves.cast.inverted import with_verbs_behind
from monitor.classify.moves.cast.joined import with_joined
from monitor.classify.moves.cast.kinds import settled
from monitor.classify.moves.cast.no_move import is_kept
from monitor.classify.moves.cast.owned_heads import with_departments
from monitor.classify.moves.cast.posts import board, decides, ends_in_board, is_body, posts_of
from monitor.classify.moves.cast.speakers import is_told, ousts, presses, writes
from monitor.classify.moves.cast.standins import meant, stands_in
from monitor.classify.moves.cast.tasks import is_top, task, tellers
from monitor.classify.moves.cast.titled import with_titles
from monitor.classify.moves.cast.units import without_units
from monitor.classify.moves.cast.unnamed import without_kinds
from monitor.classify.moves.cast.ventures import ventured
from monitor.classify.moves.cast.view import Named, Place, View, view
from monitor.classify.moves.evidence.interim import with_interims
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row
from monitor.classify.words.sameness import abbreviates, name_words, same_name, ticker, unfold

_ORG_NOISE = frozenset(
    "inc corp corporation co company ltd llc plc the platforms group holdings ag sa nv technologies technology".split()
)
_WORD = re.compile(r"[\w$&]+")


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything of a story, each list in the order of first mention."""

    seen: View
    people: list[Named]
    orgs: list[Named]
    posts: list[Named]
    titles: list[tuple[Named, Place]]  # each place a post or a task stands at, with the post


# What the rows are read as, one after the other: each step sees what those before it made of them.
_STEPS = (
    with_titles,  # "Ada Quill, Ph.D." is one name, "Ada Vale Farms, Inc." a firm's
    without_chairs,  # "takes the CEO chair": of a post, and none
    with_verbs_behind,  # "Also gone: Ada Quill": she is gone
    with_joined,  # words of a loud headline that are one firm: "Joins United Breweries as"
    with_duties,  # "Ada Quill adds chief executive duties" takes nobody
    surnamed,  # "Power steps down", of somebody of that name
    settled,  # names that may be either, as a person's or a firm's
    without_kinds,  # "a chip startup" names nobody
    without_apposed,  # "Gucci owner Kering" is one firm
    without_units,  # "Hardware Design" is what a post is of
    with_departments,  # "Corvid's head of TMT" is a post
    ventured,  # "Ada Quill's new startup" is a firm
    posted,  # "Corvid's app store head" is a post
    with_interims,  # "interim Corvid CEO" is one post
    crewed,  # "the engineers who planned Osprey's campus" are a post of several
    headed,  # a headline's post without a name, and the summary's person who has it
)


def cast(rows: Sequence[Row], outlet: str = "") -> Cast:
    """``outlet``: whose story it is."""
    for step in _STEPS:
        rows = step(rows)
    seen = view(rows)
    met = _met(seen)
    people, orgs, posts = _firms(met.people, met.orgs), met.orgs, met.posts
    _join_either(met.either, people, orgs)
    orgs = _orgs_with_a_part(seen, orgs, outlet)
    people, posts = _people_with_a_part(seen, people, posts)
    for one, place in meant(met.stand_ins, people, orgs):
        one.places.append(place)
    for found in (people, orgs, posts):
        for one in found:
            one.places.sort(key=_in_order)
        found.sort(key=lambda one: _in_order(one.places[0]))
    titles = [(one, p) for one in (*posts, *_tasks(seen)) if not nameless(one.best.chunk.low) for p in one.places]
    titles.sort(key=lambda t: _in_order(t[1]))
    posts = [post for post in posts if not any(says(seen, post) for says in (is_joined, is_filled, reorders, is_kept))]
    return Cast(seen, people, orgs, posts, titles)


def _in_order(place: Place) -> tuple[int, int]:
    return place.row, place.at


@dataclass(slots=True)
class _Met:
    """What the rows name, place for place. ``either``: names of a person or a firm; ``stand_ins``: "he", "the company"."""

    people: list[Named] = field(default_factory=list)
    orgs: list[Named] = field(default_factory=list)
    posts: list[Named] = field(default_factory=list)
    either: list[Place] = field(default_factory=list)
    stand_ins: list[Place] = field(default_factory=list)


def _met(seen: View) -> _Met:
    met = _Met()
    for r, row in enumerate(seen.rows):
        for at, c in enumerate(row.items):
            place = Place(r, at, c)
            if c.kind == "word" or c.kind == "frame":
                if stands_in(row.items, at):
                    met.stand_ins.append(place)
                if (c.low in ("board", "boards") and is_body(row, at)) or (c.kind == "frame" and ends_in_board(c.low)):
                    _add(met.posts, "post", Place(r, at, board(row, at)), _BOARD)
            elif c.kind == "role":
                _add_posts(met.posts, row, place)
            elif is_stand_in(c):
                met.stand_ins.append(place)
            elif c.kind == "person":
                _add_person(met.people, place)
            elif c.kind == "org":
                _add_org(met.orgs, place)
            else:
                met.either.append(place)
    return met


def _add_posts(posts: list[Named], row: Row, place: Place) -> None:
    r, at, c = place
    if c.low == "directors" and at > 1 and row.items[at - 2].low == "board":
        return  # of a board that stands on the list already
    if c.low == "directors" and decides(row, at):
        return
    for post in posts_of(row, at):
        _add(posts, "post", Place(r, at, post), frozenset(unfold(post.text if post.role is None else c.text)))


def _join_either(either: Sequence[Place], people: list[Named], orgs: list[Named]) -> None:
    """Names that may be either join those that are known, the longest first; what joins nobody stands on both lists."""
    for place in sorted(either, key=lambda p: -len(p.chunk.text.split())):
        if not _joins_person(people, place) and not _joins_org(orgs, place):
            _add_person(people, place)
            _add_org(orgs, place)


def _orgs_with_a_part(seen: View, orgs: list[Named], outlet: str) -> list[Named]:
    """A place, or who tells the story, acts only where nobody else does."""
    told = [one for one in orgs if not reports(seen, one)]
    acting = [one for one in told if not _takes_none(seen, one) and not tells(one, outlet)]
    return acting or [one for one in orgs if not is_where(seen, one)]


def _takes_none(seen: View, one: Named) -> bool:
    return takes_no_part(one.best.chunk.low, lexicon.employ_nobody()) or half_a_place(seen, one) or made_up(one)


def _people_with_a_part(seen: View, people: list[Named], posts: list[Named]) -> tuple[list[Named], list[Named]]:
    """The people but for those named in passing, and the posts without those of who only wants others out, or is told so."""
    elsewhere = lexicon.employ_nobody()
    without = [one for one in people if presses(seen, one) or is_told(seen, one) or ousts(seen, one) or brings_about(seen, one)]
    beside = (stands_by, long_gone, named_beside, writes, half_a_place, comments)
    people = [one for one in people if one.best.chunk.low not in elsewhere and one not in without]
    people = [one for one in people if not is_market(one.best.chunk.low)]
    people = [one for one in people if not any(says(seen, one) for says in beside)]
    if without:
        held = {(place.row, place.at - 1) for one in without for place in one.places}  # "investor Ada Quill"
        posts = [post for post in posts if {(place.row, place.at) for place in post.places} - held]
    return people, posts


def _tasks(seen: View) -> list[Named]:
    """What somebody is to do, where no post is named: "to lead its ads push"."""
    found = []
    for r, row in enumerate(seen.rows):
        for at in tellers(row):
            if (chunk := task(row, at)) is not None:
                place = Place(r, at, chunk)
                found.append(Named("task", place, [place], frozenset()))
    named = any(c.role is not None and c.role.level == 1 for row in seen.rows for c in row.items)
    return [one for one in found if not (named and is_top(one.best.chunk))]


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
    if c.org is not None:
        return frozenset({"=" + c.org.name})
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
