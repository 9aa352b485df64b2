"""What stands wherever a pattern over a row's signs is found: a look for it spares trying the pattern, and most rows lack it."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)(?:\?|\{[^}]*\}\??)?")


def outside(pattern: str) -> str:
    """The pattern without its brackets: what is in them may be one of several, or not there."""
    always, inner = re.sub(r"\\[()]", "", pattern), ""
    while inner != always:
        inner, always = always, _BRACKETS.sub("", always)
    return always
