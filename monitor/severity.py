"""How severe an event is: a sum of stated reasons. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from monitor.matching import firm_words, largest, surname, tier_of
from monitor.model import SEVERITIES, Event, EventStory, Label, Move, MoveAction, RoleLevel, Severity, Status
from monitor.money import dollars, in_unit, watts
from monitor.routing import Router
from monitor.settings.schema import Settings
from monitor.standing import role_level
from monitor.text import headline as bare
from monitor.text import words

POST_POINTS = {
    RoleLevel.TOP: (3, "top post"),
    RoleLevel.CHIEF: (2, "chief officer, partner or director"),
    RoleLevel.HEAD: (1, "head of a unit"),
}
# From how many points a severity begins.
LADDER = ((7, Severity.CRITICAL), (5, Severity.HIGH), (2, Severity.NORMAL))


def tier_at(story: EventStory, settings: Settings) -> int:
    """The tier of the outlet of ``story``."""
    return tier_of(story.outlet, story.url, settings.outlet_tiers)


def assess(event: Event, settings: Settings, router: Router) -> Event:
    """``event`` with its severity, a sum of stated reasons, and its headline taken from the best outlet."""
    points = [*_post_points(event), *_size_points(event), *_word_points(event, settings)]
    points += [(2, f"on watchlist {name}") for name in router.watchlists(_in_the_news(event))[:2]]
    total = sum(p for p, _ in points)
    severity = next((s for least, s in LADDER if total >= least), Severity.LOW)
    if event.status == Status.DENIED:  # worth knowing, never worth waking up for
        severity = SEVERITIES[min(SEVERITIES.index(severity), SEVERITIES.index(Severity.NORMAL))]
    best = min(enumerate(event.stories), key=lambda pair: (tier_at(pair[1], settings), pair[0]))[1]
    same = tier_at(event.stories[0], settings) == tier_at(best, settings)
    headline = event.headline if same else bare(best.title, best.outlet)
    reasons = tuple(f"{p:+d} {why}" for p, why in points)
    return replace(event, severity=severity, severity_reasons=reasons, headline=headline)


def _in_the_news(event: Event) -> Event:
    """``event`` with those of the named whom a headline names, beside who moves or builds: a name in passing weighs nothing."""
    titles = [frozenset(words(title)) for title in (event.headline, *(s.title for s in event.told_by))]

    def titled(names: tuple[str, ...], words_of: Callable[[str], frozenset[str]]) -> tuple[str, ...]:
        return tuple(name for name in names if any(words_of(name) <= title for title in titles))

    return replace(event, orgs=titled(event.orgs, _called), people=titled(event.people, surname))


def _called(org: str) -> frozenset[str]:
    """What headlines call a firm by: Mistral AI by "Mistral"."""
    return firm_words(org) - {"ai", "lab", "labs"} or firm_words(org)


def _post_points(event: Event) -> list[tuple[int, str]]:
    if not event.moves:
        return []
    level = min((role_level(_at_stake(m)) for m in event.moves), key=tuple(RoleLevel).index)
    return [POST_POINTS[level]] if level in POST_POINTS else []


def _at_stake(move: Move) -> Move:
    """``move`` with the posts that change hands: who joins another firm's board keeps their own post."""
    keeps = move.action == MoveAction.BOARD and move.to_org and move.to_org != move.from_org
    return replace(move, from_role="", group="") if keeps else move


def _size_points(event: Event) -> list[tuple[int, str]]:
    built = event.buildout
    if built is None:
        return []
    found: list[tuple[int, str]] = []
    amount, megawatts = largest(built.amounts, "USD"), largest(built.capacity, "MW")
    if amount >= 1e8:
        told = any(q.unit == "USD" and in_unit(q, "USD") == amount for q in built.amounts)
        about = "" if told else "about "  # in another currency: the rate is a rough one
        found.append((3 if amount >= 1e10 else 2 if amount >= 1e9 else 1, f"amount of {about}{dollars(amount)}"))
    if megawatts >= 50:
        found.append((3 if megawatts >= 1000 else 2 if megawatts >= 300 else 1, f"capacity of {watts(megawatts)}"))
    if built.project:
        found.append((1, "a named project"))
    return found


def _word_points(event: Event, settings: Settings) -> list[tuple[int, str]]:
    tier = min(tier_at(s, settings) for s in event.stories)
    found = [(2, "a first-tier outlet")] if tier == 1 else [(1, "a second-tier outlet")] if tier == 2 else []
    if event.status == Status.CONFIRMED:
        found.append((1, "confirmed"))
    if event.status == Status.RUMORED:
        found.append((-1, "only a rumour"))
    if {Label.EXECUTIVE_MOVE, Label.INFRASTRUCTURE} <= set(event.labels):
        found.append((2, "both kinds in one event"))
    return found
