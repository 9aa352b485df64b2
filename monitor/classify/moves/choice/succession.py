"""Posts that a story names once for two: who comes gets what the one who goes leaves, and the other way round.

"Ada Quill steps down as CEO and will be succeeded by Bo Tarrow": Tarrow's post is told with Quill.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.moves.cast.tasks import ahead
from monitor.classify.moves.choice.others import never_taken
from monitor.classify.parsing.neighbours import words_of
from monitor.classify.words.sameness import similar
from monitor.classify.words.seats import SEATS, board_kind

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Place, View
    from monitor.classify.moves.evidence.outright import Told
    from monitor.classify.parsing.chunks import Chunk

_COMES = frozenset({"appoint", "hire", "promote", "board"})
_GOES = frozenset({"depart", "retire", "dismiss", "board"})


def succeed(found: Sequence[Found]) -> None:
    """Fills the posts that are not told of one, where exactly one other record of the same firm can say which it is."""
    comes = [one for one in found if one.action in _COMES and one.get("to_org")]
    goes = [one for one in found if _leaves(one)]
    for one in comes:
        if (mover := _takes_over_from(one, comes)) is not None:
            one.slots |= {"to_org": mover.slots["from_org"], "to_role": mover.slots["from_role"]}
    away = [one for one in found if one.action == "other" and one.get("from_role") and not one.get("to_org")]
    left = {id(one): _left(one, goes or (away if one.action == "appoint" else ())) for one in comes}
    for one in comes:
        if (before := left[id(one)]) and _swapped(before, one):
            one.slots["to_role"] = before.slots["from_role"]
    for one in comes:
        if (before := left[id(one)]) and not one.get("to_role") and not _filled(before, one, comes):
            one.slots["to_role"] = before.slots["from_role"]
            if one.action == "appoint" and board_kind[one.get("to_role").lower()] in SEATS:
                one.action = "board"
    for one in comes:
        if one.get("to_role").lower().startswith("sole ") and not one.get("from_role"):
            shared = [other for other in goes if other.get("from_role").lower().startswith("co-") and _same_firm(other, one)]
            if len(shared) == 1:
                one.slots["from_role"] = shared[0].slots["from_role"]  # "co-CEO Quill leaves, Tarrow becomes sole CEO"
    untold = [other for other in goes if not other.get("from_role")]
    if len(untold) == 1:
        after = [one for one in comes if one is not untold[0] and _has_post(one) and _same_firm(untold[0], one)]
        if len(after) == 1:
            untold[0].slots["from_role"] = after[0].slots["to_role"]


_SWAPS = re.compile(
    r"\b(?:swap|trad|exchang|switch)(?:e|s|es|ed|ped|ping|ing)? "
    r"(?:roles|jobs|posts|seats|positions|titles|duties|places|chairs)\b"
)


def swap(seen: View, found: Sequence[Found]) -> None:
    """Two who swap posts each get the other's: "finance chief Ada Quill swaps roles with strategy head Bo Tarrow"."""
    people = [one for one in found if one.anchor is not None and one.anchor.kind != "post" and one.get("from_role")]
    for r, row in enumerate(seen.rows):
        pair = [one for one in people if one.anchor is not None and any(place.row == r for place in one.anchor.places)]
        told = [one for one in pair if one.action == "other" and one.slots["from_role"][0].row == r]
        if len(told) == 2 and _SWAPS.search(words_of(row.items)):
            left = [one.slots["from_role"] for one in told]
            for one, post in zip(told, reversed(left), strict=True):
                one.slots["to_role"] = post
                one.slots["to_org"] = one.slots.get("to_org") or one.slots["from_org"]


def hand_over(one: Found, told: Told) -> None:
    """Who hands a post to another leaves it: "Ada Quill to hand over CEO role to Ben Okoro"."""
    if "replaced" not in told.first or told.getting or told.gets or one.action not in ("promote", "appoint"):
        return
    one.action = "depart"
    there, got = one.slots.pop("to_org", None), one.slots.pop("to_role", None)
    if there is not None:
        one.slots.setdefault("from_org", there)
    if got is not None:
        one.slots["from_role"] = got


def _takes_over_from(one: Found, comes: Sequence[Found]) -> Found | None:
    """Who leaves for a post that ``one``, told behind it, seems to get as well: "Osprey CFO Ada Quill joins Corvid as CEO;
    Bo Tarrow takes over" speaks of Osprey's."""
    if "from_org" in one.slots or "to_role" not in one.slots:
        return None
    post, here = _stands(one.slots["to_role"][0]), _begins(one)
    movers = [
        other
        for other in comes
        if other is not one
        and {"from_org", "from_role", "to_role"} <= other.slots.keys()
        and _stands(other.slots["to_role"][0]) == post
        and not similar(other.get("from_org"), other.get("to_org"))
    ]
    return movers[0] if len(movers) == 1 and _begins(movers[0]) < post < here else None


def _stands(place: Place) -> tuple[int, int]:
    return place.row, place.at


def _begins(one: Found) -> tuple[int, int]:
    return _stands(one.anchor.places[0]) if one.anchor is not None else (-1, -1)


def _has_post(one: Found) -> bool:
    """Whether it is told what somebody comes for, and not only what there is to do."""
    return "to_role" in one.slots and not ahead(one.slots["to_role"][0].chunk)


def _left(one: Found, goes: Sequence[Found]) -> Found | None:
    """The only other record that tells which post is left at the firm where ``one`` comes."""
    before = [other for other in goes if other is not one and other.get("from_role") and _same_firm(other, one)]
    return before[0] if len(before) == 1 and not never_taken(before[0].get("from_role").lower()) else None


