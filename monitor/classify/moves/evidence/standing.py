"""How a person or a post stands in a story: does it move, and what kind of move is it? Features, as in ``readings``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.view import Named, Place, View
from monitor.classify.moves.evidence.readings import RELATORS, direction, local, plain, shape, where
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.parsing.neighbours import low_at
from monitor.classify.words.seats import board_kind

SLOTS = ("from_org", "to_org", "from_role", "to_role")
LIKELY = 0.15  # what is said of a name or post counts for the kind of move from here on
REACH = 14  # chunks on each side of somebody that are looked at
PEOPLE_NEAR = 6  # chunks between a post and people who may be its holders
Chances = Mapping[str, Sequence[float]]  # slot to the probability of each organisation or post
_SAY = frozenset({"said", "says", "told", "wrote", "added", "tells", "writes", "tweeted", "posted"})
_RANKS = ("board", "director", "chair", "former", "ex-", "new", "interim", "founder", "acting", "partner")
_OTHERS = frozenset({"other", "another", "others"})
_TITLES = (
    "board",
    "chair",
    "director",
    "interim",
    "acting",
    "executive",
    "non-",
    "member",
    "founder",
    "independent",
    "ceo",
    "president",
    "chief",
    "managing",
)


def of_mover(ties: Ties, one: Named, rank: int) -> set[str]:
    """Is it this person who moves? ``rank``: the how-manieth person of the story."""
    seen, count = ties.cast.seen, len(ties.cast.people)
    found = {f"rank {min(rank, 3)}", f"rank {min(rank, 3)} of {min(count, 4)}", f"mentions {min(len(one.places), 4)}"}
    found.add(f"shape {shape(one.best.chunk)}")
    found.add(f"in {where(seen, one.places[0])}")
    for place in one.places[:3]:
        w, toward, items = where(seen, place)[0], direction(seen, place), seen.rows[place.row].items
        found.update(_around(seen, place, w))
        found.update((f"dir {toward}", f"{w} dir {toward}"))
        if low_at(items, place.at + 1) in _SAY or low_at(items, place.at - 1) in _SAY:
            found.add("says")
        if len(place.chunk.text.split()) == 1:
            found.add(f"single {w}")
    title = sum(p.row == 0 for other in ties.cast.people for p in other.places[:1])
    found.add(f"titled {min(title, 2)} {one.places[0].row == 0}")
    if plain(one.best.chunk.low):
        found.add("plain")
    found.update(ties.of_person(one))
    found.update(ties.cues_of(one))
    return found


def of_post(ties: Ties, post: Named, rank: int, movers: Sequence[Named]) -> set[str]:
    """Does this post, or group, move without a name? ``movers``: the people who do with one."""
    cast = ties.cast
    seen, named = cast.seen, min(len(movers), 3)
    found = {f"rank {min(rank, 3)}", f"movers {named}", f"in {where(seen, post.places[0])}"}
    found.add(f"movers {named} in {where(seen, post.places[0])}")
    found.update(_rank_words(post, "me"))
    for place in post.places[:2]:
        w, toward = where(seen, place)[0], direction(seen, place)
        found.update(_around(seen, place, w))
        found.update((f"{w} dir {toward}", f"movers {min(named, 2)} dir {toward}", f"movers {min(named, 1)} {w}"))
        found.update(_people_near(cast, place))
    found.update(ties.cues_of(post))
    found.update(ties.facts.of_post(post, movers))
    some = "beside" if named else "alone"
    found.update(f"own {ties.orgs_of(place)} {some} {'t' if place.row == 0 else 's'}" for place in post.places[:2])
    if _others(seen, post):
        found.add(f"other {min(named, 1)}")
    rows = {place.row for place in post.places}
    if any(q.row in rows for mover in movers for q in mover.places):
        found.add("mover in row")
    return found


def _around(seen: View, place: Place, field: str) -> Iterator[str]:
    """What stands around a place, by itself and with the ``field`` it stands in."""
    for near in local(seen, place):
        yield from (near, f"{field} {near}")


def _people_near(cast: Cast, place: Place) -> Iterator[str]:
    """What lies between a post and the people beside it in the row."""
    symbols = cast.seen.symbols[place.row]
    for q in [q for person in cast.people for q in person.places if q.row == place.row and abs(q.at - place.at) <= PEOPLE_NEAR]:
        low, high = sorted((place.at, q.at))
        yield f"person {'>' if q.at > place.at else '<'} {' '.join(symbols[low + 1 : high])}"
        if high - low <= 2:
            yield "by person"


def _others(seen: View, post: Named) -> bool:
    """Whether it is one, or several, of whom others are told: "another co-founder", "three other vice presidents"."""
    place = post.places[0]
    before = seen.rows[place.row].items[max(place.at - 3, 0) : place.at]
    return not _OTHERS.isdisjoint(" ".join([*(c.low for c in before), place.chunk.low]).split())


def of_move(ties: Ties, anchor: Named | None, chances: Chances) -> set[str]:
    """What kind of move: the clause somebody stands in, the story's frames, and how likely each slot is filled by what."""
    cast = ties.cast
    found = {"story" if anchor is None else "named" if anchor.kind != "post" else "post"}
    if anchor is not None:
        for place in anchor.places[:3]:
            _clause(cast, place, found)
        if anchor.kind == "post":
            found.update(_rank_words(anchor, "me"))
    for post in cast.posts[:4]:
        found.update(_rank_words(post, "any"))
    _story(cast, found)
    found.update(_of_chances(cast, chances))
    found.update(_of_likeliest(ties, anchor, chances))
    found.update(ties.told_of(anchor))
    found.update(ties.facts.of_move(anchor))
    found.update(ties.filled(anchor))
    found.update(ties.cues_of(anchor))
    found.update(ties.firms_beside(anchor))
    return found


