"""What a story says of others who move, which is then not somebody's own: their posts, the firms they are told of as."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.parsing.neighbours import is_post, low_at, template

LEAST = 0.05  # of the chances that are left where one falls away
_PAST = ("veteran", "veterans", "insider", "alum", "alumnus", "alumni")
_FOUNDERS = frozenset("founder co-founder cofounder founders co-founders cofounders".split())  # nobody becomes one by a move
_NAMED = frozenset("hired named promoted elected listed".split())  # of whom a firm acts
_REPORTS = frozenset("report reports reported reporting".split())
_SAY = frozenset("say said".split())
_NO_POST = frozenset("veteran alum alumnus alumna insider laureate".split())
_OF_YEARS = ("veteran of ", "laureate ")  # "veteran of the bank"


def only_was(low: str) -> bool:
    """Whether the words of a post, in lower case, are of what somebody was and nobody becomes: "Osprey veteran"."""
    return low.endswith(_PAST) or low.startswith("former ")


def never_taken(low: str) -> bool:
    """Whether nobody comes to a post: of what somebody was, or of who began a firm."""
    return only_was(low) or low in _FOUNDERS


def no_post(low: str, one: Named | None) -> bool:
    """Whether the words of a post tell of somebody's years and of no post: "Osprey veteran Ada Quill". A group goes by them."""
    return (low in _NO_POST or low.startswith(_OF_YEARS)) and one is not None and one.kind != "post"


def only_stays(ties: Ties, one: Named | None) -> bool:
    """Whether all that is said of somebody is that he keeps a post, in the headline alone: "Okoro stays on as chairman"."""
    told = ties.facts.of(one)
    if one is None or one.kind == "post" or told.left or told.held or any(place.row for place in one.places):
        return False
    return {verb for verb, _ in told.verbs} == {"stays"}


def same_told(ties: Ties, one: Named, others: Sequence[Named]) -> bool:
    """Whether the first that is said of somebody is said of one of the others in the same sentence ("Quill and Okoro leave"), or
    that he comes in the place of one of them."""
    own = ties.facts.of(one)
    if "successor" in own.first and any(old is other for old in own.replaces for other in others):
        return True
    told = [ties.facts.of(other) for other in others]
    return bool(own.verbs) and any(other.verbs and (other.row, other.first) == (own.row, own.first) for other in told)


def firms_of_others(ties: Ties, anchor: Named | None) -> list[Named]:
    """The firms that others who move are told of as: in "Corvid names Osprey's Quill chief, Okoro to leave" he leaves Corvid."""
    own = ties.facts.of(anchor)
    mine = [org for org, _ in (*own.held, *own.out_of, *own.into)]
    others = [ties.facts.of(one) for one in ties.cast.people if one is not anchor]
    return [org for told in others for org, when in told.held if org is not None and when == "of" and org not in mine]


_MEANWHILE = frozenset("after as following when once because since with".split())
_TO = frozenset({"to", "for", "by"})
_NEAR = 4  # chunks between "after" and of whom it is told: "after Osprey's finance chief Ada Quill joins Corvid"


def gone_to_by_others(ties: Ties, anchor: Named | None) -> list[Named]:
    """The firms that are told of only as where somebody else goes meanwhile: in "Quill to oversee search after Okoro joins
    Corvid" she is not Corvid's."""
    others = [one for one in ties.cast.people if one is not anchor]
    if anchor is None or not others or len(others) == len(ties.cast.people):
        return []
    return [org for org in ties.cast.orgs if all(_meanwhile(ties, anchor, others, place) for place in org.places)]


def _meanwhile(ties: Ties, anchor: Named, others: Sequence[Named], place: Place) -> bool:
    """Whether a firm stands in "after Okoro joins Corvid", and in that clause no ``anchor``."""
    items = ties.cast.seen.rows[place.row].items
    named = [p for one in others for p in one.places if p.row == place.row and p.at < place.at and p.chunk.named]
    at = max((p.at for p in named), default=0)
    begins = next((n for n in range(at - 1, max(at - 2 - _NEAR, -1), -1) if items[n].low in _MEANWHILE), at)
    verbs = [c for c in items[begins : place.at] if c.frame is not None]
    if begins == at or not verbs or any(p.row == place.row and begins < p.at < place.at for p in anchor.places):
        return False
    return low_at(items, place.at - 1) in _TO or template(items[place.at - 1]) == "PERSON_JOINS"


