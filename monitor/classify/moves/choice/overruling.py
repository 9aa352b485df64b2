"""What a story says so plainly that it overrules the learned choice of a record: whose post it is that is left, who is hired.

Here is where a wrong slot is mended by a rule. A rule that is right only mostly is a feature instead (``facts``, ``ties``), for
the weights to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import takewhile

from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.cast.unnamed import put_owner
from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.moves.choice.begun import begun
from monitor.classify.moves.choice.bound_for import bound_for
from monitor.classify.moves.choice.from_within import from_within
from monitor.classify.moves.choice.no_seat import sits_nowhere
from monitor.classify.moves.choice.plainly import plainly
from monitor.classify.moves.choice.post_words import worded
from monitor.classify.moves.choice.shown_out import shown_out
from monitor.classify.moves.choice.stays_on import stays_on
from monitor.classify.moves.choice.stays_put import has_died, on_leave
from monitor.classify.moves.choice.steps_back import TOP, to_the_side
from monitor.classify.moves.choice.succession import hand_over
from monitor.classify.moves.choice.told_closer import told_closer
from monitor.classify.moves.evidence.bones import standing_of
from monitor.classify.moves.evidence.interim import for_a_while, kept, lasts, left_for_good, told_behind
from monitor.classify.moves.evidence.outright import ELSEWHERE, LEAVES, Told
from monitor.classify.moves.evidence.readings import direction, subject_of
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.parsing.neighbours import words_of
from monitor.classify.parsing.row import BREAKS
from monitor.classify.words.sameness import similar
from monitor.classify.words.seats import SEATS, board_kind, has_a_seat, runs

OF = ELSEWHERE + "of"
PLAIN = frozenset({"post", "replaced", OF, OF + "past", ELSEWHERE, ELSEWHERE + "past"})  # rules that are seldom wrong


def said_outright(ties: Ties, one: Found) -> Found:
    """Where from, where the sentence says whose post is left, or whom somebody is named beside; who neither leaves a seat on a
    board nor gets one makes another kind of move."""
    told = ties.facts.of(one.anchor)
    seats = {board_kind[one.get(slot).lower()] for slot in ("from_role", "to_role")}
    action = ties.facts.action_of(one.anchor)
    if one.action == "board" and seats == {"no"} and action not in ("", "board"):
        one.action = action
    if told.from_org is not None:
        _put_origin(one, *told.from_org)
        _put_left(told, one)
    put_owner(ties, one)
    return one


def _put_origin(one: Found, org: Named, rule: str) -> None:
    """Where from, by a plain rule; who is told as another firm's is hired: "Osprey's Ada Quill named Corvid chief"."""
    if rule not in PLAIN or ("from_org" not in one.slots and rule != OF):
        return
    there = one.get("to_org")
    if there and not similar(there, org.text) and (one.action == "promote" or (rule == OF and one.action == "appoint")):
        one.action = "hire"
    if "from_org" in one.slots or one.action == "hire":
        one.slots["from_org"] = (org.best, org.text)


_FOUNDER = re.compile(r"(?:co-?)?founders?(?: of .+)?")


_HIS_POST = re.compile(r"(?:away )?from (?:his|her|their) (?:post|role|job|position) (?:as|at|with)")


def from_his_post(ties: Ties, one: Found) -> Found:
    """Where from, where a sentence says whose post is left: "hires Ada Quill away from her post as Osprey's design head"."""
    if one.action not in ("hire", "appoint") or one.anchor is None or one.anchor.kind == "post":
        return one
    for org in ties.cast.orgs:
        for place in org.places:
            items = ties.cast.seen.rows[place.row].items
            lead = words_of(items[max(place.at - _LEAD, 0) : place.at])
            mine = any(p.row == place.row and p.at < place.at for p in one.anchor.places)
            if mine and (told := _HIS_POST.search(lead)) and lead.endswith(told[0]) and not similar(one.get("to_org"), org.text):
                one.action = "hire"
                one.slots["from_org"] = (place, org.text)
                return one
    return one


_LEAD = 5  # chunks of "from her post as" before a firm


def _put_left(told: Told, one: Found) -> None:
    """The firm that somebody is told to leave, where the one that would be left only says who he is: "Monzo founder … quits Y
    Combinator", "former Tesla AI chief … leaves Osprey". Where a post is held still it is as likely the other way round."""
    org = next((org for org, rule in told.out_of if rule in LEAVES and rule in told.first), None)
    others = {held.text: when for held, when in told.held if held is not None}
    if org is None or org.text in others or org.text == one.get("to_org"):
        return
    posts = [(place, when) for place, when in told.left if when.startswith("held")]
    written = [place.chunk.text for place, _ in posts]
    elsewhere = bool(others) or any(" of " in post and org.text not in post for post in written)
    founded = bool(posts) and all(_FOUNDER.fullmatch(post.lower()) for post in written)
    past = bool(others) and all("past" in when for when in others.values())
    if one.get("from_org") in (org.text, *others) and elsewhere and (founded or past):
        one.slots["from_org"] = (org.best, org.text)
        if "from_role" in one.slots and one.slots["from_role"][0] in [place for place, _ in posts]:
            del one.slots["from_role"]


