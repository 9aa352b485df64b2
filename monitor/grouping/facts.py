"""What is known of a story or an event, folded so that two can be compared: people, organisations, posts, sums, places.

Both a Verdict and an Event give the same ``Facts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from monitor.grouping.figures import SLACK
from monitor.grouping.nicknames import one_first_name
from monitor.model import Buildout, BuildoutAction, Event, Label, Move, MoveAction, Quantity, Verdict
from monitor.money import in_dollars
from monitor.text import LEGAL_FORMS, fold

EXCHANGE = 0.12  # how far apart one sum may be told in two currencies: a year's change of rates, and rounding
# More than the law's forms: a wrong meeting is undone by what else two stories tell.
_NOISE = LEGAL_FORMS | frozenset("the platforms group holding asa ab as technologies technology".split())
_TITLES = frozenset({"mr", "ms", "mrs", "dr", "sir", "jr", "sr", "ii", "iii"})
_WORD = re.compile(r"[a-z0-9]+")
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("ceo", r"\bco-?ceo\b|\bceo\b|chief executive|\bboss\b|managing director"),
        ("cfo", r"\bcfo\b|chief financ|finance (?:chief|director|head)"),
        ("coo", r"\bcoo\b|chief operating|operations chief"),
        ("cto", r"\bcto\b|chief techn|technology chief"),
        ("cpo", r"\bcpo\b|chief product"),
        ("chair", r"\bchair(?:man|woman|person)?\b"),
        ("board", r"\bboard\b|\bdirectors\b|independent director"),
        ("scientist", r"chief scien|chief ai|ai chief"),
        ("president", r"(?<!vice )(?<!vice-)\bpresident\b"),
    )
)
_KNOWN_CHIEFS = frozenset({"executive", "financial", "operating", "technology", "technical", "product"})
_CHIEF = re.compile(r"\bchief (\w+) officer\b")
WAYS: dict[str, str] = {
    **dict.fromkeys((MoveAction.DEPART, MoveAction.DISMISS, MoveAction.RETIRE), "out"),
    **dict.fromkeys((MoveAction.HIRE, MoveAction.APPOINT, MoveAction.PROMOTE), "in"),
    **dict.fromkeys((BuildoutAction.BUILD, BuildoutAction.EXPAND, BuildoutAction.OPEN, BuildoutAction.INVEST), "build"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Folded and ready to compare. ``movers`` change post; ``people`` and ``orgs`` are all that are named."""

    labels: frozenset[Label] = frozenset()
    movers: frozenset[str] = frozenset()
    went: frozenset[tuple[str, str]] = frozenset()  # a mover and a way: out, in, board, found
    # a mover, whether they take or leave a post ("in", "out"), and its kind
    posts: frozenset[tuple[str, str, str]] = frozenset()
    people: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()
    to_orgs: frozenset[str] = frozenset()
    from_orgs: frozenset[str] = frozenset()
    builders: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    amounts: tuple[Quantity, ...] = ()
    capacity: tuple[Quantity, ...] = ()
    project: str = ""
    place: str = ""

    @property
    def ways(self) -> frozenset[str]:
        """The directions and kinds of the actions: out, in, board, build … ; what says nothing is left out."""
        return frozenset(WAYS.get(action, action) for action in self.actions if action != "other")


@lru_cache(maxsize=16384)
def person_key(name: str) -> str:
    """Last name first, folded: ``"oldfield sam r"``; a single name stands alone."""
    parts = [p for p in _WORD.findall(fold(name).replace("'s", "")) if p not in _TITLES]
    return " ".join((parts[-1], *parts[:-1])) if parts else ""


@lru_cache(maxsize=16384)
def loose_key(name: str) -> str:
    """An organisation's name folded, legal forms and more off: ``"Meta Platforms, Inc."`` and ``"Meta"`` meet.

    Looser than ``standing.org_key``, by which sums are kept: there "Acme Group" is not "Acme", and nothing else could part them.
    """
    parts = _WORD.findall(fold(name).replace("'s", ""))
    kept = [p for p in parts if p not in _NOISE]
    return " ".join(kept or parts)


def same_person(a: str, b: str) -> bool:
    """Keys of ``person_key`` name one person.

    The names of one all stand in the other ("Oldfield", "Ana Ruiz Soto" and "Ana Ruiz"), or last names agree and first
    names do as far as they are given ("S.", "Sam", "Samuel").
    """
    x, y = a.split(), b.split()
    if not x or not y or set(x) <= set(y) or set(y) <= set(x):
        return bool(x and y)
    if x[0] != y[0]:
        return False
    alike = len(x) == 1 or len(y) == 1 or x[1].startswith(y[1][:3]) or x[1][0] == y[1] or y[1][0] == x[1]
    return alike or one_first_name(x[1], y[1])


