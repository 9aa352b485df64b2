"""Parameters to a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from monitor.errors import QueryError
from monitor.filtering.filter import BY_NAME, SEVERITIES, Filter, Pair, Parameter, near, tidy
from monitor.filtering.values import parse_number, parse_time
from monitor.filtering.words import read


class Watched(Protocol):
    """A watchlist, as the settings have it."""

    @property
    def orgs(self) -> tuple[str, ...]: ...
    @property
    def people(self) -> tuple[str, ...]: ...
    @property
    def projects(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a filter may refer to: the time, watchlists by name, the words of a saved search, the names an organisation is
    looked for by, the given one among them, and the id of a feed of a name."""

    now: datetime
    watchlists: Mapping[str, Watched] = field(default_factory=dict)
    saved: Callable[[str], str] | None = None
    names: Callable[[str], Iterable[str]] = lambda org: (org,)
    feed: Callable[[str], str] = str


def parse(given: Iterable[Pair], context: Context) -> Filter:
    """The filter these parameters say. Raises QueryError, which names the parameter and what would be right, and
    NotFoundError for a saved search or a feed that is not there."""
    values: dict[str, list[str]] = {}
    for name, value in unfolded(given, context):
        if name not in BY_NAME:
            raise QueryError(f"there is no parameter {name!r}; {near(name, list(BY_NAME))}", name)
        values.setdefault(name, []).append(value)
    fields: dict[str, Any] = {}
    for name, several in values.items():
        parameter = BY_NAME[name]
        if parameter.kind != "text" and not all(value.strip() for value in several):
            raise QueryError(f"{name}: is empty; leave it out, or say what to look for", name)
        fields[parameter.target] = _value(parameter, several, context)
    if "since" in values and "until" in values and fields["until"] <= fields["since"]:
        until, since = values["until"][0], values["since"][0]
        raise QueryError(f"until: {until!r} is not after since: {since!r}; nothing lies between", "until")
    return Filter(**fields)


def unfolded(given: Iterable[Pair], context: Context) -> list[Pair]:
    """The parameters with a saved search in its own words, what is given beside it in place of what it says."""
    return list(_with_saved([tidy(name, value) for name, value in given], context))


def _with_saved(given: Sequence[Pair], context: Context) -> Iterator[Pair]:
    named = [value for name, value in given if name == "search"]
    if len(named) > 1:
        raise QueryError("search: give one saved search", "search")
    beside = {name for name, _ in given}
    for name in named:
        if context.saved is None:
            raise QueryError("search: saved searches cannot be used here", "search")
        yield from (pair for pair in read(context.saved(name)) if pair[0] not in beside)
    yield from (pair for pair in given if pair[0] != "search")


def _value(parameter: Parameter, several: Sequence[str], context: Context) -> Any:
    name = parameter.name
    if name == "watchlist":
        return tuple(term for one in several for term in _watched(one, context))
    if name in ("org", "from", "to"):
        return tuple(dict.fromkeys(form for one in several for form in context.names(one)))
    if name == "severity":
        return tuple(dict.fromkeys(severity for one in several for severity in severities(one)))
    if parameter.many:
        for value in several:
            if parameter.values and value not in parameter.values:
                raise QueryError.unknown(name, value, parameter.values)
        return tuple(several)
    if parameter.kind == "text" and name == "q":
        return " ".join(several).strip()
    if len(several) > 1:
        raise QueryError.repeated(name, len(several))
    if parameter.kind == "least":
        return parse_number(name, several[0])
    if parameter.kind == "time":
        return parse_time(several[0], context.now, name)
    return context.feed(several[0]) if name == "feed" else several[0]


def severities(value: str) -> tuple[str, ...]:
    """``high`` is that severity, ``>=high`` that one and those above. Raises QueryError."""
    least = value.removeprefix(">=")
    if least not in SEVERITIES:
        raise QueryError.unknown("severity", value, BY_NAME["severity"].values)
    return (least,) if least == value else SEVERITIES[SEVERITIES.index(least) :]


def _watched(name: str, context: Context) -> Iterator[Pair]:
    found = context.watchlists.get(name)
    if found is None:
        raise QueryError(f"watchlist: there is no {name!r}; {near(name, sorted(context.watchlists))}", "watchlist")
    named = [("org", form) for org in found.orgs for form in context.names(org)]
    named += [("person", person) for person in found.people] + [("project", project) for project in found.projects]
    yield from dict.fromkeys(named) or [("org", "")]  # nothing is on an empty list
