"""The slots of one more story laid over an event's: what they fill, what they change, what an outlet of higher rank corrects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.changes import CALLED_OFF, CANCELLED
from monitor.grouping.contradiction import LEAVING, contradiction
from monitor.grouping.deals import AGREED, DEALS
from monitor.grouping.facts import WAYS, loose_key, person_key, roles_of, same_org, same_person
from monitor.grouping.nicknames import one_first_name
from monitor.grouping.sizes import Corrects, Note, add_quantities, firmer, sized
from monitor.headlines import several
from monitor.model import Buildout, BuildoutAction, Move, MoveAction, Status
from monitor.posts import doing

MAX_MOVES = 24
_COUNTS = {"two": 2, "duo": 2, "three": 3, "trio": 3} | {
    w: n for n, w in enumerate("four five six seven eight nine ten".split(), 4)
}
_COUNTS |= {str(n): n for n in range(2, 11)}
_NOT_PEOPLE = r"[ -](?:days?|weeks?|months?|years?|hours?|things|billion|million|figure)\b"
_COUNT = re.compile(rf"(?<![$€£.,\d])\b({'|'.join(_COUNTS)})\b(?![.,%\d])(?!{_NOT_PEOPLE})", re.I)
_FURTHER = re.compile(r"\b(?:another|more(?= \w)(?! than\b))\b", re.I)
_LOOKS_FOR = re.compile(r"\b(?:search|seeks?|seeking|looks? for|looking for|hunts?|until|pending)\b", re.I)
_FILLING_IN = re.compile(r"\b(?:interim|acting|temporary|caretaker)\b", re.I)
# How sure a status is. A story moves the event's status up only; a denial always counts, and so does what follows one.
SURE = {Status.RUMORED: 0, Status.REPORTED: 1, Status.CONFIRMED: 2}


def same_move(a: Move, b: Move) -> bool:
    if a.person and b.person:
        x, y = person_key(a.person), person_key(b.person)
        short = x != y and one_first_name(x.rpartition(" ")[2], y.rpartition(" ")[2])  # Bill is the chair, Will the new CTO
        return same_person(x, y) and not (short and a.to_role and b.to_role and not roles_of(a.to_role) & roles_of(b.to_role))
    if a.person or b.person:
        return False
    posts, others = (roles_of(f"{m.to_role} / {m.from_role}") for m in (a, b))
    if posts and others and not posts & others:
        return False  # "new chair" and "new CEO"
    return not (a.to_org and b.to_org) or same_org(loose_key(a.to_org), loose_key(b.to_org))


def add_move(
    moves: tuple[Move, ...], move: Move, note: Note, title: str, soon: bool, corrects: Corrects, crowd: int
) -> tuple[Move, ...]:
    """``moves`` with one more. ``crowd``: how many people its headline tells of without a name, with those known before."""
    same = [n for n, old in enumerate(moves) if same_move(old, move)]
    if same:
        others = {n: contradiction(moves[n], move, title) for n in same}
        n = next((n for n in same if others[n] is None), same[0])
        other = others[n]

        def overrules(slot: str) -> bool:
            return corrects(f"moves.{n}.{slot}")

        replaced = other is not None and other[0] == "destination" and (_surer(moves[n], move) or overrules("to_org"))
        if other and not replaced and len(moves) < MAX_MOVES:
            # Neither word outranks the other: both are kept, and so it is told once, however often either is repeated.
            note(*other)
            return (*moves, move)
        return (*moves[:n], _filled(moves[n], move, note, soon, title, overrules), *moves[n + 1 :])
    if not move.person or len(moves) >= MAX_MOVES:
        # A group or a post without a name adds nothing to an event that has moves.
        return moves or (move,)
    if move.status == Status.DENIED:
        note("denial", "", _who(move))
    elif (
        move.person.split()[-1] in title
        or not any(old.person for old in moves)
        or _of_group(moves, move)
        or _one_more(moves, move, title, crowd)
    ):
        # A second name counts as news where the headline gives it: summaries name predecessors and bystanders.
        note("person", "", _who(move))
    return (*moves, move)


def crowd_of(moves: Iterable[Move], earlier: Iterable[str], title: str) -> int:
    """How many people of an event a headline tells of by number. "Two more" go beyond those known, but only for the first
    headline that says so; "three" may be those known already, and who else is named is a bystander."""
    count = next((_COUNTS[found[1].lower()] for found in _COUNT.finditer(title)), 0)
    if not _FURTHER.search(title):
        return count
    if any(_FURTHER.search(other) for other in earlier):
        return 0
    return sum(bool(old.person) for old in moves) + (count or 1)


def _one_more(moves: Iterable[Move], move: Move, title: str, crowd: int) -> bool:
    """A headline without a name ("Four more researchers leave Corvid") tells of people who go the way of those that are known."""
    known = [old for old in moves if old.person]
    if len(known) >= crowd or any(old.person.split()[-1] in title for old in known):
        return False
    return any(_one_way(old, move) for old in known)


def _of_group(moves: Iterable[Move], move: Move) -> bool:
    """Somebody by name goes the way that people without one were told to go, as all do who are named so far: they are of them."""
    moves = tuple(moves)
    groups = [m for m in moves if not m.person and several(m.group)]
    return any(_follows(group, move) and all(_follows(group, m) for m in moves if m.person) for group in groups)


def _follows(group: Move, move: Move) -> bool:
    orgs = [(a, b) for a, b in ((group.from_org, move.from_org), (group.to_org, move.to_org)) if a and b]
    same = bool(orgs) and all(same_org(loose_key(one), loose_key(other)) for one, other in orgs)
    return same and WAYS.get(group.action, group.action) == WAYS.get(move.action, move.action)


def _one_way(a: Move, b: Move) -> bool:
    pairs = ((a.from_org, b.from_org), (a.to_org, b.to_org))
    return all(one and other and same_org(loose_key(one), loose_key(other)) for one, other in pairs)


def _surer(old: Move, new: Move) -> bool:
    return new.status != Status.DENIED and (old.status == Status.DENIED or SURE[new.status] > SURE[old.status])


def _who(move: Move) -> str:
    return move.person or move.group or move.to_role or move.from_role or "unnamed"


def _filled(old: Move, new: Move, note: Note, soon: bool, title: str, corrects: Corrects) -> Move:
    """``old`` with what ``new`` adds; a destination already said is only replaced by a surer word, or by an outlet that ranks
    far above the one that said it."""
    if new.status == Status.DENIED:
        if old.status != Status.DENIED:
            note("denial", _who(old), _who(new))
        return replace(old, status=Status.DENIED)
    if old.status == Status.DENIED and new.status != Status.CONFIRMED:
        return old
    # Told within a day, a destination makes a departure a hire; later it is another story's way of telling.
    joins = soon and old.action in (MoveAction.DEPART, MoveAction.OTHER) and new.action in (MoveAction.HIRE, MoveAction.APPOINT)
    return replace(
        old,
        person=max(old.person, new.person, key=len),
        group=old.group or new.group,
        action=new.action if joins else old.action,
        from_org=old.from_org or new.from_org,
        from_role=old.from_role or new.from_role,
        to_org=_destination(old, new, note, corrects),
        to_role=_post(old, new, note, soon, title, corrects),
        status=new.status if _surer(old, new) else old.status,
    )


def _destination(old: Move, new: Move, note: Note, corrects: Corrects) -> str:
    """Where the move leads. Where one leaves from, or stays on as adviser, is no destination."""
    known = old.to_org or new.to_org
    if new.action in LEAVING or same_org(loose_key(new.to_org), loose_key(old.from_org or new.from_org)):
        return known
    if new.to_org and not old.to_org:
        note("destination", "", new.to_org)
    elif _contradicts(old.to_org, new.to_org) and _surer(old, new):
        note("destination", old.to_org, new.to_org)
        return new.to_org
    elif _contradicts(old.to_org, new.to_org) and corrects("to_org"):
        note("correction", old.to_org, new.to_org)
        return new.to_org
    return known


def _post(old: Move, new: Move, note: Note, soon: bool, title: str, corrects: Corrects) -> str:
    """The post the move leads to. Who leaves brings none."""
    known = old.to_role or new.to_role
    if new.action in LEAVING:
        return known
    other = _other_role(old.to_role, new.to_role)
    if new.to_role and not old.to_role:
        note("role", "", new.to_role)
    elif doing(old.to_role) and not doing(new.to_role) and roles_of(new.to_role) & roles_of(title):
        # What somebody will do is known, now their post is: of who "will run" the firm, that they are its chief is the same.
        if not same_org(loose_key(doing(old.to_role).partition(" ")[2]), loose_key(old.to_org or new.to_org)):
            note("role", old.to_role, new.to_role)
        return new.to_role
    elif other and corrects("to_role"):
        note("correction", old.to_role, new.to_role)
        return new.to_role
    elif _for_good(old.to_role, new.to_role, title, soon):
        note("role", old.to_role, new.to_role)
        return new.to_role
    elif other and roles_of(new.to_role) & roles_of(title):
        # As much is to be said for the one as for the other: both stand, in one move of one person.
        note("role", old.to_role, new.to_role)
        return f"{old.to_role} / {new.to_role}"
    return known


def _contradicts(old: str, new: str) -> bool:
    return bool(old and new) and not same_org(loose_key(old), loose_key(new))


def _other_role(old: str, new: str) -> bool:
    """Both posts are of a known kind, and of none in common; who chairs a board sits on it."""
    a, b = roles_of(old), roles_of(new)
    return bool(a and b) and not a & b and not a | b <= {"chair", "board"}


def _for_good(old: str, new: str, title: str, soon: bool) -> bool:
    """Who filled in is given the post: said by the headline, and on the first day, when outlets shorten, in so many words."""
    if not _FILLING_IN.search(old) or _FILLING_IN.search(f"{new} {title}") or _LOOKS_FOR.search(title):
        return False
    return bool(roles_of(old) & roles_of(new) & roles_of(title)) and (not soon or "permanent" in title.lower())


def firmed(before: tuple[Move, ...], after: tuple[Move, ...], title: str) -> Iterator[Move]:
    """Whose move was in doubt and is certain now, where the headline names them. ``after`` is ``before`` with one more story.

    Of one alone, the event's own line says it.
    """
    if sum(bool(old.person) for old in before) < 2:
        return
    for old, new in zip(before, after, strict=False):
        doubtful = old.status in (Status.RUMORED, Status.REPORTED)
        if doubtful and new.status == Status.CONFIRMED and new.person and new.person.split()[-1] in title:
            yield old


def add_buildout(old: Buildout | None, new: Buildout, note: Note, title: str, soon: bool, corrects: Corrects) -> Buildout:
    """``old`` with what ``new`` adds. After a day another figure of a deal is more of it, or one more, and corrects nothing."""
    if old is None:
        return new

    def overrules(slot: str) -> bool:
        return (soon or new.action not in DEALS) and corrects(f"buildout.{slot}")

    orgs = old.orgs + tuple(o for o in new.orgs if not any(same_org(loose_key(o), loose_key(k)) for k in old.orgs))
    surer = new.status != Status.DENIED and (old.status == Status.DENIED or SURE[new.status] > SURE[old.status])
    if surer:
        amounts = firmer(old.amounts, new.amounts, "amount", note, title)
        old = replace(old, amounts=amounts, capacity=firmer(old.capacity, new.capacity, "capacity", note, title))
    stops = new.action == BuildoutAction.CANCEL != old.action and new.status not in (Status.DENIED, Status.RUMORED)
    if stops:
        note("status", "", CALLED_OFF if old.action in AGREED else CANCELLED)
    return replace(
        old,
        orgs=orgs[:12],
        action=new.action if stops or old.action == BuildoutAction.OTHER else old.action,
        amounts=add_quantities(old.amounts, new.amounts, "amount", note, title, lambda s: overrules(f"amounts.{s}")),
        capacity=add_quantities(
            old.capacity, new.capacity, "capacity", sized(old.action, note), title, lambda s: overrules(f"capacity.{s}")
        ),
        location=old.location or new.location,
        project=old.project or new.project,
        status=new.status if surer else old.status,
    )
