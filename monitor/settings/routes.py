"""Who is told, and when, as people write it: matchers, hours, routes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from monitor.errors import QueryError
from monitor.filtering import A_SEARCH_NAME, FIGURES, KNOWN, SEARCH_NAME, parse_number, read, severities, spelt, write
from monitor.hours import DAYS, Span
from monitor.model import BuildoutAction, Label, MoveAction, RoleLevel, Severity, Status
from monitor.settings.base import Section
from monitor.settings.written import ClockTime, DigestRhythm, ZoneName, one_or_more

_FIELDS = {"from": "from_org", "to": "to_org", "amount": "amount_at_least", "capacity": "capacity_at_least"}


def conditions(words: str) -> dict[str, Any]:
    """A search, as words (``org:Meta severity>=high "data center"``), as the conditions of a matcher. Raises ValueError."""
    found: dict[str, Any] = {}
    try:
        for name, value in read(words):
            key = _FIELDS.get(name, name)
            if not value.strip():
                raise QueryError(f"{name}: is empty; leave it out, or say which", name)
            if name in ("amount", "capacity"):
                found[key] = parse_number(name, value)
            elif name == "q":
                found[key] = f"{found.get(key, '')} {value}".strip()
            elif name == "search" and key in found:
                raise ValueError("expected a search: give one saved search")
            elif name == "search":
                found[key] = value
            elif key in Matcher.model_fields:
                found.setdefault(key, []).append(value)
            else:
                raise ValueError(f"expected conditions on events; {name} is for lists of them")
        return found | _levels(found.pop("severity", []))
    except QueryError as error:
        raise ValueError(f"expected a search: {error}") from error


def in_words(given: Mapping[str, Any]) -> str:
    """The conditions of a matcher as a search says them; those that no search has (``role_level``, ``unless``) in the same form.

    >>> in_words({"org": ["Meta"], "severity_at_least": "high", "unless": {"amount_at_least": 1e9}})
    'org:Meta severity>=high unless (amount>=1000000000)'
    """
    named = {field: name for name, field in _FIELDS.items()}
    parts: list[str] = []
    for key, value in given.items():
        name = named.get(key, key).removesuffix("_at_least")
        if key == "unless":
            parts.append(f"unless ({in_words(value)})")
        elif key == "q":
            parts.append(value)
        elif isinstance(value, (list, tuple)):
            parts += [write([(name, str(one))]) for one in value]
        else:
            said = f"{value:.15g}" if isinstance(value, float) else str(value)
            parts.append(write([(name, f">={said}" if key.endswith("_at_least") else said)]))
    return " ".join(parts)


def _levels(said: list[str]) -> dict[str, Any]:
    """Severities as a search says them: of several any suffices, and ``>=high`` is that one and those above."""
    if len(said) == 1 and said[0].startswith(">="):
        return {"severity_at_least": said[0].removeprefix(">=")}
    if any(one.startswith(">=") for one in said):
        return {"severity": [level for one in said for level in severities(one)]}
    return {"severity": said} if said else {}


def _spelt(given: Any) -> Any:
    """Conditions with their words as the model has them, where they are written as messages and pages say them: rumoured."""
    if not isinstance(given, Mapping):
        return given

    def of_model(name: str, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [of_model(name, one) for one in value]
        return spelt(value, KNOWN[name]) if type(value) is str else value

    return {key: of_model(key, value) if key in KNOWN else value for key, value in given.items()}


def _search_name(value: str) -> str:
    if value and not SEARCH_NAME.fullmatch(value):
        raise ValueError(f"expected the name of a saved search: {A_SEARCH_NAME}")
    return value


def _figure(name: str) -> BeforeValidator:
    """A figure with its unit, as searches take it (``5bn``, ``1.2GW``), or a bare number."""

    def read_figure(value: Any) -> Any:
        try:
            return parse_number(name, value) if isinstance(value, str) else value
        except QueryError as error:
            raise ValueError(f"expected {FIGURES[name]}") from error

    return BeforeValidator(read_figure, json_schema_input_type=float | str | None)


class Matcher(Section):
    """All conditions given must hold; of a list, one value suffices. Without conditions it matches everything.

    Also written as a search: ``match: 'org:Meta severity>=high "data center"'``, or by the name of a saved one:
    ``match: 'search:NAME severity>=high'``.
    """

    @model_validator(mode="before")
    @classmethod
    def _of_words(cls, value: Any) -> Any:
        return conditions(value) if isinstance(value, str) else _spelt(value)

    label: tuple[Label, ...] = ()
    org: tuple[str, ...] = ()
    """An organisation: left, joined or building; by canonical name or alias."""
    from_org: tuple[str, ...] = ()
    to_org: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    """A role left or taken, such as CEO."""
    role_level: tuple[RoleLevel, ...] = ()
    """The seniority of a post left or taken: top (chief executive, chair, founder, president), chief, head, other."""
    action: tuple[MoveAction | BuildoutAction, ...] = ()
    status: tuple[Status, ...] = ()
    severity: tuple[Severity, ...] = ()
    severity_at_least: Severity | None = None
    outlet: tuple[str, ...] = ()
    """An outlet that has reported it."""
    outlet_tier: tuple[Annotated[int, Field(ge=1, le=3)], ...] = ()
    """Tier of the best outlet so far: 1 filing, company or agency, 2 original reporting, 3 the rest."""
    project: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    amount_at_least: Annotated[float | None, _figure("amount")] = Field(None, ge=0)
    """Dollars: 5e9 or 5bn."""
    capacity_at_least: Annotated[float | None, _figure("capacity")] = Field(None, ge=0)
    """Megawatts: 500 or 1.2GW."""
    watchlist: tuple[str, ...] = ()
    q: str = ""
    """Words that must all occur in its headline, titles or names, as a search finds them; "quoted words" must stand together."""
    search: Annotated[str, AfterValidator(_search_name)] = ""
    """A saved search, by name, read at each decision; conditions beside it replace its own."""
    unless: Matcher | None = None
    """Exceptions: the same conditions once more, which must not hold."""


class Hours(Section):
    """A span of the day; it runs over midnight if it ends before it begins."""

    from_: ClockTime = Field(alias="from")
    to: ClockTime
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()
    """The days it begins on; none: every day."""

    @property
    def span(self) -> Span:
        return Span(start=self.from_, end=self.to, days=frozenset(DAYS.index(day) for day in self.days))


class QuietHours(Hours):
    """A span in which messages are held; they are sent after it."""

    then: Literal["after", "digest"] = "after"
    """after: each held message by itself; digest: all of them as one."""
    let_through: Severity | None = None
    """Messages of this severity and above are sent at once."""


class Mode(StrEnum):
    """When a route sends: each message at once, all in digests, or the first of an event at once and the rest in digests."""

    NOW = "now"
    DIGEST = "digest"
    FIRST_NOW = "first now, rest in the digest"


class Route(Section):
    """Which events go to which channels, and when. A route inside ``routes`` inherits what it leaves out from the one above."""

    name: str
    match: Matcher = Matcher()
    channels: tuple[str, ...] = ()
    continue_: bool = Field(False, alias="continue")
    """Try the next route even if this one matched."""
    mode: Mode | None = None
    """Default: now, or digest if ``digest`` is given. Critical events never wait for a digest."""
    digest: DigestRhythm | None = None
    """hourly, or daily HH:MM."""
    timezone: ZoneName | None = None
    """Time zone of quiet hours, muted times and digests. Default: alerting.timezone."""
    quiet_hours: Annotated[tuple[QuietHours, ...], BeforeValidator(one_or_more)] | None = None
    """One span or several in which messages are held."""
    muted_times: Annotated[tuple[Hours, ...], BeforeValidator(one_or_more)] | None = None
    """One span or several in which messages are dropped."""
    routes: tuple[Route, ...] = ()
    """Routes inside this one, tried in order on what it matches. If none of them matches, this route sends."""


def path_of(name: str, around: str) -> str:
    """How a route is named inside another: ``desk / labs``."""
    return f"{around} / {name}" if around else name


def zones(routes: Iterable[Route], zone: str, around: str = "") -> Iterator[tuple[str, str]]:
    """The path and the time zone of every route of the tree; ``zone``: where one says none."""
    for route in routes:
        path, own = path_of(route.name, around), route.timezone or zone
        yield path, own
        yield from zones(route.routes, own, path)
