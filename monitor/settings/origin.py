"""Where a setting was written: file and line, or the environment variable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Path_ = tuple[str | int, ...]


def dotted(path: Path_) -> str:
    """``("routes", 0, "match")`` as ``routes[0].match``, in one line whatever a key is made of."""
    parts = (f"[{p}]" if isinstance(p, int) else f".{p if p.isprintable() else repr(p)}" for p in path)
    return "".join(parts).removeprefix(".") or "the file"


@dataclass(frozen=True, eq=False)
class Origin:
    """What ``load`` remembers beside the values. ``places`` says of a path ``file:line`` or ``environment NAME``; ``names``
    what the thing there is called, where its place in a list says little."""

    file: str = ""
    places: Mapping[Path_, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()  # what is no mistake but should be known, for people
    names: Mapping[Path_, str] = field(default_factory=dict)

    def where(self, path: Path_) -> str:
        """The place of ``path``, or of the nearest key above it; "" for settings that were made in code."""
        return next((self.places[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.places), self.file)

    def problem(self, path: Path_, words: str) -> str:
        """One line: ``file:line: key: found …; expected …``, in a list of named things ``file:line: key (name): …``."""
        named = next((self.names[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.names), "")
        return ": ".join(part for part in (self.where(path), dotted(path) + (f" ({named})" if named else ""), words) if part)

    def __eq__(self, other: object) -> bool:  # where a value stands is no part of the value
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return 0


def in_order(problems: Iterable[str], main: str) -> list[str]:
    """By file, the main one first, the others as they came; by line within each. What is said twice is said once."""
    files = {main: 0}

    def place(problem: str) -> tuple[int, int]:
        found = re.match(r"(.+?):(\d+): ", problem)
        file = found[1] if found else problem.split(": ")[0]
        return files.setdefault(file, len(files)), int(found[2]) if found else 0

    return sorted(dict.fromkeys(problems), key=place)
