"""The filter language as words, ``org:Meta since:7d amount>=5e9 "data center"``, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.errors import QueryError
from monitor.filtering.filter import BY_NAME, Pair, near, tidy

_TOKEN = re.compile(
    r'(?P<key>[a-z_]+)(?P<sign>:|>=)(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s"]\S*))?'
    r'|(?P<phrase>"[^"]*")|(?P<word>\S+)'
)
_PLAIN = re.compile(r"[^\s\"\\]+")
_FREE_WORD = rf'(?:"[^"]*"|(?![a-z_]+(?::|>=)){_PLAIN.pattern})'  # or a phrase: what is read as full text wherever it stands
_FREE = re.compile(rf"{_FREE_WORD}(?: {_FREE_WORD})*")


def read(words: str) -> list[Pair]:
    """``org:Meta since:7d "data center"`` as parameters. Raises QueryError for a key that is none, or one without a value."""
    pairs: list[Pair] = []
    free: list[str] = []
    for token in _TOKEN.finditer(words):
        key = token["key"]
        if key is None:
            free.append(token["phrase"] or token["word"])
            continue
        if key not in BY_NAME:
            raise QueryError(f"there is no {key!r}; {near(key, list(BY_NAME))} (quote the words to search for them)", key)
        value = token["bare"] if token["quoted"] is None else re.sub(r"\\(.)", r"\1", token["quoted"])
        if value is None:
            raise QueryError(f"{key}: is empty; leave it out, or say what to look for", key)
        pairs.append(tidy(key + ">" if token["sign"] == ">=" else key, value))
    return [*pairs, ("q", " ".join(free))] if free else pairs


def write(given: Iterable[Pair]) -> str:
    """Parameters as words that ``read`` gives back, the same up to the order of full text and the rest."""
    parts: list[str] = []
    for name, value in (tidy(*pair) for pair in given):
        if name == "q" and _FREE.fullmatch(value):
            parts.append(value)
        elif name in ("amount", "capacity") or (name == "severity" and value.startswith(">=")):
            parts.append(f"{name}>={_quoted(value.removeprefix('>='))}")
        else:
            parts.append(f"{name}:{_quoted(value)}")
    return " ".join(parts)


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