def left_outright(ties: Ties, one: Found) -> Found:
    """The post that somebody is told to step down from in so many words, whatever else he holds: "Founder … quits as CEO"."""
    leaves = one.action in ("depart", "retire", "dismiss") or (one.action == "board" and not one.get("to_role"))
    if one.anchor is not None and one.anchor.kind != "post" and leaves:
        told = ties.facts.of(one.anchor)
        places = [p for p, verb in told.left if verb in LEAVES and not _later_seat(told, p)]
        if places and not any(similar(one.get("from_role"), place.chunk.text) for place in places):
            one.slots["from_role"] = worded(one.anchor, places[0])
            if one.action == "depart" and places[0].chunk.low == "board":
                one.action = "board"  # whatever else he is: "Corvid chief Ada Quill steps down from the Osprey board"
    return one


def _later_seat(told: Told, place: Place) -> bool:
    """A seat on a board in a sentence behind the one that says who leaves: that one is of something else."""
    return not LEAVES.isdisjoint(told.first) and place.row > told.row and board_kind[place.chunk.low] in SEATS


def no_later_seat(ties: Ties, one: Found) -> Found:
    """Who leaves is said to leave the post told with it, where a later sentence's seat would have been taken for it."""
    told = ties.facts.of(one.anchor)
    if "from_role" in one.slots and _later_seat(told, one.slots["from_role"][0]):
        holders = {at: holder for (row, at), holder in ties.holders.items() if row == told.row and holder is not None}
        mine = [p for _, p in ties.cast.titles if p.row == told.row and p.at in holders and holders[p.at][0] is one.anchor]
        if mine:
            one.slots["from_role"] = worded(one.anchor, mine[0])
    return one


def heard(ties: Ties, one: Found) -> Found:
    """What somebody's own verb says plainly: who joins or comes back is hired, whoever names others; who retires, retires."""
    if one.anchor is None or one.anchor.kind == "post":
        return one
    hand_over(one, ties.facts.of(one.anchor))
    towards = {direction(ties.cast.seen, place) for place in one.anchor.places[:3]}
    if one.action == "appoint":
        joins = subject_of("PERSON_JOINS", "hire") in towards or "said joins" in ties.told_of(one.anchor)
        back = "cue > back" in ties.cues_of(one.anchor) and ties.facts.action_of(one.anchor) != "appoint"
        hired = ties.facts.of(one.anchor).first == {"hired"}
        if joins or back or hired:
            one.action = "hire"
    elif one.action == "other" and (told := ties.facts.action_of(one.anchor)) in ("appoint", "promote"):
        one.action = told  # whose own verb says that a post is got
    elif one.action == "other" and one.get("from_role") and _outgoing(one):
        one.action = "depart"
        one.slots.pop("to_org", None)
    elif one.action == "hire" and "promoted" in ties.facts.of(one.anchor).first:
        one.action = "promote"
    elif one.action == "depart" and subject_of("PERSON_STEPS", "retire") in towards:
        one.action = "retire"
    elif one.action == "promote" and standing_of[one.get("to_role").lower()] == "i":
        one.action = "appoint"  # who fills in keeps the post he has
    return one


def _outgoing(one: Found) -> bool:
    """Whether the post is told as one that is being left: "along with outgoing CEO Ada Quill"."""
    return not one.get("to_role") and one.slots["from_role"][0].chunk.low.startswith(("outgoing ", "departing "))


_PARTS = frozenset("division department unit team practice lab arm business group office branch".split())
_WITHIN = 6  # chunks between a director and the part of a firm: "a director in Osprey's fast-growing cloud division"


def below_the_board(ties: Ties, one: Found) -> Found:
    """A director in a part of a firm sits on no board: "a director in Osprey's cloud division left"."""
    role = one.slots.get("from_role")
    if one.action != "board" or one.get("to_role") or role is None or board_kind[role[1].lower()] != "director":
        return one
    place = role[0]
    items = ties.cast.seen.rows[place.row].items
    behind = [c.low for c in takewhile(lambda c: c.low not in BREAKS, items[place.at + 1 : place.at + 2 + _WITHIN])]
    if behind[:1] and behind[0] in ("in", "at", "of", "with") and not _PARTS.isdisjoint(behind):
        one.action = "depart"
    return one


_LOWEST = 9


def risen(ties: Ties, one: Found) -> Found:
    """Who gets a higher post of the firm in which he holds one is promoted, where no kind of move is told: "Country heads Quill
    and Okoro will share the COO title". Two who swap posts do not rise."""
    if one.action != "other" or one.anchor is None or one.anchor.kind == "post" or not one.get("from_role"):
        return one
    within = bool(one.get("to_org")) and similar(one.get("from_org"), one.get("to_org"))
    swaps = not ties.facts.of(one.anchor).first.isdisjoint({"change", "leave"})
    if within and not swaps and "to_role" in one.slots and _rank(one, "to_role") < _rank(one, "from_role"):
        one.action = "promote"
    return one


