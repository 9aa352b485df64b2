"""Does an event fit a matcher: conditions compiled once, each answering with the reason why it does not hold. Pure.

The same words as a search's filter: routes, silences and watchlists all match through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from monitor.changes import status_word
from monitor.model import SEVERITIES, Event, Quantity, RoleLevel, Severity
from monitor.money import dollars, in_unit, watts
from monitor.searching import asked, searched
from monitor.settings.schema import Matcher, Watchlist
from monitor.standing import KEPT_FORMS, org_key, role_level
from monitor.text import LEGAL_FORMS, ROLES, fold, words

_WORD = re.compile(r"[^\W_]+")

Names = tuple[frozenset[str], ...]
Canonical = Callable[[str], str]  # an organisation's alias to the name classifiers give it


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What matchers ask of an event, folded once for all of them."""

    event: Event
    orgs: Names
    from_orgs: Names
    to_orgs: Names
    people: Names
    projects: Names
    roles: Names
    locations: Names
    outlets: Names
    actions: tuple[str, ...]
    levels: frozenset[RoleLevel]
    tier: int
    text: str  # as ``searched`` gives it
    watchlists: frozenset[str]


Test = Callable[[Profile], str]  # why it does not hold; "" where it does


@lru_cache(maxsize=8192)
def name_words(name: str) -> frozenset[str]:
    """The words a name is compared by, folded."""
    return frozenset(words(name)) or frozenset(fold(name).split())


@lru_cache(maxsize=8192)
def firm_words(name: str) -> frozenset[str]:
    """As ``name_words``, legal forms off: in the names of people and places ("Kim Se-yeon") they are words as others."""
    if (key := org_key(name)) in KEPT_FORMS:
        return frozenset(key.split())
    return frozenset(words(name)) - LEGAL_FORMS - {"platforms"} or name_words(name)


def surname(name: str) -> frozenset[str]:
    """The last word of a person's name, folded: headlines give no more of who is known."""
    return frozenset(words(name)[-1:]) or name_words(name)


def names(values: Iterable[str], words_of: Callable[[str], frozenset[str]] = name_words) -> Names:
    return tuple(dict.fromkeys(w for v in values if v and (w := words_of(v))))


def firms(values: Iterable[str]) -> Names:
    return names(values, firm_words)


def meets(wanted: Names, said: Names) -> bool:
    """Some wanted name stands, whole words, within a name that was said ("Meta" in "Meta Platforms")."""
    return any(w <= s for w in wanted for s in said)


def meets_person(wanted: Names, said: Names) -> bool:
    """As ``meets``; a surname said alone meets a full name that is wanted."""
    return any(w <= s or (len(s) == 1 and s < w) for w in wanted for s in said)


def tier_of(outlet: str, url: str, tiers: Mapping[str, int]) -> int:
    """1 (filing, company, agency), 2 (own reporting) or 3, by masthead, else by the address's domain; 3 where unknown."""
    if (tier := tiers.get(fold(outlet))) is not None:
        return tier
    host = (urlsplit(url).hostname or "").lower()
    while host.count("."):
        if (tier := tiers.get(host)) is not None:
            return tier
        host = host.partition(".")[2]
    return 3


def actions(event: Event) -> tuple[str, ...]:
    """What is done in an event: the actions of its moves and of its buildout."""
    return (*(m.action for m in event.moves), *((event.buildout.action,) if event.buildout else ()))


def largest(quantities: Iterable[Quantity], unit: str) -> float:
    """The largest bound in ``unit``, 0 where none is given. Sums of other currencies count in dollars, roughly."""
    return max((in_unit(q, unit) or 0.0 for q in quantities), default=0.0)


class Watch:
    """A watchlist, compiled."""

    def __init__(self, watchlist: Watchlist, canonical: Canonical) -> None:
        self._orgs, self._people = firms(spellings(watchlist.orgs, canonical)), names(watchlist.people)
        self._projects = names(watchlist.projects)

    def holds(self, orgs: Names, people: Names, projects: Names) -> bool:
        return meets(self._orgs, orgs) or meets_person(self._people, people) or meets(self._projects, projects)


def spellings(orgs: Iterable[str], canonical: Canonical) -> list[str]:
    """Organisations as they are written and as classifiers name them."""
    return [form for org in orgs if org for form in (org, canonical(org))]


class Profiler:
    """Makes profiles: knows the watchlists, the tiers of outlets and the aliases of organisations."""

    def __init__(self, watchlists: Mapping[str, Watchlist], tiers: Mapping[str, int], canonical: Canonical = str) -> None:
        self._watchlists = {name: Watch(w, canonical) for name, w in watchlists.items()}
        self._tiers, self._canonical = tiers, canonical

    def of(self, event: Event) -> Profile:
        built, canonical = event.buildout, self._canonical
        moves = event.moves
        projects = names([built.project] if built else [])
        sides = (org for m in moves for org in (m.from_org, m.to_org))
        orgs = firms(spellings((*event.orgs, *sides, *(built.orgs if built else ())), canonical))
        people = names((*event.people, *(m.person for m in moves)))
        return Profile(
            event=event,
            orgs=orgs,
            from_orgs=firms(spellings((m.from_org for m in moves), canonical)),
            to_orgs=firms(spellings((m.to_org for m in moves), canonical)),
            people=people,
            projects=projects,
            roles=tuple(role_words(role) for m in moves for role in (m.to_role, m.from_role) if role),
            locations=names([built.location] if built else []),
            outlets=firms(event.outlets),
            actions=actions(event),
            levels=frozenset(role_level(m) for m in moves),
            tier=min(tier_of(s.outlet, s.url, self._tiers) for s in event.stories),
            text=searched(event),
            watchlists=frozenset(n for n, w in self._watchlists.items() if w.holds(orgs, people, projects)),
        )