_TAKEN = frozenset({"hired", "joins"})
_CONTRAST = frozenset({"while", ";", "whereas"})


def firms_apart(ties: Ties, post: Named, movers: Sequence[Named | None]) -> list[Named]:
    """Of a post that is left at a firm that nobody who moves by name is told of with, for another one or in a clause set against
    theirs, where from and where to: "Osprey loses AI chief to Corvid while Lumen promotes Ada Quill"; of any other nothing."""
    told, people = ties.facts.of(post), [one for one in movers if one is not None and one.kind != "post"]
    if not people or told.from_org is None or not (told.leaving or told.first & _TAKEN) or told.gets:
        return []
    if not is_post(post.best.chunk):
        return []  # "Osprey may lose more executives"
    firms = [told.from_org[0], *([told.to_org[0]] if told.to_org is not None else [])]
    return firms if all(_of_other_firms(ties, post, one, firms) for one in people) else []


def _of_other_firms(ties: Ties, post: Named, mover: Named, firms: Sequence[Named]) -> bool:
    own, here, there = ties.facts.of(mover), post.places[0], mover.places[0]
    theirs = [org for org, _ in (*own.held, *own.out_of, *own.into) if org is not None]
    if not theirs or any(org in firms for org in theirs) or "successor" in own.first or here.row != there.row:
        return False
    between = ties.cast.seen.rows[here.row].items[min(here.at, there.at) : max(here.at, there.at)]
    return len(firms) > 1 or any(c.low in _CONTRAST for c in between)


def leave_others(ties: Ties, anchor: Named | None, held: list[float], got: list[float]) -> None:
    """What a sentence says somebody else gets, or holds, is not this one's, unless it says so of both."""
    if anchor is None or anchor.kind == "post":
        return
    own = ties.facts.of(anchor)
    mine = {(p.row, p.at) for p, _ in (*own.gets, *own.left)}
    others = [ties.facts.of(one) for one in ties.cast.people if one is not anchor]
    gets = {(p.row, p.at) for told in others for p, verb in told.gets if verb != "place of"} - mine
    holds = {(p.row, p.at) for told in others for p, verb in told.left if verb.startswith("held")} - mine
    # "hires Quill as CFO and Okoro as COO": CFO is left by nobody.
    named = not own.leaving and own.first <= _NAMED and own.getting
    for n, (_, place) in enumerate(ties.cast.titles):
        several = place.chunk.role is not None and place.chunk.role.plural  # "names Quill and Okoro co-heads"
        if _reported_to(ties, place) or _says(ties, place):
            _without(got, n)
            _without(held, n)
        if never_taken(place.chunk.low) or ((place.row, place.at) in gets and not several):
            _without(got, n)
        if ((place.row, place.at) in holds or (named and (place.row, place.at) in gets)) and not several:
            _without(held, n)


def _reported_to(ties: Ties, place: Place) -> bool:
    """Whether a post is of whom somebody reports to: "will report to Osprey's chief scientist"."""
    items = ties.cast.seen.rows[place.row].items
    to = next((at for at in range(place.at - 1, max(place.at - 5, 0), -1) if items[at].low == "to"), 0)
    return to > 0 and items[to - 1].low in _REPORTS


def _says(ties: Ties, place: Place) -> bool:
    """Whether a post is of those who say what the story tells: "…, analysts said"."""
    items = ties.cast.seen.rows[place.row].items
    return place.chunk.low.endswith("s") and low_at(items, place.at + 1) in _SAY and low_at(items, place.at - 1) in ("", ",")


def _without(chances: list[float], n: int) -> None:
    """The chances where it is not the ``n``-th: what was said for it says nothing against the others."""
    rest = max(1 - chances[n], LEAST)
    chances[n] = 0.0
    chances[:] = [p / rest for p in chances]