def _clause(cast: Cast, place: Place, found: set[str]) -> None:
    seen = cast.seen
    w, toward = where(seen, place)[0], direction(seen, place)
    found.update((f"dir {toward}", f"{w} dir {toward}"))
    near = local(seen, place)
    found.update(near)
    items, symbols = seen.rows[place.row].items, seen.symbols[place.row]
    for i in range(max(place.at - REACH + 1, 0), min(place.at + REACH, len(symbols))):
        if i != place.at:
            frame = items[i].frame
            if frame is not None:
                found.add(f"f{'<' if i < place.at else '>'} {frame.action}")
    for mark, pool in (("O", cast.orgs), ("R", cast.posts)):
        for q in (q for one in pool for q in one.places if q.row == place.row and q.at != place.at):
            low, high = sorted((place.at, q.at))
            side = ">" if q.at > place.at else "<"
            bones = [x for x in symbols[low + 1 : high] if x[0] in "FORPN" or x in RELATORS]
            if len(bones) <= 6:
                found.add(f"{mark}{side} {' '.join(bones)}")
                if q.at:
                    found.add(f"{mark}{side} p {symbols[q.at - 1]}")


def _story(cast: Cast, found: set[str]) -> None:
    rows = cast.seen.rows
    for r, row in enumerate(rows[:4]):
        for c in row.items:
            if c.frame is not None:
                found.add(f"fr {'s' if r else 't'} {c.frame.template} {c.frame.action}")
    found.update((f"norg {min(len(cast.orgs), 4)}", f"npeople {min(len(cast.people), 4)}"))


def _rank_words(post: Named, tag: str) -> Iterable[str]:
    low, role = post.text.lower(), post.best.chunk.role
    yield from (f"{tag} {word}" for word in _RANKS if word in low)
    yield f"{tag} level {role.level if role else 'b'}"
    if role is not None and role.plural:
        yield f"{tag} plural"


def _of_chances(cast: Cast, chances: Chances) -> Iterable[str]:
    """The slots at a glance: the likeliest of each, how likely, whether both organisations and both posts are the same."""
    top: dict[str, tuple[int, float]] = {}
    for slot in SLOTS:
        p = chances[slot]
        if not p:
            yield f"{slot} none"
            continue
        at = max(range(len(p)), key=p.__getitem__)
        top[slot] = (at, p[at])
        yield f"{slot} {_bucket(p[at])}"
        if slot.endswith("role") and p[at] > 0.25:
            low = cast.titles[at][1].chunk.low
            yield from (f"{slot} has {word}" for word in _TITLES if word in low)
            yield f"{slot} kind {board_kind[low]}"
    if "from_org" in top:
        p, q = chances["from_org"], chances["to_org"]
        (i, a), (j, b) = top["from_org"], top["to_org"]
        yield from (f"orgs {i == j} {_bucket(a)} {_bucket(b)}", f"orgs same {i == j}")
        if len(p) > 1:
            yield f"differ {int(math.sqrt(max(x * y for n, x in enumerate(p) for m, y in enumerate(q) if n != m)) * 6)}"
        yield f"within {int(math.sqrt(max(x * y for x, y in zip(p, q, strict=True))) * 6)}"
    if "from_role" in top:
        (i, a), (j, b) = top["from_role"], top["to_role"]
        yield f"roles {i == j} {_bucket(a)} {_bucket(b)}"
        yield "all " + " ".join(str(min(2, int(top[slot][1] * 3))) if slot in top else "0" for slot in SLOTS)


def _of_likeliest(ties: Ties, anchor: Named | None, chances: Chances) -> Iterable[str]:
    """What is said of the organisations and posts that are likeliest to fill each slot."""
    cast = ties.cast
    for slot in SLOTS:
        p = chances[slot]
        if not p or (top := max(p)) < LIKELY:
            continue
        at = p.index(top)
        places = cast.orgs[at].places[:4] if slot.endswith("org") else [cast.titles[at][1]]
        yield f"{slot} in {where(cast.seen, places[0])}"
        for place in places:
            for word in (*ties.told(anchor, place), *ties.before(anchor, place)):
                yield f"{slot} {word}"


def _bucket(p: float) -> int:
    return min(int(p * 5), 4)