def _swapped(left: Found, one: Found) -> bool:
    """Whether ``one`` has the post that the one who goes is told to get."""
    taken = similar(one.get("to_role"), left.get("to_role"))
    return taken and not similar(left.get("from_role"), left.get("to_role"))


def _filled(left: Found, one: Found, comes: Sequence[Found]) -> bool:
    """Whether somebody else comes to the post that ``left`` leaves."""
    others = (other for other in comes if other is not one and _same_firm(left, other))
    return any(similar(left.get("from_role"), other.get("to_role")) for other in others)


def _leaves(one: Found) -> bool:
    """Whether a record leaves a post behind, at a firm that it leaves or stays with."""
    here, there = one.get("from_org"), one.get("to_org")
    seated = one.action == "board" and bool(there or one.get("to_role"))
    return one.action in _GOES and bool(here) and not seated and (not there or similar(here, there))


def _same_firm(goes: Found, comes: Found) -> bool:
    return similar(goes.get("from_org"), comes.get("to_org"))


def echo(one: Found, told: Sequence[Found]) -> bool:
    """A post without a name that somebody already told of leaves, where it is left, or gets, where it is filled."""
    group = one.get("group")
    if one.get("person") or not group:
        return one.anchor is None and bool(told)
    founders = [other for other in told if "founder" in other.get("group").lower()]
    left = [_stands(other.slots["from_role"][0]) for other in founders if "from_role" in other.slots]
    if one.anchor is not None and _stands(one.anchor.best) in left:
        return True  # "founder gives up CEO title" is told of one
    same = "to_role" if one.get("to_org") else "from_role"
    return any(_names(other, one) or _same_crew(other, one) or _same_move(other, one) for other in told) or any(
        similar(group, other.get(same)) if other.get("person") else similar(group, other.get("group")) or _fills(one, other)
        for other in told
    )


def _names(other: Found, one: Found) -> bool:
    """Whether a headline's post without a name is who a later sentence names: both leave one firm for another, one from no other
    post than a vague one."""
    role = one.anchor.best.chunk.role if one.anchor is not None else None
    if not other.get("person") or role is None or role.plural or not (one.get("from_org") and one.get("to_org")):
        return False
    firms = all(similar(one.get(slot), other.get(slot)) for slot in ("from_org", "to_org"))
    told = role.generic or not other.get("from_role") or similar(one.get("from_role"), other.get("from_role"))
    return firms and told and other.action == one.action and not similar(one.get("from_org"), one.get("to_org"))


def _same_move(other: Found, one: Found) -> bool:
    """Whether two posts without a name, in two sentences, are one's who leaves one firm for another: "Osprey loses designer to
    Corvid", "another design executive makes the jump"."""
    if other.get("person") or other.anchor is None or one.anchor is None or other.action != one.action:
        return False
    places = [each.anchor.best for each in (other, one) if each.anchor is not None]
    several = any(place.chunk.role is None or place.chunk.role.plural for place in places)
    if several or places[0].row == places[1].row or similar(one.get("from_org"), one.get("to_org")):
        return False
    return all(similar(one.get(slot), other.get(slot)) for slot in ("from_org", "to_org"))


def _same_crew(other: Found, one: Found) -> bool:
    """Whether a summary's group is its headline's in other words: "Founders step down … the exit of all three cofounders"."""
    if other.get("person") or other.anchor is None or one.anchor is None or other.action != one.action:
        return False
    first, behind = other.anchor.best, one.anchor.best
    kinds = [_of_kind(place.chunk) for place in (first, behind)]
    if kinds[0] != kinds[1] or not kinds[0] or first.row == behind.row:
        return False
    pairs = [(one.get(slot), other.get(slot)) for slot in ("from_org", "to_org")]
    return all(similar(a, b) or not (a and b) for a, b in pairs)


def _of_kind(c: Chunk) -> str:
    """What members of a group are: "execs" for "top executives", "founders" for "cofounders"; nothing of one person."""
    if c.role is None or not c.role.plural:
        return ""
    word = c.low.rpartition(" ")[2].replace("-", "")
    return "execs" if word in ("execs", "executives", "leaders") else word.removeprefix("co")


def _fills(one: Found, other: Found) -> bool:
    """Whether a post is the one that another without a name is told to get: "hires Osprey CFO to its board"."""
    assert one.anchor is not None
    got = other.slots.get("to_role")
    own = other.anchor.best if other.anchor is not None and not other.get("person") else None
    if (
        got is not None
        and own is not None
        and (got[0].row, got[0].at) == (own.row, own.at)
        and one.anchor.best.chunk.start != own.chunk.end + 1
    ):
        return False  # "hires CEO and CFO": each gets its own; "CEO/CFO" is one
    return got is not None and any(p.row == got[0].row and p.at == got[0].at for p in one.anchor.places)


def without_heads(found: list[Found]) -> None:
    """Takes out a headline's group whose members' posts the summary tells: "Executives exit … its COO and CMO are leaving"."""
    for one in [each for each in found if each.anchor is not None and not each.get("person")]:
        assert one.anchor is not None
        if _of_kind(one.anchor.best.chunk) == "execs":
            members = [other for other in found if other is not one and _is_member(other, one)]
            if len(members) > 1:
                found.remove(one)


def _is_member(other: Found, one: Found) -> bool:
    """Whether a post without a name, behind a group, is of one who makes the same move from the same firm."""
    if other.anchor is None or one.anchor is None or other.get("person") or other.action != one.action:
        return False
    role = other.anchor.best.chunk.role
    if other.anchor.best.chunk.kind != "role" or (role is not None and role.plural):
        return False  # of "COO and CMO" each has none of its own
    return other.anchor.best.row > one.anchor.best.row and similar(other.get("from_org"), one.get("from_org"))
