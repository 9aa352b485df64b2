"""How patterns over a row's signs are tried where they can be found alone: what must stand in the row, and where they begin."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)(?:\?|\{[^}]*\}\??)?")


_BEGINS_SIGN = re.compile(r"(?:\(\?P<\w+>)?(?:[A-Z]|\[[A-Z]+\])")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that begins where a sign does. Capitals stand nowhere else: for such a beginning ``re`` looks for the letter,
    where it would try what looks behind at each character."""
    return re.compile(pattern if _BEGINS_SIGN.match(pattern) else r"(?<!\S)" + pattern)


def outside(pattern: str) -> str:
    """The pattern without its brackets, which a row has wherever the pattern is found: what is in them may be one of several, or
    not there."""
    always, inner = re.sub(r"\\[()]", "", pattern), ""
    while inner != always:
        inner, always = always, _BRACKETS.sub("", always)
    return always
