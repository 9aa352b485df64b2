"""Names and posts made comparable, beside the words as written: ``org_id`` and the level of a role."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import monitor.classify.lexicon as lexicon
from monitor.classify.roles import level_of
from monitor.text import fold

_FORMS = frozenset("inc corp corporation co company ltd limited llc plc ag sa nv se asa ab gmbh".split())
_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=8192)
def org_id(name: str) -> str:
    """The organisation as one word: of the gazetteer's own name where it knows the one written, else of this one.

    >>> org_id("AWS"), org_id("Amazon Web Services, Inc."), org_id("Corvid Systems Ltd")
    ('amazon-web-services', 'amazon-web-services', 'corvid-systems')
    """
    key = _key(name)
    return _known().get(key, key)


@lru_cache(maxsize=8192)
def role_level(role: str) -> int | None:
    """How senior a post is, 1 (chief officers, chairs, presidents, founders) to 4; None where nothing or none we know is said."""
    level = level_of(role) if role else 5
    return level if level < 5 else None


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for alias, org in lexicon.orgs().items():
        found.setdefault(_key(alias), _key(org.name))
    return found


def _key(name: str) -> str:
    words = _OTHER.sub(" ", fold(name).replace("'s", "").replace(".", "")).split()
    if words[:1] == ["the"] and len(words) > 1:
        del words[0]
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return "-".join(words)
