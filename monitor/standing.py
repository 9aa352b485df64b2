"""What events are told and counted by: how senior a post is, how far a buildout has come, the one name of an organisation. Pure.

Seniority has two scales on purpose. Who is told goes by ``RoleLevel``, which people write in their routes: whether a post is of
weight, so that a chair stands with the chief executive and a director with the chiefs. Sums go by ``Seniority``, which parts
kinds of post: boards from chiefs, vice presidents from heads. Neither follows from the other.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from monitor.model import BuildoutAction, Event, Move, RoleLevel
from monitor.text import LEGAL_FORMS, fold


class Seniority(StrEnum):
    """The kind of a post as sums count it, highest first."""

    BOARD = "board"
    CHIEF = "chief"
    VICE_PRESIDENT = "vice_president"
    HEAD = "head"
    SPECIALIST = "specialist"
    OTHER = "other"
    UNSAID = "unsaid"


class Progress(StrEnum):
    """How far a buildout has come, as its event tells it."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    OPEN = "open"
    CANCELLED = "cancelled"


# The first that fits: "vice president" before "president", "board" before the chief who sits on it.
_KINDS = tuple(
    (level, re.compile(rf"\b(?:{words})\b"))
    for level, words in (
        (Seniority.VICE_PRESIDENT, r"(?:senior |executive )?vice[ -]president|[se]?vp|vice[ -]chair\w*"),
        (Seniority.BOARD, r"chair(?:man|woman|person)?|board|(?:non-executive|independent) director|trustee|governor"),
        (Seniority.CHIEF, r"chief|c[efotimprsdh]o|ciso|chro|president|(?:co-?)?founder|managing partner|managing director|owner"),
        (Seniority.HEAD, r"head|director|general manager|lead|leader|partner|principal|secretary|commissioner|minister|dean"),
        (Seniority.SPECIALIST, r"scientist|researcher|engineer|architect|designer|analyst|fellow|professor|counsel|developer"),
    )
)
_ORDER = {level: place for place, level in enumerate(Seniority)}


def seniority(role: str) -> Seniority:
    """The height of a role as it is written; UNSAID for none.

    >>> seniority("Senior Vice President, Infrastructure"), seniority("Chief Executive Officer")
    (<Seniority.VICE_PRESIDENT: 'vice_president'>, <Seniority.CHIEF: 'chief'>)
    """
    words = fold(role).strip()
    if not words:
        return Seniority.UNSAID
    return next((level for level, pattern in _KINDS if pattern.search(words)), Seniority.OTHER)


_WEIGHTS = tuple(
    (level, re.compile(words))
    for level, words in (
        (
            RoleLevel.TOP,
            r"\b(co-?)?ceo\b|chief executive|\bchair(man|woman|person)?\b|founder"
            r"|(?<!vice )(?<!vice-)\bpresident\b(?! of sales)|managing director",
        ),
        (RoleLevel.CHIEF, r"\bchief\b|\bc[a-z]o\b|\bpartner\b|general manager|\bboard\b|director"),
        (RoleLevel.HEAD, r"\bhead\b|\bvice[ -]president\b|\b[es]?vp\b|\blead(er|s)?\b"),
    )
)


def role_level(move: Move) -> RoleLevel:
    """The weight of the most senior of the posts a move names.

    >>> from monitor.model import MoveAction
    >>> role_level(Move(action=MoveAction.HIRE, to_role="vice president of data centers")).value
    'head'
    """
    return _weight(f"{move.to_role} / {move.from_role} / {move.group}")


@lru_cache(maxsize=8192)
def _weight(posts: str) -> RoleLevel:
    folded = fold(posts)
    return next((level for level, pattern in _WEIGHTS if pattern.search(folded)), RoleLevel.OTHER)


def higher(one: Seniority, other: Seniority) -> Seniority:
    return one if _ORDER[one] <= _ORDER[other] else other


# Said of work that has begun; plans speak of what "will" break ground, so the words are those of the present and past.
_BEGUN = re.compile(
    r"\b(?:breaks? ground|broke ground|broken ground|under construction|under way|underway|tops? out|topped out"
    r"|(?:begins?|began|begun|starts?|started|kicks? off) (?:construction|building|work)"
    r"|construction (?:has )?(?:begun|started|began))\b"
)
_ENDED = re.compile(
    r"\b(?:cancel(?:s|led|ed)?|scrap(?:s|ped)?|abandon(?:s|ed)?|shelve[sd]?|withdraw(?:s|n)?|withdrew|drops? plans?)\b"
)


def progress(event: Event) -> Progress | None:
    """How far an event's buildout has come; None where it tells of none."""
    if event.buildout is None:
        return None
    action, words = event.buildout.action, fold(event.headline)
    if action == BuildoutAction.CANCEL or (action in _PLANS and _ENDED.search(words)):
        return Progress.CANCELLED
    if action == BuildoutAction.OPEN:
        return Progress.OPEN
    return Progress.UNDER_WAY if _BEGUN.search(words) else Progress.PLANNED


def announces(event: Event) -> bool:
    """Whether the figures of an event's buildout are its own: who fights a plan tells somebody else's."""
    return event.buildout is not None and event.buildout.action != BuildoutAction.OPPOSE


_PLANS = frozenset((BuildoutAction.BUILD, BuildoutAction.EXPAND, BuildoutAction.OTHER, BuildoutAction.LEASE))

_WORD = re.compile(r"[^\W_]+")
# Firms that nothing but the legal form tells from another: EQT Corp produces gas in Pittsburgh, EQT invests from Stockholm.
# (The ledger keeps keys: a firm added here wants the rows of its old key written again, as migration 0016 does.)
KEPT_FORMS = {"eqt corp": "eqt corp", "eqt corporation": "eqt corp"}


@lru_cache(maxsize=16384)  # sums ask it of thousands of names, the same ones each time
def org_key(name: str) -> str:
    """What two spellings of one organisation share: folded words, legal forms off. "" for a name without words.

    >>> org_key("Acme, Inc."), org_key("The Acme Company"), org_key("EQT Corporation")
    ('acme', 'acme', 'eqt corp')
    """
    words = _WORD.findall(fold(name))
    if (kept_form := KEPT_FORMS.get(" ".join(words).removeprefix("the "))) is not None:
        return kept_form
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept[1:] if len(kept) > 1 and kept[0] == "the" else kept or words)
