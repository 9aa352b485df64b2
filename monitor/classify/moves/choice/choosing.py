"""Who moves from where to where: the likeliest reading of a story's people, organisations and posts.

For everybody who may move, each organisation and post has a chance to be what they leave and what they get; each kind of
move has a chance; the kind and the organisations that fit together best are taken. A kind is an action and a pattern:
``INTO`` an organisation, ``OUT_OF`` one, ``WITHIN`` one, ``ACROSS`` from one to another, with ``NONE_SAID``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import monitor.classify.encoder.mixing as mixing
from monitor.classify.encoder.encoded import Encoded, Sight
from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.crews import Crew
from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.cast.tasks import ahead
from monitor.classify.moves.cast.view import Named
from monitor.classify.moves.choice.following import follow
from monitor.classify.moves.choice.others import (
    firms_apart,
    firms_of_others,
    gone_to_by_others,
    leave_others,
    no_post,
    only_stays,
    same_told,
)
from monitor.classify.moves.choice.overruling import overruled
from monitor.classify.moves.choice.post_words import worded
from monitor.classify.moves.choice.steps_back import make_way
from monitor.classify.moves.choice.succession import echo, succeed, swap, without_heads
from monitor.classify.moves.choice.told_apart import parts
from monitor.classify.moves.evidence.outright import ACROSS, INTO, NONE_SAID, OUT_OF, WITHIN
from monitor.classify.moves.evidence.readings import of_none, of_pair, of_title
from monitor.classify.moves.evidence.standing import Chances, of_move, of_mover, of_post
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.weights.slot_model import SlotModel

MOVES = 0.45  # a person moves from here on
POST_MOVES = 0.4  # a post without a name …
LISTED = 0.3  # … with one who does, of whom the same sentence says the same
BESIDE = 0.3  # … beside somebody who moves with one
FALLBACK = 0.25  # where nobody is likely, the likeliest is taken from here on
TOLD = 8  # records of a story at most
TRIED = 5  # kinds that are tried with their organisations
FIT = 0.5  # how much the organisations count against the kind
FLOOR = 1e-3
NEVER = -30.0  # of organisations that cannot be
LEAN = 1.5  # how much one record's organisation speaks for the same one in the next
OTHERS = 0.2  # of the chance that somebody comes from a firm that another is told of as
FULLER = 0.7  # of a post to go to that is written in several ways the longest is taken, where it is nearly as likely
ROLE = 0.25  # a post fills a slot from here on …
ROLE_UNLIKELY, ROLE_LIKELY = 0.6, 0.2  # … where the pattern seldom has one, and nearly always


def choose(cast: Cast, model: SlotModel, encoded: Encoded | None = None) -> list[Found]:
    """The records of a story that tells of a move, in the order they are told. ``encoded``: what the encoder makes of it."""
    found: list[Found] = []
    ties = Ties(cast)
    anchors = _anchors(ties, model, encoded)
    anchors = [one for one in anchors if not only_stays(ties, one)] or anchors
    for one in _each_apart(ties, anchors, model, encoded):
        if not echo(one, found):
            found.append(one)
    without_heads(found)
    succeed(found)
    make_way(found)
    swap(cast.seen, found)
    follow(cast.seen, found)
    return found[:TOLD]


def _each_apart(ties: Ties, anchors: Sequence[Named | None], model: SlotModel, encoded: Encoded | None) -> list[Found]:
    """The records in the order of the ``anchors``, of each part of the story for itself."""
    found: dict[int, Found] = {}
    for part in parts(ties.cast, _posts(anchors)):
        mine = [
            one for one in anchors if one is not None and (own := part.own.get(id(one))) and len(own.places) == len(one.places)
        ]
        told = _records(Ties(part.cast), [part.own[id(one)] for one in mine], model, encoded) if mine else []
        for anchor, record in zip(mine, told, strict=True):
            record.anchor = anchor
            record.slots = {slot: (part.whole(place), text) for slot, (place, text) in record.slots.items()}
            found[id(anchor)] = record
    rest = [one for one in anchors if id(one) not in found]
    found.update((id(one), record) for one, record in zip(rest, _records(ties, rest, model, encoded), strict=True))
    return [found[id(one)] for one in anchors]


def _records(ties: Ties, anchors: Sequence[Named | None], model: SlotModel, encoded: Encoded | None) -> list[Found]:
    sights = [encoded.sight(ties.cast, anchor) if encoded is not None else None for anchor in anchors]
    chances = shared([chances_of(ties, anchor, model, sight) for anchor, sight in zip(anchors, sights, strict=True)])
    apart = {id(post): firms for post in _posts(anchors) if (firms := firms_apart(ties, post, anchors))}
    chances = [_without_others(ties, anchor, apart, seen) for anchor, seen in zip(anchors, chances, strict=True)]
    each = zip(anchors, chances, sights, strict=True)
    return [overruled(ties, _record(ties, anchor, seen, model, sight)) for anchor, seen, sight in each]


def _posts(anchors: Sequence[Named | None]) -> list[Named]:
    return [one for one in anchors if one is not None and one.kind == "post"]


def _without_others(ties: Ties, anchor: Named | None, apart: Mapping[int, Sequence[Named]], told: Chances) -> Chances:
    """The chances without the firms where others go, and without the posts that are left ``apart`` and their firms."""
    posts = [] if anchor is None or anchor.kind == "post" else [post for post in ties.cast.posts if id(post) in apart]
    firms = [*gone_to_by_others(ties, anchor), *(firm for post in posts for firm in apart[id(post)])]
    if not firms:
        return told
    orgs, titles = [one in firms for one in ties.cast.orgs], [one in posts for one, _ in ties.cast.titles]
    return {
        slot: [0.0 if out else p for p, out in zip(told[slot], orgs if slot.endswith("org") else titles, strict=True)]
        for slot in told
    }


def _anchors(ties: Ties, model: SlotModel, encoded: Encoded | None) -> list[Named | None]:
    """Who moves: people first, then posts that nobody of these holds; the likeliest where none is likely."""
    cast = ties.cast
    chances = [model.mover(of_mover(ties, one, n)) for n, one in enumerate(cast.people)]
    if encoded is not None:
        chances = mixing.movers(chances, encoded.people(cast))
    sure = [one for one, p in zip(cast.people, chances, strict=True) if p >= MOVES]
    movers = [
        one for one, p in zip(cast.people, chances, strict=True) if p >= MOVES or (p >= LISTED and same_told(ties, one, sure))
    ]
    likeliest = max(chances, default=0.0)
    post_chances = [model.post(of_post(ties, post, n, movers)) for n, post in enumerate(cast.posts)]
    if encoded is not None:
        post_chances = mixing.movers(post_chances, encoded.posts(cast))
    posts = [post for post, p in zip(cast.posts, post_chances, strict=True) if p >= (BESIDE if movers else POST_MOVES)]
    posts += [post for post in cast.posts if post not in posts and firms_apart(ties, post, movers)]
    if movers or posts:
        return [*movers, *posts]
    best_post = max(post_chances, default=0.0)
    if likeliest >= FALLBACK and likeliest > best_post:
        return [cast.people[chances.index(likeliest)]]
    return [cast.posts[post_chances.index(best_post)]] if best_post > 0.1 else [None]


def shared(found: Sequence[Chances]) -> list[Chances]:
    """The chances of each record where the records of a story lean on each other: mostly they tell of one firm."""
    if len(found) < 2:
        return list(found)
    tops = [[max(pair) for pair in zip(one["from_org"], one["to_org"], strict=True)] for one in found]
    leaning: list[Chances] = []
    for n, one in enumerate(found):
        others = [max(column) for column in zip(*(top for m, top in enumerate(tops) if m != n), strict=True)]
        leaning.append(
            {
                slot: [_lean(p, q) for p, q in zip(one[slot], others, strict=True)] if slot.endswith("org") else one[slot]
                for slot in one
            }
        )
    return leaning


def _lean(p: float, other: float) -> float:
    odds = p / max(1 - p, FLOOR) * math.exp(LEAN * (other - 0.5))
    return odds / (1 + odds)


def _record(ties: Ties, anchor: Named | None, chances: Chances, model: SlotModel, sight: Sight | None) -> Found:
    cast = ties.cast
    kinds = model.kind(of_move(ties, anchor, chances))
    if sight is not None:
        kinds = mixing.kinds(kinds, model, sight)
    best, found = -math.inf, Found(anchor, "other")
    for p, kind in sorted(zip(kinds, model.kinds, strict=True), reverse=True)[:TRIED]:
        action, _, pattern = kind.partition(":")
        here, there, fit = _organisations(pattern, chances)
        score = p + fit
        if score > best:
            best, found = score, Found(anchor, action)
            for slot, at in (("from_org", here), ("to_org", there)):
                if at is not None:
                    found.slots[slot] = (cast.orgs[at].best, cast.orgs[at].text)
            taken = pattern
    if anchor is not None:
        slot = "person" if anchor.kind != "post" else "group"
        found.slots[slot] = (anchor.best, anchor.text)
    _put_roles(ties, found, chances, taken)
    if taken == OUT_OF and "to_role" in found.slots and "from_org" in found.slots:
        found.slots["to_org"] = found.slots["from_org"]  # who leaves one post and is told another stays with the firm
    return found


def chances_of(ties: Ties, anchor: Named | None, model: SlotModel, sight: Sight | None = None) -> Chances:
    """How likely each organisation, and each mention of a post, fills each slot of somebody's record."""
    cast = ties.cast
    pairs = [of_pair(ties, anchor, one, n) for n, one in enumerate(cast.orgs)]
    titles = [of_title(ties, anchor, n) for n in range(len(cast.titles))]
    from_org, to_org = model.org(pairs, of_none(ties, anchor, len(pairs)))
    from_role, to_role = model.role(titles, of_none(ties, anchor, len(titles)))
    theirs = firms_of_others(ties, anchor)
    from_org = [p * OTHERS if one in theirs else p for p, one in zip(from_org, cast.orgs, strict=True)]
    told = {"from_org": from_org, "to_org": to_org, "from_role": from_role, "to_role": to_role}
    return told if sight is None else mixing.chances(told, sight, unnamed=bool(ties.firms_beside(anchor)))


