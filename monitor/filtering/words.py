"""The filter language as words, ``org:Meta since:7d amount>=5e9 "data center"``, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.errors import QueryError
from monitor.filtering.filter import BY_NAME, Pair, near, tidy
from monitor.text import QUOTES

# A telephone writes keys with a capital and quotes in pairs: "Org:Meta", “data center”. Only what is a key is one then, and
# only with its value behind it: "From: the editor" stays words.
_KEY = "|".join(rf"{key[0].upper()}{key[1:]}|{key.upper()}" for key in BY_NAME)
_TOKEN = re.compile(
    rf'(?P<key>[a-z_]+|(?:{_KEY})(?=(?::|>=)\S))(?P<sign>:|>=)(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s"]\S*))?'
    r'|(?P<phrase>"[^"]*")|(?P<word>\S+)'
)
_MEANT = re.compile(
    rf"(?P<minus>-)?(?P<key>{'|'.join(BY_NAME)})(?P<sign>:|>=|<=|[<>=])\S"
)  # as other languages of searches say it
_OPERATORS = ("OR", "AND", "||", "&&", "|", "&")  # of other languages, between keys; elsewhere words
_QUOTED_OR_QUOTE = re.compile(rf'"(?:[^"\\]|\\.)*"|[{QUOTES}]')
_PLAIN = re.compile(rf"[^\s\"\\{QUOTES}]+")
_FREE_WORD = rf'(?:"[^"]*"|(?!-?[A-Za-z_]+(?::|[<>=])){_PLAIN.pattern})'  # or a phrase: what is full text wherever it stands
_FREE = re.compile(rf"{_FREE_WORD}(?: {_FREE_WORD})*")


def read(words: str) -> list[Pair]:
    """``org:Meta since:7d "data center"`` as parameters. Raises QueryError for a key that is none, or one without a value."""
    pairs: list[Pair] = []
    free: list[str] = []
    tokens = list(_TOKEN.finditer(_QUOTED_OR_QUOTE.sub(lambda found: found[0] if len(found[0]) > 1 else '"', words)))
    for number, token in enumerate(tokens):
        key = token["key"]
        beside = tokens[number - 1 : number + 2 : 2] if number else []
        if token["word"] in _OPERATORS and len(beside) == 2 and all(one["key"] for one in beside):
            raise QueryError(
                f"{token['word']}: leave it out; of several values of one key any will do, and of several keys each must hold",
                "q",
            )
        if key is None:
            free.append(token["phrase"] or _word(token["word"]))
            continue
        key = key.lower()
        if key not in BY_NAME:
            raise QueryError(f"there is no {key!r}; {near(key, list(BY_NAME))} (quote the words to search for them)", key)
        value = token["bare"] if token["quoted"] is None else re.sub(r"\\(.)", r"\1", token["quoted"])
        if value is None:
            raise QueryError(f"{key}: is empty; leave it out, or say what to look for", key)
        pairs.append(tidy(key + ">" if token["sign"] == ">=" else key, value))
    return [*pairs, ("q", " ".join(free))] if free else pairs


def _word(word: str) -> str:
    """A word to look for. Raises QueryError where it was meant for a parameter, in a form that is none here."""
    if meant := _MEANT.match(word):
        key = meant["key"]
        right = f"{key}:VALUE" + (f" or {key}>=VALUE" if key in ("amount", "capacity", "severity") else "")
        why = "what is not wanted cannot be said" if meant["minus"] else f"write {right}"
        raise QueryError(f"{key}: found {word!r}; {why} (quote the words to search for them)", key)
    return word


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
