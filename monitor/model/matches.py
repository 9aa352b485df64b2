"""What a classifier says of a story: labels, slots (moves and buildouts), the words that prove them, the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from monitor.model.stories import StoryId


class Label(StrEnum):
    """The two kinds of story Movewire flags."""

    EXECUTIVE_MOVE = "executive_move"
    INFRASTRUCTURE = "infrastructure"


class Status(StrEnum):
    """How sure the world is of an event. Only evidence moves it."""

    RUMORED = "rumored"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DENIED = "denied"


class Nature(StrEnum):
    """What a story is: only news may found an event."""

    NEWS = "news"
    ROUNDUP = "roundup"
    COMMENT = "comment"  # opinion, interview, analysis, profile


class MoveAction(StrEnum):
    HIRE = "hire"
    APPOINT = "appoint"
    PROMOTE = "promote"
    DEPART = "depart"
    DISMISS = "dismiss"
    RETIRE = "retire"
    BOARD = "board"
    FOUND = "found"
    OTHER = "other"


class BuildoutAction(StrEnum):
    BUILD = "build"
    EXPAND = "expand"
    OPEN = "open"
    INVEST = "invest"
    COMPUTE_DEAL = "compute_deal"
    POWER_DEAL = "power_deal"
    FINANCE = "finance"
    ACQUIRE = "acquire"
    LEASE = "lease"
    POLICY = "policy"
    OPPOSE = "oppose"
    CANCEL = "cancel"
    OTHER = "other"


class RoleLevel(StrEnum):
    """How senior a post is."""

    TOP = "top"  # chief executive, chair, founder, president, managing director
    CHIEF = "chief"  # other chief officers, partners, directors, general managers, board members
    HEAD = "head"  # heads of a unit, vice presidents, leaders
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words of a story that prove something. ``start``/``end`` are offsets into the named field of the story."""

    field: Literal["title", "summary"]
    start: int
    end: int
    text: str
    supports: str  # a slot ("moves.0.person", "buildout.amounts") or a rule ("rule:hire.poach")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One person or group changing post. Empty string: not said. Words as written, no "Mr"."""

    person: str = ""
    group: str = ""
    action: MoveAction
    from_org: str = ""
    from_role: str = ""
    to_org: str = ""
    to_role: str = ""
    status: Status = Status.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount or a capacity as written, with its normalised bounds.

    ``unit``: "USD" or another ISO 4217 code for amounts, "MW" or "accelerators" for capacity, "" where unknown.
    """

    text: str
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buildout:
    """Who builds, buys, supplies, finances or opposes what, where, for how much."""

    orgs: tuple[str, ...] = ()
    action: BuildoutAction = BuildoutAction.OTHER
    amounts: tuple[Quantity, ...] = ()
    capacity: tuple[Quantity, ...] = ()
    location: str = ""
    project: str = ""
    status: Status = Status.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A classifier's yes: the label, how sure (0 to 1), the slots, and the words that say so."""

    story_id: StoryId
    label: Label
    score: float
    moves: tuple[Move, ...] = ()  # for executive_move
    buildout: Buildout | None = None  # for infrastructure
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Why a label was given or not. From ``high`` on it is a yes, below ``low`` a no; between them lies the band, in which
    ``threshold`` decides unless a second opinion is asked. ``by`` "rule": the grammar was certain, of yes or no, whatever
    the model said.
    """

    label: Label
    yes: bool
    score: float
    threshold: float
    low: float
    high: float
    by: Literal["rule", "model", "band", "second opinion"]
    weights: tuple[tuple[str, float], ...] = ()  # the model's loudest features and what each adds to the log odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Everything a classifier says of one story; ``matches`` is empty for most.

    ``orgs`` and ``people`` are the canonical names found (for grouping), ``trace`` the rules that fired or refused.
    ``possible`` holds the matches of the labels that were refused in the band, as they would read if they were given.
    """

    story_id: StoryId
    scores: dict[Label, float] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()
    nature: Nature = Nature.NEWS
    orgs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    possible: tuple[Match, ...] = ()

    def match(self, label: Label) -> Match | None:
        return next((m for m in self.matches if m.label == label), None)