def _organisations(pattern: str, chances: Chances) -> tuple[int | None, int | None, float]:
    """Which organisation is left and which is gone to, and how well that fits the pattern (a log)."""
    here, there = chances["from_org"], chances["to_org"]
    if pattern == NONE_SAID:
        return None, None, 0.0
    if not any(here) or (pattern == ACROSS and len(here) < 2):
        return None, None, -3.0
    if pattern == OUT_OF:
        at = max(range(len(here)), key=here.__getitem__)
        return at, None, FIT * math.log(here[at] + FLOOR)
    if pattern == INTO:
        at = max(range(len(there)), key=there.__getitem__)
        return None, at, FIT * math.log(there[at] + FLOOR)
    pairs = [(x * y, n, m) for n, x in enumerate(here) for m, y in enumerate(there) if (n == m) == (pattern == WITHIN)]
    both, n, m = max(pairs)
    return (n, m, FIT * math.log(math.sqrt(both) + FLOOR)) if both else (None, None, NEVER)


def _put_roles(ties: Ties, found: Found, chances: Chances, pattern: str) -> None:
    """The posts that are left and got, of those that are likely enough for the pattern."""
    cast = ties.cast
    held = [0.0 if ahead(place.chunk) else x for x, (_, place) in zip(chances["from_role"], cast.titles, strict=True)]
    got = list(chances["to_role"])
    leave_others(ties, found.anchor, held, got)
    if pattern == OUT_OF and got and max(got) < ROLE_UNLIKELY:
        got = [0.0] * len(got)  # who is told to leave alone gets none: what he leaves is not to be taken for it
    if found.action != "other":
        _keep_apart(held, got)
    held = [0.0 if no_post(place.chunk.low, found.anchor) else x for x, (_, place) in zip(held, cast.titles, strict=True)]
    if held and max(held) >= (ROLE_UNLIKELY if pattern == INTO else ROLE):
        found.slots["from_role"] = worded(found.anchor, cast.titles[held.index(max(held))][1])
    if got and max(got) >= (ROLE_UNLIKELY if pattern == OUT_OF else ROLE_LIKELY if pattern in (INTO, WITHIN) else ROLE):
        post, place = cast.titles[_fullest(cast, got)]
        crew = found.anchor is not None and isinstance(found.anchor.best.chunk.role, Crew)
        if not crew or post is not found.anchor:  # "twelve Osprey alumni" are not hired as alumni
            found.slots["to_role"] = worded(found.anchor, place)
    anchor = found.anchor
    if anchor is not None and anchor.kind == "post" and "from_role" in found.slots and "to_role" not in found.slots:
        found.slots["from_role"] = worded(anchor, anchor.best)  # "CEO and CFO depart": each leaves its own post
    if anchor is not None and anchor.kind == "post" and "to_role" in found.slots and "from_role" not in found.slots:
        got_at = found.slots["to_role"][0]
        whole = cast.seen.rows[got_at.row].items[got_at.at].text
        if (got_at.row, got_at.at) == (anchor.best.row, anchor.best.at) and "/" not in whole:
            found.slots["to_role"] = worded(anchor, anchor.best)  # "hires CEO and CFO": each gets its own


def _fullest(cast: Cast, got: Sequence[float]) -> int:
    """The likeliest mention of a post, or a longer one of the same post that is nearly as likely."""
    top = max(got)
    post = cast.titles[got.index(top)][0]
    same = [n for n, (one, _) in enumerate(cast.titles) if one is post and got[n] >= FULLER * top]
    return max(same, key=lambda n: (len(cast.titles[n][1].chunk.text), got[n]))


def _keep_apart(held: list[float], got: list[float]) -> None:
    """One mention of a post is what somebody leaves or what he gets: it stays where the other slot loses least by it."""
    if held and max(held) > 0 and (at := held.index(max(held))) == got.index(max(got)):
        others = [max(1 - sum(p), *(x for n, x in enumerate(p) if n != at), 0.0) for p in (got, held)]
        loser = got if held[at] * others[0] >= got[at] * others[1] else held
        loser[at] = 0.0