def _rank(one: Found, slot: str) -> int:
    """0 for who runs the firm, else the level of a post."""
    place, text = one.slots[slot]
    if TOP.search(text.lower()):
        return 0
    return place.chunk.role.level if place.chunk.role is not None else _LOWEST


_ONLY_THE_CHAIR = re.compile(
    r"(?:will |to )?(?:gives? up|giving up|gave up|relinquish\w*|hands? over|cedes?) (?:\w+ ){0,2}(?:chairmanship|chair)\b"
    r".{0,24}\b(?:but|and) (?:\w+ ){0,2}(?:stays?|remains?|keeps?|continues?)\b"
)


def only_the_chair(ties: Ties, one: Found) -> Found:
    """Who gives up the chairmanship and stays chief executive makes a move of the board."""
    if one.action == "depart" and one.anchor is not None and one.anchor.kind != "post" and not one.get("to_role"):
        rows = ties.cast.seen.rows
        told = [words_of(rows[p.row].items[p.at + 1 : p.at + 12]) for p in one.anchor.places]
        if any(map(_ONLY_THE_CHAIR.match, told)):
            one.action = "board"
    return one


def _ran(one: Found, left: str) -> bool:
    """Whether somebody ran the firm that he is to chair: its chief executive, or one of its founders."""
    chief = re.fullmatch(r"(?:ceo|chief executive(?: officer)?)", left) is not None
    return runs(left) or "founder" in left or (chief and similar(one.get("from_org"), one.get("to_org")))


_NOT_AGAIN = re.compile(
    r"\b(?:not|n't|never|declin\w+|decided against|won't)\b.{0,30}\b(?:re-?election|renomination)\b|"
    r"\b(?:not|won't)\b (?:to )?(?:stand|run|seek|be standing) (?:again\b|another term)"
)


def not_again(ties: Ties, one: Found) -> Found:
    """Who does not stand for re-election leaves a board: "has informed the board of his intention not to stand …"."""
    leaves = one.action in ("depart", "retire", "other") and not one.get("to_role")
    places = one.anchor.places if leaves and one.anchor is not None and one.anchor.kind != "post" else ()
    if any(_NOT_AGAIN.search(told_behind(ties, place)) for place in places):
        one.action = "board"
    return one


def settle(one: Found, nowhere: Collection[str] = ()) -> Found:
    """A seat on a board is a move of the board, whatever verb tells it; a post that is none, or runs the firm too, is not.
    ``nowhere``: the slots whose posts are no seats although they read so."""
    role, left = one.get("to_role").lower(), one.get("from_role").lower()
    got = "no" if "to_role" in nowhere else board_kind[role]
    held = "no" if "from_role" in nowhere else board_kind[left]
    if one.action == "board" and not role and "from_role" in nowhere:
        one.action = "depart"
    if role.startswith("sole ") and got not in SEATS and one.action in ("appoint", "hire") and "to_org" in one.slots:
        one.action = "promote"  # from sharing the post
        one.slots["from_org"] = one.slots["to_org"]
    comes = one.action in ("appoint", "hire", "promote") and got in SEATS and not has_a_seat(role)
    if comes or (one.action in ("depart", "retire", "other") and not role and held in SEATS and not has_a_seat(left)):
        one.action = "board"
    elif one.action == "board" and role and (runs(role) or has_a_seat(role) or (got == "no" and held == "no")):
        here, there = one.get("from_org"), one.get("to_org")
        one.action = "appoint" if not here else "promote" if similar(here, there) else "hire"
    elif one.action in ("promote", "other") and got == "exec chair" and not runs(role) and _ran(one, left):
        one.action = "depart"  # who ran the firm no longer does
    elif one.action == "board" and (
        (got == "exec chair" and left and held == "no") or (not role and (runs(left) or has_a_seat(left)))
    ):
        one.action = "depart"
    return one


def by_its_seats(ties: Ties, one: Found) -> Found:
    return settle(one, sits_nowhere(ties, one))


def aside(_: Ties, one: Found) -> Found:
    return to_the_side(one)


# In this order: what a rule decides is what the next one sees.
RULES: tuple[Callable[[Ties, Found], Found], ...] = (
    *(no_later_seat, said_outright, from_his_post, plainly, bound_for),
    *(risen, heard, not_again),
    *(by_its_seats, aside, for_a_while),
    *(kept, lasts, left_outright, left_for_good),
    *(begun, from_within, on_leave),
    *(shown_out, below_the_board, only_the_chair, has_died),
    *(told_closer, stays_on),
)


def overruled(ties: Ties, one: Found) -> Found:
    """The record by all ``RULES``."""
    for rule in RULES:
        one = rule(ties, one)
    return one