@lru_cache(maxsize=8192)
def role_words(role: str) -> frozenset[str]:
    """The words of a role, its letters and what they stand for both: "CEO" and "chief executive officer" meet."""
    said = frozenset(_WORD.findall(fold(role)))
    found = set(said)
    for letters, long in ROLES.items():
        spelled = frozenset(long.split())
        if letters in said or spelled <= said:
            found |= {letters} | spelled
    return frozenset(found | ({"ceo", "officer"} if {"chief", "executive"} <= found else set()))


def unread(matcher: Matcher) -> Matcher:
    """Where no saved searches are at hand. Raises ValueError."""
    raise ValueError(f"the saved search {matcher.search!r} is not read here")


def compile_matcher(
    matcher: Matcher, canonical: Canonical = str, worded: Callable[[Matcher], Matcher] = unread
) -> tuple[Test, ...]:
    """The conditions of a matcher as tests, cheapest first; none for a matcher that matches everything.

    ``worded`` gives a matcher that names a saved search with the words of it; what it cannot give fits nothing, and says why.
    """
    try:
        m = worded(matcher) if matcher.search else matcher
    except ValueError as error:
        why = str(error)
        return (lambda _: why,)
    tests = list[Test]()
    among: tuple[tuple[str, tuple[object, ...], Callable[[Profile], Iterable[object]]], ...] = (
        ("label", m.label, lambda p: p.event.labels),
        ("status", m.status, lambda p: (p.event.status,)),
        ("severity", m.severity, lambda p: (p.event.severity,)),
        ("action", m.action, lambda p: p.actions),
        ("role_level", m.role_level, lambda p: p.levels),
        ("outlet_tier", m.outlet_tier, lambda p: (p.tier,)),
        ("watchlist", m.watchlist, lambda p: p.watchlists),
    )
    tests += [_among(what, frozenset(wanted), of) for what, wanted, of in among if wanted]
    if m.severity_at_least:
        tests.append(_severity(m.severity_at_least))
    if m.amount_at_least is not None:
        tests.append(_figure("amount", "USD", m.amount_at_least, lambda e: e.buildout.amounts if e.buildout else ()))
    if m.capacity_at_least is not None:
        tests.append(_figure("capacity", "MW", m.capacity_at_least, lambda e: e.buildout.capacity if e.buildout else ()))
    named: tuple[tuple[str, Names, Callable[[Profile], Names]], ...] = (
        ("org", firms(spellings(m.org, canonical)), lambda p: p.orgs),
        ("from_org", firms(spellings(m.from_org, canonical)), lambda p: p.from_orgs),
        ("to_org", firms(spellings(m.to_org, canonical)), lambda p: p.to_orgs),
        ("role", tuple(_wanted_role(r) for r in m.role), lambda p: p.roles),
        ("outlet", firms(m.outlet), lambda p: p.outlets),
        ("project", names(m.project), lambda p: p.projects),
        ("location", names(m.location), lambda p: p.locations),
    )
    tests += [_named(what, wanted, of, meets) for what, wanted, of in named if wanted]
    if m.person:
        tests.append(_named("person", names(m.person), lambda p: p.people, meets_person))
    if m.q:
        tests.append(_text(m.q))
    if m.unless is not None:
        tests.append(_none_of(compile_matcher(m.unless, canonical, worded)))
    return tuple(tests)


def refusal(tests: Iterable[Test], profile: Profile) -> str:
    """Why the first test that does not hold does not; "" where all hold."""
    return next((why for test in tests if (why := test(profile))), "")


def _wanted_role(role: str) -> frozenset[str]:
    """Letters stay letters: every "CEO" is wanted by "ceo", and not every "officer"."""
    return frozenset(_WORD.findall(fold(role)))


def _among(what: str, wanted: frozenset[object], of: Callable[[Profile], Iterable[object]]) -> Test:

    def listed(values: Iterable[object]) -> str:
        return ", ".join(sorted({status_word(str(value)) for value in values}))

    def test(profile: Profile) -> str:
        said = tuple(of(profile))
        return f"{what} is {listed(said) or 'none'}, wanted {listed(wanted)}" if wanted.isdisjoint(said) else ""

    return test


def _named(what: str, wanted: Names, of: Callable[[Profile], Names], same: Callable[[Names, Names], bool]) -> Test:
    return lambda profile: "" if same(wanted, of(profile)) else f"{what} is none of those wanted"


def _severity(least: Severity) -> Test:
    rank = SEVERITIES.index(least)
    return lambda p: "" if SEVERITIES.index(p.event.severity) >= rank else f"severity {p.event.severity} is under {least}"


def _figure(what: str, unit: str, least: float, of: Callable[[Event], Iterable[Quantity]]) -> Test:
    say, nothing = (dollars, "$0") if unit == "USD" else (watts, "0 MW")

    def test(profile: Profile) -> str:
        value = largest(of(profile.event), unit)
        return "" if value >= least else f"{what} {say(value) or nothing} is under {say(least)}"

    return test


def _text(query: str) -> Test:
    """As full text search finds it: every word and every "phrase", a word that ends in * by its beginning."""
    wanted = asked(query)
    if not wanted:
        return lambda _: f"{query!r} has no word to look for"

    def test(profile: Profile) -> str:
        held = ((any(all(words in profile.text for words in way) for way in ways), written) for ways, written in wanted)
        missing = next((written for found, written in held if not found), None)
        return "" if missing is None else f"its words hold no {missing!r}"

    return test


def _none_of(tests: tuple[Test, ...]) -> Test:
    return lambda profile: "" if refusal(tests, profile) else "it is one of those excepted"
