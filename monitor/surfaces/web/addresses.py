"""Addresses of pages: the filter language in a query string, one parameter put in or taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from monitor.changes import status_word
from monitor.filtering import BY_NAME, Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value that a facet offers, or one filter in force."""

    name: str
    href: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    name: str
    choices: tuple[Choice, ...]


def address(path: str, pairs: Iterable[Pair]) -> str:
    said = urlencode([pair for pair in pairs if pair[1]])
    return f"{path}?{said}" if said else path


def local(path: str) -> str:
    """A path of ours: never another site's address."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


def toggled(path: str, given: Iterable[Pair], name: str, value: str) -> str:
    """``path`` with the parameter put in, or taken out where it was."""
    pairs = list(given)
    return address(path, [p for p in pairs if p != (name, value)] if (name, value) in pairs else [*pairs, (name, value)])


def replaced(path: str, given: Iterable[Pair], name: str, value: str) -> str:
    """``path`` with this one value of the parameter; the same value again takes it out."""
    pairs = list(given)
    others = [p for p in pairs if p[0] != name]
    return address(path, others if (name, value) in pairs else [*others, (name, value)])


def shown(name: str, value: str) -> str:
    """The value of a parameter as the lists below it spell it: rumoured, executive move."""
    word = name in BY_NAME and value in BY_NAME[name].values
    return status_word(value).replace("_", " ") if word else value


def chips(path: str, given: Iterable[Pair], hidden: Iterable[str] = ()) -> tuple[Choice, ...]:
    """Each filter in force, with the address that goes without it."""
    pairs, left = list(given), set(hidden)
    return tuple(
        Choice(
            name=f"{name.removesuffix('>')}{'≥' if name.endswith('>') else ': '}{shown(name, value)}",
            href=toggled(path, pairs, name, value),
        )
        for name, value in pairs
        if name not in left
    )


def facet(path: str, given: Iterable[Pair], title: str, name: str, counts: Mapping[str, int], order: Iterable[str]) -> Facet:
    """The values of one parameter that lead somewhere, and those chosen."""
    pairs = list(given)
    found = [
        Choice(
            name=shown(name, value),
            href=toggled(path, pairs, name, value),
            count=counts.get(value, 0),
            chosen=(name, value) in pairs,
        )
        for value in order
        if counts.get(value) or (name, value) in pairs
    ]
    return Facet(name=title, choices=tuple(found))