def same_org(a: str, b: str) -> bool:
    """Keys of ``loose_key`` agree when the words of the shorter all stand in the longer."""
    x, y = frozenset(a.split()), frozenset(b.split())
    return bool(x and y) and (x <= y or y <= x)


def meet(a: Iterable[str], b: Iterable[str], *, people: bool = False) -> bool:
    """Some name of ``a`` is some name of ``b``."""
    same = same_person if people else same_org
    others = tuple(b)
    return any(same(x, y) for x in a for y in others)


def roles_of(text: str) -> frozenset[str]:
    """The kinds of senior post a phrase names."""
    folded = fold(text)
    chiefs = {f"chief {kind}" for kind in _CHIEF.findall(folded) if kind not in _KNOWN_CHIEFS}
    return frozenset(name for name, pattern in _ROLES if pattern.search(folded)) | chiefs


def agree(a: Iterable[Quantity], b: Iterable[Quantity]) -> bool:
    """Some quantity of ``a`` lies within SLACK of one of ``b``; sums of two currencies more roughly."""
    others = tuple(b)
    return any(_near(p, q, SLACK) if p.unit == q.unit else _near_in_dollars(p, q) for p in a for q in others)


def _near(p: Quantity, q: Quantity, slack: float) -> bool:
    (low, high), (bottom, top) = bounds(p), bounds(q)
    return bool(high and top) and low * (1 - slack) <= top and bottom <= high * (1 + slack)


def _near_in_dollars(p: Quantity, q: Quantity) -> bool:
    one, other = in_dollars(p), in_dollars(q)
    return one is not None and other is not None and _near(one, other, EXCHANGE)


def bounds(quantity: Quantity) -> tuple[float, float]:
    """Lower and upper bound, the one given for both where only one is ("up to $40 billion"); zeros where neither is."""
    low = quantity.low if quantity.low is not None else quantity.high
    high = quantity.high if quantity.high is not None else quantity.low
    return low or high or 0.0, high or low or 0.0


def of_verdict(verdict: Verdict) -> Facts:
    """The facts of one story."""
    moves = tuple(m for match in verdict.matches for m in match.moves)
    buildout = next((m.buildout for m in verdict.matches if m.buildout is not None), None)
    return _facts(frozenset(m.label for m in verdict.matches), moves, buildout, verdict.orgs, verdict.people)


def of_event(event: Event) -> Facts:
    """The facts of an event: of all its stories together."""
    return _facts(frozenset(event.labels), event.moves, event.buildout, event.orgs, event.people)


def _facts(
    labels: frozenset[Label], moves: tuple[Move, ...], buildout: Buildout | None, orgs: tuple[str, ...], people: Iterable[str]
) -> Facts:
    # What is known as an organisation is nobody who changes post, whatever a headline made of it.
    firms = frozenset(map(loose_key, orgs))
    moves = tuple(replace(m, person="") if m.person and loose_key(m.person) in firms else m for m in moves)
    movers = frozenset(filter(None, (person_key(m.person) for m in moves)))
    # Where somebody arrives; a post kept after leaving ("stays on as adviser") is no destination.
    to_orgs = frozenset(filter(None, (loose_key(m.to_org) for m in moves if WAYS.get(m.action) != "out")))
    from_orgs = frozenset(filter(None, (loose_key(m.from_org) for m in moves)))
    built = frozenset(loose_key(o) for o in buildout.orgs) if buildout else frozenset()
    actions: set[str] = {m.action for m in moves}
    went = {(person_key(m.person), WAYS.get(m.action, m.action)) for m in moves if m.person and m.action != MoveAction.OTHER}
    posts = {
        (person_key(m.person), way, role)
        for m in moves
        if m.person and (way := WAYS.get(m.action, "")) in ("in", "out")
        for role in roles_of(m.to_role if way == "in" else m.from_role)
    }
    if buildout and buildout.action != BuildoutAction.OTHER:
        actions.add(buildout.action)
    return Facts(
        labels=labels,
        movers=movers,
        went=frozenset(went),
        posts=frozenset(posts),
        people=movers | frozenset(filter(None, map(person_key, people))),
        orgs=frozenset(filter(None, map(loose_key, orgs))) | _sides(moves) | (built - {""}),
        to_orgs=to_orgs,
        from_orgs=from_orgs,
        builders=built - {""},
        actions=frozenset(actions),
        roles=frozenset(r for m in moves for role in (m.to_role, m.from_role) for r in roles_of(role)),
        amounts=buildout.amounts if buildout else (),
        capacity=buildout.capacity if buildout else (),
        project=loose_key(buildout.project) if buildout else "",
        place=fold(buildout.location) if buildout else "",
    )


def _sides(moves: Iterable[Move]) -> frozenset[str]:
    return frozenset(loose_key(org) for m in moves for org in (m.from_org, m.to_org) if org)
