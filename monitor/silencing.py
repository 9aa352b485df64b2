"""What people asked not to hear of for a while: a matcher, a start, an end, an author. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from pydantic import ValidationError

from monitor.errors import ConflictError, QueryError
from monitor.ids import make_id
from monitor.matching import Canonical, Test, compile_matcher, refusal
from monitor.model import Event, Silence, SilenceId
from monitor.routing import Router
from monitor.settings.explain import in_short
from monitor.settings.routes import conditions
from monitor.settings.schema import Matcher
from monitor.settings.searched import by_words, nested, worded
from monitor.text import minute


@dataclass(frozen=True, slots=True)
class Quiet:
    """A silence, compiled."""

    silence: Silence
    tests: tuple[Test, ...]
    by: str = ""  # for reasons, the saved search that it names with its words, after a comma


def compiled(
    silences: Iterable[Silence],
    canonical: Canonical = str,
    saved: Mapping[str, str] = MappingProxyType({}),
    watchlists: Collection[str] = (),
) -> tuple[list[Quiet], list[str]]:
    """The silences ready to be held against events, and a line for each whose matcher this version does not understand, or whose
    saved search cannot be used: what is in doubt is told. ``saved``: words of searches by name."""
    found, problems = [], []
    for silence in silences:
        try:
            matcher = Matcher.model_validate(silence.match)
            _readable(matcher, saved, watchlists)
        except ValidationError as error:
            problems.append(f"{silence.id}: {'; '.join(e['msg'] for e in error.errors())}")
        except ValueError as error:
            problems.append(f"{silence.id}: {error}")
        else:
            tests = compile_matcher(matcher, canonical, lambda one: worded(one, saved, watchlists))
            by = f", {by_words(matcher.search, saved[matcher.search])}" if matcher.search else ""
            found.append(Quiet(silence, tests, by))
    return found, problems


def _readable(matcher: Matcher, saved: Mapping[str, str], watchlists: Collection[str]) -> None:
    """Raises ValueError where a saved search that it names, or its exception, cannot be used."""
    for one in nested(matcher):
        if one.search:
            worded(one, saved, watchlists)


def make(
    match: str,
    *,
    starts_at: datetime,
    ends_at: datetime,
    author: str,
    comment: str,
    now: datetime,
    watchlists: Collection[str],
    saved: Mapping[str, str] = MappingProxyType({}),
) -> Silence:
    """A silence of what fits ``match``, a search (``org:Meta severity>=high``, ``search:meta``). ``saved``: words of saved
    searches by name.

    Raises QueryError where it says nothing or names what is not there, ConflictError where it is over before it begins.
    """
    try:
        wanted = conditions(match)
        matcher = Matcher.model_validate(wanted)
    except ValidationError as error:
        raise QueryError(f"the silence cannot be understood: {in_short(error)}") from error
    except ValueError as error:
        raise QueryError(f"the silence cannot be understood: {error}", "match") from error
    if matcher == Matcher():
        raise QueryError("the silence has no condition: give at least one")
    if unknown := [name for name in matcher.watchlist if name not in watchlists]:
        raise QueryError(f"watchlist: {unknown[0]!r} is unknown; there are {', '.join(sorted(watchlists)) or 'none'}")
    try:
        _readable(matcher, saved, watchlists)
    except ValueError as error:
        raise QueryError(f"search: {error}", "search") from error
    if ends_at <= max(starts_at, now):
        raise ConflictError(f"the silence would end before it begins: it ends {minute(ends_at)}")
    content = json.dumps([wanted, str(starts_at), str(ends_at)], sort_keys=True, default=str)
    return Silence(
        id=SilenceId(make_id(now, "silence", author, comment, content)),
        match=wanted,
        starts_at=starts_at,
        ends_at=ends_at,
        author=author,
        comment=comment,
        created_at=now,
    )


def why_silenced(event: Event, router: Router, silences: Sequence[Quiet], now: datetime) -> str:
    """The first silence that holds for ``event`` at ``now``, in words; "" where none does."""
    holding = [quiet for quiet in silences if quiet.silence.holds(now)]
    if not holding:
        return ""
    profile = router.profiler.of(event)
    fitting = next((quiet for quiet in holding if not refusal(quiet.tests, profile)), None)
    if fitting is None:
        return ""
    found = fitting.silence
    because = f": {found.comment}" if found.comment else ""
    return f"silenced by {found.author} until {minute(found.ends_at)} ({found.id}{fitting.by}){because}"
