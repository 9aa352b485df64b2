"""Which channels an event goes to: routes and watchlists compiled once, matched with a reason for every yes and no. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from monitor.model import Event, Quantity, Severity
from monitor.money import in_unit
from monitor.settings.schema import Matcher, Settings, Watchlist
from monitor.text import fold, words

SEVERITIES = tuple(Severity)  # rising: low, normal, high, critical


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where an event goes: the channels, each once, and a reason for each route that was tried."""

    channels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What matchers ask of an event, folded once for all routes."""

    event: Event
    orgs: tuple[frozenset[str], ...]
    from_orgs: tuple[frozenset[str], ...]
    to_orgs: tuple[frozenset[str], ...]
    people: tuple[frozenset[str], ...]
    projects: tuple[frozenset[str], ...]
    watchlists: frozenset[str]


Names = tuple[frozenset[str], ...]
Test = Callable[[Profile], str]  # why it does not hold; "" where it does


@lru_cache(maxsize=8192)
def name_words(name: str) -> frozenset[str]:
    """The words a name is compared by: folded, legal forms off."""
    kept = frozenset(words(name)) - {"inc", "corp", "corporation", "ltd", "llc", "plc", "platforms", "holdings"}
    return kept or frozenset(fold(name).split())


def names(values: Iterable[str]) -> Names:
    return tuple(dict.fromkeys(w for v in values if (w := name_words(v))))


def meets(wanted: Names, said: Names) -> bool:
    """Some wanted name stands, whole words, within a name that was said ("Meta" in "Meta Platforms")."""
    return any(w <= s for w in wanted for s in said)


def meets_person(wanted: Names, said: Names) -> bool:
    """As ``meets``; a surname said alone meets a full name that is wanted."""
    return any(w <= s or (len(s) == 1 and s < w) for w in wanted for s in said)


class Router:
    """The routes of a configuration, compiled; ``route`` is pure.

    ``canonical`` turns an organisation's alias into the name that classifiers give it; without it, names are compared as
    they are written. Raises nothing: routes were checked when the settings were loaded.
    """

    def __init__(self, settings: Settings, canonical: Callable[[str], str] = str) -> None:
        self._watchlists = {name: _Watch.of(w, canonical) for name, w in settings.watchlists.items()}
        self._routes = tuple((r.name, compile_matcher(r.match, canonical), r.channels, r.continue_) for r in settings.routes)
        self._enabled = frozenset(name for name, channel in settings.channels.items() if channel.enabled)

    def watchlists(self, event: Event) -> tuple[str, ...]:
        """The watchlists an event is on."""
        return tuple(sorted(self.profile(event).watchlists))

    def profile(self, event: Event) -> Profile:
        built = event.buildout
        projects = [built.project] if built and built.project else []
        sides = [m.from_org for m in event.moves] + [m.to_org for m in event.moves]
        orgs = names((*event.orgs, *filter(None, sides), *(built.orgs if built else ())))
        people = names((*event.people, *(m.person for m in event.moves if m.person)))
        on = frozenset(n for n, w in self._watchlists.items() if w.holds(orgs, people, names(projects)))
        return Profile(
            event=event,
            orgs=orgs,
            from_orgs=names(m.from_org for m in event.moves if m.from_org),
            to_orgs=names(m.to_org for m in event.moves if m.to_org),
            people=people,
            projects=names(projects),
            watchlists=on,
        )

    def route(self, event: Event) -> Routed:
        """The first route that matches, and those after it while ``continue`` says so."""
        profile, channels, reasons = self.profile(event), list[str](), list[str]()
        for name, tests, targets, go_on in self._routes:
            refusal = next((why for test in tests if (why := test(profile))), "")
            if refusal:
                reasons.append(f"route {name}: no, {refusal}")
                continue
            open_ = [c for c in targets if c in self._enabled]
            reasons.append(f"route {name}: yes" + ("" if open_ else ", but its channels are disabled"))
            channels += open_
            if not go_on:
                break
        return Routed(channels=tuple(dict.fromkeys(channels)), reasons=tuple(reasons))


@dataclass(frozen=True, slots=True)
class _Watch:
    orgs: Names
    people: Names
    projects: Names

    @classmethod
    def of(cls, watchlist: Watchlist, canonical: Callable[[str], str]) -> _Watch:
        return cls(names(spellings(watchlist.orgs, canonical)), names(watchlist.people), names(watchlist.projects))

    def holds(self, orgs: Names, people: Names, projects: Names) -> bool:
        return meets(self.orgs, orgs) or meets_person(self.people, people) or meets(self.projects, projects)


def spellings(orgs: Iterable[str], canonical: Callable[[str], str]) -> list[str]:
    """Organisations as they are written and as classifiers name them."""
    return [form for org in orgs for form in (org, canonical(org))]


def compile_matcher(matcher: Matcher, canonical: Callable[[str], str] = str) -> tuple[Test, ...]:
    """The conditions of a matcher as tests, cheapest first; none for a matcher that matches everything."""
    tests: list[Test] = []
    if matcher.label:
        tests.append(_among("label", frozenset(matcher.label), lambda p: p.event.labels))
    if matcher.status:
        tests.append(_among("status", frozenset(matcher.status), lambda p: (p.event.status,)))
    if matcher.action:
        tests.append(_among("action", frozenset(matcher.action), lambda p: actions(p.event)))
    if matcher.severity_at_least:
        tests.append(_severity(matcher.severity_at_least))
    if matcher.amount_at_least is not None:
        tests.append(_figure("amount", "USD", matcher.amount_at_least, lambda e: e.buildout.amounts if e.buildout else ()))
    if matcher.capacity_at_least is not None:
        tests.append(_figure("capacity", "MW", matcher.capacity_at_least, lambda e: e.buildout.capacity if e.buildout else ()))
    if matcher.watchlist:
        tests.append(_among("watchlist", frozenset(matcher.watchlist), lambda p: p.watchlists))
    if matcher.org:
        tests.append(_named("org", names(spellings(matcher.org, canonical)), lambda p: p.orgs, meets))
    if matcher.from_org:
        tests.append(_named("from_org", names(spellings(matcher.from_org, canonical)), lambda p: p.from_orgs, meets))
    if matcher.to_org:
        tests.append(_named("to_org", names(spellings(matcher.to_org, canonical)), lambda p: p.to_orgs, meets))
    if matcher.person:
        tests.append(_named("person", names(matcher.person), lambda p: p.people, meets_person))
    return tuple(tests)


def actions(event: Event) -> tuple[str, ...]:
    """What is done in an event: the actions of its moves and of its buildout."""
    return (*(m.action for m in event.moves), *((event.buildout.action,) if event.buildout else ()))


def largest(quantities: Iterable[Quantity], unit: str) -> float:
    """The largest bound in ``unit``, 0 where none is given. Sums of other currencies count in dollars, roughly."""
    return max((in_unit(q, unit) or 0.0 for q in quantities), default=0.0)


def _among(what: str, wanted: frozenset[str], of: Callable[[Profile], Iterable[str]]) -> Test:
    listed = ", ".join(sorted(wanted))

    def test(profile: Profile) -> str:
        said = tuple(of(profile))
        if any(value in wanted for value in said):
            return ""
        return f"{what} is {', '.join(sorted(set(said))) or 'none'}, wanted {listed}"

    return test


def _named(what: str, wanted: Names, of: Callable[[Profile], Names], same: Callable[[Names, Names], bool]) -> Test:
    return lambda profile: "" if same(wanted, of(profile)) else f"{what} is none of those wanted"


def _severity(least: Severity) -> Test:
    rank = SEVERITIES.index(least)
    return lambda p: "" if SEVERITIES.index(p.event.severity) >= rank else f"severity {p.event.severity} is under {least}"


def _figure(what: str, unit: str, least: float, of: Callable[[Event], Iterable[Quantity]]) -> Test:
    def test(profile: Profile) -> str:
        value = largest(of(profile.event), unit)
        return "" if value >= least else f"{what} {value:g} {unit} is under {least:g}"

    return test
